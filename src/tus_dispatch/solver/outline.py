"""What is known of an order before anything is inserted: bounds that screen places cheaply.

A stretch of an order is summed up by three numbers: the least time from its
beginning to its end, and the earliest and the latest beginning that need no
more. Windows alone are looked at, so every number is a bound; the triangle
inequality is not needed.
"""

from typing import NamedTuple

import numpy as np

from tus_dispatch.solver.arrays import (
    EARLIEST_S,
    END_EARLIEST_S,
    END_LATEST_S,
    END_LOCATION,
    LATEST_S,
    LOCATION,
    SERVICE_S,
    START_EARLIEST_S,
    START_LATEST_S,
    START_LOCATION,
    Arrays,
)
from tus_dispatch.solver.instance import N_LOADS, Ints
from tus_dispatch.solver.jit import inner_kernel

SPAN_S, FIRST_S, LAST_S = 0, 1, 2


class Outline(NamedTuple):
    """Stretches and loads of an order of ``n`` nodes, see :func:`outline_of`.

    Attributes
    ----------
    place
        Location of every position, shape ``(n + 2,)``.
    head
        From the sign-on to the end of service at a position, shape ``(n + 1, 3)``.
    tail
        From the start of service at a position to the sign-off, shape
        ``(n + 2, 3)``.
    load
        Load after a position, shape ``(n + 1, 3)``.
    top
        Largest load of each kind, shape ``(3,)``.
    metres
        Length of the order.
    """

    place: Ints
    head: Ints
    tail: Ints
    load: Ints
    top: Ints
    metres: int


@inner_kernel
def lengthen(
    span_s: int, first_s: int, last_s: int, way_s: int, earliest_s: int, latest_s: int
) -> tuple[int, int, int]:
    """Add one more node to the end of a stretch.

    Parameters
    ----------
    span_s, first_s, last_s
        The stretch.
    way_s
        Drive from its end to the node.
    earliest_s, latest_s
        Window of the node.

    Returns
    -------
    span_s : int
        Until the node's start of service.
    first_s, last_s : int
        Beginnings; ``first_s`` is larger where the node comes too late.
    """
    span_s += way_s
    wait_s = max(0, earliest_s - span_s - last_s)
    first_s = max(first_s, earliest_s - span_s) - wait_s
    return span_s + wait_s, first_s, min(last_s, latest_s - span_s)


@inner_kernel
def outline_of(a: Arrays, vehicle: int, nodes: Ints) -> Outline:
    """Sum an order up.

    Parameters
    ----------
    a, vehicle, nodes
        An order without its break.

    Returns
    -------
    Outline
        Its stretches, loads and length.
    """
    n = len(nodes)
    place = np.empty(n + 2, dtype=np.int64)
    metres = 0
    place[0] = a.vehicle[vehicle, START_LOCATION]
    place[n + 1] = a.vehicle[vehicle, END_LOCATION]
    for i in range(1, n + 2):
        if i <= n:
            place[i] = a.node[nodes[i - 1], LOCATION]
            if place[i] < 0:
                place[i] = place[i - 1]
        metres += a.distance_m[place[i - 1], place[i]]
    load = np.zeros((n + 1, N_LOADS), dtype=np.int64)
    top = np.zeros(N_LOADS, dtype=np.int64)
    _sum_loads(a, nodes, load, top)
    head = np.empty((n + 1, 3), dtype=np.int64)
    tail = np.empty((n + 2, 3), dtype=np.int64)
    _sum_stretches(a, vehicle, nodes, place, head, tail)
    return Outline(place, head, tail, load, top, metres)


@inner_kernel
def _sum_loads(a: Arrays, nodes: Ints, load: Ints, top: Ints) -> None:
    """Follow the loads of an order."""
    n_requests = len(a.request)
    for i in range(1, len(nodes) + 1):
        node = nodes[i - 1]
        for kind in range(N_LOADS):
            change = 0
            if node < n_requests:
                change = a.load[node, kind]
            elif node < 2 * n_requests:
                change = -a.load[node - n_requests, kind]
            load[i, kind] = load[i - 1, kind] + change
            top[kind] = max(top[kind], load[i, kind])


@inner_kernel
def _sum_stretches(
    a: Arrays, vehicle: int, nodes: Ints, place: Ints, head: Ints, tail: Ints
) -> None:
    """Follow the times of an order from both ends."""
    n = len(nodes)
    head[0, SPAN_S] = 0
    head[0, FIRST_S] = a.vehicle[vehicle, START_EARLIEST_S]
    head[0, LAST_S] = a.vehicle[vehicle, START_LATEST_S]
    for i in range(1, n + 1):
        node = nodes[i - 1]
        span_s, head[i, FIRST_S], head[i, LAST_S] = lengthen(
            head[i - 1, SPAN_S],
            head[i - 1, FIRST_S],
            head[i - 1, LAST_S],
            a.duration_s[place[i - 1], place[i]],
            a.node[node, EARLIEST_S],
            a.node[node, LATEST_S],
        )
        head[i, SPAN_S] = span_s + a.node[node, SERVICE_S]
    tail[n + 1, SPAN_S] = 0
    tail[n + 1, FIRST_S] = a.vehicle[vehicle, END_EARLIEST_S]
    tail[n + 1, LAST_S] = a.vehicle[vehicle, END_LATEST_S]
    for i in range(n, 0, -1):
        node = nodes[i - 1]
        span_s, tail[i, FIRST_S], tail[i, LAST_S] = lengthen(
            a.node[node, SERVICE_S],
            a.node[node, EARLIEST_S],
            a.node[node, LATEST_S],
            a.duration_s[place[i], place[i + 1]],
            tail[i + 1, FIRST_S],
            tail[i + 1, LAST_S],
        )
        tail[i, SPAN_S] = span_s + tail[i + 1, SPAN_S]
