"""A person gets everything that is kept about them, and can be erased without a trace."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.canaries import PAST, Canaries, plant_driver, plant_participant
from tests.kept import (
    DAY,
    SetClock,
    World,
    add_booking,
    make_world,
    opened,
    save_plan,
    sqlite_url,
)
from tus_dispatch.domain.demand import Direction, Participant
from tus_dispatch.domain.service import JobState, SolveJob
from tus_dispatch.domain.standing import (
    BookingStatus,
    LegState,
)
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.errors import ConflictError, NotFoundError
from tus_dispatch.store import events, jobs, people
from tus_dispatch.store.backup import backup, restore
from tus_dispatch.store.data_model import PERSONAL
from tus_dispatch.store.queue import open_queue
from tus_dispatch.store.reachable import references
from tus_dispatch.store.resources import (
    BOOKINGS,
    PARTICIPANTS,
)
from tus_dispatch.store.session import Database
from tus_dispatch.store.tables.all_tables import metadata


def found_in(folder: Path, words: list[str]) -> list[str]:
    """Return the words that stand in any file of a folder."""
    files = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    return [word for word in words if any(word.encode() in content for content in files)]


def test_of_an_erased_participant_nothing_is_left_in_any_file(tmp_path: Path) -> None:
    canaries = Canaries()
    with opened(sqlite_url(tmp_path)) as database:
        queue = open_queue(database, tmp_path)
        with database.write() as session:
            world = make_world(session)
            save_plan(session, world)
            job = jobs.add(
                session, world.organisation, SolveJob("", DAY, 1, 1, JobState.QUEUED, 10.0)
            )
        queue.put(world.organisation, job.id)
        person = plant_participant(database, world, canaries)
        planted = found_in(tmp_path, canaries.words)

        with database.write() as session:
            people.erase(session, world.organisation, person, actor=world.dispatcher)
        before_scrub = found_in(tmp_path, canaries.words)
        people.scrub(database, tmp_path / "erased.jsonl")
        after_scrub = found_in(tmp_path, canaries.words)
        queue.stop()

    assert len(canaries.words) >= 40
    assert planted == canaries.words
    # Without the scrub they are still in the log, so looking there does find them.
    assert before_scrub
    assert after_scrub == []


def test_of_an_erased_driver_nothing_is_left_in_any_file(tmp_path: Path) -> None:
    canaries = Canaries()
    with opened(sqlite_url(tmp_path)) as database:
        with database.write() as session:
            world = make_world(session)
            driver = plant_driver(session, world, canaries)
        planted = found_in(tmp_path, canaries.words)

        with database.write() as session:
            people.erase(session, world.organisation, driver, actor=world.dispatcher)
        people.scrub(database)

        assert len(canaries.words) == 15
        assert planted == canaries.words
        assert found_in(tmp_path, canaries.words) == []
        assert found_in(tmp_path, ["Dominique", "Durand"]) == []


def test_of_an_erased_person_no_row_holds_anything_on_either_database(
    database: Database, world: World
) -> None:
    canaries = Canaries()
    person = plant_participant(database, world, canaries)
    with database.write() as session:
        driver = plant_driver(session, world, canaries)
    planted = rows_with(database, canaries.words)

    with database.write() as session:
        people.erase(session, world.organisation, person, actor=None)
        people.erase(session, world.organisation, driver, actor=None)
        # Twice is no mistake, and no second entry of the ledger.
        people.erase(session, world.organisation, person, actor=None)
    people.scrub(database)

    assert planted
    assert rows_with(database, canaries.words) == []
    with database.read() as session:
        assert {each.person for each in people.ledger_of(session)} == {person, driver}
        assert events.broken_links(session, world.organisation) == ()
        assert PARTICIPANTS.all(session, world.organisation) == (world.anne,)
        kept = PARTICIPANTS.get(session, world.organisation, person).value
        trips = BOOKINGS.all(session, world.organisation, participant=person)
    assert kept == Participant(person)
    assert {trip.value.service_date - PAST for trip in trips} == set(map(timedelta, range(4)))


def rows_with(database: Database, words: list[str]) -> list[str]:
    """Return the tables in which one of the words stands."""
    with database.read() as session:
        return [
            table.name
            for table in metadata().sorted_tables
            if any(word in repr(row) for row in session.execute(select(table)) for word in words)
        ]


def test_a_person_who_is_still_booked_is_not_erased(database: Database, world: World) -> None:
    with database.write() as session:
        booking = add_booking(session, world)

    with pytest.raises(ConflictError) as refusal, database.write() as session:
        people.erase(session, world.organisation, world.anne.id, actor=None)
    assert refusal.value.problem.code == "TUS-5016"

    cancelled = (LegState(Direction.OUTWARD, BookingStatus.CANCELLED_BY_USER),)
    with database.write() as session:
        value = replace(booking.value, states=cancelled)
        BOOKINGS.change(session, world.organisation, booking.id, 1, value, actor=None)
        people.erase(session, world.organisation, world.anne.id, actor=None)


def test_an_erased_person_cannot_be_filled_again(database: Database, world: World) -> None:
    with database.write() as session:
        people.erase(session, world.organisation, world.anne.id, actor=None)

    with pytest.raises(ConflictError) as refusal, database.write() as session:
        PARTICIPANTS.change(
            session, world.organisation, world.anne.id, 1, world.anne.value, actor=None
        )

    assert refusal.value.problem.code == "TUS-5015"


def test_somebody_kept_apart_from_the_erased_forgets_them(database: Database, world: World) -> None:
    apart = Participant(ParticipantId("new"), never_with=(ParticipantId(world.anne.id),))
    with database.write() as session:
        other = PARTICIPANTS.add(session, world.organisation, apart, actor=None)
        people.erase(session, world.organisation, world.anne.id, actor=None)
        left = PARTICIPANTS.get(session, world.organisation, other.id).value.never_with

    assert left == ()


def test_an_export_holds_every_row_that_refers_to_the_person(
    database: Database, world: World
) -> None:
    canaries = Canaries()
    person = plant_participant(database, world, canaries)
    with database.write() as session:
        driver = plant_driver(session, world, canaries)
        events.record_view(session, world.organisation, world.dispatcher, person)

    with database.read() as session:
        told = people.export(session, world.organisation, person)
        of_driver = people.export(session, world.organisation, driver)

    assert {name: len(rows) for name, rows in told.items()} == {
        "person": 1,
        "participant": 1,
        "place": 1,
        "referral": 4,
        "booking": 4,
        "standing_booking": 2,
        "offer": 1,
        "vehicle_use": 1,
        "flexible_booking": 1,
        "attendance": 1,
        "event": len(told["event"]),
        "view": 1,
    }
    assert {"driver", "account", "contract_pattern", "driver_link", "api_token"} <= set(of_driver)
    text = json.dumps(of_driver)
    assert "password" not in text
    assert "sha256" not in text


def test_every_table_that_refers_to_a_person_is_followed() -> None:
    # Whoever adds a table that refers to a participant or a driver finds it in
    # the export; what refers to a place or a vehicle may be somebody else's.
    followed = {table.name for table, _, _ in references()}

    referring = {
        table.name
        for table in metadata().sorted_tables
        for constraint in table.foreign_key_constraints
        if constraint.referred_table.name in {"person", "participant", "driver", "account"}
    }

    assert referring <= followed
    assert {"referral", "booking", "completed_leg", "driver_link", "credential"} <= referring


def test_a_stranger_is_not_found(database: Database, world: World) -> None:
    with database.write() as session:
        other = make_world(session, "Une autre")

    with database.read() as session, pytest.raises(NotFoundError):
        people.export(session, other.organisation, world.anne.id)
    with pytest.raises(NotFoundError), database.write() as session:
        people.erase(session, other.organisation, world.anne.id, actor=None)


@pytest.mark.parametrize(("days", "is_due"), [(-1, False), (0, False), (1, True)])
def test_a_participant_is_due_the_day_after_two_years_without_contact(
    tmp_path: Path, days: int, is_due: bool
) -> None:
    # The last contact is the booking of 10 March 2026; two years later is 10 March 2028.
    clock = SetClock()
    with opened(sqlite_url(tmp_path), clock) as database:
        with database.write() as session:
            world = make_world(session)
            add_booking(session, world, DAY)

        with database.read() as session:
            due = people.due_for_erasure(
                session, world.organisation, date(2028, 3, 10) + timedelta(days=days)
            )

    assert due == ((ParticipantId(world.anne.id),) if is_due else ())


def test_a_restored_backup_forgets_again_who_was_erased_since(
    database: Database, world: World, tmp_path: Path
) -> None:
    ledger = tmp_path / "erased.jsonl"
    with database.write() as session:
        add_booking(session, world)
    copy = backup(database, tmp_path / "copy.db")
    with database.write() as session:
        booking = BOOKINGS.all(session, world.organisation)[0]
        BOOKINGS.remove(session, world.organisation, booking.id, 1, actor=None)
        people.erase(session, world.organisation, world.anne.id, actor=None)
    people.scrub(database, ledger)

    url = f"sqlite:///{tmp_path / 'restored.db'}"
    count = restore(copy, url, clock=SetClock(), erasures=people.read_ledger(ledger))

    assert count == 1
    assert b"Aubert" in copy.read_bytes()
    assert b"Aubert" not in (tmp_path / "restored.db").read_bytes()
    with opened(url) as restored, restored.read() as session:
        statuses = [
            each.value.states[0].status for each in BOOKINGS.all(session, world.organisation)
        ]
    assert statuses == [BookingStatus.CANCELLED_BY_SERVICE]


def test_a_ledger_that_is_not_there_yet_is_empty(tmp_path: Path) -> None:
    assert people.read_ledger(tmp_path / "erased.jsonl") == ()


def test_every_column_said_to_be_personal_exists() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in metadata().sorted_tables
        for column in table.columns
    }

    assert columns >= PERSONAL
