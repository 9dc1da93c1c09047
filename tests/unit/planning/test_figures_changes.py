"""What a new plan moves against an earlier one."""

from dataclasses import replace

from tests.makers import ANNE_OUT, ANNE_RET, BASILE_OUT, BASILE_RET, CHLOE_OUT, five_legs_plan
from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.planning.plan_changes import compare


def later(tour_round: Round, first_stop: int, seconds: int) -> Round:
    """Move all stops from one on."""
    return replace(
        tour_round,
        stops=tuple(
            stop
            if i < first_stop
            else replace(
                stop,
                arrival_s=stop.arrival_s + seconds,
                start_s=stop.start_s + seconds,
                departure_s=stop.departure_s + seconds,
            )
            for i, stop in enumerate(tour_round.stops)
        ),
    )


def moved(seconds: int) -> Plan:
    """Let the minibus bring Basile home later."""
    plan = five_legs_plan()
    return replace(plan, rounds=(later(plan.rounds[0], 3, seconds), plan.rounds[1]))


def test_the_same_plan_changes_nothing() -> None:
    changes = compare(five_legs_plan(), five_legs_plan())

    assert (changes.plan_stability, changes.largest_move_s) == (0, 0)
    assert changes.changed_round == changes.newly_served == changes.no_longer_served == ()


def test_ten_minutes_are_not_a_move_and_one_second_more_is() -> None:
    assert compare(moved(600), five_legs_plan()).plan_stability == 0
    # Basile's pickup and dropoff.
    assert compare(moved(601), five_legs_plan()).plan_stability == 2
    assert compare(moved(-601), five_legs_plan()).largest_move_s == 601


def test_legs_that_come_and_go_are_named() -> None:
    plan = five_legs_plan()
    without_minibus = replace(plan, rounds=plan.rounds[1:])

    assert compare(without_minibus, plan).no_longer_served == (BASILE_OUT, BASILE_RET)
    assert compare(plan, without_minibus).newly_served == (BASILE_OUT, BASILE_RET)


def test_legs_on_another_shift_are_named() -> None:
    plan = five_legs_plan()
    minibus, car = plan.rounds
    swapped = replace(
        plan, rounds=(replace(minibus, stops=car.stops), replace(car, stops=minibus.stops))
    )

    assert set(compare(swapped, plan).changed_round) == {
        ANNE_OUT,
        ANNE_RET,
        BASILE_OUT,
        BASILE_RET,
        CHLOE_OUT,
    }


def test_plans_without_a_common_leg_have_no_largest_move() -> None:
    plan = five_legs_plan()

    changes = compare(replace(plan, rounds=plan.rounds[:1]), replace(plan, rounds=plan.rounds[1:]))

    assert changes.largest_move_s is None
