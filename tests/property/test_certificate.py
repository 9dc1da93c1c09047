"""A bound never lies above what any plan costs; files of the literature are solved exactly."""

from collections.abc import Sequence
from itertools import pairwise
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np
import pytest
from hypothesis import event, given, settings

from tests.brute_force import NEVER, least_cost, objective
from tests.random_routes import (
    WEIGHTS,
    ints,
    random_configurations,
    random_quarrels,
    random_route,
    random_tables,
)
from tests.ropke_files import draw_file
from tests.strategies import Day, days
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.formats.cordeau import read_cordeau
from tus_dispatch.planning.encode import encode, encode_plan
from tus_dispatch.solver import certify
from tus_dispatch.solver.cost import solution_cost
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.models.event import Limits, branch, relax
from tus_dispatch.solver.solution import Solution
from tus_dispatch.verify.instance import verify_solution

N_PARTS = 4
SLACK = 1 + 1e-9


def nobody(instance: Instance) -> Solution:
    return Solution((), tuple(range(instance.n_requests)))


def random_instance(rng: Random) -> Instance:
    """Two unlike vehicles, two or three requests that may all be left out, no geometry."""
    n, m = rng.randint(2, 3), 2
    n_places = rng.randint(3, 7)
    duration, distance = random_tables(rng, n_places)
    location = [rng.randrange(n_places) for _ in range(2 * n)]
    earliest = [rng.randint(0, 4000) for _ in range(2 * n)]
    direct = [int(duration[location[r], location[n + r]]) for r in range(n)]
    rooms = [random_configurations(rng) for _ in range(m)]
    linked = rng.random() < 0.3
    return Instance(
        duration_s=duration,
        distance_m=distance,
        location=ints(location),
        earliest_s=ints(earliest),
        latest_s=ints([e + rng.choice((0, 600, 3000)) for e in earliest]),
        service_s=ints([rng.choice((0, 60, 300)) for _ in range(2 * n)]),
        target_s=ints([rng.choice((-1, rng.randint(0, 6000))) for _ in range(2 * n)]),
        load=ints([[rng.randint(0, 2), rng.randint(0, 1), 0] for _ in range(n)]),
        max_ride_s=ints([max(0, d) + rng.choice((0, 300, 3000)) for d in direct]),
        direct_s=ints(direct),
        allowed=np.array([[d >= 0 and rng.random() < 0.9 for _ in range(m)] for d in direct]),
        incompatible=random_quarrels(rng, n),
        partner=ints([1, 0, -1][:n] if linked else [-1] * n),
        penalty=ints([rng.choice((2_000, 200_000, 10**7)) for _ in range(n)]),
        start_location=ints([rng.randrange(n_places) for _ in range(m)]),
        end_location=ints([rng.randrange(n_places) for _ in range(m)]),
        start_earliest_s=ints([0, rng.randint(0, 2000)]),
        start_latest_s=ints([rng.randint(0, 3000), 6000]),
        end_earliest_s=ints([0, rng.randint(0, 6000)]),
        end_latest_s=ints([rng.randint(6000, 12_000), 12_000]),
        max_duty_s=ints([rng.choice((4000, 20_000)) for _ in range(m)]),
        range_m=ints([rng.choice((20_000, 10**6)) for _ in range(m)]),
        is_open=np.array([rng.random() < 0.5 for _ in range(m)]),
        configuration=ints([room for each in rooms for room in each]),
        configuration_start=ints([0, *np.cumsum([len(each) for each in rooms])]),
        pause_vehicle=ints([]),
        pause_is_break=np.zeros(0, dtype=np.bool_),
        break_after_s=ints([0] * m),
        max_wait_aboard_s=rng.choice((0, 300, 10_000)),
        weights=rng.choice(WEIGHTS),
    )


@pytest.mark.parametrize("part", range(N_PARTS))
def test_no_bound_lies_above_the_best_of_all_solutions_of_a_rich_instance(part: int) -> None:
    n_tight = 0
    for seed in range(part, 120, N_PARTS):
        instance = random_instance(Random(seed))  # noqa: S311
        best = least_cost(instance, objective)

        certified = certify.certify(instance, nobody(instance), seconds=None)

        bound = certified.bound.lower_bound
        assert bound is not None, seed
        assert bound <= best * SLACK, seed
        assert solution_cost(instance, certified.solution) >= best, seed
        assert verify_solution(instance, certified.solution) == (), seed
        if certified.bound.proved_optimal:
            assert solution_cost(instance, certified.solution) <= best * (1 + 2e-6), seed
            n_tight += 1
    assert n_tight >= 10


