"""Aims and rules of three moments, and how far their times may still be chosen."""

import pytest

from tus_dispatch.solver.leeway import Leeway, leeway_of
from tus_dispatch.solver.models.least import least_of
from tus_dispatch.solver.time_rules import CLOCK, Aim, Rule

FIRST, SECOND = 1, 2


def band(moment: int, earliest_s: int, latest_s: int) -> tuple[Rule, Rule]:
    return (CLOCK, moment, earliest_s), (moment, CLOCK, -latest_s)


def choice(*rules: Rule) -> Leeway:
    found = leeway_of(rules, 3)
    assert found is not None
    return found


def reached(aim: Aim, leeway: Leeway) -> tuple[int, Leeway]:
    found = least_of(aim, leeway)
    assert found is not None
    return found


def test_rules_between_moments_narrow_both() -> None:
    found = choice(*band(FIRST, 0, 100), *band(SECOND, 50, 120), (FIRST, SECOND, 60))

    assert (found.first, found.last) == ([0, 0, 60], [0, 60, 120])


def test_a_rule_that_the_bounds_imply_is_forgotten() -> None:
    near, far = (FIRST, SECOND, 10), (FIRST, SECOND, 5)
    apart = choice(*band(FIRST, 0, 10), *band(SECOND, 30, 40))

    assert apart.narrowed([near]) == apart
    assert choice(*band(FIRST, 0, 40), *band(SECOND, 0, 50), near, far).rules == [near, far]


@pytest.mark.parametrize(
    "rules",
    [
        (*band(FIRST, 0, 10), *band(SECOND, 0, 10), (FIRST, SECOND, 11)),
        # Each a second after the other: the search for times would never end.
        (*band(FIRST, 0, 10**9), *band(SECOND, 0, 10**9), (FIRST, SECOND, 1), (SECOND, FIRST, 0)),
    ],
    ids=["window", "circle"],
)
def test_rules_that_contradict_each_other_leave_nothing(rules: tuple[Rule, ...]) -> None:
    assert leeway_of(rules, 3) is None


def test_the_value_counts_what_is_fixed_already() -> None:
    # 3 x 70 for the fixed moment, 2 x 20 for the other, 5 for each second that
    # the fixed one is short of 75.
    leeway = choice(*band(FIRST, 70, 70), *band(SECOND, 20, 90))

    value, left = reached(Aim([-5, 3, 2], [(CLOCK, FIRST, 75, 5)]), leeway)

    assert value == 3 * 70 + 2 * 20 + 5 * 5
    assert (left.first[SECOND], left.last[SECOND]) == (20, 20)


def test_all_schedules_as_good_as_the_best_are_left() -> None:
    # Nothing is short as long as the second comes at 40 s or later.
    leeway = choice(*band(FIRST, 0, 10), *band(SECOND, 0, 90), (FIRST, SECOND, 0))

    value, left = reached(Aim([0, 0, 0], [(CLOCK, SECOND, 40, 7)]), leeway)

    assert value == 0
    assert (left.first, left.last) == ([0, 0, 40], [0, 10, 90])


def test_a_wish_is_granted_as_far_as_the_rules_allow() -> None:
    # Wanted a minute apart at 4 a second; every second of the first costs 1.
    leeway = choice(*band(FIRST, 0, 90), *band(SECOND, 0, 50), (FIRST, SECOND, 0))

    value, left = reached(Aim([-1, 1, 0], [(FIRST, SECOND, 60, 4)]), leeway)

    assert value == 4 * (60 - 50)
    assert (left.first, left.last) == ([0, 0, 50], [0, 0, 50])


def test_an_aim_without_preference_leaves_everything() -> None:
    leeway = choice(*band(FIRST, 0, 90), *band(SECOND, 0, 50))

    assert reached(Aim([0, 0, 0], []), leeway) == (0, leeway)
