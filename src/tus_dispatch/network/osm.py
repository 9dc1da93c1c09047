"""The one door to OSMnx and networkx: XML, GraphML and place names become ways."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax import SAXException

from shapely.errors import ShapelyError

from tus_dispatch.network.codes import refusal
from tus_dispatch.network.tags import KEPT_KEYS, is_drivable, understand
from tus_dispatch.network.tags import tag_set as canonical
from tus_dispatch.network.ways import WayCollector, Ways

if TYPE_CHECKING:
    import networkx as nx

# Everything a car may drive on, private roads and tracks included: what to do
# with them is decided in tags.py.
_OVERPASS_FILTER = (
    '["highway"~"^(motorway|trunk|primary|secondary|tertiary|unclassified|residential'
    '|living_street|service|track|road)(_link)?$"]["area"!~"yes"]'
)
# What OSMnx raises itself is a ValueError or an OSError; the rest comes from
# below, for it believes what it reads.
_BROKEN = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    SyntaxError,
    SAXException,
    ShapelyError,
    zlib.error,
)


def read_xml(path: Path) -> Ways:
    """Read the drivable roads of an XML extract.

    Parameters
    ----------
    path
        ``.osm``, ``.osm.gz`` or ``.osm.bz2``.

    Returns
    -------
    ways : Ways
        The same roads as ``pbf.read_pbf`` finds, piece by piece.

    Raises
    ------
    InputError
        When the file is missing, damaged or of another kind.
    """

    def read() -> "nx.MultiDiGraph[int]":
        with _osmnx() as ox:
            graph: nx.MultiDiGraph[int] = ox.graph_from_xml(path, simplify=False, retain_all=True)
        return graph

    return _ways(_guarded(read, str(path), "roads-unreadable", "un extrait OpenStreetMap en XML"))


def read_graphml(path: Path) -> Ways:
    """Read the drivable roads of a graph that OSMnx saved.

    Parameters
    ----------
    path
        ``.graphml``, simplified or not, in degrees.

    Returns
    -------
    ways : Ways
        With the bends of simplified edges. Where OSMnx joined roads with
        different tags, the slowest reading is taken.

    Raises
    ------
    InputError
        When the file is damaged, of another kind, or not in degrees.
    """

    def read() -> "nx.MultiDiGraph[int]":
        with _osmnx() as ox:
            graph: nx.MultiDiGraph[int] = ox.load_graphml(path)
        return graph

    graph = _guarded(read, str(path), "roads-unreadable", "un graphe enregistré par OSMnx")
    x_and_y = [(data.get("x"), data.get("y")) for _, data in graph.nodes(data=True)]
    degrees = all(
        isinstance(x, float) and isinstance(y, float) and abs(x) <= 180 and abs(y) <= 90
        for x, y in x_and_y
    )
    crs = str(graph.graph.get("crs", "epsg:4326")).lower()
    if not degrees or "4326" not in crs:
        raise refusal(str(path), "roads-projected", crs, "des nœuds avec x et y en degrés")
    return _ways(graph)


def read_place(name: str, cache_folder: Path) -> Ways:
    """Fetch the drivable roads of a place by its name, over the network.

    Parameters
    ----------
    name
        What OpenStreetMap calls it: ``"Ambert, Puy-de-Dôme, France"``.
    cache_folder
        Where answers of the servers are kept.

    Returns
    -------
    ways : Ways
        Roads inside the boundary of the place.

    Raises
    ------
    InputError
        When the name is unknown or the servers do not answer.
    """

    def read() -> "nx.MultiDiGraph[int]":
        with _osmnx(cache_folder=cache_folder, use_cache=True) as ox:
            graph: nx.MultiDiGraph[int] = ox.graph_from_place(
                name,
                simplify=False,
                retain_all=True,
                truncate_by_edge=True,
                custom_filter=_OVERPASS_FILTER,
            )
        return graph

    return _ways(_guarded(read, name, "roads-place", "un lieu connu d’OpenStreetMap"))


@contextmanager
def _osmnx(**settings: object) -> Iterator[Any]:
    """Lend OSMnx with settings of our own, and put back what was there."""
    import osmnx  # noqa: PLC0415 - half a second that most runs never need

    # One edge per piece in the order of the way, with its own oneway tag:
    # direction is decided in tags.py, as for any other source.
    wanted = {"useful_tags_way": [*KEPT_KEYS, "area"], "all_oneway": True, **settings}
    before = {key: getattr(osmnx.settings, key) for key in wanted}
    try:
        for key, value in wanted.items():
            setattr(osmnx.settings, key, value)
        yield osmnx
    finally:
        for key, value in before.items():
            setattr(osmnx.settings, key, value)


def _guarded(
    read: Callable[[], "nx.MultiDiGraph[int]"], source: str, slug: str, expected: str
) -> "nx.MultiDiGraph[int]":
    """Turn everything a bad file or a silent server makes OSMnx raise into one error."""
    from networkx import NetworkXException  # noqa: PLC0415

    try:
        return read()
    except (*_BROKEN, NetworkXException) as error:
        raise refusal(source, slug, error, expected) from error


def _ways(graph: "nx.MultiDiGraph[int]") -> Ways:
    collector = WayCollector()
    keys = {node: number for number, node in enumerate(graph.nodes)}
    fresh = len(keys)
    for u, v, data in graph.edges(data=True):
        tags = _tags(data)
        if not is_drivable(tags) or (data.get("reversed") is True and data.get("oneway") is False):
            continue
        bends = list(data["geometry"].coords)[1:-1] if "geometry" in data else []
        inner = [(fresh + i, lon, lat) for i, (lon, lat, *_) in enumerate(bends)]
        fresh += len(bends)
        ends = [(keys[n], float(graph.nodes[n]["x"]), float(graph.nodes[n]["y"])) for n in (u, v)]
        collector.add(tags, [ends[0], *inner, ends[1]])
    return collector.ways()


def _tags(data: Mapping[str, Any]) -> dict[str, str]:
    """Read the tags of an edge, the slowest of several values."""
    tags = {key: _slowest(key, data[key]) for key in (*KEPT_KEYS, "area") if key in data}
    # OSMnx has already turned ways that run against their order.
    if tags.get("oneway") in {"-1", "reverse", "True"}:
        tags["oneway"] = "yes"
    elif tags.get("oneway") == "False":
        del tags["oneway"]
    return tags


def _slowest(key: str, value: object) -> str:
    if not isinstance(value, list):
        return str(value)
    values = sorted(str(one) for one in value)
    if key == "highway":
        roads = [one for one in values if is_drivable({"highway": one})]
        classes = {one: understand(canonical({"highway": one})).road_class for one in roads}
        return max(roads, key=classes.__getitem__, default=values[0])
    return ";".join(values) if key == "maxspeed" else values[0]
