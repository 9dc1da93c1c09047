"""One way to write: one at a time, all or nothing, and not at all when nothing may be written."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.kept import KEY, SetClock, World, add_booking, make_world, opened, sqlite_url
from tests.postgres_server import HAS_POSTGRES, Server
from tus_dispatch.errors import InputError, ReadOnlyError
from tus_dispatch.store import lock
from tus_dispatch.store.resources import BOOKINGS, PARTICIPANTS
from tus_dispatch.store.session import Database

# What an acknowledged booking rests on, as SQLite itself tells it.
PROFILE = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "secure_delete": 1,
    "trusted_schema": 0,
}
HOLD = """
import sys
from tests.kept import make_world, opened
with opened(sys.argv[1]) as database:
    with database.write() as session:
        make_world(session)
    print("held", flush=True)
    sys.stdin.readline()
"""


SAME = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}


def hold(folder: Path) -> list[str]:
    """Return the command of a process that writes and then has the file open."""
    return [sys.executable, "-c", HOLD, sqlite_url(folder)]


class SpoiltError(Exception):
    """Something goes wrong in the middle."""


def test_the_writer_has_the_profile_that_was_measured(tmp_path: Path) -> None:
    with opened(sqlite_url(tmp_path)) as database, database.write() as session:
        found = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in PROFILE}

    assert found == PROFILE


def test_a_new_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    with opened(sqlite_url(tmp_path)) as database, database.write() as session:
        make_world(session)
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}

    assert set(modes) == {"tus.db", "tus.db-wal", "tus.db-shm", "tus.db.lock"}
    assert set(modes.values()) == {0o600}


def test_what_fails_in_the_middle_leaves_nothing(database: Database, world: World) -> None:
    def spoil() -> None:
        with database.write() as session:
            add_booking(session, world)
            raise SpoiltError

    with pytest.raises(SpoiltError):
        spoil()

    with database.read() as session:
        assert BOOKINGS.all(session, world.organisation) == ()


def test_a_reader_sees_one_state_while_others_write(database: Database, world: World) -> None:
    with database.read() as session:
        before = PARTICIPANTS.all(session, world.organisation)
        with database.write() as writing:
            PARTICIPANTS.remove(writing, world.organisation, world.anne.id, 1, actor=None)
        after = PARTICIPANTS.all(session, world.organisation)

    with database.read() as session:
        now = PARTICIPANTS.all(session, world.organisation)
    assert (before, after, now) == ((world.anne,), (world.anne,), ())


def test_nothing_is_written_in_read_only_mode_and_everything_is_read(
    database: Database, world: World
) -> None:
    database.read_only("disque presque plein")

    with pytest.raises(ReadOnlyError, match="disque presque plein"), database.write():
        pass
    with database.read() as session:
        assert PARTICIPANTS.get(session, world.organisation, world.anne.id) == world.anne
    assert (database.is_read_only, database.why_read_only) == (True, "disque presque plein")

    database.writable()
    with database.write() as session:
        add_booking(session, world)
    assert not database.is_read_only


def test_a_full_disk_turns_writing_off_and_reading_goes_on(tmp_path: Path) -> None:
    with opened(sqlite_url(tmp_path)) as database:
        with database.write() as session:
            world = make_world(session)
        with database.write() as session:
            pages = session.execute(text("PRAGMA page_count")).scalar()
            session.execute(text(f"PRAGMA max_page_count = {pages}"))

        def fill() -> None:
            with database.write() as session:
                for _ in range(200):
                    add_booking(session, world)

        with pytest.raises(ReadOnlyError, match="full"):
            fill()

        assert database.is_read_only
        with database.read() as session:
            assert PARTICIPANTS.get(session, world.organisation, world.anne.id) == world.anne
            assert BOOKINGS.all(session, world.organisation) == ()


def test_a_write_inside_a_write_is_a_mistake_and_does_not_wait_for_itself(tmp_path: Path) -> None:
    def nest(database: Database) -> None:
        with database.write(), database.write():
            pass

    with opened(sqlite_url(tmp_path)) as database, pytest.raises(RuntimeError, match="itself"):
        nest(database)


def test_a_write_that_is_held_up_too_long_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_LONGEST_WAIT_S", 0.05)
    is_held, may_end = threading.Event(), threading.Event()
    with opened(sqlite_url(tmp_path)) as database:

        def hold() -> None:
            with database.write():
                is_held.set()
                may_end.wait(10)

        holder = threading.Thread(target=hold)
        holder.start()
        is_held.wait(10)
        try:
            with pytest.raises(ReadOnlyError, match="TUS-5010"), database.write():
                pass
        finally:
            may_end.set()
            holder.join()


@pytest.fixture
def another_process(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A server that has the file open and has written to it."""
    process = subprocess.Popen(
        hold(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=SAME
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_reads_the_file_and_does_not_write_to_it(
    tmp_path: Path, another_process: subprocess.Popen[str]
) -> None:
    with opened(sqlite_url(tmp_path)) as database:
        with database.read() as session:
            people = session.execute(text("SELECT count(*) FROM person")).scalar()

        with pytest.raises(ReadOnlyError, match="TUS-5010"), database.write():
            pass
        another_process.kill()
        another_process.wait()
        # The right to write ends with the process that had it.
        with database.write() as session:
            make_world(session)

    assert people == 2


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://localhost/tus",
        "sqlite:////nowhere/at/all.db",
    ],
)
def test_an_address_of_no_use_is_refused_with_what_would_do(url: str) -> None:
    with pytest.raises(InputError, match="TUS-1421"):
        Database.open(url, clock=SetClock(), event_key=KEY)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tus.db").write_bytes(b"recettes de cuisine\n" * 500)

    with pytest.raises(InputError, match="TUS-1421"):
        Database.open(sqlite_url(tmp_path), clock=SetClock())

    assert (tmp_path / "tus.db").read_bytes() == b"recettes de cuisine\n" * 500


