"""Every good route the search has seen, the cheapest order per set of requests."""

from typing import NamedTuple

import numpy as np

from tus_dispatch.solver.arrays import VEHICLE_CLASS, Arrays
from tus_dispatch.solver.guide import TAG_BITS, Guide
from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.jit import inner_kernel
from tus_dispatch.solver.tours import Tours

MOST_ROUTES = 2**18
MOST_NODES = 2**22
ROUTES, NODES = 0, 1


class Pool(NamedTuple):
    """Routes by vehicle class and set of requests.

    Attributes
    ----------
    slot
        Open addressing: key and row of a route, key 0 for a free slot; shape
        ``(2 * MOST_ROUTES, 2)``.
    route
        Cost, vehicle, first node, number of nodes; shape ``(MOST_ROUTES, 4)``.
    node
        The orders one after the other, shape ``(MOST_NODES,)``.
    filled
        Routes and nodes so far, shape ``(2,)``.
    """

    slot: Ints
    route: Ints
    node: Ints
    filled: Ints


def empty_pool(most_routes: int = MOST_ROUTES, most_nodes: int = MOST_NODES) -> Pool:
    """Return a pool without routes.

    Parameters
    ----------
    most_routes, most_nodes
        Room; what comes later is not kept. The first is a power of two.

    Returns
    -------
    Pool
        For one search.
    """
    return Pool(
        slot=np.zeros((2 * most_routes, 2), dtype=np.int64),
        route=np.zeros((most_routes, 4), dtype=np.int64),
        node=np.zeros(most_nodes, dtype=np.int64),
        filled=np.zeros(2, dtype=np.int64),
    )


@inner_kernel
def keep_route(a: Arrays, g: Guide, t: Tours, pool: Pool, vehicle: int) -> None:
    """Remember a vehicle's present order.

    Parameters
    ----------
    a, g, t
        The problem and its tours; nobody of an overlapping pair may ride
        there, because such a route is not free to go with any other.
    pool
        Changed in place; a set known with a cheaper order stays as it is.
    vehicle
        Used.
    """
    n = len(a.request)
    key = 1 + a.vehicle[vehicle, VEHICLE_CLASS]
    for at in range(t.length[vehicle]):
        if t.order[vehicle, at] < n:
            key = (key + g.tag[t.order[vehicle, at]]) % TAG_BITS
    key = max(1, key)
    n_slots = len(pool.slot)
    at = key % n_slots
    while pool.slot[at, 0] != 0 and pool.slot[at, 0] != key:
        at = (at + 1) % n_slots
    row = pool.slot[at, 1]
    if pool.slot[at, 0] == 0:
        row = pool.filled[ROUTES]
        if row == len(pool.route) or pool.filled[NODES] + t.length[vehicle] > len(pool.node):
            return
        pool.slot[at, 0] = key
        pool.slot[at, 1] = row
        pool.route[row, 2] = pool.filled[NODES]
        pool.route[row, 3] = t.length[vehicle]
        pool.filled[ROUTES] += 1
        pool.filled[NODES] += t.length[vehicle]
    elif pool.route[row, 0] <= t.cost[vehicle]:
        return
    pool.route[row, 0] = t.cost[vehicle]
    pool.route[row, 1] = vehicle
    first = pool.route[row, 2]
    for turn in range(t.length[vehicle]):
        pool.node[first + turn] = t.order[vehicle, turn]
