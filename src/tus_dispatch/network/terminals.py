"""Places become extra nodes: each joined to both ends of its edge, as far as traffic allows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.network.arcs import Arcs, pack
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.snap import OFF_ROAD, Snaps
from tus_dispatch.network.tags import Flag

Ints = NDArray[np.int64]

NO_NODE = -1
_AT_JUNCTION_M = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Terminals:
    """How places are joined to the network, and directly to each other.

    Attributes
    ----------
    out_node, out_weight
        Nodes a place leads to and packed weights, shape ``(n, 2)``: first over
        the tail of its edge, then over the head; -1 where traffic forbids it.
    in_node, in_weight
        Nodes that lead to a place, likewise.
    pair
        Index pairs of places on the same edge, in the direction of traffic,
        shape ``(p, 2)``.
    pair_weight
        Packed weight of the way between them along the edge, shape ``(p,)``.
    """

    out_node: Ints
    out_weight: Ints
    in_node: Ints
    in_weight: Ints
    pair: Ints
    pair_weight: Ints


def make_terminals(graph: RoadGraph, arcs: Arcs, snaps: Snaps) -> Terminals:
    """Join snapped places to the network.

    Parameters
    ----------
    graph
        Roads.
    arcs
        Their directed form.
    snaps
        Where the places meet the road.

    Returns
    -------
    terminals : Terminals
        A place within half a metre of a junction may use it in any direction,
        whichever of its edges was the nearest.
    """
    lost = snaps.edge == OFF_ROAD
    edge = np.where(lost, 0, snaps.edge)
    if not graph.n_edges:
        return _cut_off(len(lost))
    share = np.clip(snaps.along_m / np.maximum(graph.length_m[edge], 1e-9), 0.0, 1.0)
    # Split so that both parts add up to the edge exactly.
    ms, cm = np.rint(share * arcs.edge_ms[edge]), np.rint(share * arcs.edge_cm[edge])
    behind = pack(ms.astype(np.int64), cm.astype(np.int64))
    ahead = pack(arcs.edge_ms[edge], arcs.edge_cm[edge]) - behind
    access = arcs.access(np.where(lost, 0.0, snaps.access_m))
    two_way = (graph.flags[edge] & Flag.ONEWAY) == 0
    at_tail = snaps.along_m <= _AT_JUNCTION_M
    at_head = graph.length_m[edge] - snaps.along_m <= _AT_JUNCTION_M
    private = (graph.flags[edge] & Flag.END_ONLY) != 0
    tail, head = graph.tail[edge].astype(np.int64), graph.head[edge].astype(np.int64)
    out_tail, out_head = (np.where(private, arcs.leave[end], end) for end in (tail, head))
    in_tail, in_head = (np.where(private, arcs.enter[end], end) for end in (tail, head))
    out_node = np.column_stack((np.where(two_way | at_tail, out_tail, NO_NODE), out_head))
    in_node = np.column_stack((in_tail, np.where(two_way | at_head, in_head, NO_NODE)))
    out_node[lost] = NO_NODE
    in_node[lost] = NO_NODE
    weight = np.column_stack((behind, ahead)) + access[:, None]
    pair, pair_weight = _same_edge(np.where(lost, OFF_ROAD, edge), behind, access, two_way)
    return Terminals(out_node, weight, in_node, weight, pair, pair_weight)


def _cut_off(n: int) -> Terminals:
    nowhere, nothing = np.full((n, 2), NO_NODE), np.zeros((n, 2), dtype=np.int64)
    return Terminals(nowhere, nothing, nowhere, nothing, nothing[:0], nothing[:0, 0])


def _same_edge(
    edge: Ints, behind: Ints, access: Ints, two_way: NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """List ordered pairs of places on one edge and the weight of driving along it."""
    pairs, weights = [np.empty((0, 2), dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    shared, count = np.unique(edge[edge != OFF_ROAD], return_counts=True)
    for number in shared[count > 1]:
        here = np.flatnonzero(edge == number)
        a, b = (grid.ravel() for grid in np.meshgrid(here, here, indexing="ij"))
        usable = (a != b) & ((behind[b] >= behind[a]) | two_way[a])
        a, b = a[usable], b[usable]
        pairs.append(np.column_stack((a, b)))
        # Time and length grow together along an edge, so this difference is packed too.
        weights.append(np.abs(behind[b] - behind[a]) + access[a] + access[b])
    return np.concatenate(pairs), np.concatenate(weights)
