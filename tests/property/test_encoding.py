"""Whatever the judge accepts survives the way into the solver's words and back."""

from dataclasses import replace

from hypothesis import given, settings

from tests.strategies import Day, days
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan
from tus_dispatch.planning.decode import decode, decode_cost
from tus_dispatch.planning.encode import Encoding, encode, encode_plan, leg_times
from tus_dispatch.solver.adopt import draft_from
from tus_dispatch.solver.solution import Solution
from tus_dispatch.verify.instance import verify_solution
from tus_dispatch.verify.plan import verify_plan


def encoded(day: Day) -> Encoding:
    scenario, matrix, plan = day
    promises = {promise.leg: promise.pickup_window for promise in plan.promises}
    return encode(scenario, legs_of(scenario), matrix, promises=promises)


def doors(encoding: Encoding, solution: Solution) -> list[tuple[int, ...]]:
    n = len(encoding.legs)
    return [tuple(node for node in route.nodes if node < 2 * n) for route in solution.routes]


@settings(max_examples=60)
@given(day=days(max_legs=14, max_shifts=4))
def test_no_window_is_narrower_than_what_the_judge_accepts(day: Day) -> None:
    plan = day[2]
    encoding = encoded(day)
    wanted = encode_plan(encoding, plan)

    # As it stands it is sound, and its orders are taken over without losing anybody.
    assert verify_solution(encoding.instance, wanted) == ()
    draft = draft_from(encoding.instance, wanted)

    assert draft.unserved() == wanted.unserved
    assert doors(encoding, draft.solution()) == doors(encoding, wanted)


@settings(max_examples=60)
@given(day=days(max_legs=14, max_shifts=4))
def test_orders_timed_anew_are_a_sound_plan_at_the_price_said(day: Day) -> None:
    scenario, matrix, plan = day
    encoding = encoded(day)
    solution = draft_from(encoding.instance, encode_plan(encoding, plan)).solution()

    again = Plan(
        scenario=scenario,
        rounds=decode(encoding, solution),
        unserved=plan.unserved,
        promises=plan.promises,
        cost=decode_cost(encoding, solution),
    )

    assert verify_plan(again, matrix) == ()


@settings(max_examples=60)
@given(day=days(max_legs=14, max_shifts=4))
def test_reading_a_plan_undoes_writing_a_solution(day: Day) -> None:
    plan = day[2]
    encoding = encoded(day)
    solution = draft_from(encoding.instance, encode_plan(encoding, plan)).solution()

    written = replace(plan, rounds=decode(encoding, solution))

    assert encode_plan(encoding, written) == solution


@settings(max_examples=30)
@given(day=days(max_legs=14, max_shifts=4))
def test_an_encoding_of_some_legs_knows_nothing_of_the_others(day: Day) -> None:
    scenario, matrix, plan = day
    served = [leg for leg in legs_of(scenario) if leg.id in leg_times(plan)]
    some = encode(scenario, served[: len(served) // 2], matrix)

    solution = encode_plan(some, plan)

    known = {leg.id for leg in some.legs}
    stops = [stop.leg for tour_round in plan.rounds for stop in tour_round.stops]
    n_doors = sum(leg in known for leg in stops)
    assert sum(len(each) for each in doors(some, solution)) == n_doors
    assert solution.unserved == ()
