"""PyVRP with shipments: windows, loads and route durations; it cannot limit rides."""

from typing import TYPE_CHECKING

import numpy as np

from tus_dispatch.bench.peers.problem import Budget, Orders, PeerProblem

if TYPE_CHECKING:
    import pyvrp


def solve(problem: PeerProblem, budget: Budget) -> Orders:
    """Solve by PyVRP's iterated local search with its own settings.

    Parameters
    ----------
    problem, budget
        What to solve, and for how long.

    Returns
    -------
    tuple of tuple of int
        Nodes per vehicle used; empty when no feasible solution was found.
    """
    import pyvrp
    from pyvrp.stop import MaxRuntime

    result = pyvrp.solve(
        _data(problem),
        stop=MaxRuntime(budget.limit_s),
        seed=budget.seed,
        collect_stats=False,
        display=False,
    )
    if not result.is_feasible():
        return ()
    n = problem.n_requests
    return tuple(
        tuple(
            int(visit.idx) + (n if visit.is_delivery() else 0)
            for visit in route
            if visit.is_shipment()
        )
        for route in result.best.routes()
    )


def _data(problem: PeerProblem) -> "pyvrp.ProblemData":
    import pyvrp

    n = problem.n_requests
    shipments = [
        pyvrp.Shipment(
            pickup_location=request,
            delivery_location=n + request,
            pickup_tw_early=problem.earliest[request],
            pickup_tw_late=problem.latest[request],
            pickup_service_duration=problem.service[request],
            delivery_tw_early=problem.earliest[n + request],
            delivery_tw_late=problem.latest[n + request],
            delivery_service_duration=problem.service[n + request],
            amount=[load],
        )
        for request, load in enumerate(problem.load)
    ]
    depots = [
        pyvrp.Depot(location=node, tw_early=problem.earliest[node], tw_late=problem.latest[node])
        for node in (2 * n, 2 * n + 1)
    ]
    fleet = pyvrp.VehicleType(
        num_available=problem.n_vehicles,
        capacity=[problem.capacity],
        start_depot=0,
        end_depot=1,
        shift_duration=problem.max_duty,
    )
    return pyvrp.ProblemData(
        locations=[pyvrp.Location(x=0, y=0) for _ in range(2 * n + 2)],
        clients=[],
        depots=depots,
        shipments=shipments,
        vehicle_types=[fleet],
        distance_matrices=[np.array(problem.distance, dtype=np.int64)],
        duration_matrices=[np.array(problem.duration, dtype=np.int64)],
    )