def test_the_password_of_an_address_is_not_shown() -> None:
    with pytest.raises(InputError) as refusal:
        Database.open("postgresql://tus:tres-secret@localhost:1/tus", clock=SetClock())

    assert "tres-secret" not in str(refusal.value)


def test_closing_the_last_connection_empties_the_log(tmp_path: Path) -> None:
    with opened(sqlite_url(tmp_path)) as database, database.write() as session:
        make_world(session)

    with closing(sqlite3.connect(f"file:{tmp_path / 'tus.db'}?mode=ro", uri=True)) as file:
        (people,) = file.execute("SELECT count(*) FROM person").fetchone()
    assert people == 2


def test_a_damaged_file_is_told_and_no_longer_written(tmp_path: Path) -> None:
    with opened(sqlite_url(tmp_path)) as database, database.write() as session:
        for number in range(40):
            make_world(session, f"Association {number}")
    content = bytearray((tmp_path / "tus.db").read_bytes())
    # All pages but the first, which holds the list of tables.
    content[8192:] = b"\xff" * (len(content) - 8192)
    database = Database.connect(sqlite_url(tmp_path), clock=SetClock())
    (tmp_path / "tus.db").write_bytes(content)

    with pytest.raises(ReadOnlyError, match="TUS-5009"), database.read() as session:
        session.execute(text("SELECT * FROM person")).all()

    assert database.is_read_only
    database.close()


if HAS_POSTGRES:

    def test_a_server_that_goes_away_is_told_and_the_next_write_works(server: Server) -> None:
        def cut(database: Database) -> None:
            with database.write() as session:
                make_world(session)
                pid = session.execute(text("SELECT pg_backend_pid()")).scalar()
                with database.readers.connect() as other:
                    other.execute(text(f"SELECT pg_terminate_backend({pid})"))
                session.execute(text("SELECT 1"))

        with opened(server.new_database()) as database:
            with pytest.raises(ReadOnlyError, match="TUS-5010"):
                cut(database)
            with database.write() as session:
                make_world(session)
                n_kept = session.execute(text("SELECT count(*) FROM organisation")).scalar()

            assert not database.is_read_only
            assert n_kept == 1

    def test_a_server_that_is_not_there_is_told(server: Server) -> None:
        nowhere = server.address.replace("host=", "host=/nowhere")

        with pytest.raises(InputError, match="TUS-1421"):
            Database.open(nowhere, clock=SetClock())
