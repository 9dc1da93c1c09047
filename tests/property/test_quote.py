"""A quote finds exactly what trying every place one by one finds."""

from dataclasses import replace

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from tests.exhaustive import (
    Question,
    cheapest,
    doors_of,
    fits_somewhere,
    promises_of,
    rounds_of_order,
    with_round,
)
from tests.makers import ANNE_OUT, five_legs_matrix, five_legs_plan
from tests.strategies import Day, days
from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.offer import Offer, Refusal
from tus_dispatch.domain.plan import Plan, Promise, Round, StopKind
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, ShiftId
from tus_dispatch.planning.inquiry import inquire, places_of
from tus_dispatch.planning.offers import size_now
from tus_dispatch.planning.open_day import open_day
from tus_dispatch.planning.quote import AlreadyServedError, quote
from tus_dispatch.planning.relax import ORDER, relaxed
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price
from tus_dispatch.verify.plan import verify_plan


def taken_out(plan: Plan, leg: LegId, matrix: TravelMatrix) -> Plan | None:
    """The plan without a leg, its round timed anew; None when it cannot be driven."""
    told = {promise.leg: promise.pickup_window for promise in plan.promises}
    question = Question(plan, matrix, told)
    tour_round = next((r for r in plan.rounds if any(s.leg == leg for s in r.stops)), None)
    if tour_round is None:
        return plan
    kept = tuple(item for item in doors_of(tour_round) if item.leg != leg)
    others = replace(plan, rounds=tuple(r for r in plan.rounds if r is not tour_round))
    if not kept:
        return others
    shift = plan.scenario.shift(tour_round.shift)
    found = next(rounds_of_order(question, shift, kept), None)
    return None if found is None else with_round(others, found)


def promised(plan: Plan) -> Plan:
    """The plan with a promise for everybody, so that the judge holds it to them."""
    windows = promises_of(plan)
    return replace(plan, promises=tuple(Promise(leg, window) for leg, window in windows.items()))


def prices_comfort(plan: Plan) -> bool:
    """Whether anything but length and duty of a round depends on its times."""
    weights = plan.scenario.objective.weights
    return any(
        (
            weights.per_excess_ride_second,
            weights.per_wait_aboard_second,
            weights.per_early_second,
            weights.per_late_second,
        )
    )


def aboard_between(tour_round: Round, leg: LegId) -> set[LegId]:
    """Legs that are in the vehicle on any drive or wait of this leg's ride."""
    inside: set[LegId] = set()
    met: set[LegId] = set()
    for stop in tour_round.stops:
        if stop.leg is not None and stop.kind is StopKind.PICKUP:
            inside.add(stop.leg)
        elif stop.leg is not None:
            inside.discard(stop.leg)
        if leg in inside:
            met |= inside
    return met - {leg}


def expect_true_offer(plan: Plan, matrix: TravelMatrix, offer: Offer) -> None:
    """Check what an offer says of itself, and that the judge accepts it."""
    after = with_round(plan, offer.new_round)
    before_cost, after_cost = (price(open_case(each, matrix)) for each in (plan, after))
    # Whether the leg was listed as left out is no matter of the rounds.
    left_out = tuple(each for each in plan.unserved if each.leg != offer.leg)
    after = replace(after, unserved=left_out)

    sound = replace(after, cost=price(open_case(after, matrix)))
    assert verify_plan(sound, matrix) == ()

    size = [
        (
            sum(stop.drive_m for r in each.rounds for stop in r.stops),
            sum(r.stops[-1].start_s - r.stops[0].start_s for r in each.rounds),
        )
        for each in (plan, after)
    ]
    assert offer.marginal_m == size[1][0] - size[0][0]
    assert offer.marginal_duty_s == size[1][1] - size[0][1]
    assert offer.marginal_cost == after_cost.total - before_cost.total
    stops = {stop.kind: stop.start_s for stop in offer.new_round.stops if stop.leg == offer.leg}
    assert stops == {StopKind.PICKUP: offer.pickup_s, StopKind.DROPOFF: offer.dropoff_s}
    assert set(offer.shared_with) == aboard_between(offer.new_round, offer.leg)


def expect_true_refusal(plan: Plan, leg: Leg, matrix: TravelMatrix, refusal: Refusal) -> None:
    """Check that the limit named lets the leg in, and no milder one does."""
    for slug in ORDER:
        windows = promises_of(plan)
        if slug == "time-window":
            windows.pop(leg.id, None)
        lets_in = any(
            fits_somewhere(Question(replace(plan, scenario=scenario), matrix, windows, eased))
            for scenario, (eased,) in relaxed(slug, plan.scenario, (leg,))
        )
        assert lets_in == (slug == refusal.relaxation), slug
        if lets_in:
            return


def added_by_shift(plan: Plan, leg: Leg, matrix: TravelMatrix) -> dict[ShiftId, int]:
    """What the cheapest place of every round adds, before any offer is made of it."""
    inquiry = inquire(open_day(plan, matrix), (leg,))
    return {
        inquiry.encoding.shifts[place.vehicle].id: place.cost
        - size_now(inquiry, place.vehicle).cost
        for place in places_of(inquiry, inquiry.newcomers[0])
    }


@settings(max_examples=60)
@given(day=days(max_legs=7, max_shifts=3), choice=st.integers(0, 100))
def test_a_quote_is_the_cheapest_place_of_every_round_at_its_kindest_times(
    day: Day, choice: int
) -> None:
    scenario, matrix, whole = day
    legs = legs_of(scenario)
    leg = legs[choice % len(legs)]
    shorter = taken_out(whole, leg.id, matrix)
    assume(shorter is not None)
    assert shorter is not None
    plan = promised(shorter)
    if leg.partner in {each.leg for each in plan.unserved}:
        leg = replace(leg, partner=None)

    answer = quote(plan, leg, matrix, n_offers=99)

    question = Question(plan, matrix, promises_of(plan), leg)
    expected = cheapest(question)
    if isinstance(answer, Refusal):
        event(f"refused: {answer.reason.slug}, lifting {answer.relaxation}")
        assert expected == {}
        expect_true_refusal(plan, leg, matrix, answer)
    else:
        event(f"{min(3, len(answer))} offers")
        assert added_by_shift(plan, leg, matrix) == expected
        # A piece of a long window may admit cheaper times than the whole of it.
        assert {offer.shift for offer in answer} == set(expected)
        for offer in answer:
            least = min(each.marginal_cost for each in answer if each.shift == offer.shift)
            assert least <= expected[offer.shift]
        assert list(answer) == sorted(answer, key=lambda offer: offer.marginal_cost)
        for offer in answer:
            expect_true_offer(plan, matrix, offer)


def test_a_leg_that_is_served_is_no_newcomer() -> None:
    plan = five_legs_plan()
    leg = next(each for each in legs_of(plan.scenario) if each.id == ANNE_OUT)

    with pytest.raises(AlreadyServedError, match="R1:out"):
        quote(plan, leg, five_legs_matrix())
