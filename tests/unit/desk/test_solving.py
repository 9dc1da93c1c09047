"""Solver processes may die, hang or say nothing; the best plan so far is never lost."""

import multiprocessing
import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random  # noqa: TID251 - seeded
from threading import Thread
from time import monotonic, sleep

import pytest

from tests.makers import five_legs, five_legs_matrix
from tests.strategies import random_day
from tus_dispatch.desk.planning_a_file import plan_day
from tus_dispatch.desk.solving import (
    FALLBACK_ENGINE,
    SEED_STEP,
    Outcome,
    Progress,
    SolveOptions,
    solve,
)
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.formats.plan import dump_plan
from tus_dispatch.generate.day import generate
from tus_dispatch.planning.encode import encode
from tus_dispatch.solver.cost import solution_cost
from tus_dispatch.solver.engines import DEFAULT_ENGINE
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.search import search
from tus_dispatch.solver.stop import MaxIterations
from tus_dispatch.verify.instance import verify_solution

LONG_S = 60.0
FEW = 30


@pytest.fixture(scope="module")
def instance() -> Instance:
    """A day of twenty legs on which there is always something left to try."""
    scenario, matrix, _ = random_day(Random(20), n_legs=20, n_shifts=4)  # noqa: S311
    return encode(scenario, legs_of(scenario), matrix).instance


def pids() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid is not None]


class Saboteur:
    """Does something to all solver processes as soon as there is a first plan."""

    def __init__(self, sent: signal.Signals, instance: Instance) -> None:
        self.sent, self.instance = sent, instance
        self.seen: list[Progress] = []
        self.hit = 0

    def __call__(self, progress: Progress) -> None:
        self.seen.append(progress)
        if not self.hit:
            for pid in pids():
                os.kill(pid, self.sent)
                self.hit += 1


def expect_the_best_seen(outcome: Outcome, saboteur: Saboteur) -> None:
    instance, solution = saboteur.instance, outcome.solution
    assert verify_solution(instance, solution) == ()
    left_out = sum(int(instance.penalty[request]) for request in solution.unserved)
    last = saboteur.seen[-1]
    assert solution_cost(instance, solution) - left_out == last.route_cost
    assert instance.n_requests - len(solution.unserved) == last.n_served
    assert last.n_requests == instance.n_requests
    assert pids() == []


def test_killing_the_process_loses_nothing(instance: Instance) -> None:
    saboteur = Saboteur(signal.SIGKILL, instance)
    began = monotonic()

    outcome = solve(instance, SolveOptions(time_limit_s=LONG_S), on_progress=saboteur)

    assert (outcome.engine, outcome.lost, saboteur.hit) == (DEFAULT_ENGINE, 1, 1)
    # Nobody waits for a dead process.
    assert monotonic() - began - outcome.start_up_s < LONG_S / 2
    expect_the_best_seen(outcome, saboteur)


def test_a_process_that_hangs_is_ended_soon_after_its_time(instance: Instance) -> None:
    # A stopped process answers nothing any more, not even that its time is over.
    saboteur = Saboteur(signal.SIGSTOP, instance)
    options = SolveOptions(time_limit_s=1.5, grace_s=0.5)

    outcome = solve(instance, options, on_progress=saboteur)

    assert (outcome.engine, outcome.lost, saboteur.hit) == (DEFAULT_ENGINE, 1, 1)
    assert 1.5 <= outcome.elapsed_s < 6.0
    expect_the_best_seen(outcome, saboteur)


@pytest.fixture
def no_interpreter() -> Iterator[None]:
    """Processes start with a program that ends at once."""
    context = multiprocessing.get_context("spawn")
    context.set_executable(shutil.which("false") or "")
    yield
    context.set_executable(sys.executable)


@pytest.mark.usefixtures("no_interpreter")
def test_with_no_answer_at_all_insertion_gives_a_plan(instance: Instance) -> None:
    outcome = solve(instance, SolveOptions(time_limit_s=LONG_S))

    assert (outcome.engine, outcome.lost) == (FALLBACK_ENGINE, 1)
    assert verify_solution(instance, outcome.solution) == ()


