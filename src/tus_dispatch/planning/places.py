"""All places of one leg in one round, the order of everybody else kept."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tus_dispatch.solver.arrays import (
    EARLIEST_S,
    LATEST_S,
    SERVICE_S,
    Arrays,
    mandatory_pauses,
)
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate
from tus_dispatch.solver.insertion import scan
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.line import insert_at


@dataclass(frozen=True, slots=True, eq=False)
class PlaceInRound:
    """A vehicle's order with one more leg in it.

    Attributes
    ----------
    vehicle
        Index of the shift.
    order
        The order with the leg, its break left out.
    cost
        Price of the whole round with it, thousandths of a cent.
    arrays
        The instance with the windows under which the order was timed.
    """

    vehicle: int
    order: Ints
    cost: int
    arrays: Arrays


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One vehicle as it stands before somebody joins.

    Attributes
    ----------
    instance
        The day with its newcomers.
    arrays
        The same with the windows that hold for this vehicle.
    vehicle
        Index of the shift.
    orders
        Its order, once for every way its fixed pauses may stand.
    """

    instance: Instance
    arrays: Arrays
    vehicle: int
    orders: tuple[Ints, ...]


def cheapest_place(stage: Stage, newcomer: int) -> PlaceInRound | None:
    """Return the cheapest place of a leg in a round.

    Parameters
    ----------
    stage
        The round as it is.
    newcomer
        Request to insert.

    Returns
    -------
    PlaceInRound or None
        None exactly when no place keeps every rule; the first among equals.

    Notes
    -----
    Exact: pauses stand wherever the legs' windows leave them room, the break
    wherever nobody is aboard, and each of these orders is timed.
    """
    if not stage.instance.allowed[newcomer, stage.vehicle]:
        return None
    if _may_overtake_partner(stage, newcomer):
        return min(all_places(stage, newcomer), key=lambda place: place.cost, default=None)
    best: PlaceInRound | None = None
    row = np.empty((1, 4), dtype=np.int64)
    for order in stage.orders:
        found = scan(stage.arrays, stage.vehicle, order, 0, newcomer, keep_all=False, rows=row)
        if found and (best is None or row[0, 0] < best.cost):
            best = _place(stage, order, newcomer, row[0].tolist())
    return best


def all_places(stage: Stage, newcomer: int) -> Iterator[PlaceInRound]:
    """Yield every place of a leg in a round.

    Parameters
    ----------
    stage, newcomer
        As in :func:`cheapest_place`. Behind its outward leg, or before its
        return, where that rides on this vehicle.

    Yields
    ------
    PlaceInRound
        In the order of the round.
    """
    for order in stage.orders:
        # The price of the round without the newcomer is left at nothing, so that
        # a row holds the price of the whole round.
        rows = np.empty(((len(order) + 1) * (len(order) + 2) // 2, 4), dtype=np.int64)
        found = scan(stage.arrays, stage.vehicle, order, 0, newcomer, keep_all=True, rows=rows)
        first, last = _span_beside_partner(stage.instance, order, newcomer)
        for row in rows[:found].tolist():
            if first <= row[1] and row[2] <= last:
                yield _place(stage, order, newcomer, row)


def cheapest_order(
    instance: Instance, arrays: Arrays, vehicle: int, doors: Ints
) -> PlaceInRound | None:
    """Return a vehicle's own order with its pauses placed anew.

    Parameters
    ----------
    instance, arrays
        The day.
    vehicle, doors
        Whose pickups and dropoffs.

    Returns
    -------
    PlaceInRound or None
        None when the order cannot be driven any more.
    """
    found = [
        PlaceInRound(vehicle, order, int(cost), arrays)
        for order in orders_with_pauses(instance, arrays, vehicle, doors)
        if (cost := evaluate(arrays, vehicle, order)[0]) != INFEASIBLE
    ]
    return min(found, key=lambda place: place.cost, default=None)


def orders_with_pauses(
    instance: Instance, arrays: Arrays, vehicle: int, doors: Ints
) -> Iterator[Ints]:
    """Put the fixed pauses of a vehicle into an order of doors.

    Parameters
    ----------
    instance, arrays
        The day.
    vehicle, doors
        Whose pickups and dropoffs.

    Yields
    ------
    ndarray of int
        One order for every way the windows let them stand.
    """
    orders = [doors]
    for pause in mandatory_pauses(instance, vehicle):
        orders = [
            np.insert(order, at, pause)
            for order in orders
            for at in _room_for(arrays, order, pause)
        ]
    yield from orders


def _place(stage: Stage, order: Ints, newcomer: int, row: list[int]) -> PlaceInRound:
    cost, pickup, dropoff, _ = row
    longer = insert_at(order, newcomer, stage.instance.n_requests + newcomer, pickup, dropoff)
    return PlaceInRound(stage.vehicle, longer, cost, stage.arrays)


def _room_for(arrays: Arrays, order: Ints, pause: int) -> list[int]:
    """Return the positions where nobody is aboard and no window alone forbids a pause."""
    n = len(arrays.request)
    change = np.where(order < n, 1, np.where(order < 2 * n, -1, 0))
    is_empty = np.concatenate([[0], np.cumsum(change)]) == 0
    before, at = arrays.node[order], arrays.node[pause]
    ends_s = before[:, EARLIEST_S] + before[:, SERVICE_S]
    in_time = np.concatenate([[True], np.cumsum(ends_s > at[LATEST_S]) == 0])
    over_s = at[EARLIEST_S] + at[SERVICE_S]
    n_too_soon = np.cumsum((before[:, LATEST_S] < over_s)[::-1])[::-1]
    is_over = np.concatenate([n_too_soon == 0, [True]])
    return [int(position) for position in np.flatnonzero(is_empty & in_time & is_over)]


def _may_overtake_partner(stage: Stage, newcomer: int) -> bool:
    """Tell whether the linked leg is aboard here and windows do not keep the two in order."""
    instance, node = stage.instance, stage.arrays.node
    partner = int(instance.partner[newcomer])
    if partner < 0 or not any(partner in order for order in stage.orders):
        return False
    outward, back = (
        (newcomer, partner) if instance.follows[partner] == newcomer else (partner, newcomer)
    )
    dropoff = instance.n_requests + outward
    return bool(node[dropoff, LATEST_S] + node[dropoff, SERVICE_S] >= node[back, EARLIEST_S])


def _span_beside_partner(instance: Instance, order: Ints, newcomer: int) -> tuple[int, int]:
    """Return the first and last position a newcomer may take in the round of its linked leg."""
    first, last = 0, len(order)
    outward = int(instance.follows[newcomer])
    if outward >= 0:
        at = np.flatnonzero(order == instance.n_requests + outward)
        first = int(at[0]) + 1 if len(at) else 0
    returns = np.flatnonzero(instance.follows == newcomer)
    if len(returns):
        at = np.flatnonzero(order == returns[0])
        last = int(at[0]) if len(at) else last
    return first, last
