"""How far a round may slip, its order kept, before a limit breaks."""

import math
from dataclasses import dataclass
from itertools import pairwise

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.plan import Promise, Round, Stop, StopKind
from tus_dispatch.domain.units import LegId, Seconds

SLOWER_PERCENT = 10


@dataclass(frozen=True, slots=True)
class Bounds:
    """Latest times of one round.

    Attributes
    ----------
    latest_s
        Latest start of service per stop; None without a bound.
    room_aboard_s
        By how much the ride that ends at a stop may still grow; None where
        nobody's ride ends or no limit is known.
    boarded_at
        Position of the pickup of the leg that ends at a stop, or None.
    """

    latest_s: tuple[Seconds | None, ...]
    room_aboard_s: tuple[Seconds | None, ...]
    boarded_at: tuple[int | None, ...]


def bounds_of(
    tour_round: Round,
    shift: Shift,
    legs: dict[LegId, Leg],
    promises: dict[LegId, Promise],
    room_aboard_s: dict[LegId, Seconds],
) -> Bounds:
    """Collect the latest times of a round.

    Parameters
    ----------
    tour_round, shift
        The round and what it may use.
    legs, promises
        By leg, at least those of the round.
    room_aboard_s
        Ride limit minus ride, by leg; legs without a known limit are absent.

    Returns
    -------
    Bounds
        One entry per stop.

    Notes
    -----
    Bounds between rounds (a return after its outward leg, the next shift of
    the same vehicle) are not looked at.
    """
    pickup_at = {
        stop.leg: i for i, stop in enumerate(tour_round.stops) if stop.kind is StopKind.PICKUP
    }
    ends = [stop.leg if stop.kind is StopKind.DROPOFF else None for stop in tour_round.stops]
    return Bounds(
        latest_s=tuple(
            _latest_s(stop, tour_round, shift, legs, promises) for stop in tour_round.stops
        ),
        room_aboard_s=tuple(None if leg is None else room_aboard_s.get(leg) for leg in ends),
        boarded_at=tuple(None if leg is None else pickup_at.get(leg) for leg in ends),
    )


def _latest_s(
    stop: Stop,
    tour_round: Round,
    shift: Shift,
    legs: dict[LegId, Leg],
    promises: dict[LegId, Promise],
) -> Seconds | None:
    if stop.leg is not None:
        return _latest_at_door(stop, legs[stop.leg], promises.get(stop.leg))
    if stop.kind is StopKind.BREAK:
        return _latest_break_s(tour_round, shift)
    if stop.kind in {StopKind.PROTECTED, StopKind.ABSENCE}:
        return stop.start_s
    if stop.kind is StopKind.END:
        return _latest_sign_off_s(tour_round, shift)
    return None


def _latest_at_door(stop: Stop, leg: Leg, promise: Promise | None) -> Seconds | None:
    if stop.kind is StopKind.DROPOFF:
        return None if leg.dropoff_window is None else leg.dropoff_window.latest_s
    bounds = []
    if leg.pickup_window is not None:
        bounds.append(leg.pickup_window.latest_s)
    if promise is not None:
        bounds.append(promise.pickup_window.latest_s)
    if leg.pin is not None and leg.pin.pickup_s is not None:
        bounds.append(leg.pin.pickup_s + leg.pin.tolerance_s)
    return min(bounds, default=None)


def _latest_break_s(tour_round: Round, shift: Shift) -> Seconds | None:
    rule, bounds = shift.break_rule, []
    if rule is not None and rule.after_s:
        bounds.append(tour_round.stops[0].start_s + rule.after_s)
    if rule is not None and rule.window is not None:
        bounds.append(rule.window.latest_s)
    return min(bounds, default=None)


def _latest_sign_off_s(tour_round: Round, shift: Shift) -> Seconds:
    sign_on_s, bounds = tour_round.stops[0].start_s, [shift.end.latest_s]
    if shift.max_duty_s is not None:
        bounds.append(sign_on_s + shift.max_duty_s)
    rule = shift.break_rule
    has_break = any(stop.kind is StopKind.BREAK for stop in tour_round.stops)
    if rule is not None and rule.after_s and not has_break:
        bounds.append(sign_on_s + rule.after_s)
    return min(bounds)


def slacks(tour_round: Round, bounds: Bounds) -> tuple[Seconds | None, ...]:
    """Return how long each start of service may slip before a limit breaks.

    Parameters
    ----------
    tour_round
        A round that keeps its limits.
    bounds
        Its latest times.

    Returns
    -------
    tuple of int or None
        Per stop, the largest delay in seconds that waiting further on and all
        limits still absorb; None when nothing bounds it.

    Notes
    -----
    O(n²): a delay shrinks by every wait behind it, and a ride grows only when
    the person is aboard already; one who gets in later is delayed at both
    doors, at the second by no more than at the first.
    """
    return tuple(_slack(tour_round, bounds, i) for i in range(len(tour_round.stops)))


def _slack(tour_round: Round, bounds: Bounds, position: int) -> Seconds | None:
    smallest_s: Seconds | None = None
    absorbed_s = 0
    for j in range(position, len(tour_round.stops)):
        stop, latest_s, room_s = tour_round.stops[j], bounds.latest_s[j], bounds.room_aboard_s[j]
        if j > position:
            absorbed_s += stop.waiting_s
        rooms = [] if latest_s is None else [latest_s - stop.start_s]
        boarded_at = bounds.boarded_at[j]
        if room_s is not None and boarded_at is not None and boarded_at < position:
            rooms.append(room_s)
        for room in rooms:
            found_s = absorbed_s + room
            smallest_s = found_s if smallest_s is None else min(smallest_s, found_s)
    return smallest_s


def late_when_slower(
    tour_round: Round, bounds: Bounds, percent: int = SLOWER_PERCENT
) -> tuple[Seconds | None, ...]:
    """Return how late each door is when every drive takes longer.

    Parameters
    ----------
    tour_round, bounds
        A round and its latest times.
    percent
        How much longer, rounded up to whole seconds per drive.

    Returns
    -------
    tuple of int or None
        Per stop, seconds after its latest time, 0 when still on time; None
        where nobody gets in or out or no time bounds it.

    Notes
    -----
    Nobody reacts: the vehicle leaves its first stop as planned, no stop
    starts before its planned time.
    """
    late_s: list[Seconds | None] = [None]
    departure_s = tour_round.stops[0].departure_s
    for (_, stop), latest_s in zip(pairwise(tour_round.stops), bounds.latest_s[1:], strict=True):
        drive_s = math.ceil(stop.drive_s * (100 + percent) / 100)
        start_s = max(stop.start_s, departure_s + drive_s)
        if stop.kind in {StopKind.PROTECTED, StopKind.ABSENCE}:
            # A slot ends when it ends, however late it was reached.
            departure_s = max(start_s, stop.departure_s)
        else:
            departure_s = start_s + stop.departure_s - stop.start_s
        late_s.append(None if stop.leg is None or latest_s is None else max(0, start_s - latest_s))
    return tuple(late_s)
