"""Quotes: where a booking fits into the current plan, or why not and what would work."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.bookings import kind_for
from tus_dispatch.api.v1.dates import service_day
from tus_dispatch.api.v1.kept import Body, expect_references
from tus_dispatch.api.v1.schemas.bookings import BookingBody
from tus_dispatch.api.v1.schemas.quotes import (
    OffersAnswer,
    RefusalAnswer,
    offers_data,
    refusal_data,
)
from tus_dispatch.desk.live.assemble import scenario_from
from tus_dispatch.desk.live.days import records_of, with_asked
from tus_dispatch.desk.live.lifting import signed
from tus_dispatch.desk.live.quoting import ASKING, quote
from tus_dispatch.domain.offer import Refusal
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.store.session import Session

router = APIRouter()


@router.post(
    "/v1/quotes",
    **operation(
        "quotes",
        "Ask for a trip",
        answer=(OffersAnswer, RefusalAnswer),
        body=BookingBody,
        errors=[404, 409, 503],
    ),
)
def ask(request: Request, body: Body) -> Response:
    """Answer with offers that are held for a while, or a refusal with alternatives."""
    read_query(request, Query)
    services, actor = services_of(request), actor_of(request)
    asked = read_shape(BookingBody, body)
    with services.database.read() as session:
        day = service_day(session, actor.organisation, asked.service_date)
        value = asked.to_domain(day)
        expect_references(kind_for(session, actor), session, actor, value)
    own = signed(value, actor, services.office.clock.now_at())
    answer = quote(services.office, actor, own)
    if not isinstance(answer, Refusal):
        return JSONResponse(offers_data(answer, day))
    with services.database.read() as session:
        return JSONResponse(_refused(session, actor, value, answer))


def _refused(
    session: Session, actor: Actor, value: DatedBooking, refusal: Refusal
) -> dict[str, Any]:
    booking = replace(value.booking, id=ASKING)
    record = Record(ASKING, 1, replace(value, booking=booking), 0, 0)
    records = records_of(session, actor.organisation, value.service_date)
    scenario = scenario_from(with_asked(session, actor.organisation, records, record))
    return refusal_data(refusal, booking, scenario)
