"""A leg moves along one table, and a driver's taps mean the same in any order."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.makers import five_legs
from tus_dispatch.desk.live.leg_states import (
    ACTIVE,
    MOVES,
    Move,
    Notice,
    after_taps,
    first_states,
    may,
    moved,
    with_move,
)
from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.service import DriverEvent, DriverEventKind
from tus_dispatch.domain.standing import BookingStatus, LegState, TripResult
from tus_dispatch.domain.units import LegId, ShiftId

DAY = five_legs().day
HOUR_S = 3600
SCHEDULED = LegState(Direction.OUTWARD, BookingStatus.SCHEDULED)


def taps(*kinds: DriverEventKind) -> list[DriverEvent]:
    return [
        DriverEvent(f"e{n}", DAY.date, ShiftId("s"), kind, LegId("R1:out"), n, n)
        for n, kind in enumerate(kinds)
    ]


def test_the_way_of_a_leg_that_takes_place() -> None:
    state = first_states(five_legs().bookings[2])[0]
    way = [state.status]

    for move in (
        Move.CHECK,
        Move.PROMISE,
        Move.SCHEDULE,
        Move.CONFIRM,
        Move.LEAVE,
        Move.ARRIVE,
        Move.BOARD,
        Move.DROP,
    ):
        state = moved(state, move) or state
        way.append(state.status)

    assert way == list(BookingStatus)[:9]
    assert state.result is TripResult.COMPLETED


def test_nothing_leads_out_of_a_leg_that_is_over_but_what_really_happened() -> None:
    ways_out = {
        status: {move for move, (before, _) in MOVES.items() if status in before}
        for status in (BookingStatus.DONE, BookingStatus.REFUSED, BookingStatus.NOT_SERVED)
    }

    assert ways_out == {status: set() for status in ways_out}
    assert may(LegState(Direction.RETURN, BookingStatus.CANCELLED_BY_USER), Move.BOARD)
    assert not may(LegState(Direction.RETURN, BookingStatus.CANCELLED_BY_USER), Move.SCHEDULE)


@pytest.mark.parametrize(
    ("hours_before_the_day", "result"),
    [
        # The day starts at 04:00; the eve is late from 17:00, eleven hours before.
        (11.01, TripResult.CANCELLED),
        (11.0, TripResult.CANCELLED_LATE),
        (0.01, TripResult.CANCELLED_LATE),
        (0.0, TripResult.CANCELLED_SAME_DAY),
        (-6.0, TripResult.CANCELLED_SAME_DAY),
    ],
)
def test_how_late_somebody_cancels(hours_before_the_day: float, result: TripResult) -> None:
    at = DAY.start_at - int(hours_before_the_day * HOUR_S)

    state = moved(SCHEDULED, Move.CANCEL_BY_USER, Notice(at, DAY))

    assert state == LegState(Direction.OUTWARD, BookingStatus.CANCELLED_BY_USER, result)


def test_what_the_service_cancels_is_missed_once_it_was_scheduled_and_unmet_before() -> None:
    asked = LegState(Direction.OUTWARD, BookingStatus.REQUESTED)

    results = [moved(each, Move.CANCEL_BY_SERVICE) for each in (SCHEDULED, asked)]

    assert [each and each.result for each in results] == [TripResult.MISSED, TripResult.UNMET]


def test_a_leg_that_may_not_move_stays_and_the_other_moves() -> None:
    states = (
        LegState(Direction.OUTWARD, BookingStatus.DONE, TripResult.COMPLETED),
        LegState(Direction.RETURN, BookingStatus.SCHEDULED),
    )

    after = with_move(states, list(Direction), Move.CANCEL_BY_USER)

    assert [each.status for each in after] == [
        BookingStatus.DONE,
        BookingStatus.CANCELLED_BY_USER,
    ]


def test_cancelled_and_refused_legs_leave_their_day_and_carried_ones_stay() -> None:
    assert {each for each in BookingStatus if each not in ACTIVE} == {
        BookingStatus.REFUSED,
        BookingStatus.CANCELLED_BY_USER,
        BookingStatus.CANCELLED_BY_SERVICE,
        BookingStatus.NOT_SERVED,
    }


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ((DriverEventKind.LEFT,), BookingStatus.APPROACHING),
        ((DriverEventKind.ARRIVED, DriverEventKind.LEFT), BookingStatus.ARRIVED),
        ((DriverEventKind.DROPPED,), BookingStatus.DONE),
        ((DriverEventKind.ARRIVED, DriverEventKind.NO_SHOW), BookingStatus.NO_SHOW),
        ((DriverEventKind.NO_SHOW, DriverEventKind.ABOARD), BookingStatus.ABOARD),
    ],
)
def test_what_taps_mean_in_every_order(
    kinds: tuple[DriverEventKind, ...], status: BookingStatus
) -> None:
    found = {after_taps(SCHEDULED, order).status for order in permutations(taps(*kinds))}

    assert found == {status}


@given(st.permutations(list(DriverEventKind)), st.integers(1, 5))
def test_taps_that_arrive_one_by_one_in_any_order_end_where_all_at_once_do(
    order: list[DriverEventKind], n: int
) -> None:
    state = SCHEDULED
    for heard in range(1, n + 1):
        state = after_taps(state, taps(*order[:heard]))

    assert state == after_taps(SCHEDULED, taps(*order[:n]))
    assert after_taps(state, taps(*order[:n])) == state
