"""Why a leg is left out: the one limit whose relaxation lets its booking in, tried for real."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.plan import Unserved
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.planning.encode import Encoding, encode
from tus_dispatch.planning.encode_legs import suits
from tus_dispatch.planning.legality import CrewLaw, forbidden_legs
from tus_dispatch.planning.relax import ORDER, relaxed
from tus_dispatch.solver.adopt import draft_from
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft, groups_of
from tus_dispatch.solver.insertion import scan
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.solution import Solution

ANY_PRICE = 2**50
# Reasons of a booking as a whole, whichever of its legs one looks at.
_WHOLE_BOOKING = frozenset({"unreachable", "price", "search-limit"})


def explain_unserved(encoding: Encoding, solution: Solution) -> tuple[Unserved, ...]:
    """Give every leg left out its reason.

    Parameters
    ----------
    encoding
        The day as it was solved.
    solution
        Its final solution.

    Returns
    -------
    tuple of Unserved
        In the order of the legs. ``relaxation`` names the limit that was
        lifted for the whole booking and then let it into the final routes;
        None when no single one did.
    """
    left_out = solution.unserved
    if not left_out:
        return ()
    forbidden = forbidden_legs(
        encoding.scenario, [encoding.legs[request] for request in left_out], encoding.matrix
    )
    found = {
        request: Unserved(leg.id, forbidden[leg.id])
        for request in left_out
        if (leg := encoding.legs[request]).id in forbidden
    }
    lawful = tuple(request for request in left_out if request not in found)
    if lawful:
        found |= _explained(encoding, solution, lawful)
    return tuple(found[request] for request in left_out)


def _explained(
    encoding: Encoding, solution: Solution, left_out: tuple[int, ...]
) -> dict[int, Unserved]:
    """Explain legs that the law allows, by request."""
    groups = groups_of(encoding.instance, left_out)
    limit_of: dict[tuple[int, ...], str] = {}
    for slug, draft in _relaxed_drafts(encoding, solution):
        for group in groups:
            if group not in limit_of and _fits(draft, group):
                limit_of[group] = slug
        if len(limit_of) == len(groups):
            break
    alone = _drafted(encoding.instance, solution, np.full(len(encoding.legs), -1, dtype=np.int64))
    found = {}
    for group in groups:
        limit = limit_of.get(group)
        for request in group:
            slug = slug_of(encoding, request, limit)
            if slug not in _WHOLE_BOOKING and _is_held_back(alone, request, group):
                slug = "linked-leg"
            found[request] = Unserved(encoding.legs[request].id, reason_for(slug), limit)
    return found


def slug_of(encoding: Encoding, request: int, limit: str | None) -> str:
    """Name the reason for which a leg is left out, its linked leg not looked at.

    Parameters
    ----------
    encoding
        The day.
    request
        The leg's number.
    limit
        The one limit that, lifted, lets it in, or None.

    Returns
    -------
    str
        Key of the register of reasons.
    """
    instance, scenario = encoding.instance, encoding.scenario
    if instance.direct_s[request] < 0:
        return "unreachable"
    leg = encoding.legs[request]
    suitable = [shift for shift in encoding.shifts if suits(scenario, shift, leg)]
    if not suitable:
        return "no-vehicle"
    crews = CrewLaw(scenario)
    unlawful = [crews.reasons(shift, leg) for shift in suitable]
    if all(unlawful):
        return unlawful[0][0].slug
    if limit is None:
        return "several-limits" if _is_reachable(instance, request) else "unreachable"
    return limit


def _is_held_back(alone: Draft, request: int, group: tuple[int, ...]) -> bool:
    """Tell whether a leg fits alone, and its linked leg does not."""
    others = [other for other in group if other != request]
    return (
        bool(others)
        and _fits(alone, (request,))
        and not all(_fits(alone, (other,)) for other in others)
    )


def _is_reachable(instance: Instance, request: int) -> bool:
    pickup = instance.location[request]
    dropoff = instance.location[request + instance.n_requests]
    there = instance.duration_s[instance.start_location, pickup] >= 0
    back = instance.duration_s[dropoff, instance.end_location] >= 0
    return bool(np.any(there & back)) if instance.n_vehicles else True


def _relaxed_drafts(encoding: Encoding, solution: Solution) -> Iterator[tuple[str, Draft]]:
    """Yield the final routes in the same day with one limit lifted, mildest limits first."""
    instance, partner = encoding.instance, encoding.instance.partner
    left_out = [encoding.legs[request] for request in solution.unserved]
    yield "search-limit", _drafted(instance, solution, partner, price=instance.penalty)
    yield "price", _drafted(instance, solution, partner)
    for slug in ORDER:
        for scenario, eased in relaxed(slug, encoding.scenario, left_out):
            by_id = {leg.id: leg for leg in (*encoding.legs, *eased)}
            again = _encode_again(
                encoding, scenario, [by_id[leg.id] for leg in encoding.legs], slug
            )
            draft = _drafted(again.instance, solution, partner)
            # Without the triangle inequality a lifted limit may cost somebody a place.
            if draft.unserved() == solution.unserved:
                yield slug, draft


def _encode_again(
    encoding: Encoding, scenario: Scenario, legs: Sequence[Leg], slug: str
) -> Encoding:
    promises = dict(encoding.promises)
    if slug == "time-window":
        served = {leg.id for leg, old in zip(legs, encoding.legs, strict=True) if leg is old}
        promises = {leg: window for leg, window in promises.items() if leg in served}
    return encode(scenario, legs, encoding.matrix, promises=promises, around=encoding.around)


def _drafted(
    instance: Instance, solution: Solution, partner: Ints, price: Ints | None = None
) -> Draft:
    """Return the final routes under other rules, leaving anybody out being very dear."""
    penalty = np.full_like(instance.penalty, ANY_PRICE) if price is None else price.copy()
    changed = replace(instance, partner=np.array(partner, dtype=np.int64), penalty=penalty)
    return draft_from(changed, solution)


def _fits(draft: Draft, group: tuple[int, ...]) -> bool:
    if not draft.instance.n_vehicles:
        return False
    trial = draft.copy()
    trial.insert_waiting(group, make_dice(0))
    return all(trial.vehicle_of[request] >= 0 for request in group) or _fit_together(draft, group)


def _fit_together(draft: Draft, group: tuple[int, ...]) -> bool:
    """Try linked legs on one route, the first of them at every place of its own.

    Insertion tried each of them at its cheapest place, which is enough where
    the two can ride on different routes.
    """
    if len(group) == 1 or not np.all(draft.instance.penalty[list(group)] == ANY_PRICE):
        return False
    first, second = group
    for vehicle in range(draft.instance.n_vehicles):
        for row in _rows(draft, vehicle, first):
            trial = draft.copy()
            trial.insert(first, vehicle, row)
            if len(_rows(trial, vehicle, second)):
                return True
    return False


def _rows(draft: Draft, vehicle: int, request: int) -> Ints:
    order = draft.order(vehicle)
    n = len(order)
    rows = np.empty(((n + 1) * (n + 2) // 2, 4), dtype=np.int64)
    found = scan(draft.arrays, vehicle, order, int(draft.tours.cost[vehicle]), request, True, rows)  # noqa: FBT003
    return rows[:found]
