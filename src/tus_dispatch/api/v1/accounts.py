"""Accounts: who may sign in, and new passwords after a lock or a loss."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from tus_dispatch.api.answers import one
from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.errors import failure
from tus_dispatch.api.etags import expected_version
from tus_dispatch.api.idempotency import once_of
from tus_dispatch.api.making import Made, make_once
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.kept import (
    Body,
    Identity,
    KeptKind,
    Reference,
    expect_references,
    stale_as_view,
    view,
    within,
)
from tus_dispatch.api.v1.kept_routes import add_reading
from tus_dispatch.api.v1.lists import DRIVERS
from tus_dispatch.api.v1.schemas.doors import (
    AccountAnswer,
    AccountBody,
    NewAccountAnswer,
    account_data,
)
from tus_dispatch.desk import accounts, second_factor
from tus_dispatch.desk.tokens import derived_password, derived_totp_secret
from tus_dispatch.domain.organisation import Account, Actor, Role
from tus_dispatch.domain.record import Record
from tus_dispatch.store import events, resources
from tus_dispatch.store.session import Session

router = APIRouter()
_TAG = "accounts"
# Whoever looks after people does not hand out the keys to the logs and the settings.
_ABOVE = {Role.ADMIN, Role.AUDITOR}


def _references(account: Account) -> Iterable[Reference]:
    if account.driver is not None:
        yield Reference("/driver", DRIVERS, account.driver)


ACCOUNTS: KeptKind[Account] = KeptKind(
    "/v1/accounts",
    "account",
    resources.ACCOUNTS,
    AccountBody,
    AccountAnswer,
    account_data,
    references=_references,
    is_personal=True,
)
add_reading(router, ACCOUNTS)


@router.post(
    "/v1/accounts",
    **operation(
        _TAG,
        "New account, with its first password",
        answer=NewAccountAnswer,
        status=201,
        body=AccountBody,
        errors=[404],
        creates=True,
    ),
)
def make(request: Request, body: Body) -> Response:
    """Make an account; its password and second factor are shown in this answer only."""
    read_query(request, Query)
    value = read_shape(AccountBody, body).to_domain()
    actor = actor_of(request)
    _expect_grantable(actor, value)
    words = _words_of(request, body)

    def work(session: Session, actor: Actor) -> Made:
        expect_references(ACCOUNTS, session, actor, value)
        record = resources.ACCOUNTS.add(session, actor.organisation, value, actor=actor)
        accounts.reset(session, actor.organisation, record, words.password, words.totp_secret)
        return _made(actor, record, words)

    def again(session: Session, actor: Actor, identity: str) -> Made:
        return _made(actor, within(ACCOUNTS, session, actor, identity), words)

    return make_once(request, body, work, again)


@router.patch(
    "/v1/accounts/{id}",
    **operation(_TAG, "Change: account", answer=AccountAnswer, partial=AccountBody, changes=True),
)
def change(request: Request, id: Identity, body: Body) -> Response:  # noqa: A002
    """Change an account; disabling it ends its sessions and tokens at once."""
    read_query(request, Query)
    actor, version = actor_of(request), expected_version(request)
    with services_of(request).database.write() as session, stale_as_view(ACCOUNTS, actor):
        record = within(ACCOUNTS, session, actor, id)
        _expect_grantable(actor, record.value)
        value = read_shape(AccountBody, account_data(record.value) | body).to_domain()
        _expect_grantable(actor, value)
        expect_references(ACCOUNTS, session, actor, value)
        record = resources.ACCOUNTS.change(
            session, actor.organisation, id, version, value, actor=actor
        )
        if value.is_disabled:
            accounts.end_everything(session, actor.organisation, record)
    return one(view(ACCOUNTS, actor, record), record.version)


@router.post(
    "/v1/accounts/{id}/reset",
    **operation(
        _TAG,
        "New password and second factor",
        answer=NewAccountAnswer,
        status=201,
        errors=[404],
        creates=True,
    ),
)
def reset(request: Request, id: Identity) -> Response:  # noqa: A002
    """Give an account a new password and second factor; its sessions end."""
    read_query(request, Query)
    words = _words_of(request, {})

    def work(session: Session, actor: Actor) -> Made:
        record = within(ACCOUNTS, session, actor, id)
        _expect_grantable(actor, record.value)
        accounts.reset(session, actor.organisation, record, words.password, words.totp_secret)
        events.record(session, actor.organisation, "account.reset", actor, [record.id])
        return _made(actor, record, words)

    def again(session: Session, actor: Actor, identity: str) -> Made:
        return _made(actor, within(ACCOUNTS, session, actor, identity), words)

    return make_once(request, {}, work, again)


@dataclass(frozen=True, slots=True)
class _Words:
    """What belongs to one request for an account, the same for a repeat of it."""

    password: str
    totp_secret: str


def _words_of(request: Request, body: Mapping[str, Any]) -> _Words:
    services, actor = services_of(request), actor_of(request)
    key = services.secrets.signing_key
    once = once_of(request, actor, body, key)
    name = f"{actor.organisation}/{once.account}/{once.key}"
    return _Words(derived_password(key, name), derived_totp_secret(key, name))


def _made(actor: Actor, record: Record[Account], words: _Words) -> Made:
    account = record.value
    uri = None
    if accounts.needs_code(account):
        uri = second_factor.enrolment_uri(words.totp_secret, account.login)
    data = view(ACCOUNTS, actor, record) | {"password": words.password, "totp_uri": uri}
    return Made(record.id, f"/v1/accounts/{record.id}", data, record.version)


def _expect_grantable(actor: Actor, account: Account) -> None:
    if actor.role is not Role.ADMIN and account.role in _ABOVE:
        raise failure("not-allowed", "Ce rôle est confié par une personne de rôle admin.")
