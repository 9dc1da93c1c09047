"""What is known of an order before anything is inserted: bounds that screen places cheaply.

A stretch of an order is summed up by three numbers: the least time from its
beginning to its end, and the earliest and the latest beginning that need no
more. Windows alone are looked at, so every such number is a bound; the
triangle inequality is not needed. Where it holds, the brackets of all times
under ride limits screen further.
"""

from tus_dispatch.solver.arrays import (
    DIRECT_S,
    LOCATION,
    MAX_DUTY_S,
    METRES_ONLY,
    METRIC,
    PER_EARLY,
    PER_EXCESS,
    PER_LATE,
    SERVICE_S,
    TARGET_S,
    Arrays,
)
from tus_dispatch.solver.instance import N_LOADS, Ints
from tus_dispatch.solver.jit import inner_kernel
from tus_dispatch.solver.line import (
    AT_DOOR_S,
    DRIVE_S,
    FIRST_S,
    FROM_S,
    HEAD,
    HURRIED,
    LAST_S,
    LOAD,
    MATE,
    NODE,
    PLACE,
    SPAN_S,
    SPARE,
    TAIL,
    UNTIL_S,
    Work,
    X,
    Y,
    metres_of,
    write_line,
)
from tus_dispatch.solver.timing import bracket

METRES, TIMES = N_LOADS, N_LOADS + 1


@inner_kernel
def lengthen(
    span_s: int, first_s: int, last_s: int, way_s: int, earliest_s: int, latest_s: int
) -> tuple[int, int, int]:
    """Add one more node to the end of a stretch.

    Parameters
    ----------
    span_s, first_s, last_s
        The stretch.
    way_s
        Drive from its end to the node.
    earliest_s, latest_s
        Window of the node.

    Returns
    -------
    span_s : int
        Until the node's start of service.
    first_s, last_s : int
        Beginnings; ``first_s`` is larger where the node comes too late.
    """
    span_s += way_s
    wait_s = max(0, earliest_s - span_s - last_s)
    first_s = max(first_s, earliest_s - span_s) - wait_s
    return span_s + wait_s, first_s, min(last_s, latest_s - span_s)


@inner_kernel
def outline(a: Arrays, vehicle: int, nodes: Ints, w: Work) -> None:
    """Sum an order up.

    Parameters
    ----------
    a, vehicle, nodes
        An order without its break; feasible, or pauses alone.
    w
        Its ``base``, ``sums`` and ``top`` are written.
    """
    n = len(nodes)
    write_line(a, vehicle, nodes, w.base)
    w.top[METRES] = metres_of(a, w.base, n)
    w.top[TIMES] = 0
    _sum_loads(a, nodes, w)
    if not a.switches[METRES_ONLY]:
        _sum_stretches(w.base, n, w.sums)
    if a.switches[METRIC]:
        bracket(a, w.base, n, a.vehicle[vehicle, MAX_DUTY_S])
        if not a.switches[METRES_ONLY]:
            _sum_rides(a, w.base, n, w)


@inner_kernel
def _sum_loads(a: Arrays, nodes: Ints, w: Work) -> None:
    """Follow the loads of an order."""
    n_requests = len(a.request)
    for kind in range(N_LOADS):
        w.sums[LOAD + kind, 0] = 0
        w.top[kind] = 0
        for k in range(1, len(nodes) + 1):
            node = nodes[k - 1]
            change = 0
            if node < n_requests:
                change = a.load[node, kind]
            elif node < 2 * n_requests:
                change = -a.load[node - n_requests, kind]
            w.sums[LOAD + kind, k] = w.sums[LOAD + kind, k - 1] + change
            w.top[kind] = max(w.top[kind], w.sums[LOAD + kind, k])


