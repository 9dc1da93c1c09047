"""The dice are the published generator: its numbers, its range and its period."""

import math
from itertools import pairwise

import numpy as np

from tests.kernel_doors import chances, throws
from tus_dispatch.solver.dice import (
    FIRST_FACTOR,
    FIRST_MODULUS,
    SECOND_FACTOR,
    SECOND_MODULUS,
    make_dice,
)

# The period of a factor is whole exactly when no part of it brings it back to 1.
FIRST_PRIMES = (2, 3, 7, 631, 81_031)
SECOND_PRIMES = (2, 19, 31, 1019, 1789)


def thrown(seed: int, sides: int, count: int) -> list[int]:
    out = np.empty(count, dtype=np.int64)
    throws(make_dice(seed), sides, out)
    return out.tolist()


def published(state: list[int], count: int) -> list[int]:
    """The generator as L'Ecuyer writes it, in unlimited whole numbers."""
    found, (first, second) = [], state
    for _ in range(count):
        first = 40014 * first % 2147483563
        second = 40692 * second % 2147483399
        found.append((first - second) % 2147483562)
    return found


def test_the_dice_throw_what_the_published_generator_throws() -> None:
    for seed in range(20):
        state = make_dice(seed).tolist()

        assert thrown(seed, 2**31, 200) == published(state, 200)


def test_both_factors_have_the_whole_period() -> None:
    cases = (
        (FIRST_FACTOR, FIRST_MODULUS, FIRST_PRIMES),
        (SECOND_FACTOR, SECOND_MODULUS, SECOND_PRIMES),
    )
    for factor, modulus, primes in cases:
        assert math.prod(primes) == modulus - 1
        assert pow(factor, modulus - 1, modulus) == 1
        assert all(pow(factor, (modulus - 1) // prime, modulus) != 1 for prime in primes)
    # So the two together come back after half the product of both: 2.3 * 10**18.
    assert math.gcd(FIRST_MODULUS - 1, SECOND_MODULUS - 1) == 2


def test_a_state_is_never_zero_and_differs_by_seed() -> None:
    states = [tuple(make_dice(seed).tolist()) for seed in range(2000)]

    assert len(set(states)) == len(states)
    assert all(0 < a < FIRST_MODULUS and 0 < b < SECOND_MODULUS for a, b in states)


def test_every_side_comes_up_about_equally_often() -> None:
    found = np.bincount(thrown(5, 6, 60_000))

    # 10 000 each; four standard deviations are 365.
    assert len(found) == 6
    assert np.abs(found - 10_000).max() < 365


def test_chances_are_strictly_between_nothing_and_one_and_spread_evenly() -> None:
    out = np.empty(50_000)

    chances(make_dice(1), out)

    assert out.min() > 0.0
    assert out.max() < 1.0
    # The standard error of the mean is 0.0013.
    assert abs(out.mean() - 0.5) < 0.005
    assert abs(np.corrcoef(out[:-1], out[1:])[0, 1]) < 0.02


def test_throws_go_on_where_the_last_ones_ended() -> None:
    whole = thrown(3, 1000, 40)
    dice, parts = make_dice(3), np.empty(20, dtype=np.int64)

    throws(dice, 1000, parts)
    first = parts.tolist()
    throws(dice, 1000, parts)

    assert first + parts.tolist() == whole
    assert any(a != b for a, b in pairwise(whole))
