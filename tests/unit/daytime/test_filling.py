from dataclasses import replace
from datetime import date

import pytest

from tests.daytime_makers import EVENT, FLEXIBLE, LEA, flexible, quiet_day, training, workshop
from tests.filled_days import planned_day, priced
from tests.makers import (
    ANNE_OUT,
    BOURG,
    CENTRE,
    MINIBUS,
    OPEN,
    WITH_DRIVER,
    at,
    five_legs_matrix,
    window,
)
from tus_dispatch.domain.fleet import ProtectedSlot, SlotKind
from tus_dispatch.domain.plan import Plan, Promise, StopKind
from tus_dispatch.domain.units import BookingId, LegId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.daytime.asking import bookings_of
from tus_dispatch.planning.daytime.choice import Filled, limits_of
from tus_dispatch.planning.daytime.fill import fill, settled
from tus_dispatch.planning.daytime.flexible import confirmed, propose, unconfirmed
from tus_dispatch.planning.daytime.frozen import frozen, kept_windows, restored
from tus_dispatch.planning.daytime.protected import place_slots
from tus_dispatch.planning.daytime.why_not import left_out
from tus_dispatch.planning.encode import leg_times
from tus_dispatch.verify.daytime.filled import verify_filled
from tus_dispatch.verify.plan import verify_plan

MATRIX = five_legs_matrix()


def filled(plan: Plan) -> Filled:
    return fill(frozen(plan), MATRIX, limits_of(plan))


def after(plan: Plan) -> Plan:
    return priced(restored(filled(plan).plan, plan), MATRIX)


def test_a_flexible_booking_goes_to_a_driver_who_has_nothing_to_do() -> None:
    plan = quiet_day(bookings=(flexible(),))

    found = filled(plan)

    (proposal,) = found.proposals
    out, back = proposal.offer.legs
    # The minibus passes the village on its way out, and the car brings her back from the
    # centre and returns: 2 * 15 km.
    assert (out.shift, out.marginal_m) == (WITH_DRIVER, 0)
    assert (back.shift, back.marginal_m) == (OPEN, 30_000)
    # Both sign on later, by 2 and 5 minutes: pickups may move by five. 30 euros for two
    # legs, less 30 km at 30 cents, more 7 minutes at 30 cents.
    assert proposal.offer.marginal_duty_s == -420
    assert proposal.net == (3000 - 30 * 30 + 7 * 30) * 1000
    assert verify_plan(after(plan), MATRIX) == ()
    assert verify_filled(plan, after(plan)) == ()


def test_nothing_comes_in_that_costs_as_much_as_it_is_worth() -> None:
    plan = quiet_day(bookings=(replace(flexible(), value_eur_cents=345),))

    found = filled(plan)

    # Two legs at 3.45 euros are worth the 6.90 euros they cost, and not a cent more.
    assert found.proposals == ()
    (waiting,) = left_out(found.plan, MATRIX, limits_of(plan))
    assert waiting.reason.slug == "price"


def test_a_promise_narrows_what_filling_may_move() -> None:
    told = TimeWindow(at("08:10"), at("08:13"))
    plan = replace(quiet_day(), promises=(Promise(ANNE_OUT, told),))

    kept = {each.leg: each.pickup_window for each in kept_windows(plan)}

    # Planned 08:12, five minutes either way, but promised from 08:10 to 08:13.
    assert kept[ANNE_OUT] == told
    assert len(kept) == len(leg_times(plan))


def test_a_frozen_day_ends_its_shifts_where_they_end_now() -> None:
    plan = quiet_day()

    narrow = frozen(plan).scenario

    # The minibus signs off at 11:49, the car at 13:23.
    ends = {shift.id: shift.end for shift in narrow.shifts}
    assert ends == {
        WITH_DRIVER: TimeWindow(at("11:49"), at("11:49")),
        OPEN: TimeWindow(at("13:23"), at("13:23")),
    }


def test_a_day_that_does_not_suit_is_told_so() -> None:
    plan = quiet_day(bookings=(replace(flexible(), dates=(date(2026, 3, 11),)),))

    found = filled(plan)

    assert found.proposals == ()
    (waiting,) = left_out(found.plan, MATRIX, limits_of(plan))
    assert (waiting.reason.code, waiting.reason.slug) == ("TUS-3301", "other-day")


def test_the_planner_proposes_the_day_that_is_worth_most() -> None:
    plan = quiet_day(bookings=(flexible(),))
    tomorrow = replace(plan.scenario.day, date=date(2026, 3, 11))
    # On the other day the car does not go out, so the way from the garage is longer.
    other = replace(
        plan,
        scenario=replace(plan.scenario, day=tomorrow),
        rounds=plan.rounds[:1],
    )

    found = propose([(other, MATRIX), (plan, MATRIX)], flexible())

    assert found[0].date == date(2026, 3, 10)
    assert [each.proposal.source for each in found] == [FLEXIBLE] * len(found)


def test_a_confirmed_proposal_is_a_promise_that_filling_again_keeps() -> None:
    plan = after(quiet_day(bookings=(flexible(),)))
    assert list(unconfirmed(plan)) == [FLEXIBLE]

    told = confirmed(plan, [FLEXIBLE])

    times = leg_times(plan)
    assert list(unconfirmed(told)) == []
    assert {each.leg for each in told.promises} == {LegId("F1:out"), LegId("F1:ret")}
    assert all(
        each.pickup_window.earliest_s <= times[each.leg].pickup_s <= each.pickup_window.latest_s
        for each in told.promises
    )
    assert verify_plan(told, MATRIX) == ()


def test_only_what_the_plan_serves_can_be_confirmed() -> None:
    with pytest.raises(LookupError, match="F9"):
        confirmed(quiet_day(bookings=(flexible(),)), [BookingId("F9")])


