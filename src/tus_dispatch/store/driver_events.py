"""Taps of drivers: each is accepted once, in whatever order and however late it comes."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert, select

from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.service import DriverEvent, DriverEventKind
from tus_dispatch.domain.units import LegId, ShiftId
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.work import DriverEventRow

_DRIVER_EVENT = columns(DriverEventRow)


def add_new(
    session: Session, organisation: OrganisationId, taps: Sequence[DriverEvent]
) -> tuple[str, ...]:
    """Keep the taps that are not kept yet.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose.
    taps
        In any order; a repeat is known by its identity.

    Returns
    -------
    tuple of str
        Identities accepted now, in the order given; the others were known.
    """
    known = set(
        session.scalars(
            select(_DRIVER_EVENT.id).where(
                _DRIVER_EVENT.organisation_id == organisation,
                _DRIVER_EVENT.id.in_([tap.id for tap in taps]),
            )
        )
    )
    new = {tap.id: tap for tap in reversed(taps) if tap.id not in known}
    accepted = [
        new[identity] for identity in dict.fromkeys(tap.id for tap in taps if tap.id in new)
    ]
    if accepted:
        session.execute(insert(DriverEventRow), [_fields(organisation, tap) for tap in accepted])
    return tuple(tap.id for tap in accepted)


def of_day(
    session: Session, organisation: OrganisationId, service_date: date
) -> tuple[DriverEvent, ...]:
    """Return the taps of a day in the order of the phones' clocks.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, service_date
        Which day.

    Returns
    -------
    tuple of DriverEvent
        What a phone says of its clock is a claim; ties go by arrival here.
    """
    query = (
        select(DriverEventRow)
        .where(
            _DRIVER_EVENT.organisation_id == organisation,
            _DRIVER_EVENT.service_date == service_date,
        )
        .order_by(_DRIVER_EVENT.device_at, _DRIVER_EVENT.received_at, _DRIVER_EVENT.id)
    )
    return tuple(map(_tap, session.scalars(query)))


def _fields(organisation: str, tap: DriverEvent) -> dict[str, object]:
    return {
        "organisation_id": organisation,
        "id": tap.id,
        "service_date": tap.service_date,
        "shift_id": tap.shift,
        "kind": tap.kind.value,
        "leg": tap.leg,
        "device_at": tap.device_at,
        "received_at": tap.received_at,
    }


def _tap(row: DriverEventRow) -> DriverEvent:
    return DriverEvent(
        id=row.id,
        service_date=row.service_date,
        shift=ShiftId(row.shift_id),
        kind=DriverEventKind(row.kind),
        leg=None if row.leg is None else LegId(row.leg),
        device_at=row.device_at,
        received_at=row.received_at,
    )
