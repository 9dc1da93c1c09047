"""What must lie between days: daily rest, weekly rest, days off, Sunday."""

from collections.abc import Iterator
from datetime import date, timedelta

from tus_dispatch.domain.civil_time import days_between, week_of
from tus_dispatch.rules.working_time.breach import Breach, breach, hours
from tus_dispatch.rules.working_time.case import DutyDay, gaps_of, joined

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
# Of the weekly rest, 24 hours belong to the week and 11 are the daily rest with them.
_INSIDE_S = 24 * 3600
_FAR_S = 10**9
_SUNDAY = 6


def rest_between_days(duty: DutyDay) -> Iterator[Breach]:
    """Yield days that begin too soon after the last work."""
    limit_s, last_end_at = duty.limits.min_rest_s, duty.last_end_at
    if limit_s is None or last_end_at is None:
        return
    rest_s = duty.start_at - last_end_at
    if rest_s < limit_s:
        yield breach(
            "daily-rest",
            limit_s - rest_s,
            who=duty.name,
            rest=hours(max(0, rest_s)),
            limit=hours(limit_s),
        )


def days_of_a_week(duty: DutyDay) -> Iterator[Breach]:
    """Yield weeks with work on too many days."""
    limit = duty.limits.max_days_week
    if limit is None:
        return
    for monday in duty.weeks():
        begin_at, end_at = duty.midnight(monday), duty.midnight(monday + _WEEK)
        days: set[date] = set()
        for span in (*duty.history.past, *duty.work):
            start_at, stop_at = max(span.start_at, begin_at), min(span.end_at, end_at)
            if start_at < stop_at:
                days.update(days_between(start_at, stop_at, duty.time_zone))
        if len(days) > limit:
            yield breach(
                "days-week",
                len(days) - limit,
                who=duty.name,
                days=len(days),
                limit=limit,
            )


def rest_of_a_week(duty: DutyDay) -> Iterator[Breach]:
    """Yield weeks that the day leaves without their long rest.

    What nobody noted is taken for rest, before the first span and after the
    day: the judge of a later day looks back at this week once more.
    """
    limit_s = duty.limits.min_weekly_rest_s
    if limit_s is None:
        return
    this = week_of(duty.day)
    weeks = dict.fromkeys((this - _WEEK, *duty.weeks()))
    for monday in weeks:
        if not _has_rest(duty, monday, limit_s) and _takes_it(duty, monday, limit_s):
            yield breach(
                "weekly-rest",
                1,
                who=duty.name,
                limit=hours(limit_s),
                week=f"{monday:%d/%m}",
            )


def _takes_it(duty: DutyDay, monday: date, limit_s: int) -> bool:
    """Tell whether the week had its rest, or could still have it, before this day."""
    return _has_rest(duty, monday, limit_s, with_day=False)


def _has_rest(duty: DutyDay, monday: date, limit_s: int, *, with_day: bool = True) -> bool:
    begin_at, end_at = duty.midnight(monday), duty.midnight(monday + _WEEK)
    spans = joined((*duty.history.past, *(duty.work if with_day else ())))
    if not spans:
        return True
    first_at, last_at = spans[0].start_at, spans[-1].end_at
    free = [(first_at - _FAR_S, first_at), *gaps_of(spans), (last_at, last_at + _FAR_S)]
    return any(
        stop_at - start_at >= limit_s
        and min(stop_at, end_at) - max(start_at, begin_at) >= min(_INSIDE_S, limit_s)
        for start_at, stop_at in free
    )


def sunday_is_free(duty: DutyDay) -> Iterator[Breach]:
    """Yield Sundays with work."""
    if duty.limits.sunday_rest is None:
        return
    for day in days_between(duty.start_at, duty.end_at, duty.time_zone):
        if day.weekday() == _SUNDAY:
            yield breach(
                "sunday-rest",
                1,
                who=duty.name,
                day=f"{day:%d/%m}",
            )
