"""A return never starts before its outward trip is over, on whatever routes the two stand."""

from dataclasses import replace
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np
import pytest

from tests.line_instances import Trip, line
from tus_dispatch.solver.adopt import draft_from
from tus_dispatch.solver.arrays import EARLIEST_S, LATEST_S
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.insertion import scan
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.search import search
from tus_dispatch.solver.solution import Route, Solution
from tus_dispatch.solver.stop import MaxIterations
from tus_dispatch.verify.instance import verify_solution

N_PAIRS = 3


def out_and_back(at: int = 20, **times: tuple[int, int]) -> list[Trip]:
    """There and back with windows that overlap by far."""
    there = Trip(at, at + 10, partner=1, pickup=times.get("pickup", (0, 9000)))
    back = Trip(at + 10, at, partner=0, follows=0, pickup=times.get("back", (0, 9000)))
    return [there, back]


def crowded(seed: int) -> Instance:
    """Overlapping pairs and single trips between two depots, more than one vehicle can do."""
    rng = Random(seed)  # noqa: S311
    trips = []
    for pair in range(N_PAIRS):
        origin = rng.randint(10, 50)
        destination = origin + rng.choice((-9, 9))
        first_s = rng.randint(0, 6000)
        window = (first_s, first_s + rng.randint(400, 4000))
        trips.append(Trip(origin, destination, pickup=window, partner=2 * pair + 1))
        trips.append(Trip(destination, origin, pickup=window, partner=2 * pair, follows=2 * pair))
    for _ in range(6):
        origin, destination = rng.sample(range(61), 2)
        first_s = rng.randint(0, 6000)
        trips.append(Trip(origin, destination, pickup=(first_s, first_s + 1800)))
    n = len(trips)
    service_s = np.array([rng.choice((0, 60)) for _ in range(2 * n)], dtype=np.int64)
    # The first pair always stands on two routes.
    allowed = np.ones((n, 3), dtype=np.bool_)
    allowed[0], allowed[1] = (True, False, False), (False, True, True)
    return line(trips, depots=(0, 30, 60), service_s=service_s, allowed=allowed)


def pair_windows(draft: Draft, instance: Instance) -> Ints:
    """Latest dropoff of the first and earliest pickup of the follower, as the kernels see them."""
    n = instance.n_requests
    rows = []
    for first, follower in instance.loose_pairs:
        latest_s = draft.arrays.node[n + first, LATEST_S] + instance.service_s[n + first]
        rows.append((latest_s, draft.arrays.node[follower, EARLIEST_S]))
    return np.array(rows, dtype=np.int64)


def test_only_pairs_with_overlapping_windows_are_loose() -> None:
    # The trip takes ten minutes, so the last dropoff starts at 9600 s.
    assert line(out_and_back()).loose_pairs == ((0, 1),)
    apart = [
        Trip(20, 30, (0, 100), (0, 700), partner=1),
        Trip(30, 20, (700, 900), partner=0, follows=0),
    ]
    assert line(apart).loose_pairs == ()


def test_a_pair_on_one_route_keeps_its_order() -> None:
    route = construct(line(out_and_back()), make_dice(0)).solution().routes[0]

    start_s = dict(zip(route.nodes, route.start_s, strict=True))
    assert start_s[0] < start_s[2] <= start_s[1] < start_s[3]


@pytest.mark.parametrize("seed", range(25))
def test_no_return_starts_before_its_outward_trip_is_over(seed: int) -> None:
    instance = crowded(seed)
    incumbents: list[Solution] = []

    best = search(
        instance,
        seed=seed,
        stop=MaxIterations(30),
        on_incumbent=lambda incumbent: incumbents.append(incumbent.solution),
    )

    assert best.n_served > 0
    for solution in incumbents:
        assert verify_solution(instance, solution) == ()


def test_pairs_stand_on_different_routes() -> None:
    drafts = [construct(crowded(seed), make_dice(seed)) for seed in range(25)]

    assert sum(draft.vehicle_of[0] == 0 and draft.vehicle_of[1] > 0 for draft in drafts) > 10


