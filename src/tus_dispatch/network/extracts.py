"""Road graphs from files and place names; the ending of the name says how to read them."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from tus_dispatch.network import osm
from tus_dispatch.network.build import build_graph
from tus_dispatch.network.codes import refusal
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.pbf import read_pbf
from tus_dispatch.network.ways import Ways

_BLOCK = 1 << 20


def from_pbf(path: Path) -> RoadGraph:
    """Build a road graph from a PBF extract.

    Parameters
    ----------
    path
        ``.osm.pbf`` file.

    Returns
    -------
    graph : RoadGraph
        With at least one edge.
    """
    return _built(read_pbf(path), path.name, sha256_of(path))


def from_xml(path: Path) -> RoadGraph:
    """Build a road graph from an XML extract.

    Parameters
    ----------
    path
        ``.osm``, ``.osm.gz`` or ``.osm.bz2`` file.

    Returns
    -------
    graph : RoadGraph
        With at least one edge.
    """
    return _built(osm.read_xml(path), path.name, sha256_of(path))


def from_graphml(path: Path) -> RoadGraph:
    """Build a road graph from a graph that OSMnx saved.

    Parameters
    ----------
    path
        ``.graphml`` file in degrees.

    Returns
    -------
    graph : RoadGraph
        With at least one edge.
    """
    return _built(osm.read_graphml(path), path.name, sha256_of(path))


def from_place(name: str, cache_folder: Path) -> RoadGraph:
    """Build a road graph from the name of a place, over the network.

    Parameters
    ----------
    name
        What OpenStreetMap calls it.
    cache_folder
        Where answers of the servers are kept.

    Returns
    -------
    graph : RoadGraph
        With at least one edge.
    """
    ways = osm.read_place(name, cache_folder)
    content = "\n".join(ways.tag_sets).encode() + ways.lonlat.tobytes() + ways.nodes.tobytes()
    return _built(ways, name, hashlib.sha256(content).hexdigest())


_BUILDERS: tuple[tuple[str, Callable[[Path], RoadGraph]], ...] = (
    (".pbf", from_pbf),
    (".osm", from_xml),
    (".osm.gz", from_xml),
    (".osm.bz2", from_xml),
    (".graphml", from_graphml),
)


def read_extract(path: Path) -> RoadGraph:
    """Build a road graph from a file of any known kind.

    Parameters
    ----------
    path
        ``.pbf``, ``.osm``, ``.osm.gz``, ``.osm.bz2`` or ``.graphml`` file.

    Returns
    -------
    graph : RoadGraph
        With at least one edge.

    Raises
    ------
    InputError
        When the file cannot be read, is of another kind or holds no road.
    """
    for ending, build in _BUILDERS:
        if path.name.lower().endswith(ending):
            return build(path)
    endings = ", ".join(ending for ending, _ in _BUILDERS)
    raise refusal(str(path), "roads-format", path.suffix or path.name, f"un fichier {endings}")


def sha256_of(path: Path) -> str:
    """Hash the content of a file.

    Parameters
    ----------
    path
        Any file.

    Returns
    -------
    digest : str
        Hexadecimal.

    Raises
    ------
    InputError
        When it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise refusal(str(path), "roads-unreadable", error, "un fichier lisible") from error
    return digest.hexdigest()


def _built(ways: Ways, source: str, sha256: str) -> RoadGraph:
    graph = build_graph(ways, source, sha256)
    if not graph.n_edges:
        raise refusal(source, "roads-empty", f"{len(ways.line)} routes", "au moins une route")
    return graph
