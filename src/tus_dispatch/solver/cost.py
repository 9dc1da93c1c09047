"""What a route and a solution cost: the only place that says so."""

import numpy as np

from tus_dispatch.solver.arrays import (
    DIRECT_S,
    END_LOCATION,
    IS_OPEN,
    LOCATION,
    N_PARTS,
    SERVICE_S,
    START_LOCATION,
    TARGET_S,
    Arrays,
    arrays_of,
)
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.jit import inner_kernel, kernel
from tus_dispatch.solver.solution import Route, Solution
from tus_dispatch.solver.timing import trace


@inner_kernel
def metres_of(a: Arrays, vehicle: int, nodes: Ints) -> int:
    """Return the length of a route, from the start place to the end place.

    Parameters
    ----------
    a, vehicle, nodes
        A route whose drives all exist.

    Returns
    -------
    int
        Metres.
    """
    here = a.vehicle[vehicle, START_LOCATION]
    metres: int = 0
    for node in nodes:
        there = a.node[node, LOCATION]
        if there < 0:
            there = here
        metres += a.distance_m[here, there]
        here = there
    metres += a.distance_m[here, a.vehicle[vehicle, END_LOCATION]]
    return metres


@inner_kernel
def price_parts(
    a: Arrays,
    vehicle: int,
    nodes: Ints,
    drive_s: Ints,
    aboard: Ints,
    mate: Ints,
    x: Ints,
    parts: Ints,
) -> int:
    """Price one route by its parts.

    Parameters
    ----------
    a, vehicle, nodes, drive_s, aboard, mate
        As :func:`timing.trace` left them.
    x
        Schedule, shape ``(n + 2,)``.
    parts
        Out, shape ``(7,)``: distance, duty, rounds, excess ride, wait aboard,
        early, late; in thousandths of a cent.

    Returns
    -------
    int
        Sum of the parts.
    """
    n = len(nodes)
    n_requests = len(a.request)
    excess_s = 0
    wait_s = 0
    early_s = 0
    late_s = 0
    for i in range(1, n + 1):
        node = nodes[i - 1]
        if aboard[i - 1] > 0:
            arrival_s = x[i - 1] + a.node[nodes[i - 2], SERVICE_S] + drive_s[i - 1]
            wait_s += (x[i] - arrival_s) * aboard[i - 1]
        if node < n_requests:
            if a.node[node, TARGET_S] >= 0:
                late_s += max(0, x[i] - a.node[node, TARGET_S])
        elif node < 2 * n_requests:
            request = node - n_requests
            ride_s = x[i] - x[mate[i]] - a.node[request, SERVICE_S]
            excess_s += max(0, ride_s - a.request[request, DIRECT_S])
            if a.node[node, TARGET_S] >= 0:
                early_s += max(0, a.node[node, TARGET_S] - x[i])
    w = a.weights
    parts[0] = metres_of(a, vehicle, nodes) * w[0]
    parts[1] = (x[n + 1] - x[0]) * w[1]
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
def _price_times(a: Arrays, vehicle: int, nodes: Ints, x: Ints, parts: Ints) -> None:
    """Price given times by their parts."""
    n = len(nodes)
    drive_s = np.zeros(n + 1, dtype=np.int64)
    aboard = np.zeros(n + 1, dtype=np.int64)
    mate = np.zeros(n + 1, dtype=np.int64)
    trace(a, vehicle, nodes, drive_s, aboard, mate)
    price_parts(a, vehicle, nodes, drive_s, aboard, mate, x, parts)


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
    _price_times(a, route.vehicle, nodes, x, parts)
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
