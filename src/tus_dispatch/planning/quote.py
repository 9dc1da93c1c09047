"""Where one more leg fits into a day without moving any promise beyond its tolerance."""

from collections.abc import Sequence
from dataclasses import dataclass

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Offer, Plan, Refusal, Round, StopKind
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, Metres, MilliCents, Seconds, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.errors import TusError
from tus_dispatch.planning.decode import decode_route
from tus_dispatch.planning.encode import Encoding, encode, encode_plan, encode_round, leg_times
from tus_dispatch.planning.explain import slug_of
from tus_dispatch.planning.places import PlaceInRound, cheapest_places
from tus_dispatch.planning.relax import ORDER, relaxed
from tus_dispatch.solver.cost import route_parts
from tus_dispatch.solver.draft import make_route
from tus_dispatch.solver.models.timetable import kindest_times

N_OFFERS = 5


class AlreadyServedError(TusError):
    """The leg to insert is in the plan already."""


def promised_windows(plan: Plan) -> dict[LegId, TimeWindow]:
    """Return the pickup windows that nobody may be moved out of.

    Parameters
    ----------
    plan
        Draft or published.

    Returns
    -------
    dict
        What was promised; for served legs without a promise, the planned
        pickup give or take the policy's tolerance.
    """
    tolerance_s = plan.scenario.policy.promise_tolerance_s
    windows = {
        leg: TimeWindow(max(0, times.pickup_s - tolerance_s), times.pickup_s + tolerance_s)
        for leg, times in leg_times(plan).items()
    }
    return windows | {promise.leg: promise.pickup_window for promise in plan.promises}


def quote(
    plan: Plan, leg: Leg, matrix: TravelMatrix, *, n_offers: int = N_OFFERS
) -> tuple[Offer, ...] | Refusal:
    """Insert one leg into a day at all its positions; everybody else's order is kept.

    Parameters
    ----------
    plan
        A sound plan. Unused shifts take part.
    leg
        The newcomer, or a leg the plan left out. A linked leg that is not in
        the plan is not looked at; one that is stays where it is.
    matrix
        Knows the places of the plan and of the leg.
    n_offers
        At most so many offers, the cheapest of each shift.

    Returns
    -------
    tuple of Offer or Refusal
        Offers by rising marginal cost, never empty; or why there is none, with
        the one limit that, lifted, would let the leg in.

    Raises
    ------
    AlreadyServedError
        When the plan serves the leg.
    """
    if leg.id in leg_times(plan):
        raise AlreadyServedError(f"leg {leg.id} is already in the plan")
    inquiry = _inquiry(plan, plan.scenario, leg, matrix)
    places = inquiry.places()
    if not places:
        return _refusal(plan, leg, inquiry)
    offers = [_offer(plan, inquiry, place) for place in places]
    return tuple(sorted(offers, key=lambda offer: offer.marginal_cost)[:n_offers])


@dataclass(frozen=True, slots=True)
class _Inquiry:
    """A plan and a newcomer, who comes last, in the solver's words."""

    encoding: Encoding
    plan: Plan

    @property
    def newcomer(self) -> int:
        return len(self.encoding.legs) - 1

    def places(self) -> Sequence[PlaceInRound]:
        solution = encode_plan(self.encoding, self.plan)
        return cheapest_places(self.encoding, solution, self.newcomer)


def _inquiry(
    plan: Plan, scenario: Scenario, leg: Leg, matrix: TravelMatrix, *, promised: bool = True
) -> _Inquiry:
    served = leg_times(plan)
    legs = [each for each in legs_of(plan.scenario) if each.id in served]
    promises = promised_windows(plan)
    if not promised:
        promises.pop(leg.id, None)
    return _Inquiry(encode(scenario, [*legs, leg], matrix, promises=promises), plan)


def _refusal(plan: Plan, leg: Leg, inquiry: _Inquiry) -> Refusal:
    matrix = inquiry.encoding.matrix
    limit = next((slug for slug in ORDER if _lets_in(slug, plan, leg, matrix)), None)
    slug = slug_of(inquiry.encoding, inquiry.newcomer, limit)
    return Refusal(leg.id, reason_for(slug), limit)


def _lets_in(slug: str, plan: Plan, leg: Leg, matrix: TravelMatrix) -> bool:
    return any(
        _inquiry(plan, scenario, eased, matrix, promised=slug != "time-window").places()
        for scenario, (eased,) in relaxed(slug, plan.scenario, (leg,))
    )


def _offer(plan: Plan, inquiry: _Inquiry, place: PlaceInRound) -> Offer:
    encoding = inquiry.encoding
    leg = encoding.legs[inquiry.newcomer]
    route = make_route(place.arrays, place.vehicle, place.order)
    kindest = kindest_times(encoding.instance, route, arrays=place.arrays)
    new_round = decode_route(encoding, kindest)
    stops = {stop.kind: stop for stop in new_round.stops if stop.leg == leg.id}
    old_m, old_duty_s, old_cost = _size(encoding, _find_round(plan, new_round.shift))
    new_m, new_duty_s, new_cost = _size(encoding, new_round)
    return Offer(
        leg=leg.id,
        shift=new_round.shift,
        pickup_s=stops[StopKind.PICKUP].start_s,
        dropoff_s=stops[StopKind.DROPOFF].start_s,
        marginal_m=new_m - old_m,
        marginal_duty_s=new_duty_s - old_duty_s,
        marginal_cost=new_cost - old_cost,
        shared_with=_shared_with(new_round, leg.id),
        new_round=new_round,
    )


def _find_round(plan: Plan, shift: ShiftId) -> Round | None:
    return next((each for each in plan.rounds if each.shift == shift), None)


def _size(encoding: Encoding, tour_round: Round | None) -> tuple[Metres, Seconds, MilliCents]:
    """Return length, duty and price of a round as its own stops say."""
    route = None if tour_round is None else encode_round(encoding, tour_round)
    if tour_round is None or route is None:
        return 0, 0, 0
    stops = tour_round.stops
    metres = sum(stop.drive_m for stop in stops)
    cost = int(route_parts(encoding.instance, route).sum())
    return metres, stops[-1].start_s - stops[0].start_s, cost


def _shared_with(tour_round: Round, leg: LegId) -> tuple[LegId, ...]:
    """Return who is aboard at some moment between the leg's two stops."""
    aboard: list[LegId] = []
    shared: list[LegId] = []
    for stop in tour_round.stops:
        if stop.leg is None:
            continue
        if stop.kind is StopKind.PICKUP:
            if stop.leg == leg:
                shared.extend(aboard)
            elif leg in aboard:
                shared.append(stop.leg)
            aboard.append(stop.leg)
        else:
            aboard.remove(stop.leg)
    return tuple(dict.fromkeys(shared))
