"""What is remembered of an order is what a fresh scan of it finds."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np
import pytest

from tests.kernel_doors import looked_up, price_known
from tests.line_instances import Trip, line
from tests.random_routes import random_route
from tests.searches import annealed, busy, draft_of, random_problem, random_round
from tests.unit.solver.test_pair_windows import crowded
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.evaluation import INFEASIBLE, evaluate
from tus_dispatch.solver.insertion import scan
from tus_dispatch.solver.instance import CostWeights, Instance, Ints
from tus_dispatch.solver.seek import NO_PLACE, Places, no_places

N_DAYS = 24
N_ROUTES = 1500
FEW_ROWS = 8
PRICED = CostWeights(1, 1, 0, 0, 2, 2, 5, 5)


def problems() -> Iterator[Instance]:
    yield from (random_problem(seed)[0] for seed in range(N_DAYS))
    yield from (crowded(seed) for seed in range(8))
    # Where time has a price, what a place costs lies well above what it costs at least.
    yield from (replace(busy(seed), weights=PRICED) for seed in range(12))
    yield from (random_round(seed) for seed in range(40))


def half_way(instance: Instance, seed: int) -> Draft:
    """A draft in the middle of a search, its memory full of what was found on the way."""
    draft, state = annealed(instance, seed=seed, iterations=150)
    return draft_of(draft, state.now, state.window[0])


def waiting_of(draft: Draft) -> Ints:
    return np.array(draft.unserved(), dtype=np.int64)


def look_up(draft: Draft, places: Places, *, only_changed: bool = False) -> None:
    looked_up(draft.arrays, draft.guide, draft.tours, places, waiting_of(draft), only_changed)


def expect_scanned(draft: Draft, places: Places) -> int:
    """Hold all that is said of who waits against fresh scans; return how many fit."""
    n_fit = 0
    for request in draft.unserved():
        for vehicle in range(draft.instance.n_vehicles):
            row = np.zeros((1, 4), dtype=np.int64)
            found = scan(
                draft.arrays,
                vehicle,
                draft.order(vehicle),
                draft.costs[vehicle],
                request,
                keep_all=False,
                rows=row,
            )
            told = [
                int(table[request, vehicle])
                for table in (places.added, places.pickup, places.dropoff)
            ]
            expected = row[0, :3].tolist() if found else [NO_PLACE, *told[1:]]
            assert told == expected, (request, vehicle)
            n_fit += found
    return n_fit


def without_some(draft: Draft) -> Draft:
    """Take every third group out, wherever the rest stays feasible without it."""
    partner = draft.instance.partner
    for request in range(0, draft.instance.n_requests, 3):
        if draft.vehicle_of[request] >= 0:
            group = [request, int(partner[request])] if partner[request] >= 0 else [request]
            draft.try_remove(group)
    return draft


def test_what_is_remembered_is_what_a_fresh_scan_finds() -> None:
    n_fit = n_hits = 0
    for seed, instance in enumerate(problems()):
        draft = without_some(half_way(instance, seed))
        before = draft.places.memory.copy()

        for _ in range(2):
            draft.places.added[:] = -1
            look_up(draft, draft.places)
            n_fit += expect_scanned(draft, draft.places)
        n_hits += int((before[:, 0] != 0).sum() > 0)
    assert n_fit > 200
    assert n_hits > 40


def test_the_place_found_by_rising_bounds_is_the_first_of_the_cheapest() -> None:
    n_fit = n_used = 0
    for seed in range(N_ROUTES):
        case = random_route(Random(seed))  # noqa: S311
        n = case.instance.n_requests
        draft = Draft(case.instance)
        left_out = {seed % n, n + seed % n}
        base = np.array([node for node in case.order if node not in left_out], dtype=np.int64)
        is_used = bool((base < n).any()) and draft.try_set(0, base)
        places = no_places(n, 1, draft.tours.order.shape[1], FEW_ROWS)

        look_up(draft, places)

        n_fit += expect_scanned(draft, places)
        n_used += is_used
    assert min(n_fit, n_used) > 100


def test_a_memory_too_small_for_all_tells_nothing_wrong() -> None:
    for seed, instance in enumerate(problems()):
        draft = without_some(half_way(instance, seed))
        width = draft.tours.order.shape[1]
        places = no_places(instance.n_requests, instance.n_vehicles, width, FEW_ROWS)

        for _ in range(3):
            look_up(draft, places)
            expect_scanned(draft, places)


def test_prices_remembered_are_prices_evaluated() -> None:
    n_used = 0
    for seed, instance in enumerate(problems()):
        draft = without_some(half_way(instance, seed))
        for vehicle, order in enumerate(draft.orders):
            is_used = bool((order < instance.n_requests).any())
            for _ in range(2):
                told = price_known(draft.arrays, draft.tours, draft.places, vehicle)
                cost = evaluate(draft.arrays, vehicle, order)[0] if is_used else 0
                assert told == cost != INFEASIBLE
            n_used += is_used
    assert n_used > 40


def three_trips(*depots: int) -> Draft:
    draft = Draft(line([Trip(10, 20), Trip(12, 22), Trip(30, 40)], depots=depots))
    assert draft.try_set(0, np.array([0, 3], dtype=np.int64))
    return draft


@pytest.mark.parametrize(("depots", "is_known"), [((0, 0), True), ((0, 5), False)])
def test_an_order_is_known_again_on_a_twin_and_on_no_other(
    depots: tuple[int, int], is_known: bool
) -> None:
    draft = three_trips(*depots)
    look_up(draft, draft.places)
    true_added = int(draft.places.added[1, 0])
    # Whatever comes from memory now is a million dearer.
    known = draft.places.memory[:, 0] != 0
    draft.places.memory[known, 1] += 10**6

    assert draft.try_set(0, np.array([], dtype=np.int64))
    assert draft.try_set(1, np.array([0, 3], dtype=np.int64))
    look_up(draft, draft.places)

    assert (draft.places.added[1, 1] == true_added + 10**6) == is_known


def test_of_unused_twins_only_the_first_is_scanned() -> None:
    draft = three_trips(0, 0, 0)
    look_up(draft, draft.places)

    # Two orders, two requests that wait.
    assert int((draft.places.memory[:, 0] != 0).sum()) == 4
    assert draft.places.added[1:, 1].tolist() == draft.places.added[1:, 2].tolist()
    expect_scanned(draft, draft.places)


def test_only_orders_that_have_changed_are_looked_at_again() -> None:
    draft = three_trips(0, 5)
    look_up(draft, draft.places)
    draft.places.added[:] = -1
    draft.places.changed[:] = (True, False)

    look_up(draft, draft.places, only_changed=True)

    assert (draft.places.added[1:, 0] >= 0).all()
    assert (draft.places.added[1:, 1] == -1).all()
    assert not draft.places.changed.any()
