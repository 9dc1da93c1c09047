"""What the law leaves of a shift: bands, longest duty, breaks, and shifts that cannot be used."""

from dataclasses import replace
from datetime import date

import pytest

from tests.campaign_hours import plan_lawfully
from tests.makers import WITH_DRIVER, at, five_legs, five_legs_matrix, five_legs_plan, window
from tus_dispatch.domain.fleet import BreakRule, Driver, ProtectedSlot, Shift, SlotKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import DriverId, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.domain.working_time import Enforcement, WorkingTime
from tus_dispatch.planning.hours.lawful_day import around_of, lawful_day, staffed

HOUR_S = 3600
LEA = DriverId("lea")


def day(*shifts: Shift, driver: Driver | None = None, **rules: int | None) -> Scenario:
    scenario = five_legs()
    return replace(
        scenario,
        drivers=(driver or Driver(LEA, contract_week_s=26 * HOUR_S),),
        shifts=shifts,
        working_time=WorkingTime(Enforcement.ENFORCED, tuple(sorted(rules.items()))),
    )


def shift(name: str, start: str, end: str, **changes: object) -> Shift:
    """A shift of Léa's; each of ``start`` and ``end`` is one clock time or two."""
    bands = [(each.split("-") * 2)[:2] for each in (start, end)]
    one = replace(
        five_legs().shifts[0],
        id=ShiftId(name),
        driver=LEA,
        start=window(*bands[0]),
        end=window(*bands[1]),
        max_duty_s=None,
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def left(scenario: Scenario, name: str) -> Shift:
    return lawful_day(scenario).scenario.shift(ShiftId(name))


def test_a_day_that_enforces_nothing_stays_as_it_is() -> None:
    scenario = replace(day(shift("S", "06:00", "20:00")), working_time=None)

    assert lawful_day(scenario).scenario is scenario


def test_a_shift_begins_eleven_hours_after_the_last_duty() -> None:
    one = five_legs().day
    # 21:30 the evening before is six and a half hours before 04:00.
    driver = Driver(LEA, last_duty_end_at=one.start_at - 23_400)
    scenario = day(shift("S", "07:30-09:00", "13:00"), driver=driver)

    assert left(scenario, "S").start == window("08:30", "09:00")


def test_a_shift_that_would_begin_too_soon_is_not_used_and_says_why() -> None:
    driver = Driver(LEA, last_duty_end_at=five_legs().day.start_at - 3600)
    scenario = day(shift("S", "07:30-09:00", "13:00"), driver=driver)

    lawful = lawful_day(scenario)

    assert lawful.unlawful == {"S": "daily-rest"}
    assert lawful.scenario.shift(ShiftId("S")).max_duty_s == 0


def test_a_long_duty_takes_its_break_and_holds_ten_hours_of_work() -> None:
    scenario = day(
        shift("S", "06:00", "12:00-20:00"), driver=Driver(LEA, contract_week_s=35 * HOUR_S)
    )

    found = left(scenario, "S")

    # Twenty minutes of break are no work, so the duty may be longer by them.
    assert found.max_duty_s == 10 * HOUR_S + 1200
    assert found.break_rule == BreakRule(
        1200, 6 * HOUR_S - 1, TimeWindow(at("06:00") + 1, scenario.day.length_s)
    )


def test_a_part_timers_shifts_come_as_close_as_two_hours() -> None:
    scenario = day(shift("A", "06:30", "09:00-10:00"), shift("B", "11:30-12:30", "14:00"))

    # From 09:00 to 12:30 are three and a half hours: each side gives 45 minutes.
    assert left(scenario, "A").end == window("09:45", "10:00")
    assert left(scenario, "B").start == window("11:30", "11:45")


def test_of_two_shifts_with_a_long_gap_the_shorter_one_is_not_used() -> None:
    scenario = day(shift("A", "05:00", "09:00"), shift("B", "16:00", "19:00"))

    assert lawful_day(scenario).unlawful == {"B": "gap-length"}


def test_an_agreement_keeps_both_shifts() -> None:
    scenario = day(shift("A", "06:00", "09:00"), shift("B", "16:00", "19:00"), pt_max_gap_s=None)

    assert lawful_day(scenario).unlawful == {}


def test_an_early_start_and_an_evening_return_are_not_one_drivers_day() -> None:
    driver = Driver(LEA, contract_week_s=35 * HOUR_S)
    scenario = day(shift("A", "05:00", "09:00"), shift("B", "17:00", "22:00"), driver=driver)

    assert lawful_day(scenario).unlawful == {"A": "amplitude"}


def test_bands_that_reach_over_thirteen_hours_give_way_on_both_sides() -> None:
    driver = Driver(LEA, contract_week_s=35 * HOUR_S)
    scenario = day(
        shift("A", "05:00-06:00", "09:00"), shift("B", "14:00", "18:00-19:00"), driver=driver
    )

    # From 05:00 to 19:00 are fourteen hours: half an hour from each band.
    assert left(scenario, "A").start == window("05:30", "06:00")
    assert left(scenario, "B").end == window("18:00", "18:30")


def test_the_hours_left_of_the_contract_are_shared_between_two_shifts() -> None:
    driver = Driver(LEA, contract_week_s=26 * HOUR_S, worked_week_s=int(23.6 * HOUR_S))
    scenario = day(
        shift("A", "06:00", "06:30-10:00"), shift("B", "11:00-12:00", "12:00-16:00"), driver=driver
    )

    shares = [left(scenario, name).max_duty_s or 0 for name in ("A", "B")]

    # 28.6 hours are the most, so five are left for four and five hours asked for.
    assert sum(shares) <= 5 * HOUR_S
    assert sum(shares) >= 5 * HOUR_S - 2
    assert min(shares) > HOUR_S


def test_night_hours_that_are_left_bound_an_early_start() -> None:
    # Half an hour short of 270 hours, less a second.
    driver = Driver(LEA, night_year_s=270 * HOUR_S - 1801)
    scenario = day(shift("S", "04:30-06:00", "09:30"), driver=driver)

    assert left(scenario, "S").start == window("05:30", "06:00")


def test_a_volunteers_shift_stays_as_asked_for() -> None:
    driver = Driver(LEA, volunteer=True, last_duty_end_at=five_legs().day.start_at)
    scenario = day(shift("S", "05:00", "22:00"), driver=driver)

    assert left(scenario, "S") == scenario.shifts[0]


def test_an_open_shift_holds_what_any_employee_may_work() -> None:
    scenario = day(shift("S", "06:00", "12:00-21:00", driver=None))

    assert left(scenario, "S").max_duty_s == 10 * HOUR_S + 1200


def test_training_outside_the_shift_is_part_of_the_day() -> None:
    slot = ProtectedSlot(window("13:30", "15:30"), SlotKind.TRAINING)
    driver = Driver(LEA, contract_week_s=35 * HOUR_S, protected_slots=(slot,))
    scenario = day(shift("S", "04:30", "12:00-13:00"), driver=driver)

    # Eight hours of work are left beside two of training.
    assert left(scenario, "S").max_duty_s == 8 * HOUR_S + 1200


@pytest.mark.parametrize(
    ("weekday", "lawful"), [(date(2026, 3, 14), True), (date(2026, 3, 15), False)]
)
def test_on_sunday_nobody_drives_unless_the_rule_is_off(weekday: date, lawful: bool) -> None:
    scenario = day(shift("S", "08:00", "12:00"))
    scenario = replace(scenario, day=replace(scenario.day, date=weekday))

    assert (lawful_day(scenario).unlawful == {}) is lawful


def test_a_round_at_hand_stays_possible_where_it_is_lawful() -> None:
    plan = five_legs_plan()
    law = WorkingTime(Enforcement.ENFORCED)
    scenario = replace(plan.scenario, working_time=law)

    around = around_of(replace(plan, scenario=scenario))
    found = lawful_day(staffed(scenario, around.crew), around).scenario

    # Léa's round runs from 08:40 to 11:49.
    kept = found.shift(WITH_DRIVER)
    assert kept.start.earliest_s <= at("08:40") <= kept.start.latest_s
    assert kept.end.earliest_s <= at("11:49") <= kept.end.latest_s


def test_a_leg_that_only_the_law_keeps_out_says_so() -> None:
    scenario = five_legs()
    # Léa was on duty until 10:00 of this very morning, and nobody else may drive people in
    # wheelchairs.
    tired = replace(scenario.drivers[0], last_duty_end_at=scenario.day.start_at + 6 * HOUR_S)
    scenario = replace(scenario, drivers=(tired,), working_time=WorkingTime(Enforcement.ENFORCED))

    plan = plan_lawfully(scenario, five_legs_matrix(), None, seed=0)

    assert {(each.leg, each.reason.slug) for each in plan.unserved} == {
        ("R2:out", "working-time"),
        ("R2:ret", "working-time"),
    }
    assert plan.flags[0].reason.sentence == (
        "la vacation n’est pas utilisée, car aucun horaire n’y respecte le repos "
        "entre deux journées (L3131-1)."
    )
