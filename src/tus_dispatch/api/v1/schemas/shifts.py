"""Shifts of every week, and of single days that differ."""

from dataclasses import asdict
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from tus_dispatch.api.v1.schemas.base import (
    Answer,
    Clock,
    ClockBand,
    Day,
    DayText,
    IdText,
    Kept,
    clock_of_seconds,
    seconds_of_clock,
)
from tus_dispatch.api.v1.schemas.places import Weekday
from tus_dispatch.domain.fleet import BreakRule
from tus_dispatch.domain.roster import ShiftRule, WallBand
from tus_dispatch.domain.units import DriverId, PlaceId, VehicleId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Duration, Shape, domain_of
from tus_dispatch.formats.native.texts import Id, Text

_SHIFT: dict[str, Any] = {
    "name": "Matin Sancerre",
    "vehicle": "veh_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "driver": "drv_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "start": {"earliest": "06:30", "latest": "07:00"},
    "end": {"earliest": "12:30", "latest": "13:00"},
    "start_place": "plc_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "end_place": "plc_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "weekdays": [0, 1, 2, 3, 4],
}


class BandBody(ClockBand):
    """A band for sign-on or sign-off."""

    @model_validator(mode="after")
    def _expect_order(self) -> Self:
        if seconds_of_clock(self.latest) < seconds_of_clock(self.earliest):
            raise refusal("inverted-window", "une fin qui ne précède pas le début")
        return self

    def to_domain(self) -> WallBand:
        """Return the band."""
        return WallBand(self.earliest, self.latest)


class BreakBody(Shape):
    """When a duty needs a break with nobody aboard."""

    duration_s: Annotated[Duration, Field(ge=1)] = 1200
    after_s: Duration = 21600
    window: BandBody | None = None

    def to_domain(self) -> BreakRule:
        """Return the rule."""
        band = self.window
        window = None
        if band is not None:
            window = TimeWindow(seconds_of_clock(band.earliest), seconds_of_clock(band.latest))
        return BreakRule(self.duration_s, self.after_s, window)


class ShiftBody(Shape):
    """A shift: weekly with its weekdays, or of one service date."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SHIFT]})

    name: Text
    vehicle: Id
    driver: Id | None = None
    start: BandBody
    end: BandBody
    start_place: Id
    end_place: Id
    weekdays: list[Weekday] = Field(default_factory=list, max_length=7)
    valid_from: Day | None = None
    valid_until: Day | None = None
    service_date: Day | None = None
    replaces: Id | None = None
    is_cancelled: bool = False
    break_rule: BreakBody | None = Field(default=None, alias="break")
    max_duty_s: Annotated[Duration, Field(ge=60)] | None = None

    @model_validator(mode="after")
    def _expect_sense(self) -> Self:
        if bool(self.weekdays) == (self.service_date is not None):
            raise refusal("one-of-two", "des jours (weekdays) ou une date (service_date)")
        if self.replaces is not None and self.service_date is None:
            raise refusal("one-of-two", "une date (service_date) quand la vacation en remplace une")
        if seconds_of_clock(self.end.latest) <= seconds_of_clock(self.start.earliest):
            raise refusal("inverted-window", "une fin de service (end) après la prise (start)")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise refusal("inverted-window", "une date de fin qui ne précède pas celle de début")
        return self

    def to_domain(self) -> ShiftRule:
        """Return the shift."""
        return ShiftRule(
            name=self.name,
            vehicle=VehicleId(self.vehicle),
            driver=None if self.driver is None else DriverId(self.driver),
            start=self.start.to_domain(),
            end=self.end.to_domain(),
            start_place=PlaceId(self.start_place),
            end_place=PlaceId(self.end_place),
            weekdays=tuple(sorted(set(self.weekdays))),
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            service_date=self.service_date,
            replaces=self.replaces,
            is_cancelled=self.is_cancelled,
            break_rule=domain_of(self.break_rule),
            max_duty_s=self.max_duty_s,
        )


class BandAnswer(Answer):
    """Two clock times."""

    earliest: Clock
    latest: Clock


class BreakAnswer(Answer):
    """When a duty needs a break."""

    duration_s: int
    after_s: int
    window: BandAnswer | None


class ShiftAnswer(Kept):
    """A shift as it is kept."""

    name: str
    vehicle: IdText
    driver: IdText | None
    start: BandAnswer
    end: BandAnswer
    start_place: IdText
    end_place: IdText
    weekdays: list[int]
    valid_from: DayText | None
    valid_until: DayText | None
    service_date: DayText | None
    replaces: IdText | None
    is_cancelled: bool
    break_rule: BreakAnswer | None = Field(alias="break")
    max_duty_s: int | None


def shift_data(rule: ShiftRule) -> dict[str, Any]:
    """Write a shift as the fields of its body.

    Parameters
    ----------
    rule
        A shift.

    Returns
    -------
    dict
        What ``ShiftBody`` reads back.
    """
    dates = ("valid_from", "valid_until", "service_date")
    return {
        "name": rule.name,
        "vehicle": rule.vehicle,
        "driver": rule.driver,
        "start": asdict(rule.start),
        "end": asdict(rule.end),
        "start_place": rule.start_place,
        "end_place": rule.end_place,
        "weekdays": list(rule.weekdays),
        **{key: None if (on := getattr(rule, key)) is None else on.isoformat() for key in dates},
        "replaces": rule.replaces,
        "is_cancelled": rule.is_cancelled,
        "break": None if rule.break_rule is None else _break_data(rule.break_rule),
        "max_duty_s": rule.max_duty_s,
    }


def _break_data(rule: BreakRule) -> dict[str, Any]:
    window = rule.window
    band = None
    if window is not None:
        band = {
            "earliest": clock_of_seconds(window.earliest_s),
            "latest": clock_of_seconds(window.latest_s),
        }
    return {"duration_s": rule.duration_s, "after_s": rule.after_s, "window": band}
