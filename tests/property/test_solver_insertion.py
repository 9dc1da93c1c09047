"""A scan finds exactly the places that trying every one of them finds."""

from itertools import pairwise
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np
import pytest

from tests.random_routes import RouteCase, random_route
from tests.timing_oracle import duties_with_break_s, duty_without_break_s
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.cost import route_parts
from tus_dispatch.solver.draft import make_route
from tus_dispatch.solver.evaluation import INFEASIBLE, NO_BREAK, evaluate, is_allowed
from tus_dispatch.solver.insertion import scan
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.line import insert_at
from tus_dispatch.verify.instance import verify_route

N_ROUTES = 1500
N_PARTS = 5


def cases(part: int) -> list[RouteCase]:
    return [random_route(Random(seed)) for seed in range(part, N_ROUTES, N_PARTS)]  # noqa: S311


def without(case: RouteCase, request: int) -> tuple[int, ...]:
    dropoff = case.instance.n_requests + request
    return tuple(node for node in case.order if node not in {request, dropoff})


def with_request(
    instance: Instance, base: tuple[int, ...], request: int, i: int, j: int
) -> list[int]:
    dropoff = instance.n_requests + request
    return [*base[:i], request, *base[i:j], dropoff, *base[j:]]


def is_sound_company(instance: Instance, order: list[int]) -> bool:
    """Loads, quarrels and permissions, in plain Python."""
    n = instance.n_requests
    aboard: list[int] = []
    peak = [0, 0, 0]
    for node in order:
        if node < n:
            if not instance.allowed[node, 0] or any(instance.incompatible[node, o] for o in aboard):
                return False
            aboard.append(node)
            loads = instance.load[aboard].sum(axis=0)
            peak = [max(a, int(b)) for a, b in zip(peak, loads, strict=True)]
        elif node < 2 * n:
            aboard.remove(node - n)
    return any(
        all(taken <= room for taken, room in zip(peak, row, strict=True))
        for row in instance.configuration
    )


def is_within_range(instance: Instance, order: list[int]) -> bool:
    """Length of an order against the vehicle's range, in plain Python."""
    places = [int(instance.location[node]) for node in order if instance.location[node] >= 0]
    places = [int(instance.start_location[0]), *places, int(instance.end_location[0])]
    metres = sum(int(instance.distance_m[a, b]) for a, b in pairwise(places))
    return metres <= int(instance.range_m[0])


def expected_places(
    case: RouteCase, base: tuple[int, ...], request: int
) -> dict[tuple[int, int], bool]:
    """Every feasible place, and whether it needs the break."""
    instance, found = case.instance, {}
    for i in range(len(base) + 1):
        for j in range(i, len(base) + 1):
            order = with_request(instance, base, request, i, j)
            if not is_sound_company(instance, order) or not is_within_range(instance, order):
                continue
            needs_break = duty_without_break_s(instance, 0, order) is None
            if not needs_break or duties_with_break_s(instance, 0, order):
                found[i, j] = needs_break
    return found


def base_of(case: RouteCase, request: int) -> tuple[tuple[int, ...], int] | None:
    """The order without a request and its price, None where its loads alone are too much.

    An order may have no times until the request is in it, as the triangle
    inequality does not hold; its price is taken as 0 then.
    """
    base = without(case, request)
    if not is_allowed(arrays_of(case.instance), 0, np.array(base, dtype=np.int64)):
        return None
    cost, _ = evaluate(arrays_of(case.instance), 0, np.array(base, dtype=np.int64))
    is_used = any(node < case.instance.n_requests for node in base)
    return base, 0 if cost == INFEASIBLE or not is_used else int(cost)


def all_rows(instance: Instance, base: tuple[int, ...], cost: int, request: int) -> Ints:
    n = len(base)
    rows = np.empty(((n + 1) * (n + 2) // 2, 4), dtype=np.int64)
    nodes = np.array(base, dtype=np.int64)
    return rows[: scan(arrays_of(instance), 0, nodes, cost, request, keep_all=True, rows=rows)]


@pytest.mark.parametrize("part", range(N_PARTS))
def test_a_scan_finds_every_feasible_place_and_no_other(part: int) -> None:
    n_found = n_none = 0
    for at, case in enumerate(cases(part)):
        request = at % case.instance.n_requests
        base = base_of(case, request)
        if base is None:
            continue

        rows = all_rows(case.instance, *base, request)

        expected = expected_places(case, base[0], request)
        found = {(int(i), int(j)): bool(break_at != NO_BREAK) for _, i, j, break_at in rows}
        assert found == expected, f"route {at} of part {part}"
        n_found += len(found)
        n_none += not found
    assert n_found > 100
    assert n_none > 10


@pytest.mark.parametrize("part", range(N_PARTS))
def test_every_place_costs_what_its_route_costs(part: int) -> None:
    for at, case in enumerate(cases(part)):
        instance, request = case.instance, at % case.instance.n_requests
        base = base_of(case, request)
        if base is None:
            continue
        for added, i, j, break_at in all_rows(instance, *base, request):
            order = with_request(instance, base[0], request, int(i), int(j))
            route = make_route(arrays_of(instance), 0, np.array(order, dtype=np.int64))

            where = f"route {at} of part {part} at {i}, {j}"
            assert base[1] + added == route_parts(instance, route).sum(), where
            assert verify_route(instance, route) == (), where
            assert (break_at == NO_BREAK) == (len(route.nodes) == len(order)), where


@pytest.mark.parametrize("part", range(N_PARTS))
def test_the_best_place_is_the_first_of_the_cheapest(part: int) -> None:
    for at, case in enumerate(cases(part)):
        instance, request = case.instance, at % case.instance.n_requests
        base = base_of(case, request)
        if base is None:
            continue
        order, cost = base
        nodes, best = np.array(order, dtype=np.int64), np.zeros((1, 4), dtype=np.int64)

        n_found = scan(arrays_of(instance), 0, nodes, cost, request, keep_all=False, rows=best)

        rows = all_rows(instance, order, cost, request)
        assert n_found == min(1, len(rows))
        if n_found:
            assert tuple(best[0]) == min(map(tuple, rows)), f"route {at} of part {part}"


@pytest.mark.parametrize("part", range(N_PARTS))
def test_an_order_is_allowed_exactly_when_plain_python_says_so(part: int) -> None:
    verdicts = []
    for at, case in enumerate(cases(part)):
        order = np.array(case.order, dtype=np.int64)

        verdicts.append(is_allowed(arrays_of(case.instance), 0, order))

        expected = is_sound_company(case.instance, list(case.order))
        assert verdicts[-1] == expected, f"route {at} of part {part}"
    assert 10 < sum(verdicts) < len(verdicts) - 10


def test_both_ends_are_put_where_they_are_said_to_go() -> None:
    base = np.array([4, 5, 6], dtype=np.int64)

    found = {(i, j): tuple(insert_at(base, 1, 9, i, j)) for i in range(4) for j in range(i, 4)}

    assert found == {
        (0, 0): (1, 9, 4, 5, 6),
        (0, 1): (1, 4, 9, 5, 6),
        (0, 2): (1, 4, 5, 9, 6),
        (0, 3): (1, 4, 5, 6, 9),
        (1, 1): (4, 1, 9, 5, 6),
        (1, 2): (4, 1, 5, 9, 6),
        (1, 3): (4, 1, 5, 6, 9),
        (2, 2): (4, 5, 1, 9, 6),
        (2, 3): (4, 5, 1, 6, 9),
        (3, 3): (4, 5, 6, 1, 9),
    }
