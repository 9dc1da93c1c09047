"""Whether a fixed order keeps every rule of its vehicle, and what it then costs."""

import numpy as np

from tus_dispatch.solver.arrays import (
    BREAK_AFTER_S,
    BREAK_NODE,
    EXACT,
    FIRST_CONFIGURATION,
    IS_OPEN,
    LAST_CONFIGURATION,
    LOCATION,
    MAX_DUTY_S,
    METRES_ONLY,
    PER_EARLY,
    RANGE_M,
    Arrays,
)
from tus_dispatch.solver.cost import price_parts
from tus_dispatch.solver.instance import N_LOADS, Ints
from tus_dispatch.solver.jit import inner_kernel, kernel, part_of_kernel
from tus_dispatch.solver.line import (
    ABOARD,
    DRIVE_S,
    ENDLESS_S,
    FROM_S,
    IDLE_S,
    MATE,
    NODE,
    PLACE,
    Work,
    X,
    make_work,
    metres_of,
    write_line,
    write_node,
)
from tus_dispatch.solver.timing import delay_stretches, raise_to_earliest, settle

INFEASIBLE = -1
NO_BREAK = -1


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
    return evaluate_in(a, vehicle, nodes, make_work(len(nodes)))


@kernel
def evaluate_in(a: Arrays, vehicle: int, nodes: Ints, w: Work) -> tuple[int, int]:
    """Evaluate an order in room that is there already, see :func:`evaluate`."""
    n = len(nodes)
    if not write_line(a, vehicle, nodes, w.trial):
        return INFEASIBLE, NO_BREAK
    metres = metres_of(a, w.trial, n)
    if metres > a.vehicle[vehicle, RANGE_M]:
        return INFEASIBLE, NO_BREAK
    for k in range(n + 2):
        w.trial[X, k] = w.trial[FROM_S, k]
    return price_trial(a, vehicle, w, n, metres)


@inner_kernel
def price_trial(a: Arrays, vehicle: int, w: Work, n: int, metres: int) -> tuple[int, int]:
    """Time and price the order on the line ``trial``, its break placed when one is needed.

    Parameters
    ----------
    a, vehicle
        The instance and whose route.
    w, n
        Row ``X`` of ``w.trial`` holds times no feasible schedule is before.
    metres
        Length of the order, within the vehicle's range.

    Returns
    -------
    cost, break_at : int
        As in :func:`evaluate`.
    """
    line = w.trial
    longest_s = a.vehicle[vehicle, MAX_DUTY_S]
    if not raise_to_earliest(line, n, longest_s, a.switches[EXACT]):
        return INFEASIBLE, NO_BREAK
    has_break = a.vehicle[vehicle, BREAK_NODE] >= 0
    if a.switches[METRES_ONLY] and not has_break:
        fixed = a.weights[2] + (a.weights[3] if a.vehicle[vehicle, IS_OPEN] else 0)
        return metres * a.weights[0] + fixed, NO_BREAK
    settle(line, n, longest_s, len(a.request))
    if a.weights[PER_EARLY] > 0:
        delay_stretches(a, line, n)
    cost = price_parts(a, vehicle, line, n, metres, w.parts)
    if not has_break:
        return cost, NO_BREAK
    after_s = a.vehicle[vehicle, BREAK_AFTER_S]
    # Every duty needs its break when after_s is 0, even one that takes no time.
    if after_s > 0 and line[X, n + 1] - line[X, 0] <= min(after_s, longest_s):
        return cost, NO_BREAK
    return _place_break(a, vehicle, w, n, metres, cost)


@part_of_kernel
def _place_break(
    a: Arrays, vehicle: int, w: Work, n: int, metres: int, least: int
) -> tuple[int, int]:
    """Try the break wherever nobody is aboard, from the middle of the route outwards.

    A break can only add to the price of the order without it, ``least``; a
    place that adds nothing ends the search. Among equals the place nearest to
    the middle wins.
    """
    best, best_at = INFEASIBLE, NO_BREAK
    middle = n // 2
    for turn in range(2 * n + 2):
        at = middle + (turn + 1) // 2 if turn % 2 else middle - turn // 2
        if 0 <= at <= n and w.trial[ABOARD, at] == 0:
            cost = _price_with_break(a, vehicle, w, n, at, metres)
            if cost >= 0 and (best < 0 or cost < best):
                best, best_at = cost, at
                for k in range(n + 3):
                    w.told[0, k] = w.paused[NODE, k]
                    w.told[1, k] = w.paused[X, k]
                if cost <= least:
                    break
    return best, best_at


