"""VROOM's times count seconds from any moment; here they become seconds of the service day.

Numbers from 946684800 on (the year 2000) are UTC seconds; smaller ones count from 00:00
local time of the service date, as if no clock changed that day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tus_dispatch.domain.service_day import DAY_START, ServiceDay
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.formats.foreign.draft import DEFAULT_DATE
from tus_dispatch.formats.foreign.values import Path, Values

FIRST_INSTANT = 946_684_800
_LAST_INSTANT = 4_102_444_800
_DAY_START_S = DAY_START.hour * 3600
_MOST_WINDOWS = 50


@dataclass(frozen=True, slots=True)
class VroomClock:
    """Which service day a file is about, and where its zero is.

    Attributes
    ----------
    day
        The service day.
    zero_s
        What the file writes for 04:00.
    is_dated
        Whether the file's own times name the day.
    """

    day: ServiceDay
    zero_s: int
    is_dated: bool

    def window(self, values: Values, *at: str | int) -> tuple[TimeWindow | None, bool]:
        """Read a window.

        Parameters
        ----------
        values
            The document; a window outside the day is noted.
        *at
            Where the window stands.

        Returns
        -------
        TimeWindow or None
            The part inside the service day; None when nothing is.
        bool
            Whether some of it lies outside.
        """
        bounds = values.find(*at)
        if not isinstance(bounds, list) or len(bounds) != 2:
            values.note("wrong-value", at, bounds, "une fenêtre [début, fin]")
            return None, False
        start_s = values.whole(*at, 0) - self.zero_s
        end_s = values.whole(*at, 1) - self.zero_s
        if end_s < start_s:
            values.note("wrong-value", at, bounds, "une fin qui ne précède pas le début")
            return None, False
        if end_s < 0 or start_s > self.day.length_s:
            expected = (
                f"un horaire entre 04:00 le {self.day.date:%d/%m/%Y} et 04:00 le lendemain ; "
                "un autre jour se choisit avec --date"
            )
            values.note("outside-day", at, bounds, expected)
            return None, False
        inside = TimeWindow(max(0, start_s), min(end_s, self.day.length_s))
        return inside, (inside.earliest_s, inside.latest_s) != (start_s, end_s)

    def single_window(self, values: Values, *at: str | int) -> tuple[TimeWindow | None, bool]:
        """Read a list of windows that may hold one at most.

        Parameters
        ----------
        values
            The document; several windows are noted, for a scenario knows one.
        *at
            Where the list stands.

        Returns
        -------
        TimeWindow or None
            None where there is no list, or nothing usable in it.
        bool
            Whether some of it lies outside the day.
        """
        windows = values.entries(*at, most=_MOST_WINDOWS)
        if not windows:
            return None, False
        if len(windows) > 1:
            values.note("several-windows", at, windows, "une seule fenêtre")
            return None, False
        return self.window(values, *at, 0)


def find_clock(values: Values, service_date: date | None, time_zone: str) -> VroomClock:
    """Find out which day a file is about.

    Parameters
    ----------
    values
        The document.
    service_date
        The day if it is known; else the first instant of the file names it.
    time_zone
        Zone of the territory.

    Returns
    -------
    VroomClock
        For every time of the file.

    Raises
    ------
    InputError
        When the file mixes both ways, for then no time of it can be read.
    """
    times = sorted(set(_times(values.data)))
    instants = [each for each in times if FIRST_INSTANT <= each <= _LAST_INSTANT]
    if not instants:
        return VroomClock(
            ServiceDay(service_date or DEFAULT_DATE, time_zone), _DAY_START_S, is_dated=False
        )
    # A zero beside instants means "from the beginning of time", as people write it.
    if any(0 < each < FIRST_INSTANT for each in times):
        expected = "des secondes UTC partout, ou des secondes depuis minuit partout"
        values.note("contradiction", (), f"{times[0]} … {times[-1]}", expected)
        values.raise_any()
    day = ServiceDay(service_date or _first_day(instants[0], time_zone), time_zone)
    return VroomClock(day, day.start_at, is_dated=True)


def _first_day(instant: int, time_zone: str) -> date:
    local = datetime.fromtimestamp(instant, tz=UTC).astimezone(ZoneInfo(time_zone))
    return local.date() - timedelta(days=int(local.time() < DAY_START))


def _times(data: Any) -> Iterator[int]:
    """Yield every number of the file that is a time."""
    for path in _TIME_PATHS:
        for value in _below(data, path):
            if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
                yield value


_TIME_PATHS: tuple[Path, ...] = (
    ("vehicles", "*", "time_window", "*"),
    ("vehicles", "*", "breaks", "*", "time_windows", "*", "*"),
    ("vehicles", "*", "steps", "*", "service_at"),
    *(
        ("shipments", "*", step, key, "*", "*")
        for step in ("pickup", "delivery")
        for key in ("time_windows", "soft_time_windows")
    ),
)


def _below(value: Any, path: Path) -> Iterator[Any]:
    if not path:
        yield value
    elif path[0] == "*":
        for inner in value if isinstance(value, list) else ():
            yield from _below(inner, path[1:])
    elif isinstance(value, dict) and path[0] in value:
        yield from _below(value[path[0]], path[1:])
