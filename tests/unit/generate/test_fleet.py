"""Driver days are lawful without any agreement, also at the ends of their bands."""

from collections import defaultdict
from itertools import pairwise

from tests.unit.generate.days import all_days, usual_days
from tus_dispatch.domain.fleet import Driver, Shift
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.generate.clock import at
from tus_dispatch.generate.shift_patterns import (
    LONGEST_AMPLITUDE_S,
    LONGEST_GAP_S,
    LONGEST_WORK_S,
    PATTERNS,
    SHORTEST_REST_S,
)

TROUGHS = ((at(9, 30), at(11, 30)), (at(14, 15), at(16, 0)))


def duties(scenario: Scenario) -> list[tuple[Driver, list[Shift]]]:
    by_driver: dict[str, list[Shift]] = defaultdict(list)
    for shift in scenario.shifts:
        if shift.driver:
            by_driver[shift.driver].append(shift)
    return [(driver, by_driver[driver.id]) for driver in scenario.drivers if by_driver[driver.id]]


def work_s(shifts: list[Shift]) -> int:
    return sum(shift.max_duty_s or 0 for shift in shifts)


ALL_DUTIES = [(s, driver, shifts) for s, _, _ in all_days() for driver, shifts in duties(s)]


def test_all_patterns_are_among_the_days() -> None:
    assert len(ALL_DUTIES) > 60
    assert {len(shifts) for _, _, shifts in ALL_DUTIES} == {1, 2}
    assert {pattern.n_shifts for pattern in PATTERNS} == {1, 2, 3}


def test_amplitude_stays_within_thirteen_hours() -> None:
    for _, _, shifts in ALL_DUTIES:
        amplitude_s = shifts[-1].end.latest_s - shifts[0].start.earliest_s
        assert amplitude_s <= LONGEST_AMPLITUDE_S


def test_there_is_one_gap_at_most_and_of_two_hours_at_most() -> None:
    for _, _, shifts in ALL_DUTIES:
        gaps = [later.start.latest_s - sooner.end.earliest_s for sooner, later in pairwise(shifts)]
        assert len(gaps) <= 1
        assert all(gap <= LONGEST_GAP_S for gap in gaps)


def test_work_stays_within_ten_hours_and_the_week_of_the_contract() -> None:
    for _, driver, shifts in ALL_DUTIES:
        assert all(shift.max_duty_s is not None for shift in shifts)
        assert work_s(shifts) <= LONGEST_WORK_S
        assert driver.contract_week_s is not None
        assert driver.worked_week_s + work_s(shifts) <= driver.contract_week_s


def test_every_shift_has_the_break_of_the_law() -> None:
    for _, _, shifts in ALL_DUTIES:
        for shift in shifts:
            assert shift.break_rule is not None
            assert (shift.break_rule.duration_s, shift.break_rule.after_s) == (1200, 21600)


def test_the_night_before_had_eleven_hours_of_rest() -> None:
    for scenario, driver, shifts in ALL_DUTIES:
        assert driver.last_duty_end_at is not None
        begin_at = scenario.day.start_at + shifts[0].start.earliest_s
        assert begin_at - driver.last_duty_end_at >= SHORTEST_REST_S


def test_nobody_is_a_night_worker_yet() -> None:
    assert all(driver.night_year_s < 270 * 3600 for _, driver, _ in ALL_DUTIES)


def test_protected_slots_lie_in_troughs_inside_a_shift() -> None:
    slots = [
        (slot.window, shifts) for _, driver, shifts in ALL_DUTIES for slot in driver.protected_slots
    ]

    assert slots
    for window, shifts in slots:
        assert any(a <= window.earliest_s and window.latest_s <= b for a, b in TROUGHS)
        assert any(
            s.start.latest_s < window.earliest_s and window.latest_s < s.end.earliest_s
            for s in shifts
        )


def test_shifts_of_one_vehicle_never_meet_even_at_the_ends_of_their_bands() -> None:
    for scenario, _, _ in all_days():
        by_vehicle: dict[str, list[Shift]] = defaultdict(list)
        for shift in scenario.shifts:
            by_vehicle[shift.vehicle].append(shift)
        for shifts in by_vehicle.values():
            for sooner, later in pairwise(shifts):
                assert sooner.end.latest_s <= later.start.earliest_s
                assert sooner.end_place == later.start_place


def test_there_are_1_3_to_2_drivers_per_vehicle_and_most_have_26_hours() -> None:
    contracts = []
    for scenario, _, _ in all_days():
        assert 1.3 <= len(scenario.drivers) / len(scenario.vehicles) <= 2.0
        contracts += [driver.contract_week_s for driver in scenario.drivers]

    assert set(contracts) == {26 * 3600, 35 * 3600}
    # 75 % wanted of some hundred drivers: five points are one standard error.
    assert 0.6 <= contracts.count(26 * 3600) / len(contracts) <= 0.9


def test_every_fleet_carries_wheelchairs_instead_of_seats() -> None:
    for scenario, _, _ in all_days():
        vehicles = [v for v in scenario.vehicles if "ramp" in v.features]
        assert vehicles
        for vehicle in vehicles:
            first, *others = vehicle.configurations
            assert first.wheelchairs == 0
            assert others
            assert all(c.wheelchairs and c.seats < first.seats for c in others)


def test_some_vehicles_are_electric_with_a_range_and_some_are_away_for_an_hour() -> None:
    vehicles = [vehicle for scenario, _, _ in all_days() for vehicle in scenario.vehicles]

    assert [v for v in vehicles if v.energy == "electric"] == [v for v in vehicles if v.range_m]
    assert any(v.range_m for v in vehicles)
    assert any(
        a.window.latest_s - a.window.earliest_s == 3600 for v in vehicles for a in v.absences
    )


def test_some_shifts_are_open_some_start_at_home_and_some_have_bands() -> None:
    shifts = [shift for scenario in usual_days() for shift in scenario.shifts]

    n_open = sum(shift.driver is None for shift in shifts)
    # Eight per cent are wanted at most.
    assert 0 < n_open <= 0.1 * len(shifts)
    assert any(shift.start_place.startswith("C") for shift in shifts)
    widths = {shift.start.latest_s - shift.start.earliest_s for shift in shifts}
    assert {0, 1800} <= widths
    assert max(widths) <= 3600
