"""Flexible bookings and events: the planner proposes, somebody agrees, it is a promise."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import ConfigDict

from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.making import Keep, Made, make_decided
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.bookings import kind_for
from tus_dispatch.api.v1.kept import Body, Identity, view, within
from tus_dispatch.api.v1.optional import EVENTS, FLEXIBLE
from tus_dispatch.api.v1.schemas.booking_answers import BookingAnswer
from tus_dispatch.api.v1.schemas.slots import (
    CollectedAnswer,
    ConfirmBody,
    ProposalsAnswer,
    ProposeBody,
    proposals_data,
)
from tus_dispatch.desk.live.flexible import confirm, propose_days
from tus_dispatch.desk.live.gathering import Collected, collect
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.formats.native.shape import Shape
from tus_dispatch.store import organisations
from tus_dispatch.store.session import Session

router = APIRouter()


class CollectBody(Shape):
    """Nothing more is asked: the group that is worth its rounds is collected."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})


@router.post(
    "/v1/flexible-bookings/{id}/proposals",
    **operation(
        "flexible-bookings",
        "Propose days",
        answer=ProposalsAnswer,
        body=ProposeBody,
        errors=[404, 409, 503],
    ),
)
def propose(request: Request, id: Identity, body: Body) -> Response:  # noqa: A002
    """Propose days and hours; nobody else moves beyond the tolerance."""
    read_query(request, Query)
    asked, services, actor = read_shape(ProposeBody, body), services_of(request), actor_of(request)
    with services.database.read() as session:
        within(FLEXIBLE, session, actor, id)
        settings = organisations.load(session, actor.organisation).value
    proposed = propose_days(services.office, actor, id, asked.dates)
    return JSONResponse(proposals_data(proposed, settings.territory.time_zone))


@router.post(
    "/v1/flexible-bookings/{id}/confirm",
    **operation(
        "flexible-bookings",
        "Confirm a proposal",
        answer=BookingAnswer,
        status=201,
        body=ConfirmBody,
        errors=[404],
        creates=True,
    ),
)
def confirming(request: Request, id: Identity, body: Body) -> Response:  # noqa: A002
    """Make the promise of a proposal that somebody has agreed to."""
    read_query(request, Query)
    asked, services, actor = read_shape(ConfirmBody, body), services_of(request), actor_of(request)
    with services.database.read() as session:
        within(FLEXIBLE, session, actor, id)

    def work(keep: Keep) -> None:
        def keep_answer(session: Session, record: Record[DatedBooking]) -> None:
            keep(session, booking_made(session, actor, record))

        confirm(services.office, actor, id, asked.proposal, keep_answer)

    return make_decided(request, body, work)


@router.post(
    "/v1/group-events/{id}/collect",
    **operation(
        "group-events",
        "Collect a group",
        answer=CollectedAnswer,
        status=201,
        body=CollectBody,
        errors=[404],
        creates=True,
    ),
)
def collecting(request: Request, id: Identity, body: Body) -> Response:  # noqa: A002
    """Collect who wants to come, out and back, as far as it is worth its rounds."""
    read_query(request, Query)
    read_shape(CollectBody, body)
    services, actor = services_of(request), actor_of(request)
    with services.database.read() as session:
        within(EVENTS, session, actor, id)

    def work(keep: Keep) -> None:
        def keep_answer(session: Session, collected: Collected) -> None:
            data = _collected(session, actor, id, collected)
            keep(session, Made(id, f"/v1/group-events/{id}", data))

        collect(services.office, actor, id, keep_answer)

    return make_decided(request, body, work)


def booking_made(session: Session, actor: Actor, record: Record[DatedBooking]) -> Made:
    """Describe a booking that was just made.

    Parameters
    ----------
    session, actor
        Where and for whom.
    record
        As kept.

    Returns
    -------
    Made
        With its address.
    """
    data = view(kind_for(session, actor), actor, record)
    return Made(record.id, f"/v1/bookings/{record.id}", data, record.version)


def _collected(session: Session, actor: Actor, event: str, collected: Collected) -> dict[str, Any]:
    kind = kind_for(session, actor)
    return {
        "event": event,
        "bookings": [view(kind, actor, each) for each in collected.bookings],
        "marginal_m": sum(each.offer.marginal_m for each in collected.proposals),
        "left_out": [
            {"source": each.booking.removeprefix(f"{event}-"), **asdict(each.reason)}
            for each in collected.left_out
        ],
    }
