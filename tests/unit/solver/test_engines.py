"""Every engine gives sound solutions; those without a part of the default one lack just that."""

import pytest

from tests.line_instances import REQUIRED, Trip, line
from tests.searches import random_problem
from tests.unit.solver.test_pair_windows import crowded
from tus_dispatch.solver.adopt import draft_from
from tus_dispatch.solver.cost import solution_cost
from tus_dispatch.solver.engines import DEFAULT_ENGINE, ENGINES
from tus_dispatch.solver.incumbent import Incumbent
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.solution import Solution
from tus_dispatch.solver.stop import MaxIterations
from tus_dispatch.verify.instance import verify_solution

EARLIEST_START = f"{DEFAULT_ENGINE}/earliest-start"
ITERATIONS = {engine: 40 if engine == "routing" else 600 for engine in ENGINES}


def run(engine: str, instance: Instance, start: Solution | None = None) -> list[Incumbent]:
    found: list[Incumbent] = []
    best = ENGINES[engine](
        instance,
        seed=1,
        stop=MaxIterations(ITERATIONS[engine]),
        on_incumbent=found.append,
        start=start,
    )
    return [*found, best]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_sound_solutions_of_random_days(engine: str) -> None:
    n_served = 0
    for seed in range(6):
        instance, _ = random_problem(seed)

        found = run(engine, instance)

        for incumbent in found:
            assert verify_solution(instance, incumbent.solution) == ()
            assert incumbent.cost == solution_cost(instance, incumbent.solution)
        assert found[-1].cost == min(each.cost for each in found)
        n_served += found[-1].n_served
    assert n_served > 15


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_keeps_parted_pairs_in_order(engine: str) -> None:
    for seed in range(4):
        instance = crowded(seed)

        best = run(engine, instance)[-1]

        assert best.n_served > 3
        assert verify_solution(instance, best.solution) == ()


@pytest.mark.parametrize("engine", [name for name in ENGINES if name != EARLIEST_START])
def test_every_exact_engine_starts_from_a_plan_and_never_ends_dearer(engine: str) -> None:
    for seed in range(6):
        instance, plan = random_problem(seed)

        start = draft_from(instance, plan)

        best = run(engine, instance, plan)[-1]

        assert start.unserved() == plan.unserved
        assert best.cost <= start.cost
        assert verify_solution(instance, best.solution) == ()


def test_a_ride_that_needs_its_pickup_delayed_is_refused_by_earliest_start_alone() -> None:
    # The rider may board from 0 s on, must not be dropped before 5000 s and
    # rides for 700 s at most: whoever boards as early as possible rides longer.
    # The other trip may start at once.
    instance = line([Trip(10, 20, dropoff=(5000, 6000), max_ride_s=700), Trip(30, 40)])

    left_out = {engine: run(engine, instance)[-1].solution.unserved for engine in ENGINES}

    assert left_out == dict.fromkeys(ENGINES, ()) | {EARLIEST_START: (0,)}


def test_earliest_start_takes_over_what_it_can_time_of_a_plan() -> None:
    instance = line([Trip(10, 20, dropoff=(5000, 6000), max_ride_s=700), Trip(30, 40)])
    plan = run(DEFAULT_ENGINE, instance)[-1].solution
    assert plan.unserved == ()

    best = run(EARLIEST_START, instance, plan)[-1]

    assert best.solution.unserved == (0,)
    assert best.cost == REQUIRED + 80_000


def test_the_two_engines_find_the_same_cost_where_little_can_be_done() -> None:
    # Three trips one after the other between two depots: both must find the best.
    trips = [Trip(at, at + 5, pickup=(at * 100, at * 100 + 600)) for at in (10, 25, 40)]
    instance = line(trips, depots=(0, 60))

    costs = {engine: run(engine, instance)[-1].cost for engine in ENGINES}

    assert len(set(costs.values())) == 1
