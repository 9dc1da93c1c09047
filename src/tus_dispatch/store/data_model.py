"""The tables as a page for people: docs/data-model.md is written from them."""

import inspect
from collections.abc import Iterator

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy import Table as SqlTable

from tus_dispatch.store.tables import access, daytime, demand, fleet, people, plans, watch, work
from tus_dispatch.store.tables.base import Kept, Table

_FILES = (people, fleet, demand, daytime, plans, work, watch, access)
# Whoever reads these columns reads about a person.
PERSONAL = frozenset(
    {
        "person.first_name",
        "person.last_name",
        "person.phone",
        "person.note",
        "place.name",
        "place.lat",
        "place.lon",
        "place.insee",
        "place.address",
        "account.login",
        "account.login_folded",
        "account.display_name",
        "booking.external_ref",
        "booking.overrides_json",
        "booking.refusal_json",
        "participant.eligibility_checked_by",
        "idempotency.body",
    }
)
_WORDS = (
    (BigInteger, "whole number, 64 bits"),
    (Integer, "whole number"),
    (Float, "number"),
    (Boolean, "yes or no"),
    (Date, "date"),
    (LargeBinary, "bytes"),
)
_HEAD = """\
# Data model

Written from the tables by `tus docs`; do not edit. The same tables stand on SQLite and on
PostgreSQL. Every row belongs to one association (`organisation_id`), and a reference never
leads to another one's. Columns that end in `_at` are UTC epoch seconds, `_s` seconds, `_m`
metres; `_json` holds a nested value as text. A record that people edit has a `version`
for `If-Match`.

**Personal data** stand in the columns marked ● and nowhere else; those of `place` are
personal where `home_of` is set, and kept answers (`idempotency`) go after a week. Plans,
events, offers, solves and taps hold random identities only, so that erasing a person
empties a few rows and breaks no seal.

The database itself refuses: a vehicle or driver used twice at once (`plan_use`,
`vehicle_use`), a second published plan of a day (`publication`), a used key
(`idempotency`), a second unfinished solve of a day (`solve_job`), and any change of
`plan`, `publication`, `event` and `event_subject`.
"""


def data_model_page() -> str:
    """Write the page.

    Returns
    -------
    str
        Markdown, every table with its columns.
    """
    sections = [_HEAD]
    for file in _FILES:
        title, _, _ = str(inspect.getdoc(file)).partition(".")
        sections.append(f"## {title}\n")
        sections += [_section(table) for table in _tables_of(file)]
    return "\n".join(sections)


def _tables_of(file: object) -> Iterator[type[Table]]:
    for value in vars(file).values():
        is_row = inspect.isclass(value) and issubclass(value, Table)
        if is_row and value.__module__ == file.__name__ and "metadata" in dir(value):  # type: ignore[attr-defined]
            yield value


def _section(row: type[Table]) -> str:
    table = Table.metadata.tables[str(row.__tablename__)]
    lines = [f"### {table.name}", "", str(inspect.getdoc(row)), ""]
    lines += ["| column | holds | |", "| --- | --- | --- |"]
    shared = {"organisation_id", "version", "created_at", "changed_at"}
    hidden = shared if issubclass(row, Kept) else {"organisation_id"}
    for column in table.columns:
        if column.name not in hidden:
            lines.append(f"| {_name(table, column)} | {_words(column)} | {_about(column)} |")
    unique = sorted(_uniques(table))
    if unique:
        lines += ["", f"Unique: {'; '.join(unique)}."]
    return "\n".join(lines) + "\n"


def _name(table: SqlTable, column: Column[object]) -> str:
    mark = " ●" if f"{table.name}.{column.name}" in PERSONAL else ""
    return f"`{column.name}`{mark}"


def _words(column: Column[object]) -> str:
    word = next((word for kind, word in _WORDS if isinstance(column.type, kind)), "text")
    return f"{word}, or nothing" if column.nullable else word


def _about(column: Column[object]) -> str:
    parts = ["key"] if column.primary_key else []
    targets = {key.column.table.name for key in column.foreign_keys}
    parts += [f"a `{target}`" for target in sorted(targets)]
    return ", ".join(parts)


def _uniques(table: SqlTable) -> Iterator[str]:
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield _columns(constraint.columns)
    for index in table.indexes:
        if index.unique:
            where = index.dialect_options["sqlite"].get("where")
            condition = "" if where is None else f" where {where}"
            yield _columns(index.columns) + condition


def _columns(columns: object) -> str:
    return ", ".join(f"`{column.name}`" for column in columns)  # type: ignore[attr-defined]
