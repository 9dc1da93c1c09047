"""VROOM through pyvroom, at its deepest exploration; it can limit neither rides nor routes."""

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from tus_dispatch.bench.peers.problem import Budget, Orders, PeerProblem

if TYPE_CHECKING:
    import vroom

EXPLORATION = 5
PROFILE = "car"


def solve(problem: PeerProblem, budget: Budget) -> Orders:
    """Solve by VROOM, which takes no seed and may stop long before the limit.

    Parameters
    ----------
    problem, budget
        What to solve, and for how long at most.

    Returns
    -------
    tuple of tuple of int
        Nodes per vehicle used; what VROOM leaves out is in none of them.
    """
    import vroom

    n = problem.n_requests
    given = vroom.Input()
    given.set_durations_matrix(PROFILE, np.array(problem.duration, dtype=np.uint32))
    given.set_costs_matrix(PROFILE, np.array(problem.distance, dtype=np.uint32))
    for request, load in enumerate(problem.load):
        given.add_shipment(
            _step(problem, request), _step(problem, n + request), vroom.Amount([load])
        )
    for vehicle in range(problem.n_vehicles):
        given.add_vehicle(
            vroom.Vehicle(
                vehicle,
                start=2 * n,
                end=2 * n + 1,
                profile=PROFILE,
                capacity=[problem.capacity],
                time_window=(problem.earliest[2 * n], problem.latest[2 * n + 1]),
            )
        )
    solution = given.solve(EXPLORATION, nb_threads=1, timeout=timedelta(seconds=budget.limit_s))
    return _orders(solution.to_dict())


def _step(problem: PeerProblem, node: int) -> "vroom.ShipmentStep":
    import vroom

    return vroom.ShipmentStep(
        node,
        node,
        default_service=problem.service[node],
        time_windows=[vroom.TimeWindow(problem.earliest[node], problem.latest[node])],
    )


def _orders(answer: dict[str, list[dict[str, list[dict[str, int]]]]]) -> Orders:
    return tuple(
        tuple(int(step["id"]) for step in route["steps"] if "id" in step)
        for route in answer["routes"]
    )
