"""What may fill the middle of a day: flexible bookings, events, who comes, protected time."""

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from tus_dispatch.api.v1.schemas.base import (
    Clock,
    Day,
    DayText,
    IdText,
    Kept,
    clock_of_seconds,
    seconds_of_clock,
)
from tus_dispatch.api.v1.schemas.bookings import PartySize
from tus_dispatch.api.v1.schemas.shifts import BandAnswer, BandBody
from tus_dispatch.domain.daytime import EventKind
from tus_dispatch.domain.demand import Purpose, ServiceRegime
from tus_dispatch.domain.fleet import SlotKind
from tus_dispatch.domain.kept_daytime import KeptAttendance, KeptEvent, KeptFlexible, KeptTarget
from tus_dispatch.domain.units import DriverId, ParticipantId, PlaceId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Duration, Shape
from tus_dispatch.formats.native.texts import Id, Text, Words

_ELSEWHERE = "un autre lieu que le domicile"
Cents = Annotated[
    int, Field(ge=0, le=10**8, description="What each leg is worth; null: by the policy.")
]
_FLEXIBLE: dict[str, Any] = {
    "participant": "prt_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "home": "plc_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "place": "plc_6q4t8v2w5x7z9b3d4f2f5n7h3k",
    "windows": [{"earliest": "09:30", "latest": "12:30"}],
    "stay_s": 3600,
    "dates": ["2026-03-27", "2026-03-30"],
    "purpose": "errands",
}
_EVENT: dict[str, Any] = {
    "service_date": "2026-03-27",
    "name": "Atelier cuisine",
    "kind": "workshop",
    "place": "plc_6q4t8v2w5x7z9b3d4f2f5n7h3k",
    "from": "10:00",
    "until": "12:00",
    "capacity": 8,
}
_ATTENDANCE: dict[str, Any] = {
    "event": "evt_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "participant": "prt_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "home": "plc_2f5n7h3k6q4t8v2w5x7z9b3d4f",
}
_TARGET: dict[str, Any] = {
    "service_date": "2026-03-27",
    "driver": "drv_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "kind": "training",
    "target_s": 5400,
}


class FlexibleBody(Shape):
    """A trip whose day and hour are still to be agreed."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FLEXIBLE]})

    participant: Id
    home: Id
    place: Id
    windows: Annotated[list[BandBody], Field(min_length=1, max_length=20)]
    stay_s: Duration = 3600
    one_way: bool = False
    dates: list[Day] = Field(default_factory=list, max_length=400)
    party_size: PartySize = 1
    purpose: Annotated[Purpose, Field(strict=False)] = Purpose.OTHER
    regime: Annotated[ServiceRegime, Field(strict=False)] = ServiceRegime.TUS
    requires: Words = Field(default_factory=list)
    value_eur_cents: Cents | None = None

    @model_validator(mode="after")
    def _expect_room_to_stay(self) -> Self:
        if self.place == self.home:
            raise refusal("same-place", _ELSEWHERE)
        longest_s = max(
            seconds_of_clock(each.latest) - seconds_of_clock(each.earliest) for each in self.windows
        )
        if not self.one_way and longest_s < self.stay_s:
            expected = "un créneau au moins aussi long que la durée sur place"
            raise refusal("inverted-window", expected)
        return self

    def to_domain(self) -> KeptFlexible:
        """Return the flexible booking."""
        return KeptFlexible(
            participant=ParticipantId(self.participant),
            home=PlaceId(self.home),
            place=PlaceId(self.place),
            windows=tuple(each.to_domain() for each in self.windows),
            stay_s=self.stay_s,
            one_way=self.one_way,
            dates=tuple(sorted(set(self.dates))),
            party_size=self.party_size,
            purpose=self.purpose,
            regime=self.regime,
            requires=tuple(self.requires),
            value_eur_cents=self.value_eur_cents,
        )


class FlexibleAnswer(Kept):
    """A flexible booking as kept; fields outside the caller's role are absent."""

    participant: IdText
    home: IdText
    place: IdText
    windows: list[BandAnswer]
    stay_s: int
    one_way: bool
    dates: list[DayText]
    party_size: int
    purpose: Purpose
    regime: ServiceRegime | None = None
    requires: list[str]
    value_eur_cents: int | None = None
    booking: Annotated[IdText | None, Field(description="What it has become, once confirmed.")]


