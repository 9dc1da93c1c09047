"""What one day may hold: work, its break, its amplitude."""

from collections.abc import Iterator
from datetime import date, timedelta

from tus_dispatch.domain.civil_time import days_between
from tus_dispatch.rules.working_time.breach import Breach, breach, hours
from tus_dispatch.rules.working_time.case import DutyDay, gaps_of, inside_s

_DAY = timedelta(days=1)


def work_of_a_day(duty: DutyDay) -> Iterator[Breach]:
    """Yield days with more work than allowed.

    Both the service day and every civil day are looked at, because either may
    be what an inspector counts.
    """
    limit_s = duty.limits.max_work_day_s
    if limit_s is None:
        return
    worked_s = max(duty.worked_s, *(_civil_day_s(duty, day) for day in _days(duty)))
    if worked_s > limit_s:
        yield breach(
            "work-day",
            worked_s - limit_s,
            who=duty.name,
            worked=hours(worked_s),
            limit=hours(limit_s),
        )


def break_of_a_day(duty: DutyDay) -> Iterator[Breach]:
    """Yield days whose work reaches the threshold before a break of its length.

    An interruption between two duties is free too, so it counts as one.
    """
    limit_s, length_s = duty.limits.break_after_s, duty.limits.break_min_s
    if limit_s is None or length_s is None or duty.worked_s < limit_s:
        return
    before_s = 0
    for span, gap in zip(duty.work, (*gaps_of(duty.work), None), strict=True):
        before_s += span.length_s
        if gap is not None and gap[1] - gap[0] >= length_s:
            break
    by = before_s - limit_s
    # A break may begin at the very moment it falls due; the end of work is none.
    if by > 0 or before_s == duty.worked_s:
        yield breach(
            "break-due",
            max(1, by),
            who=duty.name,
            worked=hours(before_s),
            length=hours(length_s),
            limit=hours(limit_s),
        )


def amplitude_of_a_day(duty: DutyDay) -> Iterator[Breach]:
    """Yield civil days whose first and last work lie too far apart."""
    limit_s = duty.limits.max_amplitude_s
    if limit_s is None:
        return
    for day in _days(duty):
        begin_at, end_at = duty.midnight(day), duty.midnight(day + _DAY)
        inside = [
            (max(span.start_at, begin_at), min(span.end_at, end_at))
            for span in (*duty.history.past, *duty.work)
            if span.start_at < end_at and span.end_at > begin_at
        ]
        amplitude_s = max(end for _, end in inside) - min(start for start, _ in inside)
        if amplitude_s > limit_s:
            yield breach(
                "amplitude",
                amplitude_s - limit_s,
                who=duty.name,
                day=f"{day:%d/%m}",
                amplitude=hours(amplitude_s),
                limit=hours(limit_s),
            )


def _civil_day_s(duty: DutyDay, day: date) -> int:
    begin_at, end_at = duty.midnight(day), duty.midnight(day + _DAY)
    return inside_s((*duty.history.past, *duty.work), begin_at, end_at)


def _days(duty: DutyDay) -> Iterator[date]:
    return days_between(duty.start_at, duty.end_at, duty.time_zone)
