"""On which days something that repeats takes place: rules, exceptions, holidays of both kinds.

Only dates are counted here, never hours, so no change of the clocks can move a day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from itertools import islice

from dateutil.rrule import rrule, rrulestr
from holidays import country_holidays
from vacances_scolaires_france import SchoolHolidayDates

from tus_dispatch.domain.organisation import HolidayArea
from tus_dispatch.domain.scenario import SchoolZone
from tus_dispatch.domain.standing import Recurrence
from tus_dispatch.errors import TusError

# Years that a rule may begin or be asked about; also keeps an endless search for a day
# that never comes short.
FIRST_YEAR, LAST_YEAR = 2000, 2100
_LONGEST_RULE = 200
_LARGEST = 1000
_WHOLE_DAYS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PARTS = {
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYDAY",
    "BYMONTH",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYSETPOS",
    "WKST",
}
_KNOWN_ZONES = {SchoolZone.A, SchoolZone.B, SchoolZone.C}
_SUBDIVISIONS = {
    HolidayArea.ALSACE: "6AE",
    HolidayArea.MOSELLE: "57",
    HolidayArea.GUADELOUPE: "971",
    HolidayArea.MARTINIQUE: "972",
    HolidayArea.GUYANE: "973",
    HolidayArea.REUNION: "974",
    HolidayArea.MAYOTTE: "976",
    HolidayArea.SAINT_PIERRE: "PM",
}


class RuleError(TusError):
    """A rule of repetition cannot be used.

    Parameters
    ----------
    rule
        As written.
    expected
        French phrase naming what was expected.
    """

    def __init__(self, rule: str, expected: str) -> None:
        self.rule = rule
        self.expected = expected
        super().__init__(f"{rule!r}: {expected}")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which holidays count.

    Attributes
    ----------
    area
        For public holidays.
    zone
        For school holidays, or None where nobody said.
    """

    area: HolidayArea = HolidayArea.MAINLAND
    zone: SchoolZone | None = None

    def public_holiday(self, day: date) -> str | None:
        """Return the French name of a public holiday, or None."""
        return _public_holidays(self.area, day.year).get(day)

    def is_school_holiday(self, day: date) -> bool | None:
        """Tell whether schools are closed; None where the calendar does not know."""
        return None if self.zone is None else _is_school_holiday(self.zone, day)


def days_of(
    recurrence: Recurrence, calendar: Calendar, *, first: date, last: date
) -> tuple[date, ...]:
    """Return the days on which something takes place.

    Parameters
    ----------
    recurrence
        Rule, exceptions and holidays.
    calendar
        Which holidays count.
    first, last
        Bounds, both included.

    Returns
    -------
    tuple of date
        In order, each once. A day added by hand takes place even on a holiday;
        a day left out by hand never does. Where the calendar does not know the
        school holidays, the day takes place: see :func:`unknown_days`.

    Raises
    ------
    RuleError
        When the rule cannot be used.
    """
    ends_on = min(recurrence.ends_on or last, last)
    added = {day for day in recurrence.also_on if first <= day <= last}
    ruled = (
        day
        for day in _ruled(recurrence.rule, recurrence.starts_on, ends_on)
        if day >= first and _is_wanted(recurrence, calendar, day)
    )
    return tuple(sorted({*ruled, *added} - set(recurrence.except_on)))


def unknown_days(
    recurrence: Recurrence, calendar: Calendar, days: tuple[date, ...]
) -> tuple[str, ...]:
    """Say which days were taken for term time because nobody knows better.

    Parameters
    ----------
    recurrence, calendar
        As for :func:`days_of`.
    days
        What it returned.

    Returns
    -------
    tuple of str
        French sentences to be shown; empty when school holidays do not matter
        or are known.
    """
    if recurrence.in_school_holidays:
        return ()
    blind = [day for day in days if calendar.is_school_holiday(day) is None]
    if not blind:
        return ()
    if calendar.zone is None:
        return ("La zone scolaire n’est pas renseignée : les vacances scolaires sont ignorées.",)
    if calendar.zone not in _KNOWN_ZONES:
        zone = calendar.zone.value
        return (f"Vacances scolaires inconnues en zone « {zone} » : vérifiez ces jours.",)
    since = f"{min(blind):%d/%m/%Y}"
    return (f"Vacances scolaires inconnues à partir du {since} : vérifiez ces jours.",)


