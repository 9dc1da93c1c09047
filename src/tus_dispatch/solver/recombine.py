"""Routes of the pool put together anew: what a search has seen, at its best."""

from collections.abc import Mapping

import numpy as np

from tus_dispatch.solver.arrays import VEHICLE_CLASS
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.models.partition import Columns, recombine
from tus_dispatch.solver.pool import NODES, ROUTES, Pool
from tus_dispatch.solver.tours import Tours

Orders = Mapping[int, Ints]


def recombined(draft: Draft, best: Tours, pool: Pool, *, seconds: float | None) -> Orders | None:
    """Find routes that together cost less than the best ones.

    Parameters
    ----------
    draft
        Knows the problem.
    best
        The best tours so far.
    pool
        Routes seen. Those on which somebody of an overlapping pair rides are
        passed over, since they do not go with any other route; such routes
        of ``best`` stay.
    seconds
        Wall time limit, or None.

    Returns
    -------
    dict or None
        Order by vehicle, breaks left out; None where nothing better was found.
    """
    n = draft.instance.n_requests
    used = np.flatnonzero(best.cost > 0)
    length = np.concatenate((pool.route[: pool.filled[ROUTES], 3], best.length[used]))
    node = np.concatenate(
        (pool.node[: pool.filled[NODES]], *(best.order[k, : best.length[k]] for k in used))
    )
    cost = np.concatenate((pool.route[: pool.filled[ROUTES], 0], best.cost[used]))
    vehicle = np.concatenate((pool.route[: pool.filled[ROUTES], 1], used))
    row = np.repeat(np.arange(len(length)), length)

    is_loose = draft.guide.first_of >= 0
    rides = node < n
    keeps = np.ones(len(length), dtype=np.bool_)
    keeps[row[rides][is_loose[node[rides]]]] = False
    keeps[pool.filled[ROUTES] :] = True
    kept = np.flatnonzero(keeps)
    taken = rides & keeps[row]
    classes, group = np.unique(
        draft.arrays.vehicle[vehicle[kept], VEHICLE_CLASS], return_inverse=True
    )
    counts = np.bincount(row[taken], minlength=len(length))[kept]
    of_class = draft.arrays.vehicle[:, VEHICLE_CLASS]
    columns = Columns(
        cost=cost[kept],
        group=group.astype(np.int64),
        first=np.concatenate(([0], np.cumsum(counts))),
        request=node[taken],
        available=np.array([np.count_nonzero(of_class == each) for each in classes]),
        partner=draft.guide.partner,
        # Prices of very different size spoil the linear programme; leaving somebody
        # out still costs more than all that could be saved elsewhere.
        penalty=np.minimum(draft.guide.penalty, 2 * int(best.cost.sum())),
    )
    incumbent = np.arange(len(kept) - len(used), len(kept))
    chosen = recombine(columns, incumbent, seconds=seconds)
    if chosen is None:
        return None
    ends = np.cumsum(length)
    routes = [
        (int(vehicle[each]), node[ends[each] - length[each] : ends[each]])
        for each in kept[list(chosen)]
    ]
    return _on_vehicles(of_class, routes)


def _on_vehicles(of_class: Ints, routes: list[tuple[int, Ints]]) -> Orders:
    """Give every route a vehicle of its class, its own where that is free."""
    orders: dict[int, Ints] = {}
    homeless = []
    for vehicle, order in routes:
        if vehicle in orders:
            homeless.append((vehicle, order))
        else:
            orders[vehicle] = order
    for vehicle, order in homeless:
        twins = np.flatnonzero(of_class == of_class[vehicle])
        orders[next(int(each) for each in twins if int(each) not in orders)] = order
    return orders
