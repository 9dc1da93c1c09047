"""No spoilt file brings the reader down, and no good one changes by being written."""

import string
from dataclasses import replace
from datetime import date
from time import process_time

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.fuzz_scenarios import read_or_refuse, spoilt_files
from tests.strategies import Day, days
from tus_dispatch.domain.demand import Eligibility, EligibilityGround, Purpose, Referral
from tus_dispatch.domain.objective import Objective, Profile, Weights
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.scenario import Scenario, SchoolZone, Territory
from tus_dispatch.domain.travel_source import (
    EstimateSource,
    OsrmSource,
    RoadsSource,
    Terrain,
)
from tus_dispatch.errors import InputError
from tus_dispatch.formats.plan import dump_plan, parse_plan
from tus_dispatch.formats.scenario import dump_scenario, parse_scenario, scenario_from_data

N_FILES = 500
LONGEST_S = 2.0

words = st.text(string.ascii_letters + "éèçœ’ -🚐", min_size=1, max_size=30).filter(str.strip)
seconds = st.integers(0, 86_400)
dates = st.dates(date(2020, 1, 1), date(2030, 1, 1))
factors = st.floats(0.2, 5)
sources = st.one_of(
    st.builds(EstimateSource, factors),
    st.builds(RoadsSource, st.just("pays.npz"), factors),
    st.builds(OsrmSource, st.just("http://127.0.0.1:5000"), st.just("car"), factors),
)


@st.composite
def dressed_days(draw: st.DrawFn) -> Scenario:
    """Put everything a planner does not look at around a drawn day."""
    scenario, _, _ = draw(days(max_legs=6, max_shifts=3))
    profile = draw(st.sampled_from(Profile))
    territory = Territory(
        draw(words),
        scenario.territory.time_zone,
        draw(st.none() | st.sampled_from(SchoolZone)),
        draw(st.sampled_from(Terrain)),
    )
    limits = st.builds(RideLimit, st.integers(0, 1000), seconds, seconds, seconds)
    eligibility = st.builds(
        Eligibility, st.sampled_from(EligibilityGround), st.none() | dates, st.none() | dates
    )
    starts_on = draw(dates)
    people = tuple(
        replace(
            each,
            first_name=draw(words | st.just("")),
            note=draw(st.none() | words),
            ride_limit=draw(st.none() | limits),
            eligibility=draw(st.none() | eligibility),
            referrals=draw(st.sampled_from([(), (Referral(starts_on, starts_on, "x"),)])),
        )
        for each in scenario.participants
    )
    drivers = tuple(
        replace(
            each,
            volunteer=draw(st.booleans()),
            last_duty_end_at=draw(st.none() | st.integers(950_000_000, 4_000_000_000)),
            contract_week_s=draw(st.none() | seconds),
        )
        for each in scenario.drivers
    )
    bookings = tuple(
        replace(each, purpose=draw(st.sampled_from(Purpose)), external_ref=draw(st.none() | words))
        for each in scenario.bookings
    )
    has_points = all(place.point is not None for place in scenario.places)
    policy = draw(st.builds(replace, st.just(scenario.policy), promise_tolerance_s=seconds))
    return replace(
        scenario,
        name=draw(words),
        note=draw(st.none() | words),
        territory=territory,
        travel=draw(sources) if has_points and draw(st.booleans()) else scenario.travel,
        policy=draw(st.sampled_from([policy, Policy()])),
        objective=Objective(profile, replace(Weights.of(profile), per_metre=draw(seconds))),
        participants=people,
        drivers=drivers,
        bookings=bookings,
    )


@given(dressed_days())
@settings(max_examples=50)
def test_a_scenario_read_back_is_the_scenario_written(scenario: Scenario) -> None:
    event(type(scenario.travel).__name__)

    text = dump_scenario(scenario)

    assert parse_scenario(text, "jour.json") == scenario
    assert dump_scenario(parse_scenario(text, "jour.json")) == text


@given(days())
@settings(max_examples=50)
def test_a_plan_read_back_is_the_plan_written(day: Day) -> None:
    scenario, _, plan = day

    text = dump_plan(plan)

    assert parse_plan(text, scenario, "plan.json") == plan
    assert dump_plan(parse_plan(text, scenario, "plan.json")) == text


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
@settings(max_examples=100)
def test_data_of_any_kind_is_refused_and_nothing_worse(data: object) -> None:
    with pytest.raises(InputError):
        scenario_from_data(data, "jour.json")


def test_spoilt_files_are_refused_by_file_place_and_reason() -> None:
    outcomes = {"read": 0, "refused": 0}

    for content in spoilt_files(np.random.default_rng(20260326), N_FILES):
        started = process_time()
        outcomes[read_or_refuse(content)] += 1
        assert process_time() - started < LONGEST_S

    # Some changes do no harm; most must.
    assert outcomes["refused"] > outcomes["read"] > 0
