"""A person's own data: handed out, erased from database and paper, not kept too long."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tus_dispatch.desk.live.days import kept_plan
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.publishing import write_files
from tus_dispatch.domain.organisation import Actor, OrganisationId
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.errors import ConflictError
from tus_dispatch.store import organisations, people, plans, retention
from tus_dispatch.store.days import today
from tus_dispatch.store.session import Session

# After two months nobody needs the paper of a day; figures come from the database.
PAPER_KEPT = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What retention removed.

    Attributes
    ----------
    people
        Participants erased, by identity.
    still_booked
        Participants who were due and are booked again.
    folders
        Days whose paper was removed.
    rows
        Rows removed, by what they were.
    """

    people: tuple[str, ...]
    still_booked: tuple[str, ...]
    folders: tuple[date, ...]
    rows: dict[str, int]


def export(session: Session, actor: Actor, identity: str) -> dict[str, list[dict[str, Any]]]:
    """Return everything that is kept about a participant or driver.

    Parameters
    ----------
    session
        Of a read.
    actor
        Whose association.
    identity
        Whose data.

    Returns
    -------
    dict
        Rows by table. Published paper repeats what stands there.

    Raises
    ------
    NotFoundError
        When there is no such person.
    """
    return people.export(session, actor.organisation, identity)


def erase(
    office: Office,
    organisation: OrganisationId,
    identity: str,
    *,
    actor: Actor | None = None,
    ledger: Path | None = None,
) -> None:
    """Erase a person from the database, its files, the memory of the server, and paper on disk.

    Parameters
    ----------
    office
        Of the installation.
    organisation, identity
        Participant or driver.
    actor
        Whose hand; None for the service.
    ledger
        File outside the database that says who is erased, or None.

    Raises
    ------
    NotFoundError
        When there is no such person.
    ConflictError
        When the person is still booked.
    """
    with office.database.write() as session:
        people.erase(session, organisation, identity, actor=actor)
    people.scrub(office.database, ledger)
    office.forget()
    for service_date in _papers(office, organisation):
        if _is_on(office, organisation, service_date, identity):
            write_files(office, organisation, service_date)


def forget_due(
    office: Office, organisation: OrganisationId, ledger: Path | None = None
) -> Forgotten:
    """Do what retention asks for: once a day is enough.

    Parameters
    ----------
    office
        Of the installation.
    organisation
        Whose.
    ledger
        As for :func:`erase`.

    Returns
    -------
    Forgotten
        What went.
    """
    with office.database.read() as session:
        now = today(session, organisation)
        months = organisations.load(session, organisation).value.retention_months
        due = people.due_for_erasure(session, organisation, now)
    erased, booked = [], []
    for identity in due:
        try:
            erase(office, organisation, identity, ledger=ledger)
            erased.append(str(identity))
        except ConflictError:
            booked.append(str(identity))
    folders = tuple(day for day in _papers(office, organisation) if day < now - PAPER_KEPT)
    for day in folders:
        shutil.rmtree(office.files / organisation / day.isoformat(), ignore_errors=True)
    with office.database.write() as session:
        oldest = people.months_before(now, months)
        rows = retention.clear(session, organisation, plans_before=oldest)
    return Forgotten(tuple(erased), tuple(booked), folders, rows)


def _papers(office: Office, organisation: OrganisationId) -> Iterator[date]:
    """Return the days that have paper on disk, oldest first."""
    folder = office.files / organisation
    names = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    for name in names:
        try:
            yield date.fromisoformat(name)
        except ValueError:
            continue


def _is_on(office: Office, organisation: OrganisationId, service_date: date, identity: str) -> bool:
    with office.database.read() as session:
        number = plans.pointer(session, organisation, service_date).published
        if number is None:
            return False
        record = plans.load(session, organisation, service_date, number)
    return identity in _names(kept_plan(record).plan.scenario)


def _names(scenario: Scenario) -> set[str]:
    people = {str(each.id) for each in scenario.participants}
    return people | {str(each.id) for each in scenario.drivers}
