"""The kindest times are the cheapest of all and then the kindest, and never break a rule."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, product
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np
import pytest

from tests.line_instances import Trip, line
from tests.random_routes import RouteCase, ints, random_route
from tests.schedules import felt, kindness, least_price
from tests.timing_oracle import UndrivableError, break_node, break_places, broken_constraints
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.cost import route_parts
from tus_dispatch.solver.draft import make_route
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate
from tus_dispatch.solver.instance import CostWeights, Instance
from tus_dispatch.solver.models.timetable import kindest_times
from tus_dispatch.solver.solution import Route

N_PARTS = 4
N_ROUTES = 2000
TINY_WEIGHTS = (
    CostWeights(0, 0, 0, 0, 0, 0, 0, 0),
    CostWeights(0, 5, 0, 0, 0, 0, 0, 0),
    CostWeights(0, 5, 0, 0, 2, 2, 1, 1),
    CostWeights(0, 1, 0, 0, 3, 1, 7, 4),
)


def timed(case: RouteCase) -> Route | None:
    """The route at the search's times, None when it has none."""
    arrays, nodes = arrays_of(case.instance), np.array(case.order, dtype=np.int64)
    if evaluate(arrays, 0, nodes)[0] == INFEASIBLE:
        return None
    return make_route(arrays, 0, nodes)


def timed_routes(part: int) -> Iterator[tuple[Instance, Route]]:
    for seed in range(part, N_ROUTES, N_PARTS):
        case = random_route(Random(seed))  # noqa: S311
        route = timed(case)
        if route is not None:
            yield case.instance, route


def least_price_of_all_breaks(instance: Instance, route: Route) -> float:
    """The least price over all places where the break may stand."""
    pause = break_node(instance, 0)
    others = [node for node in route.nodes if node != pause]
    orders = break_places(instance, 0, others) if pause in route.nodes else iter([others])
    prices = []
    for order in orders:
        try:
            price = least_price(instance, 0, order)
        except UndrivableError:
            continue
        if price is not None:
            prices.append(price)
    return min(prices)


@pytest.mark.parametrize("part", range(N_PARTS))
def test_no_times_of_the_order_are_cheaper_by_a_linear_programme(part: int) -> None:
    n_cheaper = n_moved = n_tried = 0
    for instance, route in timed_routes(part):
        kindest = kindest_times(instance, route)

        n_tried += 1
        n_cheaper += kindness(instance, kindest) < kindness(instance, route)
        n_moved += kindest.nodes != route.nodes
        price = felt(instance, kindest).price(instance)
        assert price == pytest.approx(least_price_of_all_breaks(instance, route), abs=1e-4)
    assert n_tried > 80
    assert n_cheaper > 10
    assert n_moved > 0


@pytest.mark.parametrize("part", range(N_PARTS))
def test_kinder_times_break_no_rule_and_cost_no_more(part: int) -> None:
    for instance, route in timed_routes(part):
        kindest = kindest_times(instance, route)

        assert broken_constraints(instance, kindest) == []
        assert route_parts(instance, kindest).sum() <= route_parts(instance, route).sum()
        assert kindness(instance, kindest) <= kindness(instance, route)
        assert [n for n in kindest.nodes if n != break_node(instance, 0)] == [
            n for n in route.nodes if n != break_node(instance, 0)
        ]


@pytest.mark.parametrize("part", range(N_PARTS))
def test_the_kindest_times_stay_as_they_are(part: int) -> None:
    for instance, route in timed_routes(part):
        kindest = kindest_times(instance, route)

        assert kindest_times(instance, kindest) == kindest


@pytest.mark.parametrize("part", range(N_PARTS))
def test_nobody_can_board_later_without_harm(part: int) -> None:
    n_checked = 0
    for instance, route in timed_routes(part):
        kindest = kindest_times(instance, route)
        for at, node in enumerate(kindest.nodes):
            if node >= instance.n_requests:
                continue
            later = list(kindest.start_s)
            later[at] += 1
            moved = replace(kindest, start_s=tuple(later))
            n_checked += 1
            assert broken_constraints(instance, moved) or kindness(instance, moved) > kindness(
                instance, kindest
            )
    assert n_checked > 100


SCALE = 10**5
TIMES = (
    *("duration_s", "earliest_s", "latest_s", "service_s", "max_ride_s", "max_duty_s"),
    *("start_earliest_s", "start_latest_s", "end_earliest_s", "end_latest_s", "break_after_s"),
)
TIMES_OR_NONE = ("target_s", "direct_s")


def in_small_units(instance: Instance) -> Instance:
    """The same instance with all its times in hundred-thousandths of a second."""
    changes = {name: getattr(instance, name) * SCALE for name in TIMES}
    changes["duration_s"] = np.where(instance.duration_s < 0, -1, changes["duration_s"])
    for name in TIMES_OR_NONE:
        values = getattr(instance, name)
        changes[name] = np.where(values < 0, -1, values * SCALE)
    return replace(instance, **changes, max_wait_aboard_s=instance.max_wait_aboard_s * SCALE)


