"""Loops over a contraction hierarchy, plain enough for Numba to compile and for tests to run as is.

Nodes are numbered by rank: an arc is stored at its lower end, and the parent of
a node is the lowest of its upper neighbours.
"""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

NO_NODE = -1
FAR = 1 << 60
"""Weight of no way at all; two of them still fit into 64 bits."""


def customise(start: Ints, head: Ints, up: Ints, down: Ints) -> None:
    """Give every shortcut the weight of the best way below it.

    Parameters
    ----------
    start, head
        Upper neighbours of each node, ascending; shapes ``(n + 1,)``, ``(k,)``.
    up, down
        Weight of each arc towards its upper and its lower end, shape ``(k,)``;
        ``FAR`` where there is none. Changed in place.
    """
    for node in range(len(start) - 1):
        for i in range(start[node], start[node + 1]):
            k = start[head[i]]
            for j in range(i + 1, start[node + 1]):
                while head[k] != head[j]:
                    k += 1
                up[k] = min(up[k], down[i] + up[j])
                down[k] = min(down[k], down[j] + up[i])


def climb_lengths(start: Ints, head: Ints, ends: Ints) -> Ints:
    """Count the nodes above the two ends of each place, the ends included.

    Parameters
    ----------
    start, head
        Upper neighbours of each node.
    ends
        Nodes a place is joined to, -1 for none; shape ``(p, 2)``.

    Returns
    -------
    count : ndarray of int64, shape (p,)
        A node above both ends counts once.
    """
    count = np.zeros(len(ends), dtype=np.int64)
    last = len(start) - 1
    for p in range(len(ends)):
        a, b = ends[p, 0], ends[p, 1]
        a = last if a == NO_NODE else a
        b = last if b == NO_NODE else b
        while a < last or b < last:
            node = min(a, b)
            above = head[start[node]] if start[node] < start[node + 1] else last
            a = above if a == node else a
            b = above if b == node else b
            count[p] += 1
    return count


def climb(tree: tuple[Ints, Ints, Ints], ends: Ints, weight: Ints, labels: Ints) -> Ints:
    """Find the weight from each place to all nodes above its ends.

    Parameters
    ----------
    tree
        ``start``, ``head`` and the weights to climb by: ``up`` for origins,
        ``down`` for destinations, whose arcs are then followed backwards.
    ends, weight
        Nodes a place is joined to, -1 for none, and at what weight; shape
        ``(p, 2)``.
    labels
        Where the entries of each place begin, shape ``(p + 1,)``.

    Returns
    -------
    entries : ndarray of int64, shape (labels[-1], 2)
        Node and weight, ascending by node within a place.
    """
    start, head, arc = tree
    last = len(start) - 1
    entries = np.empty((labels[-1], 2), dtype=np.int64)
    best = np.full(last + 1, FAR, dtype=np.int64)
    for p in range(len(ends)):
        at = [last, last]
        for side in range(2):
            if ends[p, side] != NO_NODE:
                at[side] = ends[p, side]
                best[at[side]] = min(best[at[side]], weight[p, side])
        for entry in range(labels[p], labels[p + 1]):
            node = min(at[0], at[1])
            here = best[node]
            entries[entry, 0], entries[entry, 1] = node, here
            best[node] = FAR
            for k in range(start[node], start[node + 1]):
                best[head[k]] = min(best[head[k]], here + arc[k])
            above = head[start[node]] if start[node] < start[node + 1] else last
            at[0] = above if at[0] == node else at[0]
            at[1] = above if at[1] == node else at[1]
    return entries


def meet(origins: tuple[Ints, Ints], buckets: tuple[Ints, Ints], n_destinations: int) -> Ints:
    """Join what origins and destinations found at the nodes above both.

    Parameters
    ----------
    origins
        Where the entries of each origin begin, and the entries (node, weight).
    buckets
        Where the entries of each node begin, and the entries (destination,
        weight).
    n_destinations
        Number of columns.

    Returns
    -------
    weight : ndarray of int64, shape (p, n_destinations)
        Best sum of two weights; ``FAR`` or more where nothing meets.
    """
    labels, entries = origins
    begin, found = buckets
    weight = np.full((len(labels) - 1, n_destinations), FAR, dtype=np.int64)
    for p in range(len(labels) - 1):
        row = weight[p]
        for entry in range(labels[p], labels[p + 1]):
            node, here = entries[entry]
            if here >= FAR:
                continue
            for k in range(begin[node], begin[node + 1]):
                row[found[k, 0]] = min(row[found[k, 0]], here + found[k, 1])
    return weight
