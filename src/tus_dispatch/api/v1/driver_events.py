"""Taps of drivers: taken once, in any order, however late they come."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.dates import Dated, service_day
from tus_dispatch.api.v1.itineraries import expect_open
from tus_dispatch.api.v1.kept import Body
from tus_dispatch.api.v1.schemas.base import local_text
from tus_dispatch.api.v1.schemas.itineraries import (
    DriverEventsAnswer,
    DriverEventsBody,
    TakenEventsAnswer,
)
from tus_dispatch.desk.live.driver_events import record
from tus_dispatch.desk.live.itineraries import itineraries
from tus_dispatch.domain.organisation import Role
from tus_dispatch.domain.service import DriverEvent
from tus_dispatch.domain.units import LegId, ShiftId
from tus_dispatch.store import driver_events

router = APIRouter()
_TAG = "driver events"


@router.get(
    "/v1/days/{date}/driver-events",
    **operation(_TAG, "List: driver event", answer=DriverEventsAnswer, errors=[404, 409]),
)
def listing(request: Request, date: Dated) -> Response:
    """List the taps of a day in the order of the phones' clocks; a driver sees own ones."""
    read_query(request, Query)
    actor = actor_of(request)
    with services_of(request).database.read() as session:
        expect_open(session, actor, date)
        day = service_day(session, actor.organisation, date)
        taps = driver_events.of_day(session, actor.organisation, date)
        if actor.role is Role.DRIVER:
            own = {each.sheet.shift for each in itineraries(session, actor, date)}
            taps = tuple(each for each in taps if each.shift in own)
    items = [
        {
            "id": each.id,
            "shift": each.shift,
            "kind": each.kind.value,
            "leg": each.leg,
            "device_at": local_text(each.device_at, day.time_zone),
            "received_at": local_text(each.received_at, day.time_zone),
        }
        for each in taps
    ]
    return JSONResponse({"items": items})


@router.post(
    "/v1/days/{date}/driver-events",
    **operation(
        _TAG,
        "New: driver events",
        answer=TakenEventsAnswer,
        body=DriverEventsBody,
        errors=[404, 409, 503],
    ),
)
def taking(request: Request, date: Dated, body: Body) -> Response:
    """Take taps; their ids come from the phone, so a repeat is recognised and harmless."""
    read_query(request, Query)
    asked = read_shape(DriverEventsBody, body)
    services, actor = services_of(request), actor_of(request)
    now_at = services.now_at()
    taps = [
        DriverEvent(
            id=each.id,
            service_date=date,
            shift=ShiftId(each.shift),
            kind=each.kind,
            leg=None if each.leg is None else LegId(each.leg),
            device_at=each.device_at,
            received_at=now_at,
        )
        for each in asked.events
    ]
    with services.database.write() as session:
        taken = record(session, actor, date, taps)
    return JSONResponse({"accepted": list(taken.accepted), "repeated": list(taken.repeated)})