@pytest.mark.parametrize("part", range(N_PARTS))
def test_no_bound_lies_above_the_best_route_with_pauses_and_breaks(part: int) -> None:
    for seed in range(part, 80, N_PARTS):
        instance = random_route(Random(seed), most_requests=2).instance  # noqa: S311
        best = least_cost(instance, objective)

        bound = certify.certify(instance, nobody(instance), seconds=None).bound.lower_bound

        assert bound is not None, seed
        assert bound <= best * SLACK, seed


def total_distance(instance: Instance, vehicle: int, order: Sequence[int]) -> float:
    if objective(instance, vehicle, order) == NEVER:
        return NEVER
    places = [0, *(int(instance.location[node]) for node in order)]
    places.append(int(instance.end_location[vehicle]))
    table = instance.distance_m
    return float(sum(int(table[a, b]) for a, b in pairwise(places)))


@pytest.mark.parametrize("few_arcs", [certify.FEW_ARCS, 0], ids=["branched", "split"])
@pytest.mark.parametrize("family", ["a", "b"])
def test_a_file_of_the_literature_is_solved_as_by_trying_everything(
    family: str, few_arcs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without that many arcs events are split first, as on large graphs.
    monkeypatch.setattr(certify, "FEW_ARCS", few_arcs)
    n_solved = 0
    for seed in range(12):
        text = draw_file(Random(seed), family, n_vehicles=2, n_requests=4)  # noqa: S311
        problem = read_cordeau(text, "drawn.txt")
        instance = problem.instance
        best = least_cost(instance, total_distance)
        if best > 10**9:
            continue
        n_solved += 1

        certified = certify.certify(
            instance, nobody(instance), seconds=None, arc_cost=problem.distance
        )

        cost = problem.reprice(certified.solution.routes)
        # Each of at most ten drives is rounded up by less than a unit.
        assert best - 10 <= cost * problem.scale <= best
        assert certified.bound.proved_optimal
        assert certified.bound.lower_bound == pytest.approx(cost, rel=1e-6)
        assert verify_solution(instance, certified.solution) == ()
    assert n_solved >= 8


@pytest.mark.parametrize("family", ["a", "b"])
def test_nothing_is_left_out_of_the_model_that_the_best_solution_needs(
    family: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on large graphs: from guesses far below, events split and arcs left out first.
    monkeypatch.setattr(certify, "FEW_ARCS", 0)
    n_above = 0
    for seed in range(25):
        text = draw_file(Random(seed), family, n_vehicles=3, n_requests=12)  # noqa: S311
        problem = read_cordeau(text, "drawn.txt")
        whole = certify.problem_of(problem.instance, problem.distance)
        assert whole is not None
        unit = float(whole.graph.price.mean())
        first = relax(whole.ground, whole.graph, whole.penalty, unit)
        best = branch(whole.ground, whole.graph, whole.penalty, unit, Limits(None, 10_000))
        if not np.isfinite(best.floor):
            continue
        n_above += best.floor > first.floor * 1.01

        bound = certify.certify(
            problem.instance, nobody(problem.instance), seconds=None, arc_cost=problem.distance
        ).bound

        assert bound.proved_optimal
        assert bound.lower_bound == pytest.approx(best.floor, rel=2e-6)
    assert n_above > 5


@settings(max_examples=60, deadline=None)
@given(day=days(max_legs=10, max_shifts=3))
def test_no_bound_lies_above_a_judged_plan(day: Day) -> None:
    scenario, matrix, plan = day
    promises = {promise.leg: promise.pickup_window for promise in plan.promises}
    encoding = encode(scenario, legs_of(scenario), matrix, promises=promises)

    certified = certify.certify(encoding.instance, encode_plan(encoding, plan), seconds=None)

    bound = certified.bound.lower_bound
    event("too large" if bound is None else "bounded")
    assert bound is None or bound <= plan.cost.total * SLACK
    assert verify_solution(encoding.instance, certified.solution) == ()
    assert solution_cost(encoding.instance, certified.solution) <= plan.cost.total
