"""Whom insertion serves, in whatever fashion, and whom it leaves out."""

import numpy as np
import pytest

from tests.line_instances import Trip, line
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.recreate import (
    BY_CHANCE,
    BY_REGRET,
    FARTHEST_FIRST,
    NEAREST_FIRST,
    NO_BAR,
    Fashion,
    insert_waiting,
)

FASHIONS = [
    Fashion(way, noise, blink)
    for way in (BY_REGRET, BY_CHANCE, FARTHEST_FIRST, NEAREST_FIRST)
    for noise in (0.0, 0.6)
    for blink in (0.0, 0.3)
]


def built(instance: Instance) -> Draft:
    return construct(instance, make_dice(0))


def inserted(instance: Instance, fashion: Fashion, seed: int = 0) -> Draft:
    draft = Draft(instance)
    everybody = np.arange(instance.n_requests, dtype=np.int64)
    insert_waiting(
        draft.arrays,
        draft.guide,
        draft.tours,
        draft.places,
        everybody,
        fashion,
        NO_BAR,
        make_dice(seed),
    )
    return draft


def served(instance: Instance) -> list[int]:
    """Requests served, the same ones in every fashion and whatever the dice say."""
    found = {
        tuple(np.flatnonzero(inserted(instance, fashion, seed).vehicle_of >= 0).tolist())
        for fashion in FASHIONS
        for seed in range(4)
    }
    assert len(found) == 1
    return list(found.pop())


def test_one_trip_is_driven_there_and_back() -> None:
    draft = built(line([Trip(10, 20)]))

    # 20 km there and 20 km back at one thousandth of a cent per metre.
    assert draft.cost == 40_000
    assert draft.orders[0].tolist() == [0, 1]


@pytest.mark.parametrize(("price", "goes"), [(39_999, []), (40_000, []), (40_001, [0])])
def test_an_optional_trip_goes_only_when_it_costs_less_than_its_price(
    price: int, goes: list[int]
) -> None:
    assert served(line([Trip(10, 20, price=price)])) == goes


def test_a_linked_trip_stays_when_the_other_one_cannot_go() -> None:
    alone = Trip(10, 20)
    impossible = Trip(20, 10, pickup=(0, 60), dropoff=(0, 600))

    assert served(line([alone, impossible])) == [0]
    linked = [Trip(10, 20, partner=1), Trip(20, 10, (0, 60), (0, 600), partner=0)]
    assert served(line(linked)) == []


def test_linked_trips_go_together_on_two_vehicles() -> None:
    # Both must be driven within the same ten minutes, in opposite corners.
    there = Trip(10, 20, pickup=(3000, 3000), partner=1)
    back = Trip(50, 40, pickup=(3000, 3000), partner=0)

    draft = built(line([there, back], depots=(0, 60)))

    assert draft.vehicle_of.tolist() == [0, 1]


def test_a_linked_optional_pair_goes_only_when_both_together_cost_less_than_their_price() -> None:
    # Each alone costs the first vehicle 40 km, but they are due at the same
    # time, so one of them would have to go by the second, which is far away
    # and needs 120 km - 20 km: 40 + 100 km in all.
    def pair(price: int) -> list[Trip]:
        return [
            Trip(10, 20, pickup=(6000, 6000), seats=3, price=price, partner=1),
            Trip(10, 20, pickup=(6000, 6000), seats=3, price=price, partner=0),
        ]

    assert served(line(pair(60_000), depots=(0, 60))) == []
    assert served(line(pair(70_001), depots=(0, 60))) == [0, 1]


def test_required_trips_go_before_optional_ones() -> None:
    # Only one of the two can be driven; the optional one would have the larger regret.
    due = (3000, 3000)
    optional = Trip(10, 20, pickup=due, price=10**8, seats=4)
    required = Trip(12, 22, pickup=due, seats=4)

    assert served(line([optional, required])) == [1]


def test_the_trip_with_the_larger_regret_chooses_first() -> None:
    # Both are due at 3000 s and fill a vehicle. The first one costs 10 km by
    # either vehicle, the second 10 km by the left one but 90 km by the right:
    # greedy in the order of the trips would pay 10 + 90, regret pays 10 + 10.
    due = (3000, 3000)
    either = Trip(25, 25, pickup=due, seats=4)
    left_only = Trip(5, 5, pickup=due, seats=4)

    draft = built(line([either, left_only], depots=(0, 50)))

    assert draft.vehicle_of.tolist() == [1, 0]
    assert draft.cost == 10_000 + 50_000


def test_only_the_requests_named_and_their_partners_are_inserted() -> None:
    instance = line([Trip(1, 2), Trip(3, 4, partner=2), Trip(4, 3, partner=1)])
    draft = Draft(instance)

    draft.insert_waiting([2], make_dice(0))

    assert draft.vehicle_of.tolist() == [-1, 0, 0]


def test_nothing_to_insert_changes_nothing() -> None:
    draft = Draft(line([Trip(1, 2)]))

    draft.insert_waiting([], make_dice(0))

    assert draft.unserved() == (0,)


def test_the_same_noise_gives_the_same_draft() -> None:
    trips = [Trip(at, 60 - at, pickup=(100 * at, 100 * at + 3000)) for at in range(12)]
    instance = line(trips, depots=(0, 30, 60))

    drafts = [construct(instance, make_dice(7), noise=1.0) for _ in range(2)]

    assert drafts[0].solution() == drafts[1].solution()


def test_the_farthest_or_the_nearest_trip_goes_first() -> None:
    # Only one of the three can be driven, and all cost less than their price.
    due = (6000, 6000)
    instance = line([Trip(at, at, pickup=due, seats=4) for at in (20, 50, 5)])

    goes = {
        way: np.flatnonzero(inserted(instance, Fashion(way, 0.0, 0.0)).vehicle_of >= 0).tolist()
        for way in (FARTHEST_FIRST, NEAREST_FIRST)
    }

    assert goes == {FARTHEST_FIRST: [1], NEAREST_FIRST: [2]}


def test_by_chance_anybody_may_go_first() -> None:
    due = (6000, 6000)
    instance = line([Trip(at, at, pickup=due, seats=4) for at in (20, 50, 5)])

    first = {
        tuple(np.flatnonzero(inserted(instance, fashion, seed).vehicle_of >= 0).tolist())
        for fashion in FASHIONS
        if fashion.way == BY_CHANCE
        for seed in range(30)
    }

    assert first == {(0,), (1,), (2,)}


def test_a_vehicle_is_overlooked_now_and_then_but_nobody_is_left_out_for_that() -> None:
    # Ten kilometres by the near vehicle, 110 by the far one.
    instance = line([Trip(5, 5)], depots=(0, 60))

    drafts = [inserted(instance, Fashion(BY_CHANCE, 0.0, 0.3), seed) for seed in range(60)]

    costs = [draft.cost for draft in drafts]
    assert set(costs) == {10_000, 110_000}
    # The far one is chosen when the near one is overlooked and it is not: 0.3 * 0.7.
    assert 4 < costs.count(110_000) < 24
