"""Slot offers of a day: worked out, held for a partner, and booked inside or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tus_dispatch.desk.live.booking import promised, with_offer
from tus_dispatch.desk.live.current import open_now
from tus_dispatch.desk.live.legality import expect_lawful
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.quoting import ASKING, ask
from tus_dispatch.desk.live.refusing import RefusedError
from tus_dispatch.desk.live.settling import keep_booked, settle
from tus_dispatch.desk.offering_slots import slot_offers
from tus_dispatch.desk.planning_a_file import expect_sound
from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.kept_daytime import KeptHold
from tus_dispatch.domain.offer import Refusal
from tus_dispatch.domain.organisation import Actor, OrganisationId
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service import DayPointer
from tus_dispatch.domain.slot_offer import Hold, SlotOffer
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, PlaceId
from tus_dispatch.planning.daytime.frozen import frozen
from tus_dispatch.planning.daytime.holds import book_inside, held, hold_seats, with_hours
from tus_dispatch.planning.daytime.slot_offers import Asked
from tus_dispatch.planning.open_day import open_day
from tus_dispatch.store import daytime, organisations
from tus_dispatch.store.codes import not_found
from tus_dispatch.store.resources import PLACES
from tus_dispatch.store.session import Session

Keep = Callable[[Session, Record[DatedBooking]], None]


@dataclass(frozen=True, slots=True)
class SlotsOfDay:
    """What a day has to offer to one place.

    Attributes
    ----------
    scenario
        The day.
    offers
        With the seats that nobody holds.
    """

    scenario: Scenario
    offers: tuple[SlotOffer, ...]


@dataclass(frozen=True, slots=True)
class WantedHold:
    """Seats that somebody asks to keep.

    Attributes
    ----------
    service_date, place, offer
        Which offer of which day, by the name it was shown under.
    seats, lasts_s
        How many, and for how long.
    """

    service_date: date
    place: PlaceId
    offer: str
    seats: int
    lasts_s: int


@dataclass(frozen=True, slots=True)
class _Decision:
    """A plan with somebody in a held offer, not yet kept."""

    pointer: DayPointer
    hold: Record[KeptHold]
    left: Hold
    booking: Booking
    plan: Plan
    matrix: TravelMatrix


def slots_of(
    office: Office,
    session: Session,
    organisation: OrganisationId,
    service_date: date,
    place: PlaceId,
) -> SlotsOfDay:
    """Work out what a day has to offer to a place.

    Parameters
    ----------
    office
        Remembers what was worked out for a version.
    session
        Of a read or a write.
    organisation, service_date, place
        Where and when.

    Returns
    -------
    SlotsOfDay
        Each offer was put into the plan and judged; nobody is named.

    Raises
    ------
    NotFoundError
        When there is no such place.
    ConflictError
        When the day must be planned again first.
    """
    PLACES.get(session, organisation, place)
    pointer, day = open_now(office, session, organisation, service_date)
    if place not in {each.id for each in day.plan.scenario.places}:
        return SlotsOfDay(day.plan.scenario, ())
    key = (organisation, service_date, pointer.current, pointer.revision, place)
    found = office.slots.get(key, lambda: slot_offers(day.plan, day.matrix, Asked((place,))))
    now_at = office.clock.now_at()
    holds = [
        each.value.hold
        for each in daytime.HOLDS.all(
            session, organisation, service_date=service_date, running_at=now_at
        )
    ]
    return SlotsOfDay(day.plan.scenario, held(found, holds, now_at))


def hold(office: Office, session: Session, actor: Actor, wanted: WantedHold) -> Record[KeptHold]:
    """Keep seats of an offer for a while.

    Parameters
    ----------
    office
        Of the installation.
    session
        Of a write.
    actor
        For whom; a prescriber's holds are that prescriber's own.
    wanted
        Which, how many, how long.

    Returns
    -------
    Record
        The seats are nobody else's until it is over.

    Raises
    ------
    NotFoundError
        When there is no such offer any more.
    RefusedError
        When it has not as many seats left.
    """
    organisation, now_at = actor.organisation, office.clock.now_at()
    slots = slots_of(office, session, organisation, wanted.service_date, wanted.place)
    offer = next((each for each in slots.offers if each.id == wanted.offer), None)
    if offer is None:
        raise not_found("slot_offer", wanted.offer)
    wish = Hold(offer, wanted.seats, now_at + wanted.lasts_s, actor.prescriber)
    answer = hold_seats(slots.offers, (), wish, now_at)
    if isinstance(answer, Reason):
        raise RefusedError((answer,), "/seats")
    value = KeptHold(wanted.service_date, answer[-1])
    return daytime.HOLDS.add(session, organisation, value, actor=actor)


def book_held(
    office: Office, actor: Actor, hold_id: str, booking: Booking, keep: Keep
) -> Record[DatedBooking]:
    """Book somebody inside a held offer.

    Parameters
    ----------
    office
        Of the installation.
    actor
        Whose hand.
    hold_id
        Which seats.
    booking
        There and back; hours it leaves open become those of the offer.
    keep
        Keeps the answer in the same transaction.

    Returns
    -------
    Record
        Booked and promised.

    Raises
    ------
    NotFoundError
        When there is no such hold.
    RefusedError
        When it is over, or something is not as it was offered.
    """

    def decide(session: Session) -> _Decision:
        record = daytime.HOLDS.get(session, actor.organisation, hold_id)
        return _decide(office, session, actor, record, booking)

    def write(session: Session, decision: _Decision) -> Record[DatedBooking]:
        (booked,) = keep_booked(
            session,
            actor,
            decision.pointer,
            decision.plan,
            decision.matrix,
            [decision.booking],
        )
        names = tuple(BookingId(booked.id) if x == ASKING else x for x in decision.left.booked)
        value = replace(decision.hold.value, hold=replace(decision.left, booked=names))
        daytime.HOLDS.change(
            session, actor.organisation, hold_id, decision.hold.version, value, actor=actor
        )
        keep(session, booked)
        return booked

    return settle(office, actor, decide, write)


def _decide(
    office: Office, session: Session, actor: Actor, record: Record[KeptHold], booking: Booking
) -> _Decision:
    organisation, kept = actor.organisation, record.value
    wished = with_hours(replace(booking, id=ASKING), kept.hold.offer)
    asked = DatedBooking(kept.service_date, wished, ())
    expect_lawful(office, session, organisation, asked)
    question = ask(office, session, organisation, asked)
    plan, matrix = question.day.plan, question.day.matrix
    others = replace(
        plan,
        scenario=replace(
            plan.scenario,
            bookings=tuple(each for each in plan.scenario.bookings if each.id != ASKING),
        ),
        unserved=tuple(each for each in plan.unserved if not each.leg.startswith(f"{ASKING}:")),
    )
    narrow = open_day(frozen(others), matrix)
    now_at = office.clock.now_at()
    answer = book_inside(narrow, kept.hold, question.booking, now_at)
    if isinstance(answer, Refusal):
        raise RefusedError((answer.reason,))
    left, inside, offer = answer
    half_width_s = organisations.load(session, organisation).value.promise_half_width_s
    length_s = plan.scenario.day.length_s
    promises = tuple(promised(each, half_width_s, length_s) for each in offer.legs)
    wanted = replace(
        plan,
        scenario=replace(
            plan.scenario,
            bookings=tuple(
                inside if each.id == ASKING else each for each in plan.scenario.bookings
            ),
        ),
    )
    after = with_offer(wanted, offer, promises, matrix)
    expect_sound(after, matrix)
    return _Decision(question.pointer, record, left, inside, after, matrix)
