"""Speeds by class and tag, the rural limit of the network, and the one calibration factor."""

import numpy as np
import pytest

from tests.unit.network.rural import Land, doors, rural_graph
from tus_dispatch.errors import InputError
from tus_dispatch.network.profile import (
    SpeedProfile,
    calibrated_seconds,
    checked_calibration,
)
from tus_dispatch.network.roads import Roads


def kmh(profile: SpeedProfile | None = None, **tags: str) -> float:
    land = Land()
    land.way(tags.pop("highway"), land.point(0, 0), land.point(0, 1_000), **tags)
    return float((profile or SpeedProfile()).kmh(land.graph())[0])


@pytest.mark.parametrize(
    ("highway", "free"),
    [("primary", 70), ("secondary", 62), ("tertiary", 52), ("unclassified", 40), ("track", 12)],
)
def test_untagged_roads_are_driven_by_class(highway: str, free: float) -> None:
    assert kmh(highway=highway) == free


def test_a_tagged_limit_wins_and_is_driven_at_nine_tenths() -> None:
    # Below and above what the class would give: 0.9 · 30 and 0.9 · 70.
    assert kmh(highway="tertiary", maxspeed="30") == pytest.approx(27)
    assert kmh(highway="tertiary", maxspeed="70") == pytest.approx(63)


def test_a_high_limit_does_not_make_a_small_road_fast() -> None:
    # 1.35 · 40, not 0.9 · 80.
    assert kmh(highway="unclassified", maxspeed="80") == pytest.approx(54)


def test_where_the_rural_limit_is_90_untagged_rural_roads_are_driven_faster() -> None:
    back_to_90 = SpeedProfile(rural_limit_kmh=90)

    # 70 · 90 / 80; a village street does not change.
    assert kmh(back_to_90, highway="primary") == pytest.approx(78.75)
    assert kmh(back_to_90, highway="residential") == 28
    assert kmh(back_to_90, highway="primary", maxspeed="FR:rural") == pytest.approx(81)
    assert back_to_90.id != SpeedProfile().id


def test_another_profile_needs_no_other_graph() -> None:
    graph = rural_graph()
    slow = SpeedProfile(free_kmh=tuple(speed / 2 for speed in SpeedProfile().free_kmh))

    assert (slow.kmh(graph) <= SpeedProfile().kmh(graph)).all()
    assert all(line.startswith("{") for line in graph.tag_sets)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rural_limit_kmh": 0},
        {"tagged_share": 3.0},
        {"access_kmh": float("nan")},
        {"free_kmh": (50.0,)},
    ],
)
def test_impossible_speeds_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"range|per road class"):
        SpeedProfile(**wrong)  # type: ignore[arg-type]


def test_seconds_are_rounded_up_once_and_only_when_there_is_a_rest() -> None:
    milliseconds = np.array([0, 1, 1000, 1001, 100_000, -1])

    assert calibrated_seconds(milliseconds, 1.0).tolist() == [0, 1, 1, 2, 100, -1]
    # 1.15 is no binary fraction: naive floats would give 116 for the fifth.
    assert calibrated_seconds(milliseconds, 1.15).tolist() == [0, 1, 2, 2, 115, -1]


def test_times_are_linear_in_the_factor_and_metres_do_not_change() -> None:
    graph = rural_graph()
    drives = Roads(graph).door_to_door(doors(graph, 30))

    single = calibrated_seconds(drives.milliseconds, 1.0)
    double = calibrated_seconds(drives.milliseconds, 2.0)

    # Rounding up takes less than a second each time.
    assert (np.abs(double - 2 * single) <= 1).all()
    exact = drives.milliseconds * 1.25 / 1000
    rounded_up = calibrated_seconds(drives.milliseconds, 1.25) - exact
    assert (rounded_up >= 0).all()
    assert (rounded_up < 1).all()


@pytest.mark.parametrize("factor", [0.0, -1.0, 0.1, 7.0, float("nan"), float("inf")])
def test_a_factor_nobody_can_have_measured_is_refused(factor: float) -> None:
    with pytest.raises(InputError) as caught:
        checked_calibration(factor, "/travel/calibration")

    assert caught.value.problems[0].code == "TUS-1232"
