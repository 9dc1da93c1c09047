"""Ruins choose among those who are served, no more of them than asked, partners along."""

from collections import Counter

import numpy as np
import pytest

from tests.kernel_doors import chosen_to_go
from tests.line_instances import Trip, line
from tests.searches import random_problem
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft, groups_of
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.ruin import Marks

N_THROWS = 400


def day() -> Instance:
    """Ten single trips on both sides of a gap, one of which cannot be driven."""
    trips = [Trip(at, at + 3, pickup=(0, 30_000)) for at in (1, 2, 3, 4, 5)]
    trips += [Trip(at, at - 3, pickup=(0, 30_000)) for at in (55, 56, 57, 58)]
    trips.append(Trip(30, 40, pickup=(0, 60)))
    return line(trips, depots=(0, 60))


def ruins(
    draft: Draft, most: int, *, times: int = N_THROWS, seed: int = 0, wants_all: bool = True
) -> list[list[int]]:
    """Choose many times from one draft."""
    n, m = draft.instance.allowed.shape
    dice, mark = make_dice(seed), Marks(np.zeros(n, np.bool_), np.zeros(m, np.bool_))
    found = []
    for _ in range(times):
        chosen = np.full(n, -1, dtype=np.int64)
        count = chosen_to_go(
            draft.arrays, draft.guide, draft.tours, most, wants_all, dice, mark, chosen
        )
        found.append(chosen[:count].tolist())
    return found


@pytest.mark.parametrize("most", range(1, 9))
def test_no_more_are_chosen_than_asked_and_each_once(most: int) -> None:
    draft = construct(day(), make_dice(0))
    served = set(np.flatnonzero(draft.vehicle_of >= 0).tolist())

    found = ruins(draft, most)

    for chosen in found:
        assert len(set(chosen)) == len(chosen) <= most
        assert set(chosen) <= served
    sizes = Counter(len(chosen) for chosen in found)
    assert sizes[1] > 0
    assert max(sizes) == most


def test_everybody_served_is_chosen_now_and_then() -> None:
    draft = construct(day(), make_dice(0))

    found = ruins(draft, 3)

    often = Counter(request for chosen in found for request in chosen)
    assert set(often) == set(range(9))
    assert min(often.values()) > N_THROWS / 40


@pytest.mark.parametrize("seed", range(12))
def test_partners_apart_no_more_are_chosen_than_asked_on_random_days(seed: int) -> None:
    instance, _ = random_problem(seed)
    draft = construct(instance, make_dice(seed))

    for chosen in ruins(draft, 4, times=200, seed=seed):
        assert len(set(chosen)) == len(chosen)
        assert all(draft.vehicle_of[request] >= 0 for request in chosen)
        groups = groups_of(instance, chosen)
        assert sorted(chosen) == sorted(request for group in groups for request in group)
        assert len(groups) <= 4


def test_a_ruin_changes_no_tour() -> None:
    draft = construct(day(), make_dice(0))
    before = draft.solution()

    ruins(draft, 4)

    assert draft.solution() == before


def test_nobody_is_chosen_of_an_empty_draft() -> None:
    assert ruins(Draft(day()), 4, times=20) == [[]] * 20


def test_neighbours_leave_together_more_often_than_strangers() -> None:
    # Two of six drawn blindly would be on one side in 40 of 100 cases.
    trips = [Trip(at, at) for at in (1, 2, 3, 57, 58, 59)]
    draft = construct(line(trips), make_dice(0))

    pairs = [chosen for chosen in ruins(draft, 2) if len(chosen) == 2]

    together = sum(len({request // 3 for request in chosen}) == 1 for chosen in pairs)
    assert together > 0.6 * len(pairs) > 50


def test_whoever_is_left_out_draws_neighbours_out() -> None:
    # The seventh, left out, lives among the last three.
    trips = [Trip(at, at) for at in (1, 2, 3, 57, 58, 59)] + [Trip(58, 58, pickup=(0, 60))]
    draft = construct(line(trips), make_dice(0))
    assert draft.unserved() == (6,)

    alone = Counter(chosen[0] for chosen in ruins(draft, 1))

    assert sum(alone[request] for request in (3, 4, 5)) > 0.6 * N_THROWS


def test_places_without_a_way_between_them_are_no_neighbours() -> None:
    trips = [Trip(1, 1), Trip(2, 2), Trip(30, 30)]
    duration_s = line(trips).duration_s.copy()
    duration_s[1, 2] = -1

    near = Draft(line(trips, duration_s=duration_s)).guide.near

    assert Draft(line(trips)).guide.near[0].tolist() == [1, 2]
    assert near[0].tolist() == [2, 1]


def test_a_pair_left_out_draws_neighbours_of_both_its_trips_out() -> None:
    # The pair, left out, rides out at one end of the line and back at the other.
    trips = [Trip(at, at) for at in (1, 2, 3, 57, 58, 59)]
    trips += [Trip(2, 2, pickup=(0, 60), partner=7), Trip(58, 58, pickup=(0, 60), partner=6)]
    draft = construct(line(trips), make_dice(0))
    assert draft.unserved() == (6, 7)

    pairs = [chosen for chosen in ruins(draft, 2) if len(chosen) == 2]

    # Around one trip alone both would mostly be of one end.
    apart = sum({request // 3 for request in chosen} == {0, 1} for chosen in pairs)
    assert apart > 0.6 * len(pairs) > 40


def test_whoever_is_optional_draws_nobody_out_unless_wanted() -> None:
    trips = [Trip(at, at) for at in (1, 2, 3, 57, 58, 59)]
    trips.append(Trip(58, 58, pickup=(0, 60), price=1))
    draft = construct(line(trips), make_dice(0))
    assert draft.unserved() == (6,)

    near = {
        wants_all: sum(chosen[0] in {3, 4, 5} for chosen in ruins(draft, 1, wants_all=wants_all))
        for wants_all in (False, True)
    }

    assert near[True] > 0.6 * N_THROWS > near[False]
