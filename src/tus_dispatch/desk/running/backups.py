"""Backups of an installation: made, thinned out, and tried by restoring them elsewhere."""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tus_dispatch.desk.clock import SystemClock
from tus_dispatch.desk.running.codes import refusal
from tus_dispatch.desk.running.generations import backup_name, backups_in, superfluous
from tus_dispatch.desk.running.surroundings import DRILL_FILE
from tus_dispatch.store.backup import backup, expect_sound, restore
from tus_dispatch.store.engines import sqlite_readers
from tus_dispatch.store.rows import Digest, digests
from tus_dispatch.store.session import Database
from tus_dispatch.store.soundness import check_backup


@dataclass(frozen=True, slots=True)
class Drill:
    """What restoring a backup elsewhere has shown.

    Attributes
    ----------
    source
        The backup.
    n_rows
        Rows in it.
    faults
        English sentences: pages, references, events or plans that are
        damaged, and tables that differ after restoring; empty when the
        backup is good.
    elapsed_s
        Seconds it took.
    """

    source: Path
    n_rows: int
    faults: tuple[str, ...]
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
    found = check_backup(source, clock=clock, event_key=event_key)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "restored.db"
        restore(source, f"sqlite:///{path}", clock=clock, event_key=event_key)
        after = contents(path)
    differing = [
        f"{name}: rows differ after restoring"
        for name, digest in found.tables.items()
        if after.get(name) != digest
    ]
    n_rows = sum(digest.n_rows for digest in found.tables.values())
    faults = (*found.faults, *differing)
    done = Drill(source, n_rows, faults, clock.monotonic_s() - began_s)
    if record_in is not None and not faults:
        note = {"backup": source.name, "rows": n_rows, "at": clock.now_at()}
        _write_private(record_in / DRILL_FILE, json.dumps(note))
    return done


def contents(path: Path) -> dict[str, Digest]:
    """Count and seal the rows of a SQLite file, table by table.

    Parameters
    ----------
    path
        A database or a backup.

    Returns
    -------
    dict
        Equal exactly when every row is.
    """
    engine = sqlite_readers(path)
    try:
        with engine.connect() as connection:
            return digests(connection)
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
