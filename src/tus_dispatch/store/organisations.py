"""Associations: made, read and changed; everything else belongs to one of them."""

from sqlalchemy import insert, select, update

from tus_dispatch.domain.organisation import Actor, Organisation, OrganisationId
from tus_dispatch.domain.record import Record
from tus_dispatch.store import events
from tus_dispatch.store.codes import not_found, stale_version
from tus_dispatch.store.days import Days, bump, today
from tus_dispatch.store.ids import new_id
from tus_dispatch.store.mapping.places import organisation_fields, organisation_of
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.people import OrganisationRow

_ORGANISATION = columns(OrganisationRow)

_PREFIX = "org"


def create(session: Session, organisation: Organisation) -> OrganisationId:
    """Keep a new association.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Name and settings.

    Returns
    -------
    OrganisationId
        Its new identity.
    """
    identity, now = OrganisationId(new_id(_PREFIX)), session.clock.now_at()
    kept = {"id": identity, "version": 1, "created_at": now, "changed_at": now}
    session.execute(insert(OrganisationRow), kept | organisation_fields(organisation))
    events.record(session, identity, "organisation.added", None, [identity], {"version": 1})
    return identity


def all_of(session: Session) -> tuple[OrganisationId, ...]:
    """Return the associations of the installation, oldest first."""
    query = select(_ORGANISATION.id).order_by(_ORGANISATION.created_at, _ORGANISATION.id)
    return tuple(map(OrganisationId, session.scalars(query)))


def load(session: Session, organisation: OrganisationId) -> Record[Organisation]:
    """Return an association with its settings.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation
        Which one.

    Returns
    -------
    Record
        As it is now.

    Raises
    ------
    NotFoundError
        When there is none of this name.
    """
    row = session.scalars(
        select(OrganisationRow)
        .where(_ORGANISATION.id == organisation)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise not_found("organisation", organisation)
    return Record(row.id, row.version, organisation_of(row), row.created_at, row.changed_at)


def change(
    session: Session,
    organisation: OrganisationId,
    version: int,
    value: Organisation,
    *,
    actor: Actor | None,
) -> Record[Organisation]:
    """Replace the settings that nobody changed since they were read.

    Parameters
    ----------
    session
        Of a write.
    organisation, version
        Which one, as it was read.
    value
        As it shall be.
    actor
        Whose hand; None for the service.

    Returns
    -------
    Record
        One version further.

    Raises
    ------
    StaleVersionError
        When it was changed meanwhile; holds the current record.
    """
    before = load(session, organisation)
    if before.version != version:
        raise stale_version("organisation", version, before, before.version)
    session.execute(
        update(OrganisationRow)
        .where(_ORGANISATION.id == organisation, _ORGANISATION.version == version)
        .values(
            organisation_fields(value)
            | {"version": version + 1, "changed_at": session.clock.now_at()}
        )
        .execution_options(synchronize_session=False)
    )
    bump(session, organisation, Days(first=today(session, organisation)))
    data = {"version": version + 1}
    events.record(session, organisation, "organisation.changed", actor, [organisation], data)
    return load(session, organisation)
