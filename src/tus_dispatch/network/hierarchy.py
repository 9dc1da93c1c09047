"""The same fastest ways much sooner: shortcuts first, then short climbs from both sides."""

import tempfile
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix
from scipy.sparse.linalg import splu

from tus_dispatch.network import sweeps
from tus_dispatch.network.arcs import LONGEST, Arcs
from tus_dispatch.network.graph import RoadGraph, RoadGraphError
from tus_dispatch.network.shortest import UNREACHABLE, along_edges
from tus_dispatch.network.terminals import NO_NODE, Terminals

Ints = NDArray[np.int64]


def is_available() -> bool:
    """Tell whether the extra ``cch`` is installed."""
    return find_spec("pyroutingkit") is not None


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """A network with shortcuts, ready for many questions.

    Attributes
    ----------
    rank
        Rank of each node of the arcs, shape ``(n,)``.
    start, head
        Upper neighbours of each node, both by rank, ascending.
    up, down
        Best packed weight of each arc towards its upper and its lower end.
    """

    rank: Ints
    start: Ints
    head: Ints
    up: Ints
    down: Ints


def make_hierarchy(arcs: Arcs, order: Ints) -> Hierarchy:
    """Add shortcuts along an order and weigh them.

    Parameters
    ----------
    arcs
        The network.
    order
        Nodes from the least to the most important.

    Returns
    -------
    hierarchy : Hierarchy
        Any order gives right answers; a good one gives them fast.
    """
    rank = np.empty(arcs.n_nodes, dtype=np.int64)
    rank[order] = np.arange(arcs.n_nodes)
    tail = rank[np.repeat(np.arange(arcs.n_nodes), np.diff(arcs.start))]
    head = rank[arcs.head]
    start, upper = _shortcuts(np.minimum(tail, head), np.maximum(tail, head), arcs.n_nodes)
    low = np.repeat(np.arange(arcs.n_nodes), np.diff(start))
    # Arcs are sorted by lower, then by upper end, so one search finds them all.
    key = low * arcs.n_nodes + upper
    place = np.searchsorted(key, np.minimum(tail, head) * arcs.n_nodes + np.maximum(tail, head))
    up, down = np.full(len(upper), sweeps.FAR), np.full(len(upper), sweeps.FAR)
    climbs = tail < head
    up[place[climbs]] = arcs.weight[climbs]
    down[place[~climbs]] = arcs.weight[~climbs]
    compiled().customise(start, upper, up, down)
    return Hierarchy(rank, start, upper, up, down)


def many_to_many(hierarchy: Hierarchy, terminals: Terminals) -> Ints:
    """Find the fastest way between all pairs of places.

    Parameters
    ----------
    hierarchy
        The network.
    terminals
        How the places are joined to it.

    Returns
    -------
    weight : ndarray of int64, shape (n, n)
        Exactly what ``shortest.many_to_many`` returns.
    """
    n = len(terminals.out_node)
    labels, entries = _labels(hierarchy, hierarchy.up, terminals.out_node, terminals.out_weight)
    ends, reached = _labels(hierarchy, hierarchy.down, terminals.in_node, terminals.in_weight)
    order = np.argsort(reached[:, 0], kind="stable")
    begin = np.searchsorted(reached[order, 0], np.arange(len(hierarchy.rank) + 1))
    found = np.column_stack((np.repeat(np.arange(n), np.diff(ends)), reached[:, 1]))[order]
    useful = (labels, entries), (begin, np.ascontiguousarray(found))
    weight: Ints = compiled().meet(*useful, n)
    weight[weight > LONGEST] = UNREACHABLE
    return along_edges(weight, terminals)


def node_order(graph: RoadGraph, arcs: Arcs) -> Ints:
    """Order the nodes so that few shortcuts are needed.

    Parameters
    ----------
    graph
        Knows where the nodes lie.
    arcs
        The network.

    Returns
    -------
    order : ndarray of int64
        Nodes from the least to the most important: by nested dissection where
        the extra ``cch`` is installed, else by SciPy's minimum degree.
    """
    if is_available():
        return dissection_order(graph, arcs)
    return degree_order(arcs)


