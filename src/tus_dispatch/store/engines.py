"""How connections are opened: the profile of SQLite, and that of PostgreSQL."""

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import QueuePool

# What an acknowledged booking rests on: it is on the disk when the answer goes
# out, erased text is overwritten, and the log does not grow without end.
SQLITE_PROFILE = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA mmap_size = 0",
    "PRAGMA journal_size_limit = 67108864",
)
_N_READERS = 8
_LONGEST_WAIT_S = 30
# Any number, as long as nobody else in the database uses it.
POSTGRES_WRITE_LOCK = 7_305_202_601


def sqlite_writer(path: Path) -> Engine:
    """Open the one connection that writes.

    Parameters
    ----------
    path
        The file; made readable by its owner alone when it is not there yet.

    Returns
    -------
    Engine
        Its transactions begin with BEGIN IMMEDIATE.
    """
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in SQLITE_PROFILE:
            connection.execute(pragma)
        return connection

    engine = create_engine(
        "sqlite+pysqlite://", creator=connect, pool_size=1, max_overflow=0, poolclass=QueuePool
    )
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def sqlite_readers(path: Path) -> Engine:
    """Open connections that can only read, and so never checkpoint.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Engine
        Each transaction sees one state of the database.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("PRAGMA query_only = ON")
        return connection

    engine = create_engine(
        "sqlite+pysqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=_N_READERS,
        max_overflow=4 * _N_READERS,
        pool_timeout=_LONGEST_WAIT_S,
    )
    _begin_with(engine, "BEGIN")
    return engine


def postgres(url: URL) -> Engine:
    """Open connections to a PostgreSQL server.

    Parameters
    ----------
    url
        ``postgresql+psycopg://…``.

    Returns
    -------
    Engine
        For readers and writers.
    """
    return create_engine(url, pool_size=_N_READERS, max_overflow=_N_READERS, pool_pre_ping=True)


def _begin_with(engine: Engine, statement: str) -> None:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    listener: Any = begin
    event.listen(engine, "begin", listener)
