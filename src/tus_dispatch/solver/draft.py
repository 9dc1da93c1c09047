"""A draft is a solution under work: one order per vehicle, priced, without times."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy

import numpy as np

from tus_dispatch.solver.arrays import (
    METRES_ONLY,
    METRIC,
    Arrays,
    arrays_of,
    mandatory_pauses,
    read_only,
    within_hours,
)
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate, evaluate_in, is_allowed
from tus_dispatch.solver.guide import Guide, guide_of, is_metric
from tus_dispatch.solver.insertion import scan
from tus_dispatch.solver.instance import Bools, Instance, Ints
from tus_dispatch.solver.line import NODE, X, insert_at, make_work
from tus_dispatch.solver.loose import NEVER, join, part_at
from tus_dispatch.solver.recreate import BY_REGRET, NO_BAR, Fashion, insert_waiting
from tus_dispatch.solver.seek import Places, no_places
from tus_dispatch.solver.solution import Route, Solution
from tus_dispatch.solver.tours import Tours, empty_tours, marked

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
    """Orders of all vehicles: the face of the kernels' tours for everybody else.

    Parameters
    ----------
    instance
        The problem.
    arrays
        The kernels' view, when the caller has it already; its windows are
        copied.

    Attributes
    ----------
    tours, arrays, guide, places
        What the kernels change and read.
    """

    def __init__(self, instance: Instance, arrays: Arrays | None = None) -> None:
        self.instance = instance
        shared = arrays or arrays_of(instance)
        self.arrays = shared._replace(node=shared.node.copy(), switches=shared.switches.copy())
        self.arrays.switches[METRIC] = is_metric(self.arrays)
        self._open = within_hours(instance, self.arrays)
        self._allowed = self._open.copy()
        self.arrays = self.arrays._replace(allowed=read_only(self._allowed))
        self.guide: Guide = guide_of(instance)
        self.tours: Tours = _marked_tours(instance, self.arrays, self.guide)
        self.places: Places = no_places(
            instance.n_requests, instance.n_vehicles, self.tours.order.shape[1]
        )

    @property
    def orders(self) -> list[Ints]:
        """All orders, copied: pickups, dropoffs and mandatory pauses, breaks left out."""
        return [self.order(vehicle) for vehicle in range(self.instance.n_vehicles)]

    @property
    def costs(self) -> list[int]:
        """Price of each order, 0 when not used."""
        return [int(cost) for cost in self.tours.cost]

    @property
    def vehicle_of(self) -> Ints:
        """Vehicle of each request, -1 when left out."""
        return self.tours.vehicle_of

    @property
    def cost(self) -> int:
        """Price of the routes and of the requests left out."""
        left_out = self.instance.penalty[self.vehicle_of < 0]
        return int(self.tours.cost.sum()) + int(left_out.sum())

    def order(self, vehicle: int) -> Ints:
        """Return a copy of one vehicle's order."""
        return self.tours.order[vehicle, : self.tours.length[vehicle]].copy()

    def copy(self) -> "Draft":
        """Return an independent draft with the same orders; what is known of orders is shared."""
        other = copy(self)
        other.arrays = self.arrays._replace(node=self.arrays.node.copy())
        other.tours = Tours(*(array.copy() for array in self.tours))
        return other

    def emptied(self) -> "Draft":
        """Return a draft on which nobody rides, under the same windows."""
        other = self.copy()
        other.tours = _marked_tours(self.instance, other.arrays, self.guide)
        return other

    def hopeless(self) -> Bools:
        """Tell who of those left out fits on no empty vehicle, or has a partner who does not.

        Returns
        -------
        ndarray of bool, shape (n,)
            Never true for whoever is served.
        """
        found = np.zeros(self.instance.n_requests, dtype=np.bool_)
        for group in groups_of(self.instance, self.unserved()):
            found[list(group)] = not all(self._fits_empty(request) for request in group)
        return found

    def _fits_empty(self, request: int) -> bool:
        rows = np.empty((1, 4), dtype=np.int64)
        return any(
            scan(
                self.arrays,
                vehicle,
                np.array(mandatory_pauses(self.instance, vehicle), dtype=np.int64),
                0,
                request,
                keep_all=False,
                rows=rows,
            )
            for vehicle in np.flatnonzero(self.arrays.allowed[request]).tolist()
        )

    def close(self, vehicle: int) -> None:
        """Let nobody more ride on a vehicle, nor on unused ones like it; copies share that."""
        self._allowed[:, vehicle] = False

    def reopen(self, vehicle: int) -> None:
        """Let people ride again on a vehicle that was closed."""
        self._allowed[:, vehicle] = self._open[:, vehicle]

    def insert_waiting(
        self, requests: Iterable[int], dice: Ints, *, noise: float = 0.0, way: int = BY_REGRET
    ) -> None:
        """Insert whatever fits of some requests, see :func:`recreate.insert_waiting`.

        Parameters
        ----------
        requests
            Left out at present; partners are added.
        dice
            Source of the noise.
        noise, way
            See :class:`recreate.Fashion`.
        """
        groups = groups_of(self.instance, requests)
        waiting = np.array([request for group in groups for request in group], dtype=np.int64)
        if len(waiting) and self.instance.n_vehicles:
            insert_waiting(
                self.arrays,
                self.guide,
                self.tours,
                self.places,
                waiting,
                Fashion(way, noise, 0.0),
                NO_BAR,
                dice,
            )

    def insert(self, request: int, vehicle: int, row: Ints) -> None:
        """Take a request into a route where :func:`insertion.scan` found room.

        Parameters
        ----------
        request, vehicle
            What goes where.
        row
            Added cost and positions, as scanned on this very order.
        """
        t, order = self.tours, self.order(vehicle)
        dropoff = self.instance.n_requests + request
        order = insert_at(order, request, dropoff, int(row[1]), int(row[2]))
        t.order[vehicle, : len(order)] = order
        t.length[vehicle] = len(order)
        t.cost[vehicle] += int(row[0])
        t.vehicle_of[request] = vehicle
        marked(self.arrays, self.guide, t, vehicle)
        self.part(request)

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
        n, t = self.instance.n_requests, self.tours
        cost = 0
        if np.any(order < n):
            if not is_allowed(self.arrays, vehicle, order):
                return False
            cost, _ = evaluate(self.arrays, vehicle, order)
            if cost == INFEASIBLE:
                return False
        else:
            order = np.array(mandatory_pauses(self.instance, vehicle), dtype=np.int64)
        before = self.order(vehicle)
        t.vehicle_of[before[before < n]] = -1
        t.vehicle_of[order[order < n]] = vehicle
        t.order[vehicle, : len(order)] = order
        t.length[vehicle] = len(order)
        t.cost[vehicle] = cost
        marked(self.arrays, self.guide, t, vehicle)
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
            order = self.order(vehicle)
            gone = np.isin(np.where(order < 2 * n, order % max(1, n), -1), requests)
            if not self.try_set(vehicle, order[~gone]):
                self.tours = before.tours
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
        first, follower = self.guide.first_of[request], self.guide.follower_of[request]
        if first < 0:
            return
        if self.vehicle_of[first] < 0 and self.vehicle_of[follower] < 0:
            join(self.arrays, self.guide, request)
        else:
            self.part(request)

    def part(self, request: int) -> None:
        """Part the windows of a request and its linked one where their present times allow.

        Parameters
        ----------
        request
            Served, or its linked one is; nothing happens when its windows are
            apart anyway.
        """
        first, follower = int(self.guide.first_of[request]), int(self.guide.follower_of[request])
        if first < 0:
            return
        t, dropoff = self.tours, self.instance.n_requests + first
        over_s = self._moment_s(dropoff)
        if over_s != NEVER:
            over_s += int(self.instance.service_s[dropoff])
        part_at(self.arrays, self.guide, request, over_s, self._moment_s(follower))
        for vehicle in {int(t.vehicle_of[each]) for each in (first, follower)} - {-1}:
            marked(self.arrays, self.guide, t, vehicle)
            t.cost[vehicle], _ = evaluate(self.arrays, vehicle, self.order(vehicle))

    def _moment_s(self, node: int) -> int:
        vehicle = int(self.vehicle_of[node % self.instance.n_requests])
        if vehicle < 0:
            return NEVER
        route = make_route(self.arrays, vehicle, self.order(vehicle))
        return route.start_s[route.nodes.index(node)]

    def part_all(self, start_s: Mapping[int, int]) -> None:
        """Part every overlapping pair whose times are known and in order.

        Parameters
        ----------
        start_s
            Start of service by node; nobody of the pairs is served yet.
        """
        n = self.instance.n_requests
        for first, follower in self.instance.loose_pairs:
            over_s, begins_s = start_s.get(n + first, NEVER), start_s.get(follower, NEVER)
            if over_s != NEVER:
                over_s += int(self.instance.service_s[n + first])
            if over_s != NEVER or begins_s != NEVER:
                part_at(self.arrays, self.guide, first, over_s, begins_s)

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


def _marked_tours(instance: Instance, arrays: Arrays, guide: Guide) -> Tours:
    tours = empty_tours(instance)
    for vehicle in range(instance.n_vehicles):
        marked(arrays, guide, tours, vehicle)
    return tours


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
    w = make_work(len(order) + 1)
    cost, break_at = evaluate_in(_timed(arrays), vehicle, order, w)
    if cost == INFEASIBLE:
        raise ValueError(f"the order of vehicle {vehicle} admits no times")
    n = len(order) + (break_at >= 0)
    nodes, x = (w.told[0], w.told[1]) if break_at >= 0 else (w.trial[NODE], w.trial[X])
    times = x[: n + 2].tolist()
    return Route(vehicle, tuple(nodes[1 : n + 1].tolist()), tuple(times[1:-1]), times[0], times[-1])


def _timed(arrays: Arrays) -> Arrays:
    """Return arrays under which times are set even if nothing but metres has a price."""
    if not arrays.switches[METRES_ONLY]:
        return arrays
    switches = arrays.switches.copy()
    switches[METRES_ONLY] = False
    return arrays._replace(switches=switches)
