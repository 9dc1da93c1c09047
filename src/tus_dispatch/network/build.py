"""From ways as read to a road graph: cut, keep what connects, contract, measure."""

import numpy as np

from tus_dispatch.network.contract import chains
from tus_dispatch.network.geodesy import great_circle_m
from tus_dispatch.network.graph import Provenance, RoadGraph
from tus_dispatch.network.segments import Segments, cut, largest_part
from tus_dispatch.network.tags import understand
from tus_dispatch.network.ways import Ways

BUILDER = 1
"""Raise this whenever the same extract gives another graph: old cache files are then rebuilt."""


def build_graph(ways: Ways, source: str, sha256: str, *, contract: bool = True) -> RoadGraph:
    """Make a road graph.

    Parameters
    ----------
    ways
        As read from an extract.
    source
        Name of the extract, kept for the record.
    sha256
        Hash of the extract, kept for the record.
    contract
        False keeps every point as a junction, which tests compare with.

    Returns
    -------
    graph : RoadGraph
        The largest part whose places can all be reached from each other,
        possibly without any edge.

    Notes
    -----
    Ferries, barriers and turn restrictions are not looked at; in the
    countryside they make no measurable difference.
    """
    everything = cut(ways)
    segments = everything.take(largest_part(everything, len(ways.lonlat)))
    runs = chains(segments, len(ways.lonlat), contract=contract)
    geometry = ways.lonlat[runs.points]
    ends = np.column_stack((runs.points[runs.start[:-1]], runs.points[runs.start[1:] - 1]))
    nodes, index = np.unique(ends, return_inverse=True)
    index = index.reshape(-1, 2).astype(np.int32)
    line = segments.line[runs.segment]
    meanings = [understand(tags) for tags in ways.tag_sets]
    return RoadGraph(
        lonlat=ways.lonlat[nodes],
        tail=np.ascontiguousarray(index[:, 0]),
        head=np.ascontiguousarray(index[:, 1]),
        length_m=_lengths(geometry, runs.start),
        road_class=np.array([m.road_class for m in meanings], dtype=np.int8)[line],
        maxspeed_kmh=np.array([m.maxspeed_kmh for m in meanings], dtype=np.int16)[line],
        flags=segments.flags[runs.segment],
        tag_line=line,
        geometry=geometry,
        geometry_start=runs.start,
        tag_sets=ways.tag_sets,
        provenance=_provenance(everything, segments, source, sha256),
    )


def _lengths(geometry: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Add up the pieces of each line, in metres."""
    pieces = great_circle_m(geometry[:-1], geometry[1:])
    pieces = np.append(pieces, 0.0)
    pieces[start[1:] - 1] = 0.0
    return np.add.reduceat(pieces, start[:-1]) if len(start) > 1 else np.empty(0)


def _provenance(everything: Segments, kept: Segments, source: str, sha256: str) -> Provenance:
    def points(segments: Segments) -> int:
        return len(np.unique(np.r_[segments.tail, segments.head]))

    metres = float(everything.length_m.sum())
    return Provenance(
        source=source,
        sha256=sha256,
        builder=BUILDER,
        points_read=points(everything),
        segments_read=len(everything.tail),
        metres_read=metres,
        points_lost=points(everything) - points(kept),
        segments_lost=len(everything.tail) - len(kept.tail),
        metres_lost=metres - float(kept.length_m.sum()),
    )
