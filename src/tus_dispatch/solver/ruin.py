"""Which requests to take out of a draft: neighbours in place and time, or anybody."""

from collections.abc import Callable, Sequence
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np

from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import LARGEST, Instance, Ints

Ruin = Callable[[Draft, Random, int], tuple[int, ...]]
SKEW = 4.0


def random_removal(draft: Draft, rng: Random, count: int) -> tuple[int, ...]:
    """Choose any served requests.

    Parameters
    ----------
    draft
        Not changed.
    rng
        Source of the choice.
    count
        How many, partners apart.

    Returns
    -------
    tuple of int
        At most ``count`` requests.
    """
    served = _served(draft)
    return tuple(rng.sample(served, min(count, len(served))))


class RelatedRemoval:
    """Choose requests near one another in place and time, after Shaw.

    Parameters
    ----------
    instance
        Gives distances and windows; the relatedness of all pairs is worked
        out once, O(n^2).

    References
    ----------
    .. [1] Shaw, P. (1998). Using constraint programming and local search
       methods to solve vehicle routing problems. *CP98*, LNCS 1520, 417-431.
    """

    def __init__(self, instance: Instance) -> None:
        n = instance.n_requests
        between = np.where(instance.duration_s < 0, LARGEST, instance.duration_s)
        pickup, dropoff = instance.location[:n], instance.location[n : 2 * n]
        middle = (instance.earliest_s[: 2 * n] + instance.latest_s[: 2 * n]) // 2
        apart = np.abs(middle[:n, None] - middle[None, :n])
        apart += np.abs(middle[n:, None] - middle[None, n:])
        far = between[np.ix_(pickup, pickup)] + between[np.ix_(dropoff, dropoff)]
        self.nearest: Ints = np.argsort(far + apart // 4, axis=1, kind="stable")

    def __call__(self, draft: Draft, rng: Random, count: int) -> tuple[int, ...]:
        """Choose neighbours of a request, of one left out where there is any."""
        left_out = draft.unserved()
        seed = rng.choice(left_out or range(draft.instance.n_requests))
        order = [int(r) for r in self.nearest[seed] if draft.vehicle_of[r] >= 0]
        chosen: list[int] = []
        while order and len(chosen) < count:
            chosen.append(order.pop(int(len(order) * rng.random() ** SKEW)))
        return tuple(chosen)


def route_removal(draft: Draft, rng: Random, count: int) -> tuple[int, ...]:
    """Choose a stretch of one route.

    Parameters
    ----------
    draft
        Not changed.
    rng
        Source of the choice.
    count
        Longest stretch.

    Returns
    -------
    tuple of int
        Requests picked up one after the other on one route.
    """
    n = draft.instance.n_requests
    used = [order[order < n] for order in draft.orders if np.any(order < n)]
    if not used:
        return ()
    pickups = rng.choice(used)
    first = rng.randrange(len(pickups))
    return tuple(int(request) for request in pickups[first : first + count])


def with_partners(instance: Instance, draft: Draft, requests: Sequence[int]) -> tuple[int, ...]:
    """Add the served partners of requests, which leave together.

    Parameters
    ----------
    instance, draft
        Who is linked, and who is served.
    requests
        Served requests.

    Returns
    -------
    tuple of int
        Rising, without repeats.
    """
    partners = [int(instance.partner[request]) for request in requests]
    linked = {p for p in partners if p >= 0 and draft.vehicle_of[p] >= 0}
    return tuple(sorted({*requests, *linked}))


def _served(draft: Draft) -> list[int]:
    return [int(request) for request in np.flatnonzero(draft.vehicle_of >= 0)]
