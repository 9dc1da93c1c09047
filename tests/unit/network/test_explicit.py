"""Tables from elsewhere: every kind of nonsense is named with its pair of places."""

import math
from dataclasses import replace

import pytest

from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.errors import InputError
from tus_dispatch.network.explicit import explicit_matrix, find_problems

# Bourg, mill and station on one meridian: 0, 10 and 25 km from the bourg.
PLACES = tuple(
    Place(PlaceId(name.lower()), name, LatLon(lat=46.0 + km / 111.195, lon=2.0))
    for name, km in (("Bourg", 0), ("Moulin", 10), ("Gare", 25))
)
SECONDS: list[list[float | None]] = [[0, 700, 1600], [720, 0, 1000], [1650, 990, 0]]
METRES: list[list[float | None]] = [[0, 12_000, 29_000], [12_100, 0, 18_000], [29_500, 18_200, 0]]


def changed(
    table: list[list[float | None]], i: int, j: int, value: object
) -> list[list[float | None]]:
    copy = [list(row) for row in table]
    copy[i][j] = value  # type: ignore[call-overload]
    return copy


def test_a_sound_table_becomes_a_matrix() -> None:
    matrix = explicit_matrix(PLACES, SECONDS, METRES)

    assert matrix.seconds.tolist() == SECONDS
    assert matrix.metres.tolist() == METRES
    assert matrix.source == "matrix"
    assert matrix.warnings == ()


def test_fractions_are_rounded_up() -> None:
    matrix = explicit_matrix(PLACES, changed(SECONDS, 0, 1, 700.01), changed(METRES, 0, 1, 12000.5))

    assert matrix.seconds[0, 1] == 701
    assert matrix.metres[0, 1] == 12_001


def test_nothing_means_unreachable() -> None:
    matrix = explicit_matrix(PLACES, changed(SECONDS, 0, 2, None), changed(METRES, 0, 2, None))

    assert matrix.seconds_between(PlaceId("bourg"), PlaceId("gare")) is None
    assert matrix.seconds_between(PlaceId("gare"), PlaceId("bourg")) == 1650


@pytest.mark.parametrize(
    ("i", "j", "value", "code"),
    [
        (0, 1, -5, "TUS-1213"),
        (0, 1, math.nan, "TUS-1212"),
        (0, 1, math.inf, "TUS-1212"),
        (0, 1, "700", "TUS-1212"),
        (0, 1, True, "TUS-1212"),
        (0, 1, 10**400, "TUS-1212"),
        (1, 1, 3, "TUS-1214"),
        (1, 1, None, "TUS-1214"),
        (0, 1, 0, "TUS-1215"),
        # 10 km in 4 minutes are 150 km/h.
        (0, 1, 240, "TUS-1216"),
        (0, 1, 21_601, "TUS-1217"),
        (0, 1, 999_999_999, "TUS-1217"),
        (0, 1, None, "TUS-1218"),
    ],
)
def test_nonsense_in_the_seconds_is_told_with_its_pair(
    i: int, j: int, value: object, code: str
) -> None:
    problems = find_problems(PLACES, changed(SECONDS, i, j, value), METRES, "/travel")

    assert [p.code for p in problems] == [code]
    assert problems[0].where.startswith(f"/travel/seconds/{i}/{j} ")
    assert f"({PLACES[i].name} → {PLACES[j].name})" in problems[0].where


@pytest.mark.parametrize(
    ("i", "j", "value", "code"),
    [
        (2, 0, -1, "TUS-1213"),
        (2, 0, math.nan, "TUS-1212"),
        (2, 2, 40, "TUS-1214"),
        (2, 0, 3_000_000, "TUS-1217"),
        (2, 0, None, "TUS-1218"),
    ],
)
def test_nonsense_in_the_metres_is_told_with_its_pair(
    i: int, j: int, value: object, code: str
) -> None:
    problems = find_problems(PLACES, SECONDS, changed(METRES, i, j, value), "/travel")

    assert [p.code for p in problems] == [code]
    assert f"({PLACES[i].name} → {PLACES[j].name})" in problems[0].where


def test_130_km_an_hour_is_not_too_fast() -> None:
    # 10 km at 130 km/h are 276.9 s.
    assert find_problems(PLACES, changed(SECONDS, 0, 1, 277), METRES) == ()


def test_zero_between_places_whose_points_are_equal_or_unknown_is_possible() -> None:
    unknown = tuple(replace(place, point=None) for place in PLACES)
    twins = (PLACES[0], replace(PLACES[1], point=PLACES[0].point), PLACES[2])

    assert find_problems(unknown, changed(SECONDS, 0, 1, 0), METRES) == ()
    assert find_problems(twins, changed(SECONDS, 0, 1, 0), METRES) == ()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ([[0, 1, 2], [1, 0, 2]], "2 lignes"),
        ([[0, 1, 2], [1, 0], [2, 2, 0]], "2 nombres"),
        ([[0, 1, 2, 3]] * 3, "4 nombres"),
        ([], "0 lignes"),
    ],
)
def test_a_table_of_another_shape_is_refused(table: list[list[float | None]], told: str) -> None:
    problems = find_problems(PLACES, table, METRES)

    assert {p.code for p in problems} == {"TUS-1211"}
    assert problems[0].value == told


def test_all_mistakes_are_told_at_once_in_the_order_of_the_table() -> None:
    spoilt = changed(changed(SECONDS, 2, 1, -7), 0, 1, 0)

    with pytest.raises(InputError) as caught:
        explicit_matrix(PLACES, spoilt, METRES, "/travel")

    assert [p.code for p in caught.value.problems] == ["TUS-1215", "TUS-1213"]


def test_a_table_of_zeros_is_told_shortly() -> None:
    many = tuple(
        Place(PlaceId(f"p{k}"), f"Lieu {k}", LatLon(lat=46 + k / 100, lon=2)) for k in range(30)
    )
    zeros: list[list[float | None]] = [[0] * 30 for _ in range(30)]

    problems = find_problems(many, zeros, zeros)

    assert len(problems) == 101
    # 30 · 29 pairs, of which a hundred are shown.
    assert problems[-1].value == "770 autres erreurs"


def test_no_places_make_an_empty_matrix() -> None:
    assert explicit_matrix((), [], []).seconds.shape == (0, 0)
