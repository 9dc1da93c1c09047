"""Drivers' links: made by the office, opened once by a phone, over when the round is."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.answers import nothing
from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.errors import failure
from tus_dispatch.api.idempotency import once_of
from tus_dispatch.api.making import Made, make_once
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.kept import Body, Identity
from tus_dispatch.api.v1.schemas.base import Day, utc_text
from tus_dispatch.api.v1.schemas.doors import (
    ExchangeBody,
    LinkBody,
    LinksAnswer,
    NewLinkAnswer,
    SessionAnswer,
)
from tus_dispatch.api.v1.sessions import expect_safe_cookie, set_cookie
from tus_dispatch.desk.driver_links import UnusableLinkError, exchange, new_link, validity
from tus_dispatch.desk.live.days import scenario_of
from tus_dispatch.desk.tokens import derived_pin, derived_token
from tus_dispatch.domain.organisation import Actor, Role
from tus_dispatch.domain.units import ShiftId
from tus_dispatch.store import events, tokens
from tus_dispatch.store.codes import not_found
from tus_dispatch.store.session import Session
from tus_dispatch.store.tokens import DriverLink

router = APIRouter()
_TAG = "driver links"


class LinkQuery(Query):
    """Parameters of the list of links."""

    service_date: Day


@router.get(
    "/v1/driver-links", **operation(_TAG, "List: link", answer=LinksAnswer, query=LinkQuery)
)
def listing(request: Request) -> Response:
    """List the links of a day."""
    query = read_query(request, LinkQuery)
    with services_of(request).database.read() as session:
        found = tokens.links(session, actor_of(request).organisation, query.service_date)
    return JSONResponse({"items": [_data(each) for each in found]})


@router.post(
    "/v1/driver-links",
    **operation(
        _TAG,
        "New: link",
        answer=NewLinkAnswer,
        status=201,
        body=LinkBody,
        errors=[404],
        creates=True,
    ),
)
def make(request: Request, body: Body) -> Response:
    """Make a link to a shift; a former one to the same shift is over at once."""
    read_query(request, Query)
    asked, actor = read_shape(LinkBody, body), actor_of(request)
    key = services_of(request).secrets.signing_key
    once = once_of(request, actor, body, key)
    name = f"{actor.organisation}/{once.account}/{once.key}"
    word, pin = derived_token(key, "link", name), derived_pin(key, name)
    shown = {"path": f"/d#t={word}", "pin": pin}

    def work(session: Session, actor: Actor) -> Made:
        scenario = scenario_of(session, actor.organisation, asked.service_date)
        found = validity(scenario, ShiftId(asked.shift))
        if found is None:
            raise not_found("shift", asked.shift)
        driver, from_at, until_at = found
        span, words = (from_at, until_at), (word, pin)
        link = new_link(driver, ShiftId(asked.shift), asked.service_date, span, words)
        identity = tokens.add_link(session, actor.organisation, link)
        subjects = [identity, driver]
        events.record(session, actor.organisation, "driver_link.added", actor, subjects)
        return again(session, actor, identity)

    def again(session: Session, actor: Actor, identity: str) -> Made:
        for each in tokens.links(session, actor.organisation, asked.service_date):
            if each.id == identity:
                return Made(identity, f"/v1/driver-links/{identity}", _data(each) | shown)
        raise not_found("driver_link", identity)

    return make_once(request, body, work, again)


@router.delete(
    "/v1/driver-links/{id}", **operation(_TAG, "Revoke: link", status=204, errors=[404, 503])
)
def revoke(request: Request, id: Identity) -> Response:  # noqa: A002
    """End a link, and the session of the phone that opened it, at once."""
    read_query(request, Query)
    actor = actor_of(request)
    with services_of(request).database.write() as session:
        tokens.revoke_link(session, actor.organisation, id)
        events.record(session, actor.organisation, "driver_link.revoked", actor, [id])
    return nothing()


@router.post(
    "/v1/driver-links/exchange",
    **operation(
        _TAG, "Open: link", answer=SessionAnswer, status=201, body=ExchangeBody, errors=[503]
    ),
)
def open_link(request: Request, body: Body) -> Response:
    """Exchange a link and its PIN for a session, once; a fifth wrong PIN revokes it."""
    read_query(request, Query)
    asked = read_shape(ExchangeBody, body)
    expect_safe_cookie(request, is_bearer=asked.bearer)
    services = services_of(request)
    try:
        opened = exchange(services.database, asked.token, asked.pin)
    except UnusableLinkError as error:
        raise failure("unusable-link", "Ce lien ou ce code ne convient pas.") from error
    link = opened.link
    data = {
        "account": None,
        "display_name": "",
        "role": Role.DRIVER.value,
        "scopes": None,
        "service_date": link.service_date.isoformat(),
        "shift": link.shift,
        "expires_at": utc_text(link.valid_until_at),
        "token": opened.token if asked.bearer else None,
    }
    response = JSONResponse(data, 201)
    if not asked.bearer:
        set_cookie(request, response, opened.token, link.valid_until_at - services.now_at())
    return response


def _data(link: DriverLink) -> dict[str, Any]:
    return {
        "id": link.id,
        "driver": link.driver,
        "shift": link.shift,
        "service_date": link.service_date.isoformat(),
        "valid_from": utc_text(link.valid_from_at),
        "valid_until": utc_text(link.valid_until_at),
        "is_exchanged": link.exchanged_at is not None,
        "is_revoked": link.revoked_at is not None,
        "wrong_pins": link.wrong_pins,
    }
