"""All places of one leg in the rounds of a plan, the order of everybody else kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tus_dispatch.planning.encode import Encoding
from tus_dispatch.solver.arrays import (
    EARLIEST_S,
    LATEST_S,
    SERVICE_S,
    Arrays,
    arrays_of,
    mandatory_pauses,
)
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate
from tus_dispatch.solver.insertion import insert_at, scan
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.solution import Solution


@dataclass(frozen=True, slots=True, eq=False)
class PlaceInRound:
    """A vehicle's order with one more leg in it.

    Attributes
    ----------
    vehicle
        Index of the shift.
    order
        The order with the leg, its break left out.
    cost
        Price of the whole round with it, thousandths of a cent.
    arrays
        The instance with the windows under which the order was timed.
    """

    vehicle: int
    order: Ints
    cost: int
    arrays: Arrays


def cheapest_places(
    encoding: Encoding, solution: Solution, newcomer: int
) -> tuple[PlaceInRound, ...]:
    """Return the cheapest place in every round that has any.

    Parameters
    ----------
    encoding
        The day.
    solution
        Everybody else. A vehicle without a route is free. While one route
        changes the others stand, so linked legs on two routes keep apart at
        the times given here.
    newcomer
        Request to insert.

    Returns
    -------
    tuple of PlaceInRound
        By vehicle.

    Notes
    -----
    Exact: pauses stand wherever the legs' windows leave them room, the break
    wherever nobody is aboard, and each of these orders is timed.
    """
    instance = encoding.instance
    common = arrays_of(instance)
    orders = {route.vehicle: route.nodes for route in solution.routes}
    found = []
    for vehicle in range(instance.n_vehicles):
        arrays = _beside_other_routes(instance, common, solution, vehicle)
        places = list(_places(instance, arrays, orders.get(vehicle, ()), vehicle, newcomer))
        if places:
            found.append(min(places, key=lambda place: place.cost))
    return tuple(found)


def cheapest_order(encoding: Encoding, solution: Solution, vehicle: int) -> PlaceInRound | None:
    """Return a vehicle's own order with its pauses placed anew.

    Parameters
    ----------
    encoding, solution
        As in :func:`cheapest_places`.
    vehicle
        One that has a route.

    Returns
    -------
    PlaceInRound or None
        None when the order cannot be driven any more.
    """
    arrays = _beside_other_routes(
        encoding.instance, arrays_of(encoding.instance), solution, vehicle
    )
    nodes = next(route.nodes for route in solution.routes if route.vehicle == vehicle)
    n = encoding.instance.n_requests
    legs = np.array([node for node in nodes if node < 2 * n], dtype=np.int64)
    found = [
        PlaceInRound(vehicle, order, int(cost), arrays)
        for order in _orders_with_pauses(encoding.instance, arrays, vehicle, legs)
        if (cost := evaluate(arrays, vehicle, order)[0]) != INFEASIBLE
    ]
    return min(found, key=lambda place: place.cost, default=None)


def _beside_other_routes(
    instance: Instance, arrays: Arrays, solution: Solution, vehicle: int
) -> Arrays:
    """Narrow windows of one route by the linked legs that stand on others."""
    n = instance.n_requests
    times = {
        node: start_s
        for route in solution.routes
        if route.vehicle != vehicle
        for node, start_s in zip(route.nodes, route.start_s, strict=True)
    }
    table = arrays.node.copy()
    for follower in np.flatnonzero(instance.follows >= 0).tolist():
        dropoff = n + int(instance.follows[follower])
        service_s = int(table[dropoff, SERVICE_S])
        if dropoff in times:
            table[follower, EARLIEST_S] = max(
                table[follower, EARLIEST_S], times[dropoff] + service_s
            )
        if follower in times:
            table[dropoff, LATEST_S] = min(table[dropoff, LATEST_S], times[follower] - service_s)
    return arrays._replace(node=table)


def _places(
    instance: Instance, arrays: Arrays, nodes: Sequence[int], vehicle: int, newcomer: int
) -> Iterator[PlaceInRound]:
    n = instance.n_requests
    legs = np.array([node for node in nodes if node < 2 * n], dtype=np.int64)
    for order in _orders_with_pauses(instance, arrays, vehicle, legs):
        # The price of the round without the newcomer is left at nothing, so that
        # a row holds the price of the whole round.
        rows = np.empty(((len(order) + 1) * (len(order) + 2) // 2, 4), dtype=np.int64)
        found = scan(arrays, vehicle, order, 0, newcomer, True, rows)  # noqa: FBT003
        first, last = _span_beside_partner(instance, order, newcomer)
        for cost, pickup, dropoff, _ in rows[:found].tolist():
            if first <= pickup and dropoff <= last:
                longer = insert_at(order, newcomer, n + newcomer, pickup, dropoff)
                yield PlaceInRound(vehicle, longer, cost, arrays)


def _orders_with_pauses(
    instance: Instance, arrays: Arrays, vehicle: int, legs: Ints
) -> Iterator[Ints]:
    """Yield the order of the legs with its fixed pauses, wherever the windows let them stand."""
    orders = [legs]
    for pause in mandatory_pauses(instance, vehicle):
        orders = [
            np.insert(order, at, pause)
            for order in orders
            for at in range(len(order) + 1)
            if _may_stand(arrays, order, at, pause)
        ]
    yield from orders


def _may_stand(arrays: Arrays, order: Ints, at: int, pause: int) -> bool:
    """Tell whether nobody is aboard there and no window alone forbids the place."""
    n = len(arrays.request)
    before, behind = order[:at], order[at:]
    is_door = before < 2 * n
    if 2 * np.count_nonzero(before < n) != np.count_nonzero(is_door):
        return False
    ends_s = arrays.node[before, EARLIEST_S] + arrays.node[before, SERVICE_S]
    over_s = arrays.node[pause, EARLIEST_S] + arrays.node[pause, SERVICE_S]
    return bool(
        np.all(ends_s <= arrays.node[pause, LATEST_S])
        and np.all(arrays.node[behind, LATEST_S] >= over_s)
    )


def _span_beside_partner(instance: Instance, order: Ints, newcomer: int) -> tuple[int, int]:
    """Return the first and last position a newcomer may take in the round of its linked leg."""
    first, last = 0, len(order)
    outward = int(instance.follows[newcomer])
    if outward >= 0:
        at = np.flatnonzero(order == instance.n_requests + outward)
        first = int(at[0]) + 1 if len(at) else 0
    returns = np.flatnonzero(instance.follows == newcomer)
    if len(returns):
        at = np.flatnonzero(order == returns[0])
        last = int(at[0]) if len(at) else last
    return first, last
