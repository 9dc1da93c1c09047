"""All feasible places of one request in a route whose order is kept, exactly.

Cheap screens come first; each is a necessary condition. What survives is timed
exactly, the break floating to wherever nobody is aboard.
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
    METRES_ONLY,
    METRIC,
    PER_EXCESS,
    RANGE_M,
    SCREENED,
    SERVICE_S,
    START_EARLIEST_S,
    Arrays,
)
from tus_dispatch.solver.evaluation import INFEASIBLE, NO_BREAK, has_room, price_trial
from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.jit import inner_kernel, kernel, part_of_kernel
from tus_dispatch.solver.line import (
    AT_DOOR_S,
    FIRST_S,
    FROM_S,
    HEAD,
    LAST_S,
    LOAD,
    NODE,
    PLACE,
    SPAN_S,
    TAIL,
    UNTIL_S,
    Work,
    X,
    Y,
    make_work,
    metres_of,
    write_longer,
)
from tus_dispatch.solver.outline import METRES, TIMES, hurried_s, lengthen, outline

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
    w = make_work(len(nodes))
    if keep_all:
        return _scan_all(a, vehicle, nodes, w, base_cost, request, rows)
    every = np.empty((len(w.place), 4), dtype=np.int64)
    found = _scan_all(a, vehicle, nodes, w, base_cost, request, every)
    if found:
        rows[0] = min(every[:found].tolist())
    return min(1, found)


@kernel
def _scan_all(
    a: Arrays, vehicle: int, nodes: Ints, w: Work, base_cost: int, request: int, rows: Ints
) -> int:
    outline(a, vehicle, nodes, w)
    count = screen(a, vehicle, len(nodes), w, request)
    return _try_all(a, vehicle, len(nodes), w, base_cost, request, count, rows)


@inner_kernel
def screen(a: Arrays, vehicle: int, n: int, w: Work, request: int) -> int:
    """Note the places that pass the screens in ``w.place`` and return how many they are.

    Parameters
    ----------
    a, vehicle, n, w
        An order of ``n`` nodes whose outline is known.
    request
        Not in it.

    Returns
    -------
    int
        Rows of ``w.place`` filled: what the longer route costs at least, and
        both positions as in :func:`scan`.
    """
    if not a.allowed[request, vehicle] or a.request[request, DIRECT_S] < 0:
        return 0
    line, n_requests = w.base, len(a.request)
    here = a.node[request, LOCATION]
    earliest_s, latest_s = a.node[request, EARLIEST_S], a.node[request, LATEST_S]
    starts_s, ends_s = a.vehicle[vehicle, START_EARLIEST_S], a.vehicle[vehicle, END_LATEST_S]
    if latest_s < starts_s or a.node[request + n_requests, EARLIEST_S] > ends_s:
        return 0
    is_metric, prices_times = a.switches[METRIC], not a.switches[METRES_ONLY]
    boarded_s = earliest_s + a.node[request, SERVICE_S]
    conflicts = 0
    # A plain 0 would have a type of its own, and every kernel below a second version.
    count, span_s = int(np.int64(0)), int(np.int64(0))
    first_s, last_s = span_s, span_s
    for i in range(n + 1):
        node = line[NODE, i]
        if 0 <= node < n_requests:
            conflicts += a.incompatible[request, node]
        elif n_requests <= node < 2 * n_requests:
            conflicts -= a.incompatible[request, node - n_requests]
        way_s = a.duration_s[line[PLACE, i], here]
        start_s = max(earliest_s, line[X, i] + line[AT_DOOR_S, i] + way_s)
        if is_metric:
            if line[X, i] + line[AT_DOOR_S, i] > latest_s:
                break
            if line[Y, i + 1] < boarded_s or start_s > latest_s:
                continue
        if conflicts > 0 or way_s < 0:
            continue
        if prices_times:
            span_s, first_s, last_s = lengthen(
                w.sums[HEAD + SPAN_S, i],
                w.sums[HEAD + FIRST_S, i],
                w.sums[HEAD + LAST_S, i],
                way_s,
                earliest_s,
                latest_s,
            )
            if first_s > last_s and a.switches[SCREENED]:
                continue
        count = _screen_from(a, vehicle, n, w, request, i, span_s, first_s, last_s, start_s, count)
    return count


@inner_kernel
def _screen_from(
    a: Arrays, vehicle: int, n: int, w: Work, request: int, i: int,
    span_s: int, first_s: int, last_s: int, start_s: int, count: int,
) -> int:  # fmt: skip
    """Note what passes the screens with a pickup right after position ``i``.

    The stretch reaches from the sign-on to the start of that pickup, which is
    not before ``start_s`` where no detour saves time. Rows of ``w.place``:
    what the longer route costs at least, ``i`` and ``j``.
    """
    line, n_requests = w.base, len(a.request)
    is_screened, is_metric = a.switches[SCREENED], a.switches[METRIC]
    prices_times = not a.switches[METRES_ONLY]
    here = a.node[request, LOCATION]
    boarding_s = a.node[request, SERVICE_S]
    # The latest pickup, and from it the latest dropoff, once something lies between.
    most_s = a.node[request, LATEST_S]
    span_s += boarding_s
    leave_s = start_s + boarding_s
    seats, wheelchairs, child_seats = w.top[0], w.top[1], w.top[2]
    along_s = int(np.int64(0))
    for j in range(i, n + 1):
        seats = max(seats, w.sums[LOAD, j] + a.load[request, 0])
        wheelchairs = max(wheelchairs, w.sums[LOAD + 1, j] + a.load[request, 1])
        child_seats = max(child_seats, w.sums[LOAD + 2, j] + a.load[request, 2])
        if not has_room(a, vehicle, seats, wheelchairs, child_seats):
            break
        least = _least_cost(
            a, vehicle, n, w, request, i, j, along_s, span_s, first_s, last_s, leave_s, most_s
        )
        if least != IMPOSSIBLE:
            w.place[count, 0] = least
            w.place[count, 1] = i
            w.place[count, 2] = j
            count += 1
        if j == n:
            break
        node = line[NODE, j + 1]
        if node >= 2 * n_requests or (node < n_requests and a.incompatible[request, node]):
            break
        way_s = a.duration_s[here, line[PLACE, j + 1]]
        here = line[PLACE, j + 1]
        if way_s < 0:
            break
        if j == i and is_metric:
            most_s = min(most_s, line[Y, j + 1] - way_s - boarding_s)
        if prices_times:
            span_s, first_s, last_s = lengthen(
                span_s, first_s, last_s, way_s, line[FROM_S, j + 1], line[UNTIL_S, j + 1]
            )
            span_s += line[AT_DOOR_S, j + 1]
        along_s += way_s + line[AT_DOOR_S, j + 1]
        reach_s = max(leave_s + way_s, line[X, j + 1])
        leave_s = reach_s + line[AT_DOOR_S, j + 1]
        if not is_screened:
            continue
        if first_s > last_s or along_s > a.request[request, MAX_RIDE_S]:
            break
        if is_metric and reach_s > line[Y, j + 1]:
            break
    return count


@inner_kernel
def _least_cost(
    a: Arrays, vehicle: int, n: int, w: Work, request: int, i: int, j: int, along_s: int,
    span_s: int, first_s: int, last_s: int, leave_s: int, most_s: int,
) -> int:  # fmt: skip
    """Return what the longer route costs at least, or ``IMPOSSIBLE`` where a screen says no.

    The stretch reaches from the sign-on over the pickup to position ``j``, and
    ``along_s`` from the end of boarding to there; nobody leaves there before
    ``leave_s``, and the pickup is not after ``most_s``.
    """
    line, m = w.base, a.distance_m
    pickup = a.node[request, LOCATION]
    node = request + len(a.request)
    dropoff = a.node[node, LOCATION]
    way_s = a.duration_s[pickup if i == j else line[PLACE, j], dropoff]
    if way_s < 0:
        return IMPOSSIBLE
    ride_s = along_s + way_s
    # Pauses taken anywhere are taken at the dropoff now.
    k = j + 1
    while k <= n and a.node[line[NODE, k], LOCATION] < 0:
        k += 1
    back_s = a.duration_s[dropoff, line[PLACE, k]]
    if back_s < 0:
        return IMPOSSIBLE
    if a.switches[SCREENED]:
        limit_s = a.request[request, MAX_RIDE_S]
        if ride_s > limit_s:
            return IMPOSSIBLE
        if a.switches[METRIC]:
            most_s += a.node[request, SERVICE_S] + limit_s
            if k == j + 1:
                most_s = min(most_s, line[Y, k] - back_s - a.node[node, SERVICE_S])
            start_s = max(a.node[node, EARLIEST_S], leave_s + way_s)
            if start_s > min(most_s, a.node[node, LATEST_S]):
                return IMPOSSIBLE
    if not a.switches[METRES_ONLY]:
        span_s, first_s, last_s = lengthen(
            span_s, first_s, last_s, way_s, a.node[node, EARLIEST_S], a.node[node, LATEST_S]
        )
        span_s += a.node[node, SERVICE_S]
        for each in range(j + 1, k):
            stay_s = a.duration_s[dropoff, dropoff]
            span_s, first_s, last_s = lengthen(
                span_s, first_s, last_s, stay_s, line[FROM_S, each], line[UNTIL_S, each]
            )
            span_s += line[AT_DOOR_S, each]
        tail_first_s, tail_last_s = w.sums[TAIL + FIRST_S, k], w.sums[TAIL + LAST_S, k]
        span_s, first_s, last_s = lengthen(
            span_s, first_s, last_s, back_s, tail_first_s, tail_last_s
        )
        span_s += w.sums[TAIL + SPAN_S, k]
        is_late = first_s > last_s or span_s > a.vehicle[vehicle, MAX_DUTY_S]
        if is_late and a.switches[SCREENED]:
            return IMPOSSIBLE
    metres = (
        w.top[METRES]
        + m[line[PLACE, i], pickup]
        + m[dropoff, line[PLACE, k]]
        - m[line[PLACE, j], line[PLACE, k]]
    )
    if i == j:
        metres += m[pickup, dropoff]
    else:
        metres += m[pickup, line[PLACE, i + 1]] - m[line[PLACE, i], line[PLACE, i + 1]]
        metres += m[line[PLACE, j], dropoff]
    if metres > a.vehicle[vehicle, RANGE_M]:
        return IMPOSSIBLE
    weights = a.weights
    least: int = metres * weights[0] + weights[2]
    if a.vehicle[vehicle, IS_OPEN]:
        least += weights[3]
    if a.switches[METRES_ONLY]:
        return least
    excess_s = max(0, ride_s - a.request[request, DIRECT_S])
    if a.switches[METRIC]:
        excess_s += hurried_s(a, w, request, i, j, way_s, back_s)
    least += span_s * weights[1] + excess_s * weights[PER_EXCESS] + w.top[TIMES]
    return least


@part_of_kernel
def try_cheapest(
    a: Arrays, vehicle: int, n: int, w: Work, base_cost: int, request: int, count: int, rows: Ints
) -> int:
    """Time places by rising bound until none is below the cheapest, the first among equals.

    Parameters
    ----------
    a, vehicle, n, w, base_cost, request
        As in :func:`screen` and :func:`scan`.
    count
        Places in ``w.place``; they are used up.
    rows
        Its first row is filled as in :func:`scan`.

    Returns
    -------
    int
        1 when there is a place, else 0.
    """
    found = 0
    for _ in range(count):
        at = 0
        for other in range(count):
            if w.place[other, 0] < w.place[at, 0]:
                at = other
        least, i, j = w.place[at, 0], w.place[at, 1], w.place[at, 2]
        w.place[at, 0] = TRIED
        best = rows[0, 0]
        if found > 0 and least - base_cost > best and a.switches[SCREENED]:
            break
        cost, break_at = _price_longer(a, vehicle, n, w, request, i, j)
        if cost < 0:
            continue
        added = cost - base_cost
        if found > 0 and (added > best or (added == best and (i, j) > (rows[0, 1], rows[0, 2]))):
            continue
        rows[0, 0] = added
        rows[0, 1] = i
        rows[0, 2] = j
        rows[0, 3] = break_at
        found = 1
    return found


@part_of_kernel
def _try_all(
    a: Arrays, vehicle: int, n: int, w: Work, base_cost: int, request: int, count: int, rows: Ints
) -> int:
    """Time all places in turn; fill a row for each that is feasible."""
    found = 0
    for at in range(count):
        i, j = w.place[at, 1], w.place[at, 2]
        cost, break_at = _price_longer(a, vehicle, n, w, request, i, j)
        if cost >= 0:
            rows[found, 0] = cost - base_cost
            rows[found, 1] = i
            rows[found, 2] = j
            rows[found, 3] = break_at
            found += 1
    return found


@part_of_kernel
def _price_longer(
    a: Arrays, vehicle: int, n: int, w: Work, request: int, i: int, j: int
) -> tuple[int, int]:
    """Time and price the order with one more request."""
    line = w.trial
    if not write_longer(a, vehicle, w.base, n, request, i, j, line):
        return INFEASIBLE, NO_BREAK
    if not a.switches[METRIC]:
        for k in range(n + 4):
            line[X, k] = line[FROM_S, k]
    return price_trial(a, vehicle, w, n + 2, metres_of(a, line, n + 2))
