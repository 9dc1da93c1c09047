"""Shapes of participants and bookings."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from tus_dispatch.domain.demand import (
    Booking,
    Eligibility,
    EligibilityGround,
    LegRequest,
    Override,
    Participant,
    Pin,
    Purpose,
    Referral,
    ServiceRegime,
)
from tus_dispatch.domain.reason import REASONS
from tus_dispatch.domain.units import BookingId, DriverId, ParticipantId, PlaceId, ShiftId
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.setting import RideLimitShape
from tus_dispatch.formats.native.shape import Duration, Few, Shape, domain_of
from tus_dispatch.formats.native.texts import Id, Name, Note, PersonId, Text, Word, Words
from tus_dispatch.formats.native.times import Date, Instant, Time, Window
from tus_dispatch.rules.overrides import liftable_slugs, refused_override

_DATES = "une date de fin qui ne précède pas la date de début"


class EligibilityShape(Shape):
    """The outcome of an eligibility check, without its evidence."""

    ground: Annotated[EligibilityGround, Field(strict=False)]
    checked_on: Date | None = None
    expires_on: Date | None = None
    checked_by: Text | None = None

    def to_domain(self) -> Eligibility:
        """Return the outcome."""
        return Eligibility(self.ground, self.checked_on, self.expires_on, self.checked_by)


class ReferralShape(Shape):
    """A prescriber's referral and the days it covers."""

    starts_on: Date
    expires_on: Date | None = None
    prescriber: Text | None = None

    @model_validator(mode="after")
    def _expect_order(self) -> Self:
        if self.expires_on is not None and self.expires_on < self.starts_on:
            raise refusal("inverted-window", _DATES)
        return self

    def to_domain(self) -> Referral:
        """Return the referral."""
        return Referral(self.starts_on, self.expires_on, self.prescriber)


class ParticipantShape(Shape):
    """A person carried, with what the ride must respect."""

    id: PersonId
    first_name: Name = ""
    last_name: Name = ""
    phone: Text | None = None
    boarding_s: Duration = 120
    alighting_s: Duration = 60
    wheelchair: bool = False
    companions: Few = 0
    child_seats: Few = 0
    ride_limit: RideLimitShape | None = None
    eligibility: EligibilityShape | None = None
    referrals: list[ReferralShape] = Field(default_factory=list, max_length=50)
    never_with: list[Id] = Field(default_factory=list, max_length=1000)
    requires: Words = Field(default_factory=list)
    note: Note | None = None
    regular_driver: Id | None = None

    def to_domain(self) -> Participant:
        """Return the participant."""
        return Participant(
            id=ParticipantId(self.id),
            first_name=self.first_name,
            last_name=self.last_name,
            phone=self.phone,
            boarding_s=self.boarding_s,
            alighting_s=self.alighting_s,
            wheelchair=self.wheelchair,
            companions=self.companions,
            child_seats=self.child_seats,
            ride_limit=domain_of(self.ride_limit),
            eligibility=domain_of(self.eligibility),
            referrals=tuple(each.to_domain() for each in self.referrals),
            never_with=tuple(ParticipantId(each) for each in self.never_with),
            requires=tuple(self.requires),
            note=self.note,
            regular_driver=(None if self.regular_driver is None else DriverId(self.regular_driver)),
        )


class PinShape(Shape):
    """A choice of the dispatcher that planning must keep."""

    shift: Id | None = None
    pickup: Time | None = None
    tolerance_s: Duration = 0

    @model_validator(mode="after")
    def _expect_choice(self) -> Self:
        if self.shift is None and self.pickup is None:
            raise refusal("pin", "une vacation (shift) ou une heure (pickup)")
        return self

    def to_domain(self) -> Pin:
        """Return the pin."""
        shift = None if self.shift is None else ShiftId(self.shift)
        return Pin(shift, self.pickup, self.tolerance_s)


