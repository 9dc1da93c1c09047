"""Slack of the five-leg day by hand, and what happens when the roads are slow."""

from dataclasses import replace

from tests.makers import (
    ANNE_OUT,
    ANNE_RET,
    BASILE_OUT,
    BASILE_RET,
    CHLOE_OUT,
    OPEN,
    WITH_DRIVER,
    at,
    five_legs_matrix,
    five_legs_plan,
    window,
)
from tus_dispatch.domain.demand import Pin
from tus_dispatch.domain.fleet import BreakRule
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Promise
from tus_dispatch.domain.units import LegId, ShiftId
from tus_dispatch.planning.figures import figures
from tus_dispatch.planning.slack import bounds_of, late_when_slower


def slack_min(plan: Plan) -> dict[LegId, tuple[int | None, int | None]]:
    """Slack of pickup and dropoff in whole minutes."""
    return {
        leg.leg: tuple(  # type: ignore[misc]
            None if each is None else each // 60
            for each in (leg.pickup_slack_s, leg.dropoff_slack_s)
        )
        for leg in figures(plan, five_legs_matrix()).legs
    }


def test_each_stop_may_slip_until_the_first_limit_behind_it() -> None:
    assert slack_min(five_legs_plan()) == {
        # The dropoff at 09:25 may be 5 minutes later, and nothing waits before it.
        BASILE_OUT: (5, 5),
        # Pickup until 11:40. At the dropoff Basile has been aboard 10 of 25
        # minutes, which binds before sign-off by 13:00.
        BASILE_RET: (40, 15),
        # Anne, dropped at 08:25, must be out by 08:30; that binds everybody
        # before her, Chloé too, who has 6 minutes of her own.
        CHLOE_OUT: (5, 5),
        ANNE_OUT: (5, 5),
        ANNE_RET: (40, 15),
    }


def test_slack_of_the_day_is_smallest_and_mean() -> None:
    robustness = figures(five_legs_plan(), five_legs_matrix()).robustness

    assert robustness.slack_min_s == 5 * 60
    # 5 + 5 + 40 + 15 + 5 + 5 + 5 + 5 + 40 + 15 minutes over ten stops.
    assert robustness.slack_mean_s == 14 * 60


def test_a_promise_binds_before_the_window() -> None:
    plan = replace(five_legs_plan(), promises=(Promise(ANNE_RET, window("12:55", "13:05")),))

    assert slack_min(plan)[ANNE_RET] == (5, 15)


def test_a_pin_binds_before_the_window() -> None:
    plan = five_legs_plan()
    bookings = list(plan.scenario.bookings)
    pinned = replace(
        bookings[0].return_leg,  # type: ignore[type-var]
        pin=Pin(pickup_s=at("13:00"), tolerance_s=120),
    )
    bookings[0] = replace(bookings[0], return_leg=pinned)
    plan = replace(plan, scenario=replace(plan.scenario, bookings=tuple(bookings)))

    assert slack_min(plan)[ANNE_RET] == (2, 15)


def test_sign_off_binds_the_last_dropoff() -> None:
    plan = five_legs_plan()
    shifts = list(plan.scenario.shifts)
    # The car signs off at 13:23, two minutes before it must.
    shifts[1] = replace(shifts[1], end=window("12:00", "13:25"))
    plan = replace(plan, scenario=replace(plan.scenario, shifts=tuple(shifts)))

    assert slack_min(plan)[ANNE_RET] == (2, 2)


def test_the_longest_duty_binds_as_well() -> None:
    plan = five_legs_plan()
    shifts = list(plan.scenario.shifts)
    # 323 minutes of at most 324.
    shifts[1] = replace(shifts[1], max_duty_s=324 * 60)
    plan = replace(plan, scenario=replace(plan.scenario, shifts=tuple(shifts)))

    assert slack_min(plan)[ANNE_RET] == (1, 1)


def test_a_duty_that_would_need_a_break_it_does_not_have_may_not_grow() -> None:
    plan = five_legs_plan()
    shifts = list(plan.scenario.shifts)
    # The minibus is out for 189 minutes and needs a break after 190.
    shifts[0] = replace(shifts[0], break_rule=BreakRule(duration_s=1200, after_s=190 * 60))
    plan = replace(plan, scenario=replace(plan.scenario, shifts=tuple(shifts)))

    assert slack_min(plan)[BASILE_RET] == (1, 1)


def test_waiting_further_on_absorbs_a_delay() -> None:
    plan = five_legs_plan()
    shifts = list(plan.scenario.shifts)
    # The break may start at 11:32 at the latest, 2 minutes after it does, but
    # the car waits for it since 08:26; Anne's dropoff keeps its 5 minutes.
    rule = BreakRule(duration_s=1200, after_s=0, window=window("11:00", "11:32"))
    shifts[1] = replace(shifts[1], break_rule=rule)
    plan = replace(plan, scenario=replace(plan.scenario, shifts=tuple(shifts)))

    assert slack_min(plan)[ANNE_OUT] == (5, 5)


def late_min(percent: int) -> dict[tuple[ShiftId, LegId | None], int]:
    plan = five_legs_plan()
    legs = {leg.id: leg for leg in legs_of(plan.scenario)}
    late: dict[tuple[ShiftId, LegId | None], int] = {}
    for tour_round in plan.rounds:
        shift = plan.scenario.shift(tour_round.shift)
        bounds = bounds_of(tour_round, shift, legs, {}, {})
        for stop, late_s in zip(
            tour_round.stops, late_when_slower(tour_round, bounds, percent), strict=True
        ):
            if late_s:
                late[tour_round.shift, stop.leg] = late_s // 60
    return late


def test_ten_percent_slower_roads_make_nobody_late() -> None:
    # Minibus: 33 to the hamlet, 5 in, 11 to the centre: 09:29 for 09:30.
    # Car: 08:05:30, 08:13, out at 08:26 and 08:27 for 08:30.
    assert late_min(10) == {}

    robustness = figures(five_legs_plan(), five_legs_matrix()).robustness
    # Windows: three dropoffs that must arrive, two pickups of returns.
    assert (robustness.stops_with_window, robustness.slower_10_broken) == (5, 0)
    assert robustness.slower_10_late_max_s == 0


def test_twenty_percent_slower_roads_make_basile_late() -> None:
    # 36 to the hamlet, 5 in, 12 to the centre: 09:33 for 09:30. The car: 08:06,
    # 08:14, out at 08:28 and 08:29.
    assert late_min(20) == {(WITH_DRIVER, BASILE_OUT): 3}


def test_delays_on_the_way_add_up() -> None:
    # Car at twice the times: 08:10, 2 in, 08:22, 2 in, out at 08:44 and 08:45.
    late = late_min(100)

    assert (late[OPEN, CHLOE_OUT], late[OPEN, ANNE_OUT]) == (14, 15)
    # The long wait at the centre swallows all of it.
    assert (OPEN, ANNE_RET) not in late
