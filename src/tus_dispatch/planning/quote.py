"""Where one more leg fits into a day without moving any promise beyond its tolerance."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Offer, Plan, Refusal, Round, StopKind
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, Metres, Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.errors import TusError
from tus_dispatch.planning.decode import decode_route
from tus_dispatch.planning.encode import Encoding, encode, encode_plan, leg_times
from tus_dispatch.planning.explain import explain_unserved
from tus_dispatch.planning.leg_windows import LegTimes
from tus_dispatch.solver.draft import Draft, draft_from, make_route
from tus_dispatch.solver.insertion import insert_at, scan
from tus_dispatch.solver.instance import Ints

N_OFFERS = 5


class UnsoundPlanError(TusError):
    """The plan to insert into breaks its own promises or rules."""


def promised_windows(plan: Plan) -> dict[LegId, TimeWindow]:
    """Return the pickup window every served leg must keep.

    Parameters
    ----------
    plan
        Draft or published.

    Returns
    -------
    dict
        What was promised; for legs without a promise, the planned pickup give
        or take the policy's tolerance.
    """
    tolerance_s = plan.scenario.policy.promise_tolerance_s
    windows = {
        leg: TimeWindow(max(0, times.pickup_s - tolerance_s), times.pickup_s + tolerance_s)
        for leg, times in leg_times(plan).items()
    }
    promised = {promise.leg: promise.pickup_window for promise in plan.promises}
    return {leg: promised.get(leg, window) for leg, window in windows.items()}


def quote(
    plan: Plan, leg: Leg, matrix: TravelMatrix, *, n_offers: int = N_OFFERS
) -> tuple[Offer, ...] | Refusal:
    """Insert one leg into a day at all its positions; everybody else's order is kept.

    Parameters
    ----------
    plan
        A sound plan. Rounds may be empty; unused shifts take part.
    leg
        The newcomer, or a leg the plan left out.
    matrix
        Knows the places of the plan and of the leg.
    n_offers
        At most so many offers, the cheapest of each shift.

    Returns
    -------
    tuple of Offer or Refusal
        Offers by rising marginal cost, never empty; or why there is none.

    Raises
    ------
    UnsoundPlanError
        When the plan itself cannot be kept.
    """
    served = leg_times(plan)
    if leg.id in served:
        raise UnsoundPlanError(f"leg {leg.id} is already in the plan")
    encoding = _encode_with(plan, leg, matrix, served)
    newcomer = len(encoding.legs) - 1
    base = _base_draft(encoding, plan)
    found: list[tuple[int, int, Ints]] = []
    for vehicle in range(encoding.instance.n_vehicles):
        rows = insertions(base, vehicle, newcomer)
        if len(rows):
            best = rows[int(rows[:, 0].argmin())]
            found.append((int(best[0]), vehicle, best))
    if not found:
        unserved = explain_unserved(encoding, base.solution())
        reason = next(each for each in unserved if each.leg == leg.id)
        return Refusal(leg.id, reason.reason, reason.relaxation)
    found.sort(key=lambda entry: entry[:2])
    return tuple(
        _offer(encoding, plan, base, newcomer, vehicle, row) for _, vehicle, row in found[:n_offers]
    )


def insertions(draft: Draft, vehicle: int, request: int) -> Ints:
    """Return every feasible place of a request in one vehicle's order.

    Parameters
    ----------
    draft
        Feasible.
    vehicle, request
        Where, and who.

    Returns
    -------
    ndarray of shape (q, 4)
        Rows of :func:`solver.insertion.scan`, by position.
    """
    order = draft.orders[vehicle]
    n = len(order)
    rows = np.empty(((n + 1) * (n + 2) // 2, 4), dtype=np.int64)
    found = scan(draft.arrays, vehicle, order, draft.costs[vehicle], request, True, rows)  # noqa: FBT003
    return rows[:found]


def _encode_with(
    plan: Plan, leg: Leg, matrix: TravelMatrix, served: Mapping[LegId, LegTimes]
) -> Encoding:
    legs = [each for each in legs_of(plan.scenario) if each.id in served]
    if leg.partner not in served:
        leg = replace(leg, partner=None)
    return encode(
        plan.scenario, [*legs, leg], matrix, promises=promised_windows(plan), reference=served
    )


def _base_draft(encoding: Encoding, plan: Plan) -> Draft:
    """Take over the plan's orders; linked legs are no reason to drop what was promised."""
    n = len(encoding.legs)
    unlinked = replace(encoding.instance, partner=np.full(n, -1, dtype=np.int64))
    draft = draft_from(unlinked, encode_plan(encoding, plan))
    missing = [encoding.legs[request].id for request in draft.unserved() if request != n - 1]
    if missing:
        raise UnsoundPlanError(f"the plan cannot keep {', '.join(missing)}")
    return draft


def _offer(
    encoding: Encoding, plan: Plan, base: Draft, newcomer: int, vehicle: int, row: Ints
) -> Offer:
    leg = encoding.legs[newcomer]
    order = insert_at(
        base.orders[vehicle], newcomer, newcomer + len(encoding.legs), int(row[1]), int(row[2])
    )
    new_round = decode_route(encoding, make_route(base.arrays, vehicle, order))
    old_round = next((each for each in plan.rounds if each.shift == new_round.shift), None)
    stops = {stop.kind: stop for stop in new_round.stops if stop.leg == leg.id}
    old_m, old_duty_s = (0, 0) if old_round is None else _size(old_round)
    new_m, new_duty_s = _size(new_round)
    return Offer(
        leg=leg.id,
        shift=new_round.shift,
        pickup_s=stops[StopKind.PICKUP].start_s,
        dropoff_s=stops[StopKind.DROPOFF].start_s,
        marginal_m=new_m - old_m,
        marginal_duty_s=new_duty_s - old_duty_s,
        marginal_cost=int(row[0]),
        shared_with=_shared_with(new_round, leg.id),
        new_round=new_round,
    )


def _size(tour_round: Round) -> tuple[Metres, Seconds]:
    stops = tour_round.stops
    return sum(stop.drive_m for stop in stops), stops[-1].start_s - stops[0].start_s


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