@inner_kernel
def _sum_stretches(line: Ints, n: int, sums: Ints) -> None:
    """Follow the times of an order from both ends."""
    sums[HEAD + SPAN_S, 0] = 0
    sums[HEAD + FIRST_S, 0] = line[FROM_S, 0]
    sums[HEAD + LAST_S, 0] = line[UNTIL_S, 0]
    for k in range(1, n + 1):
        span_s, sums[HEAD + FIRST_S, k], sums[HEAD + LAST_S, k] = lengthen(
            sums[HEAD + SPAN_S, k - 1],
            sums[HEAD + FIRST_S, k - 1],
            sums[HEAD + LAST_S, k - 1],
            line[DRIVE_S, k],
            line[FROM_S, k],
            line[UNTIL_S, k],
        )
        sums[HEAD + SPAN_S, k] = span_s + line[AT_DOOR_S, k]
    sums[TAIL + SPAN_S, n + 1] = 0
    sums[TAIL + FIRST_S, n + 1] = line[FROM_S, n + 1]
    sums[TAIL + LAST_S, n + 1] = line[UNTIL_S, n + 1]
    for k in range(n, 0, -1):
        span_s, sums[TAIL + FIRST_S, k], sums[TAIL + LAST_S, k] = lengthen(
            line[AT_DOOR_S, k],
            line[FROM_S, k],
            line[UNTIL_S, k],
            line[DRIVE_S, k + 1],
            sums[TAIL + FIRST_S, k + 1],
            sums[TAIL + LAST_S, k + 1],
        )
        sums[TAIL + SPAN_S, k] = span_s + sums[TAIL + SPAN_S, k + 1]


@inner_kernel
def _sum_rides(a: Arrays, line: Ints, n: int, w: Work) -> None:
    """Bound what the times of those in an order cost, whatever is added to it.

    Nobody rides for less time than the way from their pickup to their dropoff
    takes, and nobody is served outside the bracket. ``SPARE`` holds the way
    from the sign-on to each position.
    """
    n_requests = len(a.request)
    w.sums[HURRIED, 0] = 0
    line[SPARE, 0] = 0
    excess_s, early_s, late_s = 0, 0, 0
    for k in range(1, n + 1):
        w.sums[HURRIED, k] = 0
        line[SPARE, k] = line[SPARE, k - 1] + line[AT_DOOR_S, k - 1] + line[DRIVE_S, k]
        node = line[NODE, k]
        if node >= 2 * n_requests:
            continue
        target_s = a.node[node, TARGET_S]
        if node < n_requests:
            if target_s >= 0:
                late_s += max(0, line[X, k] - target_s)
            continue
        if target_s >= 0:
            early_s += max(0, target_s - line[Y, k])
        at = line[MATE, k]
        ride_s = line[SPARE, k] - line[SPARE, at] - line[AT_DOOR_S, at]
        if ride_s >= a.request[node - n_requests, DIRECT_S]:
            excess_s += ride_s - a.request[node - n_requests, DIRECT_S]
            for each in range(at, k):
                w.sums[HURRIED, each] += 1
    w.top[TIMES] = (
        excess_s * a.weights[PER_EXCESS]
        + early_s * a.weights[PER_EARLY]
        + late_s * a.weights[PER_LATE]
    )


@inner_kernel
def hurried_s(a: Arrays, w: Work, request: int, i: int, j: int, way_s: int, back_s: int) -> int:
    """Return for how much longer all those aboard ride when somebody is added, at least.

    Parameters
    ----------
    a, w
        The outline of an order.
    request, i, j
        Who is added where, as in :func:`insertion.scan`.
    way_s, back_s
        Drives to the dropoff and away from it.

    Returns
    -------
    int
        Seconds of everybody together, of those only who have no slack.
    """
    line, pickup = w.base, a.node[request, LOCATION]
    before: int = w.sums[HURRIED, i]
    after: int = w.sums[HURRIED, j]
    if before == 0 and after == 0:
        return before
    node = request + len(a.request)
    to_s = a.duration_s[line[PLACE, i], pickup] + a.node[request, SERVICE_S]
    if i == j:
        way_s += to_s
    else:
        on_s = a.duration_s[pickup, line[PLACE, i + 1]]
        before *= to_s + on_s - line[DRIVE_S, i + 1]
    after *= way_s + a.node[node, SERVICE_S] + back_s - line[DRIVE_S, j + 1]
    return after if i == j else before + after
