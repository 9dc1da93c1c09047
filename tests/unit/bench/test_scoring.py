"""A run counts only if the judge says so, at the price of the file's own distances."""

from pathlib import Path

import pytest

from tests.literature_files import BEST_COST, BEST_ORDERS, li_lim_file, tiny
from tus_dispatch.bench.scoring import relaxed, score, timed
from tus_dispatch.formats.benchmark_file import read_literature


def test_the_best_route_is_priced_without_rounding_in_the_numbers_of_the_file(
    tmp_path: Path,
) -> None:
    problem = tiny(tmp_path)

    judged = score(problem, timed(problem.instance, BEST_ORDERS))

    assert judged.cost == pytest.approx(BEST_COST, abs=1e-12)
    assert judged.routes == ((2, 4, 1, 3),)


def test_a_pickup_and_delivery_file_keeps_its_row_numbers(tmp_path: Path) -> None:
    problem = read_literature(li_lim_file(tmp_path))

    judged = score(problem, timed(problem.instance, BEST_ORDERS))

    assert judged.cost == pytest.approx(BEST_COST, abs=1e-12)
    assert judged.routes == ((4, 2, 3, 1),)


@pytest.mark.parametrize(
    ("orders", "spoilt"),
    [
        (((3, 1, 0, 2),), "a dropoff before its pickup"),
        (((1, 3),), "a request left out"),
        (((1, 3, 0, 2, 0),), "a pickup twice"),
        (((1, 3, 0),), "somebody never let out"),
        (((1, 3), (0, 2), ()), "a vehicle that the file does not have"),
        (((1, 3, 0, 7),), "a node that the file does not have"),
        (((0, 2, 1, 3),), "a window missed: one dropoff opens at 30, the other pickup shuts at 20"),
        ((), "nobody served"),
    ],
)
def test_a_spoilt_answer_is_judged_infeasible(
    orders: tuple[tuple[int, ...], ...], spoilt: str, tmp_path: Path
) -> None:
    problem = tiny(tmp_path)

    judged = score(problem, timed(problem.instance, orders))

    assert judged.cost is None, spoilt


def test_a_pickup_is_delayed_when_the_ride_limit_asks_for_it(tmp_path: Path) -> None:
    # Aboard from 24 + 3 to 30 at best, and from 0 + 5 + 3 to 30 when started as early as
    # can be: only the delay keeps a limit of 5.
    problem = tiny(tmp_path, max_ride=5)

    assert score(problem, timed(problem.instance, BEST_ORDERS)).cost == pytest.approx(BEST_COST)


def test_a_ride_that_no_timing_makes_short_enough_is_counted(tmp_path: Path) -> None:
    # The second request is aboard while the first is served: at least 4 + 3 + 3 + 3 + 7.2.
    orders = ((1, 0, 2, 3),)
    problem = tiny(tmp_path, max_ride=10)

    counted = relaxed(problem, tiny(tmp_path, ride_limit=False), orders)

    assert score(problem, timed(problem.instance, orders)).cost is None
    # 3 + 4 + 3, then from (0, 4) to (6, 0) and 6 home.
    assert counted.cost == pytest.approx(16 + 52**0.5)
    assert (counted.ride_limit_violations, counted.route_duration_violations) == (1, 0)


def test_a_route_that_no_timing_makes_short_enough_is_counted(tmp_path: Path) -> None:
    # From 17 (the pickup at 20 is 3 away) to 47 at least.
    problem = tiny(tmp_path, max_duty=25)

    counted = relaxed(problem, tiny(tmp_path, ride_limit=False, max_duty=25), BEST_ORDERS)

    assert score(problem, timed(problem.instance, BEST_ORDERS)).cost is None
    assert counted.cost == pytest.approx(BEST_COST)
    assert (counted.ride_limit_violations, counted.route_duration_violations) == (0, 1)


def test_a_sound_answer_breaks_no_limit(tmp_path: Path) -> None:
    counted = relaxed(tiny(tmp_path), tiny(tmp_path, ride_limit=False), BEST_ORDERS)

    assert counted.cost == pytest.approx(BEST_COST)
    assert (counted.ride_limit_violations, counted.route_duration_violations) == (0, 0)
