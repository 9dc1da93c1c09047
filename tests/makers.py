"""One small day that tests and documentation know by heart, with every time worked out by hand.

Five places stand on a line. One minute of driving is one kilometre, so
minutes, kilometres and positions on the line are the same number::

    garage 0 ---- bourg 5 ---- moulin 10 -------- centre 20 -------- hameau 30

Five legs: Anne Aubert rides to the centre and back, Basile Blanc rides in
a wheelchair from the hamlet to the centre and back, Chloé Caron rides to
the centre only and must never be aboard together with Basile. The minibus
has a driver and a configuration with a wheelchair space; the car's shift is
open and needs a break.
"""

from datetime import date

import numpy as np

from tus_dispatch.domain.demand import Booking, LegRequest, Load, Participant
from tus_dispatch.domain.fleet import BreakRule, Configuration, Driver, Shift, Vehicle
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.plan import CostBreakdown, Plan, Round, Stop, StopKind
from tus_dispatch.domain.scenario import Scenario, Territory
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.travel_source import MatrixSource
from tus_dispatch.domain.units import (
    BookingId,
    DriverId,
    LegId,
    ParticipantId,
    PlaceId,
    ShiftId,
    VehicleId,
)
from tus_dispatch.domain.window import TimeWindow

MINUTE_S = 60
MINUTE_M = 1000

POSITIONS = {"garage": 0, "bourg": 5, "moulin": 10, "centre": 20, "hameau": 30}
NAMES = {
    "garage": "Garage de l'association",
    "bourg": "Le Bourg",
    "moulin": "Le Moulin",
    "centre": "Centre de formation",
    "hameau": "Le Hameau",
}

GARAGE, BOURG, MOULIN, CENTRE, HAMEAU = (PlaceId(name) for name in POSITIONS)
MINIBUS, CAR = VehicleId("minibus"), VehicleId("voiture")
WITH_DRIVER, OPEN = ShiftId("minibus-matin"), ShiftId("voiture-journee")
ANNE_OUT, ANNE_RET = LegId("R1:out"), LegId("R1:ret")
BASILE_OUT, BASILE_RET = LegId("R2:out"), LegId("R2:ret")
CHLOE_OUT = LegId("R3:out")


def at(clock: str) -> int:
    """Seconds since 04:00 of a clock time ``HH:MM`` on an ordinary day."""
    hours, minutes = clock.split(":")
    return (int(hours) - 4) * 3600 + int(minutes) * 60


def window(earliest: str, latest: str) -> TimeWindow:
    """Write a window from two clock times."""
    return TimeWindow(at(earliest), at(latest))


def five_legs() -> Scenario:
    """Return the day everybody knows by heart."""
    return Scenario(
        name="Cinq trajets",
        territory=Territory(name="Pays d'essai"),
        day=ServiceDay(date(2026, 3, 10), "Europe/Paris"),
        places=tuple(
            Place(
                id=PlaceId(name),
                name=NAMES[name],
                # Along the valley of the Cher, a hundredth of a degree per kilometre.
                point=LatLon(
                    lat=round(46.72 + position % 20 / 500, 3), lon=round(2.3 + position / 100, 2)
                ),
                insee="18197",
                address=f"{position} route de la Vallée",
            )
            for name, position in POSITIONS.items()
        ),
        vehicles=(
            Vehicle(
                id=MINIBUS,
                name="Minibus",
                depot=GARAGE,
                configurations=(Configuration(seats=8), Configuration(seats=5, wheelchairs=1)),
                features=("ramp",),
            ),
            Vehicle(id=CAR, name="Voiture", depot=GARAGE, configurations=(Configuration(seats=4),)),
        ),
        drivers=(
            Driver(
                id=DriverId("lea"),
                first_name="Léa",
                last_name="Lemaire",
                phone="01 99 00 00 01",
                qualifications=("wheelchair",),
            ),
        ),
        shifts=(
            Shift(
                id=WITH_DRIVER,
                vehicle=MINIBUS,
                driver=DriverId("lea"),
                start=window("07:30", "09:00"),
                end=window("11:00", "13:00"),
                start_place=GARAGE,
                end_place=GARAGE,
                max_duty_s=6 * 3600,
            ),
            Shift(
                id=OPEN,
                vehicle=CAR,
                driver=None,
                start=window("07:00", "09:00"),
                end=window("12:00", "17:00"),
                start_place=GARAGE,
                end_place=GARAGE,
                break_rule=BreakRule(duration_s=1200, after_s=4 * 3600),
            ),
        ),
        participants=_participants(),
        bookings=_bookings(),
        travel=_matrix_source(),
    )


