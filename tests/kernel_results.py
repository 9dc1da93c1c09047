"""What the kernels say of many random routes; run as a program it prints it."""

import json
import sys
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np

from tests.kernel_doors import time_and_price
from tests.random_routes import RouteCase, random_route
from tests.searches import annealed, random_problem, windows_of
from tests.unit.solver.test_pair_windows import crowded
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate, is_allowed
from tus_dispatch.solver.insertion import scan
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.line import insert_at

N_ROUTES = 2000
SCAN_EVERY = 16
N_DAYS = 50
N_CROWDED = 4
ITERATIONS = 12


def kernel_results(n_routes: int = N_ROUTES) -> list[list[int]]:
    """Run every kernel on seeded random routes, the slow ones on some of them."""
    results = []
    for seed in range(n_routes):
        case = random_route(Random(seed), most_requests=3)  # noqa: S311
        found = _evaluated(case)
        if seed % SCAN_EVERY == 0:
            found += _scanned(case)
        results.append(found)
    return results


def _evaluated(case: RouteCase) -> list[int]:
    arrays = arrays_of(case.instance)
    order = np.array(case.order, dtype=np.int64)
    cost, break_at = evaluate(arrays, 0, order)
    found = [int(is_allowed(arrays, 0, order)), int(cost), int(break_at)]
    x = np.zeros(len(order) + 2, dtype=np.int64)
    longest_s = int(case.instance.max_duty_s[0])
    if time_and_price(arrays, 0, order, longest_s, x) != INFEASIBLE:
        found += x.tolist()
    return found


def _scanned(case: RouteCase) -> list[int]:
    arrays, n = arrays_of(case.instance), case.instance.n_requests
    rest = np.array([node for node in case.order if node not in {0, n}], dtype=np.int64)
    rows = np.zeros(((len(rest) + 1) * (len(rest) + 2) // 2, 4), dtype=np.int64)
    n_found = scan(arrays, 0, rest, 0, 0, keep_all=True, rows=rows)
    best = np.full((1, 4), -1, dtype=np.int64)
    scan(arrays, 0, rest, 0, 0, keep_all=False, rows=best)
    longer = insert_at(rest, 0, n, 0, len(rest))
    return [int(n_found), *rows[:n_found].ravel().tolist(), *best[0].tolist(), *longer.tolist()]


def search_results() -> list[list[int]]:
    """Anneal small days of every kind, and list all that the kernels have changed."""
    instances = [random_problem(seed, most_legs=5, most_shifts=2)[0] for seed in range(N_DAYS)]
    instances += [crowded(seed) for seed in range(N_CROWDED)]
    return [_annealed(instance, seed) for seed, instance in enumerate(instances)]


def _annealed(instance: Instance, seed: int) -> list[int]:
    draft, state = annealed(instance, seed=seed, iterations=ITERATIONS)
    n_routes, n_nodes = state.pool.filled.tolist()
    known = state.places.memory[state.places.memory[:, 0] != 0]
    arrays = [
        *state.now,
        *state.best,
        state.window,
        windows_of(draft),
        state.dice,
        state.places.absent,
        state.best_cost,
        state.pool.route[:n_routes],
        state.pool.node[:n_nodes],
        known[np.argsort(known[:, 0])],
    ]
    return [int(value) for array in arrays for value in array.ravel()]


if __name__ == "__main__":
    json.dump([kernel_results(), search_results()], sys.stdout)
