"""Whether a database can be trusted: its pages, references, chain of events and plans."""

import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select, text

from tus_dispatch.store import events, organisations
from tus_dispatch.store.backup import expect_sound
from tus_dispatch.store.clock import Clock
from tus_dispatch.store.migrate import revision
from tus_dispatch.store.rows import Digest, digests
from tus_dispatch.store.session import Database, Session
from tus_dispatch.store.tables.plans import PlanRow


@dataclass(frozen=True, slots=True)
class Findings:
    """What was looked at, and what is wrong.

    Attributes
    ----------
    revision
        Of the tables.
    tables
        Every table in short.
    faults
        English sentences; empty when all is well.
    """

    revision: str | None
    tables: dict[str, Digest]
    faults: tuple[str, ...]


def check(database: Database) -> Findings:
    """Look at everything in a database; long for a large one.

    Parameters
    ----------
    database
        Open; the chain of events is checked with its key.

    Returns
    -------
    Findings
        All faults at once.
    """
    with database.read() as session:
        connection = session.connection()
        present = revision(connection)
        found = digests(connection)
        faults = [*_pages(session), *_chains(session), *_plans(session)]
    return Findings(present, found, tuple(faults))


def check_backup(source: Path, *, clock: Clock, event_key: bytes = b"") -> Findings:
    """Look at everything in a backup.

    Parameters
    ----------
    source
        File made by a backup.
    clock, event_key
        As for opening a database.

    Returns
    -------
    Findings
        All faults at once.

    Raises
    ------
    InputError
        When it is no backup, or its pages are damaged.
    """
    expect_sound(source)
    database = Database.connect(f"sqlite:///{source}", clock=clock, event_key=event_key)
    try:
        return check(database)
    finally:
        database.close()


def _pages(session: Session) -> list[str]:
    if not session.is_sqlite:
        return []
    verdicts = session.scalars(text("PRAGMA integrity_check(20)")).all()
    foreign = session.execute(text("PRAGMA foreign_key_check")).all()
    return [f"page: {verdict}" for verdict in verdicts if verdict != "ok"] + [
        f"{row[0]}: row {row[1]} refers to a row of {row[2]} that is not there" for row in foreign
    ]


def _chains(session: Session) -> list[str]:
    return [
        f"{stream} {number} of {organisation} was altered"
        for organisation in organisations.all_of(session)
        for stream in (events.EVENTS, events.VIEWS)
        for number in events.broken_links(session, organisation, stream)
    ]


def _plans(session: Session) -> list[str]:
    faults = []
    for row in session.scalars(select(PlanRow).execution_options(yield_per=50)):
        bodies = ((row.plan_body, row.sha256), (row.snapshot_body, row.snapshot_sha256))
        if any(_hash(body) != expected for body, expected in bodies):
            faults.append(f"plan {row.id} is not what was written")
    return faults


def _hash(body: bytes) -> str:
    try:
        return sha256(zlib.decompress(body)).hexdigest()
    except zlib.error:
        return ""
