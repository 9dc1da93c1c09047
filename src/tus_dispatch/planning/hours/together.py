"""What the law leaves of several pieces of work of one driver's day."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from tus_dispatch.domain.units import Seconds
from tus_dispatch.planning.hours.night import night_of, with_night
from tus_dispatch.planning.hours.shift_room import Room, split
from tus_dispatch.planning.hours.worker import Worker

Shared = tuple[Room, ...] | str


def together(worker: Worker, rooms: Sequence[Room]) -> Shared:
    """Draw the pieces of a day in until every duty inside them is lawful, whatever the others do.

    Parameters
    ----------
    worker
        Who works on all of them.
    rooms
        Each lawful alone.

    Returns
    -------
    tuple of Room or str
        In order of time, or the slug of the rule that leaves nothing. What
        two pieces must give up together is shared between them.
    """
    shared: Shared = tuple(sorted(rooms, key=lambda room: (room.start_s, room.end_s)))
    for cut in (_gaps, _breaks, _amplitude, _night, _work):
        if isinstance(shared, str):
            return shared
        shared = cut(worker, shared)
    if isinstance(shared, str):
        return shared
    if any(not room.is_open for room in shared):
        return "work-day"
    return shared


def _gaps(worker: Worker, rooms: tuple[Room, ...]) -> Shared:
    """Keep a part-timer's interruptions few and short."""
    if not worker.is_part_time:
        return rooms
    limit, longest_s = worker.limits.pt_max_gaps, worker.limits.pt_max_gap_s
    gaps = sum(later.start_latest_s > sooner.end_earliest_s for sooner, later in pairwise(rooms))
    if limit is not None and gaps > limit:
        return "gap-count"
    if longest_s is None:
        return rooms
    cut = list(rooms)
    for at, then in combinations(range(len(cut)), 2):
        # What lies between may stay unused, unless it is no shift or a plan at hand uses it.
        if any(room.shift is None or room.used is not None for room in cut[at + 1 : then]):
            continue
        sooner, later = cut[at], cut[then]
        excess_s = later.start_latest_s - sooner.end_earliest_s - longest_s
        if excess_s <= 0:
            continue
        given = split(excess_s, sooner.spare_earliest_end_s, later.spare_latest_start_s)
        if given is None:
            return "gap-length"
        cut[at] = replace(sooner, end_earliest_s=sooner.end_earliest_s + given[0])
        cut[then] = replace(later, start_latest_s=later.start_latest_s - given[1])
    return tuple(cut) if all(room.is_open for room in cut) else "gap-length"


def _breaks(worker: Worker, rooms: tuple[Room, ...]) -> Shared:
    """Part pieces that together might reach the threshold by a break's length, or cap them."""
    after_s, length_s = worker.limits.break_after_s, worker.limits.break_min_s
    if after_s is None or length_s is None or sum(room.work_s for room in rooms) < after_s:
        return rooms
    cut = list(rooms)
    for at, later in enumerate(rooms[1:]):
        sooner = cut[at]
        given = split(
            max(0, sooner.end_s + length_s - later.start_s),
            sooner.spare_end_s,
            later.spare_start_s,
        )
        if given is None:
            # Nothing parts them, so together they stay below the threshold.
            return _capped(rooms, after_s - 1) or "break-due"
        cut[at] = sooner.sooner(sooner.end_s - given[0])
        cut[at + 1] = later.later(later.start_s + given[1])
    return tuple(cut) if all(room.is_open for room in cut) else "break-due"


def _amplitude(worker: Worker, rooms: tuple[Room, ...]) -> Shared:
    """Bring first start and last end of the civil day together."""
    limit_s = worker.limits.max_amplitude_s
    if limit_s is None:
        return rooms
    rooms = tuple(replace(room, longest_s=min(room.longest_s, limit_s)) for room in rooms)
    first_s = None if worker.behind is None else worker.behind.first_today_s
    if first_s is not None:
        rooms = tuple(
            room.sooner(first_s + limit_s) if room.start_s < worker.midnight_s else room
            for room in rooms
        )
    cut = list(rooms)
    midnight_s = worker.midnight_s
    for begin_s, end_s in ((-worker.day.length_s, midnight_s), (midnight_s, midnight_s * 2)):
        if not _fits_amplitude(cut, (begin_s, end_s), limit_s):
            return "amplitude"
    return tuple(cut) if all(room.is_open for room in cut) else "amplitude"


def _fits_amplitude(cut: list[Room], civil_day: tuple[Seconds, Seconds], limit_s: Seconds) -> bool:
    """Bring the pieces of one civil day together; those that reach out of it give way inside."""
    begin_s, end_s = civil_day
    inside = [at for at, room in enumerate(cut) if room.start_s < end_s and room.end_s > begin_s]
    if len(inside) < 2:
        return True
    first = min(inside, key=lambda at: cut[at].start_s)
    last = max(inside, key=lambda at: cut[at].end_s)
    from_s, until_s = max(cut[first].start_s, begin_s), min(cut[last].end_s, end_s)
    given = split(
        max(0, until_s - from_s - limit_s),
        cut[first].spare_start_s if from_s == cut[first].start_s else 0,
        max(0, cut[last].spare_end_s - (cut[last].end_s - until_s)),
    )
    if given is None:
        return False
    if given[0]:
        cut[first] = cut[first].later(from_s + given[0])
    if given[1]:
        cut[last] = cut[last].sooner(until_s - given[1])
    return True


def _night(worker: Worker, rooms: tuple[Room, ...]) -> Shared:
    """Keep work at night short of what makes a night worker, and a night worker's day short."""
    left_s, short_s = worker.night_left_s, worker.limits.max_night_work_day_s
    if left_s is not None:
        rooms = with_night(worker, rooms, left_s)
        if night_of(worker, rooms) > left_s or any(not room.is_open for room in rooms):
            return "night-year"
    if short_s is not None and worker.is_night_worker_after(night_of(worker, rooms)):
        return _capped(rooms, short_s) or "night-day"
    return _habit(worker, rooms)


def _habit(worker: Worker, rooms: tuple[Room, ...]) -> Shared:
    limit_s = worker.limits.night_habit_s
    if limit_s is None or worker.behind is None or not worker.behind.has_night_habit:
        return rooms
    rooms = with_night(worker, rooms, limit_s - 1)
    if night_of(worker, rooms) >= limit_s or any(not room.is_open for room in rooms):
        return "night-habit"
    return rooms


def _work(worker: Worker, rooms: tuple[Room, ...]) -> Shared:
    """Share what is left of day, week, contract and average between the pieces."""
    left = worker.left_today_s()
    return rooms if left is None else _capped(rooms, left[1]) or left[0]


def _capped(rooms: tuple[Room, ...], work_s: Seconds) -> tuple[Room, ...] | None:
    """Give every piece a share of some work, in proportion to what it could hold."""
    if sum(room.work_s for room in rooms) <= work_s:
        return rooms
    least = [room.least_s for room in rooms]
    spare_s, wanted_s = work_s - sum(least), sum(room.work_s for room in rooms) - sum(least)
    if spare_s < 0 or work_s <= 0:
        return None
    shares = [
        low_s + spare_s * (room.work_s - low_s) // max(1, wanted_s)
        for room, low_s in zip(rooms, least, strict=True)
    ]
    cut = tuple(room.with_work(share_s) for room, share_s in zip(rooms, shares, strict=True))
    return cut if all(room.is_open for room in cut) else None
