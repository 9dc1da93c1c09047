"""Backups are SQLite files, whatever the database; a restore is believed when rows are equal."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import inspect

from tus_dispatch.errors import InputError
from tus_dispatch.store.clock import Clock
from tus_dispatch.store.codes import problem
from tus_dispatch.store.engines import sqlite_readers
from tus_dispatch.store.migrate import revision, upgrade
from tus_dispatch.store.people import Erasure, replay
from tus_dispatch.store.rows import copy_rows, digests
from tus_dispatch.store.session import Database


def backup(database: Database, target: Path) -> Path:
    """Write one state of a database to a file, while others go on writing.

    Parameters
    ----------
    database
        On SQLite or PostgreSQL.
    target
        File to make; replaced whole or not at all.

    Returns
    -------
    Path
        The file, readable by its owner alone.

    Raises
    ------
    InputError
        When it cannot be written.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        if database.path is not None:
            _vacuum_into(database.path, partial)
        else:
            _copy_to_file(database, partial)
        _sync(partial)
        partial.replace(target)
        _sync(target.parent)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise _unusable(target, error.strerror or "illisible", "un dossier inscriptible") from error
    return target


def backup_before(database: Database, folder: Path | None, present: str) -> Path:
    """Write a backup before a migration.

    Parameters
    ----------
    database
        Of an older shape.
    folder
        Where to; by default ``backups`` beside the file, or in the current
        folder.
    present
        Its revision, which becomes part of the name.

    Returns
    -------
    Path
        The file.
    """
    if folder is None:
        folder = (Path() if database.path is None else database.path.parent) / "backups"
    name = f"before-migration-from-{present}-{database.clock.now_at()}.db"
    return backup(database, folder / name)


def restore(
    source: Path,
    url: str,
    *,
    clock: Clock,
    event_key: bytes = b"",
    erasures: tuple[Erasure, ...] = (),
) -> int:
    """Fill an empty database from a backup.

    Parameters
    ----------
    source
        A backup.
    url
        A new file, or an empty PostgreSQL database.
    clock, event_key
        As for opening a database. The chain of events is copied as it is.
    erasures
        The ledger kept outside the database: whoever was erased after the
        backup is erased again.

    Returns
    -------
    int
        People erased again.

    Raises
    ------
    InputError
        When the backup is damaged, or the target holds something.
    """
    expect_sound(source)
    target = Database.connect(url, clock=clock, event_key=event_key)
    engine = sqlite_readers(source)
    try:
        with engine.connect() as old, target.write() as session:
            connection = session.connection()
            if inspect(connection).get_table_names():
                raise InputError(
                    url.rpartition("@")[2],
                    (problem("target-not-empty", "/", "une base remplie", "une base vide"),),
                )
            upgrade(connection, str(revision(old)))
            copy_rows(old, connection)
            if digests(old) != digests(connection):
                raise _unusable(source, "des lignes différentes", "une copie fidèle")
    finally:
        engine.dispose()
        target.close()
    database = Database.open(url, clock=clock, event_key=event_key)
    try:
        return replay(database, erasures)
    finally:
        database.close()


def expect_sound(source: Path) -> None:
    """Read every page of a backup.

    Parameters
    ----------
    source
        A backup.

    Raises
    ------
    InputError
        When it is missing, no backup of ours, or damaged.
    """
    if not source.is_file():
        raise _unusable(source, "aucun fichier", "un fichier de sauvegarde")
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro&immutable=1", uri=True)) as file:
            verdict = [row[0] for row in file.execute("PRAGMA integrity_check(5)")]
            foreign = file.execute("PRAGMA foreign_key_check").fetchall()
            names = {row[0] for row in file.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as error:
        raise _unusable(source, str(error), "une sauvegarde entière") from error
    if verdict != ["ok"]:
        raise _unusable(source, verdict[0], "une sauvegarde entière")
    if foreign:
        raise _unusable(source, f"{foreign[0][0]} : référence perdue", "une sauvegarde entière")
    if "alembic_version" not in names:
        raise _unusable(source, "une autre base SQLite", "une sauvegarde de ce logiciel")


def _vacuum_into(path: Path, target: Path) -> None:
    # One read transaction: writers go on, and the copy holds what was committed
    # before it began. The empty file that is there already gives it its mode.
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)) as file:
        file.execute("PRAGMA busy_timeout = 10000")
        file.execute("VACUUM INTO ?", (str(target),))


def _copy_to_file(database: Database, target: Path) -> None:
    file = Database.connect(f"sqlite:///{target}", clock=database.clock)
    try:
        with database.read() as source, file.write() as session:
            old, new = source.connection(), session.connection()
            upgrade(new, str(revision(old)))
            copy_rows(old, new)
    finally:
        file.close()
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        # A backup is one file: no log beside it that could be forgotten.
        connection.execute("PRAGMA journal_mode = DELETE")
    target.with_name(target.name + ".lock").unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unusable(source: Path, found: str, expected: str) -> InputError:
    return InputError(str(source), (problem("unusable-backup", str(source), found, expected),))
