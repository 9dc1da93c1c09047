"""Exact times for a fixed order of nodes, by difference constraints.

Moving on costs service and driving (lower bounds forwards); ride limits, waits
aboard, the longest duty and the break's latest start are lower bounds
backwards: to keep them, an earlier position is delayed. The least fixed point
of all lower bounds is the earliest schedule, and the order is feasible exactly
when it stays inside every window.

References
----------
.. [1] Cordeau, J.-F. and Laporte, G. (2003). A tabu search heuristic for the
   static multi-vehicle dial-a-ride problem. *Transportation Research Part B*,
   37(6), 579-594.
"""

from tus_dispatch.solver.arrays import LOCATION, TARGET_S, Arrays
from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.jit import inner_kernel
from tus_dispatch.solver.line import (
    ABOARD,
    APART_S,
    AT_DOOR_S,
    DRIVE_S,
    ENDLESS_S,
    FROM_S,
    IDLE_S,
    MATE,
    NODE,
    PLACE,
    SPARE,
    UNTIL_S,
    X,
    Y,
)


@inner_kernel
def raise_to_earliest(line: Ints, n: int, longest_s: int, may_delay: bool) -> bool:
    """Raise a schedule to the least one that keeps every lower bound.

    Parameters
    ----------
    line, n
        An order of ``n`` nodes. Row ``X`` in and out: a schedule no later
        than any feasible one, for instance every window's earliest time.
    longest_s
        Longest time from sign-on to sign-off.
    may_delay
        Whether an earlier position may be delayed for a later one. Without,
        orders that need it are refused, as earliest-start scheduling does.

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
    for sweep in range(n + 3):
        changed = sweep == 0
        if line[X, 0] > line[UNTIL_S, 0]:
            return False
        for k in range(1, n + 2):
            reach_s = line[X, k - 1] + line[AT_DOOR_S, k - 1] + line[DRIVE_S, k]
            if reach_s > line[X, k]:
                line[X, k] = reach_s
                changed = True
            if line[X, k] > line[UNTIL_S, k]:
                return False
        if not changed:
            return True
        changed = False
        if line[X, n + 1] - longest_s > line[X, 0]:
            line[X, 0] = line[X, n + 1] - longest_s
            changed = True
        for k in range(n, 0, -1):
            at = line[MATE, k]
            least_s = line[X, k] - line[APART_S, k]
            if least_s > line[X, at]:
                line[X, at] = least_s
                changed = True
            least_s = line[X, k] - line[DRIVE_S, k] - line[AT_DOOR_S, k - 1] - line[IDLE_S, k]
            if least_s > line[X, k - 1]:
                line[X, k - 1] = least_s
                changed = True
        if not changed:
            return True
        if not may_delay:
            return False
    return False


@inner_kernel
def lower_to_latest(line: Ints, n: int, longest_s: int) -> None:
    """Lower a schedule to the greatest one that keeps every upper bound.

    Parameters
    ----------
    line, n
        A feasible order. Row ``Y`` in and out: no earlier than any feasible
        schedule.
    longest_s
        Longest time from sign-on to sign-off.

    Notes
    -----
    The mirror image of :func:`raise_to_earliest`.
    """
    for _ in range(n + 3):
        changed = False
        for k in range(n, -1, -1):
            most_s = line[Y, k + 1] - line[DRIVE_S, k + 1] - line[AT_DOOR_S, k]
            if most_s < line[Y, k]:
                line[Y, k] = most_s
                changed = True
        for k in range(1, n + 1):
            most_s = min(
                line[Y, line[MATE, k]] + line[APART_S, k],
                line[Y, k - 1] + line[AT_DOOR_S, k - 1] + line[DRIVE_S, k] + line[IDLE_S, k],
            )
            if most_s < line[Y, k]:
                line[Y, k] = most_s
                changed = True
        if line[Y, 0] + longest_s < line[Y, n + 1]:
            line[Y, n + 1] = line[Y, 0] + longest_s
            changed = True
        if not changed:
            return


@inner_kernel
def settle(line: Ints, n: int, longest_s: int, n_requests: int) -> None:
    """Set times: the shortest duty that ends as early as it can, pickups late inside it.

    Parameters
    ----------
    line, n, longest_s
        A feasible order, row ``X`` holding its earliest schedule.
    n_requests
        Of the instance.

    Notes
    -----
    The latest sign-on as a function of the sign-off rises by at most one
    second per second, so the earliest sign-off admits the shortest duty.
    """
    for k in range(n + 1):
        line[Y, k] = line[UNTIL_S, k]
    line[Y, n + 1] = line[X, n + 1]
    lower_to_latest(line, n, longest_s)
    line[X, 0] = line[Y, 0]
    raise_to_earliest(line, n, longest_s, n >= 0)
    for k in range(n, 0, -1):
        if 0 <= line[NODE, k] < n_requests:
            most_s = line[X, k + 1] - line[DRIVE_S, k + 1] - line[AT_DOOR_S, k]
            line[X, k] = max(line[X, k], min(line[Y, k], most_s))
    for k in range(2, n + 1):
        if line[NODE, k] < n_requests and line[ABOARD, k - 1] > 0:
            arrival_s = line[X, k - 1] + line[AT_DOOR_S, k - 1] + line[DRIVE_S, k]
            line[X, k] = min(line[X, k], arrival_s + line[IDLE_S, k])


@inner_kernel
def delay_stretches(a: Arrays, line: Ints, n: int) -> None:
    """Move stretches later into the idle time behind them while that is cheaper.

    Parameters
    ----------
    a
        Gives targets and prices.
    line, n
        Row ``X`` in and out: a schedule as :func:`settle` leaves it, its ends
        unmoved.

    Notes
    -----
    A stretch begins with nobody aboard and ends before the first idle time
    behind it with nobody aboard; who arrives early in it does less so. Exact
    times are set by ``models.timetable`` once the search is over; this keeps
    what the search believes within a fraction of a percent of them.
    """
    n_requests = len(a.request)
    # Nothing is gained by a stretch without an early arrival, and delays make no more of them.
    early_at = n + 1
    for first in range(n, 0, -1):
        node = line[NODE, first]
        if n_requests <= node < 2 * n_requests and line[X, first] < a.node[node, TARGET_S]:
            early_at = first
        if line[ABOARD, first - 1] > 0:
            continue
        for _ in range(n):
            last = _stretch_end(line, n, first)
            if early_at > last:
                break
            rate, most_s = _delay_of(a, line, first, last)
            if rate >= 0 or most_s <= 0:
                break
            for k in range(first, last + 1):
                line[X, k] += most_s


@inner_kernel
def _stretch_end(line: Ints, n: int, first: int) -> int:
    """Return the last position before idle time with nobody aboard."""
    last = first
    while last < n and (line[ABOARD, last] > 0 or _idle_s(line, last) == 0):
        last += 1
    return last


@inner_kernel
def _idle_s(line: Ints, k: int) -> int:
    """Return the idle time behind a position."""
    idle_s: int = line[X, k + 1] - line[X, k] - line[AT_DOOR_S, k] - line[DRIVE_S, k + 1]
    return idle_s


@inner_kernel
def _delay_of(a: Arrays, line: Ints, first: int, last: int) -> tuple[int, int]:
    """Return what a second of delay of a stretch costs, and for how many it does so."""
    n_requests = len(a.request)
    most_s = _idle_s(line, last)
    rate = 0
    for k in range(first, last + 1):
        most_s = min(most_s, line[UNTIL_S, k] - line[X, k])
        if line[MATE, k] < first:
            most_s = min(most_s, line[X, line[MATE, k]] + line[APART_S, k] - line[X, k])
        node = line[NODE, k]
        if node >= 2 * n_requests or a.node[node, TARGET_S] < 0:
            continue
        short_s = a.node[node, TARGET_S] - line[X, k]
        if node < n_requests and short_s <= 0:
            rate += a.weights[7]
        elif short_s > 0:
            most_s = min(most_s, short_s)
            if node >= n_requests:
                rate -= a.weights[6]
    return rate, most_s


@inner_kernel
def bracket(a: Arrays, line: Ints, n: int, longest_s: int) -> None:
    """Set row ``X`` to times no position can be before, and ``Y`` to times none can be after.

    Parameters
    ----------
    a
        Tells where pauses are taken.
    line, n, longest_s
        A feasible order.

    Notes
    -----
    Waits aboard are left out, so that the bounds stay true for every longer
    order made from this one whose detours take no less time. A pause taken
    anywhere may stand somewhere else in it, so no drive leads away from one.
    """
    n_fixed = 2 * len(a.request)
    for k in range(n + 2):
        line[SPARE, k] = line[IDLE_S, k]
        line[IDLE_S, k] = ENDLESS_S
        line[X, k] = line[FROM_S, k]
        line[Y, k] = line[UNTIL_S, k]
        if line[NODE, k] >= n_fixed and a.node[line[NODE, k], LOCATION] < 0:
            line[DRIVE_S, k + 1] = 0
    raise_to_earliest(line, n, longest_s, n >= 0)
    lower_to_latest(line, n, longest_s)
    for k in range(n + 2):
        line[IDLE_S, k] = line[SPARE, k]
        if line[NODE, k] >= n_fixed:
            line[DRIVE_S, k + 1] = a.duration_s[line[PLACE, k], line[PLACE, k + 1]]