def test_times_in_small_units_come_out_the_same() -> None:
    # Benchmark files are scaled like this, so that their decimals survive.
    n_tried = 0
    for instance, route in timed_routes(0):
        small = replace(
            route,
            start_s=tuple(each * SCALE for each in route.start_s),
            sign_on_s=route.sign_on_s * SCALE,
            sign_off_s=route.sign_off_s * SCALE,
        )

        found, fine = kindest_times(instance, route), kindest_times(in_small_units(instance), small)

        n_tried += 1
        assert fine.nodes == found.nodes
        assert (fine.sign_on_s, fine.sign_off_s) == (
            found.sign_on_s * SCALE,
            found.sign_off_s * SCALE,
        )
        breaks = {break_node(instance, 0)}
        for node, seconds, units in zip(found.nodes, found.start_s, fine.start_s, strict=True):
            # A middle between two seconds is met more exactly in small units.
            assert abs(units - seconds * SCALE) < (SCALE if node in breaks else 1)
    assert n_tried > 80


def tiny_route(rng: Random) -> tuple[Instance, tuple[int, ...]]:
    """Draw two requests a few seconds apart, so that all schedules can be written down."""
    order = rng.choice(((0, 1, 2, 3), (0, 1, 3, 2), (0, 2, 1, 3)))
    table = ints([[rng.randint(0, 2) if a != b else 0 for b in range(4)] for a in range(4)])
    places, here, now_s = [rng.randrange(4) for _ in range(4)], 0, rng.randint(0, 3)
    sign_on_s, start_s = now_s, [0] * 4
    for node in order:
        now_s += int(table[here, places[node]]) + rng.choice((0, 0, 1, 2))
        start_s[node], here = now_s, places[node]
    sign_off_s = now_s + int(table[here, 0]) + rng.choice((0, 1))
    bare = line([Trip(0, 0), Trip(0, 0)], n_places=4)
    direct = [int(table[places[r], places[2 + r]]) for r in range(2)]
    return (
        replace(
            bare,
            duration_s=table,
            location=ints(places),
            earliest_s=ints([max(0, each - rng.randint(0, 2)) for each in start_s]),
            latest_s=ints([each + rng.randint(0, 2) for each in start_s]),
            target_s=ints([rng.choice((-1, rng.randint(0, 9))) for _ in range(4)]),
            direct_s=ints(direct),
            max_ride_s=ints(
                [start_s[2 + r] - start_s[r] + rng.choice((0, 1, 9)) for r in range(2)]
            ),
            start_earliest_s=ints([max(0, sign_on_s - rng.randint(0, 2))]),
            start_latest_s=ints([sign_on_s + rng.randint(0, 2)]),
            end_earliest_s=ints([sign_off_s - rng.randint(0, 2)]),
            end_latest_s=ints([sign_off_s + rng.randint(0, 2)]),
            max_duty_s=ints([sign_off_s - sign_on_s + rng.choice((0, 1, 9))]),
            weights=rng.choice(TINY_WEIGHTS),
        ),
        order,
    )


def all_schedules(instance: Instance, order: tuple[int, ...]) -> Iterator[Route]:
    """Every schedule in whole seconds that keeps all rules."""
    first, last = ((instance.start_earliest_s, instance.start_latest_s),
                   (instance.end_earliest_s, instance.end_latest_s))  # fmt: skip
    bands = [range(int(low[0]), int(high[0]) + 1) for low, high in (first, last)]
    windows = [range(int(instance.earliest_s[v]), int(instance.latest_s[v]) + 1) for v in order]
    for start_s in product(*windows):
        if any(later < before for before, later in pairwise(start_s)):
            continue
        for sign_on_s, sign_off_s in product(*bands):
            route = Route(0, order, start_s, sign_on_s, sign_off_s)
            if not broken_constraints(instance, route):
                yield route


def test_no_schedule_of_a_tiny_route_is_kinder() -> None:
    n_with_choice = 0
    for seed in range(150):
        instance, order = tiny_route(Random(seed))  # noqa: S311
        schedules = list(all_schedules(instance, order))
        n_with_choice += len(schedules) > 5

        kindest = kindest_times(instance, schedules[seed % len(schedules)])

        assert kindness(instance, kindest) == min(kindness(instance, each) for each in schedules)
        # Of the kindest that are left, everything is as early as it can be.
        equals = [s for s in schedules if kindness(instance, s) == kindness(instance, kindest)]
        assert kindest.start_s == tuple(map(min, zip(*(s.start_s for s in equals), strict=True)))
    assert n_with_choice > 75
