"""Ruins choose among those who are served, and no more of them than asked."""

from random import Random  # noqa: TID251 - seeded, and passed in

import pytest

from tests.line_instances import Trip, line
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.ruin import (
    RelatedRemoval,
    Ruin,
    random_removal,
    route_removal,
    with_partners,
)


def day() -> Draft:
    """Ten single trips on both sides of a gap, one of which cannot be driven."""
    trips = [Trip(at, at + 3, pickup=(0, 30_000)) for at in (1, 2, 3, 4, 5)]
    trips += [Trip(at, at - 3, pickup=(0, 30_000)) for at in (55, 56, 57, 58)]
    trips.append(Trip(30, 40, pickup=(0, 60)))
    return construct(line(trips, depots=(0, 60)), Random(0))  # noqa: S311


RUINS: dict[str, Ruin] = {
    "related": RelatedRemoval(day().instance),
    "random": random_removal,
    "route": route_removal,
}


@pytest.mark.parametrize("name", RUINS)
def test_a_ruin_chooses_served_requests_once_each(name: str) -> None:
    draft = day()
    sizes = set()
    for seed in range(60):
        count = 1 + seed % 6
        chosen = RUINS[name](draft, Random(seed), count)  # noqa: S311

        assert len(set(chosen)) == len(chosen) <= count
        assert all(draft.vehicle_of[request] >= 0 for request in chosen)
        sizes.add(len(chosen))
    assert max(sizes) >= 4


@pytest.mark.parametrize("name", RUINS)
def test_a_ruin_changes_nothing(name: str) -> None:
    draft = day()
    before = draft.solution()

    RUINS[name](draft, Random(3), 4)  # noqa: S311

    assert draft.solution() == before


@pytest.mark.parametrize("name", RUINS)
def test_nobody_is_chosen_of_an_empty_draft(name: str) -> None:
    assert RUINS[name](Draft(day().instance), Random(0), 4) == ()  # noqa: S311


def test_a_stretch_lies_on_one_route() -> None:
    draft = day()

    for seed in range(40):
        chosen = route_removal(draft, Random(seed), 3)  # noqa: S311
        assert len({int(draft.vehicle_of[request]) for request in chosen}) == 1


def test_related_requests_are_neighbours() -> None:
    # Two of six drawn blindly would be on one side in 40 of 100 cases.
    draft = construct(line([Trip(at, at) for at in (1, 2, 3, 57, 58, 59)]), Random(0))  # noqa: S311
    together = 0
    for seed in range(100):
        chosen = RelatedRemoval(draft.instance)(draft, Random(seed), 2)  # noqa: S311
        together += len({request // 3 for request in chosen}) == 1

    assert together > 55


def test_places_without_a_way_between_them_are_no_neighbours() -> None:
    trips = [Trip(1, 1), Trip(2, 2), Trip(30, 30)]
    duration_s = line(trips).duration_s.copy()
    duration_s[1, 2] = -1

    related = RelatedRemoval(line(trips, duration_s=duration_s))

    assert related.nearest[0].tolist() == [0, 2, 1]


def test_partners_leave_together() -> None:
    instance = line([Trip(1, 2, partner=1), Trip(2, 1, partner=0), Trip(3, 4)])
    draft = construct(instance, Random(0))  # noqa: S311

    assert with_partners(instance, draft, [1]) == (0, 1)
    assert with_partners(instance, draft, [2, 1, 0]) == (0, 1, 2)
    assert with_partners(instance, Draft(instance), []) == ()
