"""The cheapest solution of a tiny instance by trying every set, vehicle and order."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np

from tus_dispatch.solver.arrays import arrays_of, mandatory_pauses
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate, is_allowed
from tus_dispatch.solver.instance import Instance

NEVER = float("inf")
RouteCost = Callable[[Instance, int, Sequence[int]], float]


def least_cost(instance: Instance, route_cost: RouteCost) -> float:
    """Try everything; linked requests are served together or not at all."""
    n = instance.n_requests
    least = {0: 0.0}
    for vehicle in range(instance.n_vehicles):
        routes = {
            served: _cheapest_route(instance, vehicle, _members(served, n), route_cost)
            for served in range(1, 2**n)
        }
        least = {
            both: min(
                least.get(both & ~own, NEVER) + (routes[own] if own else 0.0)
                for own in range(2**n)
                if own & both == own
            )
            for both in range(2**n)
        }
    return min(
        cost + sum(int(instance.penalty[r]) for r in range(n) if not served >> r & 1)
        for served, cost in least.items()
        if all(
            instance.partner[r] < 0 or served >> int(instance.partner[r]) & 1
            for r in _members(served, n)
        )
    )


def objective(instance: Instance, vehicle: int, order: Sequence[int]) -> float:
    """Price a route by the instance's own objective, breaks placed where they are cheapest."""
    arrays = arrays_of(instance)
    nodes = np.array(order, dtype=np.int64)
    if not is_allowed(arrays, vehicle, nodes):
        return NEVER
    cost, _ = evaluate(arrays, vehicle, nodes)
    return NEVER if cost == INFEASIBLE else float(cost)


def all_orders(requests: Sequence[int], n: int, pauses: Sequence[int]) -> Iterator[list[int]]:
    """Yield every order in which nobody gets out before getting in; pauses keep their order."""
    yield from _orders([], list(requests), [], (n, list(pauses)))


def _orders(
    order: list[int], waiting: list[int], aboard: list[int], rest: tuple[int, list[int]]
) -> Iterator[list[int]]:
    n, pauses = rest
    if not waiting and not aboard and not pauses:
        yield order
    for request in waiting:
        others = [each for each in waiting if each != request]
        yield from _orders([*order, request], others, [*aboard, request], rest)
    for request in aboard:
        others = [each for each in aboard if each != request]
        yield from _orders([*order, n + request], waiting, others, rest)
    if pauses and not aboard:
        yield from _orders([*order, pauses[0]], waiting, aboard, (n, pauses[1:]))


def _cheapest_route(
    instance: Instance, vehicle: int, requests: Sequence[int], route_cost: RouteCost
) -> float:
    pauses = mandatory_pauses(instance, vehicle)
    orders = all_orders(requests, instance.n_requests, pauses)
    return min((route_cost(instance, vehicle, order) for order in orders), default=NEVER)


def _members(served: int, n: int) -> list[int]:
    return [request for request in range(n) if served >> request & 1]


def pairs_of(n: int) -> list[tuple[int, int]]:
    """All pairs of requests, for drawing linked ones."""
    return list(combinations(range(n), 2))
