"""From one service day to what an association keeps: the inverse of putting a day together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tus_dispatch.desk.live.leg_states import first_states
from tus_dispatch.domain.demand import Booking, LegRequest, Participant
from tus_dispatch.domain.fleet import Absence, AbsenceReason, Driver, Shift, Vehicle
from tus_dispatch.domain.roster import (
    DriverTime,
    FleetItem,
    FleetKind,
    KeptPlace,
    KeptReferral,
    ShiftRule,
    VehicleState,
    VehicleUse,
    WallBand,
)
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.domain.window import TimeWindow

_MOST_IN_A_CAR = 4
_STATES = {
    AbsenceReason.RENTED: VehicleState.RENTED,
    AbsenceReason.WORKSHOP: VehicleState.WORKSHOP,
    AbsenceReason.CHARGING: VehicleState.CHARGING,
    AbsenceReason.OTHER: VehicleState.UNAVAILABLE,
}


@dataclass(frozen=True, slots=True)
class KeptDay:
    """A day in parts, under the identities it came with.

    Attributes
    ----------
    places, fleet, uses, drivers, driver_times, rules, participants, referrals, bookings
        As an association keeps them.
    """

    places: tuple[KeptPlace, ...]
    fleet: tuple[FleetItem, ...]
    uses: tuple[VehicleUse, ...]
    drivers: tuple[Driver, ...]
    driver_times: tuple[DriverTime, ...]
    rules: tuple[tuple[Shift, ShiftRule], ...]
    participants: tuple[Participant, ...]
    referrals: tuple[KeptReferral, ...]
    bookings: tuple[DatedBooking, ...]


def take_apart(scenario: Scenario) -> KeptDay:
    """Take a service day apart.

    Parameters
    ----------
    scenario
        A checked day.

    Returns
    -------
    KeptDay
        Shifts become shifts of this one day. A place that nobody but one
        person leaves in the morning and returns to is taken for their home.
        Bookings without a reference get the number they came with.
    """
    day = scenario.day
    return KeptDay(
        places=tuple(
            KeptPlace(each, home_of=home_of)
            for each, home_of in zip(scenario.places, _homes(scenario), strict=True)
        ),
        fleet=tuple(FleetItem(replace(v, absences=()), _kind(v)) for v in scenario.vehicles),
        uses=tuple(use for vehicle in scenario.vehicles for use in _uses(vehicle, day)),
        drivers=tuple(replace(each, protected_slots=()) for each in scenario.drivers),
        driver_times=tuple(time for driver in scenario.drivers for time in _times(driver, day)),
        rules=tuple((shift, _rule(shift, day)) for shift in scenario.shifts),
        participants=tuple(replace(each, referrals=()) for each in scenario.participants),
        referrals=tuple(
            KeptReferral(person.id, each)
            for person in scenario.participants
            for each in person.referrals
        ),
        bookings=tuple(_dated(each, day) for each in scenario.bookings),
    )


def _kind(vehicle: Vehicle) -> FleetKind:
    most = max(each.seats + each.wheelchairs for each in vehicle.configurations)
    return FleetKind.CAR if most <= _MOST_IN_A_CAR else FleetKind.MINIBUS


def _uses(vehicle: Vehicle, day: ServiceDay) -> Iterator[VehicleUse]:
    for absence, window in one_after_another(vehicle.absences):
        from_at, until_at = day.start_at + window.earliest_s, day.start_at + window.latest_s
        yield VehicleUse(vehicle.id, _STATES[absence.reason], from_at, until_at)


def _times(driver: Driver, day: ServiceDay) -> Iterator[DriverTime]:
    for slot in driver.protected_slots:
        from_at, until_at = (
            day.start_at + slot.window.earliest_s,
            day.start_at + slot.window.latest_s,
        )
        if from_at < until_at:
            yield DriverTime(driver.id, slot.kind, from_at, until_at, slot.place)


def one_after_another(absences: Iterable[Absence]) -> Iterator[tuple[Absence, TimeWindow]]:
    """Let an absence that overlaps the one before begin when that one ends, as planning does.

    Parameters
    ----------
    absences
        Of one vehicle, whose calendar holds one thing at a time.

    Yields
    ------
    tuple
        Each by its start, with what is left of it.
    """
    free_s = 0
    for each in sorted(absences, key=lambda each: each.window.earliest_s):
        earliest_s = max(free_s, each.window.earliest_s)
        if earliest_s < each.window.latest_s:
            free_s = each.window.latest_s
            yield each, TimeWindow(earliest_s, free_s)


def _rule(shift: Shift, day: ServiceDay) -> ShiftRule:
    def band(window: TimeWindow) -> WallBand:
        return WallBand(day.wall(window.earliest_s), day.wall(window.latest_s))

    return ShiftRule(
        name=shift.title,
        vehicle=shift.vehicle,
        driver=shift.driver,
        start=band(shift.start),
        end=band(shift.end),
        start_place=shift.start_place,
        end_place=shift.end_place,
        service_date=day.date,
        break_rule=shift.break_rule,
        max_duty_s=shift.max_duty_s,
    )


def _dated(booking: Booking, day: ServiceDay) -> DatedBooking:
    asked = replace(booking, external_ref=booking.external_ref or booking.id)
    return DatedBooking(day.date, asked, first_states(asked))


def _homes(scenario: Scenario) -> list[str | None]:
    """Return for each place whose home it seems to be."""
    dwellers: dict[PlaceId, set[str]] = {}
    public: set[PlaceId] = {vehicle.depot for vehicle in scenario.vehicles}
    for booking in scenario.bookings:
        for request, is_outward in ((booking.outward, True), (booking.return_leg, False)):
            if request is not None:
                home, visited = _ends(request, is_outward=is_outward)
                dwellers.setdefault(home, set()).add(booking.participant)
                public.add(visited)
    for driver in scenario.drivers:
        if driver.home is not None:
            dwellers.setdefault(driver.home, set()).add(driver.id)
        public.update(slot.place for slot in driver.protected_slots if slot.place is not None)
    return [
        next(iter(who)) if place.id not in public and len(who) == 1 else None
        for place in scenario.places
        for who in [dwellers.get(place.id, set())]
    ]


def _ends(request: LegRequest, *, is_outward: bool) -> tuple[PlaceId, PlaceId]:
    ends = (request.origin, request.destination)
    return ends if is_outward else (ends[1], ends[0])
