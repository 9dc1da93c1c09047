"""A route as rows of numbers, one column per position: what its timing needs, and nothing else.

A route has ``n`` nodes at positions ``1 .. n``; position 0 is the sign-on and
``n + 1`` the sign-off.
"""

from typing import NamedTuple

import numpy as np

from tus_dispatch.solver.arrays import (
    BREAK_NODE,
    BREAK_WITHIN_S,
    EARLIEST_S,
    END_EARLIEST_S,
    END_LATEST_S,
    END_LOCATION,
    LATEST_S,
    LOCATION,
    MAX_RIDE_S,
    MAX_WAIT_S,
    SERVICE_S,
    START_EARLIEST_S,
    START_LATEST_S,
    START_LOCATION,
    Arrays,
)
from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.jit import inner_kernel

ENDLESS_S = 2**40
(
    NODE,
    PLACE,
    DRIVE_S,
    AT_DOOR_S,
    FROM_S,
    UNTIL_S,
    MATE,
    APART_S,
    IDLE_S,
    ABOARD,
    X,
    Y,
    SPARE,
) = range(13)
N_ROWS = 13
SPAN_S, FIRST_S, LAST_S = 0, 1, 2
HEAD, TAIL, LOAD, HURRIED = 0, 3, 6, 9
N_SUM_ROWS = 10


class Work(NamedTuple):
    """Room for one order, what is known of it, and two longer ones made from it.

    Attributes
    ----------
    base, trial, paused
        Lines, shape ``(13, w)``. Rows: node and location of each position,
        the drive that leads to it, the time at its door, its window, the
        position it must not be too far from (the pickup of a dropoff, the
        sign-on of a break, else the sign-on), how far that may be, the
        longest idle time in front of it, requests aboard behind it, two
        schedules, and one row to spare.
    sums
        Rows ``HEAD`` to ``HEAD + 2``: from the sign-on to the end of service
        at a position, three numbers of a stretch; ``TAIL``: from the start of
        service to the sign-off; ``LOAD``: load behind a position by kind;
        ``HURRIED``: how many aboard behind it have no slack in their ride
        before it costs. Shape ``(10, w)``.
    top
        Largest load of each kind, length of the order, and what the times of
        those in it cost at least; shape ``(5,)``.
    place
        Scratch for places that pass the screens, shape ``(.., 3)``.
    parts
        Scratch for prices, shape ``(7,)``.
    told
        Nodes and times of an order with its break, shape ``(2, w)``.
    """

    base: Ints
    trial: Ints
    paused: Ints
    sums: Ints
    top: Ints
    place: Ints
    parts: Ints
    told: Ints


