"""A limit said to keep a booking out really is the one: lifted alone, it lets the booking in."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from tests.exhaustive import Question, fits_somewhere
from tests.strategies import Day, days
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, StopKind, Unserved
from tus_dispatch.planning.decode import decode, decode_cost
from tus_dispatch.planning.encode import Encoding, encode
from tus_dispatch.planning.explain import explain_unserved
from tus_dispatch.planning.relax import DAY_LIMITS, ORDER, relaxed
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.insertion import scan
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.solution import Solution
from tus_dispatch.verify.instance import verify_solution
from tus_dispatch.verify.plan import verify_plan

ANY_PRICE = 2**50


def short_of_a_shift(day: Day, choice: int) -> tuple[Encoding, Solution]:
    """Plan a drawn day without one of its shifts, so that somebody is likely to stay behind."""
    scenario, matrix, _ = day
    shifts = scenario.shifts
    if len(shifts) > 1:
        gone = choice % len(shifts)
        scenario = replace(scenario, shifts=(*shifts[:gone], *shifts[gone + 1 :]))
    encoding = encode(scenario, legs_of(scenario), matrix)
    return encoding, construct(encoding.instance, make_dice(choice)).solution()


def wanting_only(instance: Instance, solution: Solution, group: tuple[int, ...]) -> Instance:
    """The instance in which these requests are worth any price and no other may come in."""
    penalty, allowed = instance.penalty.copy(), instance.allowed.copy()
    penalty[list(group)] = ANY_PRICE
    allowed[[request for request in solution.unserved if request not in group]] = False
    return replace(instance, penalty=penalty, allowed=allowed)


def lets_in(
    encoding: Encoding, solution: Solution, group: tuple[int, ...], slug: str
) -> Solution | None:
    """Insert a booking into the final routes with one limit lifted for it."""
    wanted = [encoding.legs[request] for request in group]
    if slug in {"price", "search-limit"}:
        ways = [(encoding.scenario, tuple(wanted))]
    else:
        ways = list(relaxed(slug, encoding.scenario, wanted))
    for scenario, eased in ways:
        by_id = {leg.id: leg for leg in (*encoding.legs, *eased)}
        again = encode(scenario, [by_id[leg.id] for leg in encoding.legs], encoding.matrix)
        found = inserted(wanting_only(again.instance, solution, group), solution, group)
        if found is not None:
            assert verify_solution(again.instance, found) == ()
            if slug in DAY_LIMITS:
                assert verify_plan(as_plan(again, found), encoding.matrix) == ()
            return found
    return None


def inserted(instance: Instance, solution: Solution, group: tuple[int, ...]) -> Solution | None:
    """Insert a booking as the search does; a pair also at all places of its first leg."""
    draft = construct(instance, make_dice(0), start=solution)
    if (draft.vehicle_of[list(group)] >= 0).all():
        return draft.solution()
    for vehicle, row in places(draft, group[0]) if len(group) > 1 else ():
        trial = draft.copy()
        trial.insert(group[0], vehicle, row)
        for second, second_row in places(trial, group[1]):
            trial.insert(group[1], second, second_row)
            return trial.solution()
    return None


def places(draft: Draft, request: int) -> list[tuple[int, Ints]]:
    found = []
    for vehicle, order in enumerate(draft.orders):
        n = len(order)
        rows = np.empty(((n + 1) * (n + 2) // 2, 4), dtype=np.int64)
        many = scan(draft.arrays, vehicle, order, draft.costs[vehicle], request, True, rows)
        found += [(vehicle, row) for row in rows[:many]]
    return found


def as_plan(encoding: Encoding, solution: Solution) -> Plan:
    return Plan(
        scenario=encoding.scenario,
        rounds=decode(encoding, solution),
        unserved=explain_unserved(encoding, solution),
        cost=decode_cost(encoding, solution),
    )


def group_of(encoding: Encoding, unserved: Unserved) -> tuple[int, ...]:
    at = {leg.id: request for request, leg in enumerate(encoding.legs)}
    leg = encoding.legs[at[unserved.leg]]
    pair = [leg.id] if leg.partner is None else [leg.id, leg.partner]
    return tuple(sorted(at[each] for each in pair))


@settings(max_examples=40)
@given(day=days(max_legs=12, max_shifts=4), choice=st.integers(0, 1000))
def test_the_limit_named_lets_the_booking_into_the_final_plan(day: Day, choice: int) -> None:
    encoding, solution = short_of_a_shift(day, choice)

    found = explain_unserved(encoding, solution)

    event(f"{min(3, len(found))} left out")
    assert [each.leg for each in found] == [encoding.legs[r].id for r in solution.unserved]
    assert verify_plan(as_plan(encoding, solution), encoding.matrix) == ()
    for each in found:
        event(f"{each.reason.slug}, lifting {each.relaxation}")
        if each.relaxation is not None:
            group = group_of(encoding, each)
            after = lets_in(encoding, solution, group, each.relaxation)
            assert after is not None, each
            assert set(after.unserved) == set(solution.unserved) - set(group)


@settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much])
@given(day=days(max_legs=7, max_shifts=3), choice=st.integers(0, 1000))
def test_no_milder_limit_would_do_than_the_one_named(day: Day, choice: int) -> None:
    encoding, solution = short_of_a_shift(day, choice)
    # Beside these, others may stand anywhere that their windows let them.
    assume(not encoding.instance.loose_pairs)
    assume(all(pause.kind is StopKind.BREAK for pause in encoding.pauses))
    plan = as_plan(encoding, solution)
    singles = [each for each in plan.unserved if len(group_of(encoding, each)) == 1]
    assume(singles)

    for each in singles:
        (request,) = group_of(encoding, each)
        leg = encoding.legs[request]
        if each.relaxation in {"price", "search-limit"}:
            continue
        milder = ORDER if each.relaxation is None else ORDER[: ORDER.index(each.relaxation)]
        event(f"{each.relaxation} of {len(ORDER)}")
        for slug in milder:
            for scenario, (eased,) in relaxed(slug, encoding.scenario, (leg,)):
                held = Question(replace(plan, scenario=scenario), encoding.matrix, {}, eased)
                assert not fits_somewhere(held), (each, slug)
