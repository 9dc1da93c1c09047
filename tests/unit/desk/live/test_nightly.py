"""Once a day standing bookings are rolled out, past days closed, and what is due forgotten."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desks import THE_DAY, Desk, open_desk
from tests.live_calls import asking, booked, booking_of, offered, without_bookings
from tests.makers import CENTRE, MOULIN
from tus_dispatch.desk.live.booking import request
from tus_dispatch.desk.live.nightly import AHEAD, nightly
from tus_dispatch.desk.live.publishing import publish
from tus_dispatch.domain.standing import (
    BookingStatus,
    Recurrence,
    StandingBooking,
    TripResult,
    WallLeg,
)
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.store.resources import STANDING

DAY_S = 86_400


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def test_standing_bookings_are_rolled_out_once(desk: Desk) -> None:
    made = without_bookings(desk)
    with desk.office.database.write() as session:
        STANDING.add(
            session,
            desk.organisation,
            StandingBooking(
                made.participants[ParticipantId("P1")],
                Recurrence("FREQ=WEEKLY;BYDAY=TU", THE_DAY),
                outward=WallLeg(made.places[MOULIN], made.places[CENTRE], arrive_by="08:30"),
            ),
            actor=None,
        )

    first, again = (nightly(desk.office)[desk.organisation] for _ in range(2))

    # Tuesdays from the 10th of March to the 6th of April, 28 days from Monday the 9th.
    assert timedelta(days=28) == AHEAD
    assert (first.n_rolled_out, again.n_rolled_out) == (4, 0)


def test_what_nobody_served_is_an_unmet_need_the_day_after(desk: Desk) -> None:
    made = without_bookings(desk)
    with desk.office.database.write() as session:
        chloe = request(desk.office, session, desk.dispatcher, asking(made, "P3", leave=None))
    anne = booked(desk, offered(desk, asking(made))[0])
    publish(desk.office, desk.dispatcher, THE_DAY, 1)

    on_the_day = nightly(desk.office)[desk.organisation]
    desk.clock.at += 2 * DAY_S
    after = nightly(desk.office)[desk.organisation]

    assert (on_the_day.n_unmet, after.n_unmet) == (0, 1)
    (state,) = booking_of(desk, chloe.id).value.states
    assert (state.status, state.result) == (BookingStatus.NOT_SERVED, TripResult.UNMET)
    # No driver reported on Anne: nobody knows, so nothing is claimed.
    assert {each.status for each in booking_of(desk, anne.id).value.states} == {
        BookingStatus.CONFIRMED
    }