def expect_rule(rule: str, starts_on: date) -> None:
    """Refuse a rule that means nothing, or something finer than days.

    Parameters
    ----------
    rule
        RRULE of RFC 5545 without the name.
    starts_on
        First day.

    Raises
    ------
    RuleError
        With what was expected.
    """
    if not FIRST_YEAR <= starts_on.year <= LAST_YEAR:
        raise RuleError(rule, f"un premier jour entre {FIRST_YEAR} et {LAST_YEAR}")
    _parsed(rule, starts_on, starts_on)


def _is_wanted(recurrence: Recurrence, calendar: Calendar, day: date) -> bool:
    if not recurrence.on_public_holidays and calendar.public_holiday(day) is not None:
        return False
    return recurrence.in_school_holidays or not calendar.is_school_holiday(day)


def _ruled(rule: str, starts_on: date, last: date) -> Iterator[date]:
    parsed, count = _parsed(rule, starts_on, last)
    return (each.date() for each in islice(parsed, count))


def _parsed(rule: str, starts_on: date, last: date) -> tuple[rrule, int | None]:
    """Read a rule; its COUNT is returned beside it, because both bounds must hold."""
    parts = _parts_of(rule)
    try:
        count = int(parts.pop("COUNT")) if "COUNT" in parts else None
        # Time and zone of the bound mean nothing where only days are counted.
        until = date.fromisoformat(parts.pop("UNTIL", f"{LAST_YEAR}1231").partition("T")[0])
        numbers = [int(parts["INTERVAL"])] if "INTERVAL" in parts else []
        text = ";".join(f"{key}={value}" for key, value in parts.items())
        parsed = rrulestr(text, dtstart=_midnight(starts_on))
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise RuleError(rule, "une règle comme FREQ=WEEKLY;BYDAY=MO,TU") from error
    numbers += [] if count is None else [count]
    if not isinstance(parsed, rrule) or any(not 1 <= each <= _LARGEST for each in numbers):
        raise RuleError(rule, f"des nombres de 1 à {_LARGEST}")
    return parsed.replace(until=_midnight(min(until, last))), count


def _parts_of(rule: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in rule.strip().upper().split(";") if part]
    parts = {key.strip(): value.strip() for key, _, value in pairs}
    if len(rule) > _LONGEST_RULE or not rule.isprintable() or len(parts) != len(pairs):
        raise RuleError(rule[:_LONGEST_RULE], f"au plus {_LONGEST_RULE} caractères, sans doublon")
    if parts.get("FREQ") not in _WHOLE_DAYS:
        raise RuleError(rule, f"FREQ={', '.join(_WHOLE_DAYS[:-1])} ou {_WHOLE_DAYS[-1]}")
    if unknown := sorted(set(parts) - _PARTS):
        raise RuleError(rule, f"des jours entiers, sans {', '.join(unknown)}")
    return parts


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


@lru_cache(maxsize=256)
def _public_holidays(area: HolidayArea, year: int) -> dict[date, str]:
    subdivision = _SUBDIVISIONS.get(area)
    return dict(country_holidays("FR", subdiv=subdivision, years=year, language="fr"))


@lru_cache(maxsize=1)
def _school_calendar() -> tuple[dict[SchoolZone, frozenset[date]], date, date]:
    data = SchoolHolidayDates().data
    zones = {
        zone: frozenset(
            day for day, row in data.items() if row[f"vacances_zone_{zone.value.lower()}"]
        )
        for zone in _KNOWN_ZONES
    }
    # The last holiday known is the end of summer: the term that follows is not known.
    return zones, min(data), max(data)


def _is_school_holiday(zone: SchoolZone, day: date) -> bool | None:
    zones, first, last = _school_calendar()
    if zone not in zones or not first <= day <= last:
        return None
    return day in zones[zone]


def school_calendar_ends_on() -> date:
    """Return the last day of which school holidays are known."""
    return _school_calendar()[2]
