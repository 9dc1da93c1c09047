"""Where a leg stands and may go next: one table of moves, and what a driver's taps mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from tus_dispatch.domain.demand import Booking, Direction
from tus_dispatch.domain.service import DriverEvent, DriverEventKind
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import BookingStatus, LegState, TripResult

# On the eve from this hour on, rounds are made and sheets are printed.
LATE_FROM = time(17)

S = BookingStatus


class Move(StrEnum):
    """What may happen to a leg."""

    CHECK = "check"
    REFUSE = "refuse"
    PROMISE = "promise"
    RELEASE = "release"
    SCHEDULE = "schedule"
    CONFIRM = "confirm"
    LEAVE = "leave"
    ARRIVE = "arrive"
    BOARD = "board"
    DROP = "drop"
    MISS = "miss"
    CANCEL_BY_USER = "cancel_by_user"
    CANCEL_BY_SERVICE = "cancel_by_service"
    GIVE_UP = "give_up"


_ASKED = (S.REQUESTED, S.ELIGIBLE)
_PLANNED = (S.BOOKED, S.SCHEDULED, S.CONFIRMED)
_EN_ROUTE = (S.APPROACHING, S.ARRIVED)
# What happened wins over what somebody noted: whoever is aboard is carried.
_ANYBODY = (*_ASKED, *_PLANNED, *_EN_ROUTE, S.NO_SHOW, S.CANCELLED_BY_USER, S.CANCELLED_BY_SERVICE)

MOVES: dict[Move, tuple[tuple[BookingStatus, ...], BookingStatus]] = {
    Move.CHECK: ((S.REQUESTED,), S.ELIGIBLE),
    Move.REFUSE: (_ASKED, S.REFUSED),
    Move.PROMISE: (_ASKED, S.BOOKED),
    Move.RELEASE: (_PLANNED, S.REQUESTED),
    Move.SCHEDULE: ((*_ASKED, S.BOOKED), S.SCHEDULED),
    Move.CONFIRM: ((S.SCHEDULED,), S.CONFIRMED),
    Move.LEAVE: (_PLANNED, S.APPROACHING),
    Move.ARRIVE: ((*_PLANNED, S.APPROACHING), S.ARRIVED),
    Move.BOARD: (_ANYBODY, S.ABOARD),
    Move.DROP: ((*_ANYBODY, S.ABOARD), S.DONE),
    Move.MISS: ((*_PLANNED, *_EN_ROUTE), S.NO_SHOW),
    Move.CANCEL_BY_USER: ((*_ASKED, *_PLANNED, *_EN_ROUTE), S.CANCELLED_BY_USER),
    Move.CANCEL_BY_SERVICE: ((*_ASKED, *_PLANNED, *_EN_ROUTE), S.CANCELLED_BY_SERVICE),
    Move.GIVE_UP: ((*_ASKED, S.BOOKED), S.NOT_SERVED),
}

_OVER = {S.DONE, S.NO_SHOW, S.REFUSED, S.NOT_SERVED, S.CANCELLED_BY_USER, S.CANCELLED_BY_SERVICE}
# Legs that belong to their day: those still to come, and those that took place.
ACTIVE = set(BookingStatus) - _OVER | {S.DONE, S.NO_SHOW}
STARTED = {*_EN_ROUTE, S.ABOARD, S.DONE, S.NO_SHOW}

_TAPS = {
    DriverEventKind.LEFT: Move.LEAVE,
    DriverEventKind.ARRIVED: Move.ARRIVE,
    DriverEventKind.ABOARD: Move.BOARD,
    DriverEventKind.DROPPED: Move.DROP,
}
_PROGRESS = tuple(_TAPS)


@dataclass(frozen=True, slots=True)
class Notice:
    """When somebody cancels.

    Attributes
    ----------
    at
        UTC epoch seconds.
    day
        The service day of the leg.
    """

    at: int
    day: ServiceDay


def may(state: LegState, move: Move) -> bool:
    """Tell whether a leg may make a move from where it stands."""
    return state.status in MOVES[move][0]


def moved(state: LegState, move: Move, notice: Notice | None = None) -> LegState | None:
    """Return a leg after a move.

    Parameters
    ----------
    state
        Where it stands.
    move
        What happens.
    notice
        When, for cancellations.

    Returns
    -------
    LegState or None
        With the result that funders know; None when the table does not allow
        the move.
    """
    if not may(state, move):
        return None
    return LegState(state.direction, MOVES[move][1], _result(state, move, notice))


def first_states(booking: Booking, status: BookingStatus = S.REQUESTED) -> tuple[LegState, ...]:
    """Return the states of the legs of a new booking."""
    legs = ((Direction.OUTWARD, booking.outward), (Direction.RETURN, booking.return_leg))
    return tuple(LegState(direction, status) for direction, leg in legs if leg is not None)


def with_move(
    states: Iterable[LegState],
    directions: Iterable[Direction],
    move: Move,
    notice: Notice | None = None,
) -> tuple[LegState, ...]:
    """Let some legs of a booking make a move; those that may not stay where they are.

    Parameters
    ----------
    states
        Of all its legs.
    directions
        Of those that move.
    move, notice
        As for :func:`moved`.

    Returns
    -------
    tuple of LegState
        In the same order.
    """
    wanted = set(directions)
    return tuple(
        (moved(each, move, notice) or each) if each.direction in wanted else each for each in states
    )


def after_taps(state: LegState, events: Iterable[DriverEvent]) -> LegState:
    """Return where a leg stands after everything a driver reported about it.

    Parameters
    ----------
    state
        Where it stood before.
    events
        All of this leg, in any order and however late.

    Returns
    -------
    LegState
        What got furthest counts, so the order in which reports arrive, and
        what the clock of a telephone says, change nothing. Whoever got aboard
        was there: an absence noted by mistake is forgotten.
    """
    kinds = {each.kind for each in events}
    reached = [kind for kind in _PROGRESS if kind in kinds]
    has_ridden = bool(kinds & {DriverEventKind.ABOARD, DriverEventKind.DROPPED})
    if DriverEventKind.NO_SHOW in kinds and not has_ridden:
        return moved(state, Move.MISS) or state
    for kind in reached:
        state = moved(state, _TAPS[kind]) or state
    return state


def _result(state: LegState, move: Move, notice: Notice | None) -> TripResult | None:
    simple = {
        Move.DROP: TripResult.COMPLETED,
        Move.MISS: TripResult.NO_SHOW,
        Move.REFUSE: TripResult.TURNED_DOWN,
        Move.GIVE_UP: TripResult.UNMET,
    }
    if move is Move.CANCEL_BY_USER:
        return TripResult.CANCELLED if notice is None else _cancelled(notice)
    if move is Move.CANCEL_BY_SERVICE:
        # Nobody was sure of a vehicle before the plan was published.
        is_missed = state.status in {S.SCHEDULED, S.CONFIRMED, *_EN_ROUTE}
        return TripResult.MISSED if is_missed else TripResult.UNMET
    return simple.get(move)


def _cancelled(notice: Notice) -> TripResult:
    """Tell how late somebody cancels: on the day, after the rounds were made, or in time."""
    day = notice.day
    if notice.at >= day.start_at:
        return TripResult.CANCELLED_SAME_DAY
    eve = ServiceDay(day.date - timedelta(days=1), day.time_zone)
    if notice.at >= eve.start_at + eve.parse_weekly(LATE_FROM.strftime("%H:%M")):
        return TripResult.CANCELLED_LATE
    return TripResult.CANCELLED
