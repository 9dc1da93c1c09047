"""Search and proof take turns within one limit, and a proof ends both."""

from random import Random  # noqa: TID251 - seeded
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from tests.ropke_files import draw_file
from tests.searches import busy
from tus_dispatch.domain.certificate import NO_BOUND
from tus_dispatch.formats.cordeau import read_cordeau
from tus_dispatch.formats.literature import LiteratureInstance
from tus_dispatch.solver.cost import solution_cost
from tus_dispatch.solver.engines import DEFAULT_ENGINE, ENGINES
from tus_dispatch.solver.proving import SHORTEST_S, search_and_prove
from tus_dispatch.solver.stop import MaxIterations, MaxRuntime
from tus_dispatch.verify.instance import verify_solution

if TYPE_CHECKING:
    from tus_dispatch.solver.incumbent import Incumbent

ENGINE = ENGINES[DEFAULT_ENGINE]


@pytest.fixture(scope="module")
def small() -> LiteratureInstance:
    text = draw_file(Random(3), "a", n_vehicles=3, n_requests=18)  # noqa: S311
    return read_cordeau(text, "a3-18")


def test_a_proof_ends_the_search_long_before_its_limit(small: LiteratureInstance) -> None:
    told: list[Incumbent] = []
    began_s = monotonic()

    best, bound = search_and_prove(
        ENGINE,
        small.instance,
        seed=0,
        stop=MaxRuntime(60.0),
        on_incumbent=told.append,
        arc_cost=small.distance,
    )

    cost = small.reprice(best.solution.routes)
    assert bound.proved_optimal
    assert bound.lower_bound is not None
    assert bound.lower_bound == pytest.approx(cost, rel=2e-6)
    assert monotonic() - began_s < 30.0
    assert min(each.cost for each in told) == best.cost
    assert verify_solution(small.instance, best.solution) == ()


def test_without_a_clock_search_and_proof_repeat_to_the_bit() -> None:
    instance = busy(5)

    runs = [
        search_and_prove(
            ENGINE, instance, seed=4, stop=MaxIterations(300), on_incumbent=lambda _: None
        )
        for _ in range(3)
    ]

    assert runs[0] == runs[1] == runs[2]
    best, bound = runs[0]
    assert best.cost == solution_cost(instance, best.solution)
    if bound.lower_bound is not None:
        assert bound.lower_bound <= best.cost


def test_what_cannot_be_proved_in_time_is_searched_nearly_to_the_end() -> None:
    text = draw_file(Random(5), "a", n_vehicles=8, n_requests=96)  # noqa: S311
    large = read_cordeau(text, "a8-96")
    limit_s, told_s = 6.0, list[float]()
    stop = MaxRuntime(limit_s)

    best, bound = search_and_prove(
        ENGINE,
        large.instance,
        seed=0,
        stop=stop,
        on_incumbent=lambda _: told_s.append(limit_s - (stop.seconds_left() or 0.0)),
        arc_cost=large.distance,
    )

    # One annealing cools down over the whole time: the best comes late, not before a proof.
    assert told_s[-1] > 0.6 * limit_s
    assert not bound.proved_optimal
    assert bound.lower_bound is None or bound.lower_bound < large.reprice(best.solution.routes)


def test_a_short_limit_leaves_no_room_for_a_proof(small: LiteratureInstance) -> None:
    _, bound = search_and_prove(
        ENGINE,
        small.instance,
        seed=0,
        stop=MaxRuntime(SHORTEST_S / 10),
        on_incumbent=lambda _: None,
        arc_cost=small.distance,
    )

    assert (bound.lower_bound, bound.method) == (None, NO_BOUND)
