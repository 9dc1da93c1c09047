"""Arrays that contradict each other never become an instance."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from tests.line_instances import Trip, line
from tus_dispatch.solver.arrays import arrays_of, mandatory_pauses
from tus_dispatch.solver.instance import Instance, InstanceError


def pair() -> Instance:
    return line([Trip(1, 2, partner=1), Trip(2, 1, partner=0, follows=0)], depots=(0, 3))


def changed(name: str, index: Any, value: Any) -> dict[str, Any]:
    array = getattr(pair(), name).copy()
    array[index] = value
    return {name: array}


CONTRADICTIONS: dict[str, dict[str, Any]] = {
    "a table that is not square": {"duration_s": np.zeros((3, 4), dtype=np.int64)},
    "a window too few": {"latest_s": np.zeros(3, dtype=np.int64)},
    "a vehicle too many": {"range_m": np.zeros(3, dtype=np.int64)},
    "loads of two kinds": {"load": np.zeros((2, 2), dtype=np.int64)},
    "followers of another number": {"follows": np.zeros(3, dtype=np.int64)},
    "a one-sided quarrel": changed("incompatible", (0, 1), True),
    "a duration below unreachable": changed("duration_s", (0, 1), -2),
    "a distance past the kernels": changed("distance_m", (0, 1), 2**31),
    "a way from a place to itself": changed("duration_s", (1, 1), 5),
    "a one-sided partner": changed("partner", 1, -1),
    "a dropoff nowhere": changed("location", 2, -1),
    "a vehicle without configuration": changed("configuration_start", 1, 0),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_contradictions_are_refused(name: str) -> None:
    with pytest.raises(InstanceError):
        replace(pair(), **CONTRADICTIONS[name])


def test_no_array_can_be_changed_afterwards() -> None:
    instance = pair()

    arrays = [getattr(instance, item.name) for item in fields(instance)]

    for array in arrays:
        if isinstance(array, np.ndarray):
            assert not array.flags.writeable


def test_no_follower_is_said_by_saying_nothing() -> None:
    instance = replace(pair(), follows=np.empty(0, dtype=np.int64))

    assert instance.follows.tolist() == [-1, -1]
    assert instance.loose_pairs == ()


def test_kernels_get_the_same_types_from_any_instance() -> None:
    # Another type would have every kernel compiled again in the middle of a search.
    fortran = pair()
    strange = replace(
        fortran,
        duration_s=np.asfortranarray(fortran.duration_s),
        load=fortran.load.astype(np.int32),
        allowed=fortran.allowed[:, ::-1],
        earliest_s=np.repeat(fortran.earliest_s, 2)[::2],
    )

    kinds = [
        [
            (array.dtype, array.flags.c_contiguous, array.flags.writeable)
            for array in arrays_of(each)
        ]
        for each in (pair(), strange, line([]), line([Trip(1, 2)], depots=()))
    ]

    assert all(kind == kinds[0] for kind in kinds)


def test_pauses_other_than_breaks_are_mandatory_and_in_time_order() -> None:
    instance = replace(
        line([Trip(1, 2)], depots=(0, 3)),
        location=np.array([1, 2, 0, -1, 0, 0], dtype=np.int64),
        earliest_s=np.array([0, 0, 900, 0, 300, 0], dtype=np.int64),
        latest_s=np.array([0, 0, 900, 0, 300, 0], dtype=np.int64),
        service_s=np.array([0, 0, 60, 60, 60, 60], dtype=np.int64),
        pause_vehicle=np.array([0, 0, 0, 1], dtype=np.int64),
        pause_is_break=np.array([False, True, False, False]),
    )

    assert mandatory_pauses(instance, 0) == (4, 2)
    assert mandatory_pauses(instance, 1) == (5,)
