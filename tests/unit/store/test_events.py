"""The chain of events shows whatever was altered, removed, added or moved after the fact."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.kept import DAY, SetClock, World, add_booking, make_world, opened, sqlite_url
from tus_dispatch.domain.organisation import Actor, OrganisationId, Role
from tus_dispatch.domain.units import DriverId
from tus_dispatch.store import events, retention
from tus_dispatch.store.session import Database

YEAR_S = 365 * 86_400
# What somebody with the file in hands might do, and the links that show it. The
# world makes six events, six bookings as many more.
FORGERIES = {
    "alter": ("UPDATE event SET kind = 'x' WHERE seq = 5", (5,)),
    "alter and seal again": ("UPDATE event SET kind = 'x', hash = previous WHERE seq = 5", (5, 6)),
    "remove": ("DELETE FROM event WHERE seq = 5", (6,)),
    "remove the first": ("DELETE FROM event WHERE seq = 1", (2,)),
    "move": ("UPDATE event SET seq = 100 WHERE seq = 5", (6, 100)),
    "backdate": ("UPDATE event SET at = at - 3600 WHERE seq = 12", (12,)),
    "cut off the end": ("DELETE FROM event WHERE seq > 9", (12,)),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_found(tmp_path: Path, forgery: str) -> None:
    statement, shown = FORGERIES[forgery]
    with opened(sqlite_url(tmp_path)) as database:
        with database.write() as session:
            world = make_world(session)
            for _ in range(6):
                add_booking(session, world)
            head = events.head(session, world.organisation)
            assert events.broken_links(session, world.organisation, known_head=head) == ()

        with database.write() as session:
            session.execute(text("PRAGMA defer_foreign_keys = ON"))
            for guard in ("never_changed_update", "never_removed_delete"):
                session.execute(text(f"DROP TRIGGER event_{guard}"))
                session.execute(text(f"DROP TRIGGER event_subject_{guard}"))
            session.execute(text("DELETE FROM event_subject"))
            session.execute(text(statement))

        with database.read() as session:
            found = events.broken_links(session, world.organisation, known_head=head)
    assert head[0] == 12
    assert found == shown


def test_a_chain_sealed_with_another_key_is_broken_from_the_start(tmp_path: Path) -> None:
    with opened(sqlite_url(tmp_path)) as database, database.write() as session:
        organisation = make_world(session).organisation

    other = Database.open(sqlite_url(tmp_path), clock=SetClock(), event_key=b"another key")
    with other.read() as session:
        found = events.broken_links(session, organisation)
    other.close()

    assert found == tuple(range(1, 7))


def test_events_are_read_in_pages_and_by_subject(database: Database, world: World) -> None:
    with database.write() as session:
        booking = add_booking(session, world)

    with database.read() as session:
        first = events.page(session, world.organisation, limit=5)
        rest = events.page(session, world.organisation, after=first[-1].seq)
        about = events.page(session, world.organisation, subject=world.anne.id)
    assert [event.seq for event in first + rest] == list(range(1, 8))
    assert [event.kind for event in about] == ["participant.added", "booking.added"]
    assert about[-1].subjects == (booking.id, world.anne.id)


def test_each_association_has_a_chain_of_its_own(database: Database, world: World) -> None:
    with database.write() as session:
        other = make_world(session, "Une autre")
        head = events.head(session, other.organisation)
        assert events.head(session, OrganisationId("org_x")) == (0, "")

    assert head[0] == 6


def test_views_are_kept_for_a_year_and_what_is_left_is_still_a_chain(
    database: Database, world: World
) -> None:
    clock = database.clock
    assert isinstance(clock, SetClock)
    for _ in range(3):
        with database.write() as session:
            events.record_view(
                session, world.organisation, world.dispatcher, world.anne.id, "sheet"
            )
        clock.at += YEAR_S // 2

    # The views are now 18, 12 and 6 months old.
    clock.at += 1
    with database.write() as session:
        removed = retention.clear(session, world.organisation, plans_before=DAY)
        left = events.page(session, world.organisation, stream=events.VIEWS)
        broken = events.broken_links(session, world.organisation, events.VIEWS)

    assert removed["views"] == 2
    assert [(view.seq, view.data["what"]) for view in left] == [(3, "sheet")]
    assert broken == ()


def test_hands_are_named_by_account_or_driver() -> None:
    organisation = OrganisationId("org_x")

    assert events.name_of(None) == "service"
    assert events.name_of(Actor(organisation, None, Role.DRIVER, DriverId("drv_a"))) == (
        "driver:drv_a"
    )
    assert events.name_of(Actor(organisation, None, Role.DISPATCHER)) == "service"
