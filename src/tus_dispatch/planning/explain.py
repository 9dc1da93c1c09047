"""Why a leg is left out: the one limit whose relaxation lets its booking in, tried for real."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.plan import Unserved
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.planning.encode import Encoding, encode
from tus_dispatch.planning.relax import DAY_LIMITS, LEG_LIMITS, ORDER
from tus_dispatch.solver.draft import Draft, draft_from, groups_of
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.recreate import insert_by_regret
from tus_dispatch.solver.solution import Solution

ANY_PRICE = 2**50


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
    groups = groups_of(encoding.instance, left_out)
    limit_of: dict[tuple[int, ...], str] = {}
    for slug, draft in _relaxed_drafts(encoding, solution):
        for group in groups:
            if group not in limit_of and _fits(draft, group):
                limit_of[group] = slug
    alone = _drafted(encoding.instance, solution, np.full(len(encoding.legs), -1, dtype=np.int64))
    found = {}
    for group in groups:
        limit = limit_of.get(group)
        for request in group:
            slug = _slug(encoding, request, limit)
            if len(group) > 1 and slug not in {"unreachable", "price", "search-limit"}:
                others = [other for other in group if other != request]
                fits_alone = _fits(alone, (request,))
                if fits_alone and not all(_fits(alone, (other,)) for other in others):
                    slug = "linked-leg"
            found[request] = Unserved(encoding.legs[request].id, reason_for(slug), limit)
    return tuple(found[request] for request in left_out)


def _slug(encoding: Encoding, request: int, limit: str | None) -> str:
    instance = encoding.instance
    if instance.direct_s[request] < 0 or not _is_reachable(instance, request):
        return "unreachable"
    if limit is not None:
        return limit
    if not instance.allowed[request].any():
        return "no-vehicle"
    return "several-limits"


def _is_reachable(instance: Instance, request: int) -> bool:
    pickup = instance.location[request]
    dropoff = instance.location[request + instance.n_requests]
    there = instance.duration_s[instance.start_location, pickup] >= 0
    back = instance.duration_s[dropoff, instance.end_location] >= 0
    return bool(np.any(there & back)) if instance.n_vehicles else True


def _relaxed_drafts(encoding: Encoding, solution: Solution) -> Iterator[tuple[str, Draft]]:
    """Yield the final routes in the same day with one limit lifted, mildest limits first."""
    partner = encoding.instance.partner
    yield (
        "search-limit",
        _drafted(encoding.instance, solution, partner, price=encoding.instance.penalty),
    )
    yield "price", _drafted(encoding.instance, solution, partner)
    left_out = {encoding.legs[request].id for request in solution.unserved}
    for slug in ORDER:
        scenario, legs = encoding.scenario, encoding.legs
        if slug in DAY_LIMITS:
            scenario = DAY_LIMITS[slug](scenario)
        else:
            legs = tuple(
                LEG_LIMITS[slug](leg, scenario) if leg.id in left_out else leg for leg in legs
            )
        relaxed = _encode_again(encoding, scenario, legs)
        yield slug, _drafted(relaxed.instance, solution, partner)


def _encode_again(encoding: Encoding, scenario: Scenario, legs: Sequence[Leg]) -> Encoding:
    return encode(
        scenario,
        legs,
        encoding.matrix,
        promises=encoding.promises,
        reference=encoding.reference,
    )


def _drafted(
    instance: Instance, solution: Solution, partner: Ints, price: Ints | None = None
) -> Draft:
    """Return the final routes under other rules, leaving anybody out being very dear."""
    penalty = np.full_like(instance.penalty, ANY_PRICE) if price is None else price.copy()
    changed = replace(instance, partner=np.array(partner, dtype=np.int64), penalty=penalty)
    return draft_from(changed, solution)


def _fits(draft: Draft, group: tuple[int, ...]) -> bool:
    trial = draft.copy()
    insert_by_regret(trial, group, random.Random(0))  # noqa: S311, TID251
    return all(trial.vehicle_of[request] >= 0 for request in group)
