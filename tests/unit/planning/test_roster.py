"""Patterns of driver days on one demand: what is compared, and how it reads."""

from dataclasses import replace

import pytest
from rich.console import Console

from tests.makers import five_legs, five_legs_matrix
from tus_dispatch.cli.roster_view import show_rosters
from tus_dispatch.desk.rostering import compare_rosters
from tus_dispatch.desk.solving import SolveOptions
from tus_dispatch.domain.demand import Pin
from tus_dispatch.domain.units import ShiftId
from tus_dispatch.domain.working_time import Enforcement, WorkingTime
from tus_dispatch.planning.hours.patterns import PATTERNS, day_with
from tus_dispatch.planning.hours.roster import RosterRow

OPTIONS = SolveOptions(None, 50, 0, 1)


@pytest.fixture(scope="module")
def rows() -> tuple[RosterRow, ...]:
    return compare_rosters(five_legs(), five_legs_matrix(), OPTIONS)


def test_every_vehicle_with_a_shift_follows_the_pattern() -> None:
    day = day_with(five_legs(), PATTERNS[0])

    assert [(shift.vehicle, shift.driver) for shift in day.shifts] == [
        ("minibus", "A1a"),
        ("minibus", "A1b"),
        ("voiture", "A2a"),
        ("voiture", "A2b"),
    ]
    assert all(driver.qualifications == ("wheelchair",) for driver in day.drivers)


def test_a_pattern_is_moved_to_where_most_legs_are() -> None:
    # Legs are asked for between 08:30 and 13:00; long days hold the first span of six hours.
    day = day_with(five_legs(), PATTERNS[2])
    spans = [(shift.start.earliest_s, shift.end.latest_s) for shift in day.shifts[:2]]

    assert [(end - start) // 3600 for start, end in spans] == [6, 4]
    assert spans[0][0] <= (8 * 60 + 30 - 240) * 60


def test_pins_to_shifts_that_are_not_there_are_taken_away() -> None:
    scenario = five_legs()
    first = scenario.bookings[0]
    if first.outward is None:
        raise AssertionError("the first booking has an outward leg")
    pinned = replace(first, outward=replace(first.outward, pin=Pin(ShiftId("minibus-matin"))))

    day = day_with(replace(scenario, bookings=(pinned, *scenario.bookings[1:])), PATTERNS[0])

    assert day.bookings[0] == first


def test_paid_time_is_idle_or_used_and_all_patterns_meet_the_same_demand(
    rows: tuple[RosterRow, ...],
) -> None:
    assert [row.key for row in rows] == [pattern.key for pattern in PATTERNS]
    assert {row.n_asked for row in rows} == {5}
    for row in rows:
        assert 0 <= row.midday_idle_s <= row.idle_s <= row.paid_s
        assert (row.n_served == 0) == (row.paid_s == 0)


def test_split_days_need_an_agreement_and_are_lawful_with_one(rows: tuple[RosterRow, ...]) -> None:
    agreed = replace(
        five_legs(),
        working_time=WorkingTime(Enforcement.ENFORCED, (("pt_max_gap_s", 6 * 3600),)),
        bookings=_morning_and_evening(),
    )
    without = replace(agreed, working_time=None)

    split = [compare_rosters(day, five_legs_matrix(), OPTIONS)[3] for day in (without, agreed)]

    assert [row.is_lawful for row in split] == [False, True]
    assert split[0].by_agreement
    assert "L3123-30" in split[0].breaches[0]
    assert all(row.is_lawful for row in rows[:2])


def _morning_and_evening() -> tuple:  # type: ignore[type-arg]
    """One person to work in the morning and home in the evening."""
    booking = five_legs().bookings[0]
    if booking.outward is None or booking.return_leg is None:
        raise AssertionError("the first booking goes both ways")
    return (
        replace(
            booking,
            outward=replace(booking.outward, arrive_by_s=4 * 3600),
            return_leg=replace(booking.return_leg, not_before_s=13 * 3600),
        ),
    )


def test_the_table_fits_into_eighty_columns(rows: tuple[RosterRow, ...]) -> None:
    console = Console(width=80, record=True, force_terminal=False)

    show_rosters(rows, console)

    lines = console.export_text().splitlines()
    assert max(len(line) for line in lines) <= 80
    assert [pattern.title.split()[0] for pattern in PATTERNS] == [
        line.split()[0] for line in lines if "/5" in line
    ]
