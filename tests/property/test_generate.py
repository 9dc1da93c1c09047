"""Whatever is asked for, a made-up day is valid and its reference plan sound, or it is refused."""

from datetime import date, timedelta

from hypothesis import event, given, settings
from hypothesis import strategies as st

from tus_dispatch.domain.legs import legs_of
from tus_dispatch.errors import InputError
from tus_dispatch.formats.scenario import dump_scenario, parse_scenario
from tus_dispatch.generate.day import generate, generate_with_reference
from tus_dispatch.generate.families import FAMILIES
from tus_dispatch.generate.setting import Setting
from tus_dispatch.verify.plan import verify_plan

families = st.sampled_from(sorted(FAMILIES))
seeds = st.integers(0, 10**9)
dates = st.integers(0, 800).map(lambda days: date(2026, 1, 1) + timedelta(days=days))


@settings(max_examples=25)
@given(families, seeds, st.integers(1, 5), st.integers(2, 6), dates)
def test_a_day_is_as_asked_for_and_its_plan_is_sound(
    family: str, seed: int, n_shifts: int, legs_per_shift: int, day: date
) -> None:
    n_legs = n_shifts * legs_per_shift
    scenario, plan, matrix = generate_with_reference(
        family, seed=seed, n_legs=n_legs, n_shifts=n_shifts, setting=Setting(day)
    )

    assert (len(legs_of(scenario)), len(scenario.shifts)) == (n_legs, n_shifts)
    assert parse_scenario(dump_scenario(scenario), "day.json") == scenario
    assert verify_plan(plan, matrix) == ()
    assert plan.unserved == ()


@settings(max_examples=15)
@given(families, seeds, st.integers(2, 200), st.integers(1, 8))
def test_an_overloaded_day_is_valid_whatever_its_size(
    family: str, seed: int, n_legs: int, n_shifts: int
) -> None:
    scenario = generate(family, seed=seed, n_legs=n_legs, n_shifts=n_shifts, solvable=False)

    assert len(legs_of(scenario)) == n_legs
    assert parse_scenario(dump_scenario(scenario), "day.json") == scenario


@settings(max_examples=8)
@given(families, seeds, st.integers(10, 24))
def test_one_shift_is_filled_or_refused_in_words(family: str, seed: int, n_legs: int) -> None:
    code = code_of_refusal(family, seed, n_legs)

    event(code or "filled")
    assert code in (None, "TUS-1303")


def code_of_refusal(family: str, seed: int, n_legs: int) -> str | None:
    try:
        scenario, plan, matrix = generate_with_reference(
            family, seed=seed, n_legs=n_legs, n_shifts=1
        )
    except InputError as refused:
        return refused.problems[0].code
    assert len(legs_of(scenario)) == n_legs
    assert verify_plan(plan, matrix) == ()
    return None
