"""Windows, points, tables and objectives refuse what makes no sense and overlap as expected."""

from dataclasses import replace

import numpy as np
import pytest

from tests.makers import BOURG, CENTRE, GARAGE, five_legs, five_legs_matrix
from tus_dispatch.domain.objective import Objective, Profile, Weights
from tus_dispatch.domain.place import LatLon, PointError
from tus_dispatch.domain.reason import REASONS, reason_for
from tus_dispatch.domain.travel import MatrixError, TravelMatrix
from tus_dispatch.domain.window import TimeWindow, WindowError


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ((0, 10), (5, 15), (5, 10)),
        ((0, 10), (10, 15), (10, 10)),
        ((0, 10), (11, 15), None),
        ((0, 20), (5, 6), (5, 6)),
    ],
)
def test_windows_share_their_bounds(
    one: tuple[int, int], other: tuple[int, int], common: tuple[int, int] | None
) -> None:
    expected = None if common is None else TimeWindow(*common)

    assert TimeWindow(*one).intersect(TimeWindow(*other)) == expected
    assert TimeWindow(*other).intersect(TimeWindow(*one)) == expected


@pytest.mark.parametrize("bounds", [(-1, 5), (5, 4)])
def test_an_empty_or_negative_window_is_refused(bounds: tuple[int, int]) -> None:
    with pytest.raises(WindowError, match="empty or negative"):
        TimeWindow(*bounds)


@pytest.mark.parametrize("point", [(90.1, 0), (0, -180.1), (float("nan"), 0), (0, float("inf"))])
def test_a_point_off_the_earth_is_refused(point: tuple[float, float]) -> None:
    with pytest.raises(PointError):
        LatLon(lat=point[0], lon=point[1])


def table(*rows: tuple[int, ...]) -> np.ndarray:
    return np.array(rows, dtype=np.int32)


@pytest.mark.parametrize(
    ("seconds", "metres", "complaint"),
    [
        (table((0, 1), (1, 0)), table((0,)), "shape"),
        (table((0, 1), (1, 0)).astype(np.int64), table((0, 1), (1, 0)), "expected int32"),
        (table((0, -2), (1, 0)), table((0, 1), (1, 0)), "below -1"),
        (table((3, 1), (1, 0)), table((0, 1), (1, 0)), "diagonal"),
        (table((0, -1), (1, 0)), table((0, 1), (1, 0)), "disagree"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(
    seconds: np.ndarray, metres: np.ndarray, complaint: str
) -> None:
    with pytest.raises(MatrixError, match=complaint):
        TravelMatrix((GARAGE, BOURG), seconds, metres, "matrix")


def test_a_place_stands_once_in_a_table() -> None:
    with pytest.raises(MatrixError, match="twice"):
        TravelMatrix((GARAGE, GARAGE), table((0, 1), (1, 0)), table((0, 1), (1, 0)), "matrix")


def test_a_table_answers_by_place_and_cannot_be_changed() -> None:
    matrix = five_legs_matrix()

    assert matrix.seconds_between(BOURG, CENTRE) == 15 * 60
    assert matrix.metres_between(CENTRE, GARAGE) == 20_000
    with pytest.raises(ValueError, match="read-only"):
        matrix.seconds[0, 1] = 5


def test_no_way_is_none() -> None:
    holes = table((0, -1), (60, 0))

    matrix = TravelMatrix((GARAGE, BOURG), holes, holes.copy(), "matrix")

    assert matrix.seconds_between(GARAGE, BOURG) is None
    assert matrix.metres_between(BOURG, GARAGE) == 60


def test_another_profile_drops_weights_changed_one_by_one() -> None:
    dear = Objective(Profile.BALANCED, replace(Weights.of(Profile.BALANCED), per_metre=99))
    scenario = replace(five_legs(), objective=dear)

    assert scenario.with_profile(None) is scenario
    assert scenario.with_profile(Profile.BALANCED) is scenario
    changed = scenario.with_profile(Profile.COST)
    assert changed.objective == Objective(Profile.COST, Weights.of(Profile.COST))
    assert changed.bookings == scenario.bookings


def test_the_profiles_differ_in_what_they_price() -> None:
    cost, balanced, distance = (Weights.of(profile) for profile in Profile)

    assert (cost.per_excess_ride_second, balanced.per_excess_ride_second) == (0, 150)
    assert (distance.per_metre, distance.per_duty_second, distance.per_round) == (1, 0, 0)
    assert {each.per_unserved_leg for each in (cost, balanced, distance)} == {1_000_000_000}


def test_every_reason_has_a_code_of_its_own_and_a_sentence() -> None:
    kinds = REASONS.values()

    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(kind.sentence.endswith(".") and kind.cause and kind.action for kind in kinds)
    assert reason_for("pin").code == REASONS["pin"].code
    with pytest.raises(KeyError):
        reason_for("bad luck")
