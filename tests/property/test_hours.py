"""A second reading of the law of working time agrees with the judge, lawful or not."""

from random import Random  # noqa: TID251 - days and spoilers take a seeded generator

import pytest

from tests.campaign_hours import with_any_histories
from tests.day_hours import with_hours
from tests.second_hours import hours_faults
from tests.spoil_edits import Spoiler
from tests.spoil_hours import SPOILERS
from tests.strategies import Day, random_day
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.verify.plan import verify_plan

N_DAYS = 60


def drawn(seed: int) -> tuple[Random, Day]:
    rng = Random(seed)  # noqa: S311
    return rng, random_day(rng, n_legs=rng.randint(1, 8), n_shifts=rng.randint(1, 3))


def says_the_judge(plan: Plan, matrix: TravelMatrix) -> bool:
    return any(each.code.startswith("TUS-22") for each in verify_plan(plan, matrix))


def test_both_find_nothing_in_days_opened_around_their_plan() -> None:
    for seed in range(N_DAYS):
        rng, (_, matrix, plan) = drawn(seed)
        lawful = with_hours(rng, plan, matrix)

        assert list(hours_faults(lawful)) == [], seed
        assert not says_the_judge(lawful, matrix), seed


def test_both_agree_on_plans_with_histories_that_nobody_compared() -> None:
    counts = {True: 0, False: 0}
    for seed in range(2 * N_DAYS):
        rng, day = drawn(seed)
        plan = with_any_histories(rng, day)
        found = says_the_judge(plan, day[1])
        counts[found] += 1

        assert bool(list(hours_faults(plan))) == found, seed

    assert min(counts.values()) >= 10


@pytest.mark.parametrize("spoiler", SPOILERS, ids=lambda each: each.name)
def test_the_second_reading_finds_every_second_too_many(spoiler: Spoiler) -> None:
    n_spoilt = 0
    for seed in range(150):
        rng, (_, matrix, plan) = drawn(seed)
        spoilt = spoiler.spoil(plan, matrix, rng)
        if spoilt is None:
            continue
        n_spoilt += 1
        assert list(hours_faults(spoilt)) != [], seed
        if n_spoilt == 5:
            break

    assert n_spoilt >= 2
