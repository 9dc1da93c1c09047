"""Which rows belong to a person: found by following the database's own references."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Table, select

from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.store.events import EVENTS, VIEWS, page
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.all_tables import metadata
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.work import DriverEventRow

# Rows that are about one person as a whole: what refers to them is that person's
# too. What refers to a home or a vehicle may be somebody else's.
OWNERS = frozenset({"person", "participant", "driver", "account", "standing_booking", "booking"})
# What opens a door is no information about a person, and is never handed out.
_SECRETS = frozenset(
    {"password_hash", "totp_secret", "token_sha256", "pin_hash", "session_sha256", "body"}
)
_ALL_EVENTS = 1_000_000
_DRIVER_EVENT = columns(DriverEventRow)


def references() -> Iterator[tuple[Table, ForeignKeyConstraint, str]]:
    """Yield every reference to a row that is about one person.

    Yields
    ------
    table, constraint, owner
        The table that refers, how, and the table referred to.
    """
    for table in metadata().sorted_tables:
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table.name in OWNERS:
                yield table, constraint, constraint.referred_table.name


def rows_about(
    session: Session, organisation: OrganisationId, identity: str
) -> dict[str, list[dict[str, Any]]]:
    """Return every row of a person.

    Parameters
    ----------
    session
        Of a read.
    organisation, identity
        Who.

    Returns
    -------
    dict
        By table: columns as JSON can hold them, without secrets.
    """
    found = _follow(session, organisation, identity)
    legs = [f"{booking}:{way}" for booking in _ids(found, "booking") for way in ("out", "ret")]
    told = {table: [_readable(row) for row in rows.values()] for table, rows in found.items()}
    told["driver_event"] = [
        _readable(dict(row))
        for row in session.execute(
            select(*_DRIVER_EVENT).where(
                _DRIVER_EVENT.organisation_id == organisation, _DRIVER_EVENT.leg.in_(legs)
            )
        ).mappings()
    ]
    for stream in (EVENTS, VIEWS):
        links = page(session, organisation, stream=stream, limit=_ALL_EVENTS, subject=identity)
        told[stream] = [
            {"at": link.at, "kind": link.kind, "actor": link.actor, "data": link.data}
            for link in links
        ]
    return {table: rows for table, rows in told.items() if rows}


def _follow(
    session: Session, organisation: str, identity: str
) -> dict[str, dict[tuple[Any, ...], dict[str, Any]]]:
    person = metadata().tables["person"]
    found: dict[str, dict[Any, dict[str, Any]]] = {"person": {}}
    _gather(session, person, organisation, person.c.id.in_([identity]), found)
    is_growing = bool(found["person"])
    while is_growing:
        before = sum(map(len, found.values()))
        for table, constraint, owner in references():
            # Every reference is the association and one identity.
            column = next(c for c in constraint.columns if c.name != "organisation_id")
            owners = _ids(found, owner)
            if owners:
                _gather(session, table, organisation, column.in_(owners), found)
        is_growing = sum(map(len, found.values())) > before
    return found


def _gather(
    session: Session,
    table: Table,
    organisation: str,
    condition: Any,
    found: dict[str, dict[Any, dict[str, Any]]],
) -> None:
    query = select(table).where(table.c.organisation_id == organisation, condition)
    rows = found.setdefault(table.name, {})
    for row in session.execute(query).mappings():
        values = dict(row)
        key = tuple(values[column.name] for column in table.primary_key.columns)
        rows[key] = values


def _ids(found: dict[str, dict[Any, dict[str, Any]]], table: str) -> list[str]:
    return [row["id"] for row in found.get(table, {}).values()]


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name.removesuffix("_json"): _plain(name, value)
        for name, value in row.items()
        if name not in _SECRETS and name != "organisation_id"
    }


def _plain(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    return json.loads(value) if name.endswith("_json") else str(value)
