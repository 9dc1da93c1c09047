"""Bookings: asked for directly and planned later, or made by taking an offer."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from tus_dispatch.api.answers import one, page_data
from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.errors import failure
from tus_dispatch.api.etags import expected_version
from tus_dispatch.api.idempotency import once_of
from tus_dispatch.api.making import Made, find_kept, keep, make_once, repeated
from tus_dispatch.api.query import Flag, PageQuery, Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.dates import service_day
from tus_dispatch.api.v1.kept import (
    Body,
    Identity,
    KeptKind,
    Reference,
    expect_references,
    expect_writable,
    stale_as_view,
    view,
    with_unseen,
    within,
)
from tus_dispatch.api.v1.lists import SHIFTS, is_referred, leg_references, referred
from tus_dispatch.api.v1.schemas.base import Day
from tus_dispatch.api.v1.schemas.booking_answers import BookingAnswer, booking_data
from tus_dispatch.api.v1.schemas.bookings import BookingBody, CancelBody, TakenOfferBody
from tus_dispatch.api.v1.schemas.changes import page_of
from tus_dispatch.desk.live.booking import book_offer
from tus_dispatch.desk.live.booking import request as request_booking
from tus_dispatch.desk.live.cancelling import CancelledBy, Wish, cancel
from tus_dispatch.desk.live.changing import change
from tus_dispatch.desk.live.lifting import signed
from tus_dispatch.domain.organisation import Actor, Role
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.formats.native.texts import Id
from tus_dispatch.store import organisations, resources
from tus_dispatch.store.session import Session

router = APIRouter()
_TAG = "bookings"
_FIELDS = tuple(field.alias or name for name, field in BookingBody.model_fields.items())


class ChangeQuery(Query):
    """Parameters of a change."""

    later: Annotated[
        Flag, Field(description="Whether it may leave the plan where it no longer fits.")
    ] = False


class BookingQuery(PageQuery):
    """Parameters of the list of bookings."""

    service_date: Day | None = None
    from_date: Day | None = None
    until_date: Day | None = None
    participant: Id | None = None
    standing: Id | None = None


def bookings_in(time_zone: str) -> KeptKind[DatedBooking]:
    """Describe bookings, whose times are written by the clock of an association.

    Parameters
    ----------
    time_zone
        Of the association.

    Returns
    -------
    KeptKind
        To read, to reach and to show them.
    """

    def data(value: DatedBooking) -> dict[str, Any]:
        return booking_data(value, ServiceDay(value.service_date, time_zone))

    return KeptKind(
        "/v1/bookings",
        "booking",
        resources.BOOKINGS,
        BookingBody,
        BookingAnswer,
        data,
        query=BookingQuery,
        references=_references,
        narrowing=referred,
        is_within=_is_within,
    )


def kind_for(session: Session, actor: Actor) -> KeptKind[DatedBooking]:
    """Describe the bookings of a caller's association.

    Parameters
    ----------
    session, actor
        Where and for whom.

    Returns
    -------
    KeptKind
        With its clock.
    """
    settings = organisations.load(session, actor.organisation).value
    return bookings_in(settings.territory.time_zone)


@router.get(
    "/v1/bookings",
    **operation(_TAG, "List: booking", answer=page_of(BookingAnswer), query=BookingQuery),
)
def listing(request: Request) -> Response:
    """List bookings; a prescriber sees those of people within reach."""
    query, actor = read_query(request, BookingQuery), actor_of(request)
    filters = query.model_dump(exclude={"limit", "cursor"})
    with services_of(request).database.read() as session:
        kind = kind_for(session, actor)
        page = resources.BOOKINGS.page(
            session,
            actor.organisation,
            after=query.cursor,
            limit=query.limit,
            **filters | dict(kind.narrowing(actor)),
        )
    return JSONResponse(page_data(page, [view(kind, actor, each) for each in page.records]))


@router.get(
    "/v1/bookings/{id}",
    **operation(_TAG, "Read: booking", answer=BookingAnswer, errors=[404]),
)
def reading(request: Request, id: Identity) -> Response:  # noqa: A002
    """Read a booking with the state of each leg."""
    read_query(request, Query)
    actor = actor_of(request)
    with services_of(request).database.read() as session:
        kind = kind_for(session, actor)
        record = within(kind, session, actor, id)
    return one(view(kind, actor, record), record.version)


@router.post(
    "/v1/bookings",
    **operation(
        _TAG,
        "New: booking",
        answer=BookingAnswer,
        status=201,
        body=(BookingBody, TakenOfferBody),
        errors=[404],
        creates=True,
    ),
)
def making(request: Request, body: Body) -> Response:
    """Take a request that is planned later, or an offer, whose promise is kept from now on."""
    read_query(request, Query)
    if "offer" in body:
        return _take_offer(request, body)
    actor, office = actor_of(request), services_of(request).office
    asked = read_shape(BookingBody, body)

    def work(session: Session, actor: Actor) -> Made:
        kind = kind_for(session, actor)
        expect_writable(kind, actor, body)
        value = asked.to_domain(service_day(session, actor.organisation, asked.service_date))
        expect_references(kind, session, actor, value)
        own = signed(value, actor, office.clock.now_at())
        return _made(kind, actor, request_booking(office, session, actor, own))

    with services_of(request).database.read() as session:
        expect_writable(kind_for(session, actor), actor, body)
    return make_once(request, body, work)


def _take_offer(request: Request, body: dict[str, Any]) -> Response:
    """Make the promise of an offer; the answer to repeat is kept with the booking."""
    services, actor = services_of(request), actor_of(request)
    asked = read_shape(TakenOfferBody, body)
    if actor.role is Role.PRESCRIBER:
        raise failure("not-allowed", "Les propositions sont prises par le service.")
    once = once_of(request, actor, body, services.secrets.signing_key)
    made: list[Made] = []

    def keep_answer(session: Session, record: Record[DatedBooking]) -> None:
        made.append(_made(kind_for(session, actor), actor, record))
        keep(session, actor, once, made[-1], is_secret=False)

    with services.in_flight.hold(once):
        with services.database.read() as session:
            kept = find_kept(session, actor, once)
            if kept is not None:
                return repeated(session, actor, kept, None)
        book_offer(services.office, actor, asked.offer, keep_answer)
    return made[-1].response()


@router.patch(
    "/v1/bookings/{id}",
    **operation(
        _TAG,
        "Change: booking",
        answer=BookingAnswer,
        partial=BookingBody,
        query=ChangeQuery,
        changes=True,
    ),
)
def changing(request: Request, id: Identity, body: Body) -> Response:  # noqa: A002
    """Change a booking; where the plan serves it, it must fit in again, or nothing changes."""
    query, services = read_query(request, ChangeQuery), services_of(request)
    actor, version = actor_of(request), expected_version(request)
    with services.database.write() as session:
        kind = kind_for(session, actor)
        expect_writable(kind, actor, body)
        with stale_as_view(kind, actor):
            record = within(kind, session, actor, id)
            before = _fields_of(kind, record.value)
            asked = read_shape(BookingBody, before | body)
            day = service_day(session, actor.organisation, asked.service_date)
            wanted = _carried(record.value, asked.to_domain(day, record.value.states))
            expect_references(kind, session, actor, wanted)
            own = signed(
                wanted, actor, services.office.clock.now_at(), record.value.booking.overrides
            )
            read = replace(record, version=version)
            record = change(services.office, session, actor, read, own, later=query.later)
    return one(view(kind, actor, record), record.version)


@router.post(
    "/v1/bookings/{id}/cancel",
    **operation(_TAG, "Cancel: booking", answer=BookingAnswer, body=CancelBody, changes=True),
)
def cancelling(request: Request, id: Identity, body: Body) -> Response:  # noqa: A002
    """Cancel legs; the person leaves the plan, everybody else keeps round and promise."""
    read_query(request, Query)
    asked, services = read_shape(CancelBody, body), services_of(request)
    actor, version = actor_of(request), expected_version(request)
    if asked.by_service and actor.role is Role.PRESCRIBER:
        detail = "Le champ « by_service » n’est pas ouvert à votre rôle."
        raise failure("field-not-yours", detail, "/by_service")
    by = CancelledBy.SERVICE if asked.by_service else CancelledBy.USER
    wish = Wish(by, asked.directions, asked.keeps_return)
    with services.database.write() as session:
        kind = kind_for(session, actor)
        with stale_as_view(kind, actor):
            read = replace(within(kind, session, actor, id), version=version)
            record = cancel(services.office, session, actor, read, wish)
    return one(view(kind, actor, record), record.version)


def _fields_of(kind: KeptKind[DatedBooking], value: DatedBooking) -> dict[str, Any]:
    """Return the fields of a body, without what the service has signed."""
    data = kind.data(value)
    lifted = [{key: each[key] for key in ("reason", "motive")} for each in data["overrides"]]
    return {key: data[key] for key in _FIELDS} | {"overrides": lifted}


def _made(kind: KeptKind[DatedBooking], actor: Actor, record: Record[DatedBooking]) -> Made:
    path = f"/v1/bookings/{record.id}"
    return Made(record.id, path, view(kind, actor, record), record.version)


def _carried(before: DatedBooking, wanted: DatedBooking) -> DatedBooking:
    return replace(wanted, booking=with_unseen(before.booking, wanted.booking, BookingBody))


def _references(kept: DatedBooking) -> Iterable[Reference]:
    booking = kept.booking
    legs = {"outward": booking.outward, "return": booking.return_leg}
    yield from leg_references(booking.participant, legs)
    for name, leg in legs.items():
        if leg is not None and leg.pin is not None and leg.pin.shift is not None:
            yield Reference(f"/{name}_pin/shift", SHIFTS, leg.pin.shift)


def _is_within(session: Session, actor: Actor, record: Record[DatedBooking]) -> bool:
    return is_referred(session, actor, record.value.booking.participant)