def test_served_pairs_are_parted_and_the_others_have_their_whole_windows() -> None:
    n_served = n_out = 0
    for seed in range(25):
        instance = crowded(seed)
        draft = construct(instance, make_dice(seed))
        for (first, _), (over_s, begins_s) in zip(
            instance.loose_pairs, pair_windows(draft, instance), strict=True
        ):
            if draft.vehicle_of[first] >= 0:
                n_served += 1
                assert over_s <= begins_s
            else:
                n_out += 1
                assert over_s > begins_s
    assert n_served > 10
    assert n_out > 10


def test_a_pair_taken_out_has_its_whole_windows_again() -> None:
    instance = line(out_and_back())
    draft = construct(instance, make_dice(0))
    full = pair_windows(Draft(instance), instance)
    assert pair_windows(draft, instance).tolist() != full.tolist()

    assert draft.try_remove([0, 1])

    assert pair_windows(draft, instance).tolist() == full.tolist()


def test_a_return_taken_out_may_go_back_to_any_time_after_the_outward_trip() -> None:
    # Nobody is linked here: a plan is being changed leg by leg.
    instance = line([Trip(20, 30), Trip(30, 20, follows=0)])
    draft = construct(instance, make_dice(0))
    over_s = draft.solution().routes[0].start_s[1]

    assert draft.try_remove([1])

    assert draft.arrays.node[1, EARLIEST_S] == over_s
    draft.insert_waiting([1], make_dice(0))
    assert verify_solution(instance, draft.solution()) == ()
    assert draft.unserved() == ()


def test_windows_of_a_copy_are_its_own() -> None:
    instance = line(out_and_back())
    draft = construct(instance, make_dice(0))
    before = pair_windows(draft, instance).tolist()

    copy = draft.copy()
    copy.try_remove([0, 1])

    assert pair_windows(draft, instance).tolist() == before
    assert pair_windows(copy, instance).tolist() != before


def test_a_start_is_parted_at_its_own_times() -> None:
    # Out at 20 -> 30, dropped at 6600 s; back on the other vehicle at 7000 s.
    instance = line(out_and_back(), depots=(0, 60))
    there = Route(0, (0, 2), (6000, 6600), 4800, 8400)
    back = Route(1, (1, 3), (7000, 7600), 5200, 10_000)

    draft = draft_from(instance, Solution((there, back), ()))

    assert pair_windows(draft, instance).tolist() == [[6800, 6800]]
    assert verify_solution(instance, draft.solution()) == ()


@pytest.mark.parametrize("partner", [0, -1])
def test_unserved_pairs_of_a_start_have_their_whole_windows(partner: int) -> None:
    # Nobody may drive them any more; the pair may be linked, or taken leg by leg.
    there = Trip(20, 30, partner=1 if partner == 0 else -1)
    instance = line([there, Trip(30, 20, partner=partner, follows=0)])
    forbidden = replace(instance, allowed=np.zeros((2, 1), dtype=np.bool_))
    start = Route(0, (0, 2, 1, 3), (6000, 6600, 7000, 7600), 4800, 8400)

    draft = draft_from(forbidden, Solution((start,), ()))

    assert draft.unserved() == (0, 1)
    full = pair_windows(Draft(instance), instance)
    assert pair_windows(draft, instance).tolist() == full.tolist()


def test_a_route_has_another_fingerprint_once_its_windows_change() -> None:
    # The single trip, request 2, shares the route of the outward trip. Once the
    # return is known to start at 5000 s, the outward trip may be over later.
    instance = line([*out_and_back(back=(5000, 9000)), Trip(25, 28)], depots=(0, 60))
    draft = Draft(instance)
    draft.insert_waiting([2], make_dice(0))
    vehicle = int(draft.vehicle_of[2])
    rows = np.empty((15, 4), dtype=np.int64)
    order, cost = draft.orders[vehicle], draft.costs[vehicle]
    assert scan(draft.arrays, vehicle, order, cost, 0, keep_all=True, rows=rows)
    draft.insert(0, vehicle, rows[0])
    before = int(draft.tours.print_[vehicle])
    assert scan(draft.arrays, 1 - vehicle, draft.orders[1 - vehicle], 0, 1, True, rows)
    draft.insert(1, 1 - vehicle, rows[0])

    assert draft.tours.print_[vehicle] != before
    assert draft.orders[vehicle].tolist() != order.tolist()

    # With the return out again, and so the same windows as before.
    assert draft.try_remove([1])
    assert draft.tours.print_[vehicle] == before
