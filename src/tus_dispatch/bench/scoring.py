"""Orders on a benchmark file, timed exactly, judged, and priced in double precision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tus_dispatch.bench.record import Relaxed, Routes
from tus_dispatch.formats.literature import LiteratureInstance
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.draft import make_route
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.solution import Route, Solution
from tus_dispatch.verify.instance import verify_solution

Orders = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Score:
    """What a solution of a benchmark file is worth.

    Attributes
    ----------
    cost
        Total distance in double precision, or None if infeasible.
    routes
        Node numbers of the file, per vehicle used.
    """

    cost: float | None
    routes: Routes


def score(literature: LiteratureInstance, solution: Solution) -> Score:
    """Judge and price a solution; leaving anybody out makes it infeasible.

    Parameters
    ----------
    literature
        The problem.
    solution
        Order and times, by whomever.

    Returns
    -------
    Score
        By the judge and by the distances of the file.
    """
    feasible = not solution.unserved and not verify_solution(literature.instance, solution)
    cost = literature.reprice(solution.routes) if feasible else None
    return Score(cost, file_routes(literature, solution))


def file_routes(literature: LiteratureInstance, solution: Solution) -> Routes:
    """Return the routes in the node numbers of the file.

    Parameters
    ----------
    literature, solution
        As in :func:`score`.

    Returns
    -------
    tuple of tuple of int
        Without depots. Nodes that the instance does not have are left out.
    """
    location = literature.instance.location
    known = range(len(location))
    return tuple(
        tuple(int(location[node]) for node in route.nodes if node in known)
        for route in solution.routes
    )


def timed(instance: Instance, orders: Orders) -> Solution:
    """Give orders without times the times they can have.

    Parameters
    ----------
    instance
        The problem; its vehicles are alike.
    orders
        Nodes per vehicle used, from anywhere.

    Returns
    -------
    Solution
        A route that admits no times, or is no route, starts all its nodes at
        0 for the judge to refuse. Requests in no order count as left out.
    """
    arrays = arrays_of(instance)
    routes = []
    for vehicle, order in enumerate(orders):
        nodes = np.array(order, dtype=np.int64)
        if _is_route(instance, vehicle, order):
            cost, _ = evaluate(arrays, vehicle, nodes)
            if cost != INFEASIBLE:
                routes.append(make_route(arrays, vehicle, nodes))
                continue
        routes.append(Route(vehicle, tuple(order), (0,) * len(order), 0, 0))
    seen = {node for order in orders for node in order}
    n = instance.n_requests
    unserved = tuple(r for r in range(n) if r not in seen and n + r not in seen)
    return Solution(tuple(routes), unserved)


def relaxed(
    literature: LiteratureInstance, unlimited: LiteratureInstance, orders: Orders
) -> Relaxed:
    """Count what orders break of the limits that a peer may be unable to say.

    Parameters
    ----------
    literature
        The problem.
    unlimited
        The same file read without its ride limit, so that no window is
        tightened by it.
    orders
        Nodes per vehicle used.

    Returns
    -------
    Relaxed
        Counted in favour of the peer: each request on its own, with everybody
        else's limit and the route's set aside; one more for a route that
        keeps each limit but not all of them.
    """
    free_duty = np.full_like(
        unlimited.instance.max_duty_s, int(unlimited.instance.end_latest_s.max())
    )
    loose = replace(unlimited.instance, max_duty_s=free_duty)
    cost = score(replace(unlimited, instance=loose), timed(loose, orders)).cost
    sound = [each for each in enumerate(orders) if _admits(loose, *each)]
    return Relaxed(
        cost,
        sum(_rides_too_long(loose, literature.instance, *each) for each in sound),
        sum(not _admits(unlimited.instance, *each) for each in sound),
    )


def _rides_too_long(loose: Instance, instance: Instance, vehicle: int, order: Sequence[int]) -> int:
    alone = 0
    limits = loose.max_ride_s
    requests = [node for node in order if node < instance.n_requests]
    for request in requests:
        only = limits.copy()
        only[request] = instance.max_ride_s[request]
        alone += not _admits(replace(loose, max_ride_s=only), vehicle, order)
    together = _admits(replace(loose, max_ride_s=instance.max_ride_s), vehicle, order)
    return alone or int(not together)


def _admits(instance: Instance, vehicle: int, order: Sequence[int]) -> bool:
    if not _is_route(instance, vehicle, order):
        return False
    nodes = np.array(order, dtype=np.int64)
    return bool(evaluate(arrays_of(instance), vehicle, nodes)[0] != INFEASIBLE)


def _is_route(instance: Instance, vehicle: int, order: Sequence[int]) -> bool:
    """Tell whether the kernels may look at an order: known nodes, pickups before dropoffs."""
    n = instance.n_requests
    if not 0 <= vehicle < instance.n_vehicles or len(set(order)) != len(order):
        return False
    place = {node: at for at, node in enumerate(order)}
    return all(
        0 <= node < 2 * n and (place.get(node + n, -1) > at if node < n else node - n in place)
        for node, at in place.items()
    )
