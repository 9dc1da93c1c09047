"""What all tables share: names of constraints, an association's part, versions."""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, MetaData
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlmodel import Field, SQLModel

# A name for every constraint, the same on every database, so that a later
# migration can drop it.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """Base of all tables."""

    metadata = MetaData(naming_convention=_NAMES)


class Owned(Table):
    """A row of one association; whoever asks for another's finds nothing."""

    organisation_id: str = Field(primary_key=True, foreign_key="organisation.id")


class Kept(Owned):
    """A record that people change: random identity, version, instants."""

    id: str = Field(primary_key=True)
    version: int
    created_at: int = Field(sa_type=BigInteger)
    changed_at: int = Field(sa_type=BigInteger)


def refers(column: str, table: str) -> ForeignKeyConstraint:
    """Name a column that holds the identity of a row of the same association.

    Parameters
    ----------
    column
        Column of this table.
    table
        Table of the row.

    Returns
    -------
    ForeignKeyConstraint
        The database refuses what belongs to another association, and the
        removal of what is still used.
    """
    return ForeignKeyConstraint(
        ["organisation_id", column], [f"{table}.organisation_id", f"{table}.id"]
    )


def columns(table: type[Table]) -> ReadOnlyColumnCollection[str, Column[Any]]:
    """Return the columns of a table, for conditions.

    Parameters
    ----------
    table
        Class of its rows, whose attributes are typed as values.

    Returns
    -------
    collection of Column
        By name.
    """
    return Table.metadata.tables[str(table.__tablename__)].c
