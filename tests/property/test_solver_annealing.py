"""However long ruin and recreation go on, all tours are sound, rightly priced and in step."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.searches import (
    annealed,
    busy,
    draft_of,
    expect_sound,
    random_problem,
    random_round,
    windows_of,
)
from tests.unit.solver.test_pair_windows import crowded
from tus_dispatch.solver.anneal import State, cost_of
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.search import Settings

N_DAYS = 40
N_ROUNDS = 120


def expect_sound_state(draft: Draft, state: State) -> None:
    now, best = (
        draft_of(draft, tours, window)
        for tours, window in zip((state.now, state.best), state.window, strict=True)
    )
    expect_sound(now)
    expect_sound(best)
    assert best.cost == cost_of(draft.guide, state.best) == state.best_cost[0]
    assert best.cost <= now.cost
    # Where a trial was refused, nothing of it has stayed.
    assert windows_of(draft).tolist() == state.window[0].tolist()
    trial = draft_of(draft, state.trial, state.window[0])
    assert all(
        np.array_equal(one, other) for one, other in zip(trial.orders, now.orders, strict=True)
    )
    for name in ("length", "cost", "print_", "vehicle_of"):
        assert getattr(state.trial, name).tolist() == getattr(state.now, name).tolist(), name


@pytest.mark.parametrize("seed", range(N_DAYS))
def test_all_tours_of_a_random_day_are_sound_after_many_ruins(seed: int) -> None:
    instance, _ = random_problem(seed)

    draft, state = annealed(instance, seed=seed, iterations=700)

    expect_sound_state(draft, state)


@pytest.mark.parametrize("make", [crowded, busy])
@pytest.mark.parametrize("seed", range(12))
def test_parted_pairs_stay_sound_after_many_ruins(
    make: Callable[[int], Instance], seed: int
) -> None:
    draft, state = annealed(make(seed), seed=seed, iterations=700, warmth=3000.0)

    expect_sound_state(draft, state)


def test_a_vehicle_without_geometry_stays_sound_after_many_ruins() -> None:
    n_served = n_left_out = 0
    for seed in range(N_ROUNDS):
        draft, state = annealed(random_round(seed), seed=seed, iterations=60)
        expect_sound_state(draft, state)
        n_served += int((state.best.vehicle_of >= 0).sum())
        n_left_out += int((state.best.vehicle_of < 0).sum())
    assert min(n_served, n_left_out) > 20


@pytest.mark.parametrize(
    "settings", [Settings(exact=False), Settings(screens=False), Settings(pool=False)]
)
def test_a_search_without_one_of_its_parts_is_sound_all_the_same(settings: Settings) -> None:
    for seed in range(0, N_DAYS, 4):
        draft, state = annealed(
            random_problem(seed)[0], seed=seed, iterations=300, settings=settings
        )

        expect_sound_state(draft, state)
        assert bool(state.pool.filled.any()) <= settings.pool


def test_the_random_days_have_what_makes_annealing_difficult() -> None:
    instances = [random_problem(seed)[0] for seed in range(N_DAYS)]

    assert sum(len(each.loose_pairs) > 0 for each in instances) > 3
    assert sum(bool((each.partner >= 0).any()) for each in instances) > 10
    assert sum(bool(each.pause_is_break.any()) for each in instances) > 10
    assert sum(bool((~each.pause_is_break).any()) for each in instances) > 5
    assert sum(bool(each.incompatible.any()) for each in instances) > 2
    assert sum(len(np.unique(each.penalty)) > 1 for each in instances) > 5
