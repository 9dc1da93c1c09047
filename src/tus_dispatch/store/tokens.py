"""Tokens of programs and links of drivers, known by their hashes only."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from tus_dispatch.domain.organisation import Account, AccountId, OrganisationId
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.units import DriverId, ShiftId
from tus_dispatch.store.codes import not_found
from tus_dispatch.store.ids import new_id
from tus_dispatch.store.mapping.people import account_of
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.access import AccountRow, ApiTokenRow, DriverLinkRow
from tus_dispatch.store.tables.base import columns

_ACCOUNT = columns(AccountRow)
_API_TOKEN = columns(ApiTokenRow)
_DRIVER_LINK = columns(DriverLinkRow)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token of a program.

    Attributes
    ----------
    id, name
        Identity, and what people call it.
    organisation, account
        On whose behalf it acts.
    scopes
        Words it is limited to.
    made_at, expires_at, used_at, ended_at
        UTC epoch seconds; None where it never does, or never did.
    """

    id: str
    name: str
    organisation: OrganisationId
    account: Record[Account]
    scopes: tuple[str, ...]
    made_at: int
    expires_at: int | None
    used_at: int | None
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class DriverLink:
    """A driver's link to one round of one day.

    Attributes
    ----------
    driver, shift, service_date
        Whose, and to what.
    token_sha256, pin_hash
        Hashes of what opens it.
    valid_from_at, valid_until_at
        UTC epoch seconds.
    id, organisation
        Set when it is kept.
    wrong_pins
        So far.
    exchanged_at, revoked_at
        When it was used, and when it ended, or None.
    session_sha256
        Hash of the session it was exchanged for, or None.
    """

    driver: DriverId
    shift: ShiftId
    service_date: date
    token_sha256: str
    pin_hash: str
    valid_from_at: int
    valid_until_at: int
    id: str = ""
    organisation: OrganisationId | None = None
    wrong_pins: int = 0
    exchanged_at: int | None = None
    session_sha256: str | None = None
    revoked_at: int | None = None


def add_token(session: Session, organisation: OrganisationId, token: "NewToken") -> str:
    """Keep a token of a program; returns its identity, which is not the token."""
    identity = new_id("tok")
    row = {
        "organisation_id": organisation,
        "id": identity,
        "account_id": token.account,
        "name": token.name,
        "token_sha256": token.token_sha256,
        "scopes_json": json.dumps(token.scopes),
        "made_at": session.clock.now_at(),
        "expires_at": token.expires_at,
        "used_at": None,
        "ended_at": None,
    }
    session.execute(insert(ApiTokenRow), row)
    return identity


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to be kept.

    Attributes
    ----------
    account, name
        On whose behalf, and what people call it.
    token_sha256
        Hash of the token; the token itself is kept nowhere.
    scopes
        Words it is limited to.
    expires_at
        UTC epoch seconds, or None without end.
    """

    account: AccountId
    name: str
    token_sha256: str
    scopes: tuple[str, ...]
    expires_at: int | None = None


def tokens(session: Session, organisation: OrganisationId) -> tuple[ApiToken, ...]:
    """Return the tokens of an association that have not ended, oldest first."""
    query = _tokens().where(
        _API_TOKEN.organisation_id == organisation, _API_TOKEN.ended_at.is_(None)
    )
    rows = session.execute(query.order_by(_API_TOKEN.made_at, _API_TOKEN.id))
    return tuple(_token(row, account) for row, account in rows)


def find_token(session: Session, token_sha256: str) -> ApiToken | None:
    """Return the live token of a hash, or None once it or its account has ended."""
    now = session.clock.now_at()
    found = session.execute(
        _tokens().where(
            _API_TOKEN.token_sha256 == token_sha256,
            _API_TOKEN.ended_at.is_(None),
            _ACCOUNT.is_disabled.is_(False),
        )
    ).first()
    if found is None or (found[0].expires_at is not None and found[0].expires_at <= now):
        return None
    return _token(*found)


def end_token(session: Session, organisation: OrganisationId, identity: str) -> None:
    """End a token; NotFoundError when it is not this association's."""
    result: Any = session.execute(
        update(ApiTokenRow)
        .where(_API_TOKEN.organisation_id == organisation, _API_TOKEN.id == identity)
        .values(ended_at=session.clock.now_at())
        .execution_options(synchronize_session=False)
    )
    if result.rowcount != 1:
        raise not_found("token", identity)


def touch_token(session: Session, organisation: OrganisationId, identity: str) -> None:
    """Note that a token was used now."""
    session.execute(
        update(ApiTokenRow)
        .where(_API_TOKEN.organisation_id == organisation, _API_TOKEN.id == identity)
        .values(used_at=session.clock.now_at())
        .execution_options(synchronize_session=False)
    )


