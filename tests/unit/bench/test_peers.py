"""Peers get the same problem in whole numbers, and a process that is ended in time."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.literature_files import BEST_COST, BEST_ORDERS, cordeau_file, tiny
from tests.makers import five_legs, five_legs_matrix
from tus_dispatch.bench.peers.child import ask
from tus_dispatch.bench.peers.problem import PEER_SCALE, Budget, peer_problem
from tus_dispatch.bench.peers.registry import PEERS
from tus_dispatch.bench.reading import DayCase, read_case
from tus_dispatch.bench.running import RunOptions, expect_plans, expect_runnable, run
from tus_dispatch.errors import InputError

SHORT = Budget(limit_s=0.5, seed=0)


def codes(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_times_are_rounded_up_and_distances_to_the_nearest(tmp_path: Path) -> None:
    problem = peer_problem(tiny(tmp_path))

    # From the first dropoff (0, 4) to the second (6, 0): 7.21110...
    assert problem.duration[2][3] == 7212
    assert problem.distance[2][3] == 7211
    assert problem.service == (3000, 3000, 3000, 3000, 0, 0)
    assert (problem.capacity, problem.n_vehicles, problem.load) == (3, 2, (1, 2))


def test_the_depot_is_open_as_long_as_the_requests_need_it(tmp_path: Path) -> None:
    problem = peer_problem(tiny(tmp_path))

    # The second pickup opens at 10, 3 from the depot; the first at 30 - 30 - 3 < 0, so at
    # the 5 it takes to get there: nobody leaves before 0. Its dropoff shuts at 60, takes 3
    # and is 4 from home; the other's may start at 20 + 3 + 30 and is 6 from home.
    assert problem.earliest[4:] == (0, 0)
    assert problem.latest[4:] == (67_000, 67_000)


def test_a_problem_knows_which_of_its_limits_bind(tmp_path: Path) -> None:
    limited = peer_problem(tiny(tmp_path, max_duty=60))
    loose = peer_problem(tiny(tmp_path, ride_limit=False))

    assert (limited.limits_rides, limited.limits_routes) == (True, True)
    assert (loose.limits_rides, loose.limits_routes) == (False, False)


@pytest.mark.parametrize("name", ["ortools-gls", "ortools-ils"])
def test_the_routing_library_finds_the_best_route_of_a_tiny_file(name: str, tmp_path: Path) -> None:
    problem = peer_problem(tiny(tmp_path))

    answer = ask(PEERS[name], problem, SHORT)

    stops = (4, *answer.orders[0], 5)
    assert answer.complaint == ""
    assert answer.orders == BEST_ORDERS
    assert sum(problem.distance[a][b] for a, b in pairwise(stops)) == BEST_COST * PEER_SCALE


def test_a_run_of_a_peer_is_judged_and_counted(tmp_path: Path) -> None:
    case = read_case(cordeau_file(tmp_path))

    record = run(case, RunOptions("ortools-gls", 0.5), seed=3)

    assert record.cost == pytest.approx(BEST_COST)
    assert record.routes == ((2, 4, 1, 3),)
    assert (record.engine, record.seed, record.vehicles) == ("ortools-gls", 3, 1)
    assert record.relaxed is not None
    assert record.relaxed.ride_limit_violations == 0


def test_a_peer_whose_process_dies_leaves_a_complaint(tmp_path: Path) -> None:
    # The function takes one argument, so the call fails.
    broken = replace(PEERS["ortools-gls"], target="time:sleep")

    answer = ask(broken, peer_problem(tiny(tmp_path)), SHORT)

    assert (answer.orders, answer.complaint) == ((), "its process died")


def test_a_peer_that_overstays_is_ended(tmp_path: Path) -> None:
    slow = replace(PEERS["ortools-gls"], target="tests.unit.bench.overstaying:solve")

    answer = ask(slow, peer_problem(tiny(tmp_path)), SHORT, grace_s=0.5)

    assert answer.orders == ()
    assert answer.complaint.startswith("its process was ended")


def test_an_engine_nobody_knows_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(InputError) as caught:
        expect_runnable(RunOptions("tabu"))

    assert codes(caught) == ["TUS-1901"]
    assert "pyvrp" in caught.value.problems[0].expected


def test_a_peer_that_is_not_installed_is_refused_before_it_runs() -> None:
    absent = replace(PEERS["pyvrp"], library="no_such_library")

    with pytest.raises(InputError) as caught:
        absent.expect_installed()

    assert codes(caught) == ["TUS-1902"]


@pytest.mark.parametrize(
    "options",
    [
        RunOptions("ortools-gls", time_limit_s=None, iterations=100),
        RunOptions("ortools-gls", time_limit_s=10.0, iterations=100),
        RunOptions("ortools-gls", workers=2),
    ],
)
def test_a_peer_takes_a_time_limit_and_one_core(options: RunOptions) -> None:
    with pytest.raises(InputError) as caught:
        expect_runnable(options)

    assert codes(caught) == ["TUS-1903"]


def test_a_peer_plans_no_scenario() -> None:
    case = DayCase("five", five_legs(), five_legs_matrix())

    with pytest.raises(InputError) as caught:
        expect_plans(case, RunOptions("vroom"))

    assert codes(caught) == ["TUS-1903"]
