"""Slot offers of a planned day: read, decide, verify, and only then say them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tus_dispatch.desk.codes import refusal
from tus_dispatch.desk.communes import commune_names
from tus_dispatch.desk.planning_a_file import expect_sound
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.slot_offer import SlotOffer
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.formats.plan import load_plan
from tus_dispatch.formats.scenario import load_scenario
from tus_dispatch.planning.changes import with_booking
from tus_dispatch.planning.daytime.slot_offers import Asked, Offered, offered_slots, party_of
from tus_dispatch.planning.take import taken
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price


def slot_offers_of_a_file(
    scenario: Path, plan: Path, places: Sequence[str] = ()
) -> tuple[Plan, tuple[SlotOffer, ...]]:
    """Work out the slot offers of a plan.

    Parameters
    ----------
    scenario, plan
        Files of the day.
    places
        Partner places; all of them when empty.

    Returns
    -------
    plan : Plan
        As it was read.
    offers : tuple of SlotOffer
        By place, half hour and sector.

    Raises
    ------
    InputError
        When a file cannot be used or a place is unknown.
    PlanRefusedError
        When the judge refuses the plan.
    """
    day = load_scenario(scenario)
    known = load_plan(plan, day)
    names = {each.id for each in day.places}
    for place in places:
        if place not in names:
            expected = "un lieu de ce jour"
            raise refusal("unknown-place", "--place", "--place", place, expected)
    matrix = travel_matrix(day, scenario.parent)
    expect_sound(known, matrix)
    return known, slot_offers(known, matrix, Asked(tuple(PlaceId(each) for each in places)))


def slot_offers(plan: Plan, matrix: TravelMatrix, asked: Asked) -> tuple[SlotOffer, ...]:
    """Work out slot offers and let only those pass that the judge accepts.

    Parameters
    ----------
    plan, matrix
        A sound plan and its travel times.
    asked
        Which offers are wanted.

    Returns
    -------
    tuple of SlotOffer
        Each was put into the plan and judged.

    Raises
    ------
    PlanRefusedError
        When the judge finds a violation, which is a fault of the planner.
    """
    found = tuple(offered_slots(plan, matrix, commune_names(), asked))
    for each in found:
        after = _with(plan, each)
        expect_sound(replace(after, cost=price(open_case(after, matrix))), matrix)
    return tuple(each.slot_offer for each in found)


def _with(plan: Plan, offered: Offered) -> Plan:
    asked = with_booking(plan, offered.booking, party_of(plan.scenario.day.date))
    return taken(asked, offered.offer)
