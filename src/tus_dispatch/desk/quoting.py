"""Answer a caller: read a plan, decide, and let the judge see every answer before it is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tus_dispatch.desk.codes import refusal as mistake
from tus_dispatch.desk.planning_a_file import expect_sound
from tus_dispatch.desk.travel import travel_matrix
from tus_dispatch.domain.offer import BookingOffer, Refusal
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, MilliCents
from tus_dispatch.errors import PlanRefusedError
from tus_dispatch.formats.booking import load_booking
from tus_dispatch.formats.plan import load_plan
from tus_dispatch.formats.scenario import load_scenario
from tus_dispatch.planning.agreed import day_under
from tus_dispatch.planning.alternatives import alternatives, with_alternatives
from tus_dispatch.planning.open_day import OpenDay, open_day
from tus_dispatch.planning.quote_booking import legs_asked, quote_booking
from tus_dispatch.planning.reach import ORDINARY, Reach
from tus_dispatch.planning.take import taken
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price

N_OFFERS = 3

Answer = tuple[BookingOffer, ...] | Refusal


@dataclass(frozen=True, slots=True)
class Asked:
    """A booking that somebody asks for, and the days that may take it.

    Attributes
    ----------
    day
        Its plan is sound; its scenario has the booking.
    booking
        Which one.
    other_days
        Days that may be offered instead.
    """

    day: OpenDay
    booking: BookingId
    other_days: tuple[OpenDay, ...] = ()


def quote_a_file(
    scenario: Path,
    plan: Path,
    booking: str,
    *,
    other_days: Sequence[tuple[Path, Path]] = (),
    n_offers: int = N_OFFERS,
) -> tuple[Asked, Answer]:
    """Quote a booking into a plan, both read from files.

    Parameters
    ----------
    scenario, plan
        The two files of the day.
    booking
        A booking the plan left out, or a file with a new one.
    other_days
        Scenario and plan of days that may be offered instead.
    n_offers
        At most so many offers.

    Returns
    -------
    asked : Asked
        What was read.
    answer : tuple of BookingOffer or Refusal
        As :func:`answer_to` says.

    Raises
    ------
    InputError
        When a file cannot be used, or the booking is unknown or served.
    PlanRefusedError
        When the judge refuses a plan.
    """
    asked = read_question(scenario, plan, booking, other_days=other_days)
    return asked, answer_to(asked, n_offers=n_offers)


def read_question(
    scenario: Path, plan: Path, booking: str, *, other_days: Sequence[tuple[Path, Path]] = ()
) -> Asked:
    """Read a plan and the booking that is asked for.

    Parameters
    ----------
    scenario, plan, booking, other_days
        As in :func:`quote_a_file`.

    Returns
    -------
    Asked
        Ready to be answered.

    Raises
    ------
    InputError
        When a file cannot be used, or the booking is unknown or served.
    PlanRefusedError
        When the judge refuses a plan.
    """
    known = load_plan(plan, load_scenario(scenario))
    named = {str(each.id) for each in known.scenario.bookings}
    wanted = BookingId(booking)
    asked = known
    if booking in named:
        _expect_left_out(known, wanted)
    elif booking.endswith(".json") or Path(booking).is_file():
        extended, wanted = load_booking(Path(booking), known.scenario)
        asked = replace(known, scenario=extended)
    else:
        expected = "une réservation de ce jour, ou un fichier JSON"
        raise mistake("unknown-booking", "BOOKING", "BOOKING", booking, expected)
    matrix = travel_matrix(asked.scenario, scenario.parent)
    expect_sound(known, matrix)
    others = tuple(_open(*paths) for paths in other_days)
    return Asked(open_day(asked, matrix), wanted, others)


def answer_to(asked: Asked, *, n_offers: int = N_OFFERS, reach: Reach = ORDINARY) -> Answer:
    """Offer places, or refuse and name what does work.

    Parameters
    ----------
    asked
        Who asks for what.
    n_offers
        At most so many offers.
    reach
        How far alternatives may lie.

    Returns
    -------
    tuple of BookingOffer or Refusal
        Nothing that the judge would refuse: neither an offer nor the offer of
        an alternative.

    Raises
    ------
    PlanRefusedError
        When the judge finds a violation, which is a fault of the planner.
    """
    day, booking = asked.day, asked.booking
    answer = quote_booking(day, legs_asked(day.plan, booking), n_offers=n_offers)
    if not isinstance(answer, Refusal):
        expect_sound_offers(day.plan, answer, day.matrix)
        return answer
    found = alternatives(day, booking, other_days=asked.other_days, reach=reach)
    for each in found:
        agreed, _ = day_under(day, booking, each.change, asked.other_days)
        expect_sound_offers(agreed.plan, (each.offer,), agreed.matrix)
    return with_alternatives(answer, found)


def expect_sound_offers(plan: Plan, offers: Sequence[BookingOffer], matrix: TravelMatrix) -> None:
    """Let only offers pass that keep every rule and cost what they say.

    Parameters
    ----------
    plan
        What the offers were made for.
    offers
        Each is judged alone.
    matrix
        Its travel times.

    Raises
    ------
    PlanRefusedError
        With every violation.
    """
    before = _rounds_cost(plan, matrix)
    for offer in offers:
        after = taken(plan, offer)
        cost = price(open_case(after, matrix))
        expect_sound(replace(after, cost=cost), matrix)
        added = cost.driven - cost.unserved - before
        if added != offer.marginal_cost:
            raise PlanRefusedError(
                f"l'offre annonce {offer.marginal_cost} millièmes de centime, le contrôle {added}"
            )


def _rounds_cost(plan: Plan, matrix: TravelMatrix) -> MilliCents:
    cost = price(open_case(plan, matrix))
    return cost.driven - cost.unserved


def _expect_left_out(plan: Plan, booking: BookingId) -> None:
    left_out = {each.leg for each in plan.unserved}
    if not all(leg.id in left_out for leg in legs_asked(plan, booking)):
        expected = "une réservation que le plan laisse de côté"
        raise mistake("booking-served", "BOOKING", "BOOKING", booking, expected)


def _open(scenario: Path, plan: Path) -> OpenDay:
    known = load_plan(plan, load_scenario(scenario))
    matrix = travel_matrix(known.scenario, scenario.parent)
    expect_sound(known, matrix)
    return open_day(known, matrix)
