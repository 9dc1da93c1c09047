"""Standing bookings become bookings of their days: each once, at the clock times asked for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.desks import THE_DAY, Desk, open_desk
from tests.live_calls import without_bookings
from tests.makers import CENTRE, MOULIN
from tus_dispatch.desk.live.cancelling import Wish, cancel
from tus_dispatch.desk.live.planning import PlanOptions, start
from tus_dispatch.desk.live.standing import RolledOut, occurrence, roll_out
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import WallBand
from tus_dispatch.domain.scenario import SchoolZone
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import Recurrence, StandingBooking, WallLeg
from tus_dispatch.domain.units import ParticipantId, PlaceId
from tus_dispatch.store import organisations
from tus_dispatch.store.resources import BOOKINGS, STANDING

WEEK = timedelta(days=7)
WORKING_DAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def kept_standing(desk: Desk, recurrence: Recurrence) -> Record[StandingBooking]:
    made = without_bookings(desk)
    home, centre = made.places[MOULIN], made.places[CENTRE]
    with desk.office.database.write() as session:
        return STANDING.add(
            session,
            desk.organisation,
            StandingBooking(
                made.participants[ParticipantId("P1")],
                recurrence,
                outward=WallLeg(home, centre, arrive_by="08:30"),
                return_leg=WallLeg(centre, home, not_before="17:00"),
            ),
            actor=None,
        )


def rolled_out(desk: Desk, until: date) -> RolledOut:
    with desk.office.database.write() as session:
        return roll_out(desk.office, session, desk.organisation, until)


def days_booked(desk: Desk) -> list[date]:
    with desk.office.database.read() as session:
        records = BOOKINGS.all(session, desk.organisation)
    return sorted(each.value.service_date for each in records)


def test_every_day_gets_its_booking_once(desk: Desk) -> None:
    standing = kept_standing(desk, Recurrence(WORKING_DAYS, THE_DAY))

    first = rolled_out(desk, THE_DAY + WEEK)
    again = rolled_out(desk, THE_DAY + WEEK)

    # Tuesday the 10th to Tuesday the 17th of March, without the weekend.
    assert [day.day for day in days_booked(desk)] == [10, 11, 12, 13, 16, 17]
    assert {each.value.standing for each in first.bookings} == {standing.id}
    assert again.bookings == ()


def test_a_day_that_was_cancelled_is_not_booked_again(desk: Desk) -> None:
    kept_standing(desk, Recurrence(WORKING_DAYS, THE_DAY))
    first = rolled_out(desk, THE_DAY).bookings[0]
    with desk.office.database.write() as session:
        cancel(desk.office, session, desk.dispatcher, first, Wish())

    again = rolled_out(desk, THE_DAY)

    assert again.bookings == ()
    assert days_booked(desk) == [THE_DAY]


def test_days_nobody_touched_follow_a_change_of_the_rule(desk: Desk) -> None:
    standing = kept_standing(desk, Recurrence(WORKING_DAYS, THE_DAY))
    made = rolled_out(desk, THE_DAY + WEEK).bookings
    cancelled, moved = made[0], made[1]
    with desk.office.database.write() as session:
        cancel(desk.office, session, desk.dispatcher, cancelled, Wish())
        own_hour = replace(moved.value.booking, party_size=2)
        BOOKINGS.change(
            session,
            desk.organisation,
            moved.id,
            1,
            replace(moved.value, booking=own_hour),
            actor=None,
        )
        earlier = replace(
            standing.value,
            recurrence=replace(standing.value.recurrence, ends_on=THE_DAY + timedelta(days=3)),
            party_size=3,
        )
        STANDING.change(session, desk.organisation, standing.id, 1, earlier, actor=None)

    rolled_out(desk, THE_DAY + WEEK)

    with desk.office.database.read() as session:
        records = BOOKINGS.all(session, desk.organisation)
    # Tuesday stays cancelled, Wednesday as it was changed; nothing takes place next week.
    assert {each.value.service_date.day: each.value.booking.party_size for each in records} == {
        10: 1,
        11: 2,
        12: 3,
        13: 3,
    }
    assert {each.id for each in records} >= {cancelled.id, moved.id}


def test_days_gone_by_stay_as_they_were(desk: Desk) -> None:
    kept_standing(desk, Recurrence(WORKING_DAYS, THE_DAY - WEEK))

    rolled_out(desk, THE_DAY)

    # Today is Monday the 9th.
    assert [day.day for day in days_booked(desk)] == [9, 10]


def test_planning_a_day_rolls_it_out_before(desk: Desk) -> None:
    kept_standing(desk, Recurrence(WORKING_DAYS, THE_DAY))

    with desk.office.database.write() as session:
        start(desk.office, session, desk.dispatcher, THE_DAY, PlanOptions())

    assert days_booked(desk) == [THE_DAY]


def test_days_past_the_school_calendar_are_named(desk: Desk) -> None:
    recurrence = Recurrence(WORKING_DAYS, THE_DAY, in_school_holidays=False)
    kept_standing(desk, recurrence)
    with desk.office.database.write() as session:
        settings = organisations.load(session, desk.organisation)
        territory = replace(settings.value.territory, school_zone=SchoolZone.OVERSEAS)
        organisations.change(
            session,
            desk.organisation,
            settings.version,
            replace(settings.value, territory=territory),
            actor=None,
        )

    rolled = rolled_out(desk, THE_DAY)

    assert rolled.warnings == (
        "Vacances scolaires inconnues en zone « outre-mer » : vérifiez ces jours.",
    )
    assert len(rolled.bookings) == 1


@pytest.mark.parametrize(
    ("day", "clock"), [(date(2026, 3, 28), "03:30+1"), (date(2026, 10, 24), "02:30+1A")]
)
def test_the_hour_on_the_clock_is_kept_when_the_clocks_change(day: date, clock: str) -> None:
    night = WallLeg(
        PlaceId("a"),
        PlaceId("b"),
        not_before="02:30+1",
        dropoff_window=WallBand("07:15", "08:00"),
    )
    standing = StandingBooking(ParticipantId("p"), Recurrence("FREQ=DAILY", day), outward=night)
    service_day = ServiceDay(day, "Europe/Paris")

    asked = occurrence(Record("stb", 1, standing, 0, 0), service_day).booking.outward

    assert asked is not None
    assert asked.not_before_s is not None
    assert asked.dropoff_window is not None
    assert service_day.wall(asked.not_before_s) == clock
    assert service_day.wall(asked.dropoff_window.latest_s) == "08:00"
