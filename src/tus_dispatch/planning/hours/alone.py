"""What the law leaves of one shift, its driver's other work not looked at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from tus_dispatch.domain.civil_time import week_of
from tus_dispatch.domain.fleet import BreakRule
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.hours.behind import lacks_weekly_rest
from tus_dispatch.planning.hours.shift_room import Room
from tus_dispatch.planning.hours.worker import Worker
from tus_dispatch.rules.working_time.notice import working_days_between

_REST_INSIDE_S = 24 * 3600
_WEEK = timedelta(days=7)
_SUNDAY = 6

Cut = Callable[[Worker, Room], Room | None]


def alone(worker: Worker, room: Room) -> tuple[Room, str | None]:
    """Draw a shift in until its driver may work it.

    Parameters
    ----------
    worker
        Who would drive.
    room
        The shift as asked for.

    Returns
    -------
    room : Room
        What is left; as it was where nothing is.
    slug : str or None
        The rule that leaves nothing, or None.
    """
    left = room
    for slug, cut in _CUTS:
        narrower = cut(worker, left)
        if narrower is None or not narrower.is_open:
            return room, slug
        left = narrower
    return left, None


def _break(worker: Worker, room: Room) -> Room | None:
    """Make a duty of six hours take its break in time, and not before it has begun."""
    after_s, length_s = worker.limits.break_after_s, worker.limits.break_min_s
    if after_s is None or length_s is None or room.work_s < after_s:
        return room
    if room.shift is None:
        return None
    below = room.with_work(after_s - 1)
    if room.used is not None:
        if room.used_break_s < length_s:
            return below
        room = replace(room, start_latest_s=room.used.earliest_s)
    rule = room.break_rule or BreakRule(length_s, after_s - 1)
    window = rule.window or TimeWindow(0, worker.day.length_s)
    earliest_s = max(window.earliest_s, room.start_latest_s + 1)
    # A break due in every duty may stand at any time, so its window keeps it early enough.
    latest_s = window.latest_s if rule.after_s else room.start_s + after_s - 1
    if min(latest_s, window.latest_s) < earliest_s:
        return below
    return replace(
        room,
        break_rule=BreakRule(
            max(rule.duration_s, length_s),
            min(rule.after_s, after_s - 1),
            TimeWindow(earliest_s, min(latest_s, window.latest_s)),
        ),
    )


def _rest(worker: Worker, room: Room) -> Room | None:
    last_s = None if worker.behind is None else worker.behind.last_end_s
    if last_s is None or worker.limits.min_rest_s is None:
        return room
    return room.later(last_s + worker.limits.min_rest_s)


def _notice(worker: Worker, room: Room) -> Room | None:
    limit, driver = worker.limits.roster_notice_days, worker.driver
    if limit is None or driver is None or driver.told_on is None or not worker.is_part_time:
        return room
    return room if working_days_between(driver.told_on, worker.day.date) >= limit else None


def _sunday(worker: Worker, room: Room) -> Room | None:
    if worker.limits.sunday_rest is None:
        return room
    weekday = worker.day.date.weekday()
    if weekday == _SUNDAY:
        return room.later(worker.midnight_s)
    return room.sooner(worker.midnight_s) if weekday == _SUNDAY - 1 else room


def _days(worker: Worker, room: Room) -> Room | None:
    limit = worker.limits.max_days_week
    if limit is None or worker.behind is None:
        return room
    days = worker.behind.days | {worker.day.date}
    if len(days) > limit:
        return None
    return room.sooner(worker.midnight_s) if len(days) == limit else room


def _weekly_rest(worker: Worker, room: Room) -> Room | None:
    """Leave the week before, and this one, a long rest that they can still have."""
    length_s, driver = worker.limits.min_weekly_rest_s, worker.driver
    if length_s is None or driver is None or not driver.past_work:
        return room
    day, monday = worker.day, week_of(worker.day.date)
    inside_s = min(_REST_INSIDE_S, length_s)
    monday_s = worker.second(-day.date.weekday(), 0)
    last_s = max(span.end_at for span in driver.past_work) - day.start_at
    if lacks_weekly_rest(driver, day, monday - _WEEK, length_s) and monday_s - last_s >= inside_s:
        room = room.later(last_s + length_s)
    free_s = max(last_s, monday_s)
    is_lost = worker.week_ends_s - free_s < inside_s
    if is_lost or not lacks_weekly_rest(driver, day, monday, length_s):
        return room
    rested_s = max(last_s + length_s, free_s + inside_s)
    early = room.sooner(worker.week_ends_s - inside_s)
    return room if room.start_s >= rested_s else early if early.is_open else room.later(rested_s)


_CUTS: tuple[tuple[str, Cut], ...] = (
    ("break-due", _break),
    ("daily-rest", _rest),
    ("roster-notice", _notice),
    ("sunday-rest", _sunday),
    ("days-week", _days),
    ("weekly-rest", _weekly_rest),
)
