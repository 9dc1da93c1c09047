"""How much of some pieces of work may fall into the night."""

from collections.abc import Sequence
from dataclasses import replace

from tus_dispatch.domain.units import Seconds
from tus_dispatch.planning.hours.shift_room import Room
from tus_dispatch.planning.hours.worker import Worker


def night_of(worker: Worker, rooms: Sequence[Room]) -> Seconds:
    """Return the most work at night the pieces may hold.

    Parameters
    ----------
    worker
        Knows when it is night.
    rooms
        Pieces of one day.

    Returns
    -------
    int
        Seconds, breaks not taken off.
    """
    bounds = _bounds(worker)
    if bounds is None:
        return 0
    return sum(
        min(room.duty_s, _morning_s(room, bounds[0]) + _evening_s(room, bounds[1]))
        for room in rooms
    )


def with_night(worker: Worker, rooms: tuple[Room, ...], left_s: Seconds) -> tuple[Room, ...]:
    """Draw pieces in at both ends of the night.

    Parameters
    ----------
    worker
        Knows when it is night.
    rooms
        Pieces of one day.
    left_s
        Work at night they may hold together.

    Returns
    -------
    tuple of Room
        Morning and evening share what is left in proportion to what they had.
    """
    bounds = _bounds(worker)
    if bounds is None or night_of(worker, rooms) <= left_s:
        return rooms
    morning_s = sum(_morning_s(room, bounds[0]) for room in rooms)
    evening_s = sum(_evening_s(room, bounds[1]) for room in rooms)
    early_s = left_s * morning_s // (morning_s + evening_s)
    cut = []
    for each in rooms:
        room = each
        if _morning_s(room, bounds[0]):
            room = room.later(bounds[0] - early_s)
        if _evening_s(room, bounds[1]):
            room = room.sooner(bounds[1] + left_s - early_s)
        cut.append(room)
    return tuple(_all_night(room, bounds, left_s) for room in cut)


def _all_night(room: Room, bounds: tuple[int, int], left_s: Seconds) -> Room:
    """Shorten a duty that lies wholly in the night and could move along it."""
    if room.start_s >= bounds[1] or room.end_s <= bounds[0]:
        return replace(room, longest_s=min(room.longest_s, left_s))
    return room


def _bounds(worker: Worker) -> tuple[Seconds, Seconds] | None:
    """Return the end of the night behind the day and the begin of the night before it."""
    begin_s, until_s = worker.limits.night_from_s, worker.limits.night_until_s
    if begin_s is None or until_s is None:
        return None
    return worker.second(-1, until_s), worker.second(0, begin_s)


def _morning_s(room: Room, until_s: Seconds) -> Seconds:
    return max(0, min(room.end_s, until_s) - room.start_s)


def _evening_s(room: Room, begin_s: Seconds) -> Seconds:
    return max(0, room.end_s - max(room.start_s, begin_s))
