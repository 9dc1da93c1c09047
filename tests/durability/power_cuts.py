"""Power cuts: ``python -m tests.durability.power_cuts``; the tests make a few of them.

Real bookings are written and the statements that reach SQLite are noted. They
are then run again on a disk in memory whose power goes at a write or a sync;
what was not synced is lost or arrives in pieces. After every cut the database
is opened again and looked at.

Limits: SQLite is that of APSW, one connection holds the file alone, and a
deleted file is gone at once.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random  # noqa: TID251 - seeded by the number of the cut
from typing import Any

import apsw

from tests.desks import Desk, open_desk
from tests.durability.cut_disk import CutDisk
from tests.kept import opened, sqlite_url
from tests.live_calls import asking, without_bookings
from tus_dispatch.desk.live.booking import book_offer, request
from tus_dispatch.desk.live.exchange import Imported
from tus_dispatch.desk.live.quoting import quote
from tus_dispatch.domain.offer import Refusal
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.store import idempotency
from tus_dispatch.store.engines import SQLITE_PROFILE
from tus_dispatch.store.idempotency import Kept
from tus_dispatch.store.session import Database, Session

N_CUTS = 1000
N_CONTROLS = 200
N_BOOKINGS = 60
FILE = "/tus.db"
DISK = CutDisk("power-cuts")
# One connection, and no shared memory: the disk knows none.
ALONE = "PRAGMA locking_mode = EXCLUSIVE"


def with_synchronous(word: str) -> tuple[str, ...]:
    """Return the shipped profile with another setting of its syncs."""
    return tuple(
        f"PRAGMA synchronous = {word}" if "synchronous" in pragma else pragma
        for pragma in SQLITE_PROFILE
    )


WITHOUT_SYNC = with_synchronous("OFF")


@dataclass(frozen=True, slots=True)
class Trace:
    """What reached SQLite.

    Attributes
    ----------
    image
        The file before.
    bookings
        Identity of each booking, and its statements from BEGIN to COMMIT.
    """

    image: bytes
    bookings: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True)
class Tally:
    """What the cuts did.

    Attributes
    ----------
    n_cuts, n_acknowledged
        Cuts, and bookings acknowledged before them.
    n_lost, n_halved, n_corrupt
        Acknowledged bookings that were gone, bookings of which a part was
        there, and databases that could not be used.
    """

    n_cuts: int = 0
    n_acknowledged: int = 0
    n_lost: int = 0
    n_halved: int = 0
    n_corrupt: int = 0


def record(folder: Path, n_bookings: int = N_BOOKINGS) -> Trace:
    """Take bookings at the desk, and note every statement.

    Parameters
    ----------
    folder
        For the file.
    n_bookings
        Each with its event and the answer to repeat; where there is an offer,
        also with a version of the plan.
    """
    with open_desk(folder) as desk:
        made = without_bookings(desk)
    image = (folder / "tus.db").read_bytes()
    statements: list[str] = []
    bookings = []
    with opened(sqlite_url(folder)) as database:
        _listen(database, statements)
        desk = replace(desk, office=replace(desk.office, database=database))
        for identity in _bookings(desk, made, n_bookings):
            bookings.append((identity, tuple(statements)))
            statements.clear()
    return Trace(image, tuple(bookings))


def cut(trace: Trace, cuts: Iterable[int], profile: Sequence[str] = SQLITE_PROFILE) -> Tally:
    """Cut the power at some steps, one at a time, and look at what is left.

    Parameters
    ----------
    trace
        What is run until the cut.
    cuts
        Numbers of writes or syncs.
    profile
        Settings of the connection.
    """
    tally = Tally()
    for cut_at in cuts:
        acknowledged = _run(trace, profile, cut_at)
        tally.n_cuts += 1
        tally.n_acknowledged += len(acknowledged)
        rng = None if cut_at % 3 == 0 else Random(cut_at)  # noqa: S311
        DISK.load(DISK.after_cut(rng))
        _look(profile, acknowledged, tally)
    return tally


def fail(trace: Trace, failures: Iterable[int]) -> Tally:
    """Let one write or sync fail, with the power on, and look at what is left.

    Parameters
    ----------
    trace
        What is run until a statement fails; nothing is written after that.
    failures
        Numbers of writes or syncs.
    """
    tally = Tally()
    for fail_at in failures:
        acknowledged = _run(trace, SQLITE_PROFILE, fail_at, is_passing=True)
        tally.n_cuts += 1
        tally.n_acknowledged += len(acknowledged)
        DISK.load(DISK.as_written())
        _look(SQLITE_PROFILE, acknowledged, tally)
    return tally


def steps(trace: Trace, profile: Sequence[str] = SQLITE_PROFILE) -> int:
    """Count the writes and syncs of a trace without any cut."""
    acknowledged = _run(trace, profile, None)
    assert len(acknowledged) == len(trace.bookings)
    return DISK.n_steps


def spread(n_steps: int, n_cuts: int) -> list[int]:
    """Return as many steps as wanted, spread over all of them."""
    return sorted({1 + k * (n_steps - 1) // max(n_cuts - 1, 1) for k in range(n_cuts)})


def _listen(database: Database, statements: list[str]) -> None:
    def note(sql: str) -> None:
        # A statement that fires a trigger is told again for the trigger.
        if statements[-1:] != [sql]:
            statements.append(sql)

    connection = database.writer.raw_connection()
    driver: Any = connection.driver_connection
    driver.set_trace_callback(note)
    connection.close()


def _bookings(desk: Desk, made: Imported, count: int) -> Iterator[str]:
    """Book at one hour after the other; yield each booking once it is acknowledged."""

    def keep(session: Session, booking: Record[DatedBooking]) -> None:
        answer = Kept("fingerprint", 201, {"ETag": '"1"'}, booking.id.encode())
        idempotency.keep(session, desk.organisation, "acc_a", booking.id, answer)

    for number in range(count):
        hour = f"{7 + number % 11:02d}:{number // 11 * 10:02d}"
        asked = asking(made, f"P{1 + number % 3}", hour, None)
        answer = quote(desk.office, desk.dispatcher, asked)
        if isinstance(answer, Refusal):
            with desk.office.database.write() as session:
                booking = request(desk.office, session, desk.dispatcher, asked)
                keep(session, booking)
        else:
            booking = book_offer(desk.office, desk.dispatcher, answer[0].id, keep)
        yield booking.id


def _run(
    trace: Trace, profile: Sequence[str], cut_at: int | None, *, is_passing: bool = False
) -> list[str]:
    """Run the trace until the disk fails; return the bookings acknowledged before."""
    DISK.load({FILE: trace.image}, cut_at, is_passing=is_passing)
    acknowledged: list[str] = []
    connection = apsw.Connection(FILE, vfs=DISK.name)
    try:
        _set(connection, profile)
        for identity, statements in trace.bookings:
            for statement in statements:
                connection.execute(statement)
            acknowledged.append(identity)
            if DISK.is_off:
                break
    except apsw.IOError:
        assert DISK.n_steps == cut_at or is_passing
    finally:
        if not is_passing:
            # Whoever lost the power does not tidy up.
            DISK.is_off = True
        n_steps, kept = DISK.n_steps, dict(DISK.files)
        connection.close()
        if not is_passing:
            DISK.files, DISK.n_steps = kept, n_steps
    return acknowledged


def _look(profile: Sequence[str], acknowledged: list[str], tally: Tally) -> None:
    try:
        connection = apsw.Connection(FILE, vfs=DISK.name)
        try:
            _set(connection, profile)
            verdict = connection.execute("PRAGMA integrity_check").fetchall()
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            if verdict != [("ok",)] or broken:
                raise apsw.CorruptError(str(verdict[:1] + broken[:1]))
            parts = [_identities(connection, sql) for sql in _PARTS]
            n_astray = int(str(connection.execute(_VERSIONS).fetchall()[0][0]))
        finally:
            connection.close()
    except (apsw.CorruptError, apsw.NotADBError, apsw.SQLError):
        tally.n_corrupt += 1
        tally.n_lost += len(acknowledged)
        return
    whole = set.intersection(*parts)
    tally.n_lost += len(set(acknowledged) - whole)
    tally.n_halved += len(set.union(*parts) - whole) + abs(n_astray)


# Where a booking stands; each must know the same ones.
_PARTS = (
    "SELECT id FROM booking",
    "SELECT key FROM idempotency",
    "SELECT subject_id FROM event_subject WHERE subject_id LIKE 'bkg%'",
)
# Every offer taken is a booking, and a version of the plan.
_VERSIONS = """
    SELECT (SELECT count(*) FROM plan) - (SELECT count(*) FROM booking WHERE out_status = 'booked')
