"""Fastest ways: three libraries and two engines agree on every second and every metre."""

from importlib import import_module

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.network.rural import Land, by_networkx, doors, networks, rural_graph
from tus_dispatch.network import hierarchy, shortest, sweeps
from tus_dispatch.network.arcs import LONGEST, Arcs, make_arcs, pack, unpack
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.profile import SpeedProfile
from tus_dispatch.network.roads import Engine, Roads
from tus_dispatch.network.snap import Snapper
from tus_dispatch.network.terminals import Terminals, make_terminals

ENGINES: tuple[Engine, ...] = ("dijkstra", "hierarchy")


def prepared(graph: RoadGraph, n: int) -> tuple[Arcs, Terminals]:
    arcs = make_arcs(graph, SpeedProfile())
    snaps = Snapper(graph).snap(doors(graph, n))
    return arcs, make_terminals(graph, arcs, snaps)


def drive(land: Land, origin: tuple[float, float], destination: tuple[float, float]) -> int:
    """Metres from one point to another, given in metres; -1 where one cannot drive."""
    points = [land.point(*xy)[1:] for xy in (origin, destination)]
    found = [
        Roads(land.graph(), engine=engine).door_to_door(np.array(points)) for engine in ENGINES
    ]
    assert np.array_equal(found[0].centimetres, found[1].centimetres)
    centimetres = int(found[0].centimetres[0, 1])
    return centimetres if centimetres < 0 else round(centimetres / 100)


@pytest.mark.parametrize("name", networks())
def test_scipy_networkx_and_the_hierarchy_agree_on_every_drive(name: str) -> None:
    graph = networks()[name]
    arcs, terminals = prepared(graph, 40)

    by_scipy = shortest.many_to_many(arcs, terminals)

    assert np.array_equal(by_scipy, by_networkx(arcs, terminals))
    assert (by_scipy[~np.eye(40, dtype=bool)] > 0).all()
    for order in orders(graph, arcs):
        tree = hierarchy.make_hierarchy(arcs, order)
        assert np.array_equal(by_scipy, hierarchy.many_to_many(tree, terminals))


def orders(graph: RoadGraph, arcs: Arcs) -> list[NDArray[np.int64]]:
    """All orders there are; a random one is bad but must give the same answers."""
    found = [hierarchy.degree_order(arcs)]
    if arcs.n_nodes < 500:
        found.append(np.random.default_rng(3).permutation(arcs.n_nodes))
    if hierarchy.is_available():
        found.append(hierarchy.dissection_order(graph, arcs))
    return found