class LegShape(Shape):
    """One direction; at least one time is given."""

    origin: Id
    destination: Id
    arrive_by: Time | None = None
    not_before: Time | None = None
    pickup_window: Window | None = None
    dropoff_window: Window | None = None
    max_ride_s: Duration | None = None
    boarding_s: Duration | None = None
    alighting_s: Duration | None = None
    pin: PinShape | None = None

    @model_validator(mode="after")
    def _expect_forwards(self) -> Self:
        earliest, latest = self._bounds()
        if earliest and latest and min(latest) < max(earliest):
            raise refusal("leg-backwards", "une arrivée plus tard que le départ")
        return self

    def _bounds(self) -> tuple[list[int], list[int]]:
        """Collect what bounds the pickup from below and the dropoff from above."""
        pickup, dropoff = self.pickup_window, self.dropoff_window
        earliest = [self.not_before, None if pickup is None else pickup.earliest]
        latest = [self.arrive_by, None if dropoff is None else dropoff.latest]
        return [e for e in earliest if e is not None], [x for x in latest if x is not None]

    def to_domain(self) -> LegRequest:
        """Return the request."""
        return LegRequest(
            origin=PlaceId(self.origin),
            destination=PlaceId(self.destination),
            arrive_by_s=self.arrive_by,
            not_before_s=self.not_before,
            pickup_window=domain_of(self.pickup_window),
            dropoff_window=domain_of(self.dropoff_window),
            max_ride_s=self.max_ride_s,
            boarding_s=self.boarding_s,
            alighting_s=self.alighting_s,
            pin=domain_of(self.pin),
        )


def expect_liftable(slug: str) -> None:
    """Refuse to lift what is no rule of the association.

    Parameters
    ----------
    slug
        Of a reason, as somebody wrote it.

    Raises
    ------
    PydanticCustomError
        For the law, and for what no register has.
    """
    liftable = liftable_slugs()
    if slug not in REASONS:
        raise refusal("unknown-choice", ", ".join(liftable))
    if refused_override(slug) is not None:
        raise refusal("override-of-law", f"un motif qui se lève : {', '.join(liftable)}")


class OverrideShape(Shape):
    """A rule of the association lifted for one booking; the law cannot be lifted."""

    reason: Word
    motive: Note
    by: Text
    made_at: Instant = Field(alias="at")

    @model_validator(mode="after")
    def _expect_rule(self) -> Self:
        expect_liftable(self.reason)
        return self

    def to_domain(self) -> Override:
        """Return what was lifted."""
        return Override(self.reason, self.motive, self.by, self.made_at)


class BookingShape(Shape):
    """What someone asks for: an outward leg, a return leg, or both linked."""

    id: Id
    participant: Id
    outward: LegShape | None = None
    return_leg: LegShape | None = Field(default=None, alias="return")
    party_size: Annotated[int, Field(ge=1, le=100)] = 1
    purpose: Annotated[Purpose, Field(strict=False)] = Purpose.OTHER
    regime: Annotated[ServiceRegime, Field(strict=False)] = ServiceRegime.TUS
    priority: Annotated[int, Field(ge=0, le=100)] = 0
    required: bool = True
    price_eur_cents: Annotated[int, Field(ge=0, le=10**8)] | None = None
    requires: Words = Field(default_factory=list)
    external_ref: Text | None = None
    participation_eur_cents: Annotated[int, Field(ge=0, le=10**6)] | None = None
    overrides: list[OverrideShape] = Field(default_factory=list, max_length=20)

    def to_domain(self) -> Booking:
        """Return the booking."""
        return Booking(
            id=BookingId(self.id),
            participant=ParticipantId(self.participant),
            outward=domain_of(self.outward),
            return_leg=domain_of(self.return_leg),
            party_size=self.party_size,
            purpose=self.purpose,
            regime=self.regime,
            priority=self.priority,
            price_eur_cents=self.price_eur_cents,
            requires=tuple(self.requires),
            external_ref=self.external_ref,
            participation_eur_cents=self.participation_eur_cents,
            overrides=tuple(each.to_domain() for each in self.overrides),
        )
