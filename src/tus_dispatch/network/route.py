"""The line to draw on a map for the fastest drive between two points."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.network.arcs import NOT_AN_EDGE, Arcs
from tus_dispatch.network.geodesy import great_circle_m
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.shortest import one_way
from tus_dispatch.network.snap import Snaps
from tus_dispatch.network.terminals import Terminals

Floats = NDArray[np.float64]

_TAIL, _HEAD = 0, 1


def route_line(graph: RoadGraph, arcs: Arcs, snaps: Snaps, terminals: Terminals) -> Floats | None:
    """Draw the fastest way from the first place to the second, from road to road.

    Parameters
    ----------
    graph
        Roads with their lines.
    arcs
        Their directed form.
    snaps, terminals
        Exactly two places, both on a road.

    Returns
    -------
    lonlat : ndarray of shape (k, 2) or None
        Degrees, in driving order, with the parts of the first and the last
        edge; None where no way exists.
    """
    nodes = one_way(arcs, terminals)
    if nodes is None:
        return None
    first, last = int(snaps.edge[0]), int(snaps.edge[1])
    left, arrived = float(snaps.along_m[0]), float(snaps.along_m[1])
    if not nodes:
        return _part(graph, first, left, arrived)
    leaves = _side(terminals.out_node[0], terminals.out_weight[0], nodes[0])
    enters = _side(terminals.in_node[1], terminals.in_weight[1], nodes[-1])
    pieces = [_part(graph, first, left, _end_m(graph, first, leaves))]
    pieces += [
        line
        for tail, head in pairwise(nodes)
        if (line := _arc_line(graph, arcs, tail, head)) is not None
    ]
    pieces.append(_part(graph, last, _end_m(graph, last, enters), arrived))
    return np.concatenate(pieces)


def without_repeats(lonlat: Floats) -> Floats:
    """Drop points that equal the one before.

    Parameters
    ----------
    lonlat
        Points of a line, shape ``(k, 2)``.

    Returns
    -------
    lonlat : ndarray
        At least the first point.
    """
    new = np.r_[True, (lonlat[1:] != lonlat[:-1]).any(axis=1)]
    return lonlat[new]


def _side(node: NDArray[np.int64], weight: NDArray[np.int64], used: int) -> int:
    """Tell by which end of its edge a place was left or entered."""
    fits = [side for side in (_TAIL, _HEAD) if node[side] == used]
    return min(fits, key=lambda side: int(weight[side]))


def _end_m(graph: RoadGraph, edge: int, side: int) -> float:
    return 0.0 if side == _TAIL else float(graph.length_m[edge])


def _arc_line(graph: RoadGraph, arcs: Arcs, tail: int, head: int) -> Floats | None:
    begin, end = arcs.start[tail], arcs.start[tail + 1]
    arc = int(begin + np.searchsorted(arcs.head[begin:end], head))
    edge = int(arcs.edge[arc])
    if edge == NOT_AN_EDGE:
        return None
    line = graph.line(edge)
    return line if arcs.along[arc] else line[::-1]


def _part(graph: RoadGraph, edge: int, from_m: float, to_m: float) -> Floats:
    """Cut the line of an edge between two positions, in that direction."""
    line = graph.line(edge)
    along = np.r_[0.0, np.cumsum(great_circle_m(line[:-1], line[1:]))]
    low, high = min(from_m, to_m), max(from_m, to_m)
    inner = line[(along > low) & (along < high)]
    ends = np.column_stack([np.interp((low, high), along, line[:, axis]) for axis in (0, 1)])
    part = np.concatenate((ends[:1], inner, ends[1:]))
    return part if from_m <= to_m else part[::-1]
