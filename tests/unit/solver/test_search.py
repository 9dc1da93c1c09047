"""What a search promises: sound, never dearer than its start, the same again with the same seed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random  # noqa: TID251 - seeded, and passed in
from time import perf_counter

import numpy as np
import pytest

from tests.line_instances import HORIZON_S, REQUIRED, Trip, line
from tests.searches import draft_of, expect_sound, random_problem, random_round
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.formats.cordeau import read_cordeau
from tus_dispatch.generate.day import generate
from tus_dispatch.planning.encode import encode
from tus_dispatch.solver.adopt import draft_from
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.cost import solution_cost
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.incumbent import Incumbent
from tus_dispatch.solver.instance import CostWeights, Instance
from tus_dispatch.solver.search import EVERYTHING, Settings, _Search, search
from tus_dispatch.solver.solution import Route, Solution
from tus_dispatch.solver.stop import MaxIterations, MaxRuntime
from tus_dispatch.verify.instance import verify_solution

REPOSITORY = Path(__file__).resolve().parents[3]
ITERATIONS = 25
# One block of iterations, one recombination, on a machine with others at work.
TOLERANCE_S = 1.0


def searched(
    instance: Instance,
    *,
    seed: int = 0,
    iterations: int = ITERATIONS,
    start: Solution | None = None,
) -> list[Incumbent]:
    """All incumbents, the last one being what the search returned."""
    found: list[Incumbent] = []
    stop = MaxIterations(iterations)
    best = search(instance, seed=seed, stop=stop, on_incumbent=found.append, start=start)
    # What is returned was reported before; only the iterations go on.
    assert (best.solution, best.cost) == (found[-1].solution, found[-1].cost)
    return found


def busy_line() -> Instance:
    rng = Random(5)  # noqa: S311
    trips = []
    for _ in range(10):
        origin, destination = rng.sample(range(61), 2)
        first_s = rng.randint(0, 9000)
        trips.append(Trip(origin, destination, pickup=(first_s, first_s + 1500)))
    return line(trips, depots=(0, 30, 60))


def cordeau_text(n: int, seed: int) -> str:
    """A dial-a-ride file around trips that three vehicles drive one after the other."""
    rng = Random(seed)  # noqa: S311
    points = [(rng.uniform(-9, 9), rng.uniform(-9, 9)) for _ in range(2 * n)]
    rows = ["0 0.000 0.000 0 0 0 1440"]
    windows = []
    for at in range(n):
        pickup_s = 60 + 60 * (at // 3) + rng.uniform(0, 20)
        windows.append((pickup_s - 10, pickup_s + 10))
    for at, (x, y) in enumerate(points):
        first, last = windows[at] if at < n else (0, 1440)
        load = 1 if at < n else -1
        rows.append(f"{at + 1} {x:.3f} {y:.3f} 3 {load} {first:.0f} {last:.0f}")
    return "\n".join([f"3 {2 * n} 480 3 45", *rows, ""])


@pytest.mark.parametrize("seed", range(16))
def test_every_incumbent_is_sound_and_cheaper_than_the_one_before(seed: int) -> None:
    instance, _ = random_problem(seed)

    found = searched(instance, seed=seed, iterations=1000)

    costs = [incumbent.cost for incumbent in found]
    assert costs == sorted(set(costs), reverse=True)
    for incumbent in found:
        assert verify_solution(instance, incumbent.solution) == ()
        assert incumbent.cost == solution_cost(instance, incumbent.solution)
        assert incumbent.n_served == instance.n_requests - len(incumbent.solution.unserved)
        left_out = sum(int(instance.penalty[request]) for request in incumbent.solution.unserved)
        assert incumbent.route_cost == incumbent.cost - left_out


@pytest.mark.parametrize("seed", range(16, 32))
def test_a_search_is_never_dearer_than_its_start(seed: int) -> None:
    instance, plan = random_problem(seed)
    start = draft_from(instance, plan)
    assert start.unserved() == plan.unserved

    found = searched(instance, seed=seed, start=plan, iterations=1000)

    assert all(incumbent.cost <= start.cost for incumbent in found)
    required = {r for r in range(instance.n_requests) if instance.penalty[r] >= REQUIRED}
    lost = required.intersection(found[-1].solution.unserved)
    assert lost <= set(plan.unserved)


@pytest.mark.parametrize("seed", range(4))
def test_literature_instances_are_solved_soundly(seed: int) -> None:
    literature = read_cordeau(cordeau_text(9, seed), "drawn.txt")

    best = searched(literature.instance, seed=seed)[-1]

    assert best.n_served == 9
    assert verify_solution(literature.instance, best.solution) == ()
    # Distances are rounded up by less than one unit of the scale per drive.
    metres = literature.reprice(best.solution.routes) * literature.scale
    assert 0 <= best.cost - metres < 2 * 9 + 6


def test_a_search_improves_on_insertion() -> None:
    found = searched(busy_line(), iterations=400)

    assert found[-1].n_served == 10
    assert found[-1].cost < found[0].cost


def describe(found: list[Incumbent]) -> str:
    """What is found in the end; when it was told, and how much of the way, is up to the clock."""
    best = found[-1]
    return json.dumps([repr(best.solution), best.cost, best.n_served])


def evening(seed: int) -> Instance:
    """A hundred and twenty legs for ten shifts, of which one or two are not needed."""
    day = generate("alencon_19h", seed=seed, n_legs=120, n_shifts=10)
    return encode(day, legs_of(day), travel_matrix(day, Path())).instance


def closed_or_not(instance: Instance) -> tuple[Incumbent, Incumbent]:
    """Search briefly with and without closing rounds."""
    with_it, without = (
        search(
            instance,
            seed=0,
            stop=MaxIterations(6000),
            on_incumbent=lambda _: None,
            settings=Settings(closing=closing),
        )
        for closing in (True, False)
    )
    assert verify_solution(instance, with_it.solution) == ()
    return with_it, without


def test_closing_does_without_rounds_that_a_short_annealing_keeps() -> None:
    found = [closed_or_not(evening(seed)) for seed in (1, 2, 3, 4)]

    rounds = [sum(len(each.solution.routes) for each in runs) for runs in zip(*found, strict=True)]
    costs = [sum(each.cost for each in runs) for runs in zip(*found, strict=True)]
    assert all(each.solution.unserved == () for runs in found for each in runs)
    assert rounds[0] < rounds[1]
    assert costs[0] < 0.99 * costs[1]


def test_rounds_are_closed_though_somebody_can_ride_nowhere() -> None:
    plain = evening(2)
    pair = np.flatnonzero((plain.penalty == plain.penalty.max()) & (plain.partner >= 0))[0]
    longest_s = plain.max_ride_s.copy()
    longest_s[pair] = 1
    instance = replace(plain, max_ride_s=longest_s)

    with_it, without = closed_or_not(instance)

    assert with_it.solution.unserved == (pair, plain.partner[pair])
    # While somebody could still be helped no round is closed, and both would be the same.
    assert with_it.solution != without.solution


@pytest.mark.parametrize("part", range(2))
def test_solutions_are_sound_with_rounds_closed_on_random_days(
    part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[int] = []
    close = Draft.close

    def counted(draft: Draft, vehicle: int) -> None:
        closed.append(vehicle)
        close(draft, vehicle)

    monkeypatch.setattr(Draft, "close", counted)
    for seed in range(part, 60, 2):
        instance, _ = random_problem(seed, most_legs=30, most_shifts=6)

        for incumbent in searched(instance, seed=seed, iterations=1500):
            assert verify_solution(instance, incumbent.solution) == (), f"seed {seed}"
            assert solution_cost(instance, incumbent.solution) == incumbent.cost
    assert len(closed) > 25


def test_where_not_all_fit_insertion_begins_anew_and_the_fewest_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Both would have to be driven at the same time, and either alone fits.
    apart = [Trip(0, 30, (3600, 3660)), Trip(60, 30, (3600, 3660))]
    rest = [Trip(at, 40 + at, (9000 + 5000 * at, 12_000 + 5000 * at)) for at in range(5)]
    instance = line([*apart, *rest], depots=(0,))
    begun: list[int] = []

    def counted(run: _Search, plain: Callable[[_Search], None] = _Search._begin_anew) -> None:
        best = run.state.best_cost[0]
        plain(run)
        begun.append(run.iteration)
        assert run.state.best_cost[0] == best
        expect_sound(draft_of(run.draft, run.state.now, run.state.window[0]))
        assert run.draft.vehicle_of.tolist() == run.state.now.vehicle_of.tolist()

    monkeypatch.setattr(_Search, "_begin_anew", counted)

    best = searched(instance, iterations=4000)[-1]

    assert len(begun) > 1
    assert len(best.solution.unserved) == 1
    assert verify_solution(instance, best.solution) == ()


def test_beginning_anew_changes_nothing_where_nobody_can_be_taken_out() -> None:
    n_kept, n_anew = 0, 0
    for seed in range(60):
        instance = random_round(seed)
        draft = construct(instance, make_dice(seed))
        run = _Search(draft, make_dice(seed), MaxIterations(1), lambda _: None, EVERYTHING)
        served = np.flatnonzero(draft.vehicle_of >= 0)
        can_go = bool(len(served)) and draft.copy().try_remove(served.tolist())

        run._begin_anew()

        expect_sound(draft_of(draft, run.state.now, run.state.window[0]))
        assert run.draft.tours is run.state.trial
        assert run.draft.vehicle_of.tolist() == run.state.now.vehicle_of.tolist()
        n_anew += can_go
        n_kept += not can_go
    assert min(n_anew, n_kept) > 3


def test_the_same_seed_gives_the_same_solution_every_time() -> None:
    # Long enough for routes to be recombined several times.
    instance = busy_line()

    texts = {describe(searched(instance, seed=3, iterations=2000)) for _ in range(20)}

    assert len(texts) == 1
    few = {describe(searched(instance, seed=seed, iterations=10)) for seed in range(6)}
    assert len(few) > 1


def test_the_same_seed_and_start_give_the_same_solution_every_time() -> None:
    for seed in range(32, 38):
        instance, plan = random_problem(seed)

        texts = {
            describe(searched(instance, seed=seed, iterations=600, start=plan)) for _ in range(5)
        }

        assert len(texts) == 1


def test_the_same_seed_gives_the_same_solution_in_another_process() -> None:
    path = os.pathsep.join((str(REPOSITORY), os.environ.get("PYTHONPATH", "")))
    program = (
        "from tests.unit.solver.test_search import busy_line, describe, searched\n"
        "print(describe(searched(busy_line(), seed=3, iterations=2000)))"
    )

    printed = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    assert printed.strip() == describe(searched(busy_line(), seed=3, iterations=2000))


def poor_instances() -> Iterator[tuple[str, Instance]]:
    trip = Trip(10, 20)
    nobody_may = np.zeros((2, 1), dtype=np.bool_)
    yield "no requests", line([], depots=(0, 5))
    yield "no vehicles", line([trip, trip], depots=())
    yield "neither", line([], depots=())
    yield "nobody may", line([trip, trip], allowed=nobody_may)
    yield "no seat", line([Trip(10, 20, seats=5)])
    yield "no time", line([Trip(10, 20, pickup=(0, 599))])


@pytest.mark.parametrize("case", tuple(poor_instances()), ids=lambda case: case[0])
def test_where_nothing_can_be_done_everybody_is_left_out(case: tuple[str, Instance]) -> None:
    instance = case[1]

    # Long enough for routes to be recombined, of which there are none.
    best = searched(instance, iterations=1000)[-1]

    assert best.solution == Solution((), tuple(range(instance.n_requests)))
    assert best.cost == REQUIRED * instance.n_requests


def test_one_request_and_one_vehicle_end_at_the_iteration_limit() -> None:
    # There is nothing else to try, and that must not take forever.
    found: list[Incumbent] = []
    best = search(line([Trip(10, 20)]), seed=0, stop=MaxIterations(50), on_incumbent=found.append)

    assert best.iteration == 50
    assert best.cost == 40_000


@pytest.mark.parametrize("limit_s", [0.3, 1.0])
def test_a_time_limit_ends_a_search(limit_s: float) -> None:
    began_s = perf_counter()

    best = search(busy_line(), seed=0, stop=MaxRuntime(limit_s), on_incumbent=lambda _: None)

    assert best.n_served == 10
    assert limit_s <= perf_counter() - began_s < limit_s + TOLERANCE_S


def test_a_time_limit_ends_a_search_of_a_day_of_many_legs() -> None:
    day = generate("cher_multidepot", seed=4, n_legs=250, n_shifts=20)
    instance = encode(day, legs_of(day), travel_matrix(day, Path())).instance
    told: list[Incumbent] = []
    began_s = perf_counter()

    best = search(instance, seed=0, stop=MaxRuntime(2.0), on_incumbent=told.append)

    assert perf_counter() - began_s < 2.0 + TOLERANCE_S
    assert verify_solution(instance, best.solution) == ()
    assert best.cost < told[0].cost


def test_a_start_that_cannot_be_kept_loses_only_what_cannot() -> None:
    # The second trip of the start is due an hour too early now.
    instance = line([Trip(10, 20), Trip(20, 10, pickup=(0, 60)), Trip(30, 40)])
    times = (600, 1200, 1200, 1800, 3000, 3600)
    start = Solution((Route(0, (0, 3, 1, 4, 2, 5), times, 0, 6000),), ())

    best = searched(instance, start=start)[-1]

    assert best.solution.unserved == (1,)
    assert verify_solution(instance, best.solution) == ()


def test_a_start_without_its_break_gets_one() -> None:
    instance = replace(
        line([Trip(10, 20), Trip(20, 10)]),
        location=np.array([10, 20, 20, 10, -1], dtype=np.int64),
        earliest_s=np.array([0, 0, 0, 0, 0], dtype=np.int64),
        latest_s=np.array([HORIZON_S] * 5, dtype=np.int64),
        service_s=np.array([0, 0, 0, 0, 900], dtype=np.int64),
        pause_vehicle=np.array([0], dtype=np.int64),
        pause_is_break=np.array([True]),
        weights=CostWeights(1, 1, 0, 0, 0, 0, 0, 0),
    )
    start = Solution((Route(0, (0, 2, 1, 3), (600, 1200, 1200, 1800), 0, 2400),), ())

    best = searched(instance, start=start)[-1]

    assert 4 in best.solution.routes[0].nodes
    assert verify_solution(instance, best.solution) == ()
