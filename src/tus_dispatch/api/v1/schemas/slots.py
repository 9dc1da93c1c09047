"""Slot offers, seats on hold, and proposals for flexible bookings."""

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from tus_dispatch.api.v1.schemas.base import (
    Answer,
    At,
    AtText,
    Day,
    DayText,
    IdText,
    Kept,
    local_text,
    utc_text,
)
from tus_dispatch.api.v1.schemas.booking_answers import BookingAnswer
from tus_dispatch.api.v1.schemas.bookings import PartySize
from tus_dispatch.api.v1.schemas.idle import WaitingAnswer, span_data
from tus_dispatch.desk.live.flexible import KeptProposal, Proposed
from tus_dispatch.desk.live.slot_holding import SlotsOfDay
from tus_dispatch.domain.demand import Booking, Direction, LegRequest, Purpose
from tus_dispatch.domain.kept_daytime import KeptHold
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.slot_offer import SlotOffer
from tus_dispatch.domain.units import BookingId, ParticipantId, PlaceId
from tus_dispatch.formats.native.shape import Shape
from tus_dispatch.formats.native.texts import Id

_HOLD: dict[str, Any] = {
    "service_date": "2026-03-27",
    "place": "plc_6q4t8v2w5x7z9b3d4f2f5n7h3k",
    "sector": "18197",
    "slot_from": "2026-03-27T10:00:00+01:00",
    "seats": 2,
    "lasts_s": 1800,
}
_INSIDE: dict[str, Any] = {
    "participant": "prt_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "home": "plc_2f5n7h3k6q4t8v2w5x7z9b3d4f",
}
Insee = Annotated[
    str, Field(pattern="^[0-9][0-9AB][0-9]{3}$", description="Commune code of the sector.")
]


class HoldBody(Shape):
    """Seats of a slot offer to be kept for a while."""

    model_config = ConfigDict(json_schema_extra={"examples": [_HOLD]})

    service_date: Day
    place: Id
    sector: Insee
    slot_from: At
    seats: Annotated[int, Field(ge=1, le=50)]
    lasts_s: Annotated[int, Field(ge=60, le=24 * 3600)] = 1800


class InsideBody(Shape):
    """Somebody to be booked inside held seats: there, and back to the same home."""

    model_config = ConfigDict(json_schema_extra={"examples": [_INSIDE]})

    participant: Id
    home: Id
    party_size: PartySize = 1
    purpose: Annotated[Purpose, Field(strict=False)] = Purpose.INSERTION

    def to_domain(self, place: PlaceId) -> Booking:
        """Return the booking, whose hours are those of the offer.

        Parameters
        ----------
        place
            Of the offer.

        Returns
        -------
        Booking
            There and back.
        """
        home = PlaceId(self.home)
        return Booking(
            id=BookingId(""),
            participant=ParticipantId(self.participant),
            outward=LegRequest(home, place),
            return_leg=LegRequest(place, home),
            party_size=self.party_size,
            purpose=self.purpose,
        )


class ProposeBody(Shape):
    """Days to look at for a flexible booking."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"dates": ["2026-03-27"]}]})

    dates: Annotated[list[Day], Field(min_length=1, max_length=14)]


class ConfirmBody(Shape):
    """The proposal that somebody has agreed to."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"proposal": "off_2f5n7h3k6q4t8v2w5x7z9b3d4f"}]}
    )

    proposal: Id


class SectorAnswer(Answer):
    """Where people may come from, no nearer than their commune."""

    insee: str
    name: str


class SlotAnswer(Answer):
    """Seats of one half hour; nobody is named."""

    place: IdText
    slot_from: AtText
    slot_until: AtText
    back_from: AtText
    back_until: AtText
    sector: SectorAnswer
    seats: int
    marginal_m: int
    marginal_paid_s: int


class SlotsAnswer(Answer):
    """What a day has to offer to a place."""

    service_date: DayText
    items: list[SlotAnswer]


class HoldAnswer(Kept):
    """Seats that are kept until an instant."""

    service_date: DayText
    offer: SlotAnswer
    seats: Annotated[int, Field(description="Still free inside it.")]
    until: AtText
    bookings: list[IdText]


