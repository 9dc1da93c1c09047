"""Recombination finds what trying every set of routes finds, or nothing at all."""

from collections.abc import Sequence
from itertools import combinations
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np
import pytest

from tus_dispatch.solver.models.partition import Columns, recombine

N_POOLS = 150

Route = tuple[int, int, tuple[int, ...]]


def ints(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def columns_of(
    routes: Sequence[Route],
    *,
    available: list[int],
    penalty: list[int],
    partner: list[int] | None = None,
) -> Columns:
    """Write routes as (cost, kind, requests)."""
    members = [requests for _, _, requests in routes]
    return Columns(
        cost=ints([cost for cost, _, _ in routes]),
        group=ints([kind for _, kind, _ in routes]),
        first=ints([0, *np.cumsum([len(requests) for requests in members]).tolist()]),
        request=ints([request for requests in members for request in requests]),
        available=ints(available),
        partner=ints(partner or [-1] * len(penalty)),
        penalty=ints(penalty),
    )


def members_of(columns: Columns, column: int) -> list[int]:
    first, last = columns.first[column : column + 2]
    return [int(request) for request in columns.request[first:last]]


def price(columns: Columns, used: tuple[int, ...]) -> int | None:
    """Price of a set of columns with everybody left out, None when it is not allowed."""
    served = [request for column in used for request in members_of(columns, column)]
    kinds = np.bincount(columns.group[list(used)], minlength=len(columns.available))
    halves = [r for r in served if columns.partner[r] >= 0 and columns.partner[r] not in served]
    if len(set(served)) < len(served) or (kinds > columns.available).any() or halves:
        return None
    left_out = sorted(set(range(len(columns.penalty))) - set(served))
    return int(columns.cost[list(used)].sum() + columns.penalty[left_out].sum())


def priced_subsets(columns: Columns) -> dict[tuple[int, ...], int]:
    every = range(len(columns.cost))
    sets = (used for size in range(len(every) + 1) for used in combinations(every, size))
    return {used: cost for used in sets if (cost := price(columns, used)) is not None}


def random_pool(rng: Random) -> Columns:
    n, kinds = rng.randint(2, 7), rng.randint(1, 3)
    partner = [-1] * n
    for first in range(0, n - 1, 3):
        if rng.random() < 0.5:
            partner[first], partner[first + 1] = first + 1, first
    routes = []
    for _ in range(rng.randint(1, 11)):
        requests = tuple(rng.sample(range(n), rng.randint(1, min(4, n))))
        routes.append((rng.randint(50, 400) + 100 * len(requests), rng.randrange(kinds), requests))
    penalty = [rng.choice((90, 300, 10**6)) for _ in range(n)]
    available = [rng.randint(1, 2) for _ in range(kinds)]
    return columns_of(routes, available=available, penalty=penalty, partner=partner)


def test_recombination_finds_the_best_of_all_subsets() -> None:
    n_better = n_none = 0
    for seed in range(N_POOLS):
        rng = Random(seed)  # noqa: S311
        columns = random_pool(rng)
        priced = priced_subsets(columns)
        incumbent = rng.choice(sorted(priced))

        chosen = recombine(columns, ints(list(incumbent)))

        best = min(priced.values())
        if best < priced[incumbent]:
            assert chosen is not None, f"pool {seed}"
            assert priced[tuple(sorted(chosen))] == best, f"pool {seed}"
        else:
            assert chosen is None, f"pool {seed}"
        n_better += chosen is not None
        n_none += chosen is None
    assert min(n_better, n_none) > 20


def test_nothing_is_found_in_an_empty_pool() -> None:
    columns = columns_of([], available=[], penalty=[5, 5])

    assert recombine(columns, ints([])) is None


def test_the_same_pool_gives_the_same_routes_again() -> None:
    for seed in range(20):
        columns = random_pool(Random(seed))  # noqa: S311

        found = {recombine(columns, ints([])) for _ in range(3)}

        assert len(found) == 1


@pytest.mark.parametrize(("n_vehicles", "expected"), [(2, (1, 2)), (1, None)])
def test_no_more_routes_are_chosen_than_there_are_vehicles(
    n_vehicles: int, expected: tuple[int, ...] | None
) -> None:
    # Two short routes cost 60 together, the long one 100.
    routes = [(100, 0, (0, 1)), (30, 0, (0,)), (30, 0, (1,))]
    columns = columns_of(routes, available=[n_vehicles], penalty=[10**6, 10**6])

    assert recombine(columns, ints([0])) == expected


def test_linked_requests_are_left_out_together_or_not_at_all() -> None:
    # Serving 0 alone for 10 instead of both for 150 would save 140 for a price of 60.
    routes = [(150, 0, (0, 1)), (10, 0, (0,))]

    alone = columns_of(routes, available=[1], penalty=[60, 60])
    linked = columns_of(routes, available=[1], penalty=[60, 60], partner=[1, 0])

    assert recombine(alone, ints([0])) == (1,)
    # Both left out cost 120, which is still cheaper than 150.
    assert recombine(linked, ints([0])) == ()


def test_a_huge_price_beside_small_savings_is_no_obstacle() -> None:
    # Nine routes of one, and three of three each that save 1 in 10 000 000.
    singles: list[Route] = [(10**7, 0, (request,)) for request in range(9)]
    triples: list[Route] = [
        (3 * 10**7 - 1, 0, (first, first + 1, first + 2)) for first in (0, 3, 6)
    ]
    columns = columns_of(singles + triples, available=[9], penalty=[10**9] * 9)

    assert recombine(columns, ints(list(range(9)))) == (9, 10, 11)
