"""Ways cut into straight pieces between two points, those that connect to the rest kept."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from tus_dispatch.network.geodesy import great_circle_m
from tus_dispatch.network.tags import Flag, understand
from tus_dispatch.network.ways import Ways

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Straight pieces of road; traffic may always go from tail to head.

    Attributes
    ----------
    tail, head
        Indices into ``Ways.lonlat``, shape ``(s,)``.
    line
        Index into ``Ways.tag_sets``, shape ``(s,)``.
    flags
        Bits of ``tags.Flag``, uint8, shape ``(s,)``.
    length_m
        Great circle in metres, shape ``(s,)``.
    """

    tail: Ints
    head: Ints
    line: NDArray[np.int32]
    flags: NDArray[np.uint8]
    length_m: NDArray[np.float64]

    def take(self, kept: NDArray[np.bool_]) -> "Segments":
        """Return the pieces for which ``kept`` is true."""
        return replace(
            self,
            tail=self.tail[kept],
            head=self.head[kept],
            line=self.line[kept],
            flags=self.flags[kept],
            length_m=self.length_m[kept],
        )


def cut(ways: Ways) -> Segments:
    """Cut ways at every point and turn the pieces into the direction of traffic.

    Parameters
    ----------
    ways
        As read.

    Returns
    -------
    segments : Segments
        Pieces that begin and end in the same point are dropped.
    """
    inner = np.ones(len(ways.nodes), dtype=bool)
    inner[ways.start[1:] - 1] = False
    first = np.flatnonzero(inner)
    way = np.searchsorted(ways.start, first, side="right") - 1
    line = ways.line[way]
    meanings = [understand(tags) for tags in ways.tag_sets]
    flags = np.array([m.flags for m in meanings], dtype=np.uint8)
    reverse = np.array([m.reverse for m in meanings], dtype=bool)[line]
    a, b = ways.nodes[first], ways.nodes[first + 1]
    tail, head = np.where(reverse, b, a), np.where(reverse, a, b)
    length_m = great_circle_m(ways.lonlat[tail], ways.lonlat[head])
    return Segments(tail, head, line, flags[line], length_m).take(tail != head)


def largest_part(segments: Segments, n_points: int) -> NDArray[np.bool_]:
    """Find the pieces from which everything else can be reached, and back.

    Parameters
    ----------
    segments
        All pieces.
    n_points
        Number of points they refer to.

    Returns
    -------
    kept : ndarray of bool, shape (s,)
        The largest strongly connected part of the roads open to through
        traffic, and the private roads that lead there and back.
    """
    is_open = (segments.flags & Flag.END_ONLY) == 0
    core = _in_largest(segments, n_points, is_open)
    if not core.any():
        return _in_largest(segments, n_points, np.ones_like(is_open))
    return _in_largest(segments, n_points, core | ~is_open, around=core)


def _in_largest(
    segments: Segments,
    n_points: int,
    used: NDArray[np.bool_],
    around: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Keep the used pieces inside the part with most points, or the part ``around`` some pieces."""
    if not used.any():
        return used
    tail, head = segments.tail[used], segments.head[used]
    both = (segments.flags[used] & Flag.ONEWAY) == 0
    rows, columns = np.r_[tail, head[both]], np.r_[head, tail[both]]
    links = coo_matrix((np.ones(len(rows), dtype=np.int8), (rows, columns)), (n_points, n_points))
    _, part = connected_components(links.tocsr(), directed=True, connection="strong")
    if around is None:
        largest = np.bincount(part[np.unique(np.r_[tail, head])]).argmax()
    else:
        largest = part[segments.tail[around][0]]
    inside = part == largest
    kept: NDArray[np.bool_] = used & inside[segments.tail] & inside[segments.head]
    return kept
