"""A made-up day is a valid scenario of the size asked for, and its reference plan is sound."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.generate.days import KEYS, N_LEGS, N_SHIFTS, SEEDS, all_days, ordinary_day, point_of
from tus_dispatch.domain.demand import EligibilityGround
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.errors import InputError
from tus_dispatch.formats.scenario import dump_scenario, parse_scenario, scenario_hints
from tus_dispatch.generate.day import generate, generate_with_reference
from tus_dispatch.generate.families import FAMILIES
from tus_dispatch.generate.law import LARGEST_RURAL
from tus_dispatch.generate.setting import DEFAULT_DATE, Setting
from tus_dispatch.generate.settlements import crow_flies_m, settlements_of
from tus_dispatch.network.times import EstimateTimes
from tus_dispatch.verify.plan import verify_plan

each_day = pytest.mark.parametrize(
    ("family", "seed"), [(family, seed) for family in KEYS for seed in SEEDS]
)


@each_day
def test_the_reference_plan_serves_every_leg_and_the_judge_finds_nothing(
    family: str, seed: int
) -> None:
    scenario, plan, matrix = ordinary_day(family, seed)

    served = {s.leg for r in plan.rounds for s in r.stops if s.kind is StopKind.DROPOFF}
    assert served == {leg.id for leg in legs_of(scenario)}
    assert plan.unserved == ()
    assert verify_plan(plan, matrix) == ()


@each_day
def test_the_day_has_exactly_the_size_asked_for(family: str, seed: int) -> None:
    scenario, _, _ = ordinary_day(family, seed)

    assert (len(legs_of(scenario)), len(scenario.shifts)) == (N_LEGS, N_SHIFTS)


@each_day
def test_the_day_is_a_valid_file_that_reads_back_the_same(family: str, seed: int) -> None:
    scenario, _, _ = ordinary_day(family, seed)

    text = dump_scenario(scenario)

    assert parse_scenario(text, family) == scenario
    assert scenario_hints(scenario) == ()


def test_the_travel_times_are_those_anybody_would_compute() -> None:
    for scenario, _, matrix in all_days():
        times = EstimateTimes(scenario.territory.terrain, scenario.travel.calibration)  # type: ignore[union-attr]
        again = times.matrix(scenario.places)

        assert again.place_ids == matrix.place_ids
        assert (again.seconds == matrix.seconds).all()
        assert (again.metres == matrix.metres).all()


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others() -> None:
    once = dump_scenario(generate("landes_epci", seed=4, n_legs=30, n_shifts=4))
    again = dump_scenario(generate("landes_epci", seed=4, n_legs=30, n_shifts=4))
    other = dump_scenario(generate("landes_epci", seed=5, n_legs=30, n_shifts=4))

    assert once == again
    assert once != other


def test_the_day_comes_with_or_without_its_plan() -> None:
    scenario, _, _ = ordinary_day("alencon_19h", 1)

    assert generate("alencon_19h", seed=1, n_legs=N_LEGS, n_shifts=N_SHIFTS) == scenario


def test_the_date_is_a_fixed_tuesday_unless_another_is_given() -> None:
    sunday = Setting(date(2026, 10, 25))

    usual = generate("somme_vallees", seed=1, n_legs=10, n_shifts=2)
    clocks_go_back = generate("somme_vallees", seed=1, n_legs=10, n_shifts=2, setting=sunday)

    assert (usual.day.date, DEFAULT_DATE.weekday()) == (DEFAULT_DATE, 1)
    assert clocks_go_back.day.date == sunday.date
    assert parse_scenario(dump_scenario(clocks_go_back), "x") == clocks_go_back


@pytest.mark.parametrize("seed", range(6))
def test_a_day_may_be_as_small_as_two_legs_and_one_shift(seed: int) -> None:
    scenario, plan, matrix = generate_with_reference(
        "ambert_montagne", seed=seed, n_legs=2, n_shifts=1
    )

    assert (len(legs_of(scenario)), len(scenario.shifts)) == (2, 1)
    assert verify_plan(plan, matrix) == ()


def test_a_dense_day_of_fourteen_legs_a_shift_still_has_a_plan() -> None:
    scenario, plan, matrix = generate_with_reference("alencon_19h", seed=1, n_legs=112, n_shifts=8)

    assert len(legs_of(scenario)) == 112
    assert verify_plan(plan, matrix) == ()


def test_an_overloaded_day_asks_for_more_than_its_shifts_could_do() -> None:
    scenario = generate("cher_multidepot", seed=1, n_legs=120, n_shifts=1, solvable=False)

    assert len(legs_of(scenario)) == 120
    assert parse_scenario(dump_scenario(scenario), "x") == scenario
    with pytest.raises(InputError, match="TUS-1303"):
        generate("cher_multidepot", seed=1, n_legs=120, n_shifts=1)


@pytest.mark.parametrize(
    ("family", "n_legs", "n_shifts", "code"),
    [
        ("cher", 10, 2, "TUS-1301"),
        ("cher_multidepot", 1, 2, "TUS-1302"),
        ("cher_multidepot", 10, 0, "TUS-1302"),
    ],
)
def test_what_cannot_be_made_is_refused(family: str, n_legs: int, n_shifts: int, code: str) -> None:
    with pytest.raises(InputError, match=code):
        generate(family, seed=1, n_legs=n_legs, n_shifts=n_shifts)


def test_an_unknown_family_is_answered_with_the_six_names() -> None:
    with pytest.raises(InputError) as refused:
        generate("cher", seed=1, n_legs=10, n_shifts=2)

    assert all(key in refused.value.problems[0].expected for key in KEYS)


def test_homes_and_sites_stand_100_to_600_metres_from_their_commune() -> None:
    for key in KEYS:
        communes = {each.insee: each for each in settlements_of(key)}
        scenario, _, _ = ordinary_day(key, 1)
        for place in scenario.places:
            assert place.point is not None
            away_m = crow_flies_m(place.point, communes[place.insee].point)
            # Five decimals of a degree are about a metre.
            assert 98 <= away_m <= 602


def test_nobody_is_fetched_at_home_in_the_area_left_to_the_town_network() -> None:
    excluded = FAMILIES["cher_multidepot"].excluded_epci
    epci = {each.insee: each.epci for each in settlements_of("cher_multidepot")}
    days = [ordinary_day("cher_multidepot", seed)[0] for seed in SEEDS]

    homes = [place for day in days for place in day.places if place.id.startswith("H")]
    sites = [place for day in days for place in day.places if place.id.startswith("L")]

    assert homes
    assert not [place.name for place in homes if epci[place.insee or ""] in excluded]
    assert [place.name for place in sites if epci[place.insee or ""] in excluded]


def test_who_is_eligible_by_residence_alone_goes_to_no_town_but_its_hub() -> None:
    people = {each.insee: each.population for key in KEYS for each in settlements_of(key)}
    n_by_residence = 0
    for scenario, _, _ in all_days():
        for booking in scenario.bookings:
            eligibility = scenario.participant(booking.participant).eligibility
            assert eligibility is not None
            if eligibility.ground is not EligibilityGround.LOCATION:
                continue
            n_by_residence += 1
            for request in filter(None, (booking.outward, booking.return_leg)):
                for place in map(scenario.place, (request.origin, request.destination)):
                    is_rural = people[place.insee or ""] < LARGEST_RURAL
                    assert is_rural or place.name.startswith("Gare ")

    assert n_by_residence > 100


def test_every_check_and_referral_is_valid_on_the_day() -> None:
    for scenario, _, _ in all_days():
        day = scenario.day.date
        for person in scenario.participants:
            assert person.eligibility is not None
            assert person.eligibility.expires_on is None or person.eligibility.expires_on >= day
            assert [r for r in person.referrals if r.starts_on <= day <= (r.expires_on or day)]


def test_people_kept_apart_go_to_the_same_place() -> None:
    n_pairs = 0
    for scenario, _, _ in all_days():
        destination = {b.participant: b.outward.destination for b in scenario.bookings if b.outward}
        for person in scenario.participants:
            for other in person.never_with:
                n_pairs += 1
                assert destination[person.id] == destination[other]

    assert n_pairs >= len(KEYS)


def test_no_two_people_of_a_day_share_a_home_or_a_name() -> None:
    for scenario, _, _ in all_days():
        _expect_all_different(scenario)


def _expect_all_different(scenario: Scenario) -> None:
    homes = [
        request.origin if booking.outward else request.destination
        for booking in scenario.bookings
        if (request := booking.outward or booking.return_leg) is not None
    ]
    names = [(each.first_name, each.last_name) for each in scenario.participants]
    names += [(each.first_name, each.last_name) for each in scenario.drivers]

    assert len(set(homes)) == len(homes)
    assert len(set(names)) == len(names)
    assert point_of(scenario, homes[0]) != point_of(scenario, homes[1])


def test_a_plan_of_another_day_is_not_sound() -> None:
    scenario, plan, matrix = ordinary_day("cher_multidepot", 1)
    other, _, _ = ordinary_day("cher_multidepot", 2)

    assert verify_plan(replace(plan, scenario=other), matrix) != ()
    assert scenario != other
