"""Nothing a feasible route does is missing from the event graph, however long it remembers."""

from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np

from tests.random_routes import RouteCase, random_route
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate, is_allowed
from tus_dispatch.solver.event_ground import Ground, ground_of
from tus_dispatch.solver.event_memory import split, torn
from tus_dispatch.solver.event_prices import never_happens, with_prices
from tus_dispatch.solver.events import DEPOT, EventGraph, event_graph, kept, lightest_ways

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


def test_what_nobody_can_drive_is_torn_and_nothing_else() -> None:
    n_torn = 0
    for case in feasible_routes():
        ground = ground_of(case.instance)
        graph = priced(ground)
        everywhere = np.ones(len(graph.path), dtype=np.bool_)
        longer = split(ground, graph, everywhere, MOST_ARCS)
        assert longer is not None
        left = {three_stops(longer, *ends) for ends in zip(longer.tail, longer.head, strict=True)}

        found = torn(ground, graph, np.ones(len(graph.tail), dtype=np.bool_))

        assert not found[DEPOT]
        assert found.any() or ways(longer) == ways(graph)
        for event in np.flatnonzero(found).tolist():
            n_torn += 1
            into = graph.tail[graph.head == event].tolist()
            out = graph.head[(graph.tail == event) & (graph.head != DEPOT)].tolist()
            assert not {joined(graph, a, event, b) for a in into for b in out} <= left
    assert n_torn > 10


def riders(graph: EventGraph, event: int) -> tuple[int, ...]:
    return tuple(graph.aboard[event].tolist())


def joined(graph: EventGraph, a: int, event: int, b: int) -> tuple[object, ...]:
    """Name three events in a row by node and by who rides behind the first two."""
    first = () if a == DEPOT else riders(graph, a)
    nodes = tuple(graph.last[[a, event, b]].tolist())
    return nodes, first, riders(graph, event), int(graph.kind[event])


def three_stops(longer: EventGraph, tail: int, head: int) -> tuple[object, ...]:
    """Name the three stops an arc of events with one stop more of memory joins."""
    if DEPOT in (tail, head):
        return ()
    before, at = longer.path[tail][-2:].tolist()
    first = () if before < 0 else riders(longer, tail)
    nodes = (before, at, int(longer.last[head]))
    return nodes, first, riders(longer, head), int(longer.kind[tail])


def test_a_feasible_route_is_torn_nowhere() -> None:
    for case in feasible_routes():
        n = case.instance.n_requests
        order = [node for node in case.order if node < 2 * n]
        ground = ground_of(case.instance)
        graph = priced(ground)
        used = np.zeros(len(graph.tail), dtype=np.bool_)
        event, aboard = DEPOT, set[int]()
        for node in [*order, -1]:
            if node >= 0:
                (aboard.add if node < n else aboard.remove)(node % n)
            fits = [set(who[who >= 0].tolist()) == aboard for who in graph.aboard]
            (arc,) = np.flatnonzero(
                (graph.tail == event)
                & (graph.last[graph.head] == node)
                & np.array(fits)[graph.head]
                & ((graph.kind[graph.head] == graph.kind[event]) | (event == DEPOT) | (node < 0))
            )[:1]
            used[arc] = True
            event = int(graph.head[arc])

        assert not torn(ground, graph, used).any()


def test_the_lightest_way_over_an_arc_is_that_of_all_ways() -> None:
    n_heavy = 0
    for seed, case in enumerate(feasible_routes()):
        graph = priced(ground_of(case.instance))
        longer = split(
            ground_of(case.instance), graph, np.ones(len(graph.path), dtype=np.bool_), MOST_ARCS
        )
        assert longer is not None
        for each in (graph, longer):
            pairs = np.stack([each.tail, each.head])
            assert np.unique(pairs, axis=1).shape == pairs.shape
        dice = np.random.default_rng(seed)
        weight = dice.integers(0, 4, len(graph.tail)).astype(np.float64)

        found = lightest_ways(graph, weight)

        arcs = list(zip(graph.tail.tolist(), graph.head.tolist(), weight.tolist(), strict=True))
        there = lightest_from_depot(arcs)
        back = lightest_from_depot([(head, tail, each) for tail, head, each in arcs])
        lightest = [
            (0.0 if tail == DEPOT else there.get(tail, np.inf))
            + each
            + (0.0 if head == DEPOT else back.get(head, np.inf))
            for tail, head, each in arcs
        ]
        assert found.tolist() == lightest
        n_heavy += sum(way > each for way, (_, _, each) in zip(lightest, arcs, strict=True))
    assert n_heavy > 500


def lightest_from_depot(arcs: list[tuple[int, int, float]]) -> dict[int, float]:
    """Weigh the lightest way to each event, by following all arcs until nothing changes."""
    found: dict[int, float] = {}
    while True:
        before = dict(found)
        for tail, head, weight in arcs:
            begins = 0.0 if tail == DEPOT else found.get(tail, np.inf)
            if head != DEPOT and begins + weight < found.get(head, np.inf):
                found[head] = begins + weight
        if found == before:
            return found


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
