"""A draft is a solution under work: one order per vehicle, priced, without times."""

from collections.abc import Iterable, Sequence

import numpy as np

from tus_dispatch.solver.arrays import Arrays, arrays_of, mandatory_pauses
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate, is_allowed, time_and_price
from tus_dispatch.solver.insertion import insert_at
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.pair_windows import PairWindows
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
            self.pairs.join(self.arrays, request)
        return True

    def part(self, request: int) -> None:
        """Part the windows of a request and its linked one where their present times allow.

        Parameters
        ----------
        request
            Served; nothing happens when its windows are apart anyway, or when
            it was parted before.
        """
        self.pairs.part(self.arrays, request, self.times)
        for vehicle in {int(self.vehicle_of[each]) for each in self.pairs.of(request)} - {-1}:
            self.costs[vehicle], _ = evaluate(self.arrays, vehicle, self.orders[vehicle])

    def times(self, request: int) -> tuple[int, int] | None:
        """Return the start of service at both ends of a request, or None when it is left out."""
        vehicle = int(self.vehicle_of[request])
        if vehicle < 0:
            return None
        route = make_route(self.arrays, vehicle, self.orders[vehicle])
        at = {node: start_s for node, start_s in zip(route.nodes, route.start_s, strict=True)}
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
    longest_s = int(arrays.max_duty_s[vehicle])
    if break_at >= 0:
        order = np.insert(order, break_at, arrays.break_node[vehicle])
    elif arrays.break_node[vehicle] >= 0:
        longest_s = min(longest_s, int(arrays.break_after_s[vehicle]))
    x = np.empty(len(order) + 2, dtype=np.int64)
    time_and_price(arrays, vehicle, order, longest_s, x)
    start_s = tuple(int(value) for value in x[1:-1])
    return Route(vehicle, tuple(int(node) for node in order), start_s, int(x[0]), int(x[-1]))


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
    draft = Draft(instance, arrays)
    n = instance.n_requests
    times = {
        node: start_s
        for route in solution.routes
        for node, start_s in zip(route.nodes, route.start_s, strict=True)
        if node < 2 * n
    }
    draft.pairs.part_all(draft.arrays, times)
    for route in solution.routes:
        adopt_order(draft, route.vehicle, route.nodes)
    drop_widows(draft)
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
