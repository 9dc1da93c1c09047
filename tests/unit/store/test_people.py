"""A person gets everything that is kept about them, and can be erased without a trace."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.kept import (
    DAY,
    NOW_AT,
    SetClock,
    World,
    add_booking,
    add_place,
    booking_of,
    make_world,
    opened,
    save_plan,
    sqlite_url,
)
from tus_dispatch.domain.demand import Direction, Participant, Referral
from tus_dispatch.domain.organisation import Account, AccountId, Role
from tus_dispatch.domain.roster import (
    ContractDay,
    ContractPattern,
    KeptReferral,
    VehicleState,
    VehicleUse,
    WallBand,
)
from tus_dispatch.domain.service import JobState, SolveJob
from tus_dispatch.domain.standing import (
    BookingStatus,
    LegState,
    Recurrence,
    StandingBooking,
    WallLeg,
)
from tus_dispatch.domain.units import DriverId, ParticipantId, PlaceId, VehicleId
from tus_dispatch.errors import ConflictError, NotFoundError
from tus_dispatch.store import accounts, events, idempotency, jobs, offers, people, tokens
from tus_dispatch.store.accounts import Credential
from tus_dispatch.store.backup import backup, restore
from tus_dispatch.store.data_model import PERSONAL
from tus_dispatch.store.idempotency import Kept
from tus_dispatch.store.offers import NewOffer
from tus_dispatch.store.queue import open_queue
from tus_dispatch.store.reachable import references
from tus_dispatch.store.resources import (
    ACCOUNTS,
    BOOKINGS,
    CONTRACTS,
    DRIVERS,
    PARTICIPANTS,
    PLACES,
    REFERRALS,
    STANDING,
    VEHICLE_USES,
)
from tus_dispatch.store.session import Database, Session
from tus_dispatch.store.tables.all_tables import metadata
from tus_dispatch.store.tokens import DriverLink, NewToken

PAST = date(2026, 3, 2)


class Canaries:
    """Words that stand nowhere else; one for each place where something personal may be kept."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def new(self) -> str:
        """Return a word nobody else uses."""
        self.words.append(f"kanarienvogel{len(self.words):03d}")
        return self.words[-1]


def plant_participant(database: Database, world: World, canaries: Canaries) -> ParticipantId:
    """Keep somebody with a canary in every field that is theirs."""
    organisation, hand, new = world.organisation, world.dispatcher, canaries.new
    first = Participant(
        ParticipantId("new"), new(), new(), new(), requires=(new(), new()), note=new()
    )
    with database.write() as session:
        kept = PARTICIPANTS.add(session, organisation, first, actor=hand)
        home = add_place(session, organisation, new(), 46.5, address=new(), home_of=kept.id)
    # A later change leaves the old words behind in the pages of the files.
    again = replace(kept.value, first_name=new(), last_name=new(), phone=new(), note=new())
    place = replace(home.value.place, name=new(), address=new(), insee=new())
    with database.write() as session:
        PARTICIPANTS.change(session, organisation, kept.id, 1, again, actor=hand)
        moved = replace(home.value, place=place)
        PLACES.change(session, organisation, home.id, 1, moved, actor=hand)
        plant_demand(session, world, canaries, home.id, ParticipantId(kept.id))
        plant_answers(session, world, canaries, [kept.id, home.id])
    return ParticipantId(kept.id)


def plant_demand(
    session: Session, world: World, canaries: Canaries, home: str, person: ParticipantId
) -> None:
    """Refer, book and lend a vehicle to somebody."""
    organisation, new = world.organisation, canaries.new
    for day in range(4):
        referral = Referral(PAST, PAST + timedelta(days=90), new())
        REFERRALS.add(session, organisation, KeptReferral(person, referral), actor=None)
        asked = booking_of(world, PAST + timedelta(days=day))
        booking = replace(asked.booking, participant=person, external_ref=new(), requires=(new(),))
        done = (LegState(Direction.OUTWARD, BookingStatus.DONE),)
        value = replace(asked, booking=booking, states=done)
        BOOKINGS.add(session, organisation, value, actor=None)
    leg = WallLeg(PlaceId(home), PlaceId(world.gare.id), arrive_by="09:00")
    for _ in range(2):
        standing = StandingBooking(person, Recurrence(f"FREQ=WEEKLY;X-{new()}", PAST), leg)
        STANDING.add(session, organisation, standing, actor=None)
    texts = (json.dumps({"note": new()}), json.dumps({"x": new()}))
    offers.add(session, organisation, NewOffer(person, DAY, 1, *texts, NOW_AT + 600))
    vehicle = VehicleId(world.vehicle.id)
    rental = VehicleUse(vehicle, VehicleState.RENTED, NOW_AT - 9000, NOW_AT - 60, person)
    VEHICLE_USES.add(session, organisation, rental, actor=None)


def plant_answers(
    session: Session, world: World, canaries: Canaries, identities: list[str]
) -> None:
    """Keep answers that speak of somebody, or of their home."""
    new = canaries.new
    for identity in (*identities, identities[0]):
        body = json.dumps({"id": identity, "first_name": new()}).encode()
        answer = Kept(new(), 201, {"X": new()}, body)
        key = f"key {len(canaries.words)}"
        idempotency.keep(session, world.organisation, "acc_a", key, answer)


def plant_driver(session: Session, world: World, canaries: Canaries) -> DriverId:
    """Give the driver a name, an account, tokens and a link, with a canary in each."""
    organisation, new = world.organisation, canaries.new
    driver = DriverId(world.driver.id)
    value = replace(
        world.driver.value,
        first_name=new(),
        last_name=new(),
        phone=new(),
        qualifications=(new(),),
    )
    DRIVERS.change(session, organisation, driver, 1, value, actor=None)
    day = ContractDay(0, WallBand("06:00", f"12:00 {new()}"))
    CONTRACTS.add(session, organisation, ContractPattern(driver, (day,)), actor=None)
    account = ACCOUNTS.add(
        session, organisation, Account(new(), Role.DRIVER, new(), driver), actor=None
    )
    hand = AccountId(account.id)
    accounts.set_credential(session, organisation, hand, Credential(new(), new()))
    accounts.open_session(session, organisation, hand, new(), NOW_AT + 600)
    tokens.add_token(session, organisation, NewToken(hand, new(), new(), (new(),)))
    link = DriverLink(driver, "shf_a", DAY, new(), new(), NOW_AT, NOW_AT + 600)  # type: ignore[arg-type]
    tokens.add_link(session, organisation, link)
    return driver


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
