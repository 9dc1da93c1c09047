"""The library proposes orders; every proposal is timed under all rules before it counts."""

import gc
import weakref
from itertools import pairwise
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np
import pytest

from tests.line_instances import Trip, line
from tus_dispatch.solver.adopt import draft_of_orders
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.models.routing import Orders, RoutingModel
from tus_dispatch.verify.instance import verify_solution

Proposal = tuple[Orders, dict[int, int]]


def shared_ride_day(seed: int = 1) -> Instance:
    """Rides little longer than the direct drive, three or four seats, two shifts."""
    rng = Random(seed)  # noqa: S311
    trips = []
    for _ in range(9):
        origin, destination = rng.sample(range(41), 2)
        first_s = rng.randint(1800, 6000)
        trips.append(
            Trip(
                origin,
                destination,
                pickup=(first_s, first_s + 2400),
                seats=rng.randint(1, 2),
                max_ride_s=72 * abs(origin - destination) + 120,
            )
        )
    return line(
        trips,
        depots=(0, 40),
        start_latest_s=np.array([3600, 3600], dtype=np.int64),
        max_duty_s=np.array([14_400, 14_400], dtype=np.int64),
        configuration=np.array([[3, 0, 0], [4, 0, 0]], dtype=np.int64),
    )


def orders_of(draft: Draft) -> Orders:
    n = draft.instance.n_requests
    return tuple(tuple(int(node) for node in order if node < 2 * n) for order in draft.orders)


def proposals(instance: Instance, orders: Orders, *, solutions: int = 20) -> list[Proposal]:
    found: list[Proposal] = []
    RoutingModel(instance).improve(
        orders,
        lambda proposed, times: found.append((proposed, times)),
        seconds=None,
        solutions=solutions,
    )
    return found


@pytest.mark.parametrize("seed", range(6))
def test_proposals_keep_windows_rides_loads_and_shifts(seed: int) -> None:
    # Everything this instance asks for is known to the library, so all its
    # orders are feasible when they are timed by our own kernels.
    instance = shared_ride_day(seed)
    draft = construct(instance, make_dice(seed))

    found = proposals(instance, orders_of(draft), solutions=40)

    assert len(found) > 1
    for orders, times in found:
        taken = draft_of_orders(instance, dict(enumerate(orders)), times)
        assert orders_of(taken) == orders
        assert verify_solution(instance, taken.solution()) == ()
        n = instance.n_requests
        for request in (node for order in orders for node in order if node < n):
            assert times[n + request] - times[request] <= instance.max_ride_s[request]


@pytest.mark.parametrize("seed", range(6))
def test_the_best_proposal_is_no_dearer_than_the_start(seed: int) -> None:
    instance = shared_ride_day(seed)
    draft = construct(instance, make_dice(seed))

    found = proposals(instance, orders_of(draft))

    costs = [draft_of_orders(instance, dict(enumerate(orders)), t).cost for orders, t in found]
    # The start is the first solution the library visits.
    assert costs[0] == draft.cost
    assert min(costs) <= draft.cost


def test_linked_trips_are_proposed_together_and_in_order() -> None:
    trips = [
        Trip(10, 20, pickup=(0, 9000), partner=1),
        Trip(20, 10, pickup=(0, 9000), partner=0, follows=0),
        Trip(12, 22, pickup=(0, 9000)),
        Trip(30, 35, pickup=(0, 9000)),
    ]
    instance = line(trips, depots=(0, 40))

    found = proposals(instance, ((), ()), solutions=30)

    assert found
    for orders, times in found:
        served = {node for order in orders for node in order}
        assert (0 in served) == (1 in served)
        if 0 in served:
            assert times[1] >= times[4]


def test_a_request_nobody_may_serve_is_left_out() -> None:
    allowed = np.array([[True], [False]])
    instance = line([Trip(10, 20), Trip(10, 20)], allowed=allowed)

    found = proposals(instance, ((0, 2),))

    assert found
    assert {node for (order,), _ in found for node in order} == {0, 2}


def test_no_order_is_longer_than_the_range() -> None:
    # Both trips together take 60 km, each alone 40 and 60.
    trips = [Trip(10, 20), Trip(20, 30)]

    for range_m, n_served in ((60_000, 2), (59_999, 1)):
        found = proposals(line(trips, range_m=np.array([range_m], dtype=np.int64)), ((0, 2),))

        assert max(len(order) // 2 for (order,), _ in found) == n_served


def test_an_unreachable_way_is_never_proposed() -> None:
    # From place 20 nobody gets to place 30, except over place 40.
    instance = line([Trip(10, 20), Trip(30, 40)], n_places=41)
    duration, distance = instance.duration_s.copy(), instance.distance_m.copy()
    duration[20, 30] = distance[20, 30] = -1
    blocked = line(
        [Trip(10, 20), Trip(30, 40)], n_places=41, duration_s=duration, distance_m=distance
    )

    found = proposals(blocked, ((0, 2),), solutions=30)

    assert found
    assert not any((2, 1) in pairwise(order) for (order,), _ in found)


def test_without_any_neighbour_the_library_comes_to_an_end() -> None:
    found = proposals(line([Trip(10, 20)]), ((0, 1),), solutions=50)

    assert ((0, 1),) in {orders for orders, _ in found}


def test_a_time_limit_ends_the_library() -> None:
    instance = shared_ride_day()
    found: list[Orders] = []

    RoutingModel(instance).improve(
        orders_of(construct(instance, make_dice(0))),
        lambda orders, _: found.append(orders),
        seconds=0.2,
        solutions=None,
    )

    assert found


def test_a_model_is_gone_after_its_search() -> None:
    # Ten megabytes per solve stayed behind when the library kept the model.
    instance = shared_ride_day()
    model = RoutingModel(instance)
    watch = weakref.ref(model)
    orders = orders_of(construct(instance, make_dice(0)))

    model.improve(orders, lambda *_: None, seconds=None, solutions=5)
    del model
    gc.collect()

    assert watch() is None
