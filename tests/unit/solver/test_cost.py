"""One price per route, added up here once more from its nodes and times."""

from itertools import pairwise
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np

from tests.line_instances import Trip, line
from tests.random_routes import random_route
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.cost import route_parts, solution_cost, solution_parts
from tus_dispatch.solver.draft import make_route
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate
from tus_dispatch.solver.instance import CostWeights, Instance
from tus_dispatch.solver.solution import Route, Solution

N_ROUTES = 600


def plain_parts(instance: Instance, route: Route) -> list[int]:
    """Distance, duty, rounds, excess ride, wait aboard, early and late."""
    n, weights = instance.n_requests, instance.weights
    at = dict(zip(route.nodes, route.start_s, strict=True))
    places = [int(instance.start_location[route.vehicle])]
    for node in route.nodes:
        there = int(instance.location[node])
        places.append(places[-1] if there < 0 else there)
    wait_s, aboard, free_s = 0, 0, route.sign_on_s
    for (here, there), node in zip(pairwise(places), route.nodes, strict=True):
        arrival_s = free_s + int(instance.duration_s[here, there])
        wait_s += aboard * (at[node] - arrival_s)
        aboard += 1 if node < n else -1 if node < 2 * n else 0
        free_s = at[node] + int(instance.service_s[node])
    places.append(int(instance.end_location[route.vehicle]))
    excess_s = early_s = late_s = 0
    for request in (node for node in route.nodes if node < n):
        ride_s = at[n + request] - at[request] - int(instance.service_s[request])
        excess_s += max(0, ride_s - int(instance.direct_s[request]))
        wanted_s, due_s = int(instance.target_s[request]), int(instance.target_s[n + request])
        late_s += max(0, at[request] - wanted_s) if wanted_s >= 0 else 0
        early_s += max(0, due_s - at[n + request]) if due_s >= 0 else 0
    is_open = bool(instance.is_open[route.vehicle])
    return [
        sum(int(instance.distance_m[a, b]) for a, b in pairwise(places)) * weights.per_metre,
        (route.sign_off_s - route.sign_on_s) * weights.per_duty_second,
        weights.per_round + weights.per_open_round * is_open,
        excess_s * weights.per_excess_ride_second,
        wait_s * weights.per_wait_aboard_second,
        early_s * weights.per_early_second,
        late_s * weights.per_late_second,
    ]


def test_a_route_costs_what_its_parts_add_up_to() -> None:
    seen = np.zeros(7, dtype=np.int64)
    for seed in range(N_ROUTES):
        case = random_route(Random(seed))  # noqa: S311
        arrays, order = arrays_of(case.instance), np.array(case.order, dtype=np.int64)
        cost, _ = evaluate(arrays, 0, order)
        if cost == INFEASIBLE:
            continue
        route = make_route(arrays, 0, order)

        parts = route_parts(case.instance, route)

        assert parts.tolist() == plain_parts(case.instance, route), f"seed {seed}"
        assert parts.sum() == cost, f"seed {seed}"
        seen += parts > 0
    # Every part counted for something in many routes.
    assert seen.min() > 5


def test_every_part_of_one_ride_can_be_read_off_the_line() -> None:
    # Sign-on at 0 s; 600 s to the first rider, who boards on time, waits 60 s
    # for the second and rides 1260 s instead of 1200 s. The second is picked up
    # 60 s late and dropped 40 s early.
    instance = line(
        [Trip(10, 30), Trip(15, 30)],
        target_s=np.array([600, 900, -1, 1900], dtype=np.int64),
        is_open=np.array([True]),
        weights=CostWeights(1, 10, 7, 9, 100, 1000, 10**4, 10**5),
    )
    route = Route(0, (0, 1, 2, 3), (600, 960, 1860, 1860), 0, 3660)

    parts = route_parts(instance, route)

    assert parts.tolist() == [
        60_000,
        36_600,
        16,
        60 * 100,
        60 * 1000,
        40 * 10**4,
        60 * 10**5,
    ]


def test_requests_left_out_cost_their_penalty() -> None:
    instance = line([Trip(10, 30), Trip(1, 2, price=70), Trip(3, 4, price=900)])

    assert solution_parts(instance, Solution((), (0, 1, 2))).tolist()[-1] == 10**9 + 970
    assert solution_cost(instance, Solution((), (1, 2))) == 970


def test_a_solution_costs_the_sum_of_its_routes() -> None:
    instance = line([Trip(10, 30), Trip(50, 40)], depots=(0, 60))
    left = Route(0, (0, 2), (600, 1800), 0, 3600)
    right = Route(1, (1, 3), (600, 1200), 0, 2400)

    total = solution_parts(instance, Solution((left, right), ()))

    parts = [route_parts(instance, route).tolist() for route in (left, right)]
    assert total.tolist() == [*(a + b for a, b in zip(*parts, strict=True)), 0]
