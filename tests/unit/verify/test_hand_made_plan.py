from dataclasses import replace

import pytest

from tests.makers import (
    ANNE_OUT,
    ANNE_RET,
    BASILE_OUT,
    BASILE_RET,
    BOURG,
    CHLOE_OUT,
    MINIBUS,
    OPEN,
    WITH_DRIVER,
    at,
    five_legs,
    five_legs_matrix,
    five_legs_plan,
    window,
)
from tests.second_judge import find_fault
from tests.spoil_edits import (
    edit_driver,
    edit_participant,
    edit_request,
    edit_scenario,
    edit_shift,
    edit_stop,
    edit_vehicle,
    repriced,
    served,
)
from tus_dispatch.domain.demand import Pin
from tus_dispatch.domain.fleet import (
    Absence,
    AbsenceReason,
    BreakRule,
    ProtectedSlot,
    SlotKind,
)
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Promise, StopKind, Unserved
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.units import DriverId, LegId, ParticipantId, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.verify.plan import verify_plan

LEA = DriverId("lea")


def broken_rules(plan: Plan) -> list[tuple[str, str, int]]:
    return [(v.rule, v.where, v.by) for v in verify_plan(plan, five_legs_matrix())]


def with_request(leg_id: LegId, **changes: object) -> Plan:
    plan = five_legs_plan()
    leg = next(leg for leg in legs_of(plan.scenario) if leg.id == leg_id)
    return edit_request(plan, leg, **changes)


def test_the_hand_made_plan_keeps_every_rule() -> None:
    assert verify_plan(five_legs_plan(), five_legs_matrix()) == ()


def test_the_second_judge_says_so_too() -> None:
    assert find_fault(five_legs_plan(), five_legs_matrix()) is None


def test_an_empty_day_is_sound() -> None:
    scenario = replace(five_legs(), bookings=())

    assert verify_plan(Plan(scenario, ()), five_legs_matrix()) == ()


def test_a_required_leg_with_a_reason_may_be_left_out_at_its_price() -> None:
    plan = five_legs_plan()
    booking = plan.scenario.bookings[2]
    # Priority 40 makes leaving it out 1.4 times as dear as the 1 000 000 000 of the weights.
    scenario = replace(plan.scenario, bookings=(replace(booking, priority=40),))
    out = Unserved(CHLOE_OUT, reason_for("several-limits"))
    plan = Plan(scenario, (), (out,))

    assert broken_rules(plan) == [
        ("false-cost", "plan", 1_400_000_000),
        ("false-cost", "plan", 1_400_000_000),
    ]
    assert broken_rules(replace(plan, cost=replace(plan.cost, unserved=1_400_000_000))) == []


def test_an_optional_leg_is_left_out_at_its_own_price() -> None:
    booking = replace(five_legs().bookings[2], price_eur_cents=250, priority=40)
    scenario = replace(five_legs(), bookings=(booking,))
    plan = Plan(scenario, (), (Unserved(CHLOE_OUT, reason_for("price")),))

    # 2.50 euro is 250 cents of 1000 thousandths each.
    assert broken_rules(replace(plan, cost=replace(plan.cost, unserved=250_000))) == []


@pytest.mark.parametrize(
    ("limit_s", "by"),
    # Chloé rides from 08:07 to 08:24.
    [(17 * 60, 0), (17 * 60 - 1, 1)],
)
def test_a_ride_may_last_as_long_as_its_limit(limit_s: int, by: int) -> None:
    expected = [("ride-limit", "voiture-journee/3", by)] if by else []

    assert broken_rules(with_request(CHLOE_OUT, max_ride_s=limit_s)) == expected


def test_service_may_start_at_either_end_of_its_window() -> None:
    assert broken_rules(with_request(CHLOE_OUT, pickup_window=window("08:05", "08:06"))) == []
    assert broken_rules(with_request(CHLOE_OUT, pickup_window=window("08:00", "08:05"))) == []
    assert broken_rules(with_request(CHLOE_OUT, pickup_window=window("08:06", "08:07"))) == [
        ("time-window", "voiture-journee/1", 60)
    ]


