"""Answers to a booking as plain data for machines, `tus-quote/1`."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from tus_dispatch.domain.offer import (
    Alternative,
    BookingOffer,
    Change,
    EasedLimit,
    HubTrip,
    Offer,
    OtherDay,
    OtherHours,
    OtherPlace,
    OtherTime,
    Refusal,
)
from tus_dispatch.domain.plan import Flag
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import BookingId
from tus_dispatch.formats.offer_words import alternative_sentence

FORMAT = "tus-quote/1"
KINDS: dict[type[Change], str] = {
    OtherTime: "time",
    OtherPlace: "place",
    HubTrip: "hub",
    OtherDay: "day",
    OtherHours: "hours",
    EasedLimit: "limit",
}


def answer_data(
    answer: tuple[BookingOffer, ...] | Refusal,
    booking: BookingId,
    scenario: Scenario,
    *,
    days: dict[str, ServiceDay] | None = None,
    flags: Sequence[Flag] = (),
) -> dict[str, Any]:
    """Write an answer as plain data.

    Parameters
    ----------
    answer
        Offers or a refusal.
    booking, scenario
        What was asked, and of which day.
    days
        Other days that were asked, by date as ISO text.
    flags
        What to look at before the booking is promised.

    Returns
    -------
    dict
        Times both as clock times and as seconds of their own service day.
    """
    head = {
        "format": FORMAT,
        "booking": booking,
        "service_date": scenario.day.date.isoformat(),
        "flags": [{"where": each.where, **asdict(each.reason)} for each in flags],
    }
    if not isinstance(answer, Refusal):
        return head | {"offers": [_offer(each, scenario.day) for each in answer]}
    reason = answer.reason
    refused = {
        "leg": answer.leg,
        **asdict(reason),
        "relaxation": answer.relaxation,
        "alternatives": [
            _alternative(each, booking, scenario, days or {}) for each in answer.alternatives
        ],
    }
    return head | {"offers": [], "refused": refused}


def _alternative(
    alternative: Alternative,
    booking: BookingId,
    scenario: Scenario,
    days: dict[str, ServiceDay],
) -> dict[str, Any]:
    change, day = alternative.change, scenario.day
    if isinstance(change, OtherDay):
        day = days[change.date.isoformat()]
    return {
        "kind": KINDS[type(change)],
        "sentence": alternative_sentence(alternative, scenario.booking(booking), scenario),
        "change": _change(change),
        "offer": _offer(alternative.offer, day),
    }


def _change(change: Change) -> dict[str, Any]:
    if isinstance(change, OtherDay):
        return {"date": change.date.isoformat()}
    if isinstance(change, OtherTime):
        return {"legs": [each.value for each in change.directions], "by_s": change.by_s}
    return asdict(change)


def _offer(offer: BookingOffer, day: ServiceDay) -> dict[str, Any]:
    return {
        "marginal_m": offer.marginal_m,
        "marginal_duty_s": offer.marginal_duty_s,
        "marginal_cost": offer.marginal_cost,
        "legs": [_leg(each, day) for each in offer.legs],
    }


def _leg(offer: Offer, day: ServiceDay) -> dict[str, Any]:
    return {
        "leg": offer.leg,
        "shift": offer.shift,
        "vehicle": offer.new_round.vehicle,
        "driver": offer.new_round.driver,
        "pickup": day.wall(offer.pickup_s),
        "dropoff": day.wall(offer.dropoff_s),
        "pickup_s": offer.pickup_s,
        "dropoff_s": offer.dropoff_s,
        "marginal_m": offer.marginal_m,
        "marginal_duty_s": offer.marginal_duty_s,
        "marginal_cost": offer.marginal_cost,
        "shared_with": list(offer.shared_with),
    }
