"""Accounts and everything that opens the door: passwords, sessions, tokens, drivers' links."""

from datetime import date

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from tus_dispatch.store.tables.base import Kept, Owned, refers


class AccountRow(Kept, table=True):
    """Somebody who may sign in; the login is unique in the installation."""

    __tablename__ = "account"
    __table_args__ = (
        refers("driver_id", "driver"),
        Index("ux_account_login_folded", "login_folded", unique=True),
    )
    login: str
    login_folded: str
    role: str
    display_name: str
    driver_id: str | None
    prescriber_id: str | None
    is_disabled: bool
    expires_on: date | None
    needs_second_factor: bool


class CredentialRow(Owned, table=True):
    """A password's hash and a second factor, with the failures since the last success."""

    __tablename__ = "credential"
    __table_args__ = (refers("account_id", "account"),)
    account_id: str = Field(primary_key=True)
    password_hash: str | None
    totp_secret: str | None
    totp_last_step: int | None = Field(sa_type=BigInteger)
    failures: int
    locked_until_at: int | None = Field(sa_type=BigInteger)
    changed_at: int = Field(sa_type=BigInteger)


class SigninSessionRow(Owned, table=True):
    """A session of somebody signed in, known by the hash of its token."""

    __tablename__ = "signin_session"
    __table_args__ = (
        refers("account_id", "account"),
        Index("ux_signin_session_token", "token_sha256", unique=True),
    )
    id: str = Field(primary_key=True)
    account_id: str
    token_sha256: str
    made_at: int = Field(sa_type=BigInteger)
    seen_at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)
    ended_at: int | None = Field(sa_type=BigInteger)


class ApiTokenRow(Owned, table=True):
    """A token of a program, limited to scopes."""

    __tablename__ = "api_token"
    __table_args__ = (
        refers("account_id", "account"),
        Index("ux_api_token_token", "token_sha256", unique=True),
    )
    id: str = Field(primary_key=True)
    account_id: str
    name: str
    token_sha256: str
    scopes_json: str
    made_at: int = Field(sa_type=BigInteger)
    expires_at: int | None = Field(sa_type=BigInteger)
    used_at: int | None = Field(sa_type=BigInteger)
    ended_at: int | None = Field(sa_type=BigInteger)


class DriverLinkRow(Owned, table=True):
    """A driver's link to one round of one day, known by the hash of its token."""

    __tablename__ = "driver_link"
    __table_args__ = (
        refers("driver_id", "driver"),
        Index("ux_driver_link_token", "token_sha256", unique=True),
        Index("ux_driver_link_session", "session_sha256", unique=True),
        Index(None, "organisation_id", "driver_id", "service_date"),
    )
    id: str = Field(primary_key=True)
    driver_id: str
    shift_id: str
    service_date: date
    token_sha256: str
    pin_hash: str
    wrong_pins: int
    valid_from_at: int = Field(sa_type=BigInteger)
    valid_until_at: int = Field(sa_type=BigInteger)
    made_at: int = Field(sa_type=BigInteger)
    exchanged_at: int | None = Field(sa_type=BigInteger)
    session_sha256: str | None
    revoked_at: int | None = Field(sa_type=BigInteger)
