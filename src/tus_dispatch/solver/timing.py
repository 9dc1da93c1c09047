"""Exact times for a fixed order of nodes, by difference constraints.

A route has ``n`` nodes at positions ``1 .. n``; position 0 is the sign-on and
``n + 1`` the sign-off. Moving on costs service and driving (lower bounds
forwards); ride limits, waits aboard, the longest duty and the break's latest
start are lower bounds backwards: to keep them, an earlier position is delayed.
The least fixed point of all lower bounds is the earliest schedule, and the
order is feasible exactly when it stays inside every window.

References
----------
.. [1] Cordeau, J.-F. and Laporte, G. (2003). A tabu search heuristic for the
   static multi-vehicle dial-a-ride problem. *Transportation Research Part B*,
   37(6), 579-594.
"""

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


@inner_kernel
def trace(a: Arrays, vehicle: int, nodes: Ints, drive_s: Ints, aboard: Ints, mate: Ints) -> bool:
    """Follow a route and note what its timing needs.

    Parameters
    ----------
    a
        The instance.
    vehicle
        Whose route.
    nodes
        Shape ``(n,)``.
    drive_s
        Out, shape ``(n + 1,)``: driving seconds from position i to i + 1.
    aboard
        Out, shape ``(n + 1,)``: requests aboard after position i.
    mate
        Out, shape ``(n + 1,)``: position of the pickup when position i is a
        dropoff, else 0.

    Returns
    -------
    bool
        False when a drive is impossible, a dropoff comes without its pickup,
        a pause finds somebody aboard or somebody stays aboard at the end.
    """
    n = len(nodes)
    n_requests = len(a.request)
    here = a.vehicle[vehicle, START_LOCATION]
    n_aboard = 0
    aboard[0] = 0
    mate[0] = 0
    for i in range(n):
        node = nodes[i]
        there = a.node[node, LOCATION]
        if there < 0:
            there = here
        drive_s[i] = a.duration_s[here, there]
        if drive_s[i] < 0:
            return False
        mate[i + 1] = 0
        if node < n_requests:
            n_aboard += 1
        elif node < 2 * n_requests:
            at = i - 1
            while at >= 0 and nodes[at] != node - n_requests:
                at -= 1
            if at < 0:
                return False
            mate[i + 1] = at + 1
            n_aboard -= 1
        elif n_aboard > 0:
            return False
        aboard[i + 1] = n_aboard
        here = there
    drive_s[n] = a.duration_s[here, a.vehicle[vehicle, END_LOCATION]]
    return drive_s[n] >= 0 and n_aboard == 0


@inner_kernel
def raise_to_earliest(
    a: Arrays,
    vehicle: int,
    nodes: Ints,
    drive_s: Ints,
    aboard: Ints,
    mate: Ints,
    longest_s: int,
    x: Ints,
) -> bool:
    """Raise a schedule to the least one that keeps every lower bound.

    Parameters
    ----------
    a, vehicle, nodes, drive_s, aboard, mate
        As :func:`trace` left them.
    longest_s
        Longest time from sign-on to sign-off.
    x
        In and out, shape ``(n + 2,)``: a schedule no later than any feasible
        one, for instance every window's earliest time.

    Returns
    -------
    bool
        Whether the schedule stays inside all windows, so the order is
        feasible.

    Notes
    -----
    Bellman-Ford in the order of the route: at most n + 3 double sweeps, two or
    three in practice.
    """
    n = len(nodes)
    n_requests = len(a.request)
    wait_s = a.vehicle[vehicle, MAX_WAIT_S]
    for sweep in range(n + 3):
        changed = sweep == 0
        if x[0] > a.vehicle[vehicle, START_LATEST_S]:
            return False
        leave_s = x[0]
        for i in range(1, n + 2):
            reach_s = leave_s + drive_s[i - 1]
            if reach_s > x[i]:
                x[i] = reach_s
                changed = True
            if i <= n:
                node = nodes[i - 1]
                if x[i] > a.node[node, LATEST_S]:
                    return False
                leave_s = x[i] + a.node[node, SERVICE_S]
            elif x[i] > a.vehicle[vehicle, END_LATEST_S]:
                return False
        if not changed:
            return True
        changed = False
        if x[n + 1] - longest_s > x[0]:
            x[0] = x[n + 1] - longest_s
            changed = True
        for i in range(n, 0, -1):
            node = nodes[i - 1]
            at = mate[i]
            if at > 0:
                request = node - n_requests
                least_s = x[i] - a.request[request, MAX_RIDE_S] - a.node[request, SERVICE_S]
            elif node == a.vehicle[vehicle, BREAK_NODE]:
                least_s = x[i] - a.vehicle[vehicle, BREAK_WITHIN_S]
            else:
                least_s = x[at]
            if least_s > x[at]:
                x[at] = least_s
                changed = True
            if aboard[i - 1] > 0:
                before = nodes[i - 2]
                least_s = x[i] - drive_s[i - 1] - a.node[before, SERVICE_S] - wait_s
                if least_s > x[i - 1]:
                    x[i - 1] = least_s
                    changed = True
        if not changed:
            return True
    return False


