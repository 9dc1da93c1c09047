"""Routes remembered are what was driven, and put together anew they break nothing."""

import numpy as np
import pytest

from tests.kernel_doors import kept_in_pool
from tests.line_instances import Trip, line
from tests.searches import annealed, busy, expect_sound, random_problem
from tests.unit.solver.test_pair_windows import crowded
from tus_dispatch.solver.anneal import State
from tus_dispatch.solver.arrays import VEHICLE_CLASS
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.evaluation import evaluate, is_allowed
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.pool import Pool, empty_pool
from tus_dispatch.solver.recombine import Orders, recombined
from tus_dispatch.solver.recreate import BY_CHANCE

N_DAYS = 30
BUSY = 12


def searched(instance: Instance, seed: int) -> tuple[Draft, State]:
    """Anneal hot, so that the pool holds much."""
    return annealed(instance, seed=seed, iterations=1000)


def poor(instance: Instance, seed: int) -> Draft:
    """Insert everybody by chance, one after the other."""
    draft = Draft(instance)
    draft.insert_waiting(range(instance.n_requests), make_dice(seed), way=BY_CHANCE)
    return draft


def rows_of(pool: Pool) -> list[tuple[int, int, tuple[int, ...]]]:
    """Cost, vehicle and order of every route."""
    return [
        (int(cost), int(vehicle), tuple(pool.node[first : first + count].tolist()))
        for cost, vehicle, first, count in pool.route[: pool.filled[0]]
    ]


def try_on(draft: Draft, orders: Orders) -> Draft:
    fresh = draft.emptied()
    for vehicle, order in orders.items():
        assert fresh.try_set(vehicle, order), (vehicle, order)
    return fresh


def test_routes_of_the_pool_cost_what_they_cost_and_are_feasible() -> None:
    n_routes = 0
    for seed in range(N_DAYS):
        instance, _ = random_problem(seed)
        draft, state = searched(instance, seed)
        loose = set(np.flatnonzero(draft.guide.first_of >= 0).tolist())
        for cost, vehicle, order in rows_of(state.pool):
            if loose.intersection(order):
                continue
            nodes = np.array(order, dtype=np.int64)
            assert evaluate(draft.arrays, vehicle, nodes)[0] == cost
            assert is_allowed(draft.arrays, vehicle, nodes)
            n_routes += 1
    assert n_routes > 30


@pytest.mark.parametrize("seed", range(BUSY))
def test_the_pool_holds_every_set_once_per_kind_of_vehicle(seed: int) -> None:
    instance = busy(seed)
    draft, state = searched(instance, seed)
    kinds = draft.arrays.vehicle[:, VEHICLE_CLASS]

    sets = [
        (int(kinds[vehicle]), frozenset(node for node in order if node < instance.n_requests))
        for _, vehicle, order in rows_of(state.pool)
    ]

    assert len(sets) > 20
    assert len(set(sets)) == len(sets)


def three_trips() -> Draft:
    return Draft(line([Trip(10, 20), Trip(12, 22), Trip(30, 40)], depots=(0, 0)))


def kept(draft: Draft, pool: Pool, vehicle: int, *order: int) -> None:
    assert draft.try_set(vehicle, np.array(order, dtype=np.int64))
    kept_in_pool(draft.arrays, draft.guide, draft.tours, pool, vehicle)
    assert draft.try_set(vehicle, np.array([], dtype=np.int64))


def test_of_one_set_the_cheapest_order_is_kept_whoever_drives_it() -> None:
    draft, pool = three_trips(), empty_pool(8, 64)

    # 10 -> 20 -> 12 -> 22 and back: 60 km; both together 44 km; the first again.
    kept(draft, pool, 1, 0, 3, 1, 4)
    kept(draft, pool, 0, 0, 1, 3, 4)
    kept(draft, pool, 1, 0, 3, 1, 4)
    kept(draft, pool, 1, 2, 5)

    assert rows_of(pool) == [(44_000, 0, (0, 1, 3, 4)), (80_000, 1, (2, 5))]


def test_what_comes_to_a_full_pool_is_not_kept_and_breaks_nothing() -> None:
    draft, pool = three_trips(), empty_pool(2, 64)
    kept(draft, pool, 0, 0, 3)
    kept(draft, pool, 0, 1, 4)

    kept(draft, pool, 0, 2, 5)
    # A cheaper order of a set that is there already still finds its place.
    pool.route[0, 0] += 5
    kept(draft, pool, 1, 0, 3)

    assert rows_of(pool) == [(40_000, 1, (0, 3)), (44_000, 0, (1, 4))]


@pytest.mark.parametrize("seed", range(BUSY))
def test_routes_put_together_anew_are_sound_cheaper_and_leave_loose_riders_alone(
    seed: int,
) -> None:
    instance = busy(seed)
    _, state = searched(instance, seed)
    best = poor(instance, seed)

    orders = recombined(best, best.tours, state.pool, seconds=None)

    assert orders is not None
    fresh = try_on(best, orders)
    assert fresh.cost < best.cost
    expect_sound(fresh)
    loose = np.flatnonzero(best.guide.first_of >= 0)
    kept_routes = [best.order(int(best.vehicle_of[r])).tolist() for r in loose]
    assert all(best.vehicle_of[loose] >= 0)
    told = [order.tolist() for order in orders.values()]
    assert all(route in told for route in kept_routes)


def test_nothing_is_put_together_where_the_best_is_all_there_is() -> None:
    for seed in range(BUSY):
        best = poor(busy(seed), seed)

        assert recombined(best, best.tours, empty_pool(), seconds=None) is None


def test_routes_of_random_days_put_together_anew_are_sound() -> None:
    instances = [random_problem(seed)[0] for seed in range(N_DAYS)]
    instances += [crowded(seed) for seed in range(8)]
    n_found = 0
    for seed, instance in enumerate(instances):
        _, state = searched(instance, seed)
        best = poor(instance, seed)

        orders = recombined(best, best.tours, state.pool, seconds=None)

        if orders is not None:
            expect_sound(try_on(best, orders))
            n_found += 1
    assert n_found >= 3
