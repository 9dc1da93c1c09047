"""Times exist exactly when Bellman-Ford on all constraints says so, and take no longer."""

from itertools import pairwise
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np
import pytest
from scipy.optimize import linprog

from tests.kernel_doors import time_and_price
from tests.random_routes import RouteCase, random_route
from tests.timing_oracle import (
    SIGN_ON,
    UndrivableError,
    break_node,
    broken_constraints,
    duties_with_break_s,
    duty_without_break_s,
    edges_of,
    shortest_duty_s,
)
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.cost import route_parts
from tus_dispatch.solver.draft import make_route
from tus_dispatch.solver.evaluation import INFEASIBLE, NO_BREAK, evaluate
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.solution import Route

N_ROUTES = 2400
N_PARTS = 6
OPTIMAL = 0


def cases(part: int) -> list[RouteCase]:
    return [random_route(Random(seed)) for seed in range(part, N_ROUTES, N_PARTS)]  # noqa: S311


def metres(instance: Instance, order: tuple[int, ...]) -> int:
    places = [int(instance.start_location[0])]
    places += [int(instance.location[node]) for node in order if instance.location[node] >= 0]
    places.append(int(instance.end_location[0]))
    return sum(int(instance.distance_m[a, b]) for a, b in pairwise(places))


@pytest.mark.parametrize("part", range(N_PARTS))
def test_an_order_has_times_exactly_when_no_cycle_is_positive(part: int) -> None:
    n_feasible = 0
    drawn = cases(part)
    for at, case in enumerate(drawn):
        instance, order = case.instance, case.order
        nodes, longest_s = np.array(order, dtype=np.int64), int(instance.max_duty_s[0])
        x = np.empty(len(order) + 2, dtype=np.int64)

        price = time_and_price(arrays_of(instance), 0, nodes, longest_s, x)

        duty_s = shortest_duty_s(instance, 0, order, longest_s)
        assert (price != INFEASIBLE) == (duty_s is not None), f"route {at} of part {part}"
        if duty_s is not None:
            n_feasible += 1
            assert x[-1] - x[0] == duty_s, f"route {at} of part {part}"
    assert 0.25 < n_feasible / len(drawn) < 0.9


@pytest.mark.parametrize("part", range(N_PARTS))
def test_a_break_is_placed_exactly_when_one_is_needed_and_fits(part: int) -> None:
    n_breaks = 0
    for at, case in enumerate(cases(part)):
        instance, order = case.instance, case.order
        arrays, nodes = arrays_of(instance), np.array(order, dtype=np.int64)

        cost, break_at = evaluate(arrays, 0, nodes)

        where = f"route {at} of part {part}"
        within_range = metres(instance, order) <= instance.range_m[0]
        without_s = duty_without_break_s(instance, 0, order)
        with_s = duties_with_break_s(instance, 0, order) if without_s is None else {}
        is_feasible = within_range and (without_s is not None or bool(with_s))
        assert (cost != INFEASIBLE) == is_feasible, where
        if not is_feasible:
            assert break_at == NO_BREAK
            continue
        assert (break_at == NO_BREAK) == (without_s is not None), where
        n_breaks += break_at != NO_BREAK
        route = make_route(arrays, 0, nodes)
        assert broken_constraints(instance, route) == [], where
        duty_s = without_s if break_at == NO_BREAK else with_s[break_at]
        assert route.sign_off_s - route.sign_on_s == duty_s, where
        assert route_parts(instance, route).sum() == cost, where
    assert n_breaks > 10


@pytest.mark.parametrize("part", range(N_PARTS))
def test_of_the_cheapest_places_the_break_stands_nearest_to_the_middle(part: int) -> None:
    n_equal = n_priced = 0
    for at, case in enumerate(cases(part)):
        instance, order = case.instance, case.order
        arrays, nodes = arrays_of(instance), np.array(order, dtype=np.int64)
        cost, break_at = evaluate(arrays, 0, nodes)
        if break_at == NO_BREAK:
            continue
        prices = {}
        for place in duties_with_break_s(instance, 0, order):
            longer = np.insert(nodes, place, break_node(instance, 0))
            x = np.empty(len(longer) + 2, dtype=np.int64)
            prices[place] = time_and_price(arrays, 0, longer, int(instance.max_duty_s[0]), x)

        # From the middle outwards, at equal distance the later place first.
        middle = len(order) // 2
        outwards = sorted(prices, key=lambda place: (abs(place - middle), place < middle))
        cheapest = [place for place in outwards if prices[place] == min(prices.values())]
        where = f"route {at} of part {part}"
        assert cost == min(prices.values()), where
        assert break_at == cheapest[0], where
        n_equal += len(cheapest) > 1
        n_priced += len(set(prices.values())) > 1
    assert min(n_equal, n_priced) > 3


def test_times_exist_exactly_when_a_linear_program_finds_them() -> None:
    verdicts = []
    for case in cases(1)[:200]:
        instance, longest_s = case.instance, int(case.instance.max_duty_s[0])
        try:
            edges, end = edges_of(instance, 0, case.order, longest_s)
        except UndrivableError:
            continue
        rows = np.zeros((len(edges), end + 1))
        for row, (u, v, _) in zip(rows, edges, strict=True):
            row[u] += 1
            row[v] -= 1
        duty = np.zeros(end + 1)
        duty[SIGN_ON], duty[end] = -1, 1
        bounds = [(0, 0), *([(0, None)] * end)]
        program = linprog(duty, A_ub=rows, b_ub=[-w for _, _, w in edges], bounds=bounds)
        x = np.empty(len(case.order) + 2, dtype=np.int64)
        order = np.array(case.order, dtype=np.int64)

        price = time_and_price(arrays_of(instance), 0, order, longest_s, x)

        verdicts.append(price != INFEASIBLE)
        assert verdicts[-1] == (program.status == OPTIMAL)
        if verdicts[-1]:
            assert x[-1] - x[0] == pytest.approx(program.fun)
    assert 20 < sum(verdicts) < len(verdicts) - 20


def test_people_board_as_late_as_the_rest_of_the_route_allows() -> None:
    n_checked = 0
    for case in cases(0):
        instance, order = case.instance, case.order
        arrays, nodes = arrays_of(instance), np.array(order, dtype=np.int64)
        if evaluate(arrays, 0, nodes)[0] == INFEASIBLE:
            continue
        route = make_route(arrays, 0, nodes)
        for at, node in enumerate(route.nodes):
            if node >= instance.n_requests:
                continue
            later = list(route.start_s)
            later[at] += 1
            moved = Route(0, route.nodes, tuple(later), route.sign_on_s, route.sign_off_s)
            n_checked += 1
            assert broken_constraints(instance, moved), (order, at)
    assert n_checked > 100
