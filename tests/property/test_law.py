"""What the law forbids is never planned or offered, and what is named instead is lawful."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor
from random import Random  # noqa: TID251 - days and spoilers take a seeded generator

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests import spoil_law
from tests.second_law import legal_faults
from tests.spoil_edits import Spoiler
from tests.strategies import Day, random_day
from tus_dispatch.desk.quoting import Asked, answer_to
from tus_dispatch.domain.demand import Booking, Direction, ServiceRegime
from tus_dispatch.domain.law import Law, TripMode
from tus_dispatch.domain.legal_reasons import Force
from tus_dispatch.domain.legs import legs_of, requests_of
from tus_dispatch.domain.offer import HubTrip, Refusal
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import force_of
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId
from tus_dispatch.planning.agreed import day_under
from tus_dispatch.planning.decode import decode, decode_cost
from tus_dispatch.planning.encode import encode
from tus_dispatch.planning.explain import explain_unserved
from tus_dispatch.planning.legality import flags_of, unlawful_legs
from tus_dispatch.planning.open_day import open_day
from tus_dispatch.planning.participations import loaded_m, participations
from tus_dispatch.planning.reach import Reach
from tus_dispatch.rules.cost_share import (
    most_eur_cents,
    participation_eur_cents,
    shared_eur_cents,
)
from tus_dispatch.rules.legal_day import LegalDay, legal_day
from tus_dispatch.rules.settings import settings_on
from tus_dispatch.rules.trips import (
    lawful_alternative,
    lawful_hub,
    leg_legality,
    trip_legality,
    with_place,
)
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.verify.plan import verify_plan
from tus_dispatch.verify.violations import Violation

TODAY = date(2026, 3, 26)
SEEDS = st.integers(0, 2**32 - 1)
NEAR = Reach(n_of_a_kind=1, most_tries=12)


def enforced_day(rng: Random, *, n_legs: int, n_shifts: int) -> Day:
    """Draw days until the law of one is enforced, which most are."""
    while True:
        scenario, matrix, plan = random_day(rng, n_legs=n_legs, n_shifts=n_shifts)
        if scenario.law is not None and scenario.law.is_enforced:
            return scenario, matrix, plan


def law_of(scenario: Scenario) -> Law:
    assert scenario.law is not None
    return scenario.law


def look(scenario: Scenario, matrix: TravelMatrix) -> LegalDay:
    day = legal_day(scenario, matrix)
    assert day is not None
    return day


def planned(scenario: Scenario, matrix: TravelMatrix, seed: int) -> Plan:
    """Plan a day by insertion, as whoever encodes a day would."""
    encoding = encode(scenario, legs_of(scenario), matrix)
    solution = construct(encoding.instance, make_dice(seed)).solution()
    return Plan(
        scenario,
        decode(encoding, solution),
        explain_unserved(encoding, solution),
        cost=decode_cost(encoding, solution),
    )


def is_of_law(code: str) -> bool:
    return code.startswith("TUS-20")


def breaches(plan: Plan, matrix: TravelMatrix) -> list[Violation]:
    """What the judge says of the law alone."""
    return [each for each in verify_plan(plan, matrix) if each.code.startswith("TUS-21")]


@pytest.mark.parametrize("spoiler", spoil_law.SPOILERS, ids=lambda each: each.name)
def test_what_the_law_forbids_is_left_out_with_its_reason(spoiler: Spoiler) -> None:
    n_spoilt = n_refused = 0
    for seed in range(40):
        rng = Random(seed)  # noqa: S311
        _, matrix, plan = enforced_day(rng, n_legs=rng.randint(2, 8), n_shifts=2)
        spoilt = spoiler.spoil(plan, matrix, rng)
        if spoilt is None:
            continue
        n_spoilt += 1
        scenario = spoilt.scenario

        found = planned(scenario, matrix, seed)

        assert verify_plan(found, matrix) == ()
        unlawful = unlawful_legs(scenario, legs_of(scenario), matrix)
        told = {each.leg: each.reason for each in found.unserved}
        for leg in legs_of(scenario):
            if leg.id in unlawful or leg.partner in unlawful:
                assert is_of_law(told[leg.id].code), (seed, leg.id)
        n_refused += sum(is_of_law(each.code) for each in told.values())
        if n_spoilt == 6:
            break

    assert n_spoilt >= 3
    # A hired vehicle may stay at home and another one drive instead.
    assert n_refused or spoiler.codes <= {"TUS-2107", "TUS-2108"}


@settings(max_examples=60)
@given(seed=SEEDS)
def test_two_tellings_of_the_law_agree_on_every_leg(seed: int) -> None:
    rng = Random(seed)  # noqa: S311
    _, matrix, plan = enforced_day(rng, n_legs=8, n_shifts=3)
    spoilt = rng.choice(spoil_law.SPOILERS).spoil(plan, matrix, rng) or plan
    legs = {leg.id: leg for leg in legs_of(spoilt.scenario)}

    told = breaches(spoilt, matrix)

    event("unlawful" if told else "lawful")
    assert bool(told) == any(True for _ in legal_faults(spoilt, matrix, legs))


@settings(max_examples=80)
@given(seed=SEEDS)
def test_a_hub_named_instead_is_lawful_and_no_lawful_one_is_nearer(seed: int) -> None:
    rng = Random(seed)  # noqa: S311
    _, matrix, plan = enforced_day(rng, n_legs=6, n_shifts=2)
    spoilt = spoil_law.commune_off_the_list(plan, matrix, rng) or plan
    day = look(spoilt.scenario, matrix)
    for booking in spoilt.scenario.bookings:
        if booking.regime is not ServiceRegime.TUS:
            continue
        for direction, asked in requests_of(booking).items():
            found = lawful_hub(booking, direction, day)
            event("a hub" if found else "no hub")
            lawful = [
                (end, hub)
                for end in (asked.origin, asked.destination)
                for hub in day.law.hubs
                if hub not in (asked.origin, asked.destination)
                and is_lawful(with_place(booking, end, hub), direction, day)
            ]

            if found is None:
                assert lawful == []
                continue
            end, hub = found
            assert found in lawful
            away = [matrix.metres_between(other, end) for at, other in lawful if at == end]
            nearest = min([metres for metres in away if metres is not None], default=None)
            assert matrix.metres_between(hub, end) == nearest
            moved = requests_of(with_place(booking, end, hub))[direction]
            assert lawful_alternative(booking, direction, day) == moved


def is_lawful(booking: Booking, direction: Direction, day: LegalDay) -> bool:
    asked = requests_of(booking)[direction]
    if day.direct_m(asked.origin, asked.destination) is None:
        return False
    reasons = leg_legality(booking, direction, day)
    return not any(force_of(each) is Force.LEGAL for each in reasons)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_a_quote_for_an_unlawful_booking_is_refused_by_the_law(seed: int) -> None:
    rng = Random(seed)  # noqa: S311
    _, matrix, plan = enforced_day(rng, n_legs=6, n_shifts=2)
    spoilt = spoil_law.commune_off_the_list(plan, matrix, rng)
    if spoilt is None:
        event("no social transport")
        return
    unlawful = unlawful_legs(spoilt.scenario, legs_of(spoilt.scenario), matrix)
    booking = next(BookingId(leg.rsplit(":", 1)[0]) for leg in unlawful)
    found = planned(spoilt.scenario, matrix, seed)

    answer = answer_to(Asked(open_day(found, matrix), booking), reach=NEAR)

    assert isinstance(answer, Refusal)
    assert is_of_law(answer.reason.code)
    assert answer.relaxation is None
    for each in answer.alternatives:
        day, asked = day_under(open_day(found, matrix), booking, each.change)
        agreed = day.plan.scenario.booking(asked)
        assert trip_legality(agreed, look(day.plan.scenario, matrix)) == ()
        event(type(each.change).__name__)
    hubs = [each for each in answer.alternatives if isinstance(each.change, HubTrip)]
    assert len(hubs) <= 1


@settings(max_examples=60)
@given(seed=SEEDS)
def test_what_is_only_flagged_is_planned_and_every_breach_is_told(seed: int) -> None:
    rng = Random(seed)  # noqa: S311
    _, matrix, plan = enforced_day(rng, n_legs=8, n_shifts=3)
    spoilt = rng.choice(spoil_law.SPOILERS).spoil(plan, matrix, rng) or plan
    law = law_of(spoilt.scenario)
    flagged = replace(
        spoilt, scenario=replace(spoilt.scenario, law=replace(law, trips=TripMode.FLAGGED))
    )

    flags = flags_of(flagged, matrix)

    assert breaches(flagged, matrix) == []
    told = {each.reason.sentence for each in flags}
    for each in breaches(spoilt, matrix):
        assert any(sentence in each.sentence for sentence in told), each


@given(metres=st.integers(0, 200_000), tariff=st.integers(0, 100))
def test_a_contribution_is_the_exact_product_rounded_down_and_never_above_the_cap(
    metres: int, tariff: int
) -> None:
    own = settings_on(Law(tariff_eur_cents_per_km=tariff), TODAY)

    asked = participation_eur_cents(metres, own)

    assert asked == floor(Fraction(min(tariff, 32) * metres, 1000))
    assert asked <= most_eur_cents(metres, own) == floor(Fraction(32 * metres, 1000))


@given(
    asked=st.lists(st.integers(0, 5000), max_size=9),
    loaded=st.integers(0, 150_000),
    strict=st.booleans(),
)
def test_strict_contributions_of_a_round_stay_within_the_cap_of_the_loaded_way(
    asked: list[int], loaded: int, strict: bool
) -> None:
    own = settings_on(Law(strict_cost_share=strict), TODAY)

    shared = shared_eur_cents(asked, loaded, own)

    assert all(less <= more for less, more in zip(shared, asked, strict=True))
    if not strict or sum(asked) <= most_eur_cents(loaded, own):
        assert shared == tuple(asked)
    else:
        assert sum(shared) <= most_eur_cents(loaded, own)
        # Rounding down takes less than a cent from each.
        assert sum(shared) > most_eur_cents(loaded, own) - max(1, len(asked))


@settings(max_examples=40)
@given(seed=SEEDS)
def test_a_day_asks_nobody_for_more_than_the_cap(seed: int) -> None:
    rng = Random(seed)  # noqa: S311
    scenario, matrix, plan = enforced_day(rng, n_legs=8, n_shifts=3)
    day = look(scenario, matrix)

    asked = participations(plan, matrix)

    legs = {leg.id: leg for leg in legs_of(scenario)}
    for leg, cents in asked.items():
        metres = matrix.metres_between(legs[leg].origin, legs[leg].destination)
        assert metres is not None
        assert 1000 * cents <= 32 * metres
    for tour_round in plan.rounds if day.settings.strict_cost_share else ():
        aboard = {stop.leg for stop in tour_round.stops}
        total = sum(cents for leg, cents in asked.items() if leg in aboard)
        assert 1000 * total <= 32 * loaded_m(tour_round)