def _participants() -> tuple[Participant, ...]:
    return (
        Participant(
            id=ParticipantId("P1"),
            first_name="Anne",
            last_name="Aubert",
            phone="01 99 00 00 11",
        ),
        Participant(
            id=ParticipantId("P2"),
            first_name="Basile",
            last_name="Blanc",
            boarding_s=300,
            alighting_s=240,
            wheelchair=True,
            requires=("wheelchair",),
            note="Sonner deux fois.",
        ),
        Participant(
            id=ParticipantId("P3"),
            first_name="Chloé",
            last_name="Caron",
            never_with=(ParticipantId("P2"),),
        ),
    )


def _bookings() -> tuple[Booking, ...]:
    return (
        Booking(
            id=BookingId("R1"),
            participant=ParticipantId("P1"),
            outward=LegRequest(origin=MOULIN, destination=CENTRE, arrive_by_s=at("08:30")),
            return_leg=LegRequest(origin=CENTRE, destination=MOULIN, not_before_s=at("13:00")),
        ),
        Booking(
            id=BookingId("R2"),
            participant=ParticipantId("P2"),
            outward=LegRequest(origin=HAMEAU, destination=CENTRE, arrive_by_s=at("09:30")),
            return_leg=LegRequest(origin=CENTRE, destination=HAMEAU, not_before_s=at("11:00")),
        ),
        Booking(
            id=BookingId("R3"),
            participant=ParticipantId("P3"),
            outward=LegRequest(origin=BOURG, destination=CENTRE, arrive_by_s=at("08:30")),
        ),
    )


def _table(per_minute: int) -> tuple[tuple[int, ...], ...]:
    line = POSITIONS.values()
    return tuple(tuple(abs(a - b) * per_minute for b in line) for a in line)


def _matrix_source() -> MatrixSource:
    return MatrixSource(
        places=tuple(PlaceId(name) for name in POSITIONS),
        seconds=_table(MINUTE_S),
        metres=_table(MINUTE_M),
    )


def five_legs_matrix() -> TravelMatrix:
    """Return the travel times of the five-leg day."""
    return TravelMatrix(
        place_ids=tuple(PlaceId(name) for name in POSITIONS),
        seconds=np.array(_table(MINUTE_S), dtype=np.int32),
        metres=np.array(_table(MINUTE_M), dtype=np.int32),
        source="matrix",
    )


def five_legs_plan() -> Plan:
    """Return a plan of the five-leg day that keeps every rule.

    Both rounds sign on as late as they can. All times are local; ``+n`` are
    minutes.
    """
    return Plan(
        scenario=five_legs(),
        rounds=(_minibus_round(), _car_round()),
        cost=CostBreakdown(
            # 80 km + 40 km = 120 000 m at 30.
            distance=3_600_000,
            # 11:49 - 08:40 = 189 minutes, 13:23 - 08:00 = 323 minutes:
            # 512 * 60 = 30 720 s at 500.
            duty=15_360_000,
            # Two rounds at 500 000, one of them open at 2 000 000 more.
            rounds=3_000_000,
            # Chloé: 08:07 to 08:24 is 17 minutes for 15 direct, Anne: 08:14 to
            # 08:25 is 11 minutes for 10 direct, everybody else rides directly:
            # 3 * 60 = 180 s at 150.
            excess_ride=27_000,
            # Nobody waits aboard.
            wait_aboard=0,
            # Basile 09:25 for 09:30, Chloé 08:24 for 08:30, Anne 08:25 for 08:30:
            # 5 + 6 + 5 = 16 minutes = 960 s at 50.
            early=48_000,
            # Both returns are picked up at the minute asked for.
            late=0,
            unserved=0,
        ),
    )


