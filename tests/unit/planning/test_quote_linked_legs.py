"""A quote keeps a return behind its outward leg, on the same round or on another."""

from dataclasses import replace

from tests.makers import (
    ANNE_OUT,
    ANNE_RET,
    BASILE_RET,
    OPEN,
    WITH_DRIVER,
    at,
    five_legs_matrix,
    five_legs_plan,
    window,
)
from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.offer import Refusal
from tus_dispatch.domain.plan import Plan, Promise
from tus_dispatch.domain.units import LegId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.quote import quote
from tus_dispatch.planning.retime import without


def long_minibus_day(plan: Plan) -> Plan:
    """The plan on a day whose minibus may stay out until 17:00."""
    minibus, car = plan.scenario.shifts
    minibus = replace(minibus, end=window("11:00", "17:00"), max_duty_s=None)
    return replace(plan, scenario=replace(plan.scenario, shifts=(minibus, car)))


def question(leg: LegId, pickup: TimeWindow) -> tuple[Plan, Leg]:
    """The plan without a leg, and the leg with another window for its pickup."""
    plan = long_minibus_day(five_legs_plan())
    found = next(each for each in legs_of(plan.scenario) if each.id == leg)
    shorter = without(plan, leg, five_legs_matrix())
    assert shorter is not None
    return shorter, replace(found, pickup_window=pickup, dropoff_window=None)


def test_an_outward_leg_is_never_offered_behind_its_return() -> None:
    # Anne's return stands on the car, 13:00 to 13:12.
    plan, outward = question(ANNE_OUT, window("13:06", "15:00"))

    answer = quote(plan, outward, five_legs_matrix())

    assert isinstance(answer, Refusal)
    assert (answer.reason.slug, answer.relaxation) == ("time-window", "time-window")


def test_a_return_is_never_offered_before_its_outward_leg_is_over() -> None:
    # Anne's outward leg stands on the car; she is out of it at 08:26.
    plan, back = question(ANNE_RET, window("08:00", "08:20"))

    assert isinstance(quote(plan, back, five_legs_matrix()), Refusal)


def test_a_return_may_follow_its_outward_leg_at_once_on_either_round() -> None:
    plan, back = question(ANNE_RET, window("08:00", "15:00"))

    answer = quote(plan, back, five_legs_matrix())

    assert not isinstance(answer, Refusal)
    by_shift = {offer.shift: offer.pickup_s for offer in answer}
    assert set(by_shift) == {OPEN, WITH_DRIVER}
    assert all(pickup_s >= at("08:26") for pickup_s in by_shift.values())


def test_a_promise_of_the_newcomer_is_kept() -> None:
    plan, back = question(ANNE_RET, window("08:00", "15:00"))
    plan = replace(plan, promises=(Promise(ANNE_RET, window("13:10", "13:20")),))

    answer = quote(plan, back, five_legs_matrix())

    assert not isinstance(answer, Refusal)
    assert all(at("13:10") <= offer.pickup_s <= at("13:20") for offer in answer)


def test_a_promise_that_cannot_be_kept_is_a_window_too_narrow() -> None:
    plan, back = question(ANNE_RET, window("05:00", "15:00"))
    plan = replace(plan, promises=(Promise(ANNE_RET, window("05:00", "05:10")),))

    answer = quote(plan, back, five_legs_matrix())

    assert isinstance(answer, Refusal)
    assert answer.relaxation == "time-window"


def test_taking_a_leg_out_gives_its_round_new_times() -> None:
    plan = five_legs_plan()

    shorter = without(plan, ANNE_RET, five_legs_matrix())

    assert shorter is not None
    car = shorter.rounds[1]
    # Chloé and Anne still arrive at 08:24 and 08:25; the shift ends at 12:00 at the
    # earliest and begins at 09:00 at the latest, which is too late for them: 08:00.
    assert {stop.leg for stop in car.stops} == {None, ANNE_OUT, LegId("R3:out")}
    assert car.stops[-1].start_s == at("12:00")
    assert sum(stop.drive_m for stop in car.stops) == 40_000
    assert shorter.rounds[0] == plan.rounds[0]


def test_a_round_left_empty_is_gone_and_a_leg_left_out_changes_nothing() -> None:
    plan = five_legs_plan()
    matrix = five_legs_matrix()
    once = without(plan, LegId("R2:out"), matrix)
    assert once is not None

    twice = without(once, BASILE_RET, matrix)

    assert twice is not None
    assert [each.shift for each in twice.rounds] == [OPEN]
    assert without(twice, BASILE_RET, matrix) == twice
