"""What scans have found belongs to one order of one vehicle, and to nothing that looks alike."""

import numpy as np

from tus_dispatch.solver.place_memory import MOST_ORDERS, PlaceMemory


def order(*nodes: int) -> np.ndarray:
    return np.array(nodes, dtype=np.int64)


def test_an_order_is_known_again() -> None:
    memory, known = PlaceMemory(3), order(0, 3)
    found = memory.of(0, known)
    assert not found.is_known.any()

    found.is_known[1] = True

    assert memory.of(0, known) is found


def test_the_same_order_of_another_vehicle_is_another() -> None:
    memory, known = PlaceMemory(3), order(0, 3)

    assert memory.of(1, known) is not memory.of(0, known)


def test_an_equal_order_that_is_another_array_is_another() -> None:
    memory, known = PlaceMemory(3), order(0, 3)

    assert memory.of(0, known.copy()) is not memory.of(0, known)


def test_only_so_many_orders_are_remembered() -> None:
    memory, first = PlaceMemory(1), order(0, 1)
    found = memory.of(0, first)

    others = [order(0, 1) for _ in range(MOST_ORDERS)]
    for each in others:
        memory.of(0, each)

    assert memory.of(0, first) is not found
    assert memory.of(0, others[-1]) is memory.of(0, others[-1])


def test_an_order_gone_is_never_taken_for_a_new_one() -> None:
    # A new array may get the address of one that is gone; one that is
    # remembered cannot go.
    memory = PlaceMemory(1)

    for turn in range(200):
        found = memory.of(0, order(turn, turn + 1))
        assert not found.is_known.any()
        assert found.order.tolist() == [turn, turn + 1]
        found.is_known[0] = True
