"""All feasible places of one request in a route whose order is kept, exactly.

Cheap screens come first; each is a necessary condition that holds without the
triangle inequality. What survives is timed exactly, the break floating to
wherever nobody is aboard.
"""

import numpy as np

from tus_dispatch.solver.arrays import N_PARTS, Arrays
from tus_dispatch.solver.cost import metres_of, price_parts
from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.jit import kernel
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
        Out, shape ``(n + 2,)``: the schedule.

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
    n = len(nodes)
    pause = a.break_node[vehicle]
    longest_s = a.max_duty_s[vehicle]
    without_s = longest_s
    if pause >= 0:
        without_s = min(longest_s, a.break_after_s[vehicle])
    x = np.empty(n + 3, dtype=np.int64)
    cost = time_and_price(a, vehicle, nodes, without_s, x)
    if cost >= 0 or pause < 0:
        if cost >= 0 and metres_of(a, vehicle, nodes) > a.range_m[vehicle]:
            return INFEASIBLE, NO_BREAK
        return cost, NO_BREAK
    if time_and_price(a, vehicle, nodes, longest_s, x) < 0:
        return INFEASIBLE, NO_BREAK
    if metres_of(a, vehicle, nodes) > a.range_m[vehicle]:
        return INFEASIBLE, NO_BREAK
    return _place_break(a, vehicle, nodes, longest_s, x)


@kernel
def _place_break(a: Arrays, vehicle: int, nodes: Ints, longest_s: int, x: Ints) -> tuple[int, int]:
    """Try the break wherever nobody is aboard; the cheapest place wins, the first among equals."""
    n = len(nodes)
    n_requests = len(a.max_ride_s)
    best, best_at = INFEASIBLE, NO_BREAK
    longer = np.empty(n + 1, dtype=np.int64)
    longer[1:] = nodes
    n_aboard = 0
    for at in range(n + 1):
        longer[at] = a.break_node[vehicle]
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


@kernel
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
    for c in range(a.configuration_start[vehicle], a.configuration_start[vehicle + 1]):
        room = a.configuration[c]
        if peak[0] <= room[0] and peak[1] <= room[1] and peak[2] <= room[2]:
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
    n = len(nodes)
    n_requests = len(a.max_ride_s)
    load = np.zeros(3, dtype=np.int64)
    peak = np.zeros(3, dtype=np.int64)
    inside = np.empty(n, dtype=np.int64)
    n_inside = 0
    for node in nodes:
        if node < n_requests:
            if not a.allowed[node, vehicle]:
                return False
            for other in inside[:n_inside]:
                if a.incompatible[node, other]:
                    return False
            inside[n_inside] = node
            n_inside += 1
            load += a.load[node]
            peak = np.maximum(peak, load)
        elif node < 2 * n_requests:
            load -= a.load[node - n_requests]
            for at in range(n_inside):
                if inside[at] == node - n_requests:
                    n_inside -= 1
                    inside[at] = inside[n_inside]
                    break
    return has_room(a, vehicle, peak)


