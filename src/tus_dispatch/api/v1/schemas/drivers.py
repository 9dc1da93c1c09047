"""Drivers, and when each is away or has something protected."""

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from tus_dispatch.api.v1.schemas.base import (
    Answer,
    At,
    AtText,
    Clock,
    Day,
    DayText,
    IdText,
    Kept,
    utc_text,
)
from tus_dispatch.api.v1.schemas.fleet import LATER
from tus_dispatch.api.v1.schemas.places import Weekday
from tus_dispatch.domain.fleet import Driver, SlotKind
from tus_dispatch.domain.roster import ContractDay, ContractPattern, DriverTime, WallBand
from tus_dispatch.domain.units import DriverId, PlaceId
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Shape
from tus_dispatch.formats.native.texts import Id, Name, Text, Words

_WEEK_S = 7 * 24 * 3600
_YEAR_S = 366 * 24 * 3600
_DRIVER: dict[str, Any] = {
    "first_name": "Samir",
    "last_name": "Example",
    "phone": "06 39 98 12 34",
    "contract_week_s": 126000,
    "qualifications": ["wheelchair"],
}
_TIME: dict[str, Any] = {
    "driver": "drv_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "slot": "training",
    "from": "2026-03-27T14:00:00+01:00",
    "until": "2026-03-27T16:00:00+01:00",
}


_CONTRACT: dict[str, Any] = {
    "driver": "drv_2f5n7h3k6q4t8v2w5x7z9b3d4f",
    "days": [{"weekday": 0, "from": "07:00", "until": "18:00"}],
    "hours_notice": 168,
}


class DriverBody(Shape):
    """A driver, employed or volunteering."""

    model_config = ConfigDict(json_schema_extra={"examples": [_DRIVER]})

    first_name: Name = ""
    last_name: Name = ""
    phone: Text | None = None
    volunteer: bool = False
    contract_week_s: Annotated[int, Field(ge=0, le=_WEEK_S)] | None = None
    worked_week_s: Annotated[int, Field(ge=0, le=_WEEK_S)] = 0
    night_year_s: Annotated[int, Field(ge=0, le=_YEAR_S)] = 0
    last_duty_end: At | None = None
    qualifications: Words = Field(default_factory=list)
    home: Id | None = None
    medical_until: Annotated[
        Day | None, Field(description="Last day of the medical attestation of the préfet.")
    ] = None

    def to_domain(self) -> Driver:
        """Return the driver; the identity is given when it is kept."""
        return Driver(
            id=DriverId(""),
            first_name=self.first_name,
            last_name=self.last_name,
            phone=self.phone,
            volunteer=self.volunteer,
            contract_week_s=self.contract_week_s,
            worked_week_s=self.worked_week_s,
            night_year_s=self.night_year_s,
            last_duty_end_at=self.last_duty_end,
            qualifications=tuple(self.qualifications),
            home=None if self.home is None else PlaceId(self.home),
            medical_until=self.medical_until,
        )


class DriverAnswer(Kept):
    """A driver as kept."""

    first_name: str
    last_name: str
    phone: str | None
    volunteer: bool
    contract_week_s: int | None
    worked_week_s: int
    night_year_s: int
    last_duty_end: AtText | None
    qualifications: list[str]
    home: IdText | None
    medical_until: DayText | None


class DriverTimeBody(Shape):
    """A period in which a driver is away (no slot), or has something protected."""

    model_config = ConfigDict(json_schema_extra={"examples": [_TIME]})

    driver: Id
    slot: Annotated[SlotKind, Field(strict=False)] | None = None
    start: At = Field(alias="from")
    until: At
    place: Id | None = None

    @model_validator(mode="after")
    def _expect_length(self) -> Self:
        if self.until <= self.start:
            raise refusal("inverted-window", LATER)
        return self

    def to_domain(self) -> DriverTime:
        """Return the period."""
        place = None if self.place is None else PlaceId(self.place)
        return DriverTime(DriverId(self.driver), self.slot, self.start, self.until, place)


class DriverTimeAnswer(Kept):
    """A period of a driver."""

    driver: IdText
    slot: SlotKind | None
    start: AtText = Field(alias="from")
    until: AtText
    place: IdText | None


class ContractDayBody(Shape):
    """Hours that a contract allows on a weekday."""

    weekday: Weekday
    start: Clock = Field(alias="from")
    until: Clock


class ContractBody(Shape):
    """How a written contract spreads the hours of an employee over the week."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CONTRACT]})

    driver: Id
    days: Annotated[list[ContractDayBody], Field(min_length=1, max_length=7)]
    hours_notice: Annotated[int, Field(ge=0, le=8760)] = 168
    valid_from: Day | None = None
    valid_until: Day | None = None

    @model_validator(mode="after")
    def _expect_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise refusal("inverted-window", "une date de fin qui ne précède pas celle de début")
        if len({each.weekday for each in self.days}) < len(self.days):
            raise refusal("doubled-id", "chaque jour de la semaine une seule fois")
        return self

    def to_domain(self) -> ContractPattern:
        """Return the pattern."""
        days = tuple(ContractDay(e.weekday, WallBand(e.start, e.until)) for e in self.days)
        driver = DriverId(self.driver)
        return ContractPattern(driver, days, self.hours_notice, self.valid_from, self.valid_until)


class ContractDayAnswer(Answer):
    """Hours that a contract allows on a weekday."""

    weekday: int
    start: str = Field(alias="from")
    until: str


class ContractAnswer(Kept):
    """How a contract spreads the hours over the week."""

    driver: IdText
    days: list[ContractDayAnswer]
    hours_notice: int
    valid_from: DayText | None
    valid_until: DayText | None


def contract_data(pattern: ContractPattern) -> dict[str, Any]:
    """Write a contract pattern as the fields of its body.

    Parameters
    ----------
    pattern
        Hours over the week.

    Returns
    -------
    dict
        What ``ContractBody`` reads back.
    """
    valid_from, valid_until = pattern.valid_from, pattern.valid_until
    return {
        "driver": pattern.driver,
        "days": [
            {"weekday": each.weekday, "from": each.band.earliest, "until": each.band.latest}
            for each in pattern.days
        ],
        "hours_notice": pattern.hours_notice,
        "valid_from": None if valid_from is None else valid_from.isoformat(),
        "valid_until": None if valid_until is None else valid_until.isoformat(),
    }


def driver_data(driver: Driver) -> dict[str, Any]:
    """Write a driver as the fields of its body.

    Parameters
    ----------
    driver
        A driver.

    Returns
    -------
    dict
        What ``DriverBody`` reads back.
    """
    end_at, until = driver.last_duty_end_at, driver.medical_until
    return {
        "first_name": driver.first_name,
        "last_name": driver.last_name,
        "phone": driver.phone,
        "volunteer": driver.volunteer,
        "contract_week_s": driver.contract_week_s,
        "worked_week_s": driver.worked_week_s,
        "night_year_s": driver.night_year_s,
        "last_duty_end": None if end_at is None else utc_text(end_at),
        "qualifications": list(driver.qualifications),
        "home": driver.home,
        "medical_until": None if until is None else until.isoformat(),
    }


def driver_time_data(time: DriverTime) -> dict[str, Any]:
    """Write a period as the fields of its body.

    Parameters
    ----------
    time
        A period of a driver.

    Returns
    -------
    dict
        What ``DriverTimeBody`` reads back.
    """
    return {
        "driver": time.driver,
        "slot": None if time.slot is None else time.slot.value,
        "from": utc_text(time.from_at),
        "until": utc_text(time.until_at),
        "place": time.place,
    }
