"""A published plan is on paper, in the legs' states, and in the hands of the right drivers."""

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desks import THE_DAY, Desk, open_desk
from tests.live_calls import asking, booked, booking_of, current, offered, without_bookings
from tests.makers import at, five_legs, five_legs_plan
from tus_dispatch.desk.live.booking import request
from tus_dispatch.desk.live.cancelling import Wish, cancel
from tus_dispatch.desk.live.exchange import Imported
from tus_dispatch.desk.live.itineraries import SheetFormat, itineraries, itinerary, render
from tus_dispatch.desk.live.publishing import Publication, folder_of, moved_between, publish
from tus_dispatch.domain.organisation import Actor, PrescriberId, Role
from tus_dispatch.domain.roster import VehicleState, VehicleUse
from tus_dispatch.domain.service import DayPointer
from tus_dispatch.domain.standing import BookingStatus
from tus_dispatch.domain.units import DriverId, ShiftId, VehicleId
from tus_dispatch.errors import ConflictError, NotFoundError
from tus_dispatch.store import plans
from tus_dispatch.store.resources import VEHICLE_USES


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def made(desk: Desk) -> Imported:
    return without_bookings(desk)


def pointer(desk: Desk) -> DayPointer:
    with desk.office.database.read() as session:
        return plans.pointer(session, desk.organisation, THE_DAY)


def published(desk: Desk) -> Publication:
    day = pointer(desk)
    assert day.current is not None
    return publish(desk.office, desk.dispatcher, THE_DAY, day.current, day.revision)


def driver(desk: Desk, made: Imported, name: str = "lea") -> Actor:
    return Actor(
        desk.organisation,
        None,
        Role.DRIVER,
        driver=made.drivers.get(DriverId(name), DriverId(name)),
    )


def on_the_minibus(desk: Desk, made: Imported) -> str:
    """Book Basile, whom only the minibus can carry."""
    return booked(desk, offered(desk, asking(made, "P2", "09:30", "11:00"))[0]).id


def test_publishing_schedules_legs_and_writes_paper(desk: Desk, made: Imported) -> None:
    basile = on_the_minibus(desk, made)

    publication = published(desk)

    names = {
        path.relative_to(publication.folder).as_posix()
        for path in publication.folder.rglob("*")
        if path.is_file()
    }
    assert {
        "day-board.html",
        "phone-list.html",
        "phone-list.csv",
        "plan.json",
        "map.html",
        "sheets/minibus-matin.html",
        "sheets/minibus-matin.pdf",
        "sheets/minibus-matin.ics",
        "sheets/minibus-matin.gpx",
    } <= names
    assert publication.notes == ()
    assert publication.moved == ()
    assert stat.S_IMODE(publication.folder.stat().st_mode) == 0o700
    states = booking_of(desk, basile).value.states
    # Basile was promised his times, so he need not be called.
    assert [each.status for each in states] == [BookingStatus.CONFIRMED] * 2
    assert "Basile" in (publication.folder / "phone-list.csv").read_text("utf-8-sig")


def test_only_the_current_version_is_published(desk: Desk, made: Imported) -> None:
    on_the_minibus(desk, made)
    booked(desk, offered(desk, asking(made))[0])

    with pytest.raises(ConflictError) as caught:
        publish(desk.office, desk.dispatcher, THE_DAY, 1)

    assert caught.value.problem.code == "TUS-5108"
    assert pointer(desk).published is None


def test_a_day_that_moved_on_since_somebody_looked_is_not_published(
    desk: Desk, made: Imported
) -> None:
    on_the_minibus(desk, made)
    seen = pointer(desk)
    with desk.office.database.write() as session:
        request(desk.office, session, desk.dispatcher, asking(made))

    with pytest.raises(ConflictError):
        publish(desk.office, desk.dispatcher, THE_DAY, 1, seen.revision)

    assert pointer(desk).published is None


def test_a_plan_whose_vehicle_is_in_the_workshop_is_not_published(
    desk: Desk, made: Imported
) -> None:
    on_the_minibus(desk, made)
    start_at = five_legs().day.start_at
    with desk.office.database.write() as session:
        VEHICLE_USES.add(
            session,
            desk.organisation,
            VehicleUse(
                made.vehicles[VehicleId("minibus")],
                VehicleState.WORKSHOP,
                start_at + at("08:00"),
                start_at + at("18:00"),
            ),
            actor=None,
        )

    with pytest.raises(ConflictError) as caught:
        publish(desk.office, desk.dispatcher, THE_DAY, 1)

    assert caught.value.problem.code == "TUS-5102"


