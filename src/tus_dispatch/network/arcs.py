"""The road graph as a search sees it: directed arcs, each with one whole number for a weight."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.profile import SpeedProfile
from tus_dispatch.network.tags import Flag

Ints = NDArray[np.int64]

# Time and length travel together in one weight: milliseconds above, centimetres
# below. The smallest sum is then the fastest way and, among equally fast ones,
# the shortest, and its metres come without unpacking any path. Sums stay below
# 2**53, so that searches in floating point are exact too: ten hours at 130 km/h
# are 1300 km, less than the 1342 km that fit into the lower part.
_LENGTH_BITS = 27
_LENGTH_MASK = (1 << _LENGTH_BITS) - 1
_LONGEST_MS = 10 * 3600 * 1000
LONGEST = _LONGEST_MS << _LENGTH_BITS
"""Weight of a ten-hour drive, before calibration; what is longer counts as unreachable."""

NOT_AN_EDGE = -1
_MS_PER_S = 1000
_CM_PER_M = 100
_KMH_PER_MS = 3.6


def pack(milliseconds: Ints, centimetres: Ints) -> Ints:
    """Join time and length into one weight.

    Parameters
    ----------
    milliseconds, centimetres
        Whole numbers, not negative, same shape.

    Returns
    -------
    weight : ndarray of int64
        Comparable by time first, length second; weights add up.
    """
    return (milliseconds << _LENGTH_BITS) + centimetres


def unpack(weight: Ints) -> tuple[Ints, Ints]:
    """Split sums of weights into milliseconds and centimetres.

    Parameters
    ----------
    weight
        Sums of packed weights, -1 for unreachable.

    Returns
    -------
    milliseconds, centimetres : ndarray of int64
        Same shape, -1 where the weight is.
    """
    away = weight < 0
    return (
        np.where(away, -1, weight >> _LENGTH_BITS),
        np.where(away, -1, weight & _LENGTH_MASK),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """Directed arcs sorted by tail, at most one between two nodes.

    Roads without through traffic exist twice: in a copy one can only leave
    and in a copy one can only enter. So a way may begin and end on them, but
    not cross them.

    Attributes
    ----------
    n_nodes
        Junctions of the graph and their copies.
    start
        Where the arcs of each node begin, shape ``(n_nodes + 1,)``.
    head
        Node each arc leads to, int32.
    weight
        Packed time and length of each arc, int64.
    edge
        Edge of the road graph; -1 between a junction and its copy.
    along
        True when the arc follows its edge from tail to head.
    leave, enter
        Per junction its copy in the part one leaves from, or enters into; the
        junction itself where it has none.
    edge_ms, edge_cm
        Time and length of every edge of the road graph.
    access_kmh
        Speed between door and road.
    """

    n_nodes: int
    start: NDArray[np.int32]
    head: NDArray[np.int32]
    weight: Ints
    edge: NDArray[np.int32]
    along: NDArray[np.bool_]
    leave: Ints
    enter: Ints
    edge_ms: Ints
    edge_cm: Ints
    access_kmh: float

    def access(self, metres: NDArray[np.float64]) -> Ints:
        """Return the packed weight of the way between door and road."""
        ms = np.rint(metres * (_KMH_PER_MS * _MS_PER_S / self.access_kmh)).astype(np.int64)
        return pack(ms, np.rint(metres * _CM_PER_M).astype(np.int64))


def make_arcs(graph: RoadGraph, profile: SpeedProfile) -> Arcs:
    """Turn roads and speeds into arcs.

    Parameters
    ----------
    graph
        Roads.
    profile
        Speeds.

    Returns
    -------
    arcs : Arcs
        Milliseconds and centimetres are rounded per edge; an edge takes at
        least one millisecond.
    """
    ms = np.rint(graph.length_m / profile.kmh(graph) * (_KMH_PER_MS * _MS_PER_S))
    edge_ms = np.maximum(ms.astype(np.int64), 1)
    edge_cm = np.rint(graph.length_m * _CM_PER_M).astype(np.int64)
    weight = pack(edge_ms, edge_cm)
    leave, enter, n_nodes = _copies(graph)
    tail, head = graph.tail.astype(np.int64), graph.head.astype(np.int64)
    through = (graph.flags & Flag.END_ONLY) == 0
    two_way = (graph.flags & Flag.ONEWAY) == 0
    rows: list[tuple[Ints, Ints, Ints, Ints, bool]] = []
    for usable, node in ((through, None), (~through, leave), (~through, enter)):
        for used, a, b, along in (
            (usable, tail, head, True),
            (usable & two_way, head, tail, False),
        ):
            edges = np.flatnonzero(used)
            at = (a[edges], b[edges]) if node is None else (node[a[edges]], node[b[edges]])
            rows.append((*at, weight[edges], edges, along))
    copied = np.flatnonzero(leave != np.arange(graph.n_nodes))
    nothing = np.zeros(len(copied), dtype=np.int64)
    doors = ((leave[copied], copied), (copied, enter[copied]))
    rows.extend((a, b, nothing, nothing + NOT_AN_EDGE, True) for a, b in doors)
    return _sorted(rows, n_nodes, (leave, enter), (edge_ms, edge_cm), profile.access_kmh)


def _copies(graph: RoadGraph) -> tuple[Ints, Ints, int]:
    """Give numbers to two copies of every junction that touches a road without through traffic."""
    private = (graph.flags & Flag.END_ONLY) != 0
    touched = np.unique(np.r_[graph.tail[private], graph.head[private]])
    leave, enter = np.arange(graph.n_nodes), np.arange(graph.n_nodes)
    leave[touched] = graph.n_nodes + np.arange(len(touched))
    enter[touched] = graph.n_nodes + len(touched) + np.arange(len(touched))
    return leave, enter, graph.n_nodes + 2 * len(touched)


def _sorted(
    rows: list[tuple[Ints, Ints, Ints, Ints, bool]],
    n_nodes: int,
    copies: tuple[Ints, Ints],
    costs: tuple[Ints, Ints],
    access_kmh: float,
) -> Arcs:
    """Sort arcs by tail and head and keep the best of parallel ones."""
    tail, head, weight, edge = (np.concatenate([row[k] for row in rows]) for k in range(4))
    along = np.concatenate([np.full(len(row[0]), row[4]) for row in rows])
    order = np.lexsort((edge, weight, head, tail))
    tail, head = tail[order], head[order]
    best = np.r_[True, (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])][: len(tail)]
    best &= tail != head
    kept = order[best]
    return Arcs(
        n_nodes=n_nodes,
        start=np.searchsorted(tail[best], np.arange(n_nodes + 1)).astype(np.int32),
        head=head[best].astype(np.int32),
        weight=weight[kept],
        edge=edge[kept].astype(np.int32),
        along=along[kept],
        leave=copies[0],
        enter=copies[1],
        edge_ms=costs[0],
        edge_cm=costs[1],
        access_kmh=access_kmh,
    )
