"""A draft knows for whom there can be no room, and closes vehicles without forgetting who may."""

import numpy as np

from tests.line_instances import Trip, line
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance

NEVER = (0, 60)


def two_cars() -> Instance:
    """One trip each, one trip nobody reaches in time, and a pair of which nobody reaches one."""
    return line(
        [
            Trip(1, 3),
            Trip(59, 57),
            Trip(30, 40, pickup=NEVER),
            Trip(2, 4, partner=4),
            Trip(30, 20, pickup=NEVER, partner=3),
        ],
        depots=(0, 60),
    )


def test_who_fits_on_no_empty_vehicle_is_hopeless_and_their_partner_with_them() -> None:
    draft = Draft(two_cars())

    assert draft.hopeless().tolist() == [False, False, True, True, True]


def test_whoever_finds_no_room_beside_the_others_is_not_hopeless() -> None:
    # The one car is far away then, or it has time for both.
    first = Trip(1, 60, pickup=(60, 60), max_ride_s=59 * 60)
    crowded = Draft(line([first, Trip(30, 3, pickup=(2400, 2460))]))
    draft = Draft(line([first, Trip(30, 3, pickup=(5400, 5460))]))
    for each in (draft, crowded):
        each.insert_waiting([0, 1], make_dice(0))

    assert (draft.unserved(), len(crowded.unserved())) == ((), 1)
    assert not crowded.hopeless().any()


def test_nobody_gets_into_a_closed_vehicle_until_it_is_open_again() -> None:
    draft = Draft(two_cars())
    draft.close(1)
    draft.insert_waiting([0, 1], make_dice(0))
    closed = draft.vehicle_of.tolist()
    draft.try_remove([1])

    draft.reopen(1)
    draft.insert_waiting([1], make_dice(0))

    assert closed[:2] == [0, 0]
    assert draft.vehicle_of[:2].tolist() == [0, 1]
    assert np.array_equal(draft.arrays.allowed, Draft(two_cars()).arrays.allowed)