def make_work(n: int) -> Work:
    """Return room for orders of ``n`` nodes and those made from them."""
    width = n + 6
    return Work(
        np.zeros((N_ROWS, width), dtype=np.int64),
        np.zeros((N_ROWS, width), dtype=np.int64),
        np.zeros((N_ROWS, width), dtype=np.int64),
        np.zeros((N_SUM_ROWS, width), dtype=np.int64),
        np.zeros(5, dtype=np.int64),
        np.empty(((n + 3) * (n + 4) // 2, 3), dtype=np.int64),
        np.zeros(7, dtype=np.int64),
        np.zeros((2, width), dtype=np.int64),
    )


@inner_kernel
def write_line(a: Arrays, vehicle: int, nodes: Ints, line: Ints) -> bool:
    """Follow a route and note what its timing needs.

    Parameters
    ----------
    a, vehicle, nodes
        The instance, whose route, and its order of shape ``(n,)``.
    line
        Out.

    Returns
    -------
    bool
        False when a drive is impossible, a dropoff comes without its pickup,
        a pause finds somebody aboard or somebody stays aboard at the end. For
        impossible drives alone the line is complete all the same: what comes
        in between may make it possible.
    """
    n = len(nodes)
    n_requests = len(a.request)
    _write_ends(a, vehicle, n, line)
    n_aboard = 0
    is_drivable = n >= 0
    for k in range(1, n + 1):
        node = nodes[k - 1]
        write_node(a, vehicle, node, line, k)
        line[IDLE_S, k] = a.vehicle[vehicle, MAX_WAIT_S] if n_aboard > 0 else ENDLESS_S
        if line[PLACE, k] < 0:
            line[PLACE, k] = line[PLACE, k - 1]
        line[DRIVE_S, k] = a.duration_s[line[PLACE, k - 1], line[PLACE, k]]
        if line[DRIVE_S, k] < 0:
            is_drivable = False
        if node < n_requests:
            n_aboard += 1
        elif node < 2 * n_requests:
            at = k - 1
            while at > 0 and line[NODE, at] != node - n_requests:
                at -= 1
            if at == 0:
                return False
            line[MATE, k] = at
            n_aboard -= 1
        elif n_aboard > 0:
            return False
        line[ABOARD, k] = n_aboard
    line[DRIVE_S, n + 1] = a.duration_s[line[PLACE, n], line[PLACE, n + 1]]
    return is_drivable and line[DRIVE_S, n + 1] >= 0 and n_aboard == 0


@inner_kernel
def _write_ends(a: Arrays, vehicle: int, n: int, line: Ints) -> None:
    """Note sign-on and sign-off."""
    for k in (0, n + 1):
        line[NODE, k] = -1
        line[AT_DOOR_S, k] = 0
        line[MATE, k] = 0
        line[APART_S, k] = ENDLESS_S
        line[IDLE_S, k] = ENDLESS_S
        line[ABOARD, k] = 0
    line[PLACE, 0] = a.vehicle[vehicle, START_LOCATION]
    line[PLACE, n + 1] = a.vehicle[vehicle, END_LOCATION]
    line[FROM_S, 0] = a.vehicle[vehicle, START_EARLIEST_S]
    line[UNTIL_S, 0] = a.vehicle[vehicle, START_LATEST_S]
    line[FROM_S, n + 1] = a.vehicle[vehicle, END_EARLIEST_S]
    line[UNTIL_S, n + 1] = a.vehicle[vehicle, END_LATEST_S]
    line[DRIVE_S, 0] = 0


@inner_kernel
def write_node(a: Arrays, vehicle: int, node: int, line: Ints, k: int) -> None:
    """Note what a node alone says of its position."""
    n_requests = len(a.request)
    line[NODE, k] = node
    line[PLACE, k] = a.node[node, LOCATION]
    line[AT_DOOR_S, k] = a.node[node, SERVICE_S]
    line[FROM_S, k] = a.node[node, EARLIEST_S]
    line[UNTIL_S, k] = a.node[node, LATEST_S]
    line[MATE, k] = 0
    line[APART_S, k] = ENDLESS_S
    if n_requests <= node < 2 * n_requests:
        request = node - n_requests
        line[APART_S, k] = a.request[request, MAX_RIDE_S] + a.node[request, SERVICE_S]
    elif node == a.vehicle[vehicle, BREAK_NODE]:
        line[APART_S, k] = a.vehicle[vehicle, BREAK_WITHIN_S]


@inner_kernel
def metres_of(a: Arrays, line: Ints, n: int) -> int:
    """Return the length of a line whose drives all exist, in metres."""
    metres: int = 0
    for k in range(1, n + 2):
        metres += a.distance_m[line[PLACE, k - 1], line[PLACE, k]]
    return metres


@inner_kernel
def write_longer(
    a: Arrays, vehicle: int, base: Ints, n: int, request: int, i: int, j: int, line: Ints
) -> bool:
    """Note an order with one more request in it.

    Parameters
    ----------
    a, vehicle, base, n
        The order without the request, as :func:`write_line` left it.
    request, i, j
        Its pickup goes behind position ``i``, its dropoff behind ``j`` of the
        old order.
    line
        Out: an order of ``n + 2`` nodes.

    Returns
    -------
    bool
        False when a drive is impossible.
    """
    for row in range(X + 1):
        for k in range(i + 1):
            line[row, k] = base[row, k]
        for k in range(i + 1, j + 1):
            line[row, k + 1] = base[row, k]
        for k in range(j + 1, n + 2):
            line[row, k + 2] = base[row, k]
    wait_s = a.vehicle[vehicle, MAX_WAIT_S]
    write_node(a, vehicle, request, line, i + 1)
    write_node(a, vehicle, request + len(a.request), line, j + 2)
    line[X, i + 1] = line[FROM_S, i + 1]
    line[X, j + 2] = line[FROM_S, j + 2]
    line[ABOARD, i + 1] = line[ABOARD, i] + 1
    line[IDLE_S, i + 1] = wait_s if line[ABOARD, i] > 0 else ENDLESS_S
    for k in range(i + 2, j + 2):
        line[ABOARD, k] += 1
        line[IDLE_S, k] = wait_s
        if line[MATE, k] > i:
            line[MATE, k] += 1
    line[ABOARD, j + 2] = line[ABOARD, j + 1] - 1
    line[IDLE_S, j + 2] = wait_s
    line[MATE, j + 2] = i + 1
    for k in range(j + 3, n + 3):
        if line[MATE, k] > j:
            line[MATE, k] += 2
        elif line[MATE, k] > i:
            line[MATE, k] += 1
    for k in (i + 1, i + 2, j + 2, j + 3):
        line[DRIVE_S, k] = a.duration_s[line[PLACE, k - 1], line[PLACE, k]]
    k = j + 3
    while k < n + 3 and line[NODE, k] >= 0 and a.node[line[NODE, k], LOCATION] < 0:
        # Pauses taken anywhere are taken where the vehicle stands now.
        line[PLACE, k] = line[PLACE, k - 1]
        line[DRIVE_S, k] = a.duration_s[line[PLACE, k - 1], line[PLACE, k]]
        line[DRIVE_S, k + 1] = a.duration_s[line[PLACE, k], line[PLACE, k + 1]]
        k += 1
    for k in range(1, n + 4):
        # The old order may be pauses alone that no road joins.
        if line[DRIVE_S, k] < 0:
            return False
    return n >= 0


def insert_at(nodes: Ints, request: int, dropoff: int, i: int, j: int) -> Ints:
    """Return the order with a pickup after position ``i`` and its dropoff after ``j``.

    Parameters
    ----------
    nodes
        The old order, shape ``(n,)``.
    request, dropoff
        Both nodes.
    i, j
        Numbers of old nodes before each, ``i <= j``.

    Returns
    -------
    ndarray of shape (n + 2,)
        The new order.
    """
    return np.concatenate((nodes[:i], [request], nodes[i:j], [dropoff], nodes[j:])).astype(np.int64)
