"""From ways to a graph: what connects is kept, what was lost is told, no metre changes."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from tests.unit.network.rural import Land, networks, ways_of
from tus_dispatch.network.build import build_graph
from tus_dispatch.network.contract import chains
from tus_dispatch.network.geodesy import great_circle_m
from tus_dispatch.network.graph import RoadGraph, RoadGraphError
from tus_dispatch.network.segments import cut
from tus_dispatch.network.tags import Flag, RoadClass
from tus_dispatch.network.ways import WayCollector

Floats = NDArray[np.float64]


def metres_between_junctions(graph: RoadGraph, junctions: Floats) -> Floats:
    """Shortest metres between points given by their degrees."""
    best: dict[tuple[int, int], float] = {}
    ends = zip(graph.tail.tolist(), graph.head.tolist(), strict=True)
    for (tail, head), metres, flags in zip(ends, graph.length_m, graph.flags, strict=True):
        for pair in ((tail, head), (head, tail))[: 1 if flags & Flag.ONEWAY else 2]:
            best[pair] = min(best.get(pair, np.inf), float(metres))
    rows, columns = np.array(list(best)).T
    shape = (graph.n_nodes, graph.n_nodes)
    network = coo_matrix((np.array(list(best.values())), (rows, columns)), shape).tocsr()
    index = {tuple(point): k for k, point in enumerate(graph.lonlat.tolist())}
    nodes = np.array([index[tuple(point)] for point in junctions.tolist()])
    return dijkstra(network, indices=nodes)[:, nodes]


def test_an_island_and_a_road_nobody_comes_back_from_are_lost_and_told() -> None:
    land = Land()
    a, b, c = land.point(0, 0), land.point(1_000, 0), land.point(0, 1_000)
    land.way("tertiary", a, b, c, a)
    land.way("tertiary", land.point(9_000, 0), land.point(9_000, 500))
    land.way("residential", b, land.point(1_250, 0), oneway="yes")

    graph = land.graph()

    told = graph.provenance
    assert (told.points_read, told.segments_read) == (6, 5)
    assert (told.points_lost, told.segments_lost) == (3, 2)
    assert told.metres_lost == pytest.approx(500 + 250, abs=1)
    assert graph.length_m.sum() == pytest.approx(told.metres_read - told.metres_lost)


def test_a_private_road_is_kept_but_does_not_hold_the_network_together() -> None:
    land = Land()
    a, b, c, d = (land.point(x, 0) for x in (0, 1_000, 2_000, 2_600))
    land.way("tertiary", a, b)
    land.way("service", b, c, access="private")
    land.way("tertiary", c, d)

    graph = land.graph()

    # The western kilometre is the largest open part; the eastern 600 m are
    # behind the private road, so they are lost, but the private road is not.
    assert graph.length_m.sum() == pytest.approx(2_000, abs=1)
    assert graph.provenance.metres_lost == pytest.approx(600, abs=1)


@pytest.mark.parametrize("name", networks())
def test_contraction_keeps_all_distances_and_all_metres(name: str) -> None:
    contracted, plain = networks()[name], build_graph(ways_of(name), name, "", contract=False)
    some = contracted.lonlat[:: max(1, contracted.n_nodes // 25)]

    before = metres_between_junctions(plain, some)
    after = metres_between_junctions(contracted, some)

    assert contracted.n_nodes < 0.6 * plain.n_nodes
    np.testing.assert_allclose(after, before, rtol=1e-12)
    assert contracted.length_m.sum() == pytest.approx(plain.length_m.sum())


@pytest.mark.parametrize("name", networks())
def test_the_line_of_an_edge_is_as_long_as_the_edge(name: str) -> None:
    graph = networks()[name]

    for edge in range(0, graph.n_edges, 7):
        line = graph.line(edge)
        metres = great_circle_m(line[:-1], line[1:]).sum()
        assert metres == pytest.approx(graph.length_m[edge], abs=1e-6)
        assert np.array_equal(line[0], graph.lonlat[graph.tail[edge]])
        assert np.array_equal(line[-1], graph.lonlat[graph.head[edge]])


def test_bends_are_contracted_but_a_change_of_tags_is_not() -> None:
    land = Land()
    points = [land.point(100 * k, 0) for k in range(6)]
    land.way("tertiary", *points[:3])
    land.way("tertiary", *points[2:5], name="the same road by another name")
    land.way("tertiary", *points[4:], maxspeed="50")

    graph = land.graph()

    assert sorted(np.rint(graph.length_m)) == [100, 400]


def test_an_edge_runs_with_the_traffic_even_if_it_was_drawn_against_it() -> None:
    land = Land()
    a, b, c, d = (land.point(*xy) for xy in ((0, 0), (0, 500), (500, 500), (500, 0)))
    land.way("tertiary", a, d)
    land.way("residential", a, b, c, d, oneway="-1")

    graph = land.graph()

    edge = int(np.flatnonzero(graph.flags & Flag.ONEWAY)[0])
    assert graph.line(edge).tolist() == [[x, y] for _, x, y in (d, c, b, a)]


def test_two_one_way_streets_that_meet_head_on_are_not_joined() -> None:
    land = Land()
    a, b, c = (land.point(x, 0) for x in (0, 100, 200))
    land.way("tertiary", a, b, oneway="yes")
    land.way("tertiary", c, b, oneway="yes")
    ways = land.collected()

    runs = chains(cut(ways), len(ways.lonlat))

    assert np.diff(runs.start).tolist() == [2, 2]


def test_a_ring_without_any_junction_survives() -> None:
    land = Land()
    ring = [land.point(*xy) for xy in ((0, 0), (300, 0), (300, 300))]
    land.way("tertiary", *ring, ring[0], oneway="yes")

    graph = land.graph()

    assert graph.n_edges == 3


def test_a_loop_at_a_junction_becomes_one_edge_back_to_it() -> None:
    land = Land()
    a, b = land.point(0, 0), land.point(1_000, 0)
    loop = [land.point(*xy) for xy in ((1_200, 100), (1_400, 0), (1_200, -100))]
    land.way("tertiary", a, b)
    land.way("residential", b, *loop, b)

    graph = land.graph()

    assert sorted((graph.tail == graph.head).tolist()) == [False, True]


def test_a_way_is_cut_where_the_extract_ends() -> None:
    nan = float("nan")
    collector = WayCollector()
    points = [(1, 2.0, 46.0), (2, 2.1, 46.0), (3, nan, nan), (4, 2.3, 46.0), (5, 2.4, 46.0)]
    collector.add({"highway": "primary"}, points)
    collector.add({"highway": "primary"}, [(5, 2.4, 46.0), (6, nan, nan)])

    ways = collector.ways()

    assert ways.start.tolist() == [0, 2, 4]
    assert ways.lonlat[:, 0].tolist() == [2.0, 2.1, 2.3, 2.4]


def test_nothing_at_all_makes_an_empty_graph() -> None:
    graph = Land().graph()

    assert (graph.n_nodes, graph.n_edges) == (0, 0)
    assert graph.km_by_class() == {}


def test_kilometres_are_told_by_class() -> None:
    land = Land()
    land.way("primary", land.point(0, 0), land.point(0, 2_500))

    assert land.graph().km_by_class() == {RoadClass.PRIMARY: pytest.approx(2.5, abs=1e-3)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tail", np.array([0, 99], dtype=np.int32)),
        ("tail", np.array([0], dtype=np.int32)),
        ("tail", np.array([0, 1], dtype=np.int64)),
        ("length_m", np.array([1.0, np.nan])),
        ("length_m", np.array([1.0, -1.0])),
        ("road_class", np.array([0, 77], dtype=np.int8)),
        ("maxspeed_kmh", np.array([0, 1000], dtype=np.int16)),
        ("flags", np.array([0, 255], dtype=np.uint8)),
        ("tag_line", np.array([0, 5], dtype=np.int32)),
        ("lonlat", np.array([[2.0, 95.0], [2.0, 46.0], [2.0, 46.0]])),
        ("geometry_start", np.array([0, 1, 4], dtype=np.int64)),
        ("geometry_start", np.array([0, 2, 3], dtype=np.int64)),
        ("geometry", np.zeros((4, 2))),
    ],
)
def test_arrays_that_contradict_each_other_are_refused(field: str, value: NDArray[Any]) -> None:
    land = Land()
    a, b, c = (land.point(x, 0) for x in (0, 100, 200))
    land.way("primary", a, b)
    land.way("secondary", b, c)
    graph = land.graph()

    with pytest.raises(RoadGraphError):
        replace(graph, **{field: value})  # type: ignore[arg-type]
