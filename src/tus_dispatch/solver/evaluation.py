"""Whether a fixed order keeps every rule of its vehicle, and what it then costs."""

import numpy as np

from tus_dispatch.solver.arrays import (
    BREAK_AFTER_S,
    BREAK_NODE,
    FIRST_CONFIGURATION,
    LAST_CONFIGURATION,
    MAX_DUTY_S,
    N_PARTS,
    RANGE_M,
    Arrays,
)
from tus_dispatch.solver.cost import metres_of, price_parts
from tus_dispatch.solver.instance import N_LOADS, Ints
from tus_dispatch.solver.jit import inner_kernel, kernel
from tus_dispatch.solver.timing import settle, trace

INFEASIBLE = -1
NO_BREAK = -1


@kernel
def time_and_price(a: Arrays, vehicle: int, nodes: Ints, longest_s: int, x: Ints) -> int:
    """Set the times of a fixed order, breaks included, and price it.

    Parameters
    ----------
    a, vehicle, nodes
        The order.
    longest_s
        Longest time from sign-on to sign-off.
    x
        Out, shape ``(n + 2,)`` or longer: the schedule.

    Returns
    -------
    int
        Price in thousandths of a cent, or -1 when no times exist.
    """
    n = len(nodes)
    drive_s = np.empty(n + 1, dtype=np.int64)
    aboard = np.empty(n + 1, dtype=np.int64)
    mate = np.empty(n + 1, dtype=np.int64)
    if not trace(a, vehicle, nodes, drive_s, aboard, mate):
        return INFEASIBLE
    if not settle(a, vehicle, nodes, drive_s, aboard, mate, longest_s, x):
        return INFEASIBLE
    parts = np.empty(N_PARTS, dtype=np.int64)
    return price_parts(a, vehicle, nodes, drive_s, aboard, mate, x, parts)


@kernel
def evaluate(a: Arrays, vehicle: int, nodes: Ints) -> tuple[int, int]:
    """Time and price an order of legs and mandatory pauses; place the break when one is needed.

    Parameters
    ----------
    a, vehicle
        The instance and whose route.
    nodes
        The order without its break.

    Returns
    -------
    cost : int
        Price in thousandths of a cent, or -1 when infeasible.
    break_at : int
        Number of nodes before the break, or -1 without break.
    """
    if metres_of(a, vehicle, nodes) > a.vehicle[vehicle, RANGE_M]:
        return INFEASIBLE, NO_BREAK
    longest_s = a.vehicle[vehicle, MAX_DUTY_S]
    x = np.empty(len(nodes) + 3, dtype=np.int64)
    if a.vehicle[vehicle, BREAK_NODE] < 0:
        return time_and_price(a, vehicle, nodes, longest_s, x), NO_BREAK
    after_s = a.vehicle[vehicle, BREAK_AFTER_S]
    # Every duty needs its break when after_s is 0, even one that takes no time.
    if after_s > 0:
        cost = time_and_price(a, vehicle, nodes, min(longest_s, after_s), x)
        if cost >= 0:
            return cost, NO_BREAK
    if time_and_price(a, vehicle, nodes, longest_s, x) < 0:
        return INFEASIBLE, NO_BREAK
    return _place_break(a, vehicle, nodes, longest_s, x)


@inner_kernel
def _place_break(a: Arrays, vehicle: int, nodes: Ints, longest_s: int, x: Ints) -> tuple[int, int]:
    """Try the break wherever nobody is aboard; the cheapest place wins, the first among equals."""
    n = len(nodes)
    n_requests = len(a.request)
    best, best_at = INFEASIBLE, NO_BREAK
    longer = np.empty(n + 1, dtype=np.int64)
    for at in range(n):
        longer[at + 1] = nodes[at]
    n_aboard = 0
    for at in range(n + 1):
        longer[at] = a.vehicle[vehicle, BREAK_NODE]
        if n_aboard == 0:
            cost = time_and_price(a, vehicle, longer, longest_s, x)
            if cost >= 0 and (best < 0 or cost < best):
                best, best_at = cost, at
        if at < n:
            longer[at] = nodes[at]
            if nodes[at] < n_requests:
                n_aboard += 1
            elif nodes[at] < 2 * n_requests:
                n_aboard -= 1
    return best, best_at


@inner_kernel
def has_room(a: Arrays, vehicle: int, peak: Ints) -> bool:
    """Tell whether one configuration holds the largest loads of a whole route.

    Parameters
    ----------
    a, vehicle
        The instance and whose route.
    peak
        Largest load of each kind, shape ``(3,)``.

    Returns
    -------
    bool
        Whether some configuration suffices.
    """
    for c in range(a.vehicle[vehicle, FIRST_CONFIGURATION], a.vehicle[vehicle, LAST_CONFIGURATION]):
        fits = True
        for kind in range(N_LOADS):
            fits = fits and peak[kind] <= a.configuration[c, kind]
        if fits:
            return True
    return False


@kernel
def is_allowed(a: Arrays, vehicle: int, nodes: Ints) -> bool:
    """Tell whether loads, qualifications and incompatibilities of an order are in order.

    Parameters
    ----------
    a, vehicle, nodes
        A route.

    Returns
    -------
    bool
        Everything but its timing.
    """
    n_requests = len(a.request)
    load = np.zeros(N_LOADS, dtype=np.int64)
    peak = np.zeros(N_LOADS, dtype=np.int64)
    inside = np.empty(len(nodes), dtype=np.int64)
    n_inside = 0
    for node in nodes:
        if node < n_requests:
            if not a.allowed[node, vehicle]:
                return False
            for at in range(n_inside):
                if a.incompatible[node, inside[at]]:
                    return False
            inside[n_inside] = node
            n_inside += 1
            for kind in range(N_LOADS):
                load[kind] += a.load[node, kind]
                peak[kind] = max(peak[kind], load[kind])
        elif node < 2 * n_requests:
            for kind in range(N_LOADS):
                load[kind] -= a.load[node - n_requests, kind]
            for at in range(n_inside):
                if inside[at] == node - n_requests:
                    n_inside -= 1
                    inside[at] = inside[n_inside]
                    break
    return has_room(a, vehicle, peak)