@pytest.mark.usefixtures("no_interpreter")
def test_a_task_larger_than_any_pipe_waits_for_no_dead_process() -> None:
    scenario = generate("cher_multidepot", seed=1, n_legs=250, n_shifts=20)
    large = encode(scenario, legs_of(scenario), travel_matrix(scenario, Path())).instance
    assert len(pickle.dumps(large)) > 500_000
    outcomes: list[Outcome] = []
    options = SolveOptions(time_limit_s=LONG_S)
    # Aside, for a task that waits waits for ever.
    aside = Thread(target=lambda: outcomes.append(solve(large, options)), daemon=True)

    aside.start()
    aside.join(LONG_S)

    assert [(each.engine, each.lost) for each in outcomes] == [(FALLBACK_ENGINE, 1)]
    assert verify_solution(large, outcomes[0].solution) == ()


def test_of_two_processes_the_better_plan_is_taken(instance: Instance) -> None:
    def alone(seed: int) -> int:
        stop = MaxIterations(FEW)
        return search(instance, seed=seed, stop=stop, on_incumbent=lambda _: None).cost

    # A seed whose second process finds the better plan.
    seed = next(seed for seed in range(50) if alone(seed) > alone(seed + SEED_STEP))
    options = SolveOptions(time_limit_s=None, iterations=FEW, seed=seed, workers=2)

    both = solve(instance, options)

    assert both.lost == 0
    assert solution_cost(instance, both.solution) == alone(seed + SEED_STEP)


PROGRAM = """
import sys
from tests.unit.desk.test_solving import half_a_fleet, plan_half
from tus_dispatch.formats.plan import dump_plan
if __name__ == "__main__":
    sys.stdout.write(dump_plan(plan_half(half_a_fleet())))
"""


def half_a_fleet() -> tuple[Scenario, TravelMatrix]:
    """A day on which one of two shifts is missing, so that somebody stays behind."""
    scenario, matrix, _ = random_day(Random(3), n_legs=12, n_shifts=2)  # noqa: S311
    return replace(scenario, shifts=scenario.shifts[:1]), matrix


def plan_half(day: tuple[Scenario, TravelMatrix]) -> Plan:
    options = SolveOptions(time_limit_s=None, iterations=12, seed=5)
    return plan_day(*day, options).plan


@pytest.fixture(scope="module")
def half_plan() -> Plan:
    return plan_half(half_a_fleet())


def test_the_same_seed_and_iterations_give_the_same_bytes(half_plan: Plan) -> None:
    # Another program, whose sets and dictionaries are hashed in another way.
    elsewhere = os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(sys.path)}

    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, env=elsewhere, check=True
    )

    assert len(run.stdout) > 1000
    assert run.stdout.decode() == dump_plan(half_plan)


def test_every_leg_is_either_served_or_left_out_with_a_reason(half_plan: Plan) -> None:
    served = {stop.leg for each in half_plan.rounds for stop in each.stops} - {None}
    out = [each.leg for each in half_plan.unserved]

    assert served
    assert out
    assert len(out) == len(set(out))
    assert served.isdisjoint(out)
    assert served.union(out) == {leg.id for leg in legs_of(half_plan.scenario)}


@pytest.mark.parametrize(
    ("scenario", "n_left_out"),
    [(replace(five_legs(), bookings=()), 0), (replace(five_legs(), shifts=()), 5)],
    ids=["bookings", "shifts"],
)
def test_a_day_without_bookings_or_shifts_has_a_plan(scenario: Scenario, n_left_out: int) -> None:
    planned = plan_day(scenario, five_legs_matrix(), SolveOptions(None, 5))

    assert planned.plan.rounds == ()
    assert len(planned.plan.unserved) == n_left_out
    assert planned.outcome.lost == 0


def test_an_interrupted_parent_leaves_no_process_behind(instance: Instance) -> None:
    def interrupt(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve(instance, SolveOptions(time_limit_s=LONG_S), on_progress=interrupt)

    sleep(0.05)
    assert pids() == []


@pytest.mark.parametrize("from_plan", [False, True])
def test_the_same_seed_and_iterations_give_the_same_plan_in_every_process(
    *, from_plan: bool
) -> None:
    scenario, matrix, plan = random_day(Random(8), n_legs=16, n_shifts=3)  # noqa: S311
    options = SolveOptions(time_limit_s=None, iterations=700, seed=11)

    texts = {
        dump_plan(plan_day(scenario, matrix, options, current=plan if from_plan else None).plan)
        for _ in range(3)
    }

    assert len(texts) == 1
