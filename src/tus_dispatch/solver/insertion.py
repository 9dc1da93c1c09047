"""All feasible places of one request in a route whose order is kept, exactly.

Cheap screens come first; each is a necessary condition that holds without the
triangle inequality. What survives is timed exactly, the break floating to
wherever nobody is aboard.
"""

import numpy as np

from tus_dispatch.solver.arrays import (
    DIRECT_S,
    EARLIEST_S,
    END_LATEST_S,
    IS_OPEN,
    LATEST_S,
    LOCATION,
    MAX_DUTY_S,
    MAX_RIDE_S,
    RANGE_M,
    SERVICE_S,
    START_EARLIEST_S,
    Arrays,
)
from tus_dispatch.solver.evaluation import evaluate, has_room
from tus_dispatch.solver.instance import N_LOADS, Ints
from tus_dispatch.solver.jit import inner_kernel, kernel
from tus_dispatch.solver.outline import FIRST_S, LAST_S, SPAN_S, Outline, lengthen, outline_of

IMPOSSIBLE = -(2**62)
TRIED = 2**62


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
    requests = np.array([request], dtype=np.int64)
    return _scan_each(a, vehicle, nodes, base_cost, requests, keep_all, rows)


@inner_kernel
def _scan(
    a: Arrays, vehicle: int, nodes: Ints, o: Outline, base_cost: int, request: int,
    keep_all: bool, rows: Ints, first_row: int,
) -> int:  # fmt: skip
    """Scan an order whose outline is known."""
    if not a.allowed[request, vehicle] or a.request[request, DIRECT_S] < 0:
        return 0
    here = a.node[request, LOCATION]
    earliest_s, latest_s = a.node[request, EARLIEST_S], a.node[request, LATEST_S]
    dropoff_earliest_s = a.node[request + len(a.request), EARLIEST_S]
    starts_s, ends_s = a.vehicle[vehicle, START_EARLIEST_S], a.vehicle[vehicle, END_LATEST_S]
    if latest_s < starts_s or dropoff_earliest_s > ends_s:
        return 0
    conflicts = 0
    n_requests = len(a.request)
    n = len(nodes)
    # A plain 0 would have a type of its own, and every kernel below a second version.
    count = int(np.int64(0))
    places = np.empty(((n + 1) * (n + 2) // 2, 3), dtype=np.int64)
    for i in range(n + 1):
        if i > 0:
            node = nodes[i - 1]
            if node < n_requests:
                conflicts += a.incompatible[request, node]
            elif node < 2 * n_requests:
                conflicts -= a.incompatible[request, node - n_requests]
        way_s = a.duration_s[o.place[i], here]
        span_s, first_s, last_s = lengthen(
            o.head[i, SPAN_S], o.head[i, FIRST_S], o.head[i, LAST_S], way_s, earliest_s, latest_s
        )
        if conflicts == 0 and way_s >= 0 and first_s <= last_s:
            count = _screen_from(
                a, vehicle, nodes, o, request, i, span_s, first_s, last_s, places, count
            )
    return _try_places(
        a, vehicle, nodes, base_cost, request, keep_all, places[:count], rows, first_row
    )


@inner_kernel
def _screen_from(
    a: Arrays, vehicle: int, nodes: Ints, o: Outline, request: int, i: int,
    span_s: int, first_s: int, last_s: int, places: Ints, count: int,
) -> int:  # fmt: skip
    """Note what passes the screens with a pickup right after position ``i``.

    The stretch reaches from the sign-on to the start of that pickup. Rows of
    ``places``: what the longer route costs at least, ``i`` and ``j``.
    """
    n = len(nodes)
    n_requests = len(a.request)
    here = a.node[request, LOCATION]
    span_s += a.node[request, SERVICE_S]
    peak = o.top.copy()
    along_s = int(np.int64(0))
    for j in range(i, n + 1):
        for kind in range(N_LOADS):
            peak[kind] = max(peak[kind], o.load[j, kind] + a.load[request, kind])
        if not has_room(a, vehicle, peak):
            break
        least = _least_cost(a, vehicle, nodes, o, request, i, j, along_s, span_s, first_s, last_s)
        if least != IMPOSSIBLE:
            places[count, 0] = least
            places[count, 1] = i
            places[count, 2] = j
            count += 1
        if j == n:
            break
        node = nodes[j]
        if node >= 2 * n_requests or (node < n_requests and a.incompatible[request, node]):
            break
        way_s = a.duration_s[here, o.place[j + 1]]
        here = o.place[j + 1]
        span_s, first_s, last_s = lengthen(
            span_s, first_s, last_s, way_s, a.node[node, EARLIEST_S], a.node[node, LATEST_S]
        )
        span_s += a.node[node, SERVICE_S]
        along_s += way_s + a.node[node, SERVICE_S]
        if way_s < 0 or first_s > last_s or along_s > a.request[request, MAX_RIDE_S]:
            break
    return count


@inner_kernel
def _try_places(
    a: Arrays, vehicle: int, nodes: Ints, base_cost: int, request: int,
    keep_all: bool, places: Ints, rows: Ints, first_row: int,
) -> int:  # fmt: skip
    """Time all places in turn, or by rising bound until none is below the cheapest.

    Timing with a floating break costs as much as hundreds of screens, so the
    order of trying matters more than the search for the next bound.
    """
    found = 0
    for turn in range(len(places)):
        at = turn
        if not keep_all:
            for other in range(len(places)):
                if places[other, 0] < places[at, 0]:
                    at = other
        least, i, j = places[at, 0], places[at, 1], places[at, 2]
        places[at, 0] = TRIED
        best = rows[first_row, 0]
        if not keep_all and found > 0 and least - base_cost > best:
            break
        longer = insert_at(nodes, request, request + len(a.request), i, j)
        cost, break_at = evaluate(a, vehicle, longer)
        if cost < 0:
            continue
        added = cost - base_cost
        row = first_row
        if keep_all:
            row += found
        elif found > 0 and (
            added > best or (added == best and (i, j) > (rows[row, 1], rows[row, 2]))
        ):
            continue
        rows[row, 0] = added
        rows[row, 1] = i
        rows[row, 2] = j
        rows[row, 3] = break_at
        found = found + 1 if keep_all else 1
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
    pickup = a.node[request, LOCATION]
    node = request + len(a.request)
    dropoff = a.node[node, LOCATION]
    way_s = a.duration_s[pickup if i == j else o.place[j], dropoff]
    ride_s = along_s + way_s
    span_s, first_s, last_s = lengthen(
        span_s, first_s, last_s, way_s, a.node[node, EARLIEST_S], a.node[node, LATEST_S]
    )
    if way_s < 0 or ride_s > a.request[request, MAX_RIDE_S] or first_s > last_s:
        return IMPOSSIBLE
    span_s += a.node[node, SERVICE_S]
    # Pauses taken anywhere are taken at the dropoff now.
    k = j + 1
    while k <= n and a.node[nodes[k - 1], LOCATION] < 0:
        node = nodes[k - 1]
        way_s = a.duration_s[dropoff, dropoff]
        span_s, first_s, last_s = lengthen(
            span_s, first_s, last_s, way_s, a.node[node, EARLIEST_S], a.node[node, LATEST_S]
        )
        span_s += a.node[node, SERVICE_S]
        k += 1
    way_s = a.duration_s[dropoff, o.place[k]]
    span_s, first_s, last_s = lengthen(
        span_s, first_s, last_s, way_s, o.tail[k, FIRST_S], o.tail[k, LAST_S]
    )
    span_s += o.tail[k, SPAN_S]
    if way_s < 0 or first_s > last_s or span_s > a.vehicle[vehicle, MAX_DUTY_S]:
        return IMPOSSIBLE
    metres = o.metres + m[o.place[i], pickup] + m[dropoff, o.place[k]] - m[o.place[j], o.place[k]]
    if i == j:
        metres += m[pickup, dropoff]
    else:
        metres += m[pickup, o.place[i + 1]] - m[o.place[i], o.place[i + 1]] + m[o.place[j], dropoff]
    if metres > a.vehicle[vehicle, RANGE_M]:
        return IMPOSSIBLE
    w = a.weights
    excess_s = max(0, ride_s - a.request[request, DIRECT_S])
    least: int = metres * w[0] + span_s * w[1] + excess_s * w[4] + w[2]
    if a.vehicle[vehicle, IS_OPEN]:
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


@kernel
def _scan_each(
    a: Arrays, vehicle: int, nodes: Ints, base_cost: int, requests: Ints, keep_all: bool, rows: Ints
) -> int:
    """Scan one order for many requests; return the rows found for the last one."""
    o = outline_of(a, vehicle, nodes)
    found = 0
    for at in range(len(requests)):
        found = _scan(a, vehicle, nodes, o, base_cost, requests[at], keep_all, rows, at)
        if found == 0 and not keep_all:
            rows[at, 1] = -1
    return found


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
    _scan_each(a, vehicle, nodes, base_cost, requests, False, best)
