"""Whatever is done to a draft, it stays what its orders say, sound and rightly priced."""

from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np
import pytest

from tests.searches import expect_sound
from tests.strategies import random_day
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.planning.encode import encode, encode_plan
from tus_dispatch.solver.adopt import draft_from
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft, groups_of
from tus_dispatch.solver.insertion import scan
from tus_dispatch.solver.recreate import BY_CHANCE, BY_REGRET, FARTHEST_FIRST, NEAREST_FIRST

N_DAYS = 36
N_STEPS = 25


def start(seed: int) -> Draft:
    """A draft of a random day, empty or with the orders of its plan."""
    rng = Random(seed)  # noqa: S311
    scenario, matrix, plan = random_day(rng, n_legs=rng.randint(2, 14), n_shifts=rng.randint(1, 4))
    encoding = encode(scenario, legs_of(scenario), matrix)
    if seed % 2:
        return Draft(encoding.instance)
    return draft_from(encoding.instance, encode_plan(encoding, plan))


def insert_somewhere(draft: Draft, rng: Random) -> bool:
    """Put any single request to any feasible place of any vehicle."""
    alone = [r for r in draft.unserved() if draft.instance.partner[r] < 0]
    if not alone:
        return False
    request, vehicle = rng.choice(alone), rng.randrange(draft.instance.n_vehicles)
    order = draft.orders[vehicle]
    rows = np.empty(((len(order) + 1) * (len(order) + 2) // 2, 4), dtype=np.int64)
    cost = draft.costs[vehicle]
    found = scan(draft.arrays, vehicle, order, cost, request, keep_all=True, rows=rows)
    if found:
        draft.insert(request, vehicle, rows[rng.randrange(found)])
    return found > 0


def remove_some(draft: Draft, rng: Random) -> bool:
    served = np.flatnonzero(draft.vehicle_of >= 0).tolist()
    gone = rng.sample(served, rng.randint(0, min(4, len(served))))
    whole = [request for group in groups_of(draft.instance, gone) for request in group]
    return bool(gone) and draft.try_remove(whole)


def insert_some(draft: Draft, rng: Random) -> bool:
    left_out = draft.unserved()
    chosen = rng.sample(left_out, rng.randint(0, len(left_out)))
    way = rng.choice((BY_REGRET, BY_CHANCE, FARTHEST_FIRST, NEAREST_FIRST))
    dice = make_dice(rng.randrange(10**6))
    draft.insert_waiting(chosen, dice, noise=rng.choice((0.0, 1.0)), way=way)
    return draft.unserved() != left_out


def fingerprint(draft: Draft) -> tuple[object, ...]:
    orders = tuple(tuple(order.tolist()) for order in draft.orders)
    return orders, tuple(draft.costs), tuple(draft.vehicle_of.tolist()), draft.solution()


@pytest.mark.parametrize("seed", range(N_DAYS))
def test_a_draft_stays_consistent_under_any_sequence_of_changes(seed: int) -> None:
    rng, draft = Random(1000 + seed), start(seed)  # noqa: S311
    expect_sound(draft)
    for _ in range(N_STEPS):
        before = draft.copy()
        as_it_was = fingerprint(before)
        change = rng.choice((insert_somewhere, remove_some, insert_some))

        has_changed = change(draft, rng)

        expect_sound(draft)
        assert has_changed == (fingerprint(draft)[:3] != as_it_was[:3])
        assert fingerprint(before) == as_it_was
        if rng.random() < 0.2:
            draft = before


def test_the_random_days_have_what_makes_drafts_difficult() -> None:
    instances = [start(seed).instance for seed in range(N_DAYS)]

    assert sum(len(instance.loose_pairs) > 0 for instance in instances) > 3
    assert sum(bool(instance.pause_is_break.any()) for instance in instances) > 10
    assert sum(bool((~instance.pause_is_break).any()) for instance in instances) > 5
    assert sum(bool(instance.incompatible.any()) for instance in instances) > 2
    assert sum(bool((instance.duration_s < 0).any()) for instance in instances) > 0
