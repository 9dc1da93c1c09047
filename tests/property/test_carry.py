"""A plan goes over to the day as it is now: sound again, and nobody moved without need."""

from dataclasses import replace
from random import Random  # noqa: TID251 - seeded

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from tests.strategies import Day, days
from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, LegId
from tus_dispatch.planning.carry import carry, unplanned
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price
from tus_dispatch.verify.plan import verify_plan


def served(plan: Plan) -> set[LegId]:
    return {stop.leg for each in plan.rounds for stop in each.stops if stop.leg is not None}


def untouched(plan: Plan, gone: set[LegId]) -> list[Round]:
    return [each for each in plan.rounds if not gone & {stop.leg for stop in each.stops}]


def priced(plan: Plan, matrix: TravelMatrix) -> Plan:
    return replace(plan, cost=price(open_case(plan, matrix)))


def legs_named(bookings: tuple[Booking, ...], scenario: Scenario) -> set[LegId]:
    names = {each.id for each in bookings}
    return {leg.id for leg in legs_of(scenario) if leg.booking in names}


@given(days())
@settings(max_examples=40)
def test_on_an_unchanged_day_nothing_changes(day: Day) -> None:
    scenario, matrix, plan = day

    carried = carry(plan, scenario, matrix)

    assert carried.stranded == ()
    assert replace(carried.plan, unserved=plan.unserved) == plan
    assert {each.leg for each in carried.plan.unserved} == {each.leg for each in plan.unserved}


@given(days(), st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_who_cancels_leaves_and_everybody_else_keeps_round_order_and_promise(
    day: Day, seed: int
) -> None:
    scenario, matrix, plan = day
    rng = Random(seed)  # noqa: S311
    gone = tuple(each for each in scenario.bookings if rng.random() < 0.4)
    names = legs_named(gone, scenario)
    rest = replace(scenario, bookings=tuple(b for b in scenario.bookings if b not in gone))

    carried = carry(plan, rest, matrix)

    # Removing a stop is free of harm only where a detour is never a shortcut.
    event(f"stranded: {bool(carried.stranded)}")
    assert set(carried.stranded) == served(plan) - names - served(carried.plan)
    left = names | set(carried.stranded)
    kept = {each.shift: each for each in carried.plan.rounds}
    assert [kept[each.shift] for each in untouched(plan, left)] == untouched(plan, left)
    assert verify_plan(priced(carried.plan, matrix), matrix) == ()
    for tour_round in carried.plan.rounds:
        before = next(each for each in plan.rounds if each.shift == tour_round.shift)
        order = [(stop.kind, stop.leg) for stop in before.stops if stop.leg is not None]
        now = [(stop.kind, stop.leg) for stop in tour_round.stops if stop.leg is not None]
        assert now == [each for each in order if each[1] not in left]


@given(days(max_shifts=4), st.integers(0, 3))
@settings(max_examples=40)
def test_whose_shift_is_gone_is_named(day: Day, at: int) -> None:
    scenario, matrix, plan = day
    assume(plan.rounds)
    lost = plan.rounds[at % len(plan.rounds)]
    on_it = {stop.leg for stop in lost.stops if stop.leg is not None}
    shifts = tuple(each for each in scenario.shifts if each.id != lost.shift)

    carried = carry(plan, replace(scenario, shifts=shifts), matrix)

    # The other half of a booking goes with its lost half.
    partners = {leg.partner for leg in legs_of(scenario) if leg.id in on_it and leg.partner}
    assert on_it <= set(carried.stranded)
    assert on_it | partners <= {each.leg for each in carried.plan.unserved}
    assert served(carried.plan) | {each.leg for each in carried.plan.unserved} == {
        leg.id for leg in legs_of(scenario)
    }
    assert verify_plan(priced(carried.plan, matrix), matrix) == ()


@given(days())
@settings(max_examples=30)
def test_who_was_asked_for_since_is_left_out_until_somebody_plans(day: Day) -> None:
    scenario, matrix, plan = day
    asked = replace(scenario.bookings[0], id=BookingId("appel"))
    longer = replace(scenario, bookings=(*scenario.bookings, asked))

    carried = carry(plan, longer, matrix)

    reasons = {each.leg: each.reason.slug for each in carried.plan.unserved}
    assert {reasons[leg] for leg in legs_named((asked,), longer)} == {"not-planned-yet"}
    assert carried.plan.rounds == plan.rounds
    assert verify_plan(priced(carried.plan, matrix), matrix) == ()


@given(days())
@settings(max_examples=20)
def test_a_day_nobody_planned_leaves_everybody_out_and_is_sound(day: Day) -> None:
    scenario, matrix, _ = day

    plan = unplanned(scenario)

    assert [each.leg for each in plan.unserved] == [leg.id for leg in legs_of(scenario)]
    assert verify_plan(priced(plan, matrix), matrix) == ()
