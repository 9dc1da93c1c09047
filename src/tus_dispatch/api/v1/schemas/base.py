"""Types that bodies and answers share: bounded texts, instants with offset, clock times."""

from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from tus_dispatch.domain.service_day import ServiceDay, WallTimeError
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Shape
from tus_dispatch.formats.native.times import Date, Instant, ServiceDate

_DAY_PATTERN = "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK_PATTERN = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"
# A night without a change of clocks, by which times of every week are checked.
_ORDINARY_DAY = ServiceDay(datetime(2026, 1, 15, tzinfo=UTC).date(), "UTC")


class Answer(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def instant_schema(example: str = "2026-03-27T08:30:00+01:00") -> WithJsonSchema:
    """Describe an instant.

    Parameters
    ----------
    example
        Shown in the documentation.

    Returns
    -------
    WithJsonSchema
        RFC 3339 with offset, whole seconds.
    """
    return WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "pattern": f"^{_DAY_PATTERN}T{_CLOCK_PATTERN}$",
            "description": "RFC 3339 with offset, whole seconds.",
            "examples": [example],
        }
    )


At = Annotated[Instant, instant_schema()]
Day = Annotated[
    ServiceDate,
    WithJsonSchema(
        {
            "type": "string",
            "format": "date",
            "pattern": f"^{_DAY_PATTERN}$",
            "examples": ["2026-03-27"],
        }
    ),
]
AnyDay = Annotated[Date, WithJsonSchema({"type": "string", "format": "date"})]
# What answers hold: already text.
AtText = Annotated[
    str,
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-03-27T07:30:00Z"]}),
]
DayText = Annotated[
    str, WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-03-27"]})
]
IdText = Annotated[
    str,
    WithJsonSchema(
        {
            "type": "string",
            "minLength": 1,
            "maxLength": 64,
            "examples": ["plc_2f5n7h3k6q4t8v2w5x7z9b3d4f"],
        }
    ),
]


def _clock(text: str) -> str:
    try:
        _ORDINARY_DAY.parse(text)
    except WallTimeError as error:
        raise refusal("unusable-time", error.expected) from error
    return text


_CLOCK_SCHEMA: dict[str, Any] = {
    "type": "string",
    "pattern": r"^((0[4-9]|1[0-9]|2[0-3]):[0-5][0-9]|0[0-3]:[0-5][0-9]\+1|04:00\+1)$",
    "description": "Local time of every such day: HH:MM from 04:00 on, HH:MM+1 after midnight.",
    "examples": ["07:30"],
}
Clock = Annotated[str, AfterValidator(_clock), WithJsonSchema(_CLOCK_SCHEMA)]


class ClockBand(Shape):
    """Two clock times of every such day; equal for a fixed hour."""

    earliest: Clock
    latest: Clock


class Kept(Answer):
    """What every kept thing has beside its fields."""

    id: IdText
    version: Annotated[int, Field(ge=1, description="The ETag is this number in quotes.")]
    created_at: AtText
    changed_at: AtText


def seconds_of_clock(text: str) -> int:
    """Return a clock time as seconds from 04:00 of an ordinary day.

    Parameters
    ----------
    text
        As ``Clock`` takes it.

    Returns
    -------
    int
        Seconds.
    """
    return _ORDINARY_DAY.parse(text)


def clock_of_seconds(second: int) -> str:
    """Write seconds of an ordinary day as a clock time.

    Parameters
    ----------
    second
        From 04:00.

    Returns
    -------
    str
        As ``Clock`` takes it.
    """
    return _ORDINARY_DAY.wall(second)


def utc_text(at: int) -> str:
    """Write an instant in UTC.

    Parameters
    ----------
    at
        UTC epoch seconds.

    Returns
    -------
    str
        RFC 3339.

    Examples
    --------
    >>> utc_text(1774600200)
    '2026-03-27T08:30:00Z'
    """
    return datetime.fromtimestamp(at, tz=UTC).isoformat().replace("+00:00", "Z")


def local_text(at: int, time_zone: str) -> str:
    """Write an instant with the offset of a place.

    Parameters
    ----------
    at
        UTC epoch seconds.
    time_zone
        IANA name.

    Returns
    -------
    str
        RFC 3339.

    Examples
    --------
    >>> local_text(1774600200, "Europe/Paris")
    '2026-03-27T09:30:00+01:00'
    """
    return datetime.fromtimestamp(at, tz=UTC).astimezone(ZoneInfo(time_zone)).isoformat()
