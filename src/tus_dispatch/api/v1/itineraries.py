"""What drivers read: sheets of the published plan, in every format."""

from collections.abc import Iterable
from datetime import date as calendar_date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.answers import wanted_format
from tus_dispatch.api.documents import operation
from tus_dispatch.api.query import read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.dates import Dated, service_day
from tus_dispatch.api.v1.kept import Identity
from tus_dispatch.api.v1.schemas.itineraries import (
    FormatQuery,
    SheetAnswer,
    SheetsAnswer,
    sheet_data,
)
from tus_dispatch.api.views import note_views
from tus_dispatch.desk.live.itineraries import (
    Itinerary,
    SheetFormat,
    itineraries,
    itinerary,
    missing,
    render,
)
from tus_dispatch.domain.organisation import Actor, Role
from tus_dispatch.domain.units import LegId
from tus_dispatch.store.session import Session

router = APIRouter()
_TAG = "itineraries"
# A driver's own sheets are open around their day only.
_BEFORE_S, _AFTER_S = 12 * 3600, 2 * 3600
_SHEET_MEDIA = {each.value: each.media_type.partition(";")[0] for each in SheetFormat}
_ARCHIVE_MEDIA = {"json": "application/json", "zip": "application/zip"}


@router.get(
    "/v1/days/{date}/itineraries",
    **operation(
        _TAG,
        "List: itinerary",
        answer=SheetsAnswer,
        also={"application/zip": "With ?format=: one file of that format per shift."},
        query=FormatQuery,
        errors=[404, 406, 409],
    ),
)
def listing(request: Request, date: Dated) -> Response:
    """Read the itineraries of a day; a driver reads the own ones, around their day."""
    query = read_query(request, FormatQuery)
    asked = query.format or wanted_format(request, _ARCHIVE_MEDIA, None)
    actor = actor_of(request)
    with services_of(request).database.read() as session:
        expect_open(session, actor, date)
        found = itineraries(session, actor, date)
    _note(request, found)
    if asked == "json":
        return JSONResponse({"items": [sheet_data(each.sheet) for each in found]})
    wanted = SheetFormat.PDF if asked == "zip" else SheetFormat(asked)
    return Response(_archive(found, wanted, date), media_type="application/zip")


@router.get(
    "/v1/days/{date}/itineraries/{shift}",
    **operation(
        _TAG,
        "Read: itinerary",
        answer=SheetAnswer,
        also={media: "The sheet." for word, media in _SHEET_MEDIA.items() if word != "json"},
        query=FormatQuery,
        errors=[404, 406, 409],
    ),
)
def reading(request: Request, date: Dated, shift: Identity) -> Response:
    """Read the itinerary of a shift."""
    query = read_query(request, FormatQuery)
    wanted = wanted_format(request, _SHEET_MEDIA, query.format)
    actor = actor_of(request)
    with services_of(request).database.read() as session:
        expect_open(session, actor, date)
        found = itinerary(session, actor, date, shift)
    _note(request, [found])
    if wanted == "json":
        return JSONResponse(sheet_data(found.sheet))
    chosen = SheetFormat(wanted)
    return Response(render(found, chosen), media_type=chosen.media_type)


def expect_open(session: Session, actor: Actor, on: calendar_date) -> None:
    """Let a driver's own sheets disappear when their day is over.

    Parameters
    ----------
    session
        Of a read or a write.
    actor
        Who is asking.
    on
        Which day.

    Raises
    ------
    NotFoundError
        Before and after, as if there were none.
    """
    if actor.role is not Role.DRIVER:
        return
    day = service_day(session, actor.organisation, on)
    since_s = session.clock.now_at() - day.start_at
    if not -_BEFORE_S <= since_s < day.length_s + _AFTER_S:
        raise missing(on.isoformat())


def _note(request: Request, found: Iterable[Itinerary]) -> None:
    note_views(request, (each for one in found for each in _people_on(one)), "sheet")


def _people_on(one: Itinerary) -> Iterable[str]:
    plan = one.plan
    owners = {each.id: each.participant for each in plan.scenario.bookings}
    legs = (stop.leg for each in plan.rounds for stop in each.stops if stop.leg is not None)
    bookings = dict.fromkeys(_booking_of(leg) for leg in legs)
    return [owners[each] for each in owners if each in bookings]


def _booking_of(leg: LegId) -> str:
    return leg.rpartition(":")[0]


def _archive(found: Iterable[Itinerary], wanted: SheetFormat, on: calendar_date) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for each in found:
            name = f"{each.sheet.shift}.{wanted.value}"
            entry = ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
            archive.writestr(entry, render(each, wanted))
    return content.getvalue()