def test_who_is_newly_fetched_or_no_longer_is_named_once(desk: Desk, made: Imported) -> None:
    basile = on_the_minibus(desk, made)
    published(desk)
    anne = booked(desk, offered(desk, asking(made))[0]).id
    with desk.office.database.write() as session:
        cancel(desk.office, session, desk.dispatcher, booking_of(desk, basile), Wish())

    publication = published(desk)

    # Basile cancelled himself, so nobody needs to tell him.
    assert {each.leg for each in publication.moved} == {f"{anne}:out", f"{anne}:ret"}
    assert {each.before_s for each in publication.moved} == {None}


def test_a_pickup_moves_when_it_is_more_than_ten_minutes_away() -> None:
    before = five_legs_plan()

    def later(by_s: int) -> list[str]:
        minibus, car = before.rounds
        stops = tuple(replace(stop, start_s=stop.start_s + by_s) for stop in car.stops)
        after = replace(before, rounds=(minibus, replace(car, stops=stops)))
        return [each.leg for each in moved_between(before, after)]

    assert later(600) == []
    assert later(601) == ["R3:out", "R1:out", "R1:ret"]


def test_a_folder_that_cannot_be_written_leaves_the_publication_standing(
    desk: Desk, made: Imported
) -> None:
    on_the_minibus(desk, made)
    desk.office.files.mkdir()
    folder_of(desk.office, desk.organisation, THE_DAY).parent.touch()

    publication = published(desk)

    assert len(publication.notes) == 1
    assert pointer(desk).published == 1


def test_a_driver_fetches_the_own_round_in_every_format(desk: Desk, made: Imported) -> None:
    on_the_minibus(desk, made)
    published(desk)
    shift = made.shifts[ShiftId("minibus-matin")]

    with desk.office.database.read() as session:
        found = itinerary(session, driver(desk, made), THE_DAY, shift)
    texts = {each: render(found, each) for each in SheetFormat}

    assert texts[SheetFormat.PDF].startswith(b"%PDF")
    assert texts[SheetFormat.ICS].startswith(b"BEGIN:VCALENDAR")
    assert b"Basile B." in texts[SheetFormat.HTML]
    assert b"<gpx" in texts[SheetFormat.GPX]
    sheet = json.loads(texts[SheetFormat.JSON])
    assert (sheet["title"], len(sheet["lines"])) == ("minibus-matin", 6)
    # Five minutes to board and ten to drive end at 09:30, as asked.
    assert sheet["lines"][1]["at"] == "2026-03-10T09:15:00+01:00"
    features = json.loads(texts[SheetFormat.GEOJSON])["features"]
    assert {each["properties"]["shift"] for each in features} == {shift}


def test_a_stranger_s_round_is_not_there(desk: Desk, made: Imported) -> None:
    on_the_minibus(desk, made)
    published(desk)
    shift = made.shifts[ShiftId("minibus-matin")]
    prescriber = Actor(desk.organisation, None, Role.PRESCRIBER, prescriber=PrescriberId("x"))
    link_of_another_shift = replace(driver(desk, made), shift=ShiftId("autre"))
    link_of_another_day = replace(driver(desk, made), service_date=THE_DAY.replace(day=11))

    with desk.office.database.read() as session:
        for actor in (
            driver(desk, made, "somebody"),
            prescriber,
            link_of_another_shift,
            link_of_another_day,
        ):
            assert itineraries(session, actor, THE_DAY) == ()
            with pytest.raises(NotFoundError):
                itinerary(session, actor, THE_DAY, shift)


def test_nothing_is_fetched_before_it_is_published(desk: Desk, made: Imported) -> None:
    on_the_minibus(desk, made)

    with desk.office.database.read() as session, pytest.raises(ConflictError) as caught:
        itineraries(session, driver(desk, made), THE_DAY)

    assert caught.value.problem.code == "TUS-5109"
    assert len(current(desk).rounds) == 1
