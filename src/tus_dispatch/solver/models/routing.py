"""Improvement by the OR-Tools routing library: windows, ride limits, loads and shifts.

The library does not know every rule (linked legs on different rounds it does;
people never aboard together, breaks with nobody aboard, waits aboard and
configurations it does not), so it only proposes orders. The caller times each
proposal under all rules and keeps what is better.
"""

from collections.abc import Callable, Sequence

import numpy as np
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from tus_dispatch.solver.instance import Instance

Orders = tuple[tuple[int, ...], ...]
LARGE = 2**40
FAILURES_PER_SOLUTION = 200


class RoutingModel:
    """The instance in the library's words.

    Parameters
    ----------
    instance
        The problem; at least one request and one vehicle.

    Notes
    -----
    Index layout of the manager: the nodes of the requests, then one start and
    one end per vehicle.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        n, m = instance.n_requests, instance.n_vehicles
        starts = [2 * n + 2 * vehicle for vehicle in range(m)]
        ends = [2 * n + 2 * vehicle + 1 for vehicle in range(m)]
        self.manager = pywrapcp.RoutingIndexManager(2 * n + 2 * m, m, starts, ends)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self._locations = self._node_locations()
        self._add_costs()
        self.time = self._add_time()
        self._add_loads()
        self._add_requests()
        self._add_pauses()

    def improve(
        self,
        orders: Orders,
        on_orders: Callable[[Orders, dict[int, int]], None],
        *,
        seconds: float | None,
        solutions: int | None,
    ) -> None:
        """Search from given orders and report every order found on the way.

        Parameters
        ----------
        orders
            Pickups and dropoffs per vehicle.
        on_orders
            Called with each solution the search visits, and with its earliest
            start of service by node.
        seconds
            Wall time limit, or None.
        solutions
            Limit on the number of solutions visited, or None; with it alone
            the result is repeatable.
        """
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.first_solution_strategy = (
            routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC
        )
        parameters.local_search_metaheuristic = (
            routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        )
        if seconds is not None:
            parameters.time_limit.FromMilliseconds(max(1, int(seconds * 1000)))
        if solutions is not None:
            parameters.solution_limit = max(1, solutions)
            # Guided local search never ends where no neighbour is left to take.
            failures = max(1, solutions) * FAILURES_PER_SOLUTION
            self.routing.AddSearchMonitor(self.routing.solver().FailuresLimit(failures))
        # The library keeps the callback, and would keep this model through it for ever.
        reporting = [lambda: on_orders(self._orders(), self._times())]
        self.routing.AddAtSolutionCallback(lambda: reporting[0]())  # noqa: PLW0108
        self.routing.CloseModelWithParameters(parameters)
        start = self.routing.ReadAssignmentFromRoutes(
            [[self.manager.NodeToIndex(node) for node in order] for order in orders], True
        )
        if start is None:
            self.routing.SolveWithParameters(parameters)
        else:
            self.routing.SolveFromAssignmentWithParameters(start, parameters)
        reporting.clear()

    def _times(self) -> dict[int, int]:
        manager, time = self.manager, self.time
        nodes = range(2 * self.instance.n_requests)
        return {node: time.CumulVar(manager.NodeToIndex(node)).Min() for node in nodes}

    def _orders(self) -> Orders:
        routing = self.routing
        orders = []
        for vehicle in range(self.instance.n_vehicles):
            index = routing.NextVar(routing.Start(vehicle)).Value()
            order = []
            while not routing.IsEnd(index):
                order.append(self.manager.IndexToNode(index))
                index = routing.NextVar(index).Value()
            orders.append(tuple(order))
        return tuple(orders)

    def _node_locations(self) -> list[int]:
        instance = self.instance
        places = [int(place) for place in instance.location[: 2 * instance.n_requests]]
        for vehicle in range(instance.n_vehicles):
            places.append(int(instance.start_location[vehicle]))
            places.append(int(instance.end_location[vehicle]))
        return places

    def _between(self, table: Sequence[Sequence[int]], service: Sequence[int]) -> int:
        """Register a transit: table entry plus service at the origin; no way is very far."""
        here = self._locations
        rows = [
            [
                (LARGE if table[here[i]][here[j]] < 0 else table[here[i]][here[j]]) + service[i]
                for j in range(len(here))
            ]
            for i in range(len(here))
        ]
        return int(self.routing.RegisterTransitMatrix(rows))

    def _add_costs(self) -> None:
        instance, weights = self.instance, self.instance.weights
        priced = np.where(
            instance.distance_m < 0, -1, instance.distance_m * weights.per_metre
        ).tolist()
        nothing = [0] * len(self._locations)
        self.routing.SetArcCostEvaluatorOfAllVehicles(self._between(priced, nothing))
        for vehicle in range(instance.n_vehicles):
            fixed = weights.per_round + weights.per_open_round * int(instance.is_open[vehicle])
            self.routing.SetFixedCostOfVehicle(fixed, vehicle)

    def _add_time(self) -> pywrapcp.RoutingDimension:
        instance, routing = self.instance, self.routing
        n = instance.n_requests
        service = [int(value) for value in instance.service_s[: 2 * n]]
        service += [0] * (2 * instance.n_vehicles)
        transit = self._between(instance.duration_s.tolist(), service)
        horizon = int(max(instance.end_latest_s.max(), instance.latest_s[: 2 * n].max(initial=0)))
        routing.AddDimension(transit, horizon, horizon, False, "time")
        time = routing.GetDimensionOrDie("time")
        for node in range(2 * n):
            time.CumulVar(self.manager.NodeToIndex(node)).SetRange(
                int(instance.earliest_s[node]), int(instance.latest_s[node])
            )
        for vehicle in range(instance.n_vehicles):
            time.CumulVar(routing.Start(vehicle)).SetRange(
                int(instance.start_earliest_s[vehicle]), int(instance.start_latest_s[vehicle])
            )
            time.CumulVar(routing.End(vehicle)).SetRange(
                int(instance.end_earliest_s[vehicle]), int(instance.end_latest_s[vehicle])
            )
            longest = min(int(instance.max_duty_s[vehicle]), horizon)
            time.SetSpanUpperBoundForVehicle(longest, vehicle)
        if instance.weights.per_duty_second:
            time.SetSpanCostCoefficientForAllVehicles(instance.weights.per_duty_second)
        return time

    def _add_loads(self) -> None:
        instance, routing = self.instance, self.routing
        n = instance.n_requests
        for kind in range(instance.load.shape[1]):
            change = [int(value) for value in instance.load[:, kind]]
            if not any(change):
                continue
            change = [*change, *(-value for value in change), *([0] * 2 * instance.n_vehicles)]
            transit = routing.RegisterUnaryTransitVector(change)
            room = [
                int(instance.configuration[first:last, kind].max())
                for first, last in zip(
                    instance.configuration_start[:-1],
                    instance.configuration_start[1:],
                    strict=True,
                )
            ]
            routing.AddDimensionWithVehicleCapacity(transit, 0, room, True, f"load{kind}")
        metres = self._between(instance.distance_m.tolist(), [0] * (2 * n + 2 * len(room)))
        ranges = [min(int(value), LARGE) for value in instance.range_m]
        routing.AddDimensionWithVehicleCapacity(metres, 0, ranges, True, "metres")

    def _add_requests(self) -> None:
        instance, routing, time = self.instance, self.routing, self.time
        n = instance.n_requests
        solver = routing.solver()
        for request in range(n):
            pickup = self.manager.NodeToIndex(request)
            dropoff = self.manager.NodeToIndex(n + request)
            routing.AddPickupAndDelivery(pickup, dropoff)
            solver.Add(routing.VehicleVar(pickup) == routing.VehicleVar(dropoff))
            solver.Add(time.CumulVar(pickup) <= time.CumulVar(dropoff))
            longest = int(instance.max_ride_s[request] + instance.service_s[request])
            solver.Add(time.CumulVar(dropoff) - time.CumulVar(pickup) <= longest)
            vehicles = [int(vehicle) for vehicle in np.flatnonzero(instance.allowed[request])]
            routing.VehicleVar(pickup).SetValues([-1, *vehicles])
            routing.VehicleVar(dropoff).SetValues([-1, *vehicles])
            routing.AddDisjunction([pickup], int(instance.penalty[request]))
            routing.AddDisjunction([dropoff], 0)
            first = int(instance.follows[request])
            if first >= 0:
                before = self.manager.NodeToIndex(n + first)
                gap = int(instance.service_s[n + first])
                solver.Add(time.CumulVar(pickup) - time.CumulVar(before) >= gap)
            partner = int(instance.partner[request])
            if partner > request:
                other = self.manager.NodeToIndex(partner)
                solver.Add(routing.ActiveVar(pickup) == routing.ActiveVar(other))
            time.SetPickupToDeliveryLimitFunctionForPair(_constant_limit(longest), request)

    def _add_pauses(self) -> None:
        instance, time = self.instance, self.time
        first = 2 * instance.n_requests
        service = [int(value) for value in instance.service_s[:first]]
        service += [0] * (2 * instance.n_vehicles)
        for vehicle in range(instance.n_vehicles):
            intervals = []
            for pause in np.flatnonzero(instance.pause_vehicle == vehicle):
                node = first + int(pause)
                intervals.append(
                    self.routing.solver().FixedDurationIntervalVar(
                        int(instance.earliest_s[node]),
                        int(instance.latest_s[node]),
                        int(instance.service_s[node]),
                        bool(instance.pause_is_break[pause]),
                        f"pause{pause}",
                    )
                )
            if intervals:
                time.SetBreakIntervalsOfVehicle(intervals, vehicle, service)


def _constant_limit(longest_s: int) -> Callable[[int, int], int]:
    """Return the ride limit of one pair in the shape the library asks for."""
    return lambda _pickup, _dropoff: longest_s
