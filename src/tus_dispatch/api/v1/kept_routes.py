"""The five routes of a list of kept things: list, new, one, change, removal."""

from typing import TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.answers import nothing, one, page_data
from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.etags import expected_version
from tus_dispatch.api.making import Made, make_once
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.kept import (
    Body,
    Identity,
    KeptKind,
    expect_references,
    expect_writable,
    made_of,
    stale_as_view,
    view,
    within,
)
from tus_dispatch.api.v1.schemas.changes import page_of
from tus_dispatch.api.views import note_views
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.store.session import Session

T = TypeVar("T")


def routes_of(kind: KeptKind[T]) -> APIRouter:
    """Make the five routes of a kind.

    Parameters
    ----------
    kind
        What is particular about it.

    Returns
    -------
    APIRouter
        With list, new, one, change and removal.
    """
    router = APIRouter()
    add_reading(router, kind)
    add_making(router, kind)
    add_changing(router, kind)
    return router


def add_reading(router: APIRouter, kind: KeptKind[T]) -> None:
    """Add the list and the reading of one.

    Parameters
    ----------
    router
        Where the routes go.
    kind
        What is listed.
    """
    name, tag = kind.word.replace("_", " "), kind.path.removeprefix("/v1/")
    listed = operation(tag, f"List: {name}", answer=page_of(kind.answer), query=kind.query)

    @router.get(kind.path, name=f"list {tag}", **listed)
    def listing(request: Request) -> Response:
        query, actor = read_query(request, kind.query), actor_of(request)
        filters = query.model_dump(exclude={"limit", "cursor"})
        with services_of(request).database.read() as session:
            page = kind.resource.page(
                session,
                actor.organisation,
                after=query.cursor,
                limit=query.limit,
                **filters | dict(kind.narrowing(actor)),
            )
        note_views(request, [each for record in page.records for each in kind.shown(record)])
        return JSONResponse(page_data(page, [view(kind, actor, each) for each in page.records]))

    read = operation(tag, f"Read: {name}", answer=kind.answer, errors=[404])

    @router.get(kind.path + "/{id}", name=f"read {tag}", **read)
    def reading(request: Request, id: Identity) -> Response:  # noqa: A002
        read_query(request, Query)
        actor = actor_of(request)
        with services_of(request).database.read() as session:
            record = within(kind, session, actor, id)
        note_views(request, kind.shown(record))
        return one(view(kind, actor, record), record.version)


def add_making(router: APIRouter, kind: KeptKind[T]) -> None:
    """Add the making of a new one.

    Parameters
    ----------
    router
        Where the route goes.
    kind
        What is made.
    """
    name, tag = kind.word.replace("_", " "), kind.path.removeprefix("/v1/")
    made = operation(
        tag,
        f"New: {name}",
        answer=kind.answer,
        status=201,
        body=kind.body,
        errors=[404],
        creates=True,
    )

    @router.post(kind.path, name=f"new {tag}", **made)
    def making(request: Request, body: Body) -> Response:
        read_query(request, Query)
        expect_writable(kind, actor_of(request), body)
        value: T = read_shape(kind.body, body).to_domain()

        def work(session: Session, actor: Actor) -> Made:
            own = kind.owned(actor, value)
            expect_references(kind, session, actor, own)
            kind.expect_room(session, actor, own, None)
            record = kind.resource.add(session, actor.organisation, own, actor=actor)
            return made_of(kind, actor, record)

        def again(session: Session, actor: Actor, identity: str) -> Made:
            return made_of(kind, actor, within(kind, session, actor, identity))

        return make_once(request, body, work, again if kind.is_personal else None)


def add_changing(router: APIRouter, kind: KeptKind[T]) -> None:
    """Add the change and the removal of one.

    Parameters
    ----------
    router
        Where the routes go.
    kind
        What is changed.
    """
    name, tag = kind.word.replace("_", " "), kind.path.removeprefix("/v1/")
    changed = operation(tag, f"Change: {name}", answer=kind.answer, partial=kind.body, changes=True)

    @router.patch(kind.path + "/{id}", name=f"change {tag}", **changed)
    def changing(request: Request, id: Identity, body: Body) -> Response:  # noqa: A002
        read_query(request, Query)
        actor, version = actor_of(request), expected_version(request)
        expect_writable(kind, actor, body)
        with services_of(request).database.write() as session, stale_as_view(kind, actor):
            record = within(kind, session, actor, id)
            value: T = read_shape(kind.body, kind.data(record.value) | body).to_domain()
            own = kind.carried(record.value, kind.owned(actor, value))
            expect_references(kind, session, actor, own)
            kind.expect_room(session, actor, own, id)
            record = kind.resource.change(
                session, actor.organisation, id, version, own, actor=actor
            )
        return one(view(kind, actor, record), record.version)

    removed = operation(tag, f"Remove: {name}", status=204, changes=True)

    @router.delete(kind.path + "/{id}", name=f"remove {tag}", **removed)
    def removing(request: Request, id: Identity) -> Response:  # noqa: A002
        read_query(request, Query)
        actor, version = actor_of(request), expected_version(request)
        with services_of(request).database.write() as session, stale_as_view(kind, actor):
            within(kind, session, actor, id)
            kind.resource.remove(session, actor.organisation, id, version, actor=actor)
        return nothing()
