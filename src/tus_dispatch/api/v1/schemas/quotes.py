"""Answers to whoever asks for a trip: offers, or a refusal with what would work."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import Field

from tus_dispatch.api.v1.schemas.base import Answer, AtText, IdText, local_text, utc_text
from tus_dispatch.domain.demand import Booking, Direction
from tus_dispatch.domain.offer import (
    Alternative,
    BookingOffer,
    Change,
    Offer,
    OtherDay,
    OtherTime,
    Refusal,
)
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service import KeptOffer
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.formats.offer_data import KINDS
from tus_dispatch.formats.offer_words import alternative_sentence


class OfferLegAnswer(Answer):
    """One leg as it would be driven."""

    direction: Direction
    shift: IdText
    vehicle: IdText
    driver: IdText | None
    pickup: AtText
    dropoff: AtText
    shared_with: Annotated[list[str], Field(description="Legs aboard at some moment.")]
    marginal_m: int
    marginal_duty_s: int
    marginal_cost: Annotated[int, Field(description="Thousandths of a cent.")]


class PlainOfferAnswer(Answer):
    """One way to take the booking."""

    legs: list[OfferLegAnswer]
    marginal_m: int
    marginal_duty_s: int
    marginal_cost: int


class OfferAnswer(PlainOfferAnswer):
    """An offer that can be taken while it is held."""

    id: IdText
    made_on: Annotated[int, Field(description="Number of the plan version.")]
    expires_at: AtText


class AlternativeAnswer(Answer):
    """Something else that does work."""

    kind: Literal["time", "place", "day", "hours", "limit"]
    sentence: Annotated[str, Field(description="French, to be read aloud.")]
    change: dict[str, Any]
    offer: PlainOfferAnswer


class RefusedAnswer(Answer):
    """No, and why."""

    direction: Direction
    code: str
    slug: str
    sentence: Annotated[str, Field(description="French, to be read aloud.")]
    relaxation: str | None
    alternatives: list[AlternativeAnswer]


class OffersAnswer(Answer):
    """Ways to take the booking, the cheapest first."""

    offers: Annotated[list[OfferAnswer], Field(min_length=1)]


class RefusalAnswer(Answer):
    """No way to take the booking as asked."""

    refused: RefusedAnswer


def offers_data(offers: tuple[KeptOffer, ...], day: ServiceDay) -> dict[str, Any]:
    """Write offers.

    Parameters
    ----------
    offers
        As kept.
    day
        Service day of the booking.

    Returns
    -------
    dict
        Fields of ``OffersAnswer``.
    """
    return {
        "offers": [
            _offer_data(each.offer, day)
            | {
                "id": each.id,
                "made_on": each.made_on,
                "expires_at": utc_text(each.expires_at),
            }
            for each in offers
        ]
    }


def refusal_data(refusal: Refusal, booking: Booking, scenario: Scenario) -> dict[str, Any]:
    """Write a refusal with its alternatives.

    Parameters
    ----------
    refusal
        No, and why.
    booking, scenario
        What was asked, of which day.

    Returns
    -------
    dict
        Fields of ``RefusalAnswer``.
    """
    reason = refusal.reason
    return {
        "refused": {
            "direction": refusal.leg.rsplit(":", 1)[-1],
            "code": reason.code,
            "slug": reason.slug,
            "sentence": reason.sentence,
            "relaxation": refusal.relaxation,
            "alternatives": [
                _alternative_data(each, booking, scenario) for each in refusal.alternatives
            ],
        }
    }


def _alternative_data(each: Alternative, booking: Booking, scenario: Scenario) -> dict[str, Any]:
    day = scenario.day
    if isinstance(each.change, OtherDay):
        day = ServiceDay(each.change.date, day.time_zone)
    return {
        "kind": KINDS[type(each.change)],
        "sentence": alternative_sentence(each, booking, scenario),
        "change": _change_data(each.change),
        "offer": _offer_data(each.offer, day),
    }


def _change_data(change: Change) -> dict[str, Any]:
    if isinstance(change, OtherDay):
        return {"date": change.date.isoformat()}
    if isinstance(change, OtherTime):
        return {"directions": [each.value for each in change.directions], "by_s": change.by_s}
    return asdict(change)


def _offer_data(offer: BookingOffer, day: ServiceDay) -> dict[str, Any]:
    return {
        "legs": [_leg_data(each, day) for each in offer.legs],
        "marginal_m": offer.marginal_m,
        "marginal_duty_s": offer.marginal_duty_s,
        "marginal_cost": offer.marginal_cost,
    }


def _leg_data(offer: Offer, day: ServiceDay) -> dict[str, Any]:
    return {
        "direction": offer.leg.rsplit(":", 1)[-1],
        "shift": offer.shift,
        "vehicle": offer.new_round.vehicle,
        "driver": offer.new_round.driver,
        "pickup": local_text(day.start_at + offer.pickup_s, day.time_zone),
        "dropoff": local_text(day.start_at + offer.dropoff_s, day.time_zone),
        "shared_with": list(offer.shared_with),
        "marginal_m": offer.marginal_m,
        "marginal_duty_s": offer.marginal_duty_s,
        "marginal_cost": offer.marginal_cost,
    }