def add_link(session: Session, organisation: OrganisationId, link: DriverLink) -> str:
    """Keep a driver's link; earlier links to the same round are revoked.

    Parameters
    ----------
    session
        Of a write.
    organisation
        Whose.
    link
        Hashes, round and validity.

    Returns
    -------
    str
        Its identity.
    """
    identity, now = new_id("lnk"), session.clock.now_at()
    earlier = (
        (_DRIVER_LINK.driver_id == link.driver)
        & (_DRIVER_LINK.shift_id == link.shift)
        & (_DRIVER_LINK.service_date == link.service_date)
        & _DRIVER_LINK.revoked_at.is_(None)
    )
    _set_link(session, organisation, earlier, revoked_at=now)
    row = {
        "organisation_id": organisation,
        "id": identity,
        "driver_id": link.driver,
        "shift_id": link.shift,
        "service_date": link.service_date,
        "token_sha256": link.token_sha256,
        "pin_hash": link.pin_hash,
        "wrong_pins": 0,
        "valid_from_at": link.valid_from_at,
        "valid_until_at": link.valid_until_at,
        "made_at": now,
        "exchanged_at": None,
        "session_sha256": None,
        "revoked_at": None,
    }
    session.execute(insert(DriverLinkRow), row)
    return identity


def find_link(session: Session, token_sha256: str) -> DriverLink | None:
    """Return the link of a token, used, expired and revoked ones included, or None."""
    return _link(session, _DRIVER_LINK.token_sha256 == token_sha256)


def find_link_session(session: Session, session_sha256: str) -> DriverLink | None:
    """Return the link that was exchanged for a session and is still valid, or None."""
    now = session.clock.now_at()
    return _link(
        session,
        (_DRIVER_LINK.session_sha256 == session_sha256)
        & _DRIVER_LINK.revoked_at.is_(None)
        & (_DRIVER_LINK.valid_until_at > now),
    )


def links(
    session: Session, organisation: OrganisationId, service_date: date
) -> tuple[DriverLink, ...]:
    """Return the links of a day, oldest first."""
    query = (
        select(DriverLinkRow)
        .where(
            _DRIVER_LINK.organisation_id == organisation,
            _DRIVER_LINK.service_date == service_date,
        )
        .order_by(_DRIVER_LINK.made_at, _DRIVER_LINK.id)
        .execution_options(populate_existing=True)
    )
    return tuple(map(_link_of, session.scalars(query)))


def count_wrong_pin(
    session: Session, organisation: OrganisationId, identity: str, most: int
) -> None:
    """Count a wrong PIN; from ``most`` on, the link is revoked."""
    now, which = session.clock.now_at(), _DRIVER_LINK.id == identity
    _set_link(session, organisation, which, wrong_pins=_DRIVER_LINK.wrong_pins + 1)
    _set_link(session, organisation, which & (_DRIVER_LINK.wrong_pins >= most), revoked_at=now)


def exchange_link(
    session: Session, organisation: OrganisationId, identity: str, session_sha256: str
) -> bool:
    """Exchange a link for a session, once.

    Parameters
    ----------
    session
        Of a write.
    organisation, identity
        Which link.
    session_sha256
        Hash of the session's token.

    Returns
    -------
    bool
        False when it was exchanged or revoked before.
    """
    which = (
        (_DRIVER_LINK.id == identity)
        & _DRIVER_LINK.exchanged_at.is_(None)
        & _DRIVER_LINK.revoked_at.is_(None)
    )
    now = session.clock.now_at()
    return _set_link(session, organisation, which, exchanged_at=now, session_sha256=session_sha256)


def revoke_link(session: Session, organisation: OrganisationId, identity: str) -> None:
    """End a link and the session it was exchanged for; NotFoundError when there is none."""
    which = _DRIVER_LINK.id == identity
    if not _set_link(session, organisation, which, revoked_at=session.clock.now_at()):
        raise not_found("driver_link", identity)


def _tokens() -> Any:
    return (
        select(ApiTokenRow, AccountRow)
        .join(
            AccountRow,
            (_ACCOUNT.organisation_id == _API_TOKEN.organisation_id)
            & (_ACCOUNT.id == _API_TOKEN.account_id),
        )
        .execution_options(populate_existing=True)
    )


def _token(row: ApiTokenRow, account: AccountRow) -> ApiToken:
    return ApiToken(
        id=row.id,
        name=row.name,
        organisation=OrganisationId(row.organisation_id),
        account=Record(
            account.id,
            account.version,
            account_of(account),
            account.created_at,
            account.changed_at,
        ),
        scopes=tuple(json.loads(row.scopes_json)),
        made_at=row.made_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        ended_at=row.ended_at,
    )


def _set_link(session: Session, organisation: str, which: Any, **values: Any) -> bool:
    result: Any = session.execute(
        update(DriverLinkRow)
        .where(_DRIVER_LINK.organisation_id == organisation, which)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)


def _link(session: Session, which: Any) -> DriverLink | None:
    query = select(DriverLinkRow).where(which).execution_options(populate_existing=True)
    row = session.scalars(query).first()
    return None if row is None else _link_of(row)


def _link_of(row: DriverLinkRow) -> DriverLink:
    return DriverLink(
        driver=DriverId(row.driver_id),
        shift=ShiftId(row.shift_id),
        service_date=row.service_date,
        token_sha256=row.token_sha256,
        pin_hash=row.pin_hash,
        valid_from_at=row.valid_from_at,
        valid_until_at=row.valid_until_at,
        id=row.id,
        organisation=OrganisationId(row.organisation_id),
        wrong_pins=row.wrong_pins,
        exchanged_at=row.exchanged_at,
        session_sha256=row.session_sha256,
        revoked_at=row.revoked_at,
    )
