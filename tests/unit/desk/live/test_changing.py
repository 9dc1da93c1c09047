"""A booking in the plan is changed only where its new wish fits, and its promise moves with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desks import Desk, open_desk
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
from tus_dispatch.desk.live.cancelling import Wish, cancel
from tus_dispatch.desk.live.changing import change
from tus_dispatch.desk.live.exchange import Imported
from tus_dispatch.domain.demand import Direction, Purpose
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.standing import BookingStatus, DatedBooking
from tus_dispatch.errors import ConflictError, InputError
from tus_dispatch.store.resources import BOOKINGS


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def made(desk: Desk) -> Imported:
    return without_bookings(desk)


def changed(
    desk: Desk, record: Record[DatedBooking], wanted: DatedBooking, *, later: bool = False
) -> Record[DatedBooking]:
    with desk.office.database.write() as session:
        return change(desk.office, session, desk.dispatcher, record, wanted, later=later)


def test_a_new_time_is_fitted_in_and_promised(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])
    told = {each.leg: each.pickup_window for each in current(desk).promises}

    changed(desk, anne, asking(made, arrive="10:30"))

    plan = current(desk)
    out, back = f"{anne.id}:out", f"{anne.id}:ret"
    now = {each.leg: each.pickup_window for each in plan.promises}
    assert {str(leg): window for leg, window in now.items()}[back] == {
        str(leg): window for leg, window in told.items()
    }[back]
    # An hour and a half to two hours later, as it was asked for between 10:00 and 10:30.
    moved_s = {str(leg): w.earliest_s for leg, w in now.items()}[out] - {
        str(leg): w.earliest_s for leg, w in told.items()
    }[out]
    assert 5400 <= moved_s <= 9000
    assert set(pickups_of(plan)) == {out, back}


def test_a_new_time_that_does_not_fit_changes_nothing(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])
    before = current(desk)

    with pytest.raises(ConflictError) as caught:
        changed(desk, anne, asking(made, arrive="06:00"))

    assert caught.value.problem.code == "TUS-5105"
    assert current(desk).rounds == before.rounds
    assert booking_of(desk, anne.id) == anne


def test_a_new_time_that_does_not_fit_may_wait_to_be_planned(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])

    after = changed(desk, anne, asking(made, arrive="06:00"), later=True)

    plan = current(desk)
    assert [each.status for each in after.value.states] == [BookingStatus.REQUESTED] * 2
    assert (plan.rounds, plan.promises) == ((), ())
    assert {each.leg for each in plan.unserved} == {f"{anne.id}:out", f"{anne.id}:ret"}


def test_what_planning_does_not_read_is_changed_without_a_new_plan(
    desk: Desk, made: Imported
) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])
    wanted = asking(made)
    medical = replace(wanted, booking=replace(wanted.booking, purpose=Purpose.MEDICAL))

    after = changed(desk, anne, medical)

    assert after.value.booking.purpose is Purpose.MEDICAL
    assert [each.status for each in after.value.states] == [BookingStatus.BOOKED] * 2
    assert len(current(desk).rounds) == 1


def test_a_request_is_moved_to_another_day(desk: Desk, made: Imported) -> None:
    with desk.office.database.write() as session:
        anne = request(desk.office, session, desk.dispatcher, asking(made))
    wanted = asking(made)
    tomorrow = replace(wanted, service_date=wanted.service_date + timedelta(days=1))

    after = changed(desk, anne, tomorrow)

    assert after.value.service_date == tomorrow.service_date


def test_a_booking_in_the_plan_stays_on_its_day(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])
    wanted = asking(made)

    with pytest.raises(ConflictError) as caught:
        changed(desk, anne, replace(wanted, service_date=wanted.service_date + timedelta(days=1)))

    assert caught.value.problem.code == "TUS-5111"


def test_no_leg_is_dropped_by_a_change(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])

    with pytest.raises(ConflictError) as caught:
        changed(desk, anne, asking(made, leave=None))

    assert caught.value.problem.code == "TUS-5110"


def test_a_return_is_added_to_a_booking_in_the_plan(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made, leave=None))[0])

    after = changed(desk, anne, asking(made))

    assert [each.status for each in after.value.states] == [
        BookingStatus.BOOKED,
        BookingStatus.REQUESTED,
    ]
    assert set(pickups_of(current(desk))) == {f"{anne.id}:out", f"{anne.id}:ret"}


def test_a_change_that_makes_no_sense_is_refused(desk: Desk, made: Imported) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])

    with pytest.raises(InputError):
        changed(desk, anne, asking(made, arrive="15:00", leave="10:00"))

    assert booking_of(desk, anne.id) == anne


def test_who_cancelled_the_return_may_still_move_the_outward_leg(
    desk: Desk, made: Imported
) -> None:
    anne = booked(desk, offered(desk, asking(made))[0])
    with desk.office.database.write() as session:
        wish = Wish(directions=(Direction.RETURN,))
        anne = cancel(desk.office, session, desk.dispatcher, anne, wish)

    after = changed(desk, anne, asking(made, arrive="10:30"))

    with desk.office.database.read() as session:
        assert BOOKINGS.get(session, desk.organisation, anne.id) == after
    assert set(pickups_of(current(desk))) == {f"{anne.id}:out"}
    assert [each.status for each in after.value.states] == [
        BookingStatus.BOOKED,
        BookingStatus.CANCELLED_BY_USER,
    ]
