"""Quotes become bookings, bookings become versions of the plan, and every promise is kept."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desks import THE_DAY, Desk, open_desk
from tests.live_calls import asking, booked, current, offered, pickups_of, without_bookings
from tests.makers import CENTRE
from tus_dispatch.desk.live.booking import book_offer, request
from tus_dispatch.desk.live.exchange import Imported
from tus_dispatch.desk.live.quoting import OFFER_LASTS_S, quote
from tus_dispatch.domain.offer import Refusal
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import OpeningHours, WallBand
from tus_dispatch.domain.standing import BookingStatus, DatedBooking
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.errors import ConflictError, InputError, NotFoundError
from tus_dispatch.store import plans
from tus_dispatch.store.resources import BOOKINGS, PLACES
from tus_dispatch.store.session import Session


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def made(desk: Desk) -> Imported:
    return without_bookings(desk)


def test_an_offer_taken_is_in_the_plan_with_its_promise(desk: Desk, made: Imported) -> None:
    offer = offered(desk, asking(made))[0]

    record = booked(desk, offer)

    plan = current(desk)
    told = {each.leg: each.pickup_window for each in plan.promises}
    assert [each.status for each in record.value.states] == [BookingStatus.BOOKED] * 2
    assert {stop.leg for each in plan.rounds for stop in each.stops if stop.leg} == {
        f"{record.id}:out",
        f"{record.id}:ret",
    }
    assert [(told[leg].earliest_s + told[leg].latest_s) // 2 for leg in sorted(told)] == [
        each.pickup_s for each in offer.offer.legs
    ]


def test_the_plan_of_the_day_knows_names_again(desk: Desk, made: Imported) -> None:
    booked(desk, offered(desk, asking(made))[0])

    (person,) = current(desk).scenario.participants

    assert (person.first_name, person.last_name) == ("Anne", "Aubert")


def test_the_second_of_two_offers_for_one_version_is_checked_on_the_new_one(
    desk: Desk, made: Imported
) -> None:
    first = offered(desk, asking(made, "P1"))[0]
    second = offered(desk, asking(made, "P2", "09:30", "11:00"))[0]

    booked(desk, first)
    record = booked(desk, second)

    plan = current(desk)
    pickups = pickups_of(plan)
    for promise in plan.promises:
        window = promise.pickup_window
        assert window.earliest_s <= pickups[promise.leg] <= window.latest_s
    assert len(plan.promises) == 4
    assert f"{record.id}:out" in pickups


def test_an_offer_is_taken_once(desk: Desk, made: Imported) -> None:
    offer = offered(desk, asking(made))[0]
    booked(desk, offer)

    with pytest.raises(ConflictError):
        booked(desk, offer)


def test_an_offer_expires(desk: Desk, made: Imported) -> None:
    offer = offered(desk, asking(made))[0]
    desk.clock.at += OFFER_LASTS_S

    with pytest.raises(ConflictError):
        booked(desk, offer)


def test_an_offer_whose_promise_is_lost_is_a_conflict_and_nothing_is_kept(
    desk: Desk, made: Imported
) -> None:
    # Basile's wheelchair has one place, so two of the same hour cannot both ride.
    twice = asking(made, "P2", "09:30", "11:00")
    first, second = offered(desk, twice)[0], offered(desk, twice)[0]
    booked(desk, first)

    with pytest.raises(ConflictError) as caught:
        booked(desk, second)

    with desk.office.database.read() as session:
        assert len(BOOKINGS.all(session, desk.organisation)) == 1
    assert caught.value.problem.code == "TUS-5101"


def test_what_cannot_be_kept_beside_the_booking_undoes_it(desk: Desk, made: Imported) -> None:
    offer = offered(desk, asking(made))[0]

    def broken(_session: Session, _record: Record[DatedBooking]) -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        book_offer(desk.office, desk.dispatcher, offer.id, broken)

    with desk.office.database.read() as session:
        assert BOOKINGS.all(session, desk.organisation) == ()
        assert plans.pointer(session, desk.organisation, THE_DAY).current is None
    assert booked(desk, offer).version == 1


def test_a_refusal_names_what_would_work(desk: Desk, made: Imported) -> None:
    answer = quote(desk.office, desk.dispatcher, asking(made, arrive="07:15"))

    assert isinstance(answer, Refusal)
    assert answer.alternatives


def test_a_request_waits_to_be_planned(desk: Desk, made: Imported) -> None:
    with desk.office.database.write() as session:
        record = request(desk.office, session, desk.dispatcher, asking(made))

    assert {each.status for each in record.value.states} == {BookingStatus.REQUESTED}


def test_a_request_that_makes_no_sense_is_refused_and_not_kept(desk: Desk, made: Imported) -> None:
    backwards = asking(made, arrive="12:00", leave="10:00")

    with (
        pytest.raises(InputError) as caught,
        desk.office.database.write() as session,
    ):
        request(desk.office, session, desk.dispatcher, backwards)

    with desk.office.database.read() as session:
        assert BOOKINGS.all(session, desk.organisation) == ()
    assert caught.value.problems[0].where.startswith("/bookings/0")


def test_whoever_is_unknown_gets_no_quote(desk: Desk, made: Imported) -> None:
    asked = asking(made)
    stranger = replace(asked, booking=replace(asked.booking, participant=ParticipantId("prt_x")))

    with pytest.raises(NotFoundError):
        quote(desk.office, desk.dispatcher, stranger)


@pytest.mark.parametrize(("weekday", "is_open"), [(1, True), (2, False)])
def test_nobody_is_brought_to_a_place_that_is_closed(
    desk: Desk, made: Imported, weekday: int, is_open: bool
) -> None:
    # The day is a Tuesday; people arrive between 08:00 and 08:30, and leave from 13:00 on.
    hours = (OpeningHours(weekday, WallBand("08:15", "14:00")),)
    with desk.office.database.write() as session:
        centre = PLACES.get(session, desk.organisation, made.places[CENTRE])
        PLACES.change(
            session,
            desk.organisation,
            centre.id,
            centre.version,
            replace(centre.value, opening=hours),
            actor=None,
        )

    if is_open:
        assert offered(desk, asking(made))
        return
    with pytest.raises(InputError) as caught:
        quote(desk.office, desk.dispatcher, asking(made))
    problem = caught.value.problems[0]
    assert (problem.code, problem.where) == ("TUS-1482", "/bookings/0/outward")


def test_many_who_book_at_once_are_all_in_the_plan_as_promised(desk: Desk, made: Imported) -> None:
    wanted = [
        asking(made, who, f"{hour:02d}:{minute:02d}", leave=None)
        for hour in (8, 9, 10)
        for minute, who in ((15, "P1"), (30, "P2"), (45, "P3"))
    ]

    def call_and_book(asked: DatedBooking) -> str | None:
        answer = quote(desk.office, desk.dispatcher, asked)
        if isinstance(answer, Refusal):
            return None
        try:
            return booked(desk, answer[0]).id
        except ConflictError:
            return None

    with ThreadPoolExecutor(4) as pool:
        acknowledged = {each for each in pool.map(call_and_book, wanted) if each}

    plan = current(desk)
    pickups = pickups_of(plan)
    assert len(acknowledged) > 3
    assert {str(leg).partition(":")[0] for leg in pickups} == acknowledged
    assert len(plan.promises) == len(acknowledged)
    for promise in plan.promises:
        window = promise.pickup_window
        assert window.earliest_s <= pickups[promise.leg] <= window.latest_s
