"""What clients were told, and whether the database file agrees."""

import json
import shutil
import sqlite3
import tempfile
import threading
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class Outcome(StrEnum):
    """How a request ended, for the client."""

    OK = "ok"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Entry:
    """One booking a client asked for, however often.

    Attributes
    ----------
    key
        Idempotency key, also the external reference of the booking.
    body
        What was asked.
    outcome
        Of the last try.
    answers
        Identities answered, one per acknowledged try; empty where the answer
        names none.
    tries
        Requests sent.
    """

    key: str
    body: dict[str, Any]
    outcome: Outcome = Outcome.UNKNOWN
    answers: list[str] = field(default_factory=list)
    tries: int = 0


class Ledger:
    """Everything all clients asked for; shared by threads."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}
        self._lock = threading.Lock()

    def open(self, entry: Entry) -> None:
        """Note a request before it is sent."""
        with self._lock:
            self._entries[entry.key] = entry

    def entries(self, outcome: Outcome | None = None) -> list[Entry]:
        """Return what was asked for, of one outcome or of all."""
        with self._lock:
            return [e for e in self._entries.values() if outcome in {None, e.outcome}]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is in the database file.

    Attributes
    ----------
    bookings
        External reference by identity.
    events
        Identities of bookings that an event says were added.
    answers
        Identities that kept answers name.
    integrity
        What SQLite says of the file.
    """

    bookings: dict[str, str | None]
    events: set[str]
    answers: set[str]
    integrity: str


def read_kept(database: Path) -> Kept:
    """Read a database whose server was killed, from a copy, so that nothing is mended.

    Parameters
    ----------
    database
        The file; its log beside it is copied as well.

    Returns
    -------
    Kept
        As the next start would find it.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        for ending in ("", "-wal"):
            source = database.with_name(database.name + ending)
            if source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + ending))
        with closing(sqlite3.connect(copy)) as connection:
            (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
            bookings = dict(connection.execute("SELECT id, external_ref FROM booking"))
            events = {
                subject
                for (text,) in connection.execute(
                    "SELECT subjects_json FROM event WHERE kind = 'booking.added'"
                )
                for subject in json.loads(text)
                if subject.startswith("bkg_")
            }
            answers = {
                json.loads(body)["id"]
                for (body,) in connection.execute("SELECT body FROM idempotency")
            }
    return Kept(bookings, events, {each for each in answers if each.startswith("bkg_")}, integrity)


def complaints(ledger: Ledger, kept: Kept) -> list[str]:
    """Compare what clients were told with what is kept.

    Parameters
    ----------
    ledger
        What was told.
    kept
        What is in the file.

    Returns
    -------
    list of str
        One line per booking that is lost, half there, doubled, or answered
        under two identities; and whatever SQLite finds wrong with the file.
    """
    found = [] if kept.integrity == "ok" else [f"corrupt: {kept.integrity}"]
    times = Counter(reference for reference in kept.bookings.values() if reference)
    for entry in ledger.entries():
        if entry.outcome is Outcome.OK and not times[entry.key]:
            found.append(f"lost: {entry.key}")
        if times[entry.key] > 1:
            found.append(f"doubled: {entry.key} is there {times[entry.key]} times")
        named = {each for each in entry.answers if each}
        if len(named) > 1:
            found.append(f"changed: {entry.key} was answered as {sorted(named)}")
        found += [
            f"changed: {entry.key} was answered as {each}, which is not there"
            for each in named
            if kept.bookings.get(each) != entry.key
        ]
    ours = {each for each, reference in kept.bookings.items() if reference}
    found += [f"half: {each} has no event" for each in sorted(ours - kept.events)]
    found += [f"half: {each} has no kept answer" for each in sorted(ours - kept.answers)]
    orphans = (kept.events | kept.answers) - kept.bookings.keys()
    return found + [f"half: {each} is told of, and is not there" for each in sorted(orphans)]
