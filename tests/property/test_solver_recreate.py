"""Whatever the fashion, insertion makes no solution dearer and parts no linked pair."""

import numpy as np
import pytest

from tests.searches import busy, expect_sound, random_problem
from tests.unit.solver.test_pair_windows import crowded
from tests.unit.solver.test_recreate import FASHIONS
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.recreate import Fashion, insert_waiting

N_DAYS = 30


def instances() -> list[Instance]:
    days = [random_problem(seed)[0] for seed in range(N_DAYS)]
    return [*days, *(crowded(seed) for seed in range(6)), *(busy(seed) for seed in range(4))]


def insert(draft: Draft, waiting: Ints, fashion: Fashion, seed: int) -> None:
    dice = make_dice(seed)
    insert_waiting(draft.arrays, draft.guide, draft.tours, draft.places, waiting, fashion, dice)


@pytest.mark.parametrize("fashion", FASHIONS, ids=str)
def test_whoever_goes_in_costs_less_than_being_left_out(fashion: Fashion) -> None:
    n_in = 0
    for seed, instance in enumerate(instances()):
        draft = Draft(instance)
        for members in groups_by_parity(instance):
            before = draft.copy()

            insert(draft, members, fashion, seed)

            # Nobody who rides already has gone, and nobody else has come.
            came = np.flatnonzero((draft.vehicle_of >= 0) & (before.vehicle_of < 0))
            assert (draft.vehicle_of[before.vehicle_of >= 0] >= 0).all()
            assert set(came.tolist()) <= set(members.tolist())
            price = int(instance.penalty[came].sum())
            added = int(draft.tours.cost.sum() - before.tours.cost.sum())
            assert added < price if len(came) else added == 0
            expect_sound(draft)
            n_in += len(came)
    assert n_in > 150


def groups_by_parity(instance: Instance) -> list[Ints]:
    """Everybody in two halves, linked requests in the same one."""
    partner = instance.partner
    halves: list[list[int]] = [[], []]
    for request in range(instance.n_requests):
        first = min(request, int(partner[request])) if partner[request] >= 0 else request
        halves[first % 2].append(request)
    return [np.array(half, dtype=np.int64) for half in halves]
