"""Which plan counts on a day, and whether what the day consists of has changed since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update

from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.service import DayPointer
from tus_dispatch.domain.service_day import DAY_START
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.people import OrganisationRow
from tus_dispatch.store.tables.plans import DayRow, PublicationRow

_DAY = columns(DayRow)
_ORGANISATION = columns(OrganisationRow)
_PUBLICATION = columns(PublicationRow)


@dataclass(frozen=True, slots=True)
class Days:
    """Days that a change touches.

    Attributes
    ----------
    exact
        These; each is known from now on.
    first, last
        And those already known from the first to the last; without a last,
        all from the first on; without a first, none.
    """

    exact: tuple[date, ...] = ()
    first: date | None = None
    last: date | None = None


def pointer(session: Session, organisation: OrganisationId, service_date: date) -> DayPointer:
    """Return which versions count on a day.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, service_date
        Which day.

    Returns
    -------
    DayPointer
        Revision 0 for a day on which nothing was written yet.
    """
    row = find_day(session, organisation, service_date)
    published = session.scalars(
        select(_PUBLICATION.number).where(
            _PUBLICATION.organisation_id == organisation,
            _PUBLICATION.service_date == service_date,
            _PUBLICATION.ended_at.is_(None),
        )
    ).first()
    if row is None:
        return DayPointer(service_date, published=published)
    return DayPointer(service_date, row.current_number, published, row.revision)


def find_day(session: Session, organisation: str, service_date: date) -> DayRow | None:
    """Return the row of a day as it is now, or None."""
    return session.scalars(
        select(DayRow)
        .where(_DAY.organisation_id == organisation, _DAY.service_date == service_date)
        .execution_options(populate_existing=True)
    ).first()


def bump(session: Session, organisation: OrganisationId, days: Days) -> None:
    """Note that what days consist of has changed.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose days.
    days
        Which.
    """
    for day in dict.fromkeys(days.exact):
        know(session, organisation, day)
        _bump(session, organisation, _DAY.service_date == day)
    if days.first is not None:
        conditions = [_DAY.service_date >= days.first]
        if days.last is not None:
            conditions.append(_DAY.service_date <= days.last)
        _bump(session, organisation, *conditions)


def know(session: Session, organisation: str, service_date: date) -> None:
    """Make the row of a day where it is missing."""
    if find_day(session, organisation, service_date) is None:
        session.execute(
            insert(DayRow),
            {
                "organisation_id": organisation,
                "service_date": service_date,
                "current_number": None,
                "revision": 0,
            },
        )


def touching(session: Session, organisation: str, instants: Iterable[int]) -> Days:
    """Return the days from the earliest to the latest of some instants.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose time zone.
    instants
        UTC epoch seconds.

    Returns
    -------
    Days
        Service days, which start at 04:00 local time.
    """
    dates = [service_date_of(session, organisation, instant) for instant in instants]
    return Days(first=min(dates), last=max(dates))


def today(session: Session, organisation: str) -> date:
    """Return the service day it is now."""
    return service_date_of(session, organisation, session.clock.now_at())


def service_date_of(session: Session, organisation: str, instant_at: int) -> date:
    """Return the service day an instant belongs to.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation
        Whose time zone.
    instant_at
        UTC epoch seconds.

    Returns
    -------
    date
        Local date on which the day began.
    """
    zone = session.scalars(
        select(_ORGANISATION.time_zone).where(_ORGANISATION.id == organisation)
    ).one()
    local = datetime.fromtimestamp(instant_at, tz=UTC).astimezone(ZoneInfo(zone))
    is_before = local.time() < DAY_START
    return local.date() - timedelta(days=int(is_before))


def _bump(session: Session, organisation: str, *conditions: object) -> None:
    session.execute(
        update(DayRow)
        .where(_DAY.organisation_id == organisation, *conditions)  # type: ignore[arg-type]
        .values(revision=_DAY.revision + 1)
        .execution_options(synchronize_session=False)
    )


def planned_days(
    session: Session, organisation: OrganisationId, first: date, last: date
) -> tuple[date, ...]:
    """Return the days of a period that have a plan, in order.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation
        Whose days.
    first, last
        Bounds, both included.

    Returns
    -------
    tuple of date
        Drafts count as well as published plans.
    """
    query = (
        select(_DAY.service_date)
        .where(
            _DAY.organisation_id == organisation,
            _DAY.service_date >= first,
            _DAY.service_date <= last,
            _DAY.current_number.is_not(None),
        )
        .order_by(_DAY.service_date)
    )
    return tuple(session.scalars(query))