@part_of_kernel
def _price_with_break(a: Arrays, vehicle: int, w: Work, n: int, at: int, metres: int) -> int:
    """Price the trial order with the break behind position ``at``."""
    line = w.paused
    for row in range(X):
        for k in range(at + 1):
            line[row, k] = w.trial[row, k]
        for k in range(at + 1, n + 2):
            line[row, k + 1] = w.trial[row, k]
    k = at + 1
    write_node(a, vehicle, a.vehicle[vehicle, BREAK_NODE], line, k)
    line[IDLE_S, k] = ENDLESS_S
    line[ABOARD, k] = 0
    if line[PLACE, k] < 0:
        line[PLACE, k] = line[PLACE, at]
    for each in range(k + 1, n + 3):
        if line[MATE, each] > at:
            line[MATE, each] += 1
    line[DRIVE_S, k] = a.duration_s[line[PLACE, at], line[PLACE, k]]
    while line[NODE, k + 1] >= 0 and a.node[line[NODE, k + 1], LOCATION] < 0:
        line[PLACE, k + 1] = line[PLACE, k]
        line[DRIVE_S, k + 1] = a.duration_s[line[PLACE, k], line[PLACE, k + 1]]
        k += 1
    line[DRIVE_S, k + 1] = a.duration_s[line[PLACE, k], line[PLACE, k + 1]]
    if line[DRIVE_S, at + 1] < 0 or line[DRIVE_S, k + 1] < 0:
        return INFEASIBLE
    if a.node[line[NODE, at + 1], LOCATION] >= 0:
        metres = metres_of(a, line, n + 1)
    for k in range(n + 3):
        line[X, k] = line[FROM_S, k]
    longest_s = a.vehicle[vehicle, MAX_DUTY_S]
    if not raise_to_earliest(line, n + 1, longest_s, a.switches[EXACT]):
        return INFEASIBLE
    settle(line, n + 1, longest_s, len(a.request))
    if a.weights[PER_EARLY] > 0:
        delay_stretches(a, line, n + 1)
    return price_parts(a, vehicle, line, n + 1, metres, w.parts)


@kernel
def has_room(a: Arrays, vehicle: int, seats: int, wheelchairs: int, child_seats: int) -> bool:
    """Tell whether one configuration holds the largest loads of a whole route.

    Parameters
    ----------
    a, vehicle
        The instance and whose route.
    seats, wheelchairs, child_seats
        Largest load of each kind.

    Returns
    -------
    bool
        Whether some configuration suffices.
    """
    for c in range(a.vehicle[vehicle, FIRST_CONFIGURATION], a.vehicle[vehicle, LAST_CONFIGURATION]):
        if (
            seats <= a.configuration[c, 0]
            and wheelchairs <= a.configuration[c, 1]
            and child_seats <= a.configuration[c, 2]
        ):
            return True
    return False


@part_of_kernel
def tell(a: Arrays, vehicle: int, nodes: Ints, w: Work) -> int:
    """Set the times of a feasible order, its break placed.

    Parameters
    ----------
    a, vehicle, nodes
        Feasible, the break left out.
    w
        ``told`` is written: nodes and times from sign-on to sign-off.

    Returns
    -------
    int
        Number of nodes, the break among them.
    """
    n = len(nodes)
    _, break_at = evaluate_in(a, vehicle, nodes, w)
    if break_at >= 0:
        return n + 1
    if a.switches[METRES_ONLY]:
        settle(w.trial, n, a.vehicle[vehicle, MAX_DUTY_S], len(a.request))
    for k in range(n + 2):
        w.told[0, k] = w.trial[NODE, k]
        w.told[1, k] = w.trial[X, k]
    return n


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
    load, peak = np.zeros(N_LOADS, dtype=np.int64), np.zeros(N_LOADS, dtype=np.int64)
    inside: list[int] = []
    for node in nodes.tolist():
        if node < n_requests:
            if not a.allowed[node, vehicle] or a.incompatible[node, inside].any():
                return False
            inside.append(node)
            load += a.load[node]
            peak = np.maximum(peak, load)
        elif node < 2 * n_requests:
            load -= a.load[node - n_requests]
            if node - n_requests in inside:
                inside.remove(node - n_requests)
    return bool(has_room(a, vehicle, *(int(each) for each in peak)))
