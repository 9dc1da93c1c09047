"""Versions of plans as they are kept, by identities alone: nothing is read about people."""

from datetime import date

from tus_dispatch.desk.live.days import kept_plan
from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.service import PlanVersion
from tus_dispatch.store import plans
from tus_dispatch.store.session import Session


def nameless_version(
    session: Session, organisation: OrganisationId, on: date, number: int
) -> PlanVersion:
    """Return a version of a plan without names and addresses.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, on, number
        Which version.

    Returns
    -------
    PlanVersion
        As it was kept.

    Raises
    ------
    NotFoundError
        When there is no such version.
    """
    record = plans.load(session, organisation, on, number)
    return PlanVersion(
        id=record.id,
        number=record.number,
        parent=record.parent,
        sha256=record.sha256,
        origin=record.origin,
        made_at=record.made_at,
        plan=kept_plan(record).plan,
    )
