"""Where one more leg fits into a day without moving any promise beyond its tolerance."""

from collections.abc import Iterator
from dataclasses import replace

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.offer import Offer, Refusal
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import Seconds
from tus_dispatch.errors import TusError
from tus_dispatch.planning.explain import slug_of
from tus_dispatch.planning.inquiry import Inquiry, inquire, narrowed, places_of, stages
from tus_dispatch.planning.legality import refusal_by_law
from tus_dispatch.planning.offers import is_different, offer_of, size_now
from tus_dispatch.planning.open_day import OpenDay, open_day
from tus_dispatch.planning.places import PlaceInRound, cheapest_place
from tus_dispatch.planning.relax import ORDER, relaxed
from tus_dispatch.solver.arrays import EARLIEST_S, LATEST_S

N_OFFERS = 5
# A pickup window longer than this is looked at piece by piece for other times.
PIECE_S: Seconds = 30 * 60
MOST_PIECES = 8


class AlreadyServedError(TusError):
    """The leg to insert is in the plan already."""


def quote(
    plan: Plan, leg: Leg, matrix: TravelMatrix, *, n_offers: int = N_OFFERS
) -> tuple[Offer, ...] | Refusal:
    """Insert one leg into a day at all its positions; everybody else's order is kept.

    Parameters
    ----------
    plan
        A sound plan. Unused shifts take part.
    leg
        The newcomer, or a leg the plan left out. A linked leg that is not in
        the plan is not looked at; one that is stays where it is.
    matrix
        Knows the places of the plan and of the leg.
    n_offers
        At most so many offers.

    Returns
    -------
    tuple of Offer or Refusal
        As :func:`quote_into` says, which is for many questions to one plan.

    Raises
    ------
    AlreadyServedError
        When the plan serves the leg.
    """
    return quote_into(open_day(plan, matrix), leg, n_offers=n_offers)


def quote_into(day: OpenDay, leg: Leg, *, n_offers: int = N_OFFERS) -> tuple[Offer, ...] | Refusal:
    """Quote a leg into a plan that has been made ready.

    Parameters
    ----------
    day
        A sound plan.
    leg, n_offers
        As in :func:`quote`.

    Returns
    -------
    tuple of Offer or Refusal
        Offers by rising marginal cost, never empty: the cheapest of every
        round, and others of the same round at clearly different times. Or why
        there is none, with the one limit that, lifted, would let the leg in.

    Raises
    ------
    AlreadyServedError
        When the plan serves the leg.
    """
    offers = offers_into(day, leg, n_offers=n_offers)
    return offers or refusal_of(day, leg, inquire(day, (leg,)))


def offers_into(day: OpenDay, leg: Leg, *, n_offers: int = N_OFFERS) -> tuple[Offer, ...]:
    """Return the offers for a leg, and nothing where there are none.

    Parameters
    ----------
    day, leg, n_offers
        As in :func:`quote_into`, which also says why not.

    Returns
    -------
    tuple of Offer
        By rising marginal cost.

    Raises
    ------
    AlreadyServedError
        When the plan serves the leg.
    """
    if any(each.id == leg.id for each in day.encoding.legs):
        raise AlreadyServedError(f"leg {leg.id} is already in the plan")
    inquiry = inquire(day, (leg,))
    newcomer = inquiry.newcomers[0]
    places = places_of(inquiry, newcomer)
    if not places:
        return ()
    places += _at_other_times(inquiry, newcomer, {place.vehicle for place in places})
    chosen: list[Offer] = []
    for place in sorted(places, key=lambda each: _added(inquiry, each)):
        offer = offer_of(inquiry, newcomer, place)
        if is_different(offer, chosen):
            chosen.append(offer)
        if len(chosen) == n_offers:
            break
    return tuple(sorted(chosen, key=lambda offer: offer.marginal_cost))


def fits(day: OpenDay, leg: Leg, *, promised: bool = True) -> bool:
    """Tell whether a leg fits anywhere at all.

    Parameters
    ----------
    day, leg
        As in :func:`quote_into`.
    promised
        Whether a promise made to the leg must be kept.

    Returns
    -------
    bool
        Exactly whether :func:`quote_into` has an offer.
    """
    inquiry = inquire(day, (leg,), promised=promised)
    newcomer = inquiry.newcomers[0]
    return any(cheapest_place(stage, newcomer) for stage in stages(inquiry, newcomer))


def refusal_of(day: OpenDay, leg: Leg, inquiry: Inquiry) -> Refusal:
    """Say why a leg finds no place.

    Parameters
    ----------
    day, leg
        What was asked.
    inquiry
        The leg is its first newcomer.

    Returns
    -------
    Refusal
        With the law's reason, or with the mildest single limit that, lifted,
        lets the leg in.
    """
    unlawful = refusal_by_law(day.plan.scenario, (leg,), day.matrix)
    if unlawful is not None:
        return unlawful
    limit = next((slug for slug in ORDER if _lets_in(slug, day, leg)), None)
    slug = slug_of(inquiry.encoding, inquiry.newcomers[0], limit)
    return Refusal(leg.id, reason_for(slug), limit)


def _lets_in(slug: str, day: OpenDay, leg: Leg) -> bool:
    return any(
        fits(day.under(replace(day.plan, scenario=scenario)), eased, promised=slug != "time-window")
        for scenario, (eased,) in relaxed(slug, day.plan.scenario, (leg,))
    )


def _added(inquiry: Inquiry, place: PlaceInRound) -> int:
    return place.cost - size_now(inquiry, place.vehicle).cost


def _at_other_times(inquiry: Inquiry, newcomer: int, vehicles: set[int]) -> Iterator[PlaceInRound]:
    """Look for places in every piece of a long pickup window."""
    first_s = int(inquiry.arrays.node[newcomer, EARLIEST_S])
    length_s = int(inquiry.arrays.node[newcomer, LATEST_S]) - first_s + 1
    n_pieces = min(MOST_PIECES, -(-length_s // PIECE_S))
    for piece in range(n_pieces if n_pieces > 1 else 0):
        from_s = first_s + piece * length_s // n_pieces
        until_s = first_s + (piece + 1) * length_s // n_pieces - 1
        arrays = narrowed(inquiry.arrays, newcomer, earliest_s=from_s, latest_s=until_s)
        for stage in stages(inquiry, newcomer, arrays):
            if stage.vehicle in vehicles:
                place = cheapest_place(stage, newcomer)
                if place is not None:
                    yield place