@kernel
def outline(
    a: Arrays,
    vehicle: int,
    nodes: Ints,
    place: Ints,
    forward_s: Ints,
    backward_s: Ints,
    load: Ints,
) -> None:
    """Note per position what the screens of :func:`scan` need.

    Parameters
    ----------
    a, vehicle, nodes
        A feasible order without its break.
    place
        Out, shape ``(n + 2,)``: location.
    forward_s
        Out, shape ``(n + 2,)``: no start of service can be earlier.
    backward_s
        Out, shape ``(n + 2,)``: no start of service can be later.
    load
        Out, shape ``(n + 1, 3)``: load after the position.
    """
    n = len(nodes)
    n_requests = len(a.max_ride_s)
    place[0] = a.start_location[vehicle]
    forward_s[0] = a.start_earliest_s[vehicle]
    load[0] = 0
    leave_s = forward_s[0]
    for i in range(1, n + 1):
        node = nodes[i - 1]
        place[i] = a.location[node] if a.location[node] >= 0 else place[i - 1]
        reach_s = leave_s + a.duration_s[place[i - 1], place[i]]
        forward_s[i] = max(a.earliest_s[node], reach_s)
        leave_s = forward_s[i] + a.service_s[node]
        load[i] = load[i - 1]
        if node < n_requests:
            load[i] += a.load[node]
        elif node < 2 * n_requests:
            load[i] -= a.load[node - n_requests]
    place[n + 1] = a.end_location[vehicle]
    forward_s[n + 1] = leave_s + a.duration_s[place[n], place[n + 1]]
    backward_s[n + 1] = a.end_latest_s[vehicle]
    for i in range(n, 0, -1):
        node = nodes[i - 1]
        latest_s = backward_s[i + 1] - a.duration_s[place[i], place[i + 1]] - a.service_s[node]
        backward_s[i] = min(a.latest_s[node], latest_s)
    backward_s[0] = a.start_latest_s[vehicle]


@kernel
def scan(
    a: Arrays, vehicle: int, nodes: Ints, base_cost: int, request: int, keep_all: bool, rows: Ints
) -> int:
    """Find the feasible places of a request in a route.

    Parameters
    ----------
    a, vehicle
        The instance and whose route.
    nodes
        The order without its break; feasible, or the mandatory pauses alone.
    base_cost
        Price of the route as it is, 0 when unused.
    request
        Not in the route yet.
    keep_all
        Whether to return every place or the cheapest only.
    rows
        Out, shape ``(at least (n + 1) * (n + 2) / 2 or 1, 4)``: added cost,
        position after which the pickup goes, position after which the dropoff
        goes (same positions of the old order), break position as in
        :func:`evaluate`.

    Returns
    -------
    int
        Number of rows filled; 0 when the request does not fit.
    """
    if not a.allowed[request, vehicle] or a.direct_s[request] < 0:
        return 0
    n = len(nodes)
    place = np.empty(n + 2, dtype=np.int64)
    forward_s = np.empty(n + 2, dtype=np.int64)
    backward_s = np.empty(n + 2, dtype=np.int64)
    load = np.empty((n + 1, 3), dtype=np.int64)
    outline(a, vehicle, nodes, place, forward_s, backward_s, load)
    top = np.zeros(3, dtype=np.int64)
    for i in range(n + 1):
        top = np.maximum(top, load[i])
    conflicts = 0
    found = 0
    n_requests = len(a.max_ride_s)
    for i in range(n + 1):
        if i > 0:
            node = nodes[i - 1]
            if node < n_requests:
                conflicts += a.incompatible[request, node]
            elif node < 2 * n_requests:
                conflicts -= a.incompatible[request, node - n_requests]
        if conflicts == 0:
            found = _scan_from(
                a, vehicle, nodes, base_cost, request, keep_all, rows, found, i,
                place, forward_s, backward_s, load, top,
            )  # fmt: skip
    return found