def test_an_event_collects_people_up_to_its_capacity() -> None:
    plan = quiet_day(events=(workshop(),))

    whole = after(plan)

    times = leg_times(whole)
    coming = {leg.rpartition(":")[0] for leg in times if leg.startswith(EVENT)}
    assert len(coming) == 2
    for name in coming:
        # One minute to get out before ten, nobody fetched before half past.
        assert times[LegId(f"{name}:out")].dropoff_s <= at("09:59")
        assert times[LegId(f"{name}:ret")].pickup_s >= at("10:30")
    assert verify_plan(whole, MATRIX) == ()
    assert verify_filled(plan, whole) == ()


def test_a_group_may_be_worth_a_drive_that_one_person_is_not() -> None:
    # Centre to mill and back is 20 km, less 5 paid minutes: 4.50 euros. One person there
    # and back is worth 4 euros, the second rides along for nothing.
    cheap = replace(workshop(), value_eur_cents=200)

    found = filled(quiet_day(events=(cheap,)))

    assert [each.source for each in found.proposals] == [EVENT, EVENT]
    assert found.proposals[0].net < 0 < found.net


def test_training_goes_where_a_driver_has_nothing_to_do_and_is_hard_then() -> None:
    plan = quiet_day(targets=(training(),))

    found = place_slots(frozen(plan), MATRIX, limits_of(plan))

    (placed,) = found.placed
    window_s = placed.slot.window
    # Between Basile's arrival at 09:29 and his return at 11:00.
    assert at("09:29") <= window_s.earliest_s
    assert window_s.latest_s <= at("11:05")
    assert found.missing == ()
    whole = priced(restored(found.plan, plan), MATRIX)
    assert whole.scenario.driver(LEA).protected_slots == (placed.slot,)
    assert any(stop.kind is StopKind.PROTECTED for each in whole.rounds for stop in each.stops)
    assert verify_plan(whole, MATRIX) == ()
    assert verify_filled(plan, whole) == ()


def test_training_that_finds_no_room_is_said_to_be_missing() -> None:
    long = replace(training(), target_s=5 * 3600, lengths_s=(5 * 3600,))

    plan = quiet_day(targets=(long,))

    found = place_slots(frozen(plan), MATRIX, limits_of(plan))

    assert found.placed == ()
    assert [each.missing_s for each in found.missing] == [5 * 3600]


def test_slots_a_driver_has_count_for_the_target() -> None:
    plan = quiet_day(targets=(training(),))
    slot = ProtectedSlot(window("06:00", "06:30"), SlotKind.TRAINING)
    drivers = tuple(replace(each, protected_slots=(slot,)) for each in plan.scenario.drivers)

    trained = replace(plan, scenario=replace(plan.scenario, drivers=drivers))

    found = place_slots(frozen(trained), MATRIX, limits_of(trained))

    assert (found.placed, found.missing) == ((), ())


def test_whoever_goes_on_by_train_is_at_the_hub_before_the_last_departure() -> None:
    plan = quiet_day()
    places = tuple(
        replace(each, last_departure_s=at("11:00")) if each.id == CENTRE else each
        for each in plan.scenario.places
    )
    scenario = replace(plan.scenario, places=places)

    asked = list(bookings_of(replace(flexible(), one_way=True), scenario))

    # A quarter of an hour for changing and a minute to get out: 10:44 at the latest.
    latest = max(
        each.outward.dropoff_window.latest_s
        for each in asked
        if each.outward and each.outward.dropoff_window
    )
    assert latest == at("10:44")
    assert all(each.return_leg is None for each in asked)


def test_times_of_proposals_are_those_of_the_plan_in_the_end() -> None:
    plan = quiet_day(bookings=(flexible(),), events=(workshop(),))
    found = filled(plan)
    whole = after(plan)

    done = settled(found.proposals, whole)

    times = leg_times(whole)
    assert {(leg.leg, leg.pickup_s, leg.dropoff_s) for each in done for leg in each.offer.legs} == {
        (leg, times[leg].pickup_s, times[leg].dropoff_s)
        for leg in times
        if leg.startswith((EVENT, FLEXIBLE))
    }


def test_an_unused_shift_without_a_driver_is_not_opened_for_optional_trips() -> None:
    plan = quiet_day(bookings=(flexible(),))
    without_car = replace(plan, rounds=plan.rounds[:1])

    narrow = frozen(without_car).scenario

    assert [shift.id for shift in narrow.shifts] == [WITH_DRIVER]
    assert {shift.vehicle for shift in narrow.shifts} == {MINIBUS}
    assert BOURG in {place.id for place in narrow.places}


def test_whoever_the_law_does_not_let_travel_is_left_out_with_its_reason() -> None:
    plan, matrix = planned_day("somme_vallees", 2)
    asked = next(each for each in plan.scenario.flexible_bookings if each.id == "F04")
    people = tuple(
        replace(each, eligibility=None) if each.id == asked.participant else each
        for each in plan.scenario.participants
    )
    scenario = replace(
        plan.scenario, participants=people, flexible_bookings=(asked,), group_events=()
    )
    unchecked = replace(plan, scenario=scenario)
    checked = replace(
        unchecked, scenario=replace(scenario, participants=plan.scenario.participants)
    )

    found = fill(frozen(unchecked), matrix, limits_of(unchecked))

    assert found.proposals == ()
    (waiting,) = left_out(found.plan, matrix, limits_of(unchecked))
    assert waiting.reason.code == "TUS-2001"
    lawful = fill(frozen(checked), matrix, limits_of(checked))
    assert [each.source for each in lawful.proposals] == ["F04"]
