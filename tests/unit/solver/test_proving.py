"""Search and proof take turns within one limit, and a proof ends both."""

from random import Random  # noqa: TID251 - seeded
from time import monotonic
from typing import Any

import pytest

from tests.ropke_files import draw_file
from tests.searches import busy
from tus_dispatch.domain.certificate import NO_BOUND
from tus_dispatch.formats.cordeau import read_cordeau
from tus_dispatch.formats.literature import LiteratureInstance
from tus_dispatch.solver.cost import solution_cost
from tus_dispatch.solver.engines import DEFAULT_ENGINE, ENGINES
from tus_dispatch.solver.incumbent import Incumbent
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.proving import LONG_SEARCH, SHORTEST_S, search_and_prove
from tus_dispatch.solver.stop import FirstOf, MaxIterations, MaxRuntime, Stop
from tus_dispatch.verify.instance import verify_solution

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


def test_what_cannot_be_proved_in_time_is_searched_nearly_to_the_end(
    small: LiteratureInstance,
) -> None:
    text = draw_file(Random(5), "a", n_vehicles=8, n_requests=96)  # noqa: S311
    large = read_cordeau(text, "a8-96")
    limit_s = 6.0

    def first_search_s(file: LiteratureInstance) -> float:
        given_s: list[float] = []

        def engine(instance: Instance, *, stop: Stop, **others: Any) -> Incumbent:
            given_s.append(stop.seconds_left() or 0.0)
            return ENGINE(instance, stop=FirstOf((stop, MaxIterations(50))), **others)

        search_and_prove(
            engine,
            file.instance,
            seed=0,
            # The time stands still, so what is given is a plain share of it.
            stop=MaxRuntime(limit_s, lambda: 0.0),
            on_incumbent=lambda _: None,
            arc_cost=file.distance,
        )
        return given_s[0]

    assert first_search_s(large) == pytest.approx(LONG_SEARCH * limit_s)
    assert first_search_s(small) < 0.2 * limit_s


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
