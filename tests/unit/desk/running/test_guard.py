"""Nothing is written while the disk is nearly full, and writing comes back by itself."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tus_dispatch.desk.clock import SystemClock
from tus_dispatch.desk.running.guard import BALLAST_BYTES, DiskGuard, lay_ballast
from tus_dispatch.errors import ReadOnlyError
from tus_dispatch.store.session import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    opened = Database.connect(f"sqlite:///{tmp_path / 'tus.db'}", clock=SystemClock())
    with opened.write() as session:
        session.execute(text("CREATE TABLE note (word TEXT)"))
    yield opened
    opened.close()


def free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def guard_of(database: Database, folder: Path, min_free_bytes: int) -> DiskGuard:
    return DiskGuard(database, folder, folder / "ballast.bin", min_free_bytes)


def write(database: Database, word: str) -> None:
    with database.write() as session:
        session.execute(text("INSERT INTO note VALUES (:word)"), {"word": word})


def words(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(text("SELECT word FROM note")))


def test_with_too_little_space_everything_is_read_and_nothing_written(
    database: Database, tmp_path: Path
) -> None:
    write(database, "before")

    guard_of(database, tmp_path, 2 * free_bytes(tmp_path)).look()

    with pytest.raises(ReadOnlyError) as told:
        write(database, "after")
    assert "disque presque plein" in str(told.value)
    assert words(database) == ["before"]


def test_writing_comes_back_with_the_space(database: Database, tmp_path: Path) -> None:
    guard = guard_of(database, tmp_path, 2 * free_bytes(tmp_path))
    guard.look()
    # Now there is room enough, without a byte having moved.
    guard.min_free_bytes = 1

    guard.look()

    write(database, "after")
    assert words(database) == ["after"]


def test_just_enough_space_changes_nothing(database: Database, tmp_path: Path) -> None:
    guard = guard_of(database, tmp_path, 2 * free_bytes(tmp_path))
    guard.look()
    guard.min_free_bytes = int(free_bytes(tmp_path) / 1.05)

    guard.look()

    assert database.is_read_only


def test_space_does_not_excuse_a_commit_that_failed(database: Database, tmp_path: Path) -> None:
    database.read_only("commit failed")

    guard_of(database, tmp_path, 1).look()

    assert database.why_read_only == "commit failed"


def test_ballast_is_laid_where_there_is_room_and_given_up_at_the_end(
    database: Database, tmp_path: Path
) -> None:
    guard, ballast = guard_of(database, tmp_path, 1), tmp_path / "ballast.bin"
    guard.look()
    assert ballast.stat().st_size == BALLAST_BYTES
    assert ballast.stat().st_blocks * 512 >= BALLAST_BYTES

    guard.min_free_bytes = 2 * free_bytes(tmp_path)
    guard.look()
    assert ballast.exists()

    guard.min_free_bytes = 10 * free_bytes(tmp_path)
    guard.look()
    assert not ballast.exists()


def test_ballast_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ballast.bin").write_bytes(b"mine")

    lay_ballast(tmp_path / "ballast.bin")

    assert (tmp_path / "ballast.bin").read_bytes() == b"mine"
