"""Bookings that repeat, by RRULE and exceptions."""

from dataclasses import asdict
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from tus_dispatch.api.v1.schemas.base import Answer, Clock, Day, DayText, IdText, Kept
from tus_dispatch.api.v1.schemas.bookings import PartySize, Priority
from tus_dispatch.api.v1.schemas.shifts import BandAnswer, BandBody
from tus_dispatch.domain.calendar import RuleError, expect_rule
from tus_dispatch.domain.demand import Purpose, ServiceRegime
from tus_dispatch.domain.standing import Recurrence, StandingBooking, WallLeg
from tus_dispatch.domain.units import ParticipantId, PlaceId
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Duration, Shape, domain_of
from tus_dispatch.formats.native.texts import Id

_STANDING: dict[str, Any] = {
    "participant": "prt_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "recurrence": {
        "rule": "FREQ=WEEKLY;BYDAY=MO,TH",
        "starts_on": "2026-01-05",
        "in_school_holidays": False,
    },
    "outward": {
        "origin": "plc_2f5n7h3k6q4t8v2w5x7z9b3d4f",
        "destination": "plc_6q4t8v2w5x7z9b3d4f2f5n7h3k",
        "arrive_by": "08:45",
    },
}


Rule = Annotated[
    str,
    Field(
        min_length=10,
        max_length=200,
        description="RRULE of RFC 5545, of whole days.",
        examples=["FREQ=WEEKLY;BYDAY=MO,TH"],
    ),
]


class RecurrenceBody(Shape):
    """On which days something repeats."""

    rule: Rule
    starts_on: Day
    ends_on: Day | None = None
    except_on: list[Day] = Field(default_factory=list, max_length=400)
    also_on: list[Day] = Field(default_factory=list, max_length=400)
    on_public_holidays: bool = False
    in_school_holidays: bool = True

    @model_validator(mode="after")
    def _expect_order(self) -> Self:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise refusal("inverted-window", "une date de fin qui ne précède pas celle de début")
        try:
            expect_rule(self.rule, self.starts_on)
        except RuleError as error:
            raise refusal("unusable-rule", error.expected) from error
        return self

    def to_domain(self) -> Recurrence:
        """Return the recurrence."""
        return Recurrence(
            self.rule,
            self.starts_on,
            self.ends_on,
            tuple(sorted(set(self.except_on))),
            tuple(sorted(set(self.also_on))),
            self.on_public_holidays,
            self.in_school_holidays,
        )


class WallLegBody(Shape):
    """One direction in clock times; at least one time is given."""

    origin: Id
    destination: Id
    arrive_by: Clock | None = None
    not_before: Clock | None = None
    pickup_window: BandBody | None = None
    dropoff_window: BandBody | None = None
    max_ride_s: Duration | None = None

    @model_validator(mode="after")
    def _expect_sense(self) -> Self:
        if self.origin == self.destination:
            raise refusal("same-place", "une arrivée ailleurs qu’au départ")
        if not (self.arrive_by or self.not_before or self.pickup_window or self.dropoff_window):
            raise refusal("leg-without-time", "arrive_by, not_before ou un créneau")
        if (self.arrive_by and self.dropoff_window) or (self.not_before and self.pickup_window):
            raise refusal("two-times", "une heure ou un créneau, pas les deux")
        return self

    def to_domain(self) -> WallLeg:
        """Return the leg."""
        return WallLeg(
            PlaceId(self.origin),
            PlaceId(self.destination),
            self.arrive_by,
            self.not_before,
            domain_of(self.pickup_window),
            domain_of(self.dropoff_window),
            self.max_ride_s,
        )


class StandingBody(Shape):
    """A booking that repeats; every day of it becomes a booking of its own."""

    model_config = ConfigDict(json_schema_extra={"examples": [_STANDING]})

    participant: Id
    recurrence: RecurrenceBody
    outward: WallLegBody | None = None
    return_leg: WallLegBody | None = Field(default=None, alias="return")
    party_size: PartySize = 1
    purpose: Annotated[Purpose, Field(strict=False)] = Purpose.OTHER
    regime: Annotated[ServiceRegime, Field(strict=False)] = ServiceRegime.TUS
    priority: Priority = 0

    @model_validator(mode="after")
    def _expect_leg(self) -> Self:
        if self.outward is None and self.return_leg is None:
            raise refusal("booking-without-leg", "un aller (outward) ou un retour (return)")
        return self

    def to_domain(self) -> StandingBooking:
        """Return the standing booking."""
        return StandingBooking(
            ParticipantId(self.participant),
            self.recurrence.to_domain(),
            domain_of(self.outward),
            domain_of(self.return_leg),
            self.party_size,
            self.purpose,
            self.regime,
            self.priority,
        )


class RecurrenceAnswer(Answer):
    """On which days something repeats."""

    rule: str
    starts_on: DayText
    ends_on: DayText | None
    except_on: list[DayText]
    also_on: list[DayText]
    on_public_holidays: bool
    in_school_holidays: bool


class WallLegAnswer(Answer):
    """One direction in clock times."""

    origin: IdText
    destination: IdText
    arrive_by: str | None
    not_before: str | None
    pickup_window: BandAnswer | None
    dropoff_window: BandAnswer | None
    max_ride_s: int | None


class StandingAnswer(Kept):
    """A standing booking as kept; fields outside the caller's role are absent."""

    participant: IdText
    recurrence: RecurrenceAnswer
    outward: WallLegAnswer | None
    return_leg: WallLegAnswer | None = Field(alias="return")
    party_size: int
    purpose: Purpose
    regime: ServiceRegime | None = None
    priority: int | None = None


def standing_data(standing: StandingBooking) -> dict[str, Any]:
    """Write a standing booking as the fields of its body.

    Parameters
    ----------
    standing
        A booking that repeats.

    Returns
    -------
    dict
        What ``StandingBody`` reads back.
    """
    recurrence, outward, back = standing.recurrence, standing.outward, standing.return_leg
    ends_on = recurrence.ends_on
    return {
        "participant": standing.participant,
        "recurrence": {
            "rule": recurrence.rule,
            "starts_on": recurrence.starts_on.isoformat(),
            "ends_on": None if ends_on is None else ends_on.isoformat(),
            "except_on": [each.isoformat() for each in recurrence.except_on],
            "also_on": [each.isoformat() for each in recurrence.also_on],
            "on_public_holidays": recurrence.on_public_holidays,
            "in_school_holidays": recurrence.in_school_holidays,
        },
        "outward": None if outward is None else asdict(outward),
        "return": None if back is None else asdict(back),
        "party_size": standing.party_size,
        "purpose": standing.purpose.value,
        "regime": standing.regime.value,
        "priority": standing.priority,
    }
