"""Bookings as they are answered: what was asked for, and where each leg stands."""

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field

from tus_dispatch.api.v1.schemas.base import (
    Answer,
    AtText,
    DayText,
    IdText,
    Kept,
    local_text,
    utc_text,
)
from tus_dispatch.domain.demand import Direction, LegRequest, Purpose, ServiceRegime
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import BookingStatus, DatedBooking, TripResult
from tus_dispatch.domain.window import TimeWindow


class WindowAnswer(Answer):
    """Earliest and latest start of service."""

    earliest: AtText
    latest: AtText


class LegAnswer(Answer):
    """One direction as it was asked for."""

    origin: IdText
    destination: IdText
    arrive_by: AtText | None
    not_before: AtText | None
    pickup_window: WindowAnswer | None
    dropoff_window: WindowAnswer | None
    max_ride_s: int | None
    boarding_s: int | None
    alighting_s: int | None


class PinAnswer(Answer):
    """A choice of the dispatcher."""

    shift: IdText | None
    pickup: AtText | None
    tolerance_s: int


class LegStateAnswer(Answer):
    """Where a leg stands, in the words of bookings and of results."""

    direction: Direction
    status: BookingStatus
    result: TripResult | None


class LiftedAnswer(Answer):
    """A rule of the association that was lifted."""

    reason: str
    motive: str
    by: str
    at: AtText


class TurnedDownAnswer(Answer):
    """Why a day of a standing booking was turned down."""

    code: str
    slug: str
    sentence: Annotated[str, Field(description="French, to be read aloud.")]


class BookingAnswer(Kept):
    """A booking as kept; fields outside the caller's role are absent."""

    service_date: DayText
    participant: IdText
    outward: LegAnswer | None
    return_leg: LegAnswer | None = Field(alias="return")
    outward_pin: PinAnswer | None = None
    return_pin: PinAnswer | None = None
    party_size: int
    purpose: Purpose
    regime: ServiceRegime | None = None
    priority: int | None = None
    price_eur_cents: int | None = None
    requires: list[str]
    external_ref: str | None
    legs: list[LegStateAnswer]
    standing: IdText | None
    participation_eur_cents: int | None = None
    overrides: list[LiftedAnswer] = Field(default_factory=list)
    refused: TurnedDownAnswer | None


def booking_data(kept: DatedBooking, day: ServiceDay) -> dict[str, Any]:
    """Write a booking as the fields of its body, with states and origin beside them.

    Parameters
    ----------
    kept
        A booking.
    day
        Its service day.

    Returns
    -------
    dict
        What ``BookingBody`` reads back, ``legs`` and ``standing``.
    """
    booking = kept.booking
    return {
        "service_date": kept.service_date.isoformat(),
        "participant": booking.participant,
        "outward": _leg_data(booking.outward, day),
        "return": _leg_data(booking.return_leg, day),
        "outward_pin": _pin_data(booking.outward, day),
        "return_pin": _pin_data(booking.return_leg, day),
        "party_size": booking.party_size,
        "purpose": booking.purpose.value,
        "regime": booking.regime.value,
        "priority": booking.priority,
        "price_eur_cents": booking.price_eur_cents,
        "requires": list(booking.requires),
        "external_ref": booking.external_ref,
        "legs": [
            {
                "direction": each.direction.value,
                "status": each.status.value,
                "result": None if each.result is None else each.result.value,
            }
            for each in kept.states
        ],
        "standing": kept.standing,
        "participation_eur_cents": booking.participation_eur_cents,
        "overrides": [
            {
                "reason": each.slug,
                "motive": each.motive,
                "by": each.by,
                "at": utc_text(each.made_at),
            }
            for each in booking.overrides
        ],
        "refused": None if kept.refused is None else asdict(kept.refused),
    }


def _leg_data(leg: LegRequest | None, day: ServiceDay) -> dict[str, Any] | None:
    if leg is None:
        return None
    return {
        "origin": leg.origin,
        "destination": leg.destination,
        "arrive_by": _at_text(leg.arrive_by_s, day),
        "not_before": _at_text(leg.not_before_s, day),
        "pickup_window": _window_data(leg.pickup_window, day),
        "dropoff_window": _window_data(leg.dropoff_window, day),
        "max_ride_s": leg.max_ride_s,
        "boarding_s": leg.boarding_s,
        "alighting_s": leg.alighting_s,
    }


def _pin_data(leg: LegRequest | None, day: ServiceDay) -> dict[str, Any] | None:
    if leg is None or leg.pin is None:
        return None
    pin = leg.pin
    return {
        "shift": pin.shift,
        "pickup": _at_text(pin.pickup_s, day),
        "tolerance_s": pin.tolerance_s,
    }


def _window_data(window: TimeWindow | None, day: ServiceDay) -> dict[str, Any] | None:
    if window is None:
        return None
    return {
        "earliest": _at_text(window.earliest_s, day),
        "latest": _at_text(window.latest_s, day),
    }


def _at_text(second: int | None, day: ServiceDay) -> str | None:
    return None if second is None else local_text(day.start_at + second, day.time_zone)
