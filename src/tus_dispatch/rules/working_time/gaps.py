"""A part-timer's day has few interruptions, and short ones."""

from collections.abc import Iterator

from tus_dispatch.domain.civil_time import clock_of
from tus_dispatch.rules.working_time.breach import Breach, breach, hours
from tus_dispatch.rules.working_time.case import DutyDay, gaps_of


def number_of_gaps(duty: DutyDay) -> Iterator[Breach]:
    """Yield days of part-timers with too many interruptions."""
    limit = duty.limits.pt_max_gaps
    if limit is None or not duty.is_part_time:
        return
    gaps = len(_interruptions(duty))
    if gaps > limit:
        yield breach(
            "gap-count",
            gaps - limit,
            who=duty.name,
            gaps=gaps,
            limit=limit,
        )


def length_of_gaps(duty: DutyDay) -> Iterator[Breach]:
    """Yield interruptions of part-timers that are too long."""
    limit_s = duty.limits.pt_max_gap_s
    if limit_s is None or not duty.is_part_time:
        return
    for start_at, end_at in _interruptions(duty):
        if end_at - start_at > limit_s:
            yield breach(
                "gap-length",
                end_at - start_at - limit_s,
                who=duty.name,
                gap=hours(end_at - start_at),
                start=clock_of(start_at, duty.time_zone),
                end=clock_of(end_at, duty.time_zone),
                limit=hours(limit_s),
            )


def _interruptions(duty: DutyDay) -> list[tuple[int, int]]:
    """Return the free time between duties.

    A break inside a duty is none, unless it is longer than an interruption may
    be: calling it a break does not make it one.
    """
    longest_s = duty.limits.pt_max_gap_s
    usual_s = duty.limits.break_min_s or 0
    breaks = {
        (pause.start_at, pause.end_at)
        for pause in duty.breaks
        if longest_s is None or pause.length_s <= max(longest_s, usual_s)
    }
    return [gap for gap in gaps_of(duty.work) if gap not in breaks]
