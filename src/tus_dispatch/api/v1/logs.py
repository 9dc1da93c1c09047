"""What happened, and who looked at whom: for auditors, by pseudonymous identities."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.documents import operation
from tus_dispatch.api.query import Limit, Position, Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.schemas.base import Answer, AtText, utc_text
from tus_dispatch.formats.native.texts import Id
from tus_dispatch.store import events

router = APIRouter()
_TAG = "logs"


class LogQuery(Query):
    """Parameters of a log."""

    limit: Limit = 50
    cursor: Position | None = None
    subject: Id | None = None


class EventAnswer(Answer):
    """One link of the chain."""

    seq: int
    at: AtText
    kind: str
    actor: str
    subjects: list[str]
    data: dict[str, object]
    hash: str


class EventPage(Answer):
    """A page of a log, oldest first."""

    items: list[EventAnswer]
    next_cursor: str | None


@router.get("/v1/events", **operation(_TAG, "List: event", answer=EventPage, query=LogQuery))
def list_events(request: Request) -> Response:
    """List what happened."""
    return _page(request, events.EVENTS)


@router.get("/v1/views", **operation(_TAG, "List: view", answer=EventPage, query=LogQuery))
def list_views(request: Request) -> Response:
    """List who looked at whom."""
    return _page(request, events.VIEWS)


def _page(request: Request, stream: str) -> Response:
    query = read_query(request, LogQuery)
    with services_of(request).database.read() as session:
        found = events.page(
            session,
            actor_of(request).organisation,
            stream=stream,
            after=query.cursor or 0,
            limit=query.limit + 1,
            subject=query.subject,
        )
    shown = found[: query.limit]
    items = [
        {
            "seq": each.seq,
            "at": utc_text(each.at),
            "kind": each.kind,
            "actor": each.actor,
            "subjects": list(each.subjects),
            "data": each.data,
            "hash": each.hash,
        }
        for each in shown
    ]
    next_cursor = str(shown[-1].seq) if len(found) > len(shown) else None
    return JSONResponse({"items": items, "next_cursor": next_cursor})