class GroupEventBody(Shape):
    """A workshop, a food distribution, a permanence or a market."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EVENT]})

    service_date: Day
    name: Text
    kind: Annotated[EventKind, Field(strict=False)]
    place: Id
    start: Clock = Field(alias="from")
    until: Clock
    capacity: Annotated[int, Field(ge=1, le=1000)]
    early_s: Duration = 1800
    late_s: Duration = 2400
    purpose: Annotated[Purpose, Field(strict=False)] = Purpose.INSERTION
    regime: Annotated[ServiceRegime, Field(strict=False)] = ServiceRegime.TUS
    value_eur_cents: Cents | None = None

    @model_validator(mode="after")
    def _expect_length(self) -> Self:
        if seconds_of_clock(self.until) <= seconds_of_clock(self.start):
            raise refusal("inverted-window", "une fin plus tard que le début")
        return self

    def to_domain(self) -> KeptEvent:
        """Return the event."""
        return KeptEvent(
            service_date=self.service_date,
            name=self.name,
            kind=self.kind,
            place=PlaceId(self.place),
            window=TimeWindow(seconds_of_clock(self.start), seconds_of_clock(self.until)),
            capacity=self.capacity,
            early_s=self.early_s,
            late_s=self.late_s,
            purpose=self.purpose,
            regime=self.regime,
            value_eur_cents=self.value_eur_cents,
        )


class GroupEventAnswer(Kept):
    """An event as kept."""

    service_date: DayText
    name: str
    kind: EventKind
    place: IdText
    start: str = Field(alias="from")
    until: str
    capacity: int
    early_s: int
    late_s: int
    purpose: Purpose
    regime: ServiceRegime
    value_eur_cents: int | None


class AttendanceBody(Shape):
    """Somebody who wants to come to an event."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ATTENDANCE]})

    event: Id
    participant: Id
    home: Id
    party_size: PartySize = 1

    def to_domain(self) -> KeptAttendance:
        """Return the attendance."""
        return KeptAttendance(
            self.event, ParticipantId(self.participant), PlaceId(self.home), self.party_size
        )


class AttendanceAnswer(Kept):
    """Somebody who wants to come to an event."""

    event: IdText
    participant: IdText
    home: IdText
    party_size: int
    booking: Annotated[IdText | None, Field(description="Once the group is collected.")]


class TargetBody(Shape):
    """Protected time that a driver is to have on a day."""

    model_config = ConfigDict(json_schema_extra={"examples": [_TARGET]})

    service_date: Day
    driver: Id
    kind: Annotated[SlotKind, Field(strict=False)]
    target_s: Annotated[Duration, Field(ge=60)]
    lengths_s: Annotated[
        list[Annotated[Duration, Field(ge=60)]], Field(min_length=1, max_length=20)
    ] = Field(default_factory=lambda: [5400, 3600, 1800])
    place: Id | None = None

    def to_domain(self) -> KeptTarget:
        """Return the protected time, longest slots first."""
        return KeptTarget(
            service_date=self.service_date,
            driver=DriverId(self.driver),
            kind=self.kind,
            target_s=self.target_s,
            lengths_s=tuple(sorted(set(self.lengths_s), reverse=True)),
            place=None if self.place is None else PlaceId(self.place),
        )


class TargetAnswer(Kept):
    """Protected time that a driver is to have on a day."""

    service_date: DayText
    driver: IdText
    kind: SlotKind
    target_s: int
    lengths_s: list[int]
    place: IdText | None
    is_placed: Annotated[bool, Field(description="Whether it stands in the driver's calendar.")]


def flexible_data(kept: KeptFlexible) -> dict[str, Any]:
    """Write a flexible booking as the fields of its body."""
    return {
        "participant": kept.participant,
        "home": kept.home,
        "place": kept.place,
        "windows": [{"earliest": each.earliest, "latest": each.latest} for each in kept.windows],
        "stay_s": kept.stay_s,
        "one_way": kept.one_way,
        "dates": [each.isoformat() for each in kept.dates],
        "party_size": kept.party_size,
        "purpose": kept.purpose.value,
        "regime": kept.regime.value,
        "requires": list(kept.requires),
        "value_eur_cents": kept.value_eur_cents,
    }


def event_data(kept: KeptEvent) -> dict[str, Any]:
    """Write an event as the fields of its body."""
    return {
        "service_date": kept.service_date.isoformat(),
        "name": kept.name,
        "kind": kept.kind.value,
        "place": kept.place,
        "from": clock_of_seconds(kept.window.earliest_s),
        "until": clock_of_seconds(kept.window.latest_s),
        "capacity": kept.capacity,
        "early_s": kept.early_s,
        "late_s": kept.late_s,
        "purpose": kept.purpose.value,
        "regime": kept.regime.value,
        "value_eur_cents": kept.value_eur_cents,
    }


def attendance_data(kept: KeptAttendance) -> dict[str, Any]:
    """Write an attendance as the fields of its body."""
    return {
        "event": kept.event,
        "participant": kept.participant,
        "home": kept.home,
        "party_size": kept.party_size,
    }


def target_data(kept: KeptTarget) -> dict[str, Any]:
    """Write protected time as the fields of its body."""
    return {
        "service_date": kept.service_date.isoformat(),
        "driver": kept.driver,
        "kind": kept.kind.value,
        "target_s": kept.target_s,
        "lengths_s": list(kept.lengths_s),
        "place": kept.place,
    }
