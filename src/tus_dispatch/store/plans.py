"""Versions of plans: written once, never changed; a pointer says which one counts."""

import zlib
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import func, insert, select, update

from tus_dispatch.domain.organisation import Actor, OrganisationId
from tus_dispatch.domain.service import PlanOrigin
from tus_dispatch.store import events
from tus_dispatch.store.codes import not_found, stale_plan
from tus_dispatch.store.days import find_day, know, pointer
from tus_dispatch.store.ids import new_id
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.plans import DayRow, PlanRow, PublicationRow
from tus_dispatch.store.uses import CURRENT, PUBLISHED, set_uses

_DAY = columns(DayRow)
_PLAN = columns(PlanRow)
_PUBLICATION = columns(PublicationRow)

__all__ = [
    "PlanRecord",
    "find_by_id",
    "load",
    "move",
    "pointer",
    "publish",
    "save",
    "versions",
]

_PREFIX = "pln"


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A version as it is kept.

    Attributes
    ----------
    id, service_date, number
        Which version.
    parent
        Number of the version it was made from, or None.
    sha256
        Of its file.
    origin, made_at
        What made it, and when.
    plan_text, snapshot_text
        Files of the plan and of the day without personal data.
    """

    id: str
    service_date: date
    number: int
    parent: int | None
    sha256: str
    origin: PlanOrigin
    made_at: int
    plan_text: str
    snapshot_text: str


def save(  # noqa: PLR0913 - a version is all of this, and its base
    session: Session,
    organisation: OrganisationId,
    service_date: date,
    *,
    plan_text: str,
    snapshot_text: str,
    origin: PlanOrigin,
    base: int | None,
    base_revision: int | None = None,
    is_current: bool = True,
    actor: Actor | None = None,
) -> int:
    """Keep a version, and make it the current one if nobody was faster.

    Parameters
    ----------
    session
        Of a write.
    organisation, service_date
        Which day.
    plan_text
        File of the plan.
    snapshot_text
        File of the day it plans, without names, phones, notes, addresses and
        points.
    origin
        What made it.
    base
        The current version it was made from, or None for the first.
    base_revision
        Revision of the day it was made from; None where the plan does not
        depend on it. A booking added in the same transaction moves it on.
    is_current
        Whether the pointer moves; otherwise the version is only kept, and
        ``base`` and ``base_revision`` are not compared.
    actor
        Whose hand; None for the service.

    Returns
    -------
    int
        Number of the new version.

    Raises
    ------
    StalePlanError
        When ``base`` or ``base_revision`` is no longer current.
    ConflictError
        When a vehicle or driver would be used twice at the same time.
    """
    know(session, organisation, service_date)
    if is_current:
        _expect_base(session, organisation, service_date, base, base_revision)
    plan, snapshot = plan_text.encode(), snapshot_text.encode()
    row: dict[str, object] = {
        "organisation_id": organisation,
        "id": new_id(_PREFIX),
        "service_date": service_date,
        "number": 1 + (_last_number(session, organisation, service_date) or 0),
        "parent": base,
        "sha256": sha256(plan).hexdigest(),
        "snapshot_sha256": sha256(snapshot).hexdigest(),
        "origin": origin.value,
        "made_at": session.clock.now_at(),
        "plan_body": zlib.compress(plan),
        "snapshot_body": zlib.compress(snapshot),
    }
    session.execute(insert(PlanRow), row)
    record = load(session, organisation, service_date, int(str(row["number"])))
    _tell(session, organisation, "plan.saved", record, actor)
    if is_current:
        _move(session, organisation, base, record)
    return record.number


def move(
    session: Session,
    organisation: OrganisationId,
    service_date: date,
    number: int,
    *,
    base: int | None,
    actor: Actor | None = None,
) -> None:
    """Make a version that is kept the current one: to undo, or to take an outdated result.

    Parameters
    ----------
    session
        Of a write.
    organisation, service_date, number
        Which version.
    base
        The current version that was looked at.
    actor
        Whose hand; None for the service.

    Raises
    ------
    NotFoundError
        When there is no such version.
    StalePlanError
        When ``base`` is no longer current.
    ConflictError
        When a vehicle or driver would be used twice at the same time.
    """
    record = load(session, organisation, service_date, number)
    _expect_base(session, organisation, service_date, base, None)
    _move(session, organisation, base, record)
    _tell(session, organisation, "plan.moved", record, actor)


def load(
    session: Session, organisation: OrganisationId, service_date: date, number: int
) -> PlanRecord:
    """Return a version.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, service_date, number
        Which version.

    Returns
    -------
    PlanRecord
        As it was written.

    Raises
    ------
    NotFoundError
        When there is none of this number.
    """
    row = session.scalars(
        select(PlanRow).where(
            _PLAN.organisation_id == organisation,
            _PLAN.service_date == service_date,
            _PLAN.number == number,
        )
    ).first()
    if row is None:
        raise not_found("plan", f"{service_date}/{number}")
    return _record(row)


def find_by_id(session: Session, organisation: OrganisationId, identity: str) -> PlanRecord | None:
    """Return the version of an identity, or None."""
    row = session.scalars(
        select(PlanRow).where(_PLAN.organisation_id == organisation, _PLAN.id == identity)
    ).first()
    return None if row is None else _record(row)


def versions(
    session: Session, organisation: OrganisationId, service_date: date
) -> tuple[tuple[int, PlanOrigin, int], ...]:
    """Return number, origin and instant of every version of a day, oldest first."""
    query = (
        select(_PLAN.number, _PLAN.origin, _PLAN.made_at)
        .where(_PLAN.organisation_id == organisation, _PLAN.service_date == service_date)
        .order_by(_PLAN.number)
    )
    return tuple(
        (number, PlanOrigin(origin), made_at) for number, origin, made_at in session.execute(query)
    )


def publish(
    session: Session,
    organisation: OrganisationId,
    service_date: date,
    number: int,
    revision: int | None = None,
    *,
    actor: Actor | None = None,
) -> None:
    """Make a version the one drivers read.

    Parameters
    ----------
    session
        Of a write.
    organisation, service_date, number
        Which version.
    revision
        Revision of the day that was looked at, or None.
    actor
        Whose hand; None for the service.

    Raises
    ------
    NotFoundError
        When there is no such version.
    StalePlanError
        When the day has moved on since, or the version is not the current one.
    ConflictError
        When a vehicle or driver would be used twice at the same time.
    """
    record = load(session, organisation, service_date, number)
    _expect_base(session, organisation, service_date, number, revision)
    now = session.clock.now_at()
    session.execute(
        update(PublicationRow)
        .where(
            _PUBLICATION.organisation_id == organisation,
            _PUBLICATION.service_date == service_date,
            _PUBLICATION.ended_at.is_(None),
        )
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )
    publication = {
        "organisation_id": organisation,
        "id": new_id("pub"),
        "service_date": service_date,
        "number": number,
        "published_at": now,
        "ended_at": None,
    }
    session.execute(insert(PublicationRow), publication)
    _move(session, organisation, number, record)
    set_uses(session, organisation, PUBLISHED, number, record.plan_text)
    _tell(session, organisation, "plan.published", record, actor)


def _expect_base(
    session: Session,
    organisation: str,
    service_date: date,
    base: int | None,
    base_revision: int | None,
) -> None:
    day = find_day(session, organisation, service_date)
    current = None if day is None else day.current_number
    if base != current:
        raise stale_plan(service_date, base, current)
    if base_revision is not None and (day is None or day.revision != base_revision):
        raise stale_plan(service_date, base, current)


def _move(session: Session, organisation: str, base: int | None, to: PlanRecord) -> None:
    # Compared once more by the database, whatever was read before.
    result: Any = session.execute(
        update(DayRow)
        .where(
            _DAY.organisation_id == organisation,
            _DAY.service_date == to.service_date,
            _DAY.current_number.is_not_distinct_from(base),
        )
        .values(current_number=to.number, revision=_DAY.revision + 1)
        .execution_options(synchronize_session=False)
    )
    if result.rowcount != 1:
        raise stale_plan(to.service_date, base, None)
    if to.number != base:
        set_uses(session, organisation, CURRENT, to.number, to.plan_text)


def _tell(
    session: Session,
    organisation: OrganisationId,
    kind: str,
    plan: PlanRecord,
    actor: Actor | None,
) -> None:
    data = {
        "service_date": plan.service_date.isoformat(),
        "number": plan.number,
        "parent": plan.parent,
        "origin": plan.origin.value,
        "sha256": plan.sha256,
    }
    events.record(session, organisation, kind, actor, [plan.id], data)


def _last_number(session: Session, organisation: str, service_date: date) -> int | None:
    found: int | None = session.scalar(
        select(func.max(_PLAN.number)).where(
            _PLAN.organisation_id == organisation, _PLAN.service_date == service_date
        )
    )
    return found


def _record(row: PlanRow) -> PlanRecord:
    return PlanRecord(
        id=row.id,
        service_date=row.service_date,
        number=row.number,
        parent=row.parent,
        sha256=row.sha256,
        origin=PlanOrigin(row.origin),
        made_at=row.made_at,
        plan_text=zlib.decompress(row.plan_body).decode(),
        snapshot_text=zlib.decompress(row.snapshot_body).decode(),
    )
