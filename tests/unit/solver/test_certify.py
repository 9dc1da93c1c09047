"""The certificate on problems anyone can work out on paper, and on files of the literature."""

import time
from dataclasses import replace
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np
import pytest

from tests.line_instances import KM_M, MINUTE_S, Trip, line
from tests.ropke_files import draw_file
from tus_dispatch.domain.certificate import EVENT_MODEL, NO_BOUND
from tus_dispatch.formats.cordeau import read_cordeau
from tus_dispatch.formats.literature import LiteratureInstance
from tus_dispatch.solver.certify import Certified, certify, is_small_enough
from tus_dispatch.solver.cost import solution_cost
from tus_dispatch.solver.instance import CostWeights, Instance
from tus_dispatch.solver.solution import Solution
from tus_dispatch.verify.instance import verify_solution


def nobody(instance: Instance) -> Solution:
    return Solution((), tuple(range(instance.n_requests)))


def drawn(family: str, seed: int, *, n_vehicles: int, n_requests: int) -> LiteratureInstance:
    text = draw_file(Random(seed), family, n_vehicles=n_vehicles, n_requests=n_requests)  # noqa: S311
    return read_cordeau(text, f"{family}{n_vehicles}-{n_requests}.txt")


def proved(problem: LiteratureInstance, solution: Solution | None = None) -> Certified:
    start = nobody(problem.instance) if solution is None else solution
    return certify(problem.instance, start, seconds=None, arc_cost=problem.distance)


def test_two_neighbours_share_the_drive_and_that_is_proved() -> None:
    # Out to 30 and back is 60 km, whoever is aboard in between.
    instance = line([Trip(10, 30), Trip(12, 28)])

    certified = certify(instance, nobody(instance), seconds=None)

    assert certified.bound.lower_bound == pytest.approx(60 * KM_M)
    assert certified.bound.proved_optimal
    assert certified.bound.method == EVENT_MODEL
    assert solution_cost(instance, certified.solution) == 60 * KM_M


def test_a_request_dearer_than_its_price_is_left_out() -> None:
    # 20 km there and back for a booking worth 5.
    instance = line([Trip(5, 10, price=5 * KM_M)])

    certified = certify(instance, nobody(instance), seconds=None)

    assert certified.bound.lower_bound == pytest.approx(5 * KM_M)
    assert certified.solution == nobody(instance)


def test_each_vehicle_is_counted_from_its_own_depot_and_only_once() -> None:
    # Both trips lie at the far depot, at the same minute and too large to share;
    # the near vehicle must drive 50 km to serve one of them.
    noon = (50 * MINUTE_S, 50 * MINUTE_S)
    instance = line(
        [Trip(50, 52, pickup=noon, seats=3), Trip(50, 48, pickup=noon, seats=3)], depots=(0, 50)
    )

    certified = certify(instance, nobody(instance), seconds=None)

    assert certified.bound.lower_bound == pytest.approx((4 + 100) * KM_M)
    assert certified.bound.proved_optimal


def test_a_solution_that_is_not_the_best_is_not_proved_but_replaced() -> None:
    instance = line([Trip(10, 30), Trip(12, 28)])
    one_out = certify(line([Trip(10, 30)]), nobody(line([Trip(10, 30)])), seconds=None).solution
    start = Solution(tuple(replace(route, nodes=(0, 2)) for route in one_out.routes), unserved=(1,))

    certified = certify(instance, start, seconds=None)

    assert certified.solution != start
    assert certified.bound.proved_optimal


def test_waiting_that_no_plan_avoids_is_part_of_the_bound() -> None:
    # The only vehicle signs on by 0 and the first pickup is at minute 100: it is
    # on duty for 110 minutes at least, then 20 minutes home.
    late = (100 * MINUTE_S, 100 * MINUTE_S)
    instance = line([Trip(10, 20, pickup=late)], start_latest_s=np.array([0]))
    paid = CostWeights(0, 1, 0, 0, 0, 0, 0, 0)
    instance = replace(instance, weights=paid)

    certified = certify(instance, nobody(instance), seconds=None)

    assert certified.bound.lower_bound == pytest.approx(130 * MINUTE_S)
    assert certified.bound.proved_optimal


def test_people_who_ask_for_another_time_than_they_can_get_are_counted() -> None:
    # Asked for minute 50, served no sooner than minute 60.
    late = (60 * MINUTE_S, 90 * MINUTE_S)
    instance = line([Trip(10, 20, pickup=late)])
    instance = replace(
        instance,
        target_s=np.array([50 * MINUTE_S, -1]),
        weights=CostWeights(0, 0, 0, 0, 0, 0, 0, 1),
    )

    certified = certify(instance, nobody(instance), seconds=None)

    assert certified.bound.lower_bound == pytest.approx(10 * MINUTE_S)


def test_without_requests_or_vehicles_there_is_no_bound() -> None:
    empty = line([])

    assert certify(empty, nobody(empty), seconds=None).bound.method == NO_BOUND
    assert not is_small_enough(empty)


def test_a_day_without_windows_is_told_to_be_too_large_at_once() -> None:
    rng = Random(3)  # noqa: S311
    trips = [Trip(rng.randrange(60), rng.randrange(60)) for _ in range(60)]
    instance = line(trips, depots=(0,) * 6)

    began = time.perf_counter()
    certified = certify(instance, nobody(instance), seconds=60.0)

    assert certified.bound.method == NO_BOUND
    assert certified.bound.lower_bound is None
    assert certified.solution == nobody(instance)
    # Measured at 0.1 to 0.7 s; the limit only tells a search from a refusal.
    assert time.perf_counter() - began < 10.0


@pytest.mark.parametrize(("family", "seed"), [("a", 0), ("a", 4), ("b", 2), ("b", 5)])
def test_a_drawn_file_is_solved_from_nothing(family: str, seed: int) -> None:
    problem = drawn(family, seed, n_vehicles=3, n_requests=18)

    certified = proved(problem)

    assert certified.bound.proved_optimal
    cost = problem.reprice(certified.solution.routes)
    assert certified.bound.lower_bound == pytest.approx(cost, rel=1e-6)
    assert verify_solution(problem.instance, certified.solution) == ()


def test_a_proof_does_not_depend_on_where_it_starts() -> None:
    problem = drawn("a", 4, n_vehicles=3, n_requests=20)

    from_nothing = proved(problem)
    from_the_best = proved(problem, from_nothing.solution)

    assert from_the_best.solution == from_nothing.solution
    assert from_the_best.bound.proved_optimal
    assert from_the_best.bound.lower_bound == pytest.approx(
        from_nothing.bound.lower_bound, rel=1e-6
    )


def test_without_a_time_limit_the_same_question_has_the_same_answer() -> None:
    problem = drawn("b", 6, n_vehicles=3, n_requests=20)

    first, second = proved(problem), proved(problem)

    assert first == second


def test_a_time_limit_that_is_over_leaves_the_first_bound() -> None:
    problem = drawn("a", 7, n_vehicles=3, n_requests=20)
    best = proved(problem).solution

    hasty = certify(problem.instance, best, seconds=0.0, arc_cost=problem.distance)

    assert hasty.solution == best
    assert hasty.bound.lower_bound is not None
    assert hasty.bound.lower_bound <= problem.reprice(best.routes) * (1 + 1e-9)


def test_the_solvers_print_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    problem = drawn("b", 6, n_vehicles=3, n_requests=20)

    proved(problem)

    assert capfd.readouterr() == ("", "")
