"""The shifts of a day come from weekly rules, its own exceptions, and who is there."""

from dataclasses import replace
from datetime import date

import pytest

from tus_dispatch.desk.live.shifts import shifts_on
from tus_dispatch.domain.fleet import Configuration, Driver, Shift, Vehicle
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import ShiftRule, WallBand
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import DriverId, PlaceId, VehicleId
from tus_dispatch.domain.window import TimeWindow

GARAGE, HOME = PlaceId("garage"), PlaceId("maison")
CAR = Vehicle(VehicleId("voiture"), "Voiture", GARAGE, (Configuration(4),))
LEA = Driver(DriverId("lea"), "Léa", home=HOME)
TUESDAY = ServiceDay(date(2026, 3, 10), "Europe/Paris")
WEEKDAYS = (0, 1, 2, 3, 4)
MORNING = ShiftRule(
    "Matin",
    CAR.id,
    LEA.id,
    start=WallBand("06:00", "07:00"),
    end=WallBand("12:00", "13:00"),
    start_place=HOME,
    end_place=GARAGE,
    weekdays=WEEKDAYS,
)
HOUR_S = 3600


def kept(identity: str, rule: ShiftRule) -> Record[ShiftRule]:
    return Record(identity, 1, rule, 0, 0)


def on_tuesday(
    *rules: Record[ShiftRule], day: ServiceDay = TUESDAY, away: tuple[TimeWindow, ...] = ()
) -> tuple[Shift, ...]:
    return shifts_on(rules, day, (CAR,), (LEA,), {LEA.id: away})


def clock(hour: int) -> int:
    return (hour - 4) * HOUR_S


def test_a_weekly_shift_takes_place_on_its_weekdays_between_its_first_and_last_day() -> None:
    rule = replace(MORNING, valid_from=date(2026, 3, 10), valid_until=date(2026, 3, 17))
    days = [date(2026, 3, day) for day in (3, 10, 14, 17, 18)]

    found = [bool(on_tuesday(kept("m", rule), day=ServiceDay(day, "Europe/Paris"))) for day in days]

    # Saturday the 14th is no weekday of it.
    assert found == [False, True, False, True, False]


def test_its_hours_are_clock_times_of_the_day() -> None:
    (shift,) = on_tuesday(kept("m", MORNING))

    assert shift.start == TimeWindow(clock(6), clock(7))
    assert shift.end == TimeWindow(clock(12), clock(13))
    assert (shift.name, shift.driver, shift.start_place) == ("Matin", LEA.id, HOME)


def test_its_hours_are_the_same_clock_times_when_the_clocks_change() -> None:
    night = replace(
        MORNING, start=WallBand("21:00", "21:00"), end=WallBand("02:30+1", "02:30+1"), weekdays=(5,)
    )
    spring, autumn = date(2026, 3, 28), date(2026, 10, 24)

    lengths_h = [
        (shift.end.latest_s - shift.start.earliest_s) / HOUR_S
        for day in (date(2026, 3, 14), spring, autumn)
        for shift in on_tuesday(kept("n", night), day=ServiceDay(day, "Europe/Paris"))
    ]

    # In spring 02:30 does not exist, so sign-off is at 03:30, which is 5.5 hours later too.
    assert lengths_h == [5.5, 5.5, 5.5]


def test_what_stands_for_a_weekly_shift_on_one_day_keeps_its_identity() -> None:
    later = replace(
        MORNING,
        start=WallBand("08:00", "08:00"),
        weekdays=(),
        service_date=TUESDAY.date,
        replaces="m",
    )

    (shift,) = on_tuesday(kept("m", MORNING), kept("x", later))

    assert shift.id == "m"
    assert shift.start == TimeWindow(clock(8), clock(8))


def test_a_weekly_shift_can_be_cancelled_on_one_day() -> None:
    off = replace(MORNING, service_date=TUESDAY.date, replaces="m", is_cancelled=True)
    next_week = ServiceDay(date(2026, 3, 17), "Europe/Paris")

    assert on_tuesday(kept("m", MORNING), kept("x", off)) == ()
    assert len(on_tuesday(kept("m", MORNING), kept("x", off), day=next_week)) == 1


def test_a_shift_on_what_is_not_planned_does_not_take_place() -> None:
    scooter = replace(MORNING, vehicle=VehicleId("scooter"))

    assert on_tuesday(kept("m", scooter)) == ()


def test_a_shift_whose_driver_has_left_is_open() -> None:
    (shift,) = on_tuesday(kept("m", replace(MORNING, driver=DriverId("parti"))))

    assert shift.driver is None


@pytest.mark.parametrize(
    ("from_hour", "until_hour", "start", "end"),
    [
        (4, 6, (6, 7), (12, 13)),
        (13, 18, (6, 7), (12, 13)),
        # Within the band of sign-on, and within that of sign-off.
        (5, 6.5, (6.5, 7), (12, 13)),
        (12.5, 18, (6, 7), (12, 12.5)),
    ],
)
def test_a_shift_gives_way_to_an_absence_inside_its_bands(
    from_hour: float, until_hour: float, start: tuple[float, float], end: tuple[float, float]
) -> None:
    def seconds(hours: float) -> int:
        return int((hours - 4) * HOUR_S)

    absence = TimeWindow(seconds(from_hour), seconds(until_hour))

    (shift,) = on_tuesday(kept("m", MORNING), away=(absence,))

    assert shift.driver == LEA.id
    assert shift.start == TimeWindow(*map(seconds, start))
    assert shift.end == TimeWindow(*map(seconds, end))


def test_a_shift_is_open_and_starts_at_the_depot_when_its_driver_is_absent() -> None:
    (shift,) = on_tuesday(kept("m", MORNING), away=(TimeWindow(clock(9), clock(10)),))

    assert shift.driver is None
    assert (shift.start_place, shift.end_place) == (GARAGE, GARAGE)
    assert shift.start == TimeWindow(clock(6), clock(7))
