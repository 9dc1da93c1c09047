"""Where a rule ends: the last second that is allowed, and nonsense that must not crash."""

from dataclasses import replace

import numpy as np
import pytest

from tests.makers import (
    ANNE_RET,
    BASILE_OUT,
    BOURG,
    CAR,
    CENTRE,
    CHLOE_OUT,
    OPEN,
    WITH_DRIVER,
    at,
    five_legs_matrix,
    five_legs_plan,
    window,
)
from tests.spoil_edits import (
    edit_driver,
    edit_request,
    edit_round,
    edit_scenario,
    edit_shift,
    edit_stop,
    edit_vehicle,
    insert_stop,
)
from tus_dispatch.domain.demand import Load
from tus_dispatch.domain.fleet import BreakRule, Configuration, ProtectedSlot, SlotKind
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, StopKind, Unserved
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.travel import UNREACHABLE, TravelMatrix
from tus_dispatch.domain.units import DriverId, LegId, ShiftId
from tus_dispatch.verify.plan import verify_plan


def broken_rules(plan: Plan) -> list[tuple[str, str, int]]:
    return [(v.rule, v.where, v.by) for v in verify_plan(plan, five_legs_matrix())]


def with_request(leg_id: LegId, **changes: object) -> Plan:
    plan = five_legs_plan()
    leg = next(leg for leg in legs_of(plan.scenario) if leg.id == leg_id)
    return edit_request(plan, leg, **changes)


def test_a_return_may_start_when_the_outward_ends() -> None:
    # Basile gets out from 09:25 on; if it took until 11:00, the return is just in time.
    exact = with_request(BASILE_OUT, alighting_s=95 * 60)
    longer = with_request(BASILE_OUT, alighting_s=95 * 60 + 1)

    assert {rule for rule, *_ in broken_rules(exact)} == {"service-time"}
    assert ("return-first", "R2:ret", 1) in broken_rules(longer)


def test_lateness_is_priced_by_the_second() -> None:
    # Anne asked for 12:59 and is picked up at 13:00: 60 s at 50.
    plan = with_request(ANNE_RET, not_before_s=at("12:59"))

    assert broken_rules(plan) == [("false-cost", "plan", 3000), ("false-cost", "plan", 3000)]


def test_a_slot_at_another_hour_is_no_reason_for_a_pause() -> None:
    slot = ProtectedSlot(window("14:00", "15:00"), SlotKind.TRAINING)
    plan = edit_driver(five_legs_plan(), DriverId("lea"), protected_slots=(slot,))
    waiting = plan.rounds[0].stops[2]
    pause = replace(
        waiting,
        kind=StopKind.PROTECTED,
        leg=None,
        arrival_s=at("09:29"),
        start_s=at("09:29"),
        departure_s=at("09:29"),
        drive_s=0,
        drive_m=0,
    )

    assert broken_rules(insert_stop(plan, 0, 3, pause)) == [("false-pause", "minibus-matin/3", 1)]


def test_a_ride_without_a_direct_road_has_no_limit_to_keep() -> None:
    plan, matrix = five_legs_plan(), five_legs_matrix()
    # Chloé rides from the bourg by the mill to the centre; only the direct road is cut.
    cut = (matrix.index(BOURG), matrix.index(CENTRE))
    tables = [np.array(table) for table in (matrix.seconds, matrix.metres)]
    for table in tables:
        table[cut] = UNREACHABLE
    without_road = TravelMatrix(matrix.place_ids, tables[0], tables[1], "matrix")
    own_limit = with_request(CHLOE_OUT, max_ride_s=3600)

    assert next((v.rule, v.where) for v in verify_plan(plan, without_road)) == (
        "unreachable",
        "voiture-journee/3",
    )
    assert "unreachable" not in {v.rule for v in verify_plan(own_limit, without_road)}


@pytest.mark.parametrize(("relaxation", "n"), [(None, 0), ("ride-limit", 0), ("magic", 1)])
def test_a_relaxation_is_one_of_the_register(relaxation: str | None, n: int) -> None:
    alone = replace(five_legs_plan().scenario, bookings=five_legs_plan().scenario.bookings[2:])
    out = Unserved(CHLOE_OUT, reason_for("ride-limit"), relaxation)
    plan = Plan(alone, (), (out,))

    assert [rule for rule, *_ in broken_rules(plan)].count("unknown-reference") == n


def test_one_break_in_time_is_enough() -> None:
    plan = five_legs_plan()
    late = plan.rounds[1].stops[5]
    early = replace(late, start_s=late.arrival_s, departure_s=late.arrival_s + 1200)
    late = replace(late, arrival_s=early.departure_s)
    twice = edit_round(
        plan, 1, stops=(*plan.rounds[1].stops[:5], early, late, *plan.rounds[1].stops[6:])
    )
    # Only the break at 08:26 starts within an hour of signing on at 08:00.
    strict = edit_shift(twice, OPEN, break_rule=BreakRule(1200, 3600))

    assert broken_rules(strict) == []


