"""The five legs everybody knows by heart, at their kindest times."""

from dataclasses import replace

from tests.makers import (
    ANNE_OUT,
    ANNE_RET,
    BASILE_OUT,
    CHLOE_OUT,
    OPEN,
    WITH_DRIVER,
    at,
    five_legs,
    five_legs_matrix,
    five_legs_plan,
    window,
)
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.objective import Objective, Profile, Weights
from tus_dispatch.domain.plan import Plan, Promise, StopKind
from tus_dispatch.domain.units import LegId
from tus_dispatch.planning.encode import encode
from tus_dispatch.planning.kind_times import with_kindest_times
from tus_dispatch.planning.retime import without
from tus_dispatch.verify.plan import verify_plan


def kindest(plan: Plan) -> Plan:
    promises = {promise.leg: promise.pickup_window for promise in plan.promises}
    legs = legs_of(plan.scenario)
    encoding = encode(plan.scenario, legs, five_legs_matrix(), promises=promises)
    return with_kindest_times(encoding, plan)


def starts(plan: Plan, leg: LegId) -> tuple[int, int]:
    pickup, dropoff = (
        stop.start_s for tour_round in plan.rounds for stop in tour_round.stops if stop.leg == leg
    )
    return pickup, dropoff


def test_nobody_arrives_earlier_than_the_order_of_the_round_needs() -> None:
    found = kindest(five_legs_plan())

    # Basile is due at 09:30, Anne and Chloé at 08:30; Anne gets out a minute
    # after Chloé. Everything before moves with them, the sign-on too.
    assert starts(found, BASILE_OUT) == (at("09:15"), at("09:30"))
    assert starts(found, CHLOE_OUT) == (at("08:10"), at("08:29"))
    assert starts(found, ANNE_OUT) == (at("08:17"), at("08:30"))
    assert [each.stops[0].start_s for each in found.rounds] == [at("08:45"), at("08:05")]
    # Two duties are 5 minutes shorter at 500 a second, and of 16 minutes early
    # at 50 a second one is left.
    saved = 2 * 300 * 500 + 15 * 60 * 50
    assert found.cost.total == five_legs_plan().cost.total - saved
    assert verify_plan(found, five_legs_matrix()) == ()


def test_the_break_is_in_the_middle_of_the_duty() -> None:
    car = next(each for each in kindest(five_legs_plan()).rounds if each.shift == OPEN)

    pause = next(stop for stop in car.stops if stop.kind is StopKind.BREAK)
    # On duty from 08:05 to 13:23, the middle is 10:44 and the break's too.
    assert (pause.start_s, pause.departure_s) == (at("10:34"), at("10:54"))


def test_people_stay_where_they_were_promised() -> None:
    promise = Promise(BASILE_OUT, window("09:08", "09:12"))

    found = kindest(replace(five_legs_plan(), promises=(promise,)))

    assert starts(found, BASILE_OUT) == (at("09:12"), at("09:27"))
    assert starts(found, ANNE_OUT) == (at("08:17"), at("08:30"))


def test_without_a_price_on_punctuality_only_the_duty_is_shortened() -> None:
    cost = Objective(Profile.COST, Weights.of(Profile.COST))
    plan = replace(five_legs_plan(), scenario=replace(five_legs(), objective=cost))

    found = kindest(plan)

    assert starts(found, BASILE_OUT) == (at("09:15"), at("09:30"))
    assert starts(found, ANNE_RET) == (at("13:00"), at("13:12"))


def test_a_round_without_one_of_its_legs_has_the_kindest_times_too() -> None:
    shorter = without(five_legs_plan(), CHLOE_OUT, five_legs_matrix())

    assert shorter is not None
    assert starts(shorter, BASILE_OUT) == starts(five_legs_plan(), BASILE_OUT)
    # Anne was to board at 08:12, and may be moved by five minutes.
    assert starts(shorter, ANNE_OUT) == (at("08:17"), at("08:29"))
    assert next(r for r in shorter.rounds if r.shift == WITH_DRIVER) == five_legs_plan().rounds[0]
