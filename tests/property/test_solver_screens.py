"""Screens lose nothing: with them or without, a scan finds the same places at the same price."""

from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np
import pytest

from tests.kernel_doors import bounded_places
from tests.metric_instances import is_metric_in_plain_python, metric
from tests.random_routes import random_route
from tests.searches import annealed, draft_of, random_problem
from tus_dispatch.solver.arrays import METRIC, SCREENED, arrays_of
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate, is_allowed
from tus_dispatch.solver.guide import is_metric
from tus_dispatch.solver.insertion import scan
from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.line import make_work

N_ROUTES = 1200
N_PARTS = 3
N_DAYS = 24


def rows_of(draft: Draft, vehicle: int, request: int, cost: int, *, keep_all: bool) -> Ints:
    order = draft.order(vehicle)
    rows = np.empty(((len(order) + 1) * (len(order) + 2) // 2, 4), dtype=np.int64)
    found = scan(draft.arrays, vehicle, order, cost, request, keep_all=keep_all, rows=rows)
    return rows[:found]


def expect_the_same_rows(draft: Draft, vehicle: int, request: int, cost: int) -> int:
    """Scan with and without screens and return how many places there are."""
    switches = draft.arrays.switches
    assert switches[METRIC]
    for keep_all in (True, False):
        found = []
        for screened in (False, True):
            for knows_metric in (False, True):
                switches[SCREENED], switches[METRIC] = screened, knows_metric
                rows = rows_of(draft, vehicle, request, cost, keep_all=keep_all)
                found.append(rows.tolist())
        assert found == [found[0]] * 4, (vehicle, request, keep_all)
        if keep_all:
            n_places = len(found[0])
    return n_places


@pytest.mark.parametrize("part", range(N_PARTS))
def test_screens_lose_no_place_of_a_random_route(part: int) -> None:
    n_routes = n_places = n_none = 0
    for seed in range(part, N_ROUTES, N_PARTS):
        case = random_route(Random(seed))  # noqa: S311
        instance, n = metric(case.instance), case.instance.n_requests
        request = seed % n
        base = np.array([v for v in case.order if v not in {request, n + request}], np.int64)
        draft = Draft(instance)
        if not draft.arrays.switches[METRIC]:
            continue
        is_used = bool((base < n).any())
        if is_used and not draft.try_set(0, base):
            continue
        n_routes += 1
        found = expect_the_same_rows(draft, 0, request, draft.costs[0])
        n_places += found
        n_none += not found
    assert min(n_routes, n_places, n_none) > 50


@pytest.mark.parametrize("seed", range(N_DAYS))
def test_screens_lose_no_place_of_a_random_day(seed: int) -> None:
    instance = metric(random_problem(seed)[0])
    draft, state = annealed(instance, seed=seed, iterations=100)
    draft = draft_of(draft, state.now, state.window[0])
    for request in np.flatnonzero(draft.vehicle_of >= 0)[:4]:
        trial = draft.copy()
        trial.arrays = trial.arrays._replace(switches=trial.arrays.switches.copy())
        partner = int(instance.partner[request])
        # Whoever stays may wait aboard too long without the other, or drive too far.
        if not trial.try_remove([int(request), partner] if partner >= 0 else [int(request)]):
            continue
        for vehicle in range(instance.n_vehicles):
            trial.arrays.switches[METRIC] = True
            trial.arrays.switches[SCREENED] = True
            expect_the_same_rows(trial, vehicle, int(request), trial.costs[vehicle])


def test_random_days_are_metric_once_their_drives_are() -> None:
    drafts = [Draft(metric(random_problem(seed)[0])) for seed in range(N_DAYS)]

    assert all(draft.arrays.switches[METRIC] for draft in drafts)


def test_an_instance_is_metric_exactly_when_no_detour_is_quicker() -> None:
    verdicts = []
    for seed in range(400):
        instance = random_route(Random(seed)).instance  # noqa: S311
        for each in (instance, metric(instance)):
            verdicts.append(is_metric(arrays_of(each)))

            assert verdicts[-1] == is_metric_in_plain_python(each), f"seed {seed}"
    assert 300 < sum(verdicts) < len(verdicts) - 200


def test_the_time_at_the_door_belongs_to_a_detour() -> None:
    # A drive of 100 s is quicker over a place 40 s from both ends, unless
    # somebody boards there for 20 s.
    case = next(
        each
        for each in (random_route(Random(seed), most_requests=1) for seed in range(99))  # noqa: S311
        if len(each.instance.duration_s) == 3
    )
    far, near = 100, 40
    way_s = np.array([[0, near, far], [near, 0, near], [far, near, 0]], dtype=np.int64)
    for boarding_s, expected in ((19, False), (20, True)):
        arrays = arrays_of(case.instance)
        node = arrays.node.copy()
        node[:2, 0], node[:2, 3] = (1, 1), (boarding_s, boarding_s)

        assert is_metric(arrays._replace(duration_s=read_only(way_s), node=node)) == expected


def read_only(array: Ints) -> Ints:
    array.setflags(write=False)
    return array


def test_the_instances_of_this_file_admit_times() -> None:
    # A route that had none before its drives were made metric proves nothing.
    verdicts = []
    for seed in range(300):
        case = random_route(Random(seed))  # noqa: S311
        arrays, order = arrays_of(metric(case.instance)), np.array(case.order, dtype=np.int64)
        verdicts.append(
            is_allowed(arrays, 0, order) and evaluate(arrays, 0, order)[0] != INFEASIBLE
        )
    assert sum(verdicts) > 30


def test_whoever_rides_on_a_feasible_route_is_within_the_hours_of_its_vehicle() -> None:
    n_riding = n_outside = 0
    for seed in range(600):
        case = random_route(Random(seed))  # noqa: S311
        for instance in (case.instance, metric(case.instance)):
            draft = Draft(instance)
            order = np.array(case.order, dtype=np.int64)
            riding = order[order < instance.n_requests]
            # The kernels take the narrower table; the rules of a route are asked with the wide one.
            arrays = arrays_of(instance)
            n_outside += int((arrays.allowed & ~draft.arrays.allowed).sum())
            if is_allowed(arrays, 0, order) and evaluate(arrays, 0, order)[0] != INFEASIBLE:
                assert draft.arrays.allowed[riding, 0].all(), f"seed {seed}"
                n_riding += len(riding)
    assert n_riding > 100
    for seed in range(N_DAYS):
        draft = Draft(random_problem(seed)[0])
        n_outside += int((draft.instance.allowed & ~draft.arrays.allowed).sum())
    assert n_outside > 50


def test_no_place_costs_less_than_its_bound_says() -> None:
    n_bounds = n_exact = 0
    for seed in range(N_ROUTES):
        case = random_route(Random(seed))  # noqa: S311
        instance, n = metric(case.instance), case.instance.n_requests
        request = seed % n
        base = np.array([v for v in case.order if v not in {request, n + request}], np.int64)
        draft = Draft(instance)
        if bool((base < n).any()) and not draft.try_set(0, base):
            continue
        work = make_work(len(draft.order(0)))
        count = bounded_places(draft.arrays, 0, draft.order(0), work, request)
        least = {(int(i), int(j)): int(cost) for cost, i, j in work.place[:count]}
        for added, i, j, _ in rows_of(draft, 0, request, 0, keep_all=True).tolist():
            assert least[i, j] <= added, f"seed {seed}"
            n_bounds += 1
            n_exact += least[i, j] == added
    assert min(n_bounds, n_exact) > 100
