"""The database: how it is opened, read, and written to in one way only."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session as OrmSession

from tus_dispatch.errors import InputError
from tus_dispatch.store import engines
from tus_dispatch.store.clock import Clock
from tus_dispatch.store.codes import busy, problem, read_only
from tus_dispatch.store.lock import WriterLock, give_back, writer_lock
from tus_dispatch.store.refused import suspect, told


class Session(OrmSession):
    """One transaction, with the clock and the key of the chain of events.

    Attributes
    ----------
    clock
        Tells when a row is written.
    event_key
        Seals the chain of events; empty for a chain that shows accidents only.
    """

    clock: Clock
    event_key: bytes

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite, for the few statements that differ."""
        return self.get_bind().dialect.name == "sqlite"


class Database:
    """An open database; made by :meth:`open`, shared by all threads.

    Parameters
    ----------
    readers, writer
        Engines; one and the same on PostgreSQL.
    lock
        The right to write to a file, or None where the server arbitrates.
    path
        The file, or None for PostgreSQL.
    clock, event_key
        Given to every session.
    """

    def __init__(
        self,
        readers: Engine,
        writer: Engine,
        *,
        lock: WriterLock | None,
        path: Path | None,
        clock: Clock,
        event_key: bytes,
    ) -> None:
        self.readers, self.writer = readers, writer
        self.path = path
        self.clock, self._event_key = clock, event_key
        self._lock = lock
        self._is_open = True
        self._reason: str | None = None
        self._mode = threading.Lock()

    @classmethod
    def open(
        cls, url: str, *, clock: Clock, event_key: bytes = b"", backups: Path | None = None
    ) -> "Database":
        """Open a database, making or migrating it first.

        Parameters
        ----------
        url
            ``sqlite:///path/to/tus.db`` or ``postgresql+psycopg://…``.
        clock
            Tells when rows are written.
        event_key
            Secret that seals the chain of events.
        backups
            Folder for the backup made before a migration; by default
            ``backups`` beside the file, or the current folder.

        Returns
        -------
        Database
            With the tables of this version of the program.

        Raises
        ------
        InputError
            When it cannot be opened or was written by a newer program.
        """
        from tus_dispatch.store.migrate import migrate  # noqa: PLC0415 - it opens databases too

        database = cls.connect(url, clock=clock, event_key=event_key)
        try:
            migrate(database, backups)
        except BaseException as error:
            database.close()
            if isinstance(error, DBAPIError):
                raise unusable(url, str(error.orig)) from error
            raise
        return database

    @classmethod
    def connect(cls, url: str, *, clock: Clock, event_key: bytes = b"") -> "Database":
        """Open a database as it is, without looking at its tables.

        Parameters
        ----------
        url, clock, event_key
            As for :meth:`open`.

        Returns
        -------
        Database
            Whatever is in it.

        Raises
        ------
        InputError
            When the address is of no kind known here.
        """
        try:
            parsed = make_url(url)
        except ArgumentError as error:
            raise unusable(url, "une adresse illisible") from error
        kind = parsed.get_backend_name()
        if kind == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
            engine = engines.postgres(parsed)
            return cls(engine, engine, lock=None, path=None, clock=clock, event_key=event_key)
        if kind != "sqlite" or not parsed.database or parsed.database == ":memory:":
            raise unusable(parsed.render_as_string(), "ni fichier SQLite ni PostgreSQL")
        path = Path(parsed.database).absolute()
        if not path.parent.is_dir():
            raise unusable(url, f"dossier absent : {path.parent}")
        return cls(
            engines.sqlite_readers(path),
            engines.sqlite_writer(path),
            lock=writer_lock(path),
            path=path,
            clock=clock,
            event_key=event_key,
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Read one state of the database; the database refuses to write.

        Yields
        ------
        Session
            All its reads see the same state. Inside a write it is the state
            from before.

        Raises
        ------
        ReadOnlyError
            When the database cannot be reached, or the file is damaged.
        """
        with self._told(), self._session(self.readers) as session:
            if self.path is None:
                session.connection(
                    execution_options={
                        "isolation_level": "REPEATABLE READ",
                        "postgresql_readonly": True,
                    }
                )
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Write, one at a time, all or nothing; committed when the block is left.

        Yields
        ------
        Session
            What it reads nobody changes meanwhile.

        Raises
        ------
        ReadOnlyError
            When nothing can be written at the moment.
        ConflictError
            When the database refuses what was written.
        """
        if not self._is_open:
            raise RuntimeError("the database is closed")
        with ExitStack() as stack:
            if self._lock is not None:
                stack.enter_context(self._lock.held())
            reason = self._reason
            if reason is not None:
                raise read_only(reason)
            stack.enter_context(self._told())
            session = stack.enter_context(self._session(self.writer))
            self._begin(session)
            yield session
            session.commit()

    def read_only(self, reason: str) -> None:
        """Refuse every write from now on; reading goes on.

        Parameters
        ----------
        reason
            Told to whoever tries to write.
        """
        with self._mode:
            self._reason = reason

    def writable(self) -> None:
        """Allow writes again."""
        with self._mode:
            self._reason = None

    @property
    def is_read_only(self) -> bool:
        """Whether every write is refused."""
        return self._reason is not None

    @property
    def why_read_only(self) -> str | None:
        """The reason given, or None."""
        return self._reason

    def checkpoint(self) -> None:
        """Move the log of SQLite into the file and empty it; nothing to do on PostgreSQL.

        Raises
        ------
        ReadOnlyError
            When a reader kept the log busy for too long.
        """
        if self._lock is None:
            return
        with self._lock.held():
            connection = self.writer.raw_connection()
            try:
                row = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                connection.close()
        if row[0]:
            raise busy("journal encore lu par une requête")

    def close(self) -> None:
        """Give all connections back, and the file to other processes."""
        self.readers.dispose()
        self.writer.dispose()
        if self._lock is not None and self.path is not None and self._is_open:
            give_back(self.path, self._lock)
        self._is_open = False

    def _begin(self, session: Session) -> None:
        session.connection()
        if self.path is None:
            session.execute(text("SET LOCAL lock_timeout = '30s'"))
            session.execute(
                text("SELECT pg_advisory_xact_lock(:key)"), {"key": engines.POSTGRES_WRITE_LOCK}
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            # A failed commit may or may not be on the disk: never try again.
            reason = suspect(error)
            if reason is not None:
                self.read_only(reason)
            refusal = told(error)
            if refusal is None:
                raise
            raise refusal from error

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        session = Session(engine, autoflush=False, expire_on_commit=False)
        session.clock, session.event_key = self.clock, self._event_key
        try:
            yield session
        finally:
            session.close()


def unusable(url: str, found: str) -> InputError:
    """Make the error for a database that cannot be opened.

    Parameters
    ----------
    url
        As given.
    found
        What is wrong with it.

    Returns
    -------
    InputError
        To be raised by the caller; a password in the address is not shown.
    """
    shown = url.rsplit("@", maxsplit=1)[-1]
    expected = "sqlite:///chemin/vers/tus.db ou postgresql+psycopg://…"
    return InputError(shown, (problem("unusable-database", shown, found, expected),))