"""


def _identities(connection: apsw.Connection, sql: str) -> set[str]:
    return {str(row[0]) for row in connection.execute(sql)}


def _set(connection: apsw.Connection, profile: Sequence[str]) -> None:
    for pragma in (ALONE, *profile):
        connection.execute(pragma)


def main() -> int:
    """Make all cuts on the shipped profile, and some with fewer syncs, which must lose."""
    with tempfile.TemporaryDirectory() as folder:
        trace = record(Path(folder))
    print(f"SQLite {apsw.sqlite_lib_version()}, {len(trace.bookings)} bookings")
    tallies = {}
    for word, n_cuts in (("FULL", N_CUTS), ("NORMAL", N_CONTROLS), ("OFF", N_CONTROLS)):
        profile = with_synchronous(word)
        n_steps = steps(trace, profile)
        tallies[word] = cut(trace, spread(n_steps, n_cuts), profile)
        print(f"synchronous={word}, {n_steps} steps: {tallies[word]}", flush=True)
    failed = fail(trace, spread(steps(trace), N_CUTS))
    print(f"one write or sync fails: {failed}", flush=True)
    sound = [tallies["FULL"], failed]
    is_good = not any(each.n_lost or each.n_halved or each.n_corrupt for each in sound)
    return 0 if is_good and tallies["NORMAL"].n_lost and tallies["OFF"].n_corrupt else 1


if __name__ == "__main__":
    sys.exit(main())
