"""What a route and a solution cost: the only place that says so."""

import numpy as np

from tus_dispatch.solver.arrays import DIRECT_S, IS_OPEN, N_PARTS, TARGET_S, Arrays, arrays_of
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.jit import inner_kernel, kernel
from tus_dispatch.solver.line import (
    ABOARD,
    AT_DOOR_S,
    DRIVE_S,
    MATE,
    NODE,
    X,
    make_work,
    metres_of,
    write_line,
)
from tus_dispatch.solver.solution import Route, Solution


@inner_kernel
def price_parts(a: Arrays, vehicle: int, line: Ints, n: int, metres: int, parts: Ints) -> int:
    """Price one route by its parts.

    Parameters
    ----------
    a, vehicle
        The instance and whose route.
    line, n
        Its order of ``n`` nodes and, in row ``X``, its schedule.
    metres
        Its length.
    parts
        Out, shape ``(7,)``: distance, duty, rounds, excess ride, wait aboard,
        early, late; in thousandths of a cent.

    Returns
    -------
    int
        Sum of the parts.
    """
    n_requests = len(a.request)
    excess_s = 0
    wait_s = 0
    early_s = 0
    late_s = 0
    for k in range(1, n + 1):
        node = line[NODE, k]
        if line[ABOARD, k - 1] > 0:
            arrival_s = line[X, k - 1] + line[AT_DOOR_S, k - 1] + line[DRIVE_S, k]
            wait_s += (line[X, k] - arrival_s) * line[ABOARD, k - 1]
        if node < n_requests:
            if a.node[node, TARGET_S] >= 0:
                late_s += max(0, line[X, k] - a.node[node, TARGET_S])
        elif node < 2 * n_requests:
            at = line[MATE, k]
            ride_s = line[X, k] - line[X, at] - line[AT_DOOR_S, at]
            excess_s += max(0, ride_s - a.request[node - n_requests, DIRECT_S])
            if a.node[node, TARGET_S] >= 0:
                early_s += max(0, a.node[node, TARGET_S] - line[X, k])
    w = a.weights
    parts[0] = metres * w[0]
    parts[1] = (line[X, n + 1] - line[X, 0]) * w[1]
    parts[2] = w[2] + (w[3] if a.vehicle[vehicle, IS_OPEN] else 0)
    parts[3] = excess_s * w[4]
    parts[4] = wait_s * w[5]
    parts[5] = early_s * w[6]
    parts[6] = late_s * w[7]
    total: int = 0
    for part in parts:
        total += part
    return total


@kernel
def _price_times(a: Arrays, vehicle: int, nodes: Ints, x: Ints, line: Ints, parts: Ints) -> None:
    """Price given times by their parts."""
    n = len(nodes)
    write_line(a, vehicle, nodes, line)
    for k in range(n + 2):
        line[X, k] = x[k]
    price_parts(a, vehicle, line, n, metres_of(a, line, n), parts)


def route_parts(instance: Instance, route: Route, arrays: Arrays | None = None) -> Ints:
    """Price a route with its own times.

    Parameters
    ----------
    instance, route
        A route whose order is sound.
    arrays
        The kernels' view, when the caller has it already.

    Returns
    -------
    ndarray of shape (7,)
        See :func:`price_parts`.
    """
    a = arrays or arrays_of(instance)
    nodes = np.array(route.nodes, dtype=np.int64)
    x = np.array((route.sign_on_s, *route.start_s, route.sign_off_s), dtype=np.int64)
    parts = np.zeros(N_PARTS, dtype=np.int64)
    _price_times(a, route.vehicle, nodes, x, make_work(len(nodes)).base, parts)
    return parts


def solution_parts(instance: Instance, solution: Solution, arrays: Arrays | None = None) -> Ints:
    """Price a solution by its parts.

    Parameters
    ----------
    instance, solution, arrays
        As in :func:`route_parts`.

    Returns
    -------
    ndarray of shape (8,)
        The parts of :func:`price_parts` summed over routes, then the
        penalties of the requests left out.
    """
    a = arrays or arrays_of(instance)
    parts = np.zeros(N_PARTS + 1, dtype=np.int64)
    for route in solution.routes:
        parts[:N_PARTS] += route_parts(instance, route, a)
    parts[N_PARTS] = sum(int(instance.penalty[request]) for request in solution.unserved)
    return parts


def solution_cost(instance: Instance, solution: Solution, arrays: Arrays | None = None) -> int:
    """Return the total price of a solution in thousandths of a cent."""
    return int(solution_parts(instance, solution, arrays).sum())
