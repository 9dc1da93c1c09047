"""The solver vrp-cli: windows, loads and route durations; it cannot limit rides."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tus_dispatch.bench.peers.problem import Budget, Orders, PeerProblem, Table

PROFILE = "car"
# The format wants instants; a unit of the peers' scale is one second after this one.
ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)
NEVER_REACHED = 1_000_000_000
# Where time costs nothing, this solver leaves the depot at its opening, takes the
# route for too long, and leaves people out. So little never decides between routes.
PRICE_OF_TIME = 0.00001


def solve(problem: PeerProblem, budget: Budget) -> Orders:
    """Solve by the default hyper-heuristic on one thread.

    Parameters
    ----------
    problem, budget
        What to solve, and for how long; the solver takes no seed.

    Returns
    -------
    tuple of tuple of int
        Nodes per vehicle used; requests left out are in none of them.
    """
    import vrp_cli

    answer = vrp_cli.solve_pragmatic(
        problem=json.dumps(_problem(problem)),
        matrices=[json.dumps(_matrix(problem))],
        config=json.dumps(_config(budget)),
    )
    n = problem.n_requests
    return tuple(
        tuple(
            int(activity["jobId"]) + (n if activity["type"] == "delivery" else 0)
            for stop in tour["stops"]
            for activity in stop["activities"]
            if activity["type"] in {"pickup", "delivery"}
        )
        for tour in json.loads(answer)["tours"]
    )


def _problem(problem: PeerProblem) -> dict[str, Any]:
    n = problem.n_requests
    jobs = [
        {
            "id": str(request),
            "pickups": [_task(problem, request, load)],
            "deliveries": [_task(problem, n + request, load)],
        }
        for request, load in enumerate(problem.load)
    ]
    return {
        "plan": {"jobs": jobs},
        "fleet": {"vehicles": [_fleet(problem)], "profiles": [{"name": PROFILE}]},
        "objectives": [[{"type": "minimize-unassigned"}], [{"type": "minimize-cost"}]],
    }


def _task(problem: PeerProblem, node: int, load: int) -> dict[str, Any]:
    place = {
        "location": {"index": node},
        "duration": problem.service[node],
        "times": [[_instant(problem.earliest[node]), _instant(problem.latest[node])]],
    }
    return {"places": [place], "demand": [load]}


def _fleet(problem: PeerProblem) -> dict[str, Any]:
    start, end = 2 * problem.n_requests, 2 * problem.n_requests + 1
    shift = {
        "start": {"earliest": _instant(problem.earliest[start]), "location": {"index": start}},
        "end": {"latest": _instant(problem.latest[end]), "location": {"index": end}},
    }
    fleet: dict[str, Any] = {
        "typeId": "vehicle",
        "vehicleIds": [f"vehicle_{vehicle}" for vehicle in range(problem.n_vehicles)],
        "profile": {"matrix": PROFILE},
        "costs": {"fixed": 0, "distance": 1, "time": PRICE_OF_TIME if problem.limits_routes else 0},
        "shifts": [shift],
        "capacity": [problem.capacity],
    }
    if problem.limits_routes:
        fleet["limits"] = {"maxDuration": problem.max_duty}
    return fleet


def _matrix(problem: PeerProblem) -> dict[str, Any]:
    return {
        "profile": PROFILE,
        "travelTimes": _flat(problem.duration),
        "distances": _flat(problem.distance),
    }


def _config(budget: Budget) -> dict[str, Any]:
    return {
        # Whole seconds only; the solver would else stop after three thousand generations.
        "termination": {
            "maxTime": max(1, round(budget.limit_s)),
            "maxGenerations": NEVER_REACHED,
        },
        "environment": {
            "parallelism": {"numThreadPools": 1, "threadsPerPool": 1},
            "logging": {"enabled": False},
        },
    }


def _flat(table: Table) -> list[int]:
    return [value for row in table for value in row]


def _instant(units: int) -> str:
    return (ORIGIN + timedelta(seconds=units)).strftime("%Y-%m-%dT%H:%M:%SZ")
