"""Times and dates of the files, read by the clock of the service day."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from tus_dispatch.domain.service_day import ServiceDay, WallTimeError
from tus_dispatch.domain.window import TimeWindow, WindowError
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Shape

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})"
)
_A_DATE = "une date qui existe : 2026-03-28"
_AN_INSTANT = "un instant avec son décalage : 2026-03-27T18:30:00+01:00"

TIME_SCHEMA: dict[str, Any] = {
    "type": "string",
    "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(\+1)?[AB]?$",
    "description": "Local time: HH:MM from 04:00 on, HH:MM+1 after midnight up to 04:00+1, "
    "with A or B (first or second pass) in the hour the clocks repeat.",
    "examples": ["07:30", "00:15+1", "02:30+1B"],
}


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What reading a value depends on.

    Attributes
    ----------
    day
        The service day, by which times are read.
    is_day_known
        False when the date or the zone of the file is wrong: then the day is
        a stand-in, and an A or B after a time is not judged.
    """

    day: ServiceDay
    is_day_known: bool = True
    _seen: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def seconds(self, text: str) -> int:
        """Read a clock time.

        Parameters
        ----------
        text
            As written in the file.

        Returns
        -------
        int
            Seconds of the service day.

        Raises
        ------
        WallTimeError
            When the day has no such time, or two.
        """
        if text not in self._seen:
            self._seen[text] = self.day.parse(text if self.is_day_known else text.rstrip("AB"))
        return self._seen[text]


def _read_time(value: object, info: ValidationInfo) -> int:
    if not isinstance(value, str):
        raise refusal("wrong-type", 'une heure entre guillemets : "07:30"')
    context = info.context
    if not isinstance(context, ReadContext):
        raise TypeError("times are read with a ReadContext")
    try:
        return context.seconds(value)
    except WallTimeError as error:
        raise refusal("unusable-time", error.expected) from error


def _read_date(value: object) -> date:
    if not isinstance(value, str):
        raise refusal("wrong-type", _A_DATE)
    if not _DATE.fullmatch(value):
        raise refusal("unusable-date", _A_DATE)
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise refusal("unusable-date", _A_DATE) from error


def _read_instant(value: object) -> int:
    if not isinstance(value, str):
        raise refusal("wrong-type", _AN_INSTANT)
    if not _INSTANT.fullmatch(value):
        raise refusal("unusable-date", _AN_INSTANT)
    try:
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise refusal("unusable-date", _AN_INSTANT) from error
    _expect_our_century(instant)
    return int(instant.timestamp())


def _expect_our_century(value: date) -> date:
    if not 2000 <= value.year <= 2100:
        raise refusal("out-of-range", "une année entre 2000 et 2100")
    return value


Time = Annotated[int, BeforeValidator(_read_time), WithJsonSchema(TIME_SCHEMA)]
Date = Annotated[
    date, BeforeValidator(_read_date), WithJsonSchema({"type": "string", "format": "date"})
]
ServiceDate = Annotated[
    date,
    BeforeValidator(_read_date),
    AfterValidator(_expect_our_century),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Instant = Annotated[
    int,
    BeforeValidator(_read_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


def window_of(earliest_s: int, latest_s: int) -> TimeWindow:
    """Make a window; an inverted one is a mistake of the file.

    Parameters
    ----------
    earliest_s, latest_s
        Bounds in seconds of the day.

    Returns
    -------
    TimeWindow
        With both bounds.

    Raises
    ------
    PydanticCustomError
        When the end comes before the start.
    """
    try:
        return TimeWindow(earliest_s, latest_s)
    except WindowError as error:
        raise refusal("inverted-window", "une fin qui ne précède pas le début") from error


class Window(Shape):
    """Earliest and latest, both included."""

    earliest: Time
    latest: Time

    @model_validator(mode="after")
    def _expect_order(self) -> Self:
        self.to_domain()
        return self

    def to_domain(self) -> TimeWindow:
        """Return the window in seconds."""
        return window_of(self.earliest, self.latest)


class Period(Shape):
    """From a time until a later one."""

    start: Time = Field(alias="from")
    until: Time

    @model_validator(mode="after")
    def _expect_length(self) -> Self:
        if window_of(self.start, self.until).earliest_s == self.until:
            raise refusal("inverted-window", "une fin plus tard que le début")
        return self

    def window(self) -> TimeWindow:
        """Return the period in seconds."""
        return window_of(self.start, self.until)


def _read_band(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    second = _read_time(value, info)
    return Window.model_construct(earliest=second, latest=second)


_BAND_SCHEMA = {
    "anyOf": [
        TIME_SCHEMA,
        {
            "type": "object",
            "properties": {"earliest": TIME_SCHEMA, "latest": TIME_SCHEMA},
            "required": ["earliest", "latest"],
            "additionalProperties": False,
        },
    ],
    "description": "A fixed hour, or a band.",
}

Band = Annotated[Window, BeforeValidator(_read_band), WithJsonSchema(_BAND_SCHEMA)]
