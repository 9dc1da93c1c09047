"""Linked requests with overlapping windows, parted so that the second starts after the first.

The two may stand on different routes and yet must keep their order. While both
are left out they have their full windows; once one is served, the windows are
parted at a moment that its present time allows, and each route can again be
timed on its own.
"""

import numpy as np

from tus_dispatch.solver.arrays import EARLIEST_S, LATEST_S, SERVICE_S, Arrays
from tus_dispatch.solver.evaluation import evaluate_in, tell
from tus_dispatch.solver.guide import Guide
from tus_dispatch.solver.jit import inner_kernel, kernel, part_of_kernel
from tus_dispatch.solver.line import Work
from tus_dispatch.solver.tours import Tours, mark

NEVER = -1


@kernel
def join(a: Arrays, g: Guide, request: int) -> None:
    """Give both requests of a pair their full windows again.

    Parameters
    ----------
    a, g
        The windows of ``a`` are changed in place.
    request
        One of the pair; neither of them is served.
    """
    n = len(a.request)
    for each in (g.first_of[request], g.follower_of[request]):
        for node in (each, n + each):
            a.node[node, EARLIEST_S] = g.window[node, 0]
            a.node[node, LATEST_S] = g.window[node, 1]


@part_of_kernel
def moment_s(a: Arrays, t: Tours, w: Work, node: int) -> int:
    """Return the present start of service of a node, ``NEVER`` when it is not served."""
    vehicle = t.vehicle_of[node % len(a.request)]
    # A plain NEVER would have a type of its own.
    start_s = int(np.int64(NEVER))
    if vehicle < 0:
        return start_s
    n = tell(a, vehicle, t.order[vehicle, : t.length[vehicle]], w)
    for k in range(1, n + 1):
        if w.told[0, k] == node:
            start_s = w.told[1, k]
    return start_s


@kernel
def part_at(a: Arrays, g: Guide, request: int, over_s: int, begins_s: int) -> None:
    """Part the windows of a pair between two known moments, of which one may be missing.

    Parameters
    ----------
    a, g, request
        The windows of the pair of ``request`` are changed in place.
    over_s, begins_s
        When the first is over and when the follower begins, or ``NEVER``.
    """
    dropoff, follower = len(a.request) + g.first_of[request], g.follower_of[request]
    if over_s == NEVER:
        over_s = begins_s
    if begins_s == NEVER:
        begins_s = over_s
    middle_s = (over_s + begins_s) // 2
    latest_s = middle_s - a.node[dropoff, SERVICE_S]
    a.node[dropoff, LATEST_S] = min(g.window[dropoff, 1], latest_s)
    a.node[follower, EARLIEST_S] = max(g.window[follower, 0], middle_s)


@inner_kernel
def part(a: Arrays, g: Guide, t: Tours, w: Work, request: int) -> None:
    """Part a pair of which at least one is served; mark and price their routes anew.

    Parameters
    ----------
    a, g, t
        Changed in place.
    w
        Scratch.
    request
        One of a pair with overlapping windows.
    """
    first, follower = g.first_of[request], g.follower_of[request]
    dropoff = len(a.request) + first
    over_s = moment_s(a, t, w, dropoff)
    if over_s != NEVER:
        over_s += a.node[dropoff, SERVICE_S]
    part_at(a, g, request, over_s, moment_s(a, t, w, follower))
    for each in (first, follower):
        vehicle = t.vehicle_of[each]
        if vehicle >= 0:
            mark(a, g, t, vehicle)
            t.cost[vehicle], _ = evaluate_in(a, vehicle, t.order[vehicle, : t.length[vehicle]], w)
