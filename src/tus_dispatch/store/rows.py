"""All rows of a database, copied and compared one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, MetaData, Table, select

_ROWS_AT_ONCE = 500
_VERSION_TABLE = "alembic_version"


@dataclass(frozen=True, slots=True)
class Digest:
    """A table in short.

    Attributes
    ----------
    n_rows
        How many rows.
    sha256
        Of all of them in the order of the key; the same on every database.
    """

    n_rows: int
    sha256: str


def tables_of(connection: Connection) -> list[Table]:
    """Return the tables a database has, each after those it refers to."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != _VERSION_TABLE]


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row from one database to another of the same shape.

    Parameters
    ----------
    source
        Reading one state.
    target
        Inside a transaction; its tables are there and empty.
    """
    for table in tables_of(target):
        batch: list[dict[str, Any]] = []
        for row in rows_of(source, table):
            batch.append(row)
            if len(batch) == _ROWS_AT_ONCE:
                target.execute(table.insert(), batch)
                batch = []
        if batch:
            target.execute(table.insert(), batch)


def digests(connection: Connection) -> dict[str, Digest]:
    """Return every table in short; equal where all rows are equal.

    Parameters
    ----------
    connection
        Reading one state, on any database.

    Returns
    -------
    dict
        By table.
    """
    return {table.name: _digest(connection, table) for table in tables_of(connection)}


def rows_of(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table in the order of its key, a few hundred at a time."""
    query = select(table).order_by(*table.primary_key.columns)
    result = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query)
    for row in result.mappings():
        yield dict(row)


def _digest(connection: Connection, table: Table) -> Digest:
    # Sorted here: databases disagree about the order of texts.
    key = [column.name for column in table.primary_key.columns]
    lines = sorted(
        (tuple(str(row[name]) for name in key), _line(row)) for row in rows_of(connection, table)
    )
    digest = sha256()
    for _, line in lines:
        digest.update(line)
    return Digest(len(lines), digest.hexdigest())


def _line(row: dict[str, Any]) -> bytes:
    return repr([(name, _plain(row[name])) for name in sorted(row)]).encode()


def _plain(value: Any) -> Any:
    # A reflected column of SQLite holds booleans as numbers.
    if isinstance(value, bool):
        return int(value)
    return bytes(value) if isinstance(value, memoryview) else value
