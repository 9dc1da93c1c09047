"""A draft is a solution under work: one order per vehicle, priced, without times."""

from collections.abc import Iterable, Sequence

import numpy as np

from tus_dispatch.solver.arrays import (
    BREAK_AFTER_S,
    BREAK_NODE,
    MAX_DUTY_S,
    Arrays,
    arrays_of,
    mandatory_pauses,
)
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate, is_allowed, time_and_price
from tus_dispatch.solver.insertion import insert_at
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.pair_windows import PairWindows
from tus_dispatch.solver.place_memory import PlaceMemory
from tus_dispatch.solver.solution import Route, Solution

Groups = tuple[tuple[int, ...], ...]


def groups_of(instance: Instance, requests: Iterable[int]) -> Groups:
    """Gather linked requests, which are served together or not at all.

    Parameters
    ----------
    instance
        The problem.
    requests
        Any requests; partners are added.

    Returns
    -------
    tuple of tuple of int
        Singles and pairs, by rising first request.
    """
    groups = set()
    for request in requests:
        partner = int(instance.partner[request])
        groups.add((request,) if partner < 0 else tuple(sorted((request, partner))))
    return tuple(sorted(groups))


class Draft:
    """Orders of all vehicles, changed in place by search.

    Parameters
    ----------
    instance
        The problem.
    arrays
        The kernels' view, when the caller has it already.

    Attributes
    ----------
    orders
        Per vehicle: pickups, dropoffs and mandatory pauses, breaks left out;
        shape ``(n_k,)``. Only the pauses when the vehicle is not used.
    costs
        Price of each order, 0 when not used.
    vehicle_of
        Vehicle of each request, -1 when left out.
    """

    def __init__(self, instance: Instance, arrays: Arrays | None = None) -> None:
        self.instance = instance
        self.arrays = arrays or arrays_of(instance)
        self.pairs = PairWindows(instance)
        self.arrays = self.pairs.own(self.arrays)
        self.orders: list[Ints] = [
            np.array(mandatory_pauses(instance, vehicle), dtype=np.int64)
            for vehicle in range(instance.n_vehicles)
        ]
        self.costs = [0] * instance.n_vehicles
        self.vehicle_of = np.full(instance.n_requests, -1, dtype=np.int64)
        self.places = PlaceMemory(instance.n_requests)

    @property
    def cost(self) -> int:
        """Price of the routes and of the requests left out."""
        left_out = self.instance.penalty[self.vehicle_of < 0]
        return sum(self.costs) + int(left_out.sum())

    def copy(self) -> "Draft":
        """Return an independent draft with the same orders."""
        other = Draft.__new__(Draft)
        other.instance = self.instance
        other.pairs = self.pairs
        other.arrays = self.pairs.own(self.arrays)
        other.orders = list(self.orders)
        other.costs = list(self.costs)
        other.vehicle_of = self.vehicle_of.copy()
        other.places = self.places
        return other

    def insert(self, request: int, vehicle: int, row: Ints) -> None:
        """Take a request into a route where :func:`insertion.scan` found room.

        Parameters
        ----------
        request, vehicle
            What goes where.
        row
            Added cost and positions, as scanned on this very order.
        """
        dropoff = self.instance.n_requests + request
        self.orders[vehicle] = insert_at(
            self.orders[vehicle], request, dropoff, int(row[1]), int(row[2])
        )
        self.costs[vehicle] += int(row[0])
        self.vehicle_of[request] = vehicle

    def try_set(self, vehicle: int, order: Ints) -> bool:
        """Replace a vehicle's order if it is feasible under all rules.

        Parameters
        ----------
        vehicle
            Whose order.
        order
            Requests of other vehicles must not be in it.

        Returns
        -------
        bool
            Whether it was taken; if not, nothing changed.
        """
        n = self.instance.n_requests
        cost = 0
        if np.any(order < n):
            if not is_allowed(self.arrays, vehicle, order):
                return False
            cost, _ = evaluate(self.arrays, vehicle, order)
            if cost == INFEASIBLE:
                return False
        else:
            order = np.array(mandatory_pauses(self.instance, vehicle), dtype=np.int64)
        self.vehicle_of[self.orders[vehicle][self.orders[vehicle] < n]] = -1
        self.vehicle_of[order[order < n]] = vehicle
        self.orders[vehicle] = order
        self.costs[vehicle] = cost
        return True

    def try_remove(self, requests: Sequence[int]) -> bool:
        """Take requests out; what remains must still be feasible.

        Parameters
        ----------
        requests
            All served. Their partners are not taken along.

        Returns
        -------
        bool
            False, with nothing changed, when a shorter route is infeasible,
            which needs travel times without the triangle inequality.
        """
        n = self.instance.n_requests
        before = self.copy()
        for vehicle in {int(self.vehicle_of[request]) for request in requests}:
            order = self.orders[vehicle]
            gone = np.isin(np.where(order < 2 * n, order % max(1, n), -1), requests)
            if not self.try_set(vehicle, order[~gone]):
                self.orders, self.costs = before.orders, before.costs
                self.vehicle_of = before.vehicle_of
                return False
        for request in requests:
            self.release(request)
        return True

    def release(self, request: int) -> None:
        """Widen the windows of a request left out as far as its linked one allows.

        Parameters
        ----------
        request
            Left out; nothing happens when its windows are apart anyway.
        """
        if any(self.vehicle_of[each] >= 0 for each in self.pairs.of(request)):
            self.part(request)
        else:
            self.pairs.join(self.arrays, request)

    def part(self, request: int) -> None:
        """Part the windows of a request and its linked one where their present times allow.

        Parameters
        ----------
        request
            Served, or its linked one is; nothing happens when its windows are
            apart anyway.
        """
        self.pairs.part(self.arrays, request, self.times)
        self._windows_changed(request)

    def _windows_changed(self, request: int) -> None:
        """Price the routes of an overlapping pair anew, as orders nobody has scanned yet."""
        for vehicle in {int(self.vehicle_of[each]) for each in self.pairs.of(request)} - {-1}:
            self.orders[vehicle] = self.orders[vehicle].copy()
            self.costs[vehicle], _ = evaluate(self.arrays, vehicle, self.orders[vehicle])

    def times(self, request: int) -> tuple[int, int] | None:
        """Return the start of service at both ends of a request, or None when it is left out."""
        vehicle = int(self.vehicle_of[request])
        if vehicle < 0:
            return None
        route = make_route(self.arrays, vehicle, self.orders[vehicle])
        at = dict(zip(route.nodes, route.start_s, strict=True))
        return at[request], at[request + self.instance.n_requests]

    def unserved(self) -> tuple[int, ...]:
        """Return the requests left out, rising."""
        return tuple(int(request) for request in np.flatnonzero(self.vehicle_of < 0))

    def solution(self) -> Solution:
        """Set all times and return the finished solution."""
        n = self.instance.n_requests
        routes = tuple(
            make_route(self.arrays, vehicle, order)
            for vehicle, order in enumerate(self.orders)
            if np.any(order < n)
        )
        return Solution(routes, self.unserved())


def make_route(arrays: Arrays, vehicle: int, order: Ints) -> Route:
    """Set the times of a feasible order, placing its break.

    Parameters
    ----------
    arrays
        The kernels' view.
    vehicle
        Whose route.
    order
        Feasible, its break left out.

    Returns
    -------
    Route
        Order and times.

    Raises
    ------
    ValueError
        When the order is not feasible.
    """
    cost, break_at = evaluate(arrays, vehicle, order)
    if cost == INFEASIBLE:
        raise ValueError(f"the order of vehicle {vehicle} admits no times")
    longest_s = int(arrays.vehicle[vehicle, MAX_DUTY_S])
    if break_at >= 0:
        order = np.insert(order, break_at, arrays.vehicle[vehicle, BREAK_NODE])
    elif arrays.vehicle[vehicle, BREAK_NODE] >= 0:
        longest_s = min(longest_s, int(arrays.vehicle[vehicle, BREAK_AFTER_S]))
    x = np.empty(len(order) + 2, dtype=np.int64)
    time_and_price(arrays, vehicle, order, longest_s, x)
    start_s = tuple(int(value) for value in x[1:-1])
    return Route(vehicle, tuple(int(node) for node in order), start_s, int(x[0]), int(x[-1]))