@inner_kernel
def lower_to_latest(
    a: Arrays, vehicle: int, nodes: Ints, drive_s: Ints, aboard: Ints, mate: Ints, y: Ints
) -> None:
    """Lower a schedule to the greatest one that keeps every upper bound.

    Parameters
    ----------
    a, vehicle, nodes, drive_s, aboard, mate
        As in :func:`raise_to_earliest`; the order must be feasible.
    y
        In and out, shape ``(n + 2,)``: no earlier than any feasible schedule
        that signs off at the earliest sign-off there is.

    Notes
    -----
    The mirror image of :func:`raise_to_earliest`. The earliest sign-off keeps
    the longest duty anyway.
    """
    n = len(nodes)
    n_requests = len(a.request)
    wait_s = a.vehicle[vehicle, MAX_WAIT_S]
    for _ in range(n + 3):
        changed = False
        for i in range(n, -1, -1):
            service_s = a.node[nodes[i - 1], SERVICE_S] if i > 0 else 0
            most_s = y[i + 1] - drive_s[i] - service_s
            if most_s < y[i]:
                y[i] = most_s
                changed = True
        for i in range(1, n + 1):
            node = nodes[i - 1]
            at = mate[i]
            most_s = y[i]
            if at > 0:
                request = node - n_requests
                most_s = y[at] + a.node[request, SERVICE_S] + a.request[request, MAX_RIDE_S]
            elif node == a.vehicle[vehicle, BREAK_NODE]:
                most_s = y[0] + a.vehicle[vehicle, BREAK_WITHIN_S]
            if most_s < y[i]:
                y[i] = most_s
                changed = True
            if aboard[i - 1] > 0:
                most_s = y[i - 1] + a.node[nodes[i - 2], SERVICE_S] + drive_s[i - 1] + wait_s
                if most_s < y[i]:
                    y[i] = most_s
                    changed = True
        if not changed:
            return


@inner_kernel
def settle(
    a: Arrays,
    vehicle: int,
    nodes: Ints,
    drive_s: Ints,
    aboard: Ints,
    mate: Ints,
    longest_s: int,
    x: Ints,
) -> bool:
    """Set times: the shortest duty that ends as early as it can, pickups late inside it.

    Parameters
    ----------
    a, vehicle, nodes, drive_s, aboard, mate, longest_s
        As in :func:`raise_to_earliest`.
    x
        Out, shape ``(n + 2,)``: the schedule.

    Returns
    -------
    bool
        Whether the order is feasible.

    Notes
    -----
    The latest sign-on as a function of the sign-off rises by at most one
    second per second, so the earliest sign-off admits the shortest duty.
    """
    n = len(nodes)
    x[0] = a.vehicle[vehicle, START_EARLIEST_S]
    x[n + 1] = a.vehicle[vehicle, END_EARLIEST_S]
    for i in range(n):
        x[i + 1] = a.node[nodes[i], EARLIEST_S]
    if not raise_to_earliest(a, vehicle, nodes, drive_s, aboard, mate, longest_s, x):
        return False
    y = np.empty(n + 2, dtype=np.int64)
    y[0] = a.vehicle[vehicle, START_LATEST_S]
    y[n + 1] = x[n + 1]
    for i in range(n):
        y[i + 1] = a.node[nodes[i], LATEST_S]
    lower_to_latest(a, vehicle, nodes, drive_s, aboard, mate, y)
    x[0] = y[0]
    raise_to_earliest(a, vehicle, nodes, drive_s, aboard, mate, longest_s, x)
    _delay_pickups(a, vehicle, nodes, drive_s, aboard, x, y)
    return True


@inner_kernel
def _delay_pickups(
    a: Arrays, vehicle: int, nodes: Ints, drive_s: Ints, aboard: Ints, x: Ints, y: Ints
) -> None:
    """Board people as late as the rest of the route allows; nothing else moves."""
    n = len(nodes)
    n_requests = len(a.request)
    wait_s = a.vehicle[vehicle, MAX_WAIT_S]
    for i in range(n, 0, -1):
        node = nodes[i - 1]
        if node < n_requests:
            most_s = x[i + 1] - drive_s[i] - a.node[node, SERVICE_S]
            x[i] = max(x[i], min(y[i], most_s))
    for i in range(2, n + 1):
        if nodes[i - 1] < n_requests and aboard[i - 1] > 0:
            arrival_s = x[i - 1] + a.node[nodes[i - 2], SERVICE_S] + drive_s[i - 1]
            x[i] = min(x[i], arrival_s + wait_s)
