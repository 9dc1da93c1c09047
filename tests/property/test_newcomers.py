"""A day with newcomers, or under other limits, is what reading all of it again would give."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import Day, days
from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.planning.encode import Encoding, encode, re_encode
from tus_dispatch.planning.newcomers import renumbered, with_newcomers
from tus_dispatch.planning.relax import DAY_LIMITS, relaxed


def expect_same(one: Encoding, other: Encoding) -> None:
    for item in fields(one.instance):
        ours, theirs = getattr(one.instance, item.name), getattr(other.instance, item.name)
        assert np.array_equal(ours, theirs), item.name
    assert (one.legs, one.pauses, one.promises) == (other.legs, other.pauses, other.promises)


def parted(scenario: Scenario, at: int, n_newcomers: int) -> tuple[list[Leg], list[Leg]]:
    """The legs of a day with one or two neighbours taken out."""
    legs = list(legs_of(scenario))
    at %= len(legs)
    newcomers = legs[at : at + n_newcomers]
    return [leg for leg in legs if leg not in newcomers], newcomers


@settings(max_examples=80)
@given(day=days(max_legs=10), at=st.integers(0, 100), n_newcomers=st.integers(1, 2))
def test_adding_newcomers_gives_what_reading_everybody_gives(
    day: Day, at: int, n_newcomers: int
) -> None:
    scenario, matrix, plan = day
    promises = {promise.leg: promise.pickup_window for promise in plan.promises}
    others, newcomers = parted(scenario, at, n_newcomers)
    told = {leg.id for leg in newcomers}
    known = {leg: window for leg, window in promises.items() if leg not in told}

    added = with_newcomers(encode(scenario, others, matrix, promises=known), newcomers, promises)

    whole = encode(scenario, [*others, *newcomers], matrix, promises=promises)
    expect_same(added, whole)


@pytest.mark.parametrize("slug", sorted(DAY_LIMITS))
@settings(max_examples=20)
@given(day=days(max_legs=8))
def test_another_limit_of_the_day_gives_what_reading_it_gives(slug: str, day: Day) -> None:
    scenario, matrix, _ = day
    legs = legs_of(scenario)
    base = encode(scenario, legs, matrix)

    for changed, _ in relaxed(slug, scenario, ()):
        expect_same(re_encode(base, changed), encode(changed, legs, matrix))


def test_pickups_stay_dropoffs_follow_and_pauses_stay_last() -> None:
    # Three legs: pickups 0 to 2, dropoffs 3 to 5, pauses from 6 on.
    nodes = np.array([0, 2, 6, 5, 3, 7], dtype=np.int64)

    # With two more, dropoffs begin at 5 and pauses at 10.
    assert renumbered(nodes, 3, 2).tolist() == [0, 2, 10, 7, 5, 11]
