"""The kindest times of orders small enough to be worked out on paper."""

from dataclasses import replace
from time import process_time

import numpy as np
import pytest

from tests.line_instances import METRES_ONLY, Trip, busy_round, line, with_break
from tests.schedules import felt
from tus_dispatch.solver.arrays import EARLIEST_S, arrays_of
from tus_dispatch.solver.cost import solution_cost
from tus_dispatch.solver.draft import make_route
from tus_dispatch.solver.instance import CostWeights, Instance
from tus_dispatch.solver.models.timetable import kindest_solution, kindest_times
from tus_dispatch.solver.solution import Route, Solution
from tus_dispatch.verify.instance import verify_solution

COST = CostWeights(30, 500, 0, 0, 0, 0, 0, 0)
BALANCED = CostWeights(30, 500, 0, 0, 150, 150, 50, 50)
PUNCTUAL = CostWeights(30, 500, 0, 0, 150, 150, 600, 600)


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def clock_s(hours: int, minutes: int) -> int:
    """Seconds since 06:00."""
    return (hours - 6) * 3600 + minutes * 60


def kindest(instance: Instance, *order: int) -> Route:
    found = make_route(arrays_of(instance), 0, ints(*order))
    return kindest_times(instance, found)


@pytest.mark.parametrize("weights", [METRES_ONLY, COST, BALANCED])
def test_nobody_sits_in_a_standing_vehicle_for_an_hour(weights: CostWeights) -> None:
    # The door opens at 8:25, eleven minutes away. Picked up at 7:00, the rider
    # would wait 74 minutes aboard.
    trip = Trip(10, 21, pickup=(clock_s(7, 0), clock_s(9, 0)), dropoff=(clock_s(8, 25), 36_000))
    early = Route(0, (0, 1), (clock_s(7, 0), clock_s(8, 25)), clock_s(6, 50), clock_s(8, 46))
    instance = line([trip], weights=weights)

    found = kindest_times(instance, early)

    assert found.start_s == (clock_s(8, 14), clock_s(8, 25))


def two_riders(weights: CostWeights) -> Instance:
    """One rider at 3000 s, then one who wants to arrive at 9000 s, whenever it starts."""
    trips = [Trip(10, 20, pickup=(3000, 3000)), Trip(20, 30)]
    return line(trips, target_s=ints(-1, -1, -1, 9000), weights=weights)


def test_a_short_duty_is_worth_more_than_punctuality_where_hours_cost_more() -> None:
    # The first rider is dropped at 3600 s; the drive of the second takes 600 s.
    assert kindest(two_riders(COST), 0, 2, 1, 3).start_s == (3000, 3600, 3600, 4200)
    assert kindest(two_riders(BALANCED), 0, 2, 1, 3).start_s == (3000, 3600, 3600, 4200)


def test_punctuality_is_worth_more_than_a_short_duty_where_it_has_its_price() -> None:
    found = kindest(two_riders(PUNCTUAL), 0, 2, 1, 3)

    # The second rider boards in time to arrive when asked, not before.
    assert found.start_s == (3000, 3600, 8400, 9000)


def test_time_to_spare_is_kept_where_punctuality_has_no_price() -> None:
    # The vehicle is out until 12 000 s anyway.
    instance = replace(two_riders(COST), end_earliest_s=ints(12_000))

    assert kindest(instance, 0, 2, 1, 3).start_s == (3000, 3600, 3600, 4200)
    # With the smallest of prices, the second rider arrives when asked.
    priced = replace(instance, weights=replace(COST, per_early_second=1))
    assert kindest(priced, 0, 2, 1, 3).start_s == (3000, 3600, 8400, 9000)


def test_a_ride_is_short_even_where_only_metres_have_a_price() -> None:
    # Out at 0 s and home at 20 000 s in any case; the second door opens at 9000 s.
    trips = [Trip(10, 30), Trip(20, 30, pickup=(9000, 9600))]
    instance = line(trips, start_latest_s=ints(0), end_earliest_s=ints(20_000))
    idle = Route(0, (0, 1, 2, 3), (600, 9600, 15_000, 15_000), 0, 20_000)

    found = kindest_times(instance, idle)

    # Ten minutes to the second door, ten more to where both get out.
    assert felt(instance, found).wait_aboard == felt(instance, found).excess_ride == 0
    assert found.start_s == (8400, 9000, 9600, 9600)


BREAK_FIRST = Route(0, (4, 0, 2, 1, 3), (0, 1500, 2100, 2100, 2700), 0, 3300)


def test_a_break_that_costs_the_same_anywhere_stands_in_the_middle() -> None:
    # Ten minutes there, two rides of ten, ten back, and a quarter of an hour of break.
    instance = with_break(line([Trip(10, 20), Trip(20, 10)], weights=BALANCED), 900)

    found = kindest_times(instance, BREAK_FIRST)

    assert found == Route(0, (0, 2, 4, 1, 3), (600, 1200, 1200, 2100, 2700), 0, 3300)


