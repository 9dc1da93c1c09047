"""Backups of an installation: made, thinned out, and tried by restoring them elsewhere."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, Table

from tus_dispatch.desk.clock import SystemClock
from tus_dispatch.desk.running.codes import refusal
from tus_dispatch.desk.running.generations import backup_name, backups_in, superfluous
from tus_dispatch.desk.running.surroundings import DRILL_FILE
from tus_dispatch.store.backup import backup, expect_sound, restore, rows_of, tables_of
from tus_dispatch.store.engines import sqlite_readers
from tus_dispatch.store.session import Database


@dataclass(frozen=True, slots=True)
class Drill:
    """What restoring a backup elsewhere has shown.

    Attributes
    ----------
    source
        The backup.
    rows
        Rows by table.
    differing
        Tables in which a row differs; empty when the backup is good.
    elapsed_s
        Seconds it took.
    """

    source: Path
    rows: dict[str, int]
    differing: tuple[str, ...]
    elapsed_s: float


def make_backup(database: Database, folder: Path, *, now_at: int) -> Path:
    """Write a backup, read it through, give it its name, and thin out older ones.

    Parameters
    ----------
    database
        Open; others may go on writing.
    folder
        Made when missing, for its owner alone.
    now_at
        UTC epoch seconds.

    Returns
    -------
    Path
        The backup; a file of this name is always whole.

    Raises
    ------
    InputError
        When it cannot be written, or what was written is damaged.
    """
    _private_folder(folder)
    target = folder / backup_name(now_at)
    unchecked = folder / f".{target.name}.unchecked"
    try:
        backup(database, unchecked)
        expect_sound(unchecked)
        unchecked.replace(target)
    finally:
        unchecked.unlink(missing_ok=True)
    for old in superfluous(backups_in(folder), now_at):
        old.unlink(missing_ok=True)
    return target


def newest_backup(folder: Path) -> Path:
    """Return the newest backup of a folder.

    Parameters
    ----------
    folder
        Of backups.

    Returns
    -------
    Path
        The newest.

    Raises
    ------
    InputError
        When there is none.
    """
    found = backups_in(folder)
    if not found:
        expected = "une sauvegarde tus-….db"
        raise refusal("backup-missing", str(folder), str(folder), "aucune sauvegarde", expected)
    return found[-1]


def drill(source: Path, *, event_key: bytes, record_in: Path | None = None) -> Drill:
    """Restore a backup into a folder of its own and compare every row.

    Parameters
    ----------
    source
        A backup.
    event_key
        Key of the chain of events.
    record_in
        Folder in which the drill is noted, or None.

    Returns
    -------
    Drill
        What was compared.

    Raises
    ------
    InputError
        When the backup is damaged or missing.
    """
    clock = SystemClock()
    began_s = clock.monotonic_s()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "restored.db"
        restore(source, f"sqlite:///{path}", clock=clock, event_key=event_key)
        before, after = contents(source), contents(path)
    differing = tuple(
        sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    )
    rows = {name: count for name, (count, _) in before.items()}
    done = Drill(source, rows, differing, clock.monotonic_s() - began_s)
    if record_in is not None and not differing:
        note = {"backup": source.name, "rows": sum(rows.values()), "at": clock.now_at()}
        _write_private(record_in / DRILL_FILE, json.dumps(note))
    return done


def contents(path: Path) -> dict[str, tuple[int, str]]:
    """Count and seal the rows of a SQLite file, table by table.

    Parameters
    ----------
    path
        A database or a backup.

    Returns
    -------
    dict
        Rows and their hash by table; equal exactly when every row is.
    """
    with _reading(path) as connection:
        return {
            table.name: _sealed(connection, table)
            for table in tables_of(connection)
            if table.name != "alembic_version"
        }


def _sealed(connection: Connection, table: Table) -> tuple[int, str]:
    seal, count = sha256(), 0
    for row in rows_of(connection, table):
        seal.update(repr(sorted(row.items())).encode())
        count += 1
    return count, seal.hexdigest()


@contextmanager
def _reading(path: Path) -> Iterator[Connection]:
    engine = sqlite_readers(path)
    try:
        with closing(engine.connect()) as connection:
            yield connection
    finally:
        engine.dispose()


def _private_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        expected = "un dossier où l’on peut écrire"
        where = str(folder)
        raise refusal("folder-unusable", where, where, error.strerror, expected) from error


def _write_private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
