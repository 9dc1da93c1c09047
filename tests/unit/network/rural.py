"""A made-up rural road network, and the real ones where they are at hand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import networkx as nx
import numpy as np
import osmium
from numpy.typing import NDArray

from tests.data_folder import find_data_folder
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.network.arcs import LONGEST, Arcs
from tus_dispatch.network.build import build_graph
from tus_dispatch.network.extracts import read_extract
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.pbf import read_pbf
from tus_dispatch.network.shortest import along_edges
from tus_dispatch.network.terminals import NO_NODE, Terminals
from tus_dispatch.network.ways import WayCollector, Ways

Point = tuple[int, float, float]
Metres = NDArray[np.float64]

WEST, SOUTH = 2.30, 46.60
REAL = ("pasquale-paoli", "alta-rocca")


@dataclass
class Land:
    """Points and ways drawn one by one; a degree of latitude is 111.195 km."""

    points: list[Point] = field(default_factory=list)
    ways: list[tuple[dict[str, str], list[Point]]] = field(default_factory=list)

    def point(self, x_m: float, y_m: float) -> Point:
        """Put a point so many metres east and north of the corner."""
        lat = SOUTH + y_m / 111_195
        lon = WEST + x_m / (111_195 * np.cos(np.radians(SOUTH)))
        # Seven digits, as OpenStreetMap has them.
        key = len(self.points) + 1
        self.points.append((key, round(float(lon), 7), round(float(lat), 7)))
        return self.points[-1]

    def way(self, highway: str, *points: Point, **tags: str) -> None:
        self.ways.append(({"highway": highway, **tags}, list(points)))

    def collected(self) -> Ways:
        collector = WayCollector()
        for tags, points in self.ways:
            collector.add(tags, points)
        return collector.ways()

    def graph(self, *, contract: bool = True) -> RoadGraph:
        return build_graph(self.collected(), "made up", "0" * 64, contract=contract)

    def write(self, path: Path) -> Path:
        """Write an extract; the ending of the name says which kind."""
        with osmium.SimpleWriter(str(path), overwrite=True) as writer:
            for key, lon, lat in self.points:
                writer.add_node(osmium.osm.mutable.Node(id=key, version=1, location=(lon, lat)))
            for number, (tags, points) in enumerate(self.ways, start=1):
                nodes = [key for key, _, _ in points]
                way = osmium.osm.mutable.Way(id=number, version=1, nodes=nodes, tags=tags)
                writer.add_way(way)
        return path


def rural_land(seed: int = 1) -> Land:
    """Hamlets on a bent grid, with every oddity of real roads once.

    Besides ordinary roads: one-way streets, a roundabout, a motorway with
    ramps, a track, a private short cut, a road for visitors, an island, and a
    one-way road that nobody comes back from.
    """
    rng = np.random.default_rng(seed)
    land = Land()
    columns, rows, step = 9, 7, 1_500.0
    xy = {
        (i, j): np.array([i * step, j * step]) + rng.uniform(-500, 500, size=2)
        for i in range(columns)
        for j in range(rows)
    }
    hamlet = {at: land.point(*xy[at]) for at in xy}
    for (i, j), here in hamlet.items():
        for other in ((i + 1, j), (i, j + 1)):
            if other in hamlet and (0 in (i, j) or rng.random() < 0.8):
                tags = _kind(rng, is_main=i == other[0] == 0 or j == other[1] == 3)
                bends = _bends(rng, land, xy[i, j], xy[other])
                land.way(*tags[0], here, *bends, hamlet[other], **tags[1])
    _oddities(land, hamlet)
    return land


def _kind(rng: np.random.Generator, *, is_main: bool) -> tuple[tuple[str], dict[str, str]]:
    if is_main:
        return ("secondary",), {"maxspeed": "80"} if rng.random() < 0.5 else {}
    kinds = ("tertiary", "unclassified", "residential")
    tags = {"maxspeed": "30"} if rng.random() < 0.15 else {}
    if rng.random() < 0.1:
        tags["oneway"] = str(rng.choice(["yes", "-1"]))
    return (str(rng.choice(kinds)),), tags


def _bends(rng: np.random.Generator, land: Land, a: Metres, b: Metres) -> list[Point]:
    shares = np.sort(rng.uniform(0.1, 0.9, size=int(rng.integers(0, 6))))
    return [land.point(*(a + share * (b - a) + rng.normal(0, 120, size=2))) for share in shares]


def _oddities(land: Land, hamlet: dict[tuple[int, int], Point]) -> None:
    ring = [land.point(13_000 + x, 4_000 + y) for x, y in ((30, 0), (0, 30), (-30, 0), (0, -30))]
    land.way("tertiary", *ring, ring[0], junction="roundabout")
    land.way("tertiary", hamlet[8, 2], ring[2])
    land.way("tertiary", ring[1], hamlet[8, 3])
    land.way("service", hamlet[0, 0], hamlet[2, 2], access="private")
    land.way("residential", hamlet[4, 4], land.point(6_200, 6_300), access="destination")
    farm = land.point(-900, 9_900)
    land.way("track", hamlet[0, 6], land.point(-400, 9_500), farm)
    land.way("path", farm, hamlet[1, 6])
    on_ramp, off_ramp = land.point(-2_000, 0), land.point(-2_000, 9_000)
    land.way("motorway_link", hamlet[0, 0], on_ramp, oneway="yes")
    land.way("motorway", on_ramp, off_ramp)
    land.way("motorway_link", off_ramp, hamlet[0, 6], oneway="yes")
    land.way("residential", land.point(30_000, 0), land.point(30_400, 0), land.point(30_400, 400))
    land.way("residential", hamlet[8, 6], land.point(14_000, 10_500), oneway="yes")


@cache
def rural_graph() -> RoadGraph:
    return rural_land().graph()


@cache
def networks() -> dict[str, RoadGraph]:
    """The made-up network and, where there are any, the real ones."""
    return {"rural": rural_graph()} | {
        name: read_extract(path) for name in REAL if (path := real_extract(name)) is not None
    }


def real_extract(name: str, ending: str = ".osm.pbf") -> Path | None:
    folder = find_data_folder()
    path = folder / "roads" / f"{name}{ending}" if folder else None
    return path if path is not None and path.is_file() else None


def ways_of(name: str) -> Ways:
    path = real_extract(name)
    return rural_land().collected() if path is None else read_pbf(path)


def doors(graph: RoadGraph, n: int, seed: int = 1, spread: float = 5e-4) -> NDArray[np.float64]:
    """Points near the roads, degrees, shape (n, 2)."""
    rng = np.random.default_rng(seed)
    near = graph.geometry[rng.integers(len(graph.geometry), size=n)]
    return near + rng.normal(0, spread, size=near.shape)


def places(lonlat: NDArray[np.float64]) -> list[Place]:
    return [
        Place(PlaceId(f"p{k}"), f"Lieu {k}", LatLon(lat=lat, lon=lon))
        for k, (lon, lat) in enumerate(lonlat.tolist())
    ]


def by_networkx(arcs: Arcs, terminals: Terminals) -> NDArray[np.int64]:
    """Door-to-door weights by an independent library, in Python's own integers."""
    graph: nx.DiGraph[object] = nx.DiGraph()
    graph.add_nodes_from(range(arcs.n_nodes))
    for tail, head, weight in all_arcs(arcs):
        graph.add_edge(tail, head, weight=weight)
    n = len(terminals.out_node)
    for p in range(n):
        graph.add_node(("from", p))
        graph.add_node(("to", p))
        for side in (0, 1):
            if (node := int(terminals.out_node[p, side])) != NO_NODE:
                _cheaper(graph, ("from", p), node, int(terminals.out_weight[p, side]))
            if (node := int(terminals.in_node[p, side])) != NO_NODE:
                _cheaper(graph, node, ("to", p), int(terminals.in_weight[p, side]))
    found = np.full((n, n), -1, dtype=np.int64)
    for a in range(n):
        reached = nx.single_source_dijkstra_path_length(graph, ("from", a), cutoff=LONGEST)
        for b in range(n):
            found[a, b] = reached.get(("to", b), -1)
    return along_edges(found, terminals)


def all_arcs(arcs: Arcs) -> Iterator[tuple[int, int, int]]:
    for tail in range(arcs.n_nodes):
        for k in range(arcs.start[tail], arcs.start[tail + 1]):
            yield tail, int(arcs.head[k]), int(arcs.weight[k])


def _cheaper(graph: "nx.DiGraph[object]", a: object, b: object, weight: int) -> None:
    if not graph.has_edge(a, b) or graph[a][b]["weight"] > weight:
        graph.add_edge(a, b, weight=weight)
