"""Nothing a feasible route does is missing from the event graph, however long it remembers."""

from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np

from tests.random_routes import RouteCase, random_route
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate, is_allowed
from tus_dispatch.solver.event_ground import Ground, ground_of
from tus_dispatch.solver.event_memory import split
from tus_dispatch.solver.event_prices import never_happens, with_prices
from tus_dispatch.solver.events import DEPOT, EventGraph, event_graph, kept

N_SEEDS = 400
MOST_ARCS = 100_000


def feasible_routes() -> list[RouteCase]:
    found = []
    for seed in range(N_SEEDS):
        case = random_route(Random(seed))  # noqa: S311
        arrays, order = arrays_of(case.instance), np.array(case.order, dtype=np.int64)
        if is_allowed(arrays, 0, order) and evaluate(arrays, 0, order)[0] != INFEASIBLE:
            found.append(case)
    return found


def priced(ground: Ground) -> EventGraph:
    graph = event_graph(ground)
    assert graph is not None
    graph = with_prices(ground, graph)
    return kept(graph, ~never_happens(ground, graph)).graph


def can_drive(graph: EventGraph, order: list[int], n: int) -> bool:
    """Tell whether some way from depot to depot visits just these nodes."""
    here = {DEPOT}
    for node in [*order, -1]:
        out = np.isin(graph.tail, list(here))
        heads = graph.head[out]
        here = set(heads[graph.last[heads] == node].tolist())
    return DEPOT in here


def test_every_feasible_route_is_a_way_through_the_graph_also_after_splitting() -> None:
    cases = feasible_routes()
    assert len(cases) > N_SEEDS // 5
    for case in cases:
        n = case.instance.n_requests
        order = [node for node in case.order if node < 2 * n]
        ground = ground_of(case.instance)
        graph: EventGraph | None = priced(ground)
        for _ in range(4):
            assert graph is not None
            assert can_drive(graph, order, n), case.order
            everywhere = np.ones(len(graph.path), dtype=np.bool_)
            graph = split(ground, graph, everywhere, MOST_ARCS)


def test_splitting_only_ever_takes_ways_away() -> None:
    n_smaller = 0
    for case in feasible_routes():
        ground = ground_of(case.instance)
        graph = priced(ground)
        longer = split(ground, graph, np.ones(len(graph.path), dtype=np.bool_), MOST_ARCS)
        assert longer is not None

        before, after = ways(graph), ways(longer)

        assert after <= before
        n_smaller += after < before
    assert n_smaller >= 5


def ways(graph: EventGraph) -> set[tuple[int, ...]]:
    """Every sequence of up to six nodes that begins at the depot."""
    found: set[tuple[int, ...]] = set()
    level: set[tuple[tuple[int, ...], int]] = {((), DEPOT)}
    for _ in range(6):
        level = {
            ((*nodes, int(graph.last[head])), int(head))
            for nodes, event in level
            for head in graph.head[graph.tail == event]
            if head != DEPOT
        }
        found |= {nodes for nodes, _ in level}
    return found