def test_a_window_missed_by_a_second_does_not_read_as_if_it_were_met() -> None:
    late = TimeWindow(at("08:00"), at("08:05") - 1)

    (violation,) = verify_plan(with_request(CHLOE_OUT, pickup_window=late), five_legs_matrix())

    assert violation.sentence == (
        "Trajet R3:out : prise en charge à 08:05, en dehors du créneau 08:00–08:04:59."
    )


def test_either_of_two_people_may_refuse_the_other() -> None:
    plan = five_legs_plan()

    for one, other in (("P1", "P3"), ("P3", "P1")):
        apart = edit_participant(plan, ParticipantId(one), never_with=(ParticipantId(other),))
        assert broken_rules(apart) == [("incompatibility", "voiture-journee/2", 1)]


def test_a_feature_of_the_vehicle_serves_as_well_as_a_qualification() -> None:
    plan = five_legs_plan()
    unskilled = edit_driver(plan, LEA, qualifications=())
    equipped = edit_vehicle(unskilled, MINIBUS, features=("wheelchair",))

    assert {rule for rule, *_ in broken_rules(unskilled)} == {"qualification"}
    assert broken_rules(equipped) == []


def test_a_duty_as_long_as_the_rule_allows_needs_no_break() -> None:
    plan = five_legs_plan()
    # The minibus is out from 08:40 to 11:49, 189 minutes.
    exact = edit_shift(plan, WITH_DRIVER, break_rule=BreakRule(600, 189 * 60))
    shorter = edit_shift(plan, WITH_DRIVER, break_rule=BreakRule(600, 189 * 60 - 1))

    assert broken_rules(exact) == []
    assert broken_rules(shorter) == [("break-missing", WITH_DRIVER, 1)]


@pytest.mark.parametrize(
    ("rule", "by"),
    [
        # The break starts at 11:30, three and a half hours after signing on.
        (BreakRule(1200, 210 * 60), 0),
        (BreakRule(1200, 210 * 60 - 1), 1),
        (BreakRule(1200, 240 * 60, window("11:30", "12:00")), 0),
        (BreakRule(1200, 240 * 60, window("11:31", "12:00")), 60),
        (BreakRule(1200, 240 * 60, window("11:00", "11:29")), 60),
        # At any time, because every duty needs one.
        (BreakRule(1200, 0), 0),
        (BreakRule(1200, 0, window("09:00", "11:00")), 1800),
    ],
)
def test_a_needed_break_is_taken_in_time(rule: BreakRule, by: int) -> None:
    plan = edit_shift(five_legs_plan(), OPEN, break_rule=rule)

    assert broken_rules(plan) == ([("break-time", OPEN, by)] if by else [])


def test_a_break_too_short_is_none() -> None:
    plan = edit_shift(five_legs_plan(), OPEN, break_rule=BreakRule(1201, 240 * 60))

    assert broken_rules(plan) == [
        ("service-time", "voiture-journee/5", 1),
        ("break-missing", OPEN, 1),
    ]


def test_a_slot_touching_the_duty_is_free() -> None:
    plan = five_legs_plan()
    before = ProtectedSlot(window("08:00", "08:40"), SlotKind.TRAINING)
    after = ProtectedSlot(window("11:49", "14:00"), SlotKind.TRAINING)

    assert broken_rules(edit_driver(plan, LEA, protected_slots=(before, after))) == []


def test_a_slot_is_kept_by_a_stop_that_covers_it() -> None:
    plan = five_legs_plan()
    slot = ProtectedSlot(window("09:30", "10:00"), SlotKind.TRAINING)
    busy = edit_driver(plan, LEA, protected_slots=(slot,))
    # Between 09:29 and 11:00 the minibus stands at the centre with nobody aboard.
    number, index = 0, 3
    pickup = busy.rounds[number].stops[index]
    pause = replace(
        pickup,
        kind=StopKind.PROTECTED,
        leg=None,
        start_s=at("09:30"),
        departure_s=at("10:00"),
        load=busy.rounds[number].stops[index - 1].load,
    )
    stops = busy.rounds[number].stops
    kept = replace(
        busy,
        rounds=(
            replace(
                busy.rounds[0],
                stops=(
                    *stops[:index],
                    pause,
                    replace(pickup, arrival_s=at("10:00")),
                    *stops[index + 1 :],
                ),
            ),
            busy.rounds[1],
        ),
    )
    elsewhere = edit_driver(kept, LEA, protected_slots=(replace(slot, place=BOURG),))

    assert broken_rules(busy) == [("protected-slot", WITH_DRIVER, 1800)]
    assert broken_rules(kept) == []
    assert broken_rules(elsewhere) == [("protected-slot", WITH_DRIVER, 1800)]


