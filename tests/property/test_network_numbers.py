"""Rounding, packing and tables hold for any numbers, not only for those in examples."""

import math
from fractions import Fraction

import numpy as np
from hypothesis import event, given
from hypothesis import strategies as st

from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.errors import InputError, Problem
from tus_dispatch.network.arcs import pack, unpack
from tus_dispatch.network.explicit import explicit_matrix
from tus_dispatch.network.profile import calibrated_seconds
from tus_dispatch.network.tags import KEPT_KEYS, is_drivable, tag_set, understand

MILLISECONDS = st.integers(0, 36_000_000)
CENTIMETRES = st.integers(0, 130_000_000)


@given(MILLISECONDS, st.integers(200_000, 5_000_000))
def test_seconds_are_the_exact_product_rounded_up(ms: int, millionths: int) -> None:
    factor = Fraction(millionths, 1_000_000)

    found = calibrated_seconds(np.array([ms]), millionths / 1_000_000)

    assert found.tolist() == [math.ceil(factor * ms / 1000)]


@given(st.lists(st.tuples(MILLISECONDS, CENTIMETRES), min_size=2, max_size=2))
def test_packed_weights_compare_by_time_then_length(pairs: list[tuple[int, int]]) -> None:
    ms, cm = (np.array(part) for part in zip(*pairs, strict=True))

    weight = pack(ms, cm)

    assert (weight[0] < weight[1]) == (pairs[0] < pairs[1])
    # In floating point, as SciPy adds them.
    assert float(weight[0]) == int(weight[0])
    assert np.array_equal(unpack(weight), (ms, cm))


@given(st.lists(st.tuples(st.integers(0, 3_000_000), st.integers(0, 10_000_000)), max_size=12))
def test_packed_weights_add_up_part_by_part(parts: list[tuple[int, int]]) -> None:
    ms = np.array([p[0] for p in parts], dtype=np.int64)
    cm = np.array([p[1] for p in parts], dtype=np.int64)

    total = np.array([pack(ms, cm).sum()])

    assert unpack(total) == (ms.sum(), cm.sum())


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.lists(st.integers(), max_size=2),
)
ROWS = st.one_of(st.lists(st.one_of(st.integers(0, 4_000), VALUES), max_size=4), st.just([0, 90]))


@given(st.lists(ROWS, max_size=4), st.lists(ROWS, max_size=4), st.booleans())
def test_any_table_becomes_a_matrix_or_a_list_of_problems(
    seconds: list[list[object]], metres: list[list[object]], with_points: bool
) -> None:
    places = [
        Place(
            PlaceId(f"p{k}"), f"Lieu {k}", LatLon(lat=46 + k / 50, lon=2) if with_points else None
        )
        for k in range(2)
    ]

    problems: tuple[Problem, ...] = ()
    longest_s = 0
    try:
        longest_s = explicit_matrix(places, seconds, metres).seconds.max()  # type: ignore[arg-type]
    except InputError as error:
        problems = error.problems

    event("refused" if problems else "taken")
    assert longest_s <= 6 * 3600
    assert all(problem.where and problem.value and problem.remedy for problem in problems)


@given(
    st.dictionaries(st.sampled_from(KEPT_KEYS), st.text(max_size=8)),
    st.sampled_from(["primary", "track", "motorway_link", "footway", ""]),
)
def test_no_tag_is_too_odd_to_be_understood(tags: dict[str, str], highway: str) -> None:
    tags |= {"highway": highway}

    if is_drivable(tags):
        assert -1 <= understand(tag_set(tags)).maxspeed_kmh <= 130
