"""Slot offers to partners: seen without names, held for a time, booked inside."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from tus_dispatch.api.answers import kept_data, nothing, one
from tus_dispatch.api.body import read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.etags import expected_version
from tus_dispatch.api.making import Keep, Made, make_decided, make_once
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import actor_of, services_of
from tus_dispatch.api.v1.dates import service_day
from tus_dispatch.api.v1.flexible import booking_made
from tus_dispatch.api.v1.kept import Body, Identity, Reference, expect_reachable
from tus_dispatch.api.v1.lists import PARTICIPANTS, PLACES
from tus_dispatch.api.v1.schemas.base import Day
from tus_dispatch.api.v1.schemas.booking_answers import BookingAnswer
from tus_dispatch.api.v1.schemas.slots import (
    HoldAnswer,
    HoldBody,
    InsideBody,
    SlotsAnswer,
    hold_data,
    slot_name,
    slots_data,
)
from tus_dispatch.desk.live.slot_holding import WantedHold, book_held, hold, slots_of
from tus_dispatch.domain.kept_daytime import KeptHold
from tus_dispatch.domain.organisation import Actor, Role
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.formats.native.texts import Id
from tus_dispatch.store import daytime
from tus_dispatch.store.codes import not_found
from tus_dispatch.store.session import Session

router = APIRouter()
_TAG = "slot-offers"


class SlotQuery(Query):
    """Which day and which place."""

    service_date: Day
    place: Id


@router.get(
    "/v1/slot-offers",
    **operation(_TAG, "List: slot offers", answer=SlotsAnswer, query=SlotQuery, errors=[404, 409]),
)
def listing(request: Request) -> Response:
    """List seats by half hour and sector, without names; what is held is left out."""
    query, services, actor = read_query(request, SlotQuery), services_of(request), actor_of(request)
    with services.database.read() as session:
        place = _reached(session, actor, query.place)
        slots = slots_of(services.office, session, actor.organisation, query.service_date, place)
    return JSONResponse(slots_data(slots))


@router.post(
    "/v1/slot-offers",
    **operation(
        _TAG,
        "Hold a slot offer",
        answer=HoldAnswer,
        status=201,
        body=HoldBody,
        errors=[404],
        creates=True,
    ),
)
def holding(request: Request, body: Body) -> Response:
    """Keep seats of an offer for a time."""
    read_query(request, Query)
    asked, services, caller = read_shape(HoldBody, body), services_of(request), actor_of(request)
    with services.database.read() as session:
        place = _reached(session, caller, asked.place)
        day = service_day(session, caller.organisation, asked.service_date)
        # Worked out before, so that nobody waits for it with the database held.
        slots_of(services.office, session, caller.organisation, asked.service_date, place)
    second = asked.slot_from - day.start_at
    wall = day.wall(second) if 0 <= second < day.length_s else "-"
    name = slot_name(asked.place, wall, asked.sector)
    wanted = WantedHold(asked.service_date, place, name, asked.seats, asked.lasts_s)

    def work(session: Session, actor: Actor) -> Made:
        record = hold(services.office, session, actor, wanted)
        return Made(
            record.id,
            f"/v1/slot-offers/{record.id}",
            kept_data(record) | hold_data(record.value, day),
            record.version,
        )

    return make_once(request, body, work)


@router.get(
    "/v1/slot-offers/{id}",
    **operation(_TAG, "Read: held slot offer", answer=HoldAnswer, errors=[404]),
)
def reading(request: Request, id: Identity) -> Response:  # noqa: A002
    """Read what is left of held seats."""
    read_query(request, Query)
    actor = actor_of(request)
    with services_of(request).database.read() as session:
        record = _held(session, actor, id)
        day = service_day(session, actor.organisation, record.value.service_date)
    return one(kept_data(record) | hold_data(record.value, day), record.version)


@router.delete(
    "/v1/slot-offers/{id}",
    **operation(_TAG, "Release held seats", status=204, changes=True),
)
def releasing(request: Request, id: Identity) -> Response:  # noqa: A002
    """Give held seats back; bookings made inside them stay."""
    read_query(request, Query)
    actor, version = actor_of(request), expected_version(request)
    with services_of(request).database.write() as session:
        _held(session, actor, id)
        daytime.HOLDS.remove(session, actor.organisation, id, version, actor=actor)
    return nothing()


@router.post(
    "/v1/slot-offers/{id}/bookings",
    **operation(
        _TAG,
        "Book inside held seats",
        answer=BookingAnswer,
        status=201,
        body=InsideBody,
        errors=[404],
        creates=True,
    ),
)
def booking(request: Request, id: Identity, body: Body) -> Response:  # noqa: A002
    """Book somebody inside the offer, there and back; its promise is kept from now on."""
    read_query(request, Query)
    asked, services, actor = read_shape(InsideBody, body), services_of(request), actor_of(request)
    with services.database.read() as session:
        place = _held(session, actor, id).value.hold.offer.place
        named = (
            Reference("/participant", PARTICIPANTS, asked.participant),
            Reference("/home", PLACES, asked.home),
        )
        expect_reachable(session, actor, named)

    def work(keep: Keep) -> None:
        def keep_answer(session: Session, record: Record[DatedBooking]) -> None:
            keep(session, booking_made(session, actor, record))

        book_held(services.office, actor, id, asked.to_domain(place), keep_answer)

    return make_decided(request, body, work)


def _reached(session: Session, actor: Actor, place: str) -> PlaceId:
    expect_reachable(session, actor, [Reference("/place", PLACES, place)])
    return PlaceId(place)


def _held(session: Session, actor: Actor, identity: str) -> Record[KeptHold]:
    """Return seats on hold; a prescriber reaches the own ones only."""
    record = daytime.HOLDS.get(session, actor.organisation, identity)
    if actor.role is Role.PRESCRIBER and record.value.hold.held_by != actor.prescriber:
        raise not_found("slot_hold", identity)
    return record
