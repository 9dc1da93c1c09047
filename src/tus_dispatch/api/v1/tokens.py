"""Tokens of programs, each on behalf of the account that made it."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.answers import nothing
from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.errors import failure
from tus_dispatch.api.guard import entry_of
from tus_dispatch.api.idempotency import once_of
from tus_dispatch.api.making import Made, make_once
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.kept import Body, Identity
from tus_dispatch.api.v1.schemas.base import utc_text
from tus_dispatch.api.v1.schemas.doors import NewTokenAnswer, TokenBody, TokensAnswer
from tus_dispatch.desk.entering import Door
from tus_dispatch.desk.tokens import derived_token, digest
from tus_dispatch.domain.organisation import AccountId, Actor
from tus_dispatch.store import events, tokens
from tus_dispatch.store.codes import not_found
from tus_dispatch.store.session import Session
from tus_dispatch.store.tokens import ApiToken, NewToken

router = APIRouter()
_TAG = "tokens"


@router.get("/v1/tokens", **operation(_TAG, "List: token", answer=TokensAnswer))
def listing(request: Request) -> Response:
    """List the tokens of the caller's account."""
    read_query(request, Query)
    actor = actor_of(request)
    with services_of(request).database.read() as session:
        own = _own(session, actor)
    return JSONResponse({"items": [_data(each) for each in own]})


@router.post(
    "/v1/tokens",
    **operation(
        _TAG, "New: token", answer=NewTokenAnswer, status=201, body=TokenBody, creates=True
    ),
)
def make(request: Request, body: Body) -> Response:
    """Make a token; it is shown in this answer only."""
    read_query(request, Query)
    asked, actor = read_shape(TokenBody, body), actor_of(request)
    if entry_of(request).door is not Door.SESSION or actor.account is None:
        raise failure("not-allowed", "Une personne connectée crée les jetons.")
    key = services_of(request).secrets.signing_key
    once = once_of(request, actor, body, key)
    word = derived_token(key, "token", f"{actor.organisation}/{once.account}/{once.key}")
    account = actor.account

    def work(session: Session, actor: Actor) -> Made:
        expires_at = None
        if asked.expires_on is not None:
            end = datetime.combine(asked.expires_on + timedelta(days=1), time(), tzinfo=UTC)
            expires_at = int(end.timestamp())
        scopes = tuple(dict.fromkeys(asked.scopes))
        new = NewToken(AccountId(account), asked.name, digest(word), scopes, expires_at)
        identity = tokens.add_token(session, actor.organisation, new)
        events.record(session, actor.organisation, "token.added", actor, [identity])
        return _made(session, actor, identity, word)

    def again(session: Session, actor: Actor, identity: str) -> Made:
        return _made(session, actor, identity, word)

    return make_once(request, body, work, again)


@router.delete("/v1/tokens/{id}", **operation(_TAG, "Remove: token", status=204, errors=[404, 503]))
def remove(request: Request, id: Identity) -> Response:  # noqa: A002
    """End a token at once."""
    read_query(request, Query)
    actor = actor_of(request)
    with services_of(request).database.write() as session:
        _find(session, actor, id)
        tokens.end_token(session, actor.organisation, id)
        events.record(session, actor.organisation, "token.removed", actor, [id])
    return nothing()


def _own(session: Session, actor: Actor) -> list[ApiToken]:
    every = tokens.tokens(session, actor.organisation)
    return [each for each in every if each.account.id == actor.account]


def _find(session: Session, actor: Actor, identity: str) -> ApiToken:
    for each in _own(session, actor):
        if each.id == identity:
            return each
    raise not_found("token", identity)


def _made(session: Session, actor: Actor, identity: str, word: str) -> Made:
    data = _data(_find(session, actor, identity)) | {"token": word}
    return Made(identity, f"/v1/tokens/{identity}", data)


def _data(token: ApiToken) -> dict[str, Any]:
    used_at, expires_at = token.used_at, token.expires_at
    return {
        "id": token.id,
        "name": token.name,
        "scopes": list(token.scopes),
        "made_at": utc_text(token.made_at),
        "used_at": None if used_at is None else utc_text(used_at),
        "expires_at": None if expires_at is None else utc_text(expires_at),
    }