def test_a_break_at_the_end_comes_forward_to_the_middle() -> None:
    instance = with_break(line([Trip(10, 20), Trip(20, 10)], weights=BALANCED), 900)
    last = Route(0, (0, 2, 1, 3, 4), (600, 1200, 1200, 1800, 1800), 0, 3300)

    found = kindest_times(instance, last)

    assert found == Route(0, (0, 2, 4, 1, 3), (600, 1200, 1200, 2100, 2700), 0, 3300)


def test_a_break_in_a_long_gap_stands_in_the_middle_of_the_duty() -> None:
    trips = [Trip(10, 20, pickup=(3000, 3000)), Trip(20, 10, pickup=(9000, 9000))]
    instance = with_break(line(trips, weights=COST), 600)

    found = kindest(instance, 0, 2, 1, 3)

    # On duty from 2400 s to 10 200 s: its middle is 6300 s, the break's too.
    assert (found.sign_on_s, found.sign_off_s) == (2400, 10_200)
    assert found.start_s[found.nodes.index(4)] == 6000


def test_a_break_with_a_place_of_its_own_keeps_its_place_in_the_order() -> None:
    instance = with_break(line([Trip(10, 20), Trip(20, 10)], weights=BALANCED), 900, place=0)

    assert kindest_times(instance, BREAK_FIRST) == BREAK_FIRST


def linked(weights: CostWeights) -> tuple[Instance, Solution]:
    """An outward leg on one vehicle and its return on another, their windows wide open."""
    trips = [Trip(10, 20, partner=1), Trip(20, 10, partner=0, follows=0)]
    instance = line(trips, (0, 0), target_s=ints(-1, 4000, 5000, -1), weights=weights)
    outward = Route(0, (0, 2), (3400, 4000), 2800, 5200)
    home = Route(1, (1, 3), (4500, 5100), 3300, 5700)
    return instance, Solution((outward, home), ())


@pytest.mark.parametrize(
    ("early", "late", "met_at_s"), [(3, 1, 5000), (1, 3, 4000)], ids=["arriving", "leaving"]
)
def test_linked_legs_on_two_rounds_are_settled_together(
    early: int, late: int, met_at_s: int
) -> None:
    # The outward leg is wanted at 5000 s, the return at 4000 s: one must yield.
    instance, solution = linked(CostWeights(0, 0, 0, 0, 0, 0, early, late))

    found = kindest_solution(instance, solution)

    assert verify_solution(instance, found) == ()
    assert (found.routes[0].start_s[1], found.routes[1].start_s[0]) == (met_at_s, met_at_s)
    assert solution_cost(instance, found) == 1000


def test_a_return_left_out_binds_nobody() -> None:
    instance, solution = linked(CostWeights(0, 0, 0, 0, 0, 0, 3, 1))

    found = kindest_solution(instance, Solution(solution.routes[:1], (1,)))

    assert found.routes[0].start_s == (4400, 5000)
    assert found.unserved == (1,)


def test_windows_that_somebody_has_narrowed_are_kept() -> None:
    instance = line([Trip(10, 20)], target_s=ints(3000, -1), weights=PUNCTUAL)
    arrays = arrays_of(instance)
    arrays.node[0, EARLIEST_S] = 4000

    found = kindest_times(instance, make_route(arrays, 0, ints(0, 1)), arrays=arrays)

    assert found.start_s == (4000, 4600)


@pytest.mark.parametrize(
    "spoilt",
    [
        Route(0, (0, 1), (600, 1199), 0, 2400),
        Route(0, (0, 1), (600, 1200), 0, 2399),
        Route(0, (1, 0), (600, 1200), 0, 3000),
        Route(0, (0,), (600,), 0, 3000),
    ],
    ids=["drive", "sign-off", "dropoff first", "never dropped"],
)
def test_a_route_whose_times_break_a_rule_is_not_set_right(spoilt: Route) -> None:
    # Whoever made it has a fault, which the judge must see.
    assert kindest_times(line([Trip(10, 20)], weights=BALANCED), spoilt) == spoilt


def test_prices_beyond_reckoning_leave_the_times_as_they_are() -> None:
    dear = CostWeights(0, 2**62, 0, 0, 2**62, 2**62, 0, 0)
    given = Route(0, (0, 1), (700, 1400), 0, 2700)

    assert kindest_times(line([Trip(10, 20)], weights=dear), given) == given


def test_times_of_a_long_round_take_milliseconds() -> None:
    # Sixty stops, fifteen places for the break between them.
    instance, route = busy_round(15)
    arrays = arrays_of(instance)
    kindest_times(instance, route, arrays=arrays)

    started = process_time()
    for _ in range(5):
        kindest_times(instance, route, arrays=arrays)
    each_s = (process_time() - started) / 5

    # A tenth of that on the machine this was written on.
    assert each_s < 0.2
