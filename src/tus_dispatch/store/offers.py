"""Offers that somebody may still take, once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.store.codes import conflict, not_found
from tus_dispatch.store.ids import new_id
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.base import columns
from tus_dispatch.store.tables.work import OfferRow

_OFFER = columns(OfferRow)

_PREFIX = "off"


@dataclass(frozen=True, slots=True)
class NewOffer:
    """An offer to be kept.

    Attributes
    ----------
    participant, service_date
        For whom, and on which day.
    made_on
        Number of the plan version it was computed on.
    asked_text, offer_text
        JSON of the booking asked for and of what was offered; identities
        only.
    expires_at
        UTC epoch seconds.
    """

    participant: ParticipantId
    service_date: date
    made_on: int
    asked_text: str
    offer_text: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class OfferRecord:
    """An offer as it is kept.

    Attributes
    ----------
    id
        Random.
    offer
        What was kept.
    made_at
        UTC epoch seconds.
    """

    id: str
    offer: NewOffer
    made_at: int


def add(session: Session, organisation: OrganisationId, offer: NewOffer) -> str:
    """Keep an offer.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose.
    offer
        What is offered.

    Returns
    -------
    str
        Its identity.
    """
    identity = new_id(_PREFIX)
    row = {
        "organisation_id": organisation,
        "id": identity,
        "participant_id": offer.participant,
        "service_date": offer.service_date,
        "made_on": offer.made_on,
        "asked_json": offer.asked_text,
        "offer_json": offer.offer_text,
        "made_at": session.clock.now_at(),
        "expires_at": offer.expires_at,
        "taken_at": None,
    }
    session.execute(insert(OfferRow), row)
    return identity


def find(session: Session, organisation: OrganisationId, identity: str, now: int) -> OfferRecord:
    """Return an offer that can still be taken, without taking it.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, identity
        Which offer.
    now
        UTC epoch seconds.

    Returns
    -------
    OfferRecord
        As it was made.

    Raises
    ------
    NotFoundError
        When there is none.
    ConflictError
        When it is expired or taken.
    """
    row = session.scalars(
        select(OfferRow)
        .where(_OFFER.organisation_id == organisation, _OFFER.id == identity)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise not_found("offer", identity)
    if row.taken_at is not None:
        raise conflict("offer-taken", "offer", identity, "une proposition encore libre")
    if row.expires_at <= now:
        raise conflict("offer-expired", "offer", identity, "une proposition encore valable")
    kept = NewOffer(
        participant=ParticipantId(row.participant_id),
        service_date=row.service_date,
        made_on=row.made_on,
        asked_text=row.asked_json,
        offer_text=row.offer_json,
        expires_at=row.expires_at,
    )
    return OfferRecord(row.id, kept, row.made_at)


def take(session: Session, organisation: OrganisationId, identity: str, now: int) -> OfferRecord:
    """Take an offer, so that nobody else can.

    Parameters
    ----------
    session
        Of the write that keeps the booking.
    organisation, identity
        Which offer.
    now
        UTC epoch seconds.

    Returns
    -------
    OfferRecord
        As it was made.

    Raises
    ------
    NotFoundError
        When there is none.
    ConflictError
        When it is expired or taken.
    """
    record = find(session, organisation, identity, now)
    result: Any = session.execute(
        update(OfferRow)
        .where(
            _OFFER.organisation_id == organisation,
            _OFFER.id == identity,
            _OFFER.taken_at.is_(None),
        )
        .values(taken_at=now)
        .execution_options(synchronize_session=False)
    )
    if result.rowcount != 1:
        raise conflict("offer-taken", "offer", identity, "une proposition encore libre")
    return record


def forget_expired(session: Session, organisation: OrganisationId, before_at: int) -> int:
    """Remove offers that expired before an instant; returns how many."""
    result: Any = session.execute(
        delete(OfferRow)
        .where(_OFFER.organisation_id == organisation, _OFFER.expires_at < before_at)
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)
