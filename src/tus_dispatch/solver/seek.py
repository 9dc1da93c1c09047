"""The cheapest place of requests in every order, from memory where an order is known."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.solver.arrays import VEHICLE_CLASS, Arrays
from tus_dispatch.solver.evaluation import evaluate_in
from tus_dispatch.solver.guide import Guide
from tus_dispatch.solver.insertion import screen, try_cheapest
from tus_dispatch.solver.instance import Bools, Ints
from tus_dispatch.solver.jit import inner_kernel, part_of_kernel
from tus_dispatch.solver.line import Work, make_work
from tus_dispatch.solver.outline import outline
from tus_dispatch.solver.tours import Tours, is_used, mix, mix_windows

Doubles = NDArray[np.float64]

NO_PLACE = 2**61
MEMORY_ROWS = 2**18


class Places(NamedTuple):
    """Cheapest place per request and vehicle, and a memory of those found before.

    Attributes
    ----------
    added
        What a request adds to an order, ``NO_PLACE`` where it does not fit;
        shape ``(n, m)``.
    pickup, dropoff
        Where it then stands, as in :func:`insertion.scan`; shape ``(n, m)``.
    memory
        Direct-mapped by fingerprint: fingerprint, added, pickup, dropoff;
        shape ``(MEMORY_ROWS, 4)``.
    row, work, unknown
        Scratch for scans, of shape ``(1, 4)`` and ``(n, 2)``.
    absent
        How often each request was left out, shape ``(n,)``.
    weight, is_open, changed, both
        Scratch for insertion, of shape ``(n,)``, ``(n,)``, ``(m,)``, ``(2,)``.
    """

    added: Ints
    pickup: Ints
    dropoff: Ints
    memory: Ints
    row: Ints
    work: Work
    unknown: Ints
    absent: Ints
    weight: Doubles
    is_open: Bools
    changed: Bools
    both: Ints


def no_places(n_requests: int, n_vehicles: int, width: int, rows: int = MEMORY_ROWS) -> Places:
    """Return places of which nothing is known.

    Parameters
    ----------
    n_requests, n_vehicles
        Size of the instance.
    width
        Nodes of the longest order.
    rows
        Size of the memory, a power of two.

    Returns
    -------
    Places
        Empty.
    """
    shape = (n_requests, n_vehicles)
    return Places(
        added=np.full(shape, NO_PLACE, dtype=np.int64),
        pickup=np.zeros(shape, dtype=np.int64),
        dropoff=np.zeros(shape, dtype=np.int64),
        memory=np.zeros((rows, 4), dtype=np.int64),
        row=np.zeros((1, 4), dtype=np.int64),
        work=make_work(width),
        unknown=np.empty((n_requests, 2), dtype=np.int64),
        absent=np.zeros(n_requests, dtype=np.int64),
        weight=np.empty(n_requests, dtype=np.float64),
        is_open=np.empty(n_requests, dtype=np.bool_),
        changed=np.zeros(n_vehicles, dtype=np.bool_),
        both=np.empty(2, dtype=np.int64),
    )


@inner_kernel
def look_up(a: Arrays, g: Guide, t: Tours, p: Places, requests: Ints, only_changed: bool) -> None:
    """Find the cheapest place of some requests in the vehicles' orders.

    Parameters
    ----------
    a, g, t, p
        The problem, its tours and the places, changed in place.
    requests
        Those of them that ride already are passed over.
    only_changed
        Whether to look at orders marked as changed only, and unmark them.
    """
    for vehicle in range(len(t.length)):
        if only_changed:
            if not p.changed[vehicle]:
                continue
            p.changed[vehicle] = False
        if _is_second_twin(a, t, vehicle):
            for request in requests:
                p.added[request, vehicle] = p.added[request, vehicle - 1]
                p.pickup[request, vehicle] = p.pickup[request, vehicle - 1]
                p.dropoff[request, vehicle] = p.dropoff[request, vehicle - 1]
            continue
        n_unknown = _recall(a, g, t, p, vehicle, requests)
        if n_unknown:
            _scan_unknown(a, t, p, vehicle, n_unknown)


@inner_kernel
def _is_second_twin(a: Arrays, t: Tours, vehicle: int) -> bool:
    """Tell whether a vehicle and the one before it are alike and both unused."""
    return (
        vehicle > 0
        and a.vehicle[vehicle, VEHICLE_CLASS] == a.vehicle[vehicle - 1, VEHICLE_CLASS]
        and not is_used(a, t, vehicle)
        and not is_used(a, t, vehicle - 1)
    )


@inner_kernel
def _recall(a: Arrays, g: Guide, t: Tours, p: Places, vehicle: int, requests: Ints) -> int:
    """Take places from memory; return how many requests are unknown there."""
    rows = len(p.memory)
    n_unknown = 0
    for request in requests:
        if t.vehicle_of[request] >= 0:
            continue
        if not a.allowed[request, vehicle]:
            p.added[request, vehicle] = NO_PLACE
            continue
        print_ = mix(t.print_[vehicle], request)
        if g.first_of[request] >= 0:
            print_ = mix_windows(a, print_, request)
        at = print_ % rows
        if p.memory[at, 0] == print_:
            p.added[request, vehicle] = p.memory[at, 1]
            p.pickup[request, vehicle] = p.memory[at, 2]
            p.dropoff[request, vehicle] = p.memory[at, 3]
        else:
            p.unknown[n_unknown, 0] = request
            p.unknown[n_unknown, 1] = print_
            n_unknown += 1
    return n_unknown


@part_of_kernel
def _scan_unknown(a: Arrays, t: Tours, p: Places, vehicle: int, n_unknown: int) -> None:
    nodes = t.order[vehicle, : t.length[vehicle]]
    outline(a, vehicle, nodes, p.work)
    rows = len(p.memory)
    for each in range(n_unknown):
        request, print_ = p.unknown[each, 0], p.unknown[each, 1]
        count = screen(a, vehicle, len(nodes), p.work, request)
        found = try_cheapest(a, vehicle, len(nodes), p.work, t.cost[vehicle], request, count, p.row)
        added = p.row[0, 0] if found else NO_PLACE
        at = print_ % rows
        p.memory[at, 0] = print_
        p.memory[at, 1] = added
        p.memory[at, 2] = p.row[0, 1]
        p.memory[at, 3] = p.row[0, 2]
        p.added[request, vehicle] = added
        p.pickup[request, vehicle] = p.row[0, 1]
        p.dropoff[request, vehicle] = p.row[0, 2]


@part_of_kernel
def price_of(a: Arrays, t: Tours, p: Places, vehicle: int) -> int:
    """Return what a vehicle's order costs, -1 when it admits no times; from memory if known."""
    cost = int(np.int64(0))
    if is_used(a, t, vehicle):
        print_ = mix(t.print_[vehicle], len(a.node))
        at = print_ % len(p.memory)
        if p.memory[at, 0] != print_:
            nodes = t.order[vehicle, : t.length[vehicle]]
            p.memory[at, 1], _ = evaluate_in(a, vehicle, nodes, p.work)
            p.memory[at, 0] = print_
        cost = p.memory[at, 1]
    return cost


@inner_kernel
def cheapest(p: Places, request: int) -> tuple[int, int, int]:
    """Return the cheapest vehicle of a request, its price and the next one; -1 for nowhere."""
    best, second, vehicle = NO_PLACE, NO_PLACE, -1
    for other in range(p.added.shape[1]):
        added = p.added[request, other]
        if added < best:
            best, second, vehicle = added, best, other
        elif added < second:
            second = added
    return vehicle, best, second
