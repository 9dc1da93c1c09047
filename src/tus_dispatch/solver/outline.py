"""What is known of an order before anything is inserted: bounds that screen places cheaply.

A stretch of an order is summed up by three numbers: the least time from its
beginning to its end, and the earliest and the latest beginning that need no
more. Windows alone are looked at, so every such number is a bound; the
triangle inequality is not needed. Where it holds, the brackets of all times
under ride limits screen further.
"""

from tus_dispatch.solver.arrays import MAX_DUTY_S, METRES_ONLY, METRIC, Arrays
from tus_dispatch.solver.instance import N_LOADS, Ints
from tus_dispatch.solver.jit import inner_kernel
from tus_dispatch.solver.line import (
    AT_DOOR_S,
    DRIVE_S,
    FIRST_S,
    FROM_S,
    HEAD,
    LAST_S,
    LOAD,
    SPAN_S,
    TAIL,
    UNTIL_S,
    Work,
    metres_of,
    write_line,
)
from tus_dispatch.solver.timing import bracket

METRES = N_LOADS


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
    _sum_loads(a, nodes, w)
    if not a.switches[METRES_ONLY]:
        _sum_stretches(w.base, n, w.sums)
    if a.switches[METRIC]:
        bracket(a, w.base, n, a.vehicle[vehicle, MAX_DUTY_S])


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
