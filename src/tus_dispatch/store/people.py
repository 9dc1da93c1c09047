"""A person's own data: handed out whole, erased without a trace, not kept too long."""

import json
import os
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text

from tus_dispatch.domain.organisation import Actor, OrganisationId
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.store import erased_rows, events, organisations
from tus_dispatch.store.codes import conflict, not_found
from tus_dispatch.store.days import Days, bump, today
from tus_dispatch.store.reachable import rows_about
from tus_dispatch.store.session import Database, Session
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.demand import BookingRow
from tus_dispatch.store.tables.fleet import VehicleUseRow
from tus_dispatch.store.tables.people import ErasureRow, ParticipantRow, PersonRow, ReferralRow

_ERASURE, _PERSON = columns(ErasureRow), columns(PersonRow)
# Tables whose pages may hold what was erased, on PostgreSQL.
_REWRITTEN = (
    "person, participant, driver, place, referral, standing_booking, booking, account, "
    "credential, signin_session, api_token, contract_pattern, driver_time, driver_link, "
    "shift_rule, offer, idempotency, vehicle_use"
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """An entry of the ledger.

    Attributes
    ----------
    organisation, person, kind
        Who, by identity alone.
    erased_at
        UTC epoch seconds.
    """

    organisation: OrganisationId
    person: str
    kind: str
    erased_at: int


def export(
    session: Session, organisation: OrganisationId, identity: str
) -> dict[str, list[dict[str, Any]]]:
    """Return everything that is kept about a person.

    Parameters
    ----------
    session
        Of a read.
    organisation, identity
        Participant or driver.

    Returns
    -------
    dict
        Rows by table, as JSON can hold them.

    Raises
    ------
    NotFoundError
        When there is no such person.
    """
    _kind(session, organisation, identity)
    return rows_about(session, organisation, identity)


def is_erased(session: Session, organisation: OrganisationId, identity: str) -> bool:
    """Tell whether a person was erased; somebody unknown was not."""
    query = select(_PERSON.erased_at).where(
        _PERSON.organisation_id == organisation, _PERSON.id == identity
    )
    return session.scalar(query) is not None


def erase(
    session: Session, organisation: OrganisationId, identity: str, *, actor: Actor | None
) -> None:
    """Erase a person; trips stay as anonymous counts.

    Call :func:`scrub` once this is committed: only then is nothing left in
    the files.

    Parameters
    ----------
    session
        Of a write.
    organisation, identity
        Participant or driver. Erasing twice changes nothing.
    actor
        Whose hand; None for the service.

    Raises
    ------
    NotFoundError
        When there is no such person.
    ConflictError
        When the person is still booked from today on.
    """
    kind = _kind(session, organisation, identity)
    booked = erased_rows.booked_days(session, organisation, identity, today(session, organisation))
    if booked:
        raise conflict("still-booked", kind, booked[0], "une personne sans réservation à venir")
    names = erased_rows.names_of(session, organisation, identity)
    erased_rows.empty_answers(session, organisation, names)
    erased_rows.empty_person(session, organisation, identity, kind)
    if kind == "participant":
        erased_rows.empty_participant(session, organisation, identity)
    else:
        erased_rows.empty_driver(session, organisation, identity)
        bump(session, organisation, Days(first=today(session, organisation)))
    if _enter(session, organisation, identity, kind):
        events.record(session, organisation, "person.erased", actor, [identity], {"kind": kind})


def scrub(database: Database, ledger: Path | None = None) -> None:
    """Leave nothing of the erased in the files, and bring the ledger up to date.

    Parameters
    ----------
    database
        After the erasure was committed.
    ledger
        File outside the database that says who is erased, so that a restored
        backup can be told; None to leave it.
    """
    if database.path is not None:
        database.checkpoint()
    else:
        with database.writer.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                text(f"VACUUM FULL {_REWRITTEN}")
            )
    if ledger is not None:
        with database.read() as session:
            write_ledger(ledger, ledger_of(session))


def ledger_of(session: Session) -> tuple[Erasure, ...]:
    """Return all erasures of the installation, oldest first."""
    query = select(ErasureRow).order_by(_ERASURE.erased_at, _ERASURE.person_id)
    return tuple(
        Erasure(OrganisationId(row.organisation_id), row.person_id, row.kind, row.erased_at)
        for row in session.scalars(query)
    )


