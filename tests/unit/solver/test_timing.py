"""Times of orders small enough to be worked out on paper."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.line_instances import HORIZON_S, Trip, line
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.draft import make_route
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.solution import Route


def route(instance: Instance, *order: int) -> Route:
    return make_route(arrays_of(instance), 0, np.array(order, dtype=np.int64))


def is_feasible(instance: Instance, *order: int) -> bool:
    cost, _ = evaluate(arrays_of(instance), 0, np.array(order, dtype=np.int64))
    return cost != INFEASIBLE


def with_break(instance: Instance, length_s: int, after_s: int, **window: int) -> Instance:
    """Give the only vehicle a break that may be taken anywhere."""
    ends = (window.get("earliest_s", 0), window.get("latest_s", HORIZON_S))
    return replace(
        instance,
        location=np.append(instance.location, -1),
        earliest_s=np.append(instance.earliest_s, ends[0]),
        latest_s=np.append(instance.latest_s, ends[1]),
        service_s=np.append(instance.service_s, length_s),
        pause_vehicle=np.array([0], dtype=np.int64),
        pause_is_break=np.array([True]),
        break_after_s=np.array([after_s], dtype=np.int64),
    )


def one(**changes: Any) -> np.ndarray:
    (value,) = changes.values()
    return np.array([value], dtype=np.int64)


def test_a_pickup_is_delayed_to_keep_a_ride_limit() -> None:
    # From 0 s on the rider may be picked up, but must not be dropped before
    # 5000 s: whoever starts as early as possible rides 5000 s.
    trip = Trip(10, 20, dropoff=(5000, 6000), max_ride_s=700)

    found = route(line([trip]), 0, 1)

    # The drive takes 600 s; the pickup is put off as far as the dropoff allows.
    assert found.start_s == (4400, 5000)


def test_a_ride_limit_below_the_drive_is_never_kept() -> None:
    assert is_feasible(line([Trip(10, 20, max_ride_s=600)]), 0, 1)
    assert not is_feasible(line([Trip(10, 20, max_ride_s=599)]), 0, 1)


def test_boarding_is_no_part_of_the_ride() -> None:
    instance = line([Trip(10, 20, max_ride_s=600)])

    boarding = replace(instance, service_s=np.array([120, 0], dtype=np.int64))
    detour = replace(
        line([Trip(10, 20, max_ride_s=600), Trip(15, 25)]), service_s=np.array([0, 60, 0, 0])
    )

    assert is_feasible(boarding, 0, 1)
    # Another rider's boarding on the way is part of it.
    assert not is_feasible(detour, 0, 1, 2, 3)


def test_the_duty_is_the_shortest_and_ends_early() -> None:
    # Two fixed pickups an hour apart: the duty starts ten minutes before the
    # first and ends when the vehicle is back from the second.
    trips = [Trip(10, 20, pickup=(3000, 3000)), Trip(20, 10, pickup=(6600, 6600))]

    found = route(line(trips), 0, 2, 1, 3)

    assert (found.sign_on_s, found.sign_off_s) == (3000 - 600, 6600 + 600 + 600)


def test_a_vehicle_signs_on_inside_its_band_and_waits_at_its_place() -> None:
    instance = line(
        [Trip(10, 20, pickup=(3000, 3000))],
        start_latest_s=one(latest_s=1000),
        end_earliest_s=one(earliest_s=9000),
    )

    found = route(instance, 0, 1)

    assert (found.sign_on_s, found.sign_off_s) == (1000, 9000)


@pytest.mark.parametrize(("most_s", "expected"), [(300, True), (299, False)])
def test_nobody_waits_aboard_longer_than_allowed(most_s: int, expected: bool) -> None:
    # The first rider boards at 3000 s; the second is ready at 3600 s, five
    # minutes after the vehicle gets there.
    trips = [Trip(10, 30, pickup=(3000, 3000)), Trip(15, 30, pickup=(3600, 3600))]

    instance = line(trips, max_wait_aboard_s=most_s)

    assert is_feasible(instance, 0, 1, 2, 3) == expected
    # With nobody aboard the vehicle may stand as long as it likes.
    assert is_feasible(replace(instance, latest_s=np.array([3000, 9999, 9999, 9999])), 0, 2, 1, 3)


@pytest.mark.parametrize(("longest_s", "expected"), [(2400, True), (2399, False)])
def test_no_duty_is_longer_than_allowed(longest_s: int, expected: bool) -> None:
    instance = line([Trip(10, 20)], max_duty_s=one(longest_s=longest_s))

    # Ten minutes there, ten with the rider, twenty back.
    assert is_feasible(instance, 0, 1) == expected


def test_a_duty_no_longer_than_the_limit_needs_no_break() -> None:
    assert route(with_break(line([Trip(10, 20)]), 900, 2400), 0, 1).nodes == (0, 1)
    assert route(with_break(line([Trip(10, 20)]), 900, 2399), 0, 1).nodes != (0, 1)


def test_a_duty_that_always_needs_its_break_has_one_even_when_it_takes_no_time() -> None:
    # Everything happens at the depot.
    instance = with_break(line([Trip(0, 0)]), 0, 0)

    assert 2 in route(instance, 0, 1).nodes


def test_a_break_starts_soon_enough_after_sign_on() -> None:
    # The vehicle comes back from its ride 2400 s after sign-on, so the break
    # at 5000 s cannot wait until then, nor can the ride at 3000 s wait for it.
    late = with_break(line([Trip(10, 20)]), 900, 2399, earliest_s=5000)
    found = route(late, 0, 1)
    assert found.start_s[found.nodes.index(2)] <= found.sign_on_s + 2399

    fixed = with_break(line([Trip(10, 20, pickup=(3000, 3000))]), 900, 1199, earliest_s=5000)
    assert not is_feasible(fixed, 0, 1)


def test_a_break_is_never_taken_with_somebody_aboard() -> None:
    # It may start between 3300 s and 3400 s only, when the rider is aboard.
    trip = Trip(10, 20, pickup=(3000, 3000), dropoff=(0, 4600))
    instance = with_break(line([trip]), 900, 0, earliest_s=3300, latest_s=3400)

    assert not is_feasible(instance, 0, 1)


def test_a_break_prolongs_the_duty() -> None:
    # 2400 s of driving and a break of 900 s.
    instance = with_break(line([Trip(10, 20)]), 900, 1800)
    assert is_feasible(replace(instance, max_duty_s=one(longest_s=3300)), 0, 1)
    assert not is_feasible(replace(instance, max_duty_s=one(longest_s=3299)), 0, 1)


def test_an_order_without_times_makes_no_route() -> None:
    with pytest.raises(ValueError, match="vehicle 0 admits no times"):
        route(line([Trip(10, 20, max_ride_s=1)]), 0, 1)
