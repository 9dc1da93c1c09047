"""A backup made while people work holds one state, and a restore gives it back row by row."""

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.kept import KEY, SetClock, World, add_booking, make_world, opened, save_plan, sqlite_url
from tests.makers import five_legs_plan
from tests.postgres_server import KINDS, Server
from tus_dispatch.errors import InputError
from tus_dispatch.store import plans
from tus_dispatch.store.backup import backup, restore
from tus_dispatch.store.resources import BOOKINGS
from tus_dispatch.store.rows import digests
from tus_dispatch.store.session import Database
from tus_dispatch.store.soundness import check, check_backup

N_BACKUPS = 5
PLAN_DAY = five_legs_plan().scenario.day.date


@pytest.fixture(params=KINDS)
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of another empty database, on either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'elsewhere.db'}"
    server: Server = request.getfixturevalue("server")
    return server.new_database()


@pytest.fixture
def full(database: Database, world: World) -> Database:
    with database.write() as session:
        save_plan(session, world)
        plans.publish(session, world.organisation, PLAN_DAY, 1)
        for _ in range(5):
            add_booking(session, world)
    return database


def test_a_restored_backup_equals_its_source_row_by_row_on_every_pair_of_databases(
    full: Database, elsewhere: str, tmp_path: Path
) -> None:
    copy = backup(full, tmp_path / "copies" / "copy.db")

    restore(copy, elsewhere, clock=SetClock(), event_key=KEY)

    with full.read() as session:
        expected = digests(session.connection())
    with opened(elsewhere) as restored:
        found = check(restored)
    assert found.tables == expected
    assert found.faults == ()
    assert {name: expected[name].n_rows for name in ("booking", "plan", "publication")} == {
        "booking": 5,
        "plan": 1,
        "publication": 1,
    }


def test_backups_made_while_bookings_are_written_hold_whole_bookings(
    database: Database, world: World, tmp_path: Path
) -> None:
    acknowledged: list[str] = []
    is_over = threading.Event()

    def write() -> None:
        while not is_over.is_set():
            with database.write() as session:
                booking = add_booking(session, world)
            acknowledged.append(booking.id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = []
        for number in range(N_BACKUPS):
            while len(acknowledged) < 5 * (number + 1):
                is_over.wait(0.01)
            before = set(acknowledged)
            copies.append((before, backup(database, tmp_path / f"copy-{number}.db")))
    finally:
        is_over.set()
        writer.join()

    for number, (before, copy) in enumerate(copies):
        assert check_backup(copy, clock=SetClock(), event_key=KEY).faults == ()
        url = f"sqlite:///{tmp_path / f'restored-{number}.db'}"
        restore(copy, url, clock=SetClock(), event_key=KEY)
        with opened(url) as restored, restored.read() as session:
            kept = {each.id for each in BOOKINGS.all(session, world.organisation)}
        # What was acknowledged before the backup began is in it.
        assert before <= kept <= set(acknowledged)


def test_copying_the_file_of_a_running_database_is_no_backup(tmp_path: Path) -> None:
    # What a backup must not be: the file without its log looks sound, and is empty.
    with opened(sqlite_url(tmp_path)) as database:
        with database.write() as session:
            world = make_world(session)
            add_booking(session, world)
        shutil.copy(tmp_path / "tus.db", tmp_path / "copy.db")
        proper = backup(database, tmp_path / "proper.db")

    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        verdict = copy.execute("PRAGMA integrity_check").fetchone()
        try:
            n_copied = copy.execute("SELECT count(*) FROM booking").fetchone()[0]
        except sqlite3.OperationalError:
            n_copied = 0
    with closing(sqlite3.connect(proper)) as kept:
        n_kept = kept.execute("SELECT count(*) FROM booking").fetchone()[0]
    assert (verdict, n_copied, n_kept) == (("ok",), 0, 1)


def test_a_backup_is_readable_by_its_owner_alone(full: Database, tmp_path: Path) -> None:
    copy = backup(full, tmp_path / "copy.db")

    assert copy.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.glob("copy.db*")] == ["copy.db"]


def test_a_damaged_backup_is_refused(full: Database, tmp_path: Path) -> None:
    copy = backup(full, tmp_path / "copy.db")
    content = bytearray(copy.read_bytes())
    # The middle of the file, from one page into another.
    middle = len(content) // 2
    content[middle : middle + 8192] = bytes(8192)
    copy.write_bytes(content)

    with pytest.raises(InputError, match="TUS-1423"):
        restore(copy, f"sqlite:///{tmp_path / 'new.db'}", clock=SetClock())


@pytest.mark.parametrize("content", [b"", b"not a database", None])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes | None) -> None:
    source = tmp_path / "copy.db"
    if content is not None:
        source.write_bytes(content)

    with pytest.raises(InputError, match="TUS-1423"):
        restore(source, f"sqlite:///{tmp_path / 'new.db'}", clock=SetClock())


def test_a_backup_is_never_restored_over_something(full: Database, tmp_path: Path) -> None:
    copy = backup(full, tmp_path / "copy.db")

    target = f"sqlite:///{tmp_path / 'other.db'}"
    restore(copy, target, clock=SetClock())

    with pytest.raises(InputError, match="TUS-1424"):
        restore(copy, target, clock=SetClock())


def test_a_plan_altered_on_the_disk_is_found(tmp_path: Path) -> None:
    with opened(sqlite_url(tmp_path)) as database, database.write() as session:
        save_plan(session, make_world(session))
    with closing(sqlite3.connect(tmp_path / "tus.db")) as file:
        # Whoever holds the file can take the guard away.
        file.execute("DROP TRIGGER plan_never_changed_update")
        file.execute("UPDATE plan SET plan_body = snapshot_body")
        file.commit()

    with opened(sqlite_url(tmp_path)) as database:
        (fault,) = check(database).faults

    assert fault.endswith("is not what was written")