@kernel
def _scan_from(
    a: Arrays, vehicle: int, nodes: Ints, base_cost: int, request: int, keep_all: bool,
    rows: Ints, found: int, i: int,
    place: Ints, forward_s: Ints, backward_s: Ints, load: Ints, top: Ints,
) -> int:  # fmt: skip
    """Try all dropoffs for a pickup right after position ``i``."""
    n = len(nodes)
    n_requests = len(a.max_ride_s)
    dropoff = n_requests + request
    at_pickup, at_dropoff = a.location[request], a.location[dropoff]
    leave_s = forward_s[i] + (a.service_s[nodes[i - 1]] if i > 0 else 0)
    way_s = a.duration_s[place[i], at_pickup]
    if way_s < 0 or leave_s + way_s > a.latest_s[request]:
        return found
    now_s = max(leave_s + way_s, a.earliest_s[request]) + a.service_s[request]
    here = at_pickup
    along_s = 0
    peak = np.maximum(top, load[i] + a.load[request])
    j = i
    while has_room(a, vehicle, peak):
        way_s = a.duration_s[here, at_dropoff]
        arrival_s = max(now_s + way_s, a.earliest_s[dropoff])
        fits = way_s >= 0 and arrival_s <= a.latest_s[dropoff]
        fits = fits and along_s + way_s <= a.max_ride_s[request]
        if fits and (j == n or a.location[nodes[j]] >= 0):
            onward_s = a.duration_s[at_dropoff, place[j + 1]]
            arrival_s += a.service_s[dropoff] + onward_s
            fits = onward_s >= 0 and arrival_s <= backward_s[j + 1]
        if fits and (
            keep_all
            or found == 0
            or _least_added(a, place, request, i, j, n, along_s + way_s) < rows[0, 0]
        ):
            found = _try_place(a, vehicle, nodes, base_cost, request, keep_all, rows, found, i, j)
        if j == n:
            break
        node = nodes[j]
        if node >= 2 * n_requests or (node < n_requests and a.incompatible[request, node]):
            break
        way_s = a.duration_s[here, place[j + 1]]
        along_s += way_s + a.service_s[node]
        now_s = max(now_s + way_s, a.earliest_s[node])
        if way_s < 0 or now_s > a.latest_s[node] or along_s > a.max_ride_s[request]:
            break
        now_s += a.service_s[node]
        j += 1
        here = place[j]
        peak = np.maximum(peak, load[j] + a.load[request])
    return found


@kernel
def _least_added(a: Arrays, place: Ints, request: int, i: int, j: int, n: int, ride_s: int) -> int:
    """Return metres and excess ride that a place adds at least, priced."""
    p = a.location[request]
    d = a.location[request + len(a.max_ride_s)]
    m = a.distance_m
    if i == j:
        metres = m[place[i], p] + m[p, d] + m[d, place[i + 1]] - m[place[i], place[i + 1]]
    else:
        metres = m[place[i], p] + m[p, place[i + 1]] - m[place[i], place[i + 1]]
        metres += m[place[j], d] + m[d, place[j + 1]] - m[place[j], place[j + 1]]
    return metres * a.weights[0] + max(0, ride_s - a.direct_s[request]) * a.weights[4]


@kernel
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
    n = len(nodes)
    longer = np.empty(n + 2, dtype=np.int64)
    longer[:i] = nodes[:i]
    longer[i] = request
    longer[i + 1 : j + 1] = nodes[i:j]
    longer[j + 1] = dropoff
    longer[j + 2 :] = nodes[j:]
    return longer


@kernel
def _try_place(
    a: Arrays, vehicle: int, nodes: Ints, base_cost: int, request: int, keep_all: bool,
    rows: Ints, found: int, i: int, j: int,
) -> int:  # fmt: skip
    """Time one place exactly and keep it when asked to."""
    longer = insert_at(nodes, request, request + len(a.max_ride_s), i, j)
    cost, break_at = evaluate(a, vehicle, longer)
    if cost < 0:
        return found
    added = cost - base_cost
    if keep_all:
        row = found
    elif found == 0 or added < rows[0, 0]:
        row = 0
    else:
        return found
    rows[row, 0] = added
    rows[row, 1] = i
    rows[row, 2] = j
    rows[row, 3] = break_at
    return row + 1


@kernel
def scan_requests(
    a: Arrays, vehicle: int, nodes: Ints, base_cost: int, requests: Ints, best: Ints
) -> None:
    """Find the cheapest place of many requests in one route.

    Parameters
    ----------
    a, vehicle, nodes, base_cost
        As in :func:`scan`.
    requests
        Shape ``(q,)``.
    best
        Out, shape ``(q, 4)``: a row of :func:`scan`; a pickup position of -1
        where the request does not fit.
    """
    rows = np.empty((1, 4), dtype=np.int64)
    for at in range(len(requests)):
        if scan(a, vehicle, nodes, base_cost, requests[at], False, rows) > 0:
            best[at] = rows[0]
        else:
            best[at, 1] = -1
