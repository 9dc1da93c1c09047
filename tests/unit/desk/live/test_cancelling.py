"""Who cancels leaves the plan; nobody is stranded by it, and nobody's promise is broken."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desks import THE_DAY, Desk, open_desk
from tests.live_calls import (
    asking,
    booked,
    booking_of,
    current,
    offered,
    pickups_of,
    without_bookings,
)
from tus_dispatch.desk.live.booking import request
from tus_dispatch.desk.live.cancelling import CancelledBy, Wish, cancel
from tus_dispatch.desk.live.days import scenario_of
from tus_dispatch.desk.live.exchange import Imported
from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.standing import BookingStatus, DatedBooking, TripResult
from tus_dispatch.errors import ConflictError, StaleVersionError
from tus_dispatch.store import plans

OUTWARD = (Direction.OUTWARD,)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def made(desk: Desk) -> Imported:
    return without_bookings(desk)


def cancelled(
    desk: Desk, record: Record[DatedBooking], wish: Wish | None = None
) -> Record[DatedBooking]:
    with desk.office.database.write() as session:
        return cancel(desk.office, session, desk.dispatcher, record, wish or Wish())


def statuses(record: Record[DatedBooking]) -> list[BookingStatus]:
    return [each.status for each in record.value.states]


def test_who_cancels_leaves_the_plan_and_the_others_stay(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made, "P1"))[0])
    basile = booked(desk, offered(desk, asking(made, "P2", "09:30", "11:00"))[0])

    after = cancelled(desk, anne)

    plan = current(desk)
    assert statuses(after) == [BookingStatus.CANCELLED_BY_USER] * 2
    assert {each.result for each in after.value.states} == {TripResult.CANCELLED}
    assert set(pickups_of(plan)) == {f"{basile.id}:out", f"{basile.id}:ret"}
    assert {each.leg for each in plan.promises} == set(pickups_of(plan))
    with desk.office.database.read() as session:
        day = scenario_of(session, desk.organisation, THE_DAY)
        assert [each.id for each in day.bookings] == [basile.id]


def test_a_cancelled_outward_leg_asks_about_the_return(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])

    with pytest.raises(ConflictError) as caught:
        cancelled(desk, anne, Wish(directions=OUTWARD))

    assert caught.value.problem.code == "TUS-5103"
    assert statuses(booking_of(desk, anne.id)) == [BookingStatus.BOOKED] * 2


def test_a_cancelled_outward_leg_takes_the_return_with_it(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])

    after = cancelled(desk, anne, Wish(directions=OUTWARD, keeps_return=False))

    assert statuses(after) == [BookingStatus.CANCELLED_BY_USER] * 2
    assert current(desk).rounds == ()


def test_a_return_that_is_kept_stays_where_it_was_promised(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])
    told = {each.leg: each.pickup_window for each in current(desk).promises}

    after = cancelled(desk, anne, Wish(directions=OUTWARD, keeps_return=True))

    plan = current(desk)
    back = f"{anne.id}:ret"
    assert statuses(after) == [BookingStatus.CANCELLED_BY_USER, BookingStatus.BOOKED]
    assert [(each.leg, each.pickup_window) for each in plan.promises] == [
        (leg, window) for leg, window in told.items() if leg == back
    ]
    assert set(pickups_of(plan)) == {back}


def test_a_return_alone_is_cancelled_without_asking(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])

    after = cancelled(desk, anne, Wish(directions=(Direction.RETURN,)))

    assert statuses(after) == [BookingStatus.BOOKED, BookingStatus.CANCELLED_BY_USER]


def test_a_leg_is_cancelled_once(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])
    after = cancelled(desk, anne)

    with pytest.raises(ConflictError) as caught:
        cancelled(desk, after)

    assert caught.value.problem.code == "TUS-5104"


def test_a_booking_that_changed_meanwhile_is_not_cancelled(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])
    cancelled(desk, anne, Wish(directions=(Direction.RETURN,)))

    with pytest.raises(StaleVersionError):
        cancelled(desk, anne, Wish(directions=OUTWARD))


def test_what_nobody_planned_is_cancelled_without_a_new_plan(desk: Desk, made: Imported) -> None:
    booked(desk, offered(desk, asking(made))[0])
    with desk.office.database.write() as session:
        chloe = request(desk.office, session, desk.dispatcher, asking(made, "P3", leave=None))

    after = cancelled(desk, chloe, Wish(by=CancelledBy.SERVICE))

    with desk.office.database.read() as session:
        assert plans.pointer(session, desk.organisation, THE_DAY).current == 1
    # Nobody had accepted it yet, so it is turned down.
    assert statuses(after) == [BookingStatus.REFUSED]
    assert after.value.states[0].result is TripResult.TURNED_DOWN


def test_a_quote_after_a_cancellation_finds_the_seat_free(desk: Desk, made: Imported) -> None:
    first = booked(desk, offered(desk, asking(made, "P2", "09:30", "11:00"))[0])
    cancelled(desk, first)

    again = booked(desk, offered(desk, asking(made, "P2", "09:30", "11:00"))[0])

    assert set(pickups_of(current(desk))) == {f"{again.id}:out", f"{again.id}:ret"}
