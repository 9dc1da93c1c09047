"""Quotes for whole bookings: outward and return together, so that nobody is stranded."""

from collections.abc import Sequence
from dataclasses import replace

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.legs import legs_of_booking
from tus_dispatch.domain.offer import BookingOffer, Offer, Refusal
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.units import BookingId
from tus_dispatch.planning.decode import decode_route
from tus_dispatch.planning.inquiry import Inquiry, inquire
from tus_dispatch.planning.legality import refusal_by_law
from tus_dispatch.planning.offers import (
    is_different,
    offer_in,
    offer_of,
    route_of,
    size_now,
    size_of,
)
from tus_dispatch.planning.open_day import OpenDay
from tus_dispatch.planning.pairs import PairPlace, pair_places
from tus_dispatch.planning.places import PlaceInRound
from tus_dispatch.planning.quote import N_OFFERS, AlreadyServedError, fits, offers_into, refusal_of


def quote_booking(
    day: OpenDay, legs: Sequence[Leg], *, n_offers: int = N_OFFERS
) -> tuple[BookingOffer, ...] | Refusal:
    """Quote all legs of a booking into a plan.

    Parameters
    ----------
    day
        A sound plan made ready.
    legs
        One leg, or an outward leg and its return.
    n_offers
        At most so many offers.

    Returns
    -------
    tuple of BookingOffer or Refusal
        Offers by rising marginal cost, never empty; or why there is none.
        Where each leg fits alone and the two do not fit together, the reason
        says so.

    Raises
    ------
    AlreadyServedError
        When the plan serves one of the legs.
    """
    offers = offers_for(day, legs, n_offers=n_offers)
    if offers:
        return offers
    if len(legs) == 1:
        return refusal_of(day, legs[0], inquire(day, legs))
    return _refusal(day, legs)


def offers_for(
    day: OpenDay, legs: Sequence[Leg], *, n_offers: int = N_OFFERS
) -> tuple[BookingOffer, ...]:
    """Return the offers for a booking, and nothing where there are none.

    Parameters
    ----------
    day, legs, n_offers
        As in :func:`quote_booking`, which also says why not.

    Returns
    -------
    tuple of BookingOffer
        By rising marginal cost.

    Raises
    ------
    AlreadyServedError
        When the plan serves one of the legs.
    """
    if len(legs) == 1:
        offers = offers_into(day, legs[0], n_offers=n_offers)
        return tuple(BookingOffer((offer,)) for offer in offers)
    served = {each.id for each in day.encoding.legs}
    if any(leg.id in served for leg in legs):
        raise AlreadyServedError(f"a leg of booking {legs[0].booking} is already in the plan")
    inquiry = inquire(day, legs)
    return _different(inquiry, pair_places(inquiry), n_offers)


def legs_asked(plan: Plan, booking: BookingId) -> tuple[Leg, ...]:
    """Return the legs of a booking of a plan's day.

    Parameters
    ----------
    plan, booking
        The day has the booking.

    Returns
    -------
    tuple of Leg
        The outward leg first.
    """
    scenario = plan.scenario
    asked = scenario.booking(booking)
    person = scenario.participant(asked.participant)
    return legs_of_booking(asked, person, scenario.policy, scenario.day.length_s)


def fits_booking(day: OpenDay, legs: Sequence[Leg]) -> bool:
    """Tell whether a booking fits, without making offers.

    Parameters
    ----------
    day, legs
        As in :func:`quote_booking`.

    Returns
    -------
    bool
        Exactly whether :func:`quote_booking` has an offer.
    """
    if len(legs) == 1:
        return fits(day, legs[0])
    return bool(pair_places(inquire(day, legs)))


def _refusal(day: OpenDay, legs: Sequence[Leg]) -> Refusal:
    unlawful = refusal_by_law(day.plan.scenario, legs, day.matrix)
    if unlawful is not None:
        return unlawful
    for leg in legs:
        if not fits(day, leg):
            return refusal_of(day, leg, inquire(day, (leg,)))
    return Refusal(legs[0].id, reason_for("linked-leg"))


def _different(
    inquiry: Inquiry, pairs: Sequence[PairPlace], n_offers: int
) -> tuple[BookingOffer, ...]:
    chosen: list[BookingOffer] = []
    known: dict[int, Offer] = {}
    for pair in pairs:
        offer = _offer(inquiry, pair, known)
        if all(_differ(offer, other) for other in chosen):
            chosen.append(offer)
        if len(chosen) == n_offers:
            break
    return tuple(sorted(chosen, key=lambda offer: offer.marginal_cost))


def _differ(one: BookingOffer, other: BookingOffer) -> bool:
    return any(is_different(a, (b,)) for a, b in zip(one.legs, other.legs, strict=True))


def _offer(inquiry: Inquiry, pair: PairPlace, known: dict[int, Offer]) -> BookingOffer:
    if pair.half is not None:
        return _on_one_round(inquiry, pair.back, *pair.half)
    out, back = inquiry.newcomers
    return BookingOffer(
        (_once(inquiry, out, pair.outward, known), _once(inquiry, back, pair.back, known))
    )


def _once(inquiry: Inquiry, newcomer: int, place: PlaceInRound, known: dict[int, Offer]) -> Offer:
    """Write a place down that several pairs may share."""
    if id(place) not in known:
        known[id(place)] = offer_of(inquiry, newcomer, place)
    return known[id(place)]


def _on_one_round(
    inquiry: Inquiry, whole: PlaceInRound, first: int, half: PlaceInRound
) -> BookingOffer:
    """Part what two legs add to one round: one of them alone, then the other."""
    before = size_now(inquiry, whole.vehicle)
    shorter, route = route_of(inquiry, half), route_of(inquiry, whole)
    alone = size_of(inquiry, shorter, decode_route(inquiry.encoding, shorter))
    offers = []
    for newcomer in inquiry.newcomers:
        offer = offer_in(inquiry, newcomer, route, alone)
        if newcomer == first:
            offer = replace(
                offer,
                marginal_m=alone.metres - before.metres,
                marginal_duty_s=alone.duty_s - before.duty_s,
                marginal_cost=alone.cost - before.cost,
            )
        offers.append(offer)
    return BookingOffer(tuple(offers))
