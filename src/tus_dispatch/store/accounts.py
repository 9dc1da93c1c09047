"""Passwords, second factors and sessions of accounts, as hashes and instants only."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from tus_dispatch.domain.organisation import Account, AccountId, OrganisationId
from tus_dispatch.domain.record import Record
from tus_dispatch.store.ids import new_id
from tus_dispatch.store.mapping.people import account_of
from tus_dispatch.store.session import Session
from tus_dispatch.store.tables.access import AccountRow, CredentialRow, SigninSessionRow
from tus_dispatch.store.tables.base import columns

_ACCOUNT = columns(AccountRow)
_CREDENTIAL = columns(CredentialRow)
_SIGNIN_SESSION = columns(SigninSessionRow)


@dataclass(frozen=True, slots=True)
class Credential:
    """What an account signs in with.

    Attributes
    ----------
    password_hash
        As the password library writes it, or None before one is chosen.
    totp_secret
        Of the second factor, or None.
    totp_last_step
        Time step of the last code accepted, which is never accepted again.
    failures
        Since the last success.
    locked_until_at
        No attempt counts before, or None.
    """

    password_hash: str | None = None
    totp_secret: str | None = None
    totp_last_step: int | None = None
    failures: int = 0
    locked_until_at: int | None = None


@dataclass(frozen=True, slots=True)
class SigninSession:
    """A session of somebody signed in.

    Attributes
    ----------
    id
        Random; not the token.
    organisation, account
        Whose.
    made_at, seen_at, expires_at
        UTC epoch seconds.
    """

    id: str
    organisation: OrganisationId
    account: Record[Account]
    made_at: int
    seen_at: int
    expires_at: int


def find_by_login(session: Session, login: str) -> tuple[OrganisationId, Record[Account]] | None:
    """Return the account of a login in the whole installation, or None.

    Parameters
    ----------
    session
        Of a read or a write.
    login
        As typed; capitals do not matter.

    Returns
    -------
    pair or None
        Association and account, disabled or not.
    """
    row = session.scalars(
        select(AccountRow)
        .where(_ACCOUNT.login_folded == login.casefold())
        .execution_options(populate_existing=True)
    ).first()
    return None if row is None else (OrganisationId(row.organisation_id), _record(row))


def credential(session: Session, organisation: OrganisationId, account: AccountId) -> Credential:
    """Return what an account signs in with; nothing at all before it was set."""
    row = session.scalars(
        select(CredentialRow)
        .where(_CREDENTIAL.organisation_id == organisation, _CREDENTIAL.account_id == account)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return Credential()
    return Credential(**{name: getattr(row, name) for name in Credential.__slots__})


def set_credential(
    session: Session, organisation: OrganisationId, account: AccountId, value: Credential
) -> None:
    """Replace what an account signs in with.

    Parameters
    ----------
    session
        Of a write.
    organisation, account
        Whose.
    value
        Hashes and counts.
    """
    values = {name: getattr(value, name) for name in Credential.__slots__}
    values["changed_at"] = session.clock.now_at()
    result: Any = session.execute(
        update(CredentialRow)
        .where(_CREDENTIAL.organisation_id == organisation, _CREDENTIAL.account_id == account)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    if result.rowcount == 0:
        keys = {"organisation_id": organisation, "account_id": account}
        session.execute(insert(CredentialRow), keys | values)


def open_session(
    session: Session,
    organisation: OrganisationId,
    account: AccountId,
    token_sha256: str,
    expires_at: int,
) -> str:
    """Keep a session.

    Parameters
    ----------
    session
        Of a write.
    organisation, account
        Who signed in.
    token_sha256
        Hash of the token; the token itself is kept nowhere.
    expires_at
        UTC epoch seconds.

    Returns
    -------
    str
        Identity of the session.
    """
    identity, now = new_id("ses"), session.clock.now_at()
    row = {
        "organisation_id": organisation,
        "id": identity,
        "account_id": account,
        "token_sha256": token_sha256,
        "made_at": now,
        "seen_at": now,
        "expires_at": expires_at,
        "ended_at": None,
    }
    session.execute(insert(SigninSessionRow), row)
    return identity


def find_session(session: Session, token_sha256: str) -> SigninSession | None:
    """Return the live session of a token, or None.

    Parameters
    ----------
    session
        Of a read or a write.
    token_sha256
        Hash of the token.

    Returns
    -------
    SigninSession or None
        None once it has ended or expired, or its account is disabled: at once,
        because every request asks here.
    """
    found = session.execute(
        select(SigninSessionRow, AccountRow)
        .join(
            AccountRow,
            (_ACCOUNT.organisation_id == _SIGNIN_SESSION.organisation_id)
            & (_ACCOUNT.id == _SIGNIN_SESSION.account_id),
        )
        .where(
            _SIGNIN_SESSION.token_sha256 == token_sha256,
            _SIGNIN_SESSION.ended_at.is_(None),
            _SIGNIN_SESSION.expires_at > session.clock.now_at(),
            _ACCOUNT.is_disabled.is_(False),
        )
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        return None
    row, account = found
    return SigninSession(
        id=row.id,
        organisation=OrganisationId(row.organisation_id),
        account=_record(account),
        made_at=row.made_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
    )


def touch_session(session: Session, organisation: OrganisationId, identity: str) -> None:
    """Note that a session was used now."""
    _set(session, organisation, _SIGNIN_SESSION.id == identity, seen_at=session.clock.now_at())


def end_session(session: Session, organisation: OrganisationId, identity: str) -> None:
    """End a session: signing out."""
    _end(session, organisation, _SIGNIN_SESSION.id == identity)


def end_sessions_of(session: Session, organisation: OrganisationId, account: AccountId) -> None:
    """End every session of an account."""
    _end(session, organisation, _SIGNIN_SESSION.account_id == account)


def _end(session: Session, organisation: str, which: Any) -> None:
    alive = which & _SIGNIN_SESSION.ended_at.is_(None)
    _set(session, organisation, alive, ended_at=session.clock.now_at())


def _set(session: Session, organisation: str, which: Any, **values: int) -> None:
    session.execute(
        update(SigninSessionRow)
        .where(_SIGNIN_SESSION.organisation_id == organisation, which)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _record(row: AccountRow) -> Record[Account]:
    return Record(row.id, row.version, account_of(row), row.created_at, row.changed_at)
