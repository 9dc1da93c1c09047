"""The one place that knows all parts: a server or a worker is put together from its settings."""

import logging
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import FrameType

import uvicorn
from fastapi import FastAPI

from tus_dispatch.api.app import create_app
from tus_dispatch.desk.clock import SystemClock, now_at
from tus_dispatch.desk.live.nightly import nightly
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.planning import solve_queued
from tus_dispatch.desk.running.backups import make_backup
from tus_dispatch.desk.running.codes import refusal
from tus_dispatch.desk.running.generations import backups_in, made_at
from tus_dispatch.desk.running.guard import DiskGuard
from tus_dispatch.desk.running.keys import load_secrets
from tus_dispatch.desk.running.logs import RequestLog, set_up_logging
from tus_dispatch.desk.running.minder import Chore, Minder
from tus_dispatch.desk.running.setting_up import open_database
from tus_dispatch.desk.running.settings import Settings
from tus_dispatch.store.checks import fault_of
from tus_dispatch.store.people import ledger_of, read_ledger, replay, write_ledger
from tus_dispatch.store.queue import SolveQueue, open_queue
from tus_dispatch.store.session import Database

_LOG = logging.getLogger("tus_dispatch.main")
_HOUR_S = 3600
_NIGHT_S = 6 * _HOUR_S
_LOOK_EVERY_S = 5
_GRACE_S, _KEEP_ALIVE_S = 5, 75


@dataclass(frozen=True, slots=True)
class Parts:
    """What an installation is made of while it runs.

    Attributes
    ----------
    settings
        As read.
    database
        Open.
    queue
        Of solves.
    office
        What use cases share.
    """

    settings: Settings
    database: Database
    queue: SolveQueue
    office: Office


@contextmanager
def opened(settings: Settings) -> Iterator[Parts]:
    """Open an installation; a database that may be damaged is opened for reading only.

    Parameters
    ----------
    settings
        Where.

    Yields
    ------
    Parts
        Closed afterwards.

    Raises
    ------
    InputError
        When there is none, or its secrets or rights protect nothing.
    """
    # Whatever is written from now on is for the owner's eyes alone.
    os.umask(0o077)
    database = open_database(settings)
    try:
        fault = fault_of(database)
        if fault is not None:
            _LOG.error("read-only: the database failed its check")
            database.read_only(f"contrôle de la base : {fault}")
        settings.files.mkdir(mode=0o700, parents=True, exist_ok=True)
        queue = open_queue(database, settings.data_dir)
        office = Office(
            database,
            SystemClock(),
            settings.files,
            settings.data_dir,
            enqueue=queue.put,
            ledger=settings.ledger_path,
        )
        yield Parts(settings, database, queue, office)
    finally:
        database.close()


def application(parts: Parts) -> FastAPI:
    """Make the application of an installation.

    Parameters
    ----------
    parts
        Open.

    Returns
    -------
    FastAPI
        With all routes.
    """
    return create_app(parts.office, load_secrets(parts.settings.secrets_path))


def serve(settings: Settings) -> None:
    """Serve until told to stop; solves that a stop cut off are begun again.

    Parameters
    ----------
    settings
        Where, and on which address.

    Raises
    ------
    InputError
        When there is no installation, or the address is taken.
    ReadOnlyError
        When another server holds the same SQLite file.
    """
    set_up_logging(settings.log_level)
    with _listening(settings) as listener, opened(settings) as parts:
        app = RequestLog(application(parts))
        minder = Minder(*_chores(parts))
        minder.start()
        _begin_solving(parts)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            # Longer than people think and proxies wait, lest a request meets a
            # connection that is just being closed.
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=_GRACE_S,
        )
        try:
            uvicorn.Server(config).run(sockets=[listener])
        finally:
            parts.queue.stop()
            minder.stop()


def work(settings: Settings) -> None:
    """Solve days that servers queue, until told to stop.

    Parameters
    ----------
    settings
        Of the same installation, on PostgreSQL.

    Raises
    ------
    InputError
        On SQLite, where the serving process alone may write.
    """
    if settings.sqlite_path is not None:
        raise refusal(
            "needs-postgresql",
            "tus worker",
            "TUS_DATABASE_URL",
            "une base SQLite",
            "postgresql+psycopg://…",
        )
    set_up_logging(settings.log_level)
    with opened(settings) as parts:

        def stop(_signal: int, _frame: FrameType | None) -> None:
            parts.queue.ask_to_stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        _LOG.info("waiting for solves")
        parts.queue.work(partial(solve_queued, parts.office))


def _begin_solving(parts: Parts) -> None:
    """Take the right to write, erase again whom a restored backup brought back, go on solving."""
    if not parts.database.is_read_only:
        n_again = replay(parts.database, read_ledger(parts.settings.ledger_path))
        n_waiting = parts.queue.refill(parts.database)
        _LOG.info("%d people erased again, %d solves to begin again", n_again, n_waiting)
    parts.queue.start(partial(solve_queued, parts.office))


def _chores(parts: Parts) -> Iterator[Chore]:
    settings, database = parts.settings, parts.database
    path = settings.sqlite_path
    if path is not None:
        guard = DiskGuard(database, path.parent, settings.ballast_path, settings.min_free_bytes)
        guard.look()
        yield Chore("disk guard", _LOOK_EVERY_S, guard.look)
    yield Chore("ledger", _HOUR_S, partial(_note_erasures, parts))
    # Not at the start: whoever starts the server wants it to answer first.
    yield Chore("night", _NIGHT_S, partial(_do_nightly, parts), at_once=False)
    if settings.backup_every_h:
        yield Chore("backup", _HOUR_S / 4, partial(_back_up_when_due, parts))


def _note_erasures(parts: Parts) -> None:
    """Keep outside the database who was erased, those of a restored one included."""
    path = parts.settings.ledger_path
    with parts.database.read() as session:
        known = dict.fromkeys((*read_ledger(path), *ledger_of(session)))
    write_ledger(path, tuple(known))


def _do_nightly(parts: Parts) -> None:
    for organisation, night in nightly(parts.office, parts.settings.ledger_path).items():
        _LOG.info(
            "%s: %d bookings rolled out, %d unmet, %d people forgotten",
            organisation,
            night.n_rolled_out,
            night.n_unmet,
            len(night.forgotten.people),
        )


def _back_up_when_due(parts: Parts) -> None:
    settings, now = parts.settings, now_at()
    found = backups_in(settings.backups)
    last_at = made_at(found[-1]) if found else None
    if last_at is None or now - last_at >= settings.backup_every_h * _HOUR_S:
        path = make_backup(parts.database, settings.backups, now_at=now)
        _LOG.info("backup %s", path.name)


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """Take the address before anything is opened, so that a mistake costs nothing."""
    where = f"{settings.host}:{settings.port}"
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        listener = socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        expected = "une adresse libre de cette machine"
        raise refusal("address-taken", where, where, error.strerror, expected) from error
    with listener:
        yield listener
