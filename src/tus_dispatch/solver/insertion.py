"""All feasible places of one request in a route whose order is kept, exactly.

Cheap screens come first; each is a necessary condition that holds without the
triangle inequality. What survives is timed exactly, the break floating to
wherever nobody is aboard.
"""

import numpy as np

from tus_dispatch.solver.arrays import Arrays
from tus_dispatch.solver.evaluation import evaluate, has_room
from tus_dispatch.solver.instance import N_LOADS, Ints
from tus_dispatch.solver.jit import inner_kernel, kernel
from tus_dispatch.solver.outline import FIRST_S, LAST_S, SPAN_S, Outline, lengthen, outline_of

IMPOSSIBLE = -(2**62)


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
        Whether to return every place or the cheapest only, the first among
        equals.
    rows
        Out, shape ``(at least (n + 1) * (n + 2) / 2 or 1, 4)``: added cost,
        position after which the pickup goes, position after which the dropoff
        goes (same positions of the old order), break position as in
        :func:`evaluation.evaluate`.

    Returns
    -------
    int
        Number of rows filled; 0 when the request does not fit.
    """
    # A plain 0 would have a type of its own, and every kernel below a second version.
    found = int(np.int64(0))
    if not a.allowed[request, vehicle] or a.direct_s[request] < 0:
        return found
    o = outline_of(a, vehicle, nodes)
    conflicts = 0
    n_requests = len(a.max_ride_s)
    for i in range(len(nodes) + 1):
        if i > 0:
            node = nodes[i - 1]
            if node < n_requests:
                conflicts += a.incompatible[request, node]
            elif node < 2 * n_requests:
                conflicts -= a.incompatible[request, node - n_requests]
        if conflicts == 0:
            found = _scan_from(a, vehicle, nodes, o, base_cost, request, keep_all, rows, found, i)
    return found


@inner_kernel
def _scan_from(
    a: Arrays, vehicle: int, nodes: Ints, o: Outline, base_cost: int, request: int,
    keep_all: bool, rows: Ints, found: int, i: int,
) -> int:  # fmt: skip
    """Try all dropoffs for a pickup right after position ``i``."""
    n = len(nodes)
    n_requests = len(a.max_ride_s)
    here = a.location[request]
    way_s = a.duration_s[o.place[i], here]
    span_s, first_s, last_s = lengthen(
        o.head[i, SPAN_S], o.head[i, FIRST_S], o.head[i, LAST_S],
        way_s, a.earliest_s[request], a.latest_s[request],
    )  # fmt: skip
    if way_s < 0 or first_s > last_s:
        return found
    span_s += a.service_s[request]
    peak = o.top.copy()
    along_s = int(np.int64(0))
    for j in range(i, n + 1):
        for kind in range(N_LOADS):
            peak[kind] = max(peak[kind], o.load[j, kind] + a.load[request, kind])
        if not has_room(a, vehicle, peak):
            break
        least = _least_cost(a, vehicle, nodes, o, request, i, j, along_s, span_s, first_s, last_s)
        if least != IMPOSSIBLE and (keep_all or found == 0 or least - base_cost < rows[0, 0]):
            found = _try_place(a, vehicle, nodes, base_cost, request, keep_all, rows, found, i, j)
        if j == n:
            break
        node = nodes[j]
        if node >= 2 * n_requests or (node < n_requests and a.incompatible[request, node]):
            break
        way_s = a.duration_s[here, o.place[j + 1]]
        here = o.place[j + 1]
        span_s, first_s, last_s = lengthen(
            span_s, first_s, last_s, way_s, a.earliest_s[node], a.latest_s[node]
        )
        span_s += a.service_s[node]
        along_s += way_s + a.service_s[node]
        if way_s < 0 or first_s > last_s or along_s > a.max_ride_s[request]:
            break
    return found


@inner_kernel
def _least_cost(
    a: Arrays, vehicle: int, nodes: Ints, o: Outline, request: int, i: int, j: int,
    along_s: int, span_s: int, first_s: int, last_s: int,
) -> int:  # fmt: skip
    """Return what the longer route costs at least, or ``IMPOSSIBLE`` where a screen says no.

    The stretch reaches from the sign-on over the pickup to position ``j``, and
    ``along_s`` from the end of boarding to there.
    """
    n = len(nodes)
    m = a.distance_m
    pickup = a.location[request]
    node = request + len(a.max_ride_s)
    dropoff = a.location[node]
    way_s = a.duration_s[pickup if i == j else o.place[j], dropoff]
    ride_s = along_s + way_s
    span_s, first_s, last_s = lengthen(
        span_s, first_s, last_s, way_s, a.earliest_s[node], a.latest_s[node]
    )
    if way_s < 0 or ride_s > a.max_ride_s[request] or first_s > last_s:
        return IMPOSSIBLE
    span_s += a.service_s[node]
    # Pauses taken anywhere are taken at the dropoff now.
    k = j + 1
    while k <= n and a.location[nodes[k - 1]] < 0:
        node = nodes[k - 1]
        way_s = a.duration_s[dropoff, dropoff]
        span_s, first_s, last_s = lengthen(
            span_s, first_s, last_s, way_s, a.earliest_s[node], a.latest_s[node]
        )
        span_s += a.service_s[node]
        k += 1
    way_s = a.duration_s[dropoff, o.place[k]]
    span_s, first_s, last_s = lengthen(
        span_s, first_s, last_s, way_s, o.tail[k, FIRST_S], o.tail[k, LAST_S]
    )
    span_s += o.tail[k, SPAN_S]
    if way_s < 0 or first_s > last_s or span_s > a.max_duty_s[vehicle]:
        return IMPOSSIBLE
    metres = o.metres + m[o.place[i], pickup] + m[dropoff, o.place[k]] - m[o.place[j], o.place[k]]
    if i == j:
        metres += m[pickup, dropoff]
    else:
        metres += m[pickup, o.place[i + 1]] - m[o.place[i], o.place[i + 1]] + m[o.place[j], dropoff]
    if metres > a.range_m[vehicle]:
        return IMPOSSIBLE
    w = a.weights
    excess_s = max(0, ride_s - a.direct_s[request])
    least: int = metres * w[0] + span_s * w[1] + excess_s * w[4] + w[2]
    if a.is_open[vehicle]:
        least += w[3]
    return least


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
    for at in range(n):
        longer[at + (at >= i) + (at >= j)] = nodes[at]
    longer[i] = request
    longer[j + 1] = dropoff
    return longer


@inner_kernel
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
    # A plain False would have a type of its own, see scan.
    keep_all = len(rows) > 1
    for at in range(len(requests)):
        if scan(a, vehicle, nodes, base_cost, requests[at], keep_all, rows) > 0:
            for column in range(4):
                best[at, column] = rows[0, column]
        else:
            best[at, 1] = -1
