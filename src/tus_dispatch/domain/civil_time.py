"""Where civil days, nights and weeks of a time zone begin and end, as UTC instants."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def instant_of(day: date, second: int, time_zone: str) -> int:
    """Return when a clock shows a time of a civil day.

    Parameters
    ----------
    day
        Civil day.
    second
        Seconds on the clock since 00:00, 86 400 or more for the days after.
    time_zone
        IANA name.

    Returns
    -------
    int
        UTC epoch seconds; of a doubled time the first pass.
    """
    days, rest = divmod(second, 24 * 3600)
    clock = time(rest // 3600, rest // 60 % 60, rest % 60)
    local = datetime.combine(day + days * _DAY, clock, tzinfo=ZoneInfo(time_zone))
    return int(local.timestamp())


def civil_day_of(at: int, time_zone: str) -> date:
    """Return the civil day of an instant."""
    return datetime.fromtimestamp(at, tz=UTC).astimezone(ZoneInfo(time_zone)).date()


def clock_of(at: int, time_zone: str) -> str:
    """Write an instant as people say it: ``07:42``."""
    local = datetime.fromtimestamp(at, tz=UTC).astimezone(ZoneInfo(time_zone))
    return f"{local.hour:02d}:{local.minute:02d}"


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - day.weekday() * _DAY


def days_between(start_at: int, end_at: int, time_zone: str) -> Iterator[date]:
    """Yield the civil days that a span of time touches.

    Parameters
    ----------
    start_at, end_at
        UTC epoch seconds; the end itself is not touched.
    time_zone
        IANA name.

    Yields
    ------
    date
        In order.
    """
    day, last = civil_day_of(start_at, time_zone), civil_day_of(end_at - 1, time_zone)
    while day <= last:
        yield day
        day += _DAY
