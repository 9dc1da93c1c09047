"""What a driver has behind on the morning of a service day, as planning reads it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tus_dispatch.domain.civil_time import civil_day_of, days_between, instant_of, week_of
from tus_dispatch.domain.fleet import Driver
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import Seconds
from tus_dispatch.domain.working_time import WorkSpan
from tus_dispatch.rules.working_time.limits import Limits

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_FOUR_WEEKS = timedelta(days=28)
_LONG_AGO_AT = -(10**11)
_REST_INSIDE_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Behind:
    """Hours worked before a service day; times count from its start and may be negative.

    Attributes
    ----------
    last_end_s
        End of the last work, or None when nobody knows.
    week_s, weeks_s
        Work of this civil week so far, and of those before, the latest first.
    night_year_s
        Work at night in the last twelve months.
    days
        Civil days of this week with work.
    first_today_s
        Begin of work that reaches into the civil day of the service date.
    worked_today_s
        How much work that is.
    has_night_habit
        Whether one more long night makes a night worker by habit.
    n_early, n_short
        Days of the last four weeks that began before 06:00, and that had less
        than four hours.
    """

    last_end_s: Seconds | None
    week_s: Seconds
    weeks_s: tuple[Seconds, ...]
    night_year_s: Seconds
    days: frozenset[date]
    first_today_s: Seconds | None
    worked_today_s: Seconds
    has_night_habit: bool
    n_early: int
    n_short: int


EARLY_S = 6 * 3600
SHORT_S = 4 * 3600


def behind(driver: Driver, day: ServiceDay, limits: Limits) -> Behind:
    """Add up what a driver has worked.

    Parameters
    ----------
    driver
        Spans of work and counters; where they disagree, the larger holds.
    day
        The service day.
    limits
        Say when it is night.

    Returns
    -------
    Behind
        All sums.
    """
    zone, monday = day.time_zone, week_of(day.date)
    midnight_at = instant_of(day.date, 0, zone)
    past = driver.past_work
    ends = [span.end_at for span in past]
    if driver.last_duty_end_at is not None:
        ends.append(driver.last_duty_end_at)
    into_today = [span for span in past if span.end_at > midnight_at]
    monday_at = instant_of(monday, 0, zone)
    this_week = [span for span in past if span.end_at > monday_at]
    days_worked = {
        each
        for span in this_week
        for each in days_between(max(span.start_at, monday_at), span.end_at, zone)
    }
    four_weeks = list(_by_date(driver, day, day.date - _FOUR_WEEKS))
    return Behind(
        last_end_s=max(ends) - day.start_at if ends else None,
        week_s=max(
            driver.worked_week_s, _between_s(driver, monday_at, day.start_at + day.length_s)
        ),
        weeks_s=_weeks_s(driver, monday, zone),
        night_year_s=max(driver.night_year_s, _night_year_s(driver, day, limits)),
        days=frozenset(days_worked),
        first_today_s=min(
            (max(span.start_at, midnight_at) - day.start_at for span in into_today), default=None
        ),
        worked_today_s=sum(span.end_at - max(span.start_at, midnight_at) for span in into_today),
        has_night_habit=_has_night_habit(driver, day, limits),
        n_early=sum(_is_early(date_of, spans, zone) for date_of, spans in four_weeks),
        n_short=sum(sum(span.length_s for span in spans) < SHORT_S for _, spans in four_weeks),
    )


def lacks_weekly_rest(driver: Driver, day: ServiceDay, monday: date, length_s: Seconds) -> bool:
    """Tell whether a week has had no long rest between two spans of work, nor before the first.

    Parameters
    ----------
    driver
        With spans of work; one without any had rest, as far as anybody knows.
    day
        The service day; the free time that ends with it is not looked at.
    monday
        Of the week.
    length_s
        Of the rest.

    Returns
    -------
    bool
        True when only the time after the last span could still be that rest.
    """
    begin_at = instant_of(monday, 0, day.time_zone)
    end_at = instant_of(monday + _WEEK, 0, day.time_zone)
    free_from_at = _LONG_AGO_AT
    for span in driver.past_work:
        inside_s = min(span.start_at, end_at) - max(free_from_at, begin_at)
        if span.start_at - free_from_at >= length_s and inside_s >= min(_REST_INSIDE_S, length_s):
            return False
        free_from_at = max(free_from_at, span.end_at)
    return bool(driver.past_work)


def _between_s(driver: Driver, begin_at: int, end_at: int) -> Seconds:
    total_s = 0
    for span in driver.past_work:
        total_s += max(0, min(span.end_at, end_at) - max(span.start_at, begin_at))
    return total_s


def _weeks_s(driver: Driver, monday: date, zone: str) -> tuple[Seconds, ...]:
    noted: list[Seconds] = []
    if driver.past_work:
        week = monday
        first = week_of(civil_day_of(driver.past_work[0].start_at, zone))
        while week > first:
            week -= _WEEK
            noted.append(
                _between_s(driver, instant_of(week, 0, zone), instant_of(week + _WEEK, 0, zone))
            )
    counted = driver.past_weeks_s
    length = max(len(noted), len(counted))
    noted += [0] * (length - len(noted))
    return tuple(
        max(one, other)
        for one, other in zip(noted, (*counted, *[0] * (length - len(counted))), strict=True)
    )


def _night_year_s(driver: Driver, day: ServiceDay, limits: Limits) -> Seconds:
    year = day.date.replace(year=day.date.year - 1, day=min(day.date.day, 28))
    year_at = instant_of(year, 0, day.time_zone)
    spans = [span for span in driver.past_work if span.start_at >= year_at]
    return _night_s(spans, day.time_zone, limits)


def _night_s(spans: Iterable[WorkSpan], zone: str, limits: Limits) -> Seconds:
    begin_s, until_s = limits.night_from_s, limits.night_until_s
    if begin_s is None or until_s is None:
        return 0
    total_s = 0
    for span in spans:
        evening = civil_day_of(span.start_at, zone) - _DAY
        while instant_of(evening, begin_s, zone) < span.end_at:
            night_from_at = max(span.start_at, instant_of(evening, begin_s, zone))
            total_s += max(0, min(span.end_at, instant_of(evening, until_s, zone)) - night_from_at)
            evening += _DAY
    return total_s


def _has_night_habit(driver: Driver, day: ServiceDay, limits: Limits) -> bool:
    """Tell whether one more long night would be the second one of a second such week."""
    if limits.night_habit_s is None:
        return False
    monday = week_of(day.date)
    long_nights = {
        date_of
        for date_of, spans in _by_date(driver, day, monday - _WEEK)
        if _night_s(spans, day.time_zone, limits) >= limits.night_habit_s
    }
    before = sum(date_of < monday for date_of in long_nights)
    return before >= 2 and len(long_nights) > before


def _by_date(driver: Driver, day: ServiceDay, first: date) -> Iterator[tuple[date, list[WorkSpan]]]:
    """Yield the work of every service day from the first on to the one before the day."""
    found: dict[date, list[WorkSpan]] = {}
    for span in driver.past_work:
        # A service day runs from 04:00 to 04:00, so what starts before belongs to the eve.
        date_of = civil_day_of(span.start_at - 4 * 3600, day.time_zone)
        if first <= date_of < day.date:
            found.setdefault(date_of, []).append(span)
    yield from found.items()


def _is_early(date_of: date, spans: list[WorkSpan], zone: str) -> bool:
    return min(span.start_at for span in spans) < instant_of(date_of, EARLY_S, zone)
