"""A run sheet says what a driver needs, stop by stop."""

from dataclasses import replace

import pytest

from tests.makers import (
    CENTRE,
    GARAGE,
    MINIBUS,
    at,
    five_legs,
    five_legs_plan,
    stop,
    window,
)
from tus_dispatch.domain.demand import Load
from tus_dispatch.domain.fleet import Absence, AbsenceReason, ProtectedSlot, SlotKind
from tus_dispatch.domain.place import LatLon
from tus_dispatch.domain.plan import Plan, Provenance, StopKind
from tus_dispatch.domain.run_sheet import Need, SheetLine
from tus_dispatch.planning.run_sheet import run_sheet, run_sheets


def test_each_round_gets_a_sheet_in_the_order_of_the_plan() -> None:
    assert [sheet.shift for sheet in run_sheets(five_legs_plan())] == [
        "minibus-matin",
        "voiture-journee",
    ]


def test_the_heading_names_day_driver_vehicle_and_figures() -> None:
    plan = five_legs_plan()

    sheet = run_sheet(plan, plan.rounds[0])

    assert (sheet.driver, sheet.vehicle, sheet.configuration) == (
        "Léa L.",
        "Minibus",
        "5 places + 1 fauteuil",
    )
    # 30 + 10 + 0 + 10 + 30 km; Basile rides there and back and is one person.
    assert (sheet.sign_on, sheet.sign_off, sheet.total_km, sheet.n_people) == (
        "08:40",
        "11:49",
        80.0,
        1,
    )


def test_a_pickup_says_who_where_what_to_prepare_and_whom_to_call() -> None:
    plan = five_legs_plan()
    start_at = plan.scenario.day.start_at

    basile = run_sheet(plan, plan.rounds[0]).lines[1]
    anne = run_sheet(plan, plan.rounds[1]).lines[2]

    assert basile == SheetLine(
        kind=StopKind.PICKUP,
        at=start_at + at("09:10"),
        until_at=start_at + at("09:15"),
        clock="09:10",
        person="Basile B.",
        party_size=1,
        place_name="Le Hameau",
        address="30 route de la Vallée",
        point=LatLon(lat=46.74, lon=2.6),
        phone=None,
        needs=(Need.WHEELCHAIR, Need.HELP),
        note="Sonner deux fois.",
        aboard=1,
        stop_id="R2:out/pickup",
    )
    # Chloé is aboard already when Anne gets in.
    assert (anne.person, anne.phone, anne.aboard) == ("Anne A.", "01 99 00 00 11", 2)


def test_the_number_to_call_stands_at_the_pickup_only() -> None:
    plan = five_legs_plan()

    lines = [line for sheet in run_sheets(plan) for line in sheet.lines]

    assert {line.kind for line in lines if line.phone} == {StopKind.PICKUP}


def test_a_party_counts_companions_and_says_what_they_need() -> None:
    plan = five_legs_plan()
    scenario = plan.scenario
    participants = tuple(
        replace(each, companions=1, child_seats=1) if each.id == "P3" else each
        for each in scenario.participants
    )
    plan = replace(plan, scenario=replace(scenario, participants=participants))

    chloe = run_sheet(plan, plan.rounds[1]).lines[1]

    assert (chloe.party_size, chloe.needs) == (2, (Need.COMPANION, Need.CHILD_SEAT))


def test_an_open_shift_leaves_the_name_blank() -> None:
    plan = five_legs_plan()

    assert run_sheet(plan, plan.rounds[1]).driver == ""


def test_a_person_without_a_name_goes_by_identity() -> None:
    plan = five_legs_plan()
    scenario = plan.scenario
    participants = tuple(
        replace(each, first_name="", last_name="") for each in scenario.participants
    )
    plan = replace(plan, scenario=replace(scenario, participants=participants))

    assert run_sheet(plan, plan.rounds[0]).lines[1].person == "P2"


def test_every_action_of_a_day_has_an_identity_of_its_own() -> None:
    plan = _with_pauses()

    stop_ids = [line.stop_id for sheet in run_sheets(plan) for line in sheet.lines]

    assert len(set(stop_ids)) == len(stop_ids)
    assert {"minibus-matin/start", "minibus-matin/protected/1", "minibus-matin/protected/2"} <= set(
        stop_ids
    )


def test_a_protected_slot_and_an_absence_say_what_they_are_for() -> None:
    plan = _with_pauses()

    occupations = [
        line.occupation for line in run_sheet(plan, plan.rounds[0]).lines if line.occupation
    ]

    assert occupations == [SlotKind.TRAINING, SlotKind.ACCOMPANIMENT, AbsenceReason.WORKSHOP]


@pytest.mark.parametrize(("source", "estimated"), [("estimate", True), ("roads", False)])
def test_a_sheet_knows_whether_its_times_are_estimated(source: str, estimated: bool) -> None:
    plan = five_legs_plan()
    made = Provenance("first", "1", 1, 1, "0" * 64, source)

    assert run_sheet(replace(plan, provenance=made), plan.rounds[0]).estimated is estimated


def _with_pauses() -> Plan:
    """Return the plan with two protected slots of the driver and a workshop visit at the end."""
    scenario = five_legs()
    slots = (
        ProtectedSlot(window("09:40", "10:00"), SlotKind.TRAINING, CENTRE),
        ProtectedSlot(window("10:00", "10:30"), SlotKind.ACCOMPANIMENT, CENTRE),
    )
    drivers = tuple(replace(each, protected_slots=slots) for each in scenario.drivers)
    visit = Absence(window("12:00", "12:30"), AbsenceReason.WORKSHOP)
    vehicles = tuple(
        replace(each, absences=(visit,)) if each.id == MINIBUS else each
        for each in scenario.vehicles
    )
    plan = five_legs_plan()
    minibus, car = plan.rounds
    stops = (
        *minibus.stops[:3],
        stop(StopKind.PROTECTED, CENTRE, "09:40", 0, 20, Load(), arrival="09:29"),
        stop(StopKind.PROTECTED, CENTRE, "10:00", 0, 30, Load()),
        *minibus.stops[3:5],
        stop(StopKind.ABSENCE, GARAGE, "12:00", 30, 30, Load(), arrival="11:49"),
        stop(StopKind.END, GARAGE, "12:30", 0, 0, Load()),
    )
    return replace(
        plan,
        scenario=replace(scenario, drivers=drivers, vehicles=vehicles),
        rounds=(replace(minibus, stops=stops), car),
    )
