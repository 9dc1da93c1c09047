"""What the search wants to know of an instance beyond its rules: neighbours, links, prices."""

from typing import NamedTuple

import numpy as np

from tus_dispatch.solver.arrays import LOCATION, SERVICE_S, Arrays
from tus_dispatch.solver.instance import LARGEST, Bools, Instance, Ints
from tus_dispatch.solver.jit import kernel

MOST_NEAR = 100
TAG_BITS = 2**61


class Guide(NamedTuple):
    """Derived from an instance of ``n`` requests, never changed.

    Attributes
    ----------
    near
        Other requests by rising distance in place and time, shape ``(n, q)``.
    partner, penalty
        As in the instance, shape ``(n,)``.
    is_required
        Whether leaving a request out costs at least half the largest penalty.
    first_of, follower_of
        For both requests of a linked pair whose windows overlap, the one that
        rides first and the one that follows; -1 elsewhere. Shape ``(n,)``.
    window
        Full windows of the nodes of requests, shape ``(2n, 2)``.
    reach
        How far a request is from the depots, shape ``(n,)``.
    tag
        A random number per request, of which sums name sets; shape ``(n,)``.
    """

    near: Ints
    partner: Ints
    penalty: Ints
    is_required: Bools
    first_of: Ints
    follower_of: Ints
    window: Ints
    reach: Ints
    tag: Ints


def guide_of(instance: Instance) -> Guide:
    """Derive the guide of an instance.

    Parameters
    ----------
    instance
        The problem.

    Returns
    -------
    Guide
        In O(n^2 log n).
    """
    n = instance.n_requests
    first_of = np.full(n, -1, dtype=np.int64)
    follower_of = np.full(n, -1, dtype=np.int64)
    for first, follower in instance.loose_pairs:
        for request in (first, follower):
            first_of[request], follower_of[request] = first, follower
    penalty = np.array(instance.penalty, dtype=np.int64)
    windows = np.stack((instance.earliest_s[: 2 * n], instance.latest_s[: 2 * n]), axis=1)
    return Guide(
        near=_near(instance),
        partner=np.array(instance.partner, dtype=np.int64),
        penalty=penalty,
        is_required=2 * penalty >= penalty.max(initial=0),
        first_of=first_of,
        follower_of=follower_of,
        window=windows.astype(np.int64),
        reach=_reach(instance),
        tag=np.random.default_rng(n).integers(1, TAG_BITS, n, dtype=np.int64),
    )


@kernel
def is_metric(a: Arrays) -> bool:
    """Tell whether no detour over a node, its service included, is quicker than the way itself.

    Parameters
    ----------
    a
        The instance.

    Returns
    -------
    bool
        Whether it holds for all nodes of requests and all pairs of places;
        drives that do not exist are passed over. O(n l^2).
    """
    places = len(a.duration_s)
    for node in range(2 * len(a.request)):
        over = a.node[node, LOCATION]
        for origin in range(places):
            there_s = a.duration_s[origin, over] + a.node[node, SERVICE_S]
            if a.duration_s[origin, over] < 0:
                continue
            for goal in range(places):
                on_s = a.duration_s[over, goal]
                if on_s >= 0 and there_s + on_s < a.duration_s[origin, goal]:
                    return False
    return True


def _near(instance: Instance) -> Ints:
    n = instance.n_requests
    between = np.where(instance.duration_s < 0, LARGEST, instance.duration_s)
    pickup, dropoff = instance.location[:n], instance.location[n : 2 * n]
    middle = (instance.earliest_s[: 2 * n] + instance.latest_s[: 2 * n]) // 2
    apart = np.abs(middle[:n, None] - middle[None, :n])
    apart += np.abs(middle[n:, None] - middle[None, n:])
    far = between[np.ix_(pickup, pickup)] + between[np.ix_(dropoff, dropoff)]
    far = far + apart // 4
    np.fill_diagonal(far, -1)
    nearest = np.argsort(far, axis=1, kind="stable")[:, 1 : 1 + MOST_NEAR]
    return np.ascontiguousarray(nearest, dtype=np.int64)


def _reach(instance: Instance) -> Ints:
    n = instance.n_requests
    if not (n and instance.n_vehicles):
        return np.zeros(n, dtype=np.int64)
    between = np.where(instance.duration_s < 0, LARGEST, instance.duration_s)
    depots = np.unique(instance.start_location)
    there = between[np.ix_(depots, instance.location[:n])].min(axis=0)
    back = between[np.ix_(instance.location[n : 2 * n], depots)].min(axis=1)
    return np.array(there + back, dtype=np.int64)
