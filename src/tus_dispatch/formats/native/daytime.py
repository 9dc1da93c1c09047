"""Shapes of what may fill the middle of a day: flexible bookings, events, protected time."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from tus_dispatch.domain.daytime import (
    Attendance,
    EventKind,
    FlexibleBooking,
    GroupEvent,
    ProtectedTarget,
)
from tus_dispatch.domain.demand import Purpose, ServiceRegime
from tus_dispatch.domain.fleet import SlotKind
from tus_dispatch.domain.units import (
    BookingId,
    DriverId,
    EventId,
    ParticipantId,
    PlaceId,
    TargetId,
)
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import MOST_ENTRIES, Duration, Shape
from tus_dispatch.formats.native.texts import Id, Text, Words
from tus_dispatch.formats.native.times import Date, Period, Window

Cents = Annotated[int, Field(ge=0, le=10**8)]
Party = Annotated[int, Field(ge=1, le=100)]
_ELSEWHERE = "un autre lieu que le domicile"


class FlexibleBookingShape(Shape):
    """A trip whose hour, perhaps whose day, is still to be agreed."""

    id: Id
    participant: Id
    home: Id
    place: Id
    windows: Annotated[list[Window], Field(min_length=1, max_length=20)]
    stay_s: Duration = 3600
    one_way: bool = False
    dates: list[Date] = Field(default_factory=list, max_length=400)
    party_size: Party = 1
    purpose: Annotated[Purpose, Field(strict=False)] = Purpose.OTHER
    regime: Annotated[ServiceRegime, Field(strict=False)] = ServiceRegime.TUS
    requires: Words = Field(default_factory=list)
    value_eur_cents: Cents | None = None

    @model_validator(mode="after")
    def _expect_room_to_stay(self) -> Self:
        if self.place == self.home:
            raise refusal("same-place", _ELSEWHERE)
        longest_s = max(each.latest - each.earliest for each in self.windows)
        if not self.one_way and longest_s < self.stay_s:
            raise refusal(
                "inverted-window", "un créneau au moins aussi long que la durée sur place"
            )
        return self

    def to_domain(self) -> FlexibleBooking:
        """Return the flexible booking."""
        return FlexibleBooking(
            id=BookingId(self.id),
            participant=ParticipantId(self.participant),
            home=PlaceId(self.home),
            place=PlaceId(self.place),
            windows=tuple(each.to_domain() for each in self.windows),
            stay_s=self.stay_s,
            one_way=self.one_way,
            dates=tuple(self.dates),
            party_size=self.party_size,
            purpose=self.purpose,
            regime=self.regime,
            requires=tuple(self.requires),
            value_eur_cents=self.value_eur_cents,
        )


class AttendanceShape(Shape):
    """Somebody who wants to come to an event."""

    participant: Id
    home: Id
    party_size: Party = 1

    def to_domain(self) -> Attendance:
        """Return the attendance."""
        return Attendance(ParticipantId(self.participant), PlaceId(self.home), self.party_size)


class GroupEventShape(Period):
    """A workshop, a food distribution, a permanence or a market."""

    id: Id
    name: Text
    kind: Annotated[EventKind, Field(strict=False)]
    place: Id
    capacity: Annotated[int, Field(ge=1, le=1000)]
    attendances: list[AttendanceShape] = Field(default_factory=list, max_length=MOST_ENTRIES)
    early_s: Duration = 1800
    late_s: Duration = 2400
    purpose: Annotated[Purpose, Field(strict=False)] = Purpose.INSERTION
    regime: Annotated[ServiceRegime, Field(strict=False)] = ServiceRegime.TUS
    value_eur_cents: Cents | None = None

    @model_validator(mode="after")
    def _expect_different_people(self) -> Self:
        people = [each.participant for each in self.attendances]
        if len(set(people)) < len(people):
            raise refusal("doubled-id", "chaque personne une seule fois")
        if any(each.home == self.place for each in self.attendances):
            raise refusal("same-place", _ELSEWHERE)
        return self

    def to_domain(self) -> GroupEvent:
        """Return the event."""
        return GroupEvent(
            id=EventId(self.id),
            name=self.name,
            kind=self.kind,
            place=PlaceId(self.place),
            window=self.window(),
            capacity=self.capacity,
            attendances=tuple(each.to_domain() for each in self.attendances),
            early_s=self.early_s,
            late_s=self.late_s,
            purpose=self.purpose,
            regime=self.regime,
            value_eur_cents=self.value_eur_cents,
        )


class ProtectedTargetShape(Shape):
    """Time that a driver is to have today for training or accompaniment."""

    id: Id
    driver: Id
    kind: Annotated[SlotKind, Field(strict=False)]
    target_s: Annotated[Duration, Field(ge=60)]
    lengths_s: Annotated[
        list[Annotated[Duration, Field(ge=60)]], Field(min_length=1, max_length=20)
    ] = Field(default_factory=lambda: [5400, 3600, 1800])
    place: Id | None = None

    def to_domain(self) -> ProtectedTarget:
        """Return the target, longest slots first."""
        return ProtectedTarget(
            id=TargetId(self.id),
            driver=DriverId(self.driver),
            kind=self.kind,
            target_s=self.target_s,
            lengths_s=tuple(sorted(set(self.lengths_s), reverse=True)),
            place=None if self.place is None else PlaceId(self.place),
        )