def write_ledger(path: Path, erasures: tuple[Erasure, ...]) -> None:
    """Write the ledger beside the database: identities only, whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    lines = [
        json.dumps([each.organisation, each.person, each.kind, each.erased_at]) for each in erasures
    ]
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def read_ledger(path: Path) -> tuple[Erasure, ...]:
    """Read the ledger; empty where there is none yet."""
    if not path.is_file():
        return ()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(Erasure(OrganisationId(row[0]), *row[1:]) for row in rows)


def replay(database: Database, erasures: tuple[Erasure, ...]) -> int:
    """Erase again whom a restored backup brought back.

    Parameters
    ----------
    database
        Just restored.
    erasures
        Of the ledger outside.

    Returns
    -------
    int
        People erased again.
    """
    count = 0
    with database.write() as session:
        for each in erasures:
            person = session.scalars(
                select(PersonRow).where(
                    _PERSON.organisation_id == each.organisation,
                    _PERSON.id == each.person,
                    _PERSON.erased_at.is_(None),
                )
            ).first()
            if person is not None:
                erased_rows.cancel_booked(session, each.organisation, each.person)
                erase(session, each.organisation, each.person, actor=None)
                count += 1
    if count:
        scrub(database)
    return count


def due_for_erasure(
    session: Session, organisation: OrganisationId, service_date: date
) -> tuple[ParticipantId, ...]:
    """Return the participants without contact for as long as the association keeps data.

    Parameters
    ----------
    session
        Of a read.
    organisation
        Whose retention counts.
    service_date
        Today.

    Returns
    -------
    tuple of ParticipantId
        Due from the day after the period on.
    """
    months = organisations.load(session, organisation).value.retention_months
    oldest = months_before(service_date, months)
    return tuple(
        person
        for person, contact in sorted(_last_contacts(session, organisation).items())
        if contact < oldest
    )


def months_before(day: date, months: int) -> date:
    """Return the day some months earlier, the last of its month where that is shorter.

    Parameters
    ----------
    day
        Any day.
    months
        At least 0.

    Returns
    -------
    date
        In the same place of an earlier month.

    Examples
    --------
    >>> months_before(date(2028, 2, 29), 24)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _last_contacts(session: Session, organisation: str) -> dict[ParticipantId, date]:
    c = columns(ParticipantRow)
    kept = (
        select(c.id, c.changed_at)
        .join(PersonRow, (_PERSON.organisation_id == c.organisation_id) & (_PERSON.id == c.id))
        .where(c.organisation_id == organisation, _PERSON.erased_at.is_(None))
    )
    found = {
        ParticipantId(identity): datetime.fromtimestamp(changed_at, tz=UTC).date()
        for identity, changed_at in session.execute(kept)
    }
    for identity, contact in _contacts(session, organisation):
        if identity in found and contact is not None:
            found[identity] = max(found[identity], contact)
    return found


def _contacts(session: Session, organisation: str) -> list[tuple[ParticipantId, date | None]]:
    contacts: list[tuple[ParticipantId, date | None]] = []
    for table, name in (
        (BookingRow, "service_date"),
        (ReferralRow, "starts_on"),
        (ReferralRow, "expires_on"),
    ):
        c = columns(table)
        query = (
            select(c.participant_id, func.max(c[name]))
            .where(c.organisation_id == organisation)
            .group_by(c.participant_id)
        )
        contacts += [(ParticipantId(identity), day) for identity, day in session.execute(query)]
    c = columns(VehicleUseRow)
    uses = select(c.participant_id, func.max(c.until_at)).where(
        c.organisation_id == organisation, c.participant_id.is_not(None)
    )
    for identity, until_at in session.execute(uses.group_by(c.participant_id)):
        day = datetime.fromtimestamp(until_at, tz=UTC).date()
        contacts.append((ParticipantId(identity), day))
    return contacts


def _kind(session: Session, organisation: str, identity: str) -> str:
    kind: str | None = session.scalar(
        select(_PERSON.kind).where(_PERSON.organisation_id == organisation, _PERSON.id == identity)
    )
    if kind is None:
        raise not_found("person", identity)
    return kind


def _enter(session: Session, organisation: str, identity: str, kind: str) -> bool:
    known = session.scalar(
        select(_ERASURE.person_id).where(
            _ERASURE.organisation_id == organisation, _ERASURE.person_id == identity
        )
    )
    if known is not None:
        return False
    row = {
        "organisation_id": organisation,
        "person_id": identity,
        "kind": kind,
        "erased_at": session.clock.now_at(),
    }
    session.execute(insert(ErasureRow), row)
    return True
