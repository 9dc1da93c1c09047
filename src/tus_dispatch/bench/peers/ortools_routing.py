"""The OR-Tools routing library as its manual shows it, with two of its searches."""

from collections.abc import Callable
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from tus_dispatch.bench.peers.problem import Budget, Orders, PeerProblem

SISR_SEQUENCE = 10
SISR_REMOVED = 10
SISR_BYPASS = 0.01


def guided_local_search(problem: PeerProblem, budget: Budget) -> Orders:
    """Solve by guided local search, the library's usual advice.

    Parameters
    ----------
    problem, budget
        What to solve, and for how long; the library takes no seed.

    Returns
    -------
    tuple of tuple of int
        Nodes per vehicle used; empty when no solution was found.
    """
    parameters = _parameters(budget, "PARALLEL_CHEAPEST_INSERTION")
    parameters.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    return _solve(problem, parameters)


def iterated_local_search(problem: PeerProblem, budget: Budget) -> Orders:
    """Solve by the library's iterated local search: SISR ruin, cheapest insertion, annealing.

    Parameters
    ----------
    problem, budget
        As in :func:`guided_local_search`.

    Returns
    -------
    tuple of tuple of int
        Nodes per vehicle used; empty when no solution was found.
    """
    parameters = _parameters(budget, "LOCAL_CHEAPEST_INSERTION")
    parameters.use_iterated_local_search = True
    search = parameters.iterated_local_search_parameters
    sisr = search.ruin_recreate_parameters.ruin_strategies.add().sisr
    sisr.max_removed_sequence_size = SISR_SEQUENCE
    sisr.avg_num_removed_visits = SISR_REMOVED
    sisr.bypass_factor = SISR_BYPASS
    annealing = search.reference_solution_acceptance_strategy.simulated_annealing
    annealing.automatic_temperatures = True
    return _solve(problem, parameters)


def _parameters(budget: Budget, first: str) -> Any:
    """Choose the first solution that measured best: over R4a, R5a, a6-72 and a8-96."""
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.Value.Value(first)
    parameters.time_limit.FromMilliseconds(max(1, round(budget.limit_s * 1000)))
    return parameters


def _solve(problem: PeerProblem, parameters: Any) -> Orders:
    n, m = problem.n_requests, problem.n_vehicles
    manager = pywrapcp.RoutingIndexManager(2 * n + 2, m, [2 * n] * m, [2 * n + 1] * m)
    routing = pywrapcp.RoutingModel(manager)
    distance = routing.RegisterTransitMatrix([list(row) for row in problem.distance])
    routing.SetArcCostEvaluatorOfAllVehicles(distance)
    _add_loads(routing, problem)
    time = _add_time(routing, manager, problem)
    _add_requests(routing, manager, problem, time)
    if parameters.use_iterated_local_search:
        assignment = routing.SolveWithIteratedLocalSearch(parameters)
    else:
        assignment = routing.SolveWithParameters(parameters)
    return () if assignment is None else _orders(routing, manager, assignment)


def _add_loads(routing: Any, problem: PeerProblem) -> None:
    change = [*problem.load, *(-load for load in problem.load), 0, 0]
    transit = routing.RegisterUnaryTransitVector(change)
    routing.AddDimension(transit, 0, problem.capacity, True, "load")


def _add_time(routing: Any, manager: Any, problem: PeerProblem) -> Any:
    rows = [
        [duration + service for duration in row]
        for row, service in zip(problem.duration, problem.service, strict=True)
    ]
    transit = routing.RegisterTransitMatrix(rows)
    routing.AddDimension(transit, problem.horizon, problem.horizon, False, "time")
    time = routing.GetDimensionOrDie("time")
    start, end = 2 * problem.n_requests, 2 * problem.n_requests + 1
    for node in range(start):
        window = problem.earliest[node], problem.latest[node]
        time.CumulVar(manager.NodeToIndex(node)).SetRange(*window)
    for vehicle in range(problem.n_vehicles):
        first, last = routing.Start(vehicle), routing.End(vehicle)
        time.CumulVar(first).SetRange(problem.earliest[start], problem.latest[start])
        time.CumulVar(last).SetRange(problem.earliest[end], problem.latest[end])
        if problem.limits_routes:
            time.SetSpanUpperBoundForVehicle(problem.max_duty, vehicle)
    return time


def _add_requests(routing: Any, manager: Any, problem: PeerProblem, time: Any) -> None:
    solver, n = routing.solver(), problem.n_requests
    for request in range(n):
        pickup = manager.NodeToIndex(request)
        dropoff = manager.NodeToIndex(n + request)
        routing.AddPickupAndDelivery(pickup, dropoff)
        solver.Add(routing.VehicleVar(pickup) == routing.VehicleVar(dropoff))
        solver.Add(time.CumulVar(pickup) <= time.CumulVar(dropoff))
        if problem.limits_rides:
            # Said twice: the constraint alone makes the library give up on small
            # files, and the limit alone lets rides through that are too long.
            longest = problem.max_ride[request] + problem.service[request]
            solver.Add(time.CumulVar(dropoff) - time.CumulVar(pickup) <= longest)
            time.SetPickupToDeliveryLimitFunctionForPair(_constant(longest), request)


def _constant(value: int) -> Callable[[int, int], int]:
    return lambda _pickup, _dropoff: value


def _orders(routing: Any, manager: Any, assignment: Any) -> Orders:
    orders = []
    for vehicle in range(routing.vehicles()):
        index = assignment.Value(routing.NextVar(routing.Start(vehicle)))
        order = []
        while not routing.IsEnd(index):
            order.append(manager.IndexToNode(index))
            index = assignment.Value(routing.NextVar(index))
        if order:
            orders.append(tuple(order))
    return tuple(orders)
