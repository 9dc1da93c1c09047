"""Legs that took place, as the yearly return to the préfet counts them."""

from datetime import date

from sqlalchemy import delete, insert, select

from tus_dispatch.domain.demand import Direction, EligibilityGround, ServiceRegime
from tus_dispatch.domain.fleet import VehicleTitle
from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.service import CompletedLeg
from tus_dispatch.domain.units import DriverId, LegId, ParticipantId, VehicleId
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.work import CompletedLegRow

_COMPLETED_LEG = columns(CompletedLegRow)


def put(session: Session, organisation: OrganisationId, leg: CompletedLeg) -> None:
    """Keep a leg that took place; a later word on the same leg replaces the earlier one.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose.
    leg
        What is counted.
    """
    withdraw(session, organisation, leg.leg)
    session.execute(insert(CompletedLegRow), _fields(organisation, leg))


def withdraw(session: Session, organisation: OrganisationId, leg: LegId) -> None:
    """Take back that a leg took place, when its tap turns out to be a mistake."""
    session.execute(
        delete(CompletedLegRow)
        .where(_COMPLETED_LEG.organisation_id == organisation, _COMPLETED_LEG.leg == leg)
        .execution_options(synchronize_session=False)
    )


def between(
    session: Session, organisation: OrganisationId, first: date, last: date
) -> tuple[CompletedLeg, ...]:
    """Return what took place from one day to another, both included.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation
        Whose.
    first, last
        Service days.

    Returns
    -------
    tuple of CompletedLeg
        By day, then by leg.
    """
    query = (
        select(CompletedLegRow)
        .where(
            _COMPLETED_LEG.organisation_id == organisation,
            _COMPLETED_LEG.service_date >= first,
            _COMPLETED_LEG.service_date <= last,
        )
        .order_by(_COMPLETED_LEG.service_date, _COMPLETED_LEG.leg)
    )
    return tuple(map(_leg, session.scalars(query)))


def _fields(organisation: str, leg: CompletedLeg) -> dict[str, object]:
    return {
        "organisation_id": organisation,
        "leg": leg.leg,
        "direction": leg.direction.value,
        "service_date": leg.service_date,
        "participant_id": leg.participant,
        "driver_id": leg.driver,
        "is_volunteer": leg.is_volunteer,
        "vehicle_id": leg.vehicle,
        "vehicle_title": leg.vehicle_title.value,
        "seats": leg.seats,
        "regime": leg.regime.value,
        "ground": None if leg.ground is None else leg.ground.value,
        "billable_m": leg.billable_m,
        "participation_eur_cents": leg.participation_eur_cents,
    }


def _leg(row: CompletedLegRow) -> CompletedLeg:
    return CompletedLeg(
        leg=LegId(row.leg),
        direction=Direction(row.direction),
        service_date=row.service_date,
        participant=ParticipantId(row.participant_id),
        driver=None if row.driver_id is None else DriverId(row.driver_id),
        is_volunteer=row.is_volunteer,
        vehicle=VehicleId(row.vehicle_id),
        vehicle_title=VehicleTitle(row.vehicle_title),
        seats=row.seats,
        regime=ServiceRegime(row.regime),
        ground=None if row.ground is None else EligibilityGround(row.ground),
        billable_m=row.billable_m,
        participation_eur_cents=row.participation_eur_cents,
    )
