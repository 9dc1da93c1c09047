"""A road graph is a handful of arrays, checked once, that nothing changes afterwards."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.errors import TusError
from tus_dispatch.network.tags import FASTEST_KMH, RURAL_LIMIT, Flag, RoadClass


class RoadGraphError(TusError):
    """The arrays of a road graph contradict each other."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a road graph comes from and what was lost on the way.

    Attributes
    ----------
    source
        Name of the extract or place, without its folder.
    sha256
        Hash of the extract, hexadecimal; of the tags and points for a place.
    builder
        Version of the code that built the graph.
    points_read, segments_read
        Points and straight pieces of drivable road in the extract.
    metres_read
        Their length.
    points_lost, segments_lost, metres_lost
        What was left out because it does not connect to the largest part.
    """

    source: str
    sha256: str
    builder: int
    points_read: int
    segments_read: int
    metres_read: float
    points_lost: int
    segments_lost: int
    metres_lost: float


@dataclass(frozen=True, slots=True, eq=False)
class RoadGraph:
    """Junctions and the roads between them.

    Traffic may always go from tail to head, and back unless the edge carries
    ``Flag.ONEWAY``.

    Attributes
    ----------
    lonlat
        Junctions in degrees, float64, shape ``(n, 2)``.
    tail, head
        Junctions at the ends of each edge, int32, shape ``(m,)``.
    length_m
        Metres along the line of the edge, float64, shape ``(m,)``.
    road_class
        Numbers of ``tags.RoadClass``, int8, shape ``(m,)``.
    maxspeed_kmh
        Tagged limit, 0 for none, -1 for "the rural limit"; int16, shape ``(m,)``.
    flags
        Bits of ``tags.Flag``, uint8, shape ``(m,)``.
    tag_line
        Index into ``tag_sets``, int32, shape ``(m,)``.
    geometry
        Lines of all edges one after the other, both ends included, in
        degrees, float64, shape ``(k, 2)``.
    geometry_start
        Where the line of each edge begins, int64, shape ``(m + 1,)``.
    tag_sets
        Raw tags in canonical JSON, for profiles not thought of yet.
    provenance
        Where it comes from and what was lost.

    Raises
    ------
    RoadGraphError
        When shapes, ranges or types do not fit together.
    """

    lonlat: NDArray[np.float64]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    length_m: NDArray[np.float64]
    road_class: NDArray[np.int8]
    maxspeed_kmh: NDArray[np.int16]
    flags: NDArray[np.uint8]
    tag_line: NDArray[np.int32]
    geometry: NDArray[np.float64]
    geometry_start: NDArray[np.int64]
    tag_sets: tuple[str, ...]
    provenance: Provenance

    def __post_init__(self) -> None:
        for name, (dtype, _) in ARRAYS.items():
            array = getattr(self, name)
            if array.dtype != np.dtype(dtype):
                raise RoadGraphError(f"{name} is {array.dtype}, expected {dtype}")
        if wrong := _wrong_shape(self) or _wrong_range(self) or _wrong_geometry(self):
            raise RoadGraphError(wrong)
        for name in ARRAYS:
            getattr(self, name).setflags(write=False)

    @property
    def n_nodes(self) -> int:
        """Number of junctions."""
        return len(self.lonlat)

    @property
    def n_edges(self) -> int:
        """Number of edges; a road open both ways is one edge."""
        return len(self.tail)

    def line(self, edge: int) -> NDArray[np.float64]:
        """Return the points of an edge in degrees, from tail to head, shape ``(k, 2)``."""
        return self.geometry[self.geometry_start[edge] : self.geometry_start[edge + 1]]

    def km_by_class(self) -> dict[RoadClass, float]:
        """Sum up kilometres of road, each road once, by class.

        Returns
        -------
        km : dict
            Only classes that occur, the fastest first.
        """
        km = np.bincount(self.road_class, weights=self.length_m / 1000, minlength=len(RoadClass))
        return {c: float(km[c]) for c in RoadClass if km[c] > 0}


ARRAYS: dict[str, tuple[str, int]] = {
    "lonlat": ("f8", 2),
    "tail": ("i4", 1),
    "head": ("i4", 1),
    "length_m": ("f8", 1),
    "road_class": ("i1", 1),
    "maxspeed_kmh": ("i2", 1),
    "flags": ("u1", 1),
    "tag_line": ("i4", 1),
    "geometry": ("f8", 2),
    "geometry_start": ("i8", 1),
}
"""Type and number of axes of every array, by the name of its field."""

SCALARS = tuple(f.name for f in fields(Provenance))


def _wrong_shape(graph: RoadGraph) -> str:
    for name, (_, axes) in ARRAYS.items():
        shape = getattr(graph, name).shape
        if len(shape) != axes or (axes == 2 and shape[1] != 2):
            return f"{name} has shape {shape}"
    edges = {"tail", "head", "length_m", "road_class", "maxspeed_kmh", "flags", "tag_line"}
    if len({len(getattr(graph, name)) for name in edges}) != 1:
        return "the arrays of the edges differ in length"
    if len(graph.geometry_start) != graph.n_edges + 1:
        return "geometry_start does not fit the number of edges"
    return ""


def _wrong_range(graph: RoadGraph) -> str:
    bounds = {
        "tail": (0, graph.n_nodes - 1),
        "head": (0, graph.n_nodes - 1),
        "road_class": (0, max(RoadClass)),
        "maxspeed_kmh": (RURAL_LIMIT, FASTEST_KMH),
        "flags": (0, sum(Flag)),
        "tag_line": (0, len(graph.tag_sets) - 1),
        "length_m": (0, np.inf),
    }
    for name, (low, high) in bounds.items():
        array = getattr(graph, name)
        # Written so that NaN, which fails every comparison, is caught too.
        if array.size and not (array.min() >= low and array.max() <= high):
            return f"{name} leaves the range {low} to {high}"
    if graph.n_edges and not np.isfinite(graph.length_m).all():
        return "length_m is not finite"
    return ""


def _wrong_geometry(graph: RoadGraph) -> str:
    for name in ("lonlat", "geometry"):
        array = getattr(graph, name)
        if not np.all(np.abs(array) <= (180.0, 90.0)):
            return f"{name} leaves the globe"
    start = graph.geometry_start
    if start[0] != 0 or start[-1] != len(graph.geometry) or (np.diff(start) < 2).any():
        return "geometry_start does not cut geometry into lines"
    ends = (graph.geometry[start[:-1]], graph.geometry[start[1:] - 1])
    if not all(
        np.array_equal(end, graph.lonlat[node])
        for end, node in zip(ends, (graph.tail, graph.head), strict=True)
    ):
        return "the lines of the edges do not end at their junctions"
    return ""
