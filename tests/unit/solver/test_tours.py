"""An order is known again by its fingerprint, on its own vehicle and on those alike."""

from typing import Any

import numpy as np
import pytest

from tests.line_instances import Trip, line
from tests.unit.solver.test_pair_windows import out_and_back
from tus_dispatch.solver.arrays import EARLIEST_S, VEHICLE_CLASS
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.tours import copy_of, marked, take_over

TRIPS = [Trip(10, 20), Trip(12, 22), Trip(30, 40)]


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def print_of(draft: Draft, vehicle: int, *order: int) -> int:
    """Fingerprint of an order that need not be feasible."""
    tours = copy_of(draft.tours)
    tours.order[vehicle, : len(order)] = order
    tours.length[vehicle] = len(order)
    return marked(draft.arrays, draft.guide, tours, vehicle)


def test_twin_vehicles_give_the_same_order_the_same_fingerprint() -> None:
    draft = Draft(line(TRIPS, depots=(0, 0, 5)))
    assert draft.arrays.vehicle[:, VEHICLE_CLASS].tolist() == [0, 0, 2]

    prints = [print_of(draft, vehicle, 0, 3, 1, 4) for vehicle in range(3)]

    assert prints[0] == prints[1] != prints[2]


def test_all_orders_of_a_few_nodes_have_fingerprints_of_their_own() -> None:
    draft = Draft(line(TRIPS, depots=(0, 5)))
    orders = [(), *((a,) for a in range(6))]
    orders += [(a, b) for a in range(6) for b in range(6)]
    orders += [(a, b, c) for a in range(6) for b in range(6) for c in range(6)]

    prints = {print_of(draft, vehicle, *order) for order in orders for vehicle in range(2)}

    assert len(prints) == 2 * len(orders)
    assert min(prints) > 0


def test_what_stands_behind_an_order_does_not_matter() -> None:
    draft = Draft(line(TRIPS))
    before = print_of(draft, 0, 0, 3)

    draft.tours.order[0, 2:] = 5

    assert print_of(draft, 0, 0, 3) == before


def test_windows_that_move_belong_to_the_fingerprint_and_others_do_not() -> None:
    draft = Draft(line([*out_and_back(), Trip(30, 40)]))
    before = print_of(draft, 0, 0, 3), print_of(draft, 0, 2, 5)

    draft.arrays.node[[0, 2], EARLIEST_S] += 1

    assert print_of(draft, 0, 0, 3) != before[0]
    assert print_of(draft, 0, 2, 5) == before[1]


OTHER_VEHICLES: dict[str, dict[str, Any]] = {
    "place": {"start_location": ints(0, 1)},
    "hours": {"end_latest_s": ints(36_000, 35_999)},
    "duty": {"max_duty_s": ints(36_000, 35_999)},
    "range": {"range_m": ints(10**6, 10**6 - 1)},
    "price": {"is_open": np.array([False, True])},
    "seats": {"configuration": np.array([[4, 0, 0], [3, 1, 0]], dtype=np.int64)},
    "people": {"allowed": np.array([[True, True], [True, False], [True, True]])},
}


@pytest.mark.parametrize("change", OTHER_VEHICLES)
def test_vehicles_that_differ_in_anything_are_no_twins(change: str) -> None:
    alike = line(TRIPS, depots=(0, 0))
    differing = line(TRIPS, depots=(0, 0), **OTHER_VEHICLES[change])

    assert Draft(alike).arrays.vehicle[:, VEHICLE_CLASS].tolist() == [0, 0]
    assert Draft(differing).arrays.vehicle[:, VEHICLE_CLASS].tolist() == [0, 1]


def test_tours_taken_over_are_equal_and_independent() -> None:
    draft = Draft(line(TRIPS))
    assert draft.try_set(0, ints(0, 3))
    other = copy_of(Draft(draft.instance).tours)

    take_over(draft.tours, other)
    assert draft.try_set(0, ints())

    assert other.vehicle_of.tolist() == [0, -1, -1]
    assert other.order[0, : other.length[0]].tolist() == [0, 3]
