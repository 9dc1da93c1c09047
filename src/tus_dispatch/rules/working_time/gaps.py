"""A part-timer's day has few interruptions, and short ones."""

from collections.abc import Iterator

from tus_dispatch.domain.civil_time import clock_of
from tus_dispatch.rules.working_time.breach import Breach, breach, hours
from tus_dispatch.rules.working_time.case import DutyDay, gaps_of

# An hour for a meal is a break, however short an agreement keeps interruptions.
_MEAL_S = 3600


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
    breaks = [
        pause
        for pause in duty.breaks
        if longest_s is None or pause.length_s <= max(longest_s, _MEAL_S)
    ]
    gaps = []
    for start_at, end_at in gaps_of(duty.work):
        begin_at, until_at = start_at, end_at
        # A break at the very end or begin of a duty is part of the duty.
        for pause in breaks:
            if pause.start_at == begin_at:
                begin_at = pause.end_at
            if pause.end_at == until_at:
                until_at = pause.start_at
        if begin_at < until_at:
            gaps.append((begin_at, until_at))
    return gaps