def degree_order(arcs: Arcs) -> Ints:
    """Order nodes by minimum degree, as solvers of sparse equations do.

    Parameters
    ----------
    arcs
        The network.

    Returns
    -------
    order : ndarray of int64
        Nodes from the least to the most important.

    Notes
    -----
    SciPy computes the order only on the way to a factorisation, so it is
    given equations that are trivial to factorise in that order.
    """
    n = arcs.n_nodes
    tail = np.repeat(np.arange(n), np.diff(arcs.start))
    rows, columns = np.r_[tail, arcs.head, np.arange(n)], np.r_[arcs.head, tail, np.arange(n)]
    # A heavy diagonal: no pivot is ever looked for.
    value = np.r_[np.full(2 * len(tail), -1.0), np.full(n, 4.0 * n)]
    equations = csc_matrix((value, (rows, columns)), shape=(n, n))
    factors = splu(
        equations,
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )
    return np.argsort(factors.perm_c).astype(np.int64)


def dissection_order(graph: RoadGraph, arcs: Arcs) -> Ints:
    """Ask pyroutingkit for an order by nested dissection.

    Parameters
    ----------
    graph
        Knows where the nodes lie.
    arcs
        The network.

    Returns
    -------
    order : ndarray of int64
        Nodes from the least to the most important.

    Notes
    -----
    The library offers no other way to the order than the folder it saves to.
    Its own queries carry 32-bit weights, too narrow for time and length
    together, so only the order is taken from it.
    """
    kit: Any = import_module("pyroutingkit")
    original = np.empty(arcs.n_nodes, dtype=np.int64)
    junctions = np.arange(graph.n_nodes)
    for copy in (arcs.leave, arcs.enter, junctions):
        original[copy] = junctions
    lonlat = graph.lonlat[original].astype(np.float32)
    topology = kit.CCHTopology()
    topology.build(
        np.repeat(np.arange(arcs.n_nodes, dtype=np.uint32), np.diff(arcs.start)),
        arcs.head.astype(np.uint32),
        np.ascontiguousarray(lonlat[:, 1]),
        np.ascontiguousarray(lonlat[:, 0]),
        arcs.n_nodes,
    )
    with tempfile.TemporaryDirectory() as folder:
        topology.save(folder)
        order = np.fromfile(Path(folder) / "order", dtype=np.uint32).astype(np.int64)
    if not np.array_equal(np.sort(order), np.arange(arcs.n_nodes)):
        raise RoadGraphError("pyroutingkit saved something else than an order of the nodes")
    return order


@cache
def compiled() -> SimpleNamespace:
    """Compile the sweeps; the first call in a fresh installation takes seconds."""
    numba: Any = import_module("numba")
    names = ("customise", "climb_lengths", "climb", "meet")
    return SimpleNamespace(
        **{name: numba.njit(cache=True)(getattr(sweeps, name)) for name in names}
    )


def _labels(hierarchy: Hierarchy, arc: Ints, nodes: Ints, weight: Ints) -> tuple[Ints, Ints]:
    ends = np.where(nodes == NO_NODE, sweeps.NO_NODE, hierarchy.rank[nodes])
    count = compiled().climb_lengths(hierarchy.start, hierarchy.head, ends)
    labels = np.r_[0, np.cumsum(count)]
    tree = (hierarchy.start, hierarchy.head, arc)
    return labels, compiled().climb(tree, ends, weight, labels)


def _shortcuts(low: Ints, high: Ints, n: int) -> tuple[Ints, Ints]:
    """Connect, node by node from the bottom, all upper neighbours of a node with each other."""
    above: list[set[int]] = [set() for _ in range(n)]
    for a, b in zip(low.tolist(), high.tolist(), strict=True):
        above[a].add(b)
    start, heads = [0], []
    for upper in above:
        ascending = sorted(upper)
        heads += ascending
        start.append(len(heads))
        # The lowest neighbour passes the others on when its turn comes.
        above_first = above[ascending[0]] if ascending else set()
        above_first.update(ascending[1:])
    return np.array(start, dtype=np.int64), np.array(heads, dtype=np.int64)