class ProposedLegAnswer(Answer):
    """One leg as it would be driven."""

    direction: Direction
    shift: IdText
    pickup: AtText
    dropoff: AtText


class ProposalAnswer(Answer):
    """A day and an hour for a flexible booking, until it expires."""

    id: IdText
    service_date: DayText
    legs: list[ProposedLegAnswer]
    marginal_m: int
    value_eur_cents: int
    net_eur_cents: int
    expires_at: AtText


class DayWithoutAnswer(Answer):
    """A day that has no place, and why."""

    service_date: DayText
    code: str
    slug: str
    sentence: Annotated[str, Field(description="French, to be read aloud.")]


class ProposalsAnswer(Answer):
    """Proposals, the most valuable first, and days that have none."""

    proposals: list[ProposalAnswer]
    refused: list[DayWithoutAnswer]


class CollectedAnswer(Answer):
    """Who is brought to an event and back, and who still waits."""

    event: IdText
    bookings: list[BookingAnswer]
    marginal_m: int
    left_out: list[WaitingAnswer]


def slot_name(place: str, slot_from: str, insee: str) -> str:
    """Return the name under which the planner knows an offer."""
    return f"{place}/{slot_from}/{insee}"


def slots_data(slots: SlotsOfDay) -> dict[str, Any]:
    """Write what a day has to offer.

    Parameters
    ----------
    slots
        To one place.

    Returns
    -------
    dict
        Fields of ``SlotsAnswer``.
    """
    day = slots.scenario.day
    return {
        "service_date": day.date.isoformat(),
        "items": [_slot(each, day) for each in slots.offers],
    }


def hold_data(kept: KeptHold, day: ServiceDay) -> dict[str, Any]:
    """Write seats on hold.

    Parameters
    ----------
    kept, day
        As kept, on which day.

    Returns
    -------
    dict
        Fields of ``HoldAnswer`` besides those of every kept thing.
    """
    return {
        "service_date": kept.service_date.isoformat(),
        "offer": _slot(kept.hold.offer, day),
        "seats": kept.hold.seats,
        "until": utc_text(kept.hold.until_at),
        "bookings": list(kept.hold.booked),
    }


def proposals_data(proposed: Proposed, time_zone: str) -> dict[str, Any]:
    """Write what days have to offer for a flexible booking.

    Parameters
    ----------
    proposed
        Proposals and refusals.
    time_zone
        Of the association.

    Returns
    -------
    dict
        Fields of ``ProposalsAnswer``.
    """
    return {
        "proposals": [_proposal(each, time_zone) for each in proposed.proposals],
        "refused": [
            {"service_date": day.isoformat(), **asdict(reason)} for day, reason in proposed.refused
        ],
    }


def _slot(offer: SlotOffer, day: ServiceDay) -> dict[str, Any]:
    slot, back = span_data(offer.slot, day), span_data(offer.back, day)
    return {
        "place": offer.place,
        "slot_from": slot["from"],
        "slot_until": slot["until"],
        "back_from": back["from"],
        "back_until": back["until"],
        "sector": {"insee": offer.sector.insee, "name": offer.sector.name},
        "seats": offer.seats,
        "marginal_m": offer.marginal_m,
        "marginal_paid_s": offer.marginal_paid_s,
    }


def _proposal(kept: KeptProposal, time_zone: str) -> dict[str, Any]:
    day, proposal = ServiceDay(kept.service_date, time_zone), kept.proposal
    return {
        "id": kept.id,
        "service_date": kept.service_date.isoformat(),
        "legs": [
            {
                "direction": each.leg.rsplit(":", 1)[-1],
                "shift": each.shift,
                "pickup": local_text(day.start_at + each.pickup_s, time_zone),
                "dropoff": local_text(day.start_at + each.dropoff_s, time_zone),
            }
            for each in proposal.offer.legs
        ],
        "marginal_m": proposal.offer.marginal_m,
        "value_eur_cents": proposal.value_eur_cents,
        "net_eur_cents": round(proposal.net / 1000),
        "expires_at": utc_text(kept.expires_at),
    }