def _minibus_round() -> Round:
    wheelchair, nobody = Load(wheelchairs=1), Load()
    return Round(
        shift=WITH_DRIVER,
        vehicle=MINIBUS,
        driver=DriverId("lea"),
        configuration=1,
        stops=(
            stop(StopKind.START, GARAGE, "08:40", 0, 0, nobody),
            # 08:40 +30 = 09:10; boarding takes 5 minutes.
            stop(StopKind.PICKUP, HAMEAU, "09:10", 30, 5, wheelchair, BASILE_OUT),
            # 09:15 +10 = 09:25; alighting takes 4 minutes.
            stop(StopKind.DROPOFF, CENTRE, "09:25", 10, 4, nobody, BASILE_OUT),
            # Stays at the centre from 09:29 to 11:00, nobody aboard.
            stop(StopKind.PICKUP, CENTRE, "11:00", 0, 5, wheelchair, BASILE_RET, arrival="09:29"),
            # 11:05 +10 = 11:15.
            stop(StopKind.DROPOFF, HAMEAU, "11:15", 10, 4, nobody, BASILE_RET),
            # 11:19 +30 = 11:49.
            stop(StopKind.END, GARAGE, "11:49", 30, 0, nobody),
        ),
    )


def _car_round() -> Round:
    nobody, one, two = Load(), Load(seats=1), Load(seats=2)
    return Round(
        shift=OPEN,
        vehicle=CAR,
        driver=None,
        configuration=0,
        stops=(
            stop(StopKind.START, GARAGE, "08:00", 0, 0, nobody),
            # 08:00 +5 = 08:05; boarding takes 2 minutes.
            stop(StopKind.PICKUP, BOURG, "08:05", 5, 2, one, CHLOE_OUT),
            # 08:07 +5 = 08:12.
            stop(StopKind.PICKUP, MOULIN, "08:12", 5, 2, two, ANNE_OUT),
            # 08:14 +10 = 08:24; alighting takes 1 minute.
            stop(StopKind.DROPOFF, CENTRE, "08:24", 10, 1, one, CHLOE_OUT),
            stop(StopKind.DROPOFF, CENTRE, "08:25", 0, 1, nobody, ANNE_OUT),
            # A duty of 323 - 20 minutes is longer than 4 hours: the break must
            # start by 08:00 + 4 h = 12:00 and lasts 20 minutes.
            stop(StopKind.BREAK, CENTRE, "11:30", 0, 20, nobody, arrival="08:26"),
            stop(StopKind.PICKUP, CENTRE, "13:00", 0, 2, one, ANNE_RET, arrival="11:50"),
            # 13:02 +10 = 13:12.
            stop(StopKind.DROPOFF, MOULIN, "13:12", 10, 1, nobody, ANNE_RET),
            # 13:13 +10 = 13:23.
            stop(StopKind.END, GARAGE, "13:23", 10, 0, nobody),
        ),
    )


def stop(  # noqa: PLR0917 - a row of a timetable
    kind: StopKind,
    place: PlaceId,
    start: str,
    drive: int,
    service: int,
    load: Load,
    leg: LegId | None = None,
    *,
    arrival: str | None = None,
) -> Stop:
    """Write a stop of the five-leg day in clock times and minutes.

    Without ``arrival`` the vehicle gets there when service starts.
    """
    start_s = at(start)
    return Stop(
        kind=kind,
        place=place,
        leg=leg,
        arrival_s=start_s if arrival is None else at(arrival),
        start_s=start_s,
        departure_s=start_s + service * MINUTE_S,
        drive_s=drive * MINUTE_S,
        drive_m=drive * MINUTE_M,
        load=load,
    )
