"""A service day runs from 04:00 to 04:00 local time; inside it, time is whole seconds."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tus_dispatch.domain.units import Seconds
from tus_dispatch.errors import TusError

DAY_START = time(4, 0)
_WALL = re.compile(
    r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?"
    r"(?P<next>\+1)?(?P<fold>[AB])?",
    re.ASCII,
)


class WallTimeError(TusError):
    """A clock time is malformed, outside the service day, skipped or doubled.

    Parameters
    ----------
    text
        The time as written.
    expected
        French phrase naming what was expected.
    """

    def __init__(self, text: str, expected: str) -> None:
        self.text = text
        self.expected = expected
        super().__init__(f"{text!r}: {expected}")


class TimeZoneError(TusError):
    """The time zone is not in the IANA database."""


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """The one place where clock times and seconds meet.

    A clock time is written ``HH:MM`` from 04:00 on, ``HH:MM+1`` after
    midnight, up to ``04:00+1``. On the night the clocks go back the doubled
    hour must say which pass is meant: ``02:30+1A`` the first, ``02:30+1B``
    the second.

    Attributes
    ----------
    date
        Local date on which the service day starts.
    time_zone
        IANA name, for instance ``Europe/Paris``.
    start_at
        UTC epoch seconds of 04:00 local.
    length_s
        Elapsed seconds until 04:00 of the next day: 82 800, 86 400 or 90 000
        in zones with summer time.

    Raises
    ------
    TimeZoneError
        When the zone is unknown.
    """

    date: date
    time_zone: str
    start_at: int = field(init=False)
    length_s: Seconds = field(init=False)

    def __post_init__(self) -> None:
        try:
            zone = ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise TimeZoneError(f"unknown time zone {self.time_zone!r}") from error
        start = datetime.combine(self.date, DAY_START, tzinfo=zone)
        end = datetime.combine(self.date + timedelta(days=1), DAY_START, tzinfo=zone)
        object.__setattr__(self, "start_at", int(start.timestamp()))
        object.__setattr__(self, "length_s", int(end.timestamp()) - int(start.timestamp()))

    def parse(self, text: str) -> Seconds:
        """Turn a clock time into seconds since the start of the day.

        Parameters
        ----------
        text
            ``HH:MM`` or ``HH:MM:SS``, with ``+1`` after midnight and ``A`` or
            ``B`` in a doubled hour.

        Returns
        -------
        int
            Seconds, 0 to ``length_s``.

        Raises
        ------
        WallTimeError
            When the text is malformed, outside the day, in the hour skipped in
            spring, or in the doubled hour without saying which.
        """
        clock, after_midnight, fold = _read(text)
        candidates = self._instants(clock, days=int(after_midnight))
        if not candidates:
            raise WallTimeError(text, self._neighbours_of_gap(clock, days=int(after_midnight)))
        if len(candidates) == 1:
            if fold:
                raise WallTimeError(text, "une heure sans A ni B : elle n'existe qu'une fois")
            return candidates[0] - self.start_at
        if fold is None:
            expected = (
                f"{text}A (premier passage) ou {text}B (second) : cette heure existe deux fois"
            )
            raise WallTimeError(text, expected)
        return candidates["AB".index(fold)] - self.start_at

    def parse_weekly(self, text: str) -> Seconds:
        """Turn a clock time of every week into seconds of this day, whatever the clocks do.

        Parameters
        ----------
        text
            ``HH:MM`` or ``HH:MM:SS``, with ``+1`` after midnight, without ``A`` or
            ``B``: nobody knows in advance which pass is meant.

        Returns
        -------
        int
            In a doubled hour the first pass; for a skipped time as much after
            the change as it lies after the gap began.

        Raises
        ------
        WallTimeError
            When the text is malformed or outside the day.
        """
        clock, after_midnight, fold = _read(text)
        if fold:
            raise WallTimeError(text, "une heure sans A ni B, qui vaut pour toutes les semaines")
        local = datetime.combine(
            self.date + timedelta(days=int(after_midnight)), clock, tzinfo=ZoneInfo(self.time_zone)
        )
        return int(local.timestamp()) - self.start_at

    def wall(self, second: Seconds) -> str:
        """Write seconds as a clock time that :meth:`parse` reads back exactly.

        Parameters
        ----------
        second
            Seconds since the start of the day.

        Returns
        -------
        str
            ``HH:MM`` with its marks, ``HH:MM:SS`` off the full minute.
        """
        local = self.local(second)
        text = f"{local.hour:02d}:{local.minute:02d}"
        if local.second:
            text += f":{local.second:02d}"
        days = (local.date() - self.date).days
        if days:
            text += f"+{days}"
        folds = self._instants(time(local.hour, local.minute, local.second), days=days)
        return text + "AB"[local.fold] if len(folds) == 2 else text

    def clock(self, second: Seconds) -> str:
        """Write seconds as people say them: ``07:42``, rounded down, without marks."""
        local = self.local(second)
        return f"{local.hour:02d}:{local.minute:02d}"

    def local(self, second: Seconds) -> datetime:
        """Return the aware local time of a second of the day, for display only."""
        utc = datetime.fromtimestamp(self.start_at + second, tz=UTC)
        return utc.astimezone(ZoneInfo(self.time_zone))

    def _instants(self, clock: time, *, days: int) -> list[int]:
        zone = ZoneInfo(self.time_zone)
        day = self.date + timedelta(days=days)
        found = set()
        for fold in (0, 1):
            local = datetime.combine(day, clock.replace(fold=fold), tzinfo=zone)
            instant = int(local.timestamp())
            if datetime.fromtimestamp(instant, tz=zone).replace(tzinfo=None) == local.replace(
                tzinfo=None
            ):
                found.add(instant)
        return sorted(found)

    def _neighbours_of_gap(self, clock: time, *, days: int) -> str:
        zone = ZoneInfo(self.time_zone)
        day = self.date + timedelta(days=days)
        offsets = [
            datetime.combine(day, clock.replace(fold=fold), tzinfo=zone).utcoffset()
            for fold in (0, 1)
        ]
        gap = (offsets[1] or timedelta()) - (offsets[0] or timedelta())
        wanted = datetime.combine(day, clock)
        before, after = wanted - abs(gap), wanted + abs(gap)
        mark = "+1" if days else ""
        return (
            f"{before:%H:%M}{mark} ou {after:%H:%M}{mark} : cette heure n'existe pas, "
            "on avance les montres cette nuit-là"
        )


def _read(text: str) -> tuple[time, bool, str | None]:
    """Return the clock time, whether it is after midnight, and which pass of a doubled hour."""
    match = _WALL.fullmatch(text)
    if match is None:
        raise WallTimeError(text, "une heure HH:MM, suivie de +1 après minuit")
    after_midnight = match["next"] is not None
    clock = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    if (not after_midnight and clock < DAY_START) or (after_midnight and clock > DAY_START):
        raise WallTimeError(text, "une heure entre 04:00 et 04:00+1")
    return clock, after_midnight, match["fold"]
