"""Shapes of signing in, accounts, tokens and drivers' links."""

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from tus_dispatch.api.v1.schemas.base import Answer, AtText, Day, DayText, IdText, Kept
from tus_dispatch.desk.access import SCOPES
from tus_dispatch.domain.organisation import Account, PrescriberId, Role
from tus_dispatch.domain.units import DriverId
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Shape
from tus_dispatch.formats.native.texts import Id, Reference, Text

Password = Annotated[str, Field(min_length=1, max_length=200)]
Bearer = Annotated[
    bool, Field(description="true: the answer holds the token and no cookie is set, for programs.")
]
Login = Reference
_ACCOUNT: dict[str, Any] = {
    "login": "lea.exemple",
    "role": "dispatcher",
    "display_name": "Léa Exemple",
}


class SignInBody(Shape):
    """Who signs in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"login": "lea.exemple", "password": "quatre chaises vertes", "bearer": True}
            ]
        }
    )

    login: Login
    password: Password
    code: Annotated[str, Field(pattern="^[0-9]{6}$")] | None = None
    bearer: Bearer = False


class PasswordBody(Shape):
    """A new password."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"current": "quatre chaises vertes", "new": "sept bols sous la pluie"}]
        }
    )

    current: Password
    new: Password


class SessionAnswer(Answer):
    """A session."""

    account: IdText | None
    display_name: str
    role: Role
    scopes: list[str] | None
    service_date: DayText | None
    shift: IdText | None
    expires_at: AtText | None
    token: Annotated[str | None, Field(description="Only where bearer was asked for.")] = None


class AccountBody(Shape):
    """Somebody who may sign in."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ACCOUNT]})

    login: Login
    role: Annotated[Role, Field(strict=False)]
    display_name: Text
    driver: Id | None = None
    prescriber: Text | None = None
    is_disabled: bool = False
    expires_on: Day | None = None
    needs_second_factor: bool = False

    @model_validator(mode="after")
    def _expect_sense(self) -> Self:
        if (self.role is Role.DRIVER) != (self.driver is not None):
            raise refusal("one-of-two", "driver pour le rôle driver, et pour lui seul")
        if (self.role is Role.PRESCRIBER) != (self.prescriber is not None):
            raise refusal("one-of-two", "prescriber pour le rôle prescriber, et pour lui seul")
        return self

    def to_domain(self) -> Account:
        """Return the account."""
        return Account(
            login=self.login,
            role=self.role,
            display_name=self.display_name,
            driver=None if self.driver is None else DriverId(self.driver),
            prescriber=None if self.prescriber is None else PrescriberId(self.prescriber),
            is_disabled=self.is_disabled,
            expires_on=self.expires_on,
            needs_second_factor=self.needs_second_factor or self.role is Role.PRESCRIBER,
        )


class AccountAnswer(Kept):
    """An account as kept."""

    login: str
    role: Role
    display_name: str
    driver: IdText | None
    prescriber: str | None
    is_disabled: bool
    expires_on: DayText | None
    needs_second_factor: bool


class NewAccountAnswer(AccountAnswer):
    """A new account, or one with a new password; both are shown this once."""

    password: str
    totp_uri: Annotated[str | None, Field(description="To be shown as a QR code.")]


class TokenBody(Shape):
    """A token of a program, on behalf of the account that makes it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Tableur", "scopes": ["bookings:read"]}]}
    )

    name: Text
    scopes: Annotated[
        list[Annotated[str, Field(json_schema_extra={"enum": list(SCOPES)})]],
        Field(min_length=1, max_length=len(SCOPES)),
    ]
    expires_on: Day | None = None

    @model_validator(mode="after")
    def _expect_scopes(self) -> Self:
        if unknown := [each for each in self.scopes if each not in SCOPES]:
            raise refusal("unknown-choice", f"des portées connues, pas « {unknown[0][:60]} »")
        return self


class TokenAnswer(Answer):
    """A token of a program."""

    id: IdText
    name: str
    scopes: list[str]
    made_at: AtText
    used_at: AtText | None
    expires_at: AtText | None


class NewTokenAnswer(TokenAnswer):
    """A new token; the word itself is shown this once."""

    token: str


class TokensAnswer(Answer):
    """The tokens of the caller."""

    items: list[TokenAnswer]


class LinkBody(Shape):
    """A driver's link to a shift of a day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"service_date": "2026-03-27", "shift": "shf_2f5n7h3k6q4t8v2w5x7z9b3d4f"}]
        }
    )

    service_date: Day
    shift: Id


class LinkAnswer(Answer):
    """A driver's link."""

    id: IdText
    driver: IdText
    shift: IdText
    service_date: DayText
    valid_from: AtText
    valid_until: AtText
    is_exchanged: bool
    is_revoked: bool
    wrong_pins: int


class NewLinkAnswer(LinkAnswer):
    """A new link: what is sent to the phone, and the PIN that is told another way."""

    path: Annotated[str, Field(description="Address below the service, with the token behind #.")]
    pin: str


class LinksAnswer(Answer):
    """The links of a day."""

    items: list[LinkAnswer]


class ExchangeBody(Shape):
    """What a driver's phone sends after a tap: the token of the link, and the PIN."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"token": "p8VzQ2mJ4xT6bN1cR7dK9fH3gL5sW0aYqXeUiOvPzBk", "pin": "042917"}]
        }
    )

    token: Annotated[str, Field(min_length=20, max_length=100)]
    pin: Annotated[str, Field(pattern="^[0-9]{6}$")]
    bearer: Bearer = False


def account_data(account: Account) -> dict[str, Any]:
    """Write an account as the fields of its body.

    Parameters
    ----------
    account
        Somebody who may sign in.

    Returns
    -------
    dict
        What ``AccountBody`` reads back.
    """
    expires_on = account.expires_on
    return {
        "login": account.login,
        "role": account.role.value,
        "display_name": account.display_name,
        "driver": account.driver,
        "prescriber": account.prescriber,
        "is_disabled": account.is_disabled,
        "expires_on": None if expires_on is None else expires_on.isoformat(),
        "needs_second_factor": account.needs_second_factor,
    }
