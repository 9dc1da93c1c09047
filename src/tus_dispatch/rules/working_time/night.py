"""Work at night makes a night worker, by the year or by habit; such a day is short."""

from collections.abc import Iterator
from datetime import date, timedelta

from tus_dispatch.domain.civil_time import instant_of, week_of
from tus_dispatch.domain.units import Seconds
from tus_dispatch.domain.working_time import WorkSpan
from tus_dispatch.rules.working_time.breach import Breach, breach, hours
from tus_dispatch.rules.working_time.case import DutyDay
from tus_dispatch.rules.working_time.limits import law_on

_WEEK = timedelta(days=7)
# Nights of a service day are those of its own 24 hours from 04:00 on.
_DAY_STARTS_S = 4 * 3600
_HABIT_DAYS = 2


def night_of_a_year(duty: DutyDay) -> Iterator[Breach]:
    """Yield work at night that makes the driver a night worker."""
    limit_s = duty.limits.max_night_year_s
    if limit_s is None or not duty.night_s(duty.work):
        return
    year_s = night_year_s(duty)
    if year_s >= limit_s:
        yield breach(
            "night-year",
            year_s - limit_s + 1,
            who=duty.name,
            worked=hours(year_s),
            limit=hours(limit_s),
        )


def night_by_habit(duty: DutyDay) -> Iterator[Breach]:
    """Yield the second long night of a week that follows another such week."""
    limit_s = duty.limits.night_habit_s
    if limit_s is None or duty.night_s(duty.work) < limit_s:
        return
    monday = week_of(duty.day)
    if 1 + _long_nights(duty, monday, limit_s) < _HABIT_DAYS:
        return
    if _long_nights(duty, monday - _WEEK, limit_s) >= _HABIT_DAYS:
        yield breach(
            "night-habit",
            1,
            who=duty.name,
            limit=hours(limit_s),
        )


def day_of_a_night_worker(duty: DutyDay) -> Iterator[Breach]:
    """Yield days of night workers that are too long.

    A night worker is who works that much at night, with an agreement or
    without; so the threshold is the law's, not the organisation's.
    """
    limit_s = duty.limits.max_night_work_day_s
    if limit_s is None or not is_night_worker(duty):
        return
    if duty.worked_s > limit_s:
        yield breach(
            "night-day",
            duty.worked_s - limit_s,
            who=duty.name,
            worked=hours(duty.worked_s),
            limit=hours(limit_s),
        )


def is_night_worker(duty: DutyDay) -> bool:
    """Tell whether work at night in twelve months, the day included, makes a night worker."""
    return night_year_s(duty) >= law_on("max_night_year_s", duty.day)


def night_year_s(duty: DutyDay) -> Seconds:
    """Return work at night in the twelve months that end with the day."""
    year = duty.day.replace(year=duty.day.year - 1, day=min(duty.day.day, 28))
    begin_at = duty.midnight(year)
    noted_s = duty.night_s(span for span in duty.history.past if span.start_at >= begin_at)
    return max(noted_s, duty.history.night_year_s) + duty.night_s(duty.work)


def _long_nights(duty: DutyDay, monday: date, limit_s: Seconds) -> int:
    """Count the service days of a week before this one with so much work at night."""
    return sum(
        duty.night_s(_of_service_day(duty, monday + timedelta(days=days))) >= limit_s
        for days in range(7)
        if monday + timedelta(days=days) < duty.day
    )


def _of_service_day(duty: DutyDay, day: date) -> Iterator[WorkSpan]:
    begin_at = instant_of(day, _DAY_STARTS_S, duty.time_zone)
    end_at = instant_of(day + timedelta(days=1), _DAY_STARTS_S, duty.time_zone)
    for span in duty.history.past:
        if begin_at <= span.start_at < end_at:
            yield span