def test_an_absent_vehicle_counts_only_what_overlaps_the_duty() -> None:
    # The duty ends at 11:49, so 19 minutes of the absence matter.
    absence = Absence(window("11:30", "15:00"), AbsenceReason.WORKSHOP)

    plan = edit_vehicle(five_legs_plan(), MINIBUS, absences=(absence,))

    assert broken_rules(plan) == [("absence", WITH_DRIVER, 19 * 60)]


def test_the_range_is_the_last_metre_that_may_be_driven() -> None:
    assert broken_rules(edit_vehicle(five_legs_plan(), MINIBUS, range_m=80_000)) == []
    assert broken_rules(edit_vehicle(five_legs_plan(), MINIBUS, range_m=79_999)) == [
        ("range", WITH_DRIVER, 1)
    ]


def test_a_pin_holds_within_its_tolerance() -> None:
    # Chloé is picked up at 08:05.
    near = Pin(OPEN, at("08:03"), 120)
    far = Pin(OPEN, at("08:03"), 119)

    assert broken_rules(with_request(CHLOE_OUT, pin=near)) == []
    assert broken_rules(with_request(CHLOE_OUT, pin=far)) == [("pin", CHLOE_OUT, 1)]


def test_a_pinned_or_promised_leg_may_be_left_out_with_its_reason() -> None:
    plan = with_request(CHLOE_OUT, pin=Pin(ShiftId("minibus-matin"), at("08:00")))
    alone = replace(plan.scenario, bookings=(plan.scenario.bookings[2],))
    out = Plan(
        alone,
        (),
        (Unserved(CHLOE_OUT, reason_for("pin")),),
        (Promise(CHLOE_OUT, window("08:00", "08:10")),),
    )

    assert broken_rules(repriced(out, five_legs_matrix())) == []


def test_a_promise_is_kept_to_the_second() -> None:
    plan = five_legs_plan()
    kept = replace(plan, promises=(Promise(CHLOE_OUT, window("08:05", "08:05")),))
    late = replace(plan, promises=(Promise(CHLOE_OUT, TimeWindow(0, at("08:05") - 1)),))

    assert broken_rules(kept) == []
    assert broken_rules(late) == [("promise", CHLOE_OUT, 1)]


def test_waiting_aboard_is_priced_per_leg_aboard_and_limited() -> None:
    """Chloé and Anne wait a minute before Chloé gets out, as if the door were closed."""
    plan = five_legs_plan()
    arrival_s, later = at("08:24"), 60
    for index in range(3, 9):
        stop = plan.rounds[1].stops[index]
        moved = {"departure_s": stop.departure_s, "arrival_s": stop.arrival_s}
        if index == 3:
            moved = {"start_s": arrival_s + later, "departure_s": stop.departure_s + later}
        elif index == 4:
            moved = {
                name: getattr(stop, name) + later
                for name in ("arrival_s", "start_s", "departure_s")
            }
        elif index == 5:
            moved = {"arrival_s": stop.arrival_s + later}
        plan = edit_stop(plan, 1, index, **moved)
    wait = 2 * 60 * 150
    cost = plan.cost
    # Two minutes more aboard in all, two minutes less early.
    cost = replace(
        cost,
        wait_aboard=wait,
        excess_ride=cost.excess_ride + 120 * 150,
        early=cost.early - 120 * 50,
    )
    priced = replace(plan, cost=cost)
    hasty = edit_scenario(priced, policy=replace(plan.scenario.policy, max_wait_aboard_s=59))

    assert broken_rules(priced) == []
    assert broken_rules(hasty) == [("wait-aboard", "voiture-journee/3", 1)]


def test_every_leg_of_the_hand_made_plan_is_served_where_it_is_said() -> None:
    assert {one.leg.id: one.round_index for one in served(five_legs_plan())} == {
        BASILE_OUT: 0,
        BASILE_RET: 0,
        CHLOE_OUT: 1,
        ANNE_OUT: 1,
        ANNE_RET: 1,
    }
