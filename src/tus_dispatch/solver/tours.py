"""The orders of all vehicles as one set of arrays that kernels change in place.

Every order carries a fingerprint, so that what is known of an order is found
again whenever the order comes back, on the same vehicle or on one like it.
"""

from typing import NamedTuple

import numpy as np

from tus_dispatch.solver.arrays import EARLIEST_S, LATEST_S, VEHICLE_CLASS, Arrays, mandatory_pauses
from tus_dispatch.solver.guide import Guide
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.jit import inner_kernel, kernel

FIRST_PRIME = 2147483647
SECOND_PRIME = 2147483629
FIRST_BASE = 1103515245
SECOND_BASE = 1664525021
HALF = 2**31


class Tours(NamedTuple):
    """Orders of ``m`` vehicles, breaks left out.

    Attributes
    ----------
    order
        Pickups, dropoffs and mandatory pauses, shape ``(m, w)``; what stands
        behind ``length`` means nothing. Only the pauses on an unused vehicle.
    length
        Nodes per order, shape ``(m,)``.
    cost
        Price per order, 0 when not used, shape ``(m,)``.
    print_
        Fingerprint per order, shape ``(m,)``.
    vehicle_of
        Vehicle of each request, -1 when left out, shape ``(n,)``.
    """

    order: Ints
    length: Ints
    cost: Ints
    print_: Ints
    vehicle_of: Ints


def empty_tours(instance: Instance) -> Tours:
    """Return tours on which nobody rides yet, not marked yet.

    Parameters
    ----------
    instance
        The problem.

    Returns
    -------
    Tours
        Unused vehicles with their pauses.
    """
    m, n = instance.n_vehicles, instance.n_requests
    pauses = [mandatory_pauses(instance, vehicle) for vehicle in range(m)]
    width = 2 * n + max((len(each) for each in pauses), default=0) + 2
    tours = Tours(
        order=np.zeros((m, width), dtype=np.int64),
        length=np.zeros(m, dtype=np.int64),
        cost=np.zeros(m, dtype=np.int64),
        print_=np.zeros(m, dtype=np.int64),
        vehicle_of=np.full(n, -1, dtype=np.int64),
    )
    for vehicle, nodes in enumerate(pauses):
        tours.length[vehicle] = len(nodes)
        tours.order[vehicle, : len(nodes)] = nodes
    return tours


def copy_of(tours: Tours) -> Tours:
    """Return independent tours with the same orders."""
    return Tours(*(array.copy() for array in tours))


def take_over(source: Tours, target: Tours) -> None:
    """Make one set of tours equal to another."""
    for new, old in zip(source, target, strict=True):
        old[:] = new


@inner_kernel
def mix(print_: int, value: int) -> int:
    """Return the fingerprint of something followed by one more value below 2**31."""
    first = ((print_ // HALF) * FIRST_BASE + value) % FIRST_PRIME
    second = ((print_ % HALF) * SECOND_BASE + value) % SECOND_PRIME
    return first * HALF + second


@inner_kernel
def mix_windows(a: Arrays, print_: int, request: int) -> int:
    """Return a fingerprint followed by the present windows of a request."""
    for node in (request, request + len(a.request)):
        print_ = mix(print_, a.node[node, EARLIEST_S])
        print_ = mix(print_, a.node[node, LATEST_S])
    return print_


@kernel
def marked(a: Arrays, g: Guide, t: Tours, vehicle: int) -> int:
    """Mark a vehicle's order and return its fingerprint, see :func:`mark`."""
    mark(a, g, t, vehicle)
    print_: int = t.print_[vehicle]
    return print_


@inner_kernel
def mark(a: Arrays, g: Guide, t: Tours, vehicle: int) -> None:
    """Note the fingerprint of a vehicle's order.

    Parameters
    ----------
    a, g, t
        The problem and its tours, changed in place.
    vehicle
        Whose order has changed.

    Notes
    -----
    Vehicles that are alike give the same order the same fingerprint. Windows
    that move belong to it.
    """
    n = len(a.request)
    kind = a.vehicle[vehicle, VEHICLE_CLASS]
    print_ = mix(kind + 1, kind)
    for at in range(t.length[vehicle]):
        node = t.order[vehicle, at]
        print_ = mix(print_, node)
        if node < n and g.first_of[node] >= 0:
            print_ = mix_windows(a, print_, node)
    t.print_[vehicle] = print_


@inner_kernel
def is_used(a: Arrays, t: Tours, vehicle: int) -> bool:
    """Tell whether anybody rides on a vehicle."""
    for at in range(t.length[vehicle]):
        if t.order[vehicle, at] < len(a.request):
            return True
    return False


@inner_kernel
def put(a: Arrays, t: Tours, vehicle: int, request: int, i: int, j: int) -> None:
    """Insert a request: its pickup after ``i`` nodes, its dropoff after ``j`` of the old ones."""
    for at in range(t.length[vehicle] - 1, -1, -1):
        t.order[vehicle, at + (at >= i) + (at >= j)] = t.order[vehicle, at]
    t.order[vehicle, i] = request
    t.order[vehicle, j + 1] = request + len(a.request)
    t.length[vehicle] += 2
    t.vehicle_of[request] = vehicle


@inner_kernel
def take_out(a: Arrays, t: Tours, vehicle: int) -> None:
    """Remove from an order everybody who is not said to be on the vehicle any more."""
    n = len(a.request)
    kept = 0
    for at in range(t.length[vehicle]):
        node = t.order[vehicle, at]
        if node >= 2 * n or t.vehicle_of[node % n] == vehicle:
            t.order[vehicle, kept] = node
            kept += 1
    t.length[vehicle] = kept


@inner_kernel
def copy_tour(source: Tours, target: Tours, vehicle: int) -> None:
    """Copy one vehicle's order with its price and fingerprint."""
    length = source.length[vehicle]
    for at in range(length):
        target.order[vehicle, at] = source.order[vehicle, at]
    target.length[vehicle] = length
    target.cost[vehicle] = source.cost[vehicle]
    target.print_[vehicle] = source.print_[vehicle]


@inner_kernel
def price_of_all(t: Tours) -> int:
    """Return the price of all orders."""
    cost: int = 0
    for vehicle in range(len(t.cost)):
        cost += t.cost[vehicle]
    return cost