@pytest.mark.parametrize("name", networks())
def test_pyroutingkit_itself_finds_the_same_seconds_and_metres(name: str) -> None:
    graph = networks()[name]
    arcs = make_arcs(graph, SpeedProfile())
    tail = np.repeat(np.arange(arcs.n_nodes), np.diff(arcs.start))
    nodes = np.arange(0, graph.n_nodes, max(1, graph.n_nodes // 12))
    ours_ms, ours_cm = unpack(between_nodes(arcs, nodes))
    if not hierarchy.is_available():
        assert (ours_ms >= 0).any()
        return
    kit = import_module("pyroutingkit")
    ms, cm = unpack(arcs.weight)
    # It cannot store arcs of weight zero apart from none, nor wide weights.
    degrees = np.resize(graph.lonlat, (arcs.n_nodes, 2)).astype(np.float32)
    topology = kit.CCHTopology()
    ends = (tail.astype(np.uint32), arcs.head.astype(np.uint32))
    topology.build(*ends, *np.ascontiguousarray(degrees[:, ::-1].T), arcs.n_nodes)
    metric = kit.CCHMetric(topology)
    metric.customize(ms.astype(np.uint32))

    for i, a in enumerate(nodes.tolist()):
        for j, b in enumerate(nodes.tolist()):
            found, _, along = metric.query(a, b)
            if ours_ms[i, j] < 0:
                assert found == kit.INF_WEIGHT
                continue
            assert found == ours_ms[i, j]
            # Of several equally fast ways we take the shortest.
            assert cm[np.array(along, dtype=np.int64)].sum() >= ours_cm[i, j]


def between_nodes(arcs: Arcs, nodes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Weights between nodes, as if places lay right on them."""
    nothing = np.zeros((len(nodes), 2), dtype=np.int64)
    ends = np.column_stack((nodes, np.full(len(nodes), -1)))
    no_pairs = np.empty((0, 2), dtype=np.int64)
    terminals = Terminals(ends, nothing, ends, nothing, no_pairs, no_pairs[:, 0])
    return shortest.many_to_many(arcs, terminals)


def test_compiled_sweeps_do_what_they_say_in_plain_python(monkeypatch: pytest.MonkeyPatch) -> None:
    arcs, terminals = prepared(rural_graph(), 25)
    order = hierarchy.degree_order(arcs)
    tree = hierarchy.make_hierarchy(arcs, order)
    compiled = hierarchy.many_to_many(tree, terminals)

    monkeypatch.setattr(hierarchy, "compiled", lambda: sweeps)
    plain_tree = hierarchy.make_hierarchy(arcs, order)

    assert np.array_equal(plain_tree.up, tree.up)
    assert np.array_equal(plain_tree.down, tree.down)
    assert np.array_equal(hierarchy.many_to_many(plain_tree, terminals), compiled)


@pytest.mark.parametrize("name", networks())
def test_a_stop_on_the_way_never_saves_time(name: str) -> None:
    ms = Roads(networks()[name]).door_to_door(doors(networks()[name], 30)).milliseconds

    assert (ms[:, None, :] <= ms[:, :, None] + ms[None, :, :]).all()


def test_a_one_way_street_is_driven_one_way() -> None:
    land = Land()
    corners = [land.point(*xy) for xy in ((0, 0), (1_000, 0), (1_000, 500), (0, 500))]
    land.way("tertiary", *corners, corners[0], oneway="yes")

    # Both on the southern side: 400 m ahead, or round the block, 3 km in all.
    assert drive(land, (300, 0), (700, 0)) == pytest.approx(400, abs=1)
    assert drive(land, (700, 0), (300, 0)) == pytest.approx(3_000 - 400, abs=1)


def test_a_one_way_street_drawn_backwards_is_driven_backwards() -> None:
    land = Land()
    corners = [land.point(*xy) for xy in ((0, 0), (1_000, 0), (1_000, 500), (0, 500))]
    land.way("tertiary", *corners, corners[0], oneway="-1")

    assert drive(land, (300, 0), (700, 0)) == pytest.approx(3_000 - 400, abs=1)


def test_two_places_on_one_road_need_no_junction() -> None:
    land = Land()
    land.way("tertiary", land.point(0, 0), land.point(5_000, 0))

    # 30 m to the road, 600 m along it, 40 m to the door.
    assert drive(land, (1_000, 30), (1_600, -40)) == pytest.approx(670, abs=1)


@pytest.mark.parametrize("oneway", ["yes", "-1"])
def test_a_place_at_a_junction_may_use_any_road_there(oneway: str) -> None:
    land = Land()
    village, east, north = (land.point(*xy) for xy in ((0, 0), (1_000, 0), (0, 900)))
    # Of the roads at the village the first is the nearest, by its number. It
    # leads only away, or only here; the road to the north runs both ways.
    land.way("tertiary", village, east, land.point(500, -800), village, oneway=oneway)
    land.way("residential", east, land.point(1_000, 400))
    land.way("tertiary", village, north)

    assert drive(land, (0, 0), (0, 900)) == pytest.approx(900, abs=1)
    assert drive(land, (0, 900), (0, 0)) == pytest.approx(900, abs=1)


def test_a_place_on_a_loop_road_leaves_by_the_nearer_side() -> None:
    land = Land()
    a, b = land.point(0, 0), land.point(1_000, 0)
    loop = [land.point(*xy) for xy in ((1_000, 400), (1_400, 400), (1_400, 0))]
    land.way("tertiary", a, b)
    land.way("residential", b, *loop, b)

    assert drive(land, (1_000, 100), (500, 0)) == pytest.approx(600, abs=1)
    assert drive(land, (500, 0), (1_300, 0)) == pytest.approx(800, abs=1)


def test_nobody_drives_through_a_private_road() -> None:
    land = Land()
    a, b = land.point(0, 0), land.point(1_000, 0)
    land.way("tertiary", a, land.point(0, 2_000), land.point(1_000, 2_000), b)
    land.way("service", a, b, access="private")

    assert drive(land, (0, 0), (1_000, 0)) == pytest.approx(5_000, abs=2)


def test_one_may_start_and_end_on_a_private_road() -> None:
    land = Land()
    a, b = land.point(0, 0), land.point(4_000, 0)
    land.way("tertiary", a, land.point(0, 2_000), land.point(4_000, 2_000), b)
    land.way("service", a, b, access="private")

    # From the middle of the private road out to its western gate, and in.
    assert drive(land, (1_500, 0), (0, 1_000)) == pytest.approx(2_500, abs=2)
    assert drive(land, (0, 1_000), (1_500, 0)) == pytest.approx(2_500, abs=2)
    assert drive(land, (1_500, 0), (2_500, 0)) == pytest.approx(1_000, abs=2)


def test_of_parallel_roads_the_fastest_is_taken_not_their_sum() -> None:
    land = Land()
    a, b = land.point(0, 0), land.point(2_000, 0)
    land.way("residential", a, b)
    land.way("primary", a, land.point(1_000, 300), b)

    # 2 km at 28 km/h against 2.088 km at 70 km/h.
    assert drive(land, (0, 0), (2_000, 0)) == pytest.approx(2_088, abs=1)


def test_an_island_without_a_bridge_is_unreachable_and_stays_so() -> None:
    land = Land()
    land.way("tertiary", *(land.point(x, 0) for x in (0, 1_000, 2_000)))
    land.way("tertiary", land.point(0, 9_000), land.point(500, 9_000))

    drives = Roads(land.graph()).door_to_door(
        np.array([land.point(*xy)[1:] for xy in ((100, 0), (300, 9_000), (900, 0))])
    )

    assert drives.milliseconds[0].tolist()[1] == -1
    assert drives.centimetres[:, 1].tolist() == [-1, 0, -1]
    assert drives.milliseconds[0, 2] > 0


def test_a_drive_of_more_than_ten_hours_is_unreachable_not_wrong() -> None:
    land = Land()
    # 28 km/h; another surface every 70 km, so that there are ten edges.
    posts = [land.point(70_000 * k, 0) for k in range(11)]
    for k in range(10):
        land.way("residential", *posts[k : k + 2], surface=("asphalt", "gravel")[k % 2])

    # 7.5 h, then 12.5 h.
    assert drive(land, (0, 0), (210_000, 0)) == pytest.approx(210_000, rel=1e-3)
    assert drive(land, (0, 0), (350_000, 0)) == -1


def test_time_and_length_travel_together_without_mixing() -> None:
    ms, cm = np.array([0, 1, 36_000_000]), np.array([0, 134_217_727, 130_000_000])

    back = unpack(pack(ms, cm))

    assert np.array_equal(back, (ms, cm))
    assert int(pack(ms, cm)[2]) >= LONGEST
    assert LONGEST < 2**53


def test_places_at_the_same_door_are_no_drive_apart() -> None:
    graph = rural_graph()
    door = doors(graph, 3)

    drives = Roads(graph).door_to_door(np.concatenate((door, door)))

    assert (drives.milliseconds[:3, 3:].diagonal() == 0).all()
    assert np.array_equal(drives.milliseconds[:3, :3], drives.milliseconds[3:, 3:])


def test_one_place_and_no_place_give_small_answers() -> None:
    roads = Roads(rural_graph())

    assert roads.door_to_door(doors(rural_graph(), 1)).milliseconds.tolist() == [[0]]
    assert roads.door_to_door(np.empty((0, 2))).milliseconds.shape == (0, 0)
    assert Roads(Land().graph()).door_to_door(np.array([[2.0, 46.0]])).milliseconds.shape == (1, 1)


def test_large_questions_go_to_the_hierarchy_with_the_same_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph = rural_graph()
    expected = Roads(graph, engine="dijkstra").door_to_door(doors(graph, 20))
    monkeypatch.setattr("tus_dispatch.network.roads._WORTH_A_HIERARCHY", 20)

    automatic = Roads(graph)

    for _ in range(2):
        assert np.array_equal(
            automatic.door_to_door(doors(graph, 20)).milliseconds, expected.milliseconds
        )
    assert automatic._hierarchy is not None
