"""Fastest ways between many places, and along which arcs they run, by SciPy's Dijkstra."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import dijkstra

from tus_dispatch.network.arcs import LONGEST, Arcs
from tus_dispatch.network.terminals import NO_NODE, Terminals

Ints = NDArray[np.int64]

UNREACHABLE = -1
_CELLS_AT_ONCE = 4_000_000


def many_to_many(arcs: Arcs, terminals: Terminals) -> Ints:
    """Find the fastest way between all pairs of places.

    Parameters
    ----------
    arcs
        The network.
    terminals
        How the places are joined to it.

    Returns
    -------
    weight : ndarray of int64, shape (n, n)
        Packed time and length from row to column, -1 where no way of less
        than ten hours exists. The diagonal is zero.

    Notes
    -----
    Places are nodes of their own: one search per place, not one per end of
    its edge, finds the best of all four combinations of ends. Rows of the
    search are kept only for some sources at a time.
    """
    n = len(terminals.out_node)
    network = _with_places(arcs, terminals)
    at_once = max(1, _CELLS_AT_ONCE // network.shape[0])
    weight = np.empty((n, n))
    for begin in range(0, n, at_once):
        rows = np.arange(begin, min(begin + at_once, n))
        found = dijkstra(network, indices=arcs.n_nodes + rows, limit=float(LONGEST))
        weight[rows] = found[:, arcs.n_nodes + n :]
    whole = np.where(np.isfinite(weight), weight, UNREACHABLE).astype(np.int64)
    return along_edges(whole, terminals)


def along_edges(weight: Ints, terminals: Terminals) -> Ints:
    """Let places on one edge reach each other without a detour over its ends.

    Parameters
    ----------
    weight
        Packed weights over the ends, -1 for unreachable; changed in place.
    terminals
        Knows the pairs on one edge.

    Returns
    -------
    weight : ndarray of int64, shape (n, n)
        The same array, with a zero diagonal.
    """
    a, b = terminals.pair.T
    before = weight[a, b]
    is_better = (before == UNREACHABLE) | (terminals.pair_weight < before)
    weight[a[is_better], b[is_better]] = terminals.pair_weight[is_better]
    np.fill_diagonal(weight, 0)
    return weight


def one_way(arcs: Arcs, terminals: Terminals) -> list[int] | None:
    """Find the nodes along the fastest way from the first place to the second.

    Parameters
    ----------
    arcs
        The network.
    terminals
        Exactly two places.

    Returns
    -------
    nodes : list of int or None
        Nodes of ``arcs`` in driving order, empty when the way stays on one
        edge, None when there is none.
    """
    network = _with_places(arcs, terminals)
    origin, destination = arcs.n_nodes, arcs.n_nodes + 3
    weight, before = dijkstra(
        network, indices=np.array(origin), limit=float(LONGEST), return_predecessors=True
    )
    direct = terminals.pair_weight[(terminals.pair == (0, 1)).all(axis=1)]
    if len(direct) and direct[0] <= weight[destination]:
        return []
    if not np.isfinite(weight[destination]):
        return None
    nodes = [int(before[destination])]
    while before[nodes[-1]] != origin:
        nodes.append(int(before[nodes[-1]]))
    return nodes[::-1]


def _with_places(arcs: Arcs, terminals: Terminals) -> csr_matrix:
    """Add one node per origin and one per destination behind the nodes of the network."""
    n, base = len(terminals.out_node), arcs.n_nodes
    origin, leads_to, out_weight = _links(terminals.out_node, terminals.out_weight)
    place, comes_from, in_weight = _links(terminals.in_node, terminals.in_weight)
    tail = np.repeat(np.arange(base), np.diff(arcs.start))
    rows = np.concatenate((tail, base + origin, comes_from))
    columns: Ints = np.concatenate((arcs.head, leads_to, base + n + place))
    weight = np.concatenate((arcs.weight, out_weight, in_weight)).astype(np.float64)
    size = base + 2 * n
    return coo_matrix((weight, (rows, columns)), shape=(size, size)).tocsr()


def _links(node: Ints, weight: Ints) -> tuple[Ints, Ints, Ints]:
    """List place, node and weight; of two links to one node only the cheaper.

    A sparse matrix would add the two up.
    """
    used = node != NO_NODE
    loop = (node[:, 0] == node[:, 1]) & used[:, 0]
    used[loop, 1] = weight[loop, 1] < weight[loop, 0]
    used[loop, 0] = ~used[loop, 1]
    place, side = np.nonzero(used)
    return place, node[place, side], weight[place, side]
