"""From the arcs a model uses back to routes with exact times."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from tus_dispatch.solver.adopt import draft_of_orders, place_pauses
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate, is_allowed
from tus_dispatch.solver.events import DEPOT, EventGraph
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.solution import Solution

Doubles = NDArray[np.float64]

UNFIT = 1e15


def decoded(instance: Instance, graph: EventGraph, arcs: Ints, time_s: Doubles | None) -> Solution:
    """Time the routes of some arcs exactly, each on the vehicle that suits it best.

    Parameters
    ----------
    instance
        The problem.
    graph, arcs
        Whole arcs, at most one out of every event.
    time_s
        Times of the model per node, which tell linked requests apart; None
        for none.

    Returns
    -------
    Solution
        Feasible; a request that does not fit exactly is left out.
    """
    orders = _orders(graph, arcs)
    start_s = {}
    if time_s is not None:
        start_s = {node: round(float(time_s[node])) for order in orders for node in order}
    vehicles = _vehicles(instance, orders, start_s)
    return draft_of_orders(instance, dict(zip(vehicles, orders, strict=False)), start_s).solution()


def _orders(graph: EventGraph, arcs: Ints) -> list[list[int]]:
    following = {int(graph.tail[arc]): int(graph.head[arc]) for arc in arcs}
    orders = []
    for arc in arcs[graph.tail[arcs] == DEPOT]:
        order = []
        event = int(graph.head[arc])
        while event != DEPOT:
            order.append(int(graph.last[event]))
            event = following[event]
        orders.append(order)
    return orders


def _vehicles(
    instance: Instance, orders: Sequence[Sequence[int]], start_s: Mapping[int, int]
) -> list[int]:
    """Give every order a vehicle of its own, at the least price in all."""
    draft = Draft(instance)
    draft.part_all(start_s)
    price = np.full((len(orders), instance.n_vehicles), UNFIT)
    for row, nodes in enumerate(orders):
        for vehicle in range(instance.n_vehicles):
            order = place_pauses(draft, vehicle, np.array(nodes, dtype=np.int64))
            if order is not None and is_allowed(draft.arrays, vehicle, order):
                cost, _ = evaluate(draft.arrays, vehicle, order)
                price[row, vehicle] = UNFIT if cost == INFEASIBLE else cost
    _, vehicles = linear_sum_assignment(price)
    return [int(vehicle) for vehicle in vehicles]


def distance_cost(instance: Instance, solution: Solution, arc_cost: Doubles) -> float:
    """Price the routes of a solution by a table of costs between locations.

    Parameters
    ----------
    instance, solution
        Routes from and to their vehicle's depots, without pauses.
    arc_cost
        Shape ``(l, l)``.

    Returns
    -------
    float
        Infinite when somebody is left out.
    """
    if solution.unserved:
        return float("inf")
    total = 0.0
    for route in solution.routes:
        places = [
            int(instance.start_location[route.vehicle]),
            *(int(instance.location[node]) for node in route.nodes),
            int(instance.end_location[route.vehicle]),
        ]
        total += sum(float(arc_cost[a, b]) for a, b in pairwise(places))
    return total
