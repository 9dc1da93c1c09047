import re
from collections.abc import Iterator
from functools import cache
from random import Random  # noqa: TID251 - the table of spoilt plans is drawn from a seed

import pytest

from tests.makers import five_legs_matrix, five_legs_plan
from tests.spoil import SPOILERS
from tests.strategies import random_day
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import REASONS
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.rules.working_time.checks import RULES as HOUR_RULES
from tus_dispatch.rules.working_time.checks import Rule as HourRule
from tus_dispatch.verify.case import Rule, open_case
from tus_dispatch.verify.codes import CODES
from tus_dispatch.verify.plan import RULES, verify_plan
from tus_dispatch.verify.violations import broken, span
from tus_dispatch.verify.working_time import duty_days

N_DAYS = 8


def sound_plans() -> Iterator[tuple[Plan, TravelMatrix]]:
    yield five_legs_plan(), five_legs_matrix()
    for seed in range(N_DAYS):
        rng = Random(seed)  # noqa: S311
        _, matrix, plan = random_day(rng, n_legs=20, n_shifts=4)
        yield plan, matrix


@cache
def spoilt_plans() -> tuple[tuple[frozenset[str], Plan, TravelMatrix], ...]:
    rng = Random(0)  # noqa: S311
    return tuple(
        (spoiler.codes, spoilt, matrix)
        for plan, matrix in sound_plans()
        for spoiler in SPOILERS
        if (spoilt := spoiler.spoil(plan, matrix, rng)) is not None
    )


def test_every_code_has_a_spoilt_plan() -> None:
    caught = {
        violation.code
        for codes, plan, matrix in spoilt_plans()
        for violation in verify_plan(plan, matrix)
        if violation.code in codes
    }

    assert {kind.code for kind in CODES.values()} - caught == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_has_a_spoilt_plan_that_it_catches(rule: Rule) -> None:
    assert any(
        violation.code in codes
        for codes, plan, matrix in spoilt_plans()
        for violation in rule(open_case(plan, matrix))
    )


@pytest.mark.parametrize("rule", HOUR_RULES, ids=lambda rule: rule.__name__)
def test_every_rule_of_working_time_has_a_spoilt_plan_that_it_catches(rule: HourRule) -> None:
    slugs = {
        breach.slug
        for codes, plan, matrix in spoilt_plans()
        for duty in duty_days(open_case(plan, matrix))
        for breach in rule(duty)
        if breach.code in codes
    }

    assert len(slugs) == 1


def test_every_spoiler_finds_something_to_spoil() -> None:
    rng = Random(1)  # noqa: S311
    used = {
        spoiler.name
        for plan, matrix in sound_plans()
        for spoiler in SPOILERS
        if spoiler.spoil(plan, matrix, rng) is not None
    }
    rare = {"no way there", "a reason outside the register", "a protected slot elsewhere"}

    assert {spoiler.name for spoiler in SPOILERS} - used <= rare


def test_spoilers_have_names_of_their_own() -> None:
    assert len({spoiler.name for spoiler in SPOILERS}) == len(SPOILERS)


def test_codes_are_in_their_range_rising_and_not_those_of_reasons() -> None:
    codes = [kind.code for kind in CODES.values()]

    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"TUS-(21|32)\d\d", code) for code in codes)
    assert not set(codes) & {reason.code for reason in REASONS.values()}


def test_no_sentence_of_a_spoilt_plan_has_a_gap() -> None:
    for _, plan, matrix in spoilt_plans():
        for violation in verify_plan(plan, matrix):
            assert re.fullmatch(r"[^{}]{10,}\.", violation.sentence), violation
            assert violation.by > 0, violation


def test_a_stop_is_named_as_people_say_it() -> None:
    assert broken("too-fast", "S1/3", 65).sentence == (
        "S1, arrêt 3 : arrivée 1 min 5 s plus tôt que la route ne le permet."
    )


def test_an_unknown_rule_is_no_violation() -> None:
    with pytest.raises(KeyError):
        broken("no-such-rule", "plan")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59, "59 s"), (3600, "1 h"), (3660, "1 h 01 min"), (3601, "1 h 1 s")],
)
def test_lengths_of_time_leave_out_what_is_nothing(seconds: int, text: str) -> None:
    assert span(seconds) == text