def test_a_forged_drive_is_off_by_its_seconds_or_else_its_metres() -> None:
    plan = five_legs_plan()
    stop = plan.rounds[0].stops[1]
    metres = edit_stop(plan, 0, 1, drive_m=stop.drive_m - 7)
    seconds = edit_stop(plan, 0, 1, drive_s=stop.drive_s + 3, drive_m=stop.drive_m - 7)

    assert broken_rules(metres) == [("false-drive", "minibus-matin/1", 7)]
    assert broken_rules(seconds) == [("false-drive", "minibus-matin/1", 3)]


def test_missing_places_and_forged_loads_are_counted() -> None:
    plan = five_legs_plan()
    # Anne and Chloé sit in the car together.
    one_seat = edit_vehicle(plan, CAR, configurations=(Configuration(seats=1),))
    none = edit_vehicle(plan, CAR, configurations=(Configuration(seats=0),))
    forged = edit_stop(plan, 0, 1, load=Load(seats=2, wheelchairs=1, child_seats=1))

    assert broken_rules(one_seat) == [("capacity", "voiture-journee/2", 1)]
    assert broken_rules(none)[1] == ("capacity", "voiture-journee/2", 2)
    assert broken_rules(forged) == [("false-load", "minibus-matin/1", 3)]


@pytest.mark.parametrize("index", [0, -1])
def test_a_round_has_one_start_and_one_end(index: int) -> None:
    stops = five_legs_plan().rounds[0].stops
    doubled = (stops[0], *stops) if index == 0 else (*stops, stops[-1])

    plan = edit_round(five_legs_plan(), 0, stops=doubled)

    assert [found for found in broken_rules(plan) if found[0] == "round-shape"] == [
        ("round-shape", WITH_DRIVER, 1)
    ]


def test_a_shift_with_three_rounds_has_two_too_many() -> None:
    plan = five_legs_plan()
    plan = replace(plan, rounds=(*plan.rounds, plan.rounds[0], plan.rounds[0]))

    assert ("shift-twice", WITH_DRIVER, 2) in broken_rules(plan)


def test_two_rounds_of_one_vehicle_overlap_by_what_they_share() -> None:
    plan = edit_shift(five_legs_plan(), WITH_DRIVER, vehicle=CAR)
    shared = edit_round(plan, 0, vehicle=CAR, configuration=0)
    # 08:40 to 11:49 lies within 08:00 to 13:23.
    assert ("vehicle-twice", WITH_DRIVER, 189 * 60) in broken_rules(shared)


def test_rounds_that_follow_each_other_may_share_a_vehicle() -> None:
    plan = five_legs_plan()
    # The car leaves at 08:00; the minibus is told to have come home just then.
    early = [
        replace(
            stop,
            arrival_s=stop.arrival_s - 229 * 60,
            start_s=stop.start_s - 229 * 60,
            departure_s=stop.departure_s - 229 * 60,
        )
        for stop in plan.rounds[0].stops
    ]
    assert early[-1].departure_s == at("08:00")
    shared = edit_round(plan, 0, vehicle=CAR, stops=tuple(early))

    assert "vehicle-twice" not in {rule for rule, *_ in broken_rules(shared)}


@pytest.mark.parametrize(("start_s", "by"), [(-1, 1), (86_401, 1), (90_000, 3600)])
def test_the_day_ends_where_it_ends(start_s: int, by: int) -> None:
    plan = edit_stop(five_legs_plan(), 0, 5, start_s=start_s)

    assert ("day-bounds", "minibus-matin/5", by) in broken_rules(plan)


def test_the_first_and_the_last_second_belong_to_the_day() -> None:
    plan = edit_stop(five_legs_plan(), 0, 0, start_s=0, arrival_s=0)
    plan = edit_stop(plan, 0, 5, start_s=86_400, departure_s=86_400)

    assert "day-bounds" not in {rule for rule, *_ in broken_rules(plan)}


def test_a_place_must_be_known_to_the_day_and_to_the_travel_times() -> None:
    plan = five_legs_plan()
    places = tuple(place for place in plan.scenario.places if place.id != BOURG)
    strange = edit_scenario(plan, places=places)
    n = len(five_legs_matrix().place_ids) - 1
    smaller = TravelMatrix(
        place_ids=five_legs_matrix().place_ids[:n],
        seconds=five_legs_matrix().seconds[:n, :n].copy(),
        metres=five_legs_matrix().metres[:n, :n].copy(),
        source="matrix",
    )

    assert broken_rules(strange) == [("unknown-reference", "voiture-journee/1", 1)]
    # The hamlet is the last place; two stops of the minibus are there.
    assert [v.where for v in verify_plan(plan, smaller) if v.rule == "unknown-reference"] == [
        "minibus-matin/1",
        "minibus-matin/4",
    ]


def test_a_plan_of_nonsense_is_judged_without_an_exception() -> None:
    plan = five_legs_plan()
    nonsense = replace(
        plan,
        rounds=(
            replace(plan.rounds[0], stops=()),
            replace(plan.rounds[1], shift=ShiftId("rien"), configuration=-3),
            replace(
                plan.rounds[1],
                stops=tuple(
                    replace(
                        stop, arrival_s=10**15, start_s=-(10**15), departure_s=10**15, drive_s=-5
                    )
                    for stop in plan.rounds[1].stops
                ),
            ),
        ),
    )

    assert {"round-shape", "unknown-reference", "day-bounds", "leg-missing"} <= {
        rule for rule, *_ in broken_rules(nonsense)
    }
