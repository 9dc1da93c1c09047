"""Whoever rides where and in whatever order: the kindest times keep a plan sound and no dearer."""

from hypothesis import event, given, settings

from tests.strategies import Day, days
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, StopKind
from tus_dispatch.planning.encode import Encoding, encode
from tus_dispatch.planning.kind_times import with_kindest_times
from tus_dispatch.verify.plan import verify_plan


def encoding_of(day: Day) -> Encoding:
    scenario, matrix, plan = day
    promises = {promise.leg: promise.pickup_window for promise in plan.promises}
    return encode(scenario, legs_of(scenario), matrix, promises=promises)


def order_of(plan: Plan) -> list[tuple[object, ...]]:
    """Who gets in and out where, round by round; breaks are free to move."""
    return [
        (each.shift, stop.kind, stop.place, stop.leg)
        for each in plan.rounds
        for stop in each.stops
        if stop.kind is not StopKind.BREAK
    ]


@settings(max_examples=100)
@given(day=days())
def test_a_sound_plan_is_as_sound_and_no_dearer_at_its_kindest_times(day: Day) -> None:
    _, matrix, plan = day
    encoding = encoding_of(day)

    kindest = with_kindest_times(encoding, plan)

    event(f"cheaper: {kindest.cost.total < plan.cost.total}")
    event(f"linked legs in one programme: {bool(encoding.instance.loose_pairs)}")
    assert verify_plan(kindest, matrix) == ()
    assert kindest.cost.total <= plan.cost.total
    assert order_of(kindest) == order_of(plan)
    assert with_kindest_times(encoding, kindest) == kindest
