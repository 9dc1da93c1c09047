"""A draft from given orders: what is feasible of them is kept, the rest is left out."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tus_dispatch.solver.arrays import Arrays, mandatory_pauses
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate, is_allowed
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.solution import Solution


def draft_from(instance: Instance, solution: Solution, arrays: Arrays | None = None) -> Draft:
    """Take over what is feasible of a solution: its orders, not its times.

    Parameters
    ----------
    instance
        The problem, perhaps with other windows than the solution was made for.
    solution
        Routes to start from.
    arrays
        The kernels' view, when the caller has it already.

    Returns
    -------
    Draft
        Routes that cannot be kept whole lose their requests one by one, those
        whose removal leaves the fewest others out first; linked requests
        leave together.
    """
    orders = {route.vehicle: route.nodes for route in solution.routes}
    times = {
        node: start_s
        for route in solution.routes
        for node, start_s in zip(route.nodes, route.start_s, strict=True)
        if node < 2 * instance.n_requests
    }
    return draft_of_orders(instance, orders, times, arrays)


def draft_of_orders(
    instance: Instance,
    orders: Mapping[int, Sequence[int]],
    start_s: Mapping[int, int],
    arrays: Arrays | None = None,
) -> Draft:
    """Take over what is feasible of some orders.

    Parameters
    ----------
    instance
        The problem.
    orders
        Nodes in order, by vehicle.
    start_s
        Their times by node; used for nothing but to keep linked requests with
        overlapping windows apart.
    arrays
        The kernels' view, when the caller has it already.

    Returns
    -------
    Draft
        See :func:`draft_from`.
    """
    draft = Draft(instance, arrays)
    draft.part_all(start_s)
    for vehicle, nodes in orders.items():
        adopt_order(draft, vehicle, nodes)
    drop_widows(draft)
    left_out = set(draft.unserved())
    for first, follower in instance.loose_pairs:
        if {first, follower} <= left_out:
            draft.release(first)
    return draft


def adopt_order(draft: Draft, vehicle: int, nodes: Iterable[int]) -> None:
    """Give a vehicle as much of an order as is feasible, pauses placed anew.

    Parameters
    ----------
    draft
        Changed in place; the vehicle is not used yet.
    vehicle
        Whose order.
    nodes
        Pickups and dropoffs in order; pauses among them are ignored.
    """
    n = draft.instance.n_requests
    legs = [node for node in nodes if node < 2 * n]
    while legs:
        order = place_pauses(draft, vehicle, np.array(legs, dtype=np.int64))
        if order is not None and draft.try_set(vehicle, order):
            return
        legs = _shorter(draft, vehicle, legs)


def place_pauses(draft: Draft, vehicle: int, legs: Ints) -> Ints | None:
    """Put a vehicle's mandatory pauses between its legs, wherever nobody is aboard.

    Parameters
    ----------
    draft
        Gives the instance.
    vehicle
        Whose pauses.
    legs
        Pickups and dropoffs in order.

    Returns
    -------
    ndarray or None
        The cheapest feasible order found placing one pause after the other,
        or None.
    """
    order = legs
    for pause in mandatory_pauses(draft.instance, vehicle):
        candidates = [np.insert(order, at, pause) for at in range(len(order) + 1)]
        priced = [
            (evaluate(draft.arrays, vehicle, candidate)[0], at)
            for at, candidate in enumerate(candidates)
        ]
        feasible = [entry for entry in priced if entry[0] != INFEASIBLE]
        if not feasible:
            return None
        order = candidates[min(feasible)[1]]
    return order


def _shorter(draft: Draft, vehicle: int, legs: list[int]) -> list[int]:
    """Leave out the request without which the rest is feasible, else the last one."""
    n = draft.instance.n_requests
    requests = [node for node in legs if node < n]
    for request in requests:
        rest = [node for node in legs if node not in {request, n + request}]
        order = place_pauses(draft, vehicle, np.array(rest, dtype=np.int64))
        if (
            order is not None
            and is_allowed(draft.arrays, vehicle, order)
            and evaluate(draft.arrays, vehicle, order)[0] != INFEASIBLE
        ):
            return rest
    last = requests[-1]
    return [node for node in legs if node not in {last, n + last}]


def drop_widows(draft: Draft) -> None:
    """Take out every served request whose partner is not served."""
    partner = draft.instance.partner
    served = draft.vehicle_of >= 0
    widows = [
        int(request)
        for request in np.flatnonzero(served & (partner >= 0))
        if not served[partner[request]]
    ]
    for widow in widows:
        if not draft.try_remove([widow]):
            n = draft.instance.n_requests
            vehicle = int(draft.vehicle_of[widow])
            rest = [int(node) for node in draft.orders[vehicle] if node % n != widow]
            draft.try_set(vehicle, draft.orders[vehicle][:0])
            adopt_order(draft, vehicle, rest)
            drop_widows(draft)
            return
