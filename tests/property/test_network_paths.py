"""On any little road network: engines agree, contraction changes nothing, detours cost."""

import numpy as np
from hypothesis import event, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.unit.network.rural import Land, by_networkx
from tus_dispatch.network import hierarchy, shortest
from tus_dispatch.network.arcs import make_arcs
from tus_dispatch.network.build import build_graph
from tus_dispatch.network.geodesy import great_circle_m
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.profile import SpeedProfile, calibrated_seconds
from tus_dispatch.network.roads import Roads
from tus_dispatch.network.snap import Snapper
from tus_dispatch.network.tags import Flag
from tus_dispatch.network.terminals import make_terminals

KINDS: tuple[dict[str, str], ...] = (
    {"highway": "tertiary"},
    {"highway": "residential"},
    {"highway": "secondary", "maxspeed": "70"},
    {"highway": "tertiary", "oneway": "yes"},
    {"highway": "tertiary", "oneway": "-1"},
    {"highway": "service", "access": "private"},
    {"highway": "track"},
)


@st.composite
def lands(draw: st.DrawFn) -> Land:
    """A ring of hamlets, so that much stays connected, and chords of every kind."""
    land = Land()
    n = draw(st.integers(4, 9))
    metres = st.integers(-60, 60)
    angle = 2 * np.pi * np.arange(n) / n
    hamlets = [
        land.point(2_000 * np.cos(a) + 5 * draw(metres), 2_000 * np.sin(a) + 5 * draw(metres))
        for a in angle
    ]
    pairs = [(k, (k + 1) % n) for k in range(n)]
    pairs += draw(
        st.lists(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] != p[1]),
            max_size=10,
        )
    )
    for k, (a, b) in enumerate(pairs):
        kind = draw(st.sampled_from(KINDS if k >= n else KINDS[:3]))
        bends = [
            land.point(30 * draw(metres), 30 * draw(metres)) for _ in range(draw(st.integers(0, 3)))
        ]
        tags = {key: value for key, value in kind.items() if key != "highway"}
        land.way(kind["highway"], hamlets[a], *bends, hamlets[b], **tags)
    return land


def some_doors(land: Land, seed: int, n: int = 8) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    known = np.array([point[1:] for point in land.points])
    return known[rng.integers(len(known), size=n)] + rng.normal(0, 5e-4, size=(n, 2))


SEEDS = st.integers(0, 2**32 - 1)


@given(lands(), SEEDS)
def test_scipy_networkx_and_the_hierarchy_agree(land: Land, seed: int) -> None:
    graph = land.graph()
    arcs = make_arcs(graph, SpeedProfile())
    terminals = make_terminals(graph, arcs, Snapper(graph).snap(some_doors(land, seed)))
    any_order = np.random.default_rng(seed).permutation(arcs.n_nodes)

    found = shortest.many_to_many(arcs, terminals)

    event(f"private roads: {bool((graph.flags & Flag.END_ONLY).any())}")
    assert (found >= 0).all()
    assert np.array_equal(found, by_networkx(arcs, terminals))
    for order in (any_order, hierarchy.degree_order(arcs)):
        tree = hierarchy.make_hierarchy(arcs, order)
        assert np.array_equal(found, hierarchy.many_to_many(tree, terminals))


@given(lands(), SEEDS)
def test_contraction_changes_no_drive_and_no_metre(land: Land, seed: int) -> None:
    ways = land.collected()
    points = some_doors(land, seed)
    # One speed everywhere: then ways that are equally fast are equally long.
    level = SpeedProfile(free_kmh=(50.0,) * 15, class_share=1.0)

    for profile in (SpeedProfile(), level):
        whole, cut = (
            Roads(build_graph(ways, "", "", contract=contract), profile).door_to_door(points)
            for contract in (True, False)
        )

        # Rounding per edge: half a millisecond and half a centimetre each.
        pieces = 2 + sum(len(points) for _, points in land.ways)
        assert np.abs(whole.milliseconds - cut.milliseconds).max() <= pieces
        assert np.abs(whole.snaps.access_m - cut.snaps.access_m).max() < 1e-6
    # At 50 km/h a millisecond is 1.4 cm.
    assert np.abs(whole.centimetres - cut.centimetres).max() <= 3 * pieces


@given(lands(), SEEDS, st.sampled_from([0.5, 0.999, 1.0, 1.15, 1.333333, 2.0]))
def test_a_detour_never_pays_even_after_rounding_up(land: Land, seed: int, factor: float) -> None:
    drives = Roads(land.graph()).door_to_door(some_doors(land, seed))
    seconds = calibrated_seconds(drives.milliseconds, factor)

    assert (seconds[:, None, :] <= seconds[:, :, None] + seconds[None, :, :]).all()
    assert (seconds.diagonal() == 0).all()


@given(lands(), SEEDS)
def test_a_line_is_as_long_as_its_drive(land: Land, seed: int) -> None:
    roads = Roads(land.graph())
    points = some_doors(land, seed, n=2)

    line = roads.line(*points)

    assert line is not None
    metres = great_circle_m(line[:-1], line[1:]).sum()
    drive_m = roads.door_to_door(points).centimetres[0, 1] / 100
    # A centimetre per edge, and half a metre at each end where a place lies
    # at a junction and leaves without following its edge to the very end.
    assert abs(metres - drive_m) <= 1.5 + 0.01 * len(line)


@given(lands())
def test_every_kept_place_reaches_every_other(land: Land) -> None:
    graph = land.graph()

    drives = Roads(graph).door_to_door(graph.lonlat)

    assert (drives.milliseconds >= 0).all()
    assert np.array_equal(reachable(graph), np.ones((graph.n_nodes, graph.n_nodes), dtype=bool))


def reachable(graph: RoadGraph) -> NDArray[np.bool_]:
    """Plain closure over all edges, private ones included."""
    reach = np.eye(graph.n_nodes, dtype=bool)
    reach[graph.tail, graph.head] = True
    two_way = (graph.flags & Flag.ONEWAY) == 0
    reach[graph.head[two_way], graph.tail[two_way]] = True
    for _ in range(graph.n_nodes.bit_length() + 1):
        reach = reach @ reach
    return reach
