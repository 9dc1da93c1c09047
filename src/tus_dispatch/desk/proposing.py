"""Propose days and hours for one flexible booking: read, decide, verify, say."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tus_dispatch.desk.codes import refusal
from tus_dispatch.desk.planning_a_file import expect_sound
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.daytime import FlexibleBooking
from tus_dispatch.domain.demand import Participant
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.formats.plan import load_plan
from tus_dispatch.formats.scenario import load_scenario
from tus_dispatch.planning.changes import with_booking
from tus_dispatch.planning.daytime.flexible import DayProposal, propose
from tus_dispatch.planning.take import taken
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price

Day = tuple[Plan, TravelMatrix]


def propose_a_file(
    scenario: Path, plan: Path, flexible: str, *, other_days: Sequence[tuple[Path, Path]] = ()
) -> tuple[Plan, FlexibleBooking, tuple[DayProposal, ...]]:
    """Propose days and hours for a flexible booking.

    Parameters
    ----------
    scenario, plan
        Files of a day that has the flexible booking.
    flexible
        Its identity.
    other_days
        Scenario and plan of further days; one that does not know the places
        is left out.

    Returns
    -------
    plan : Plan
        Of the first day.
    flexible : FlexibleBooking
        What was asked.
    proposals : tuple of DayProposal
        The most valuable first; the judge has accepted each.

    Raises
    ------
    InputError
        When a file cannot be used or the flexible booking is unknown.
    PlanRefusedError
        When the judge refuses a plan.
    """
    first = _open(scenario, plan)
    day = first[0].scenario
    asked = next((each for each in day.flexible_bookings if each.id == flexible), None)
    if asked is None or asked.id in {each.id for each in day.bookings}:
        expected = "une demande souple de ce jour qui n’est pas servie"
        raise refusal("unknown-flexible", "FLEXIBLE", "FLEXIBLE", flexible, expected)
    person = day.participant(asked.participant)
    others = [_open(*paths) for paths in other_days]
    days = [first, *(_knowing(each, person) for each in others if _has_places(each, asked))]

    found = propose(days, asked)

    by_date = {each[0].scenario.day.date: each for each in days}
    for proposal in found:
        known, matrix = by_date[proposal.date]
        booking, offer = proposal.proposal.booking, proposal.proposal.offer
        after = taken(with_booking(known, booking, person), offer)
        expect_sound(replace(after, cost=price(open_case(after, matrix))), matrix)
    return first[0], asked, found


def _open(scenario: Path, plan: Path) -> Day:
    known = load_plan(plan, load_scenario(scenario))
    matrix = travel_matrix(known.scenario, scenario.parent)
    expect_sound(known, matrix)
    return known, matrix


def _has_places(day: Day, asked: FlexibleBooking) -> bool:
    return {asked.home, asked.place} <= set(day[1].place_ids)


def _knowing(day: Day, person: Participant) -> Day:
    plan, matrix = day
    scenario = plan.scenario
    if any(each.id == person.id for each in scenario.participants):
        return day
    people = (*scenario.participants, person)
    return replace(plan, scenario=replace(scenario, participants=people)), matrix
