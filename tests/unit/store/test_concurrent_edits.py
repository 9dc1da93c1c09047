"""Several people edit the same records at once; no accepted change is lost."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tests.kept import World, add_booking, save_plan
from tests.makers import five_legs_plan
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.errors import ConflictError, StalePlanError, StaleVersionError
from tus_dispatch.store import idempotency, plans
from tus_dispatch.store.idempotency import Kept
from tus_dispatch.store.plans import pointer
from tus_dispatch.store.resources import BOOKINGS
from tus_dispatch.store.session import Database, Session

N_EDITS = 1000
N_PEOPLE = 8
N_RECORDS = 5
N_KEYS = 40


def test_a_thousand_edits_with_the_version_that_was_read_lose_nothing(
    database: Database, world: World
) -> None:
    with database.write() as session:
        identities = [add_booking(session, world).id for _ in range(N_RECORDS)]

    def edit(number: int) -> str:
        # As an editor does: read, think, write what was read plus one.
        identity = identities[number % N_RECORDS]
        with database.read() as session:
            seen = BOOKINGS.get(session, world.organisation, identity)
        try:
            with database.write() as session:
                write_back(session, seen)
        except StaleVersionError as refusal:
            current = refusal.current
            is_newer = isinstance(current, Record) and current.version > seen.version
            return "refused" if is_newer else "refused without reason"
        return "accepted"

    def write_back(session: Session, seen: Record[DatedBooking]) -> None:
        booking = replace(seen.value.booking, priority=seen.value.booking.priority + 1)
        value = replace(seen.value, booking=booking)
        BOOKINGS.change(session, world.organisation, seen.id, seen.version, value, actor=None)

    with ThreadPoolExecutor(N_PEOPLE) as people:
        outcomes = Counter(people.map(edit, range(N_EDITS)))

    with database.read() as session:
        records = BOOKINGS.many(session, world.organisation, identities)
    # Each accepted edit adds one to the version and one to the value: a lost
    # one would be missing from the sum.
    assert outcomes["accepted"] + outcomes["refused"] == N_EDITS
    assert sum(each.value.booking.priority for each in records) == outcomes["accepted"]
    assert sum(each.version - 1 for each in records) == outcomes["accepted"]
    assert outcomes["accepted"] >= N_EDITS / N_PEOPLE


def test_of_plans_made_on_one_version_at_once_exactly_one_becomes_current(
    database: Database, world: World
) -> None:
    day = five_legs_plan().scenario.day.date
    with database.write() as session:
        save_plan(session, world)

    def save(_: int) -> bool:
        try:
            with database.write() as session:
                save_plan(session, world, base=1)
        except StalePlanError:
            return False
        return True

    with ThreadPoolExecutor(N_PEOPLE) as people:
        saved = list(people.map(save, range(N_PEOPLE)))

    with database.read() as session:
        assert pointer(session, world.organisation, day).current == 2
        assert len(plans.versions(session, world.organisation, day)) == 2
    assert saved.count(True) == 1


def test_a_key_sent_again_from_many_hands_books_once(database: Database, world: World) -> None:
    # Each key comes five times, in any order, from people who never heard an answer.
    keys = [f"key-{number}" for number in range(N_KEYS)] * 5

    def book(key: str) -> bytes:
        try:
            with database.write() as session:
                booking = add_booking(session, world)
                answer = Kept("same", 201, {}, booking.id.encode())
                idempotency.keep(session, world.organisation, "acc_a", key, answer)
        except ConflictError:
            with database.read() as session:
                kept = idempotency.find(session, world.organisation, "acc_a", key)
            assert kept is not None
            return kept.body
        return booking.id.encode()

    with ThreadPoolExecutor(N_PEOPLE) as people:
        answers = list(people.map(book, keys))

    with database.read() as session:
        booked = BOOKINGS.all(session, world.organisation)
    assert len(booked) == N_KEYS
    assert {each.id.encode() for each in booked} == set(answers)
    for number in range(N_KEYS):
        assert len(set(answers[number::N_KEYS])) == 1
