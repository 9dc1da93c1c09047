"""What people do at the desk of the five-leg day, in one line each."""

from dataclasses import replace

from tests.desks import THE_DAY, Desk
from tests.makers import BOURG, CENTRE, HAMEAU, MOULIN, at, five_legs
from tus_dispatch.desk.live.booking import book_offer
from tus_dispatch.desk.live.days import kept_plan, load_version
from tus_dispatch.desk.live.exchange import Imported
from tus_dispatch.desk.live.quoting import quote
from tus_dispatch.domain.demand import Booking, LegRequest
from tus_dispatch.domain.offer import Refusal
from tus_dispatch.domain.plan import Plan, StopKind
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.service import KeptOffer
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.units import BookingId, LegId, ParticipantId
from tus_dispatch.store import plans
from tus_dispatch.store.resources import BOOKINGS
from tus_dispatch.store.session import Session
from tus_dispatch.verify.plan import verify_plan

HOMES = {"P1": MOULIN, "P2": HAMEAU, "P3": BOURG}


def without_bookings(desk: Desk) -> Imported:
    """Import fleet, people and shifts of the day."""
    return desk.imported(replace(five_legs(), bookings=()))


def asking(
    made: Imported, who: str = "P1", arrive: str = "08:30", leave: str | None = "13:00"
) -> DatedBooking:
    """Ask for a ride to the centre and, where there is an hour for it, back."""
    home, centre = made.places[HOMES[who]], made.places[CENTRE]
    back = None if leave is None else LegRequest(centre, home, not_before_s=at(leave))
    booking = Booking(
        BookingId("x"),
        made.participants[ParticipantId(who)],
        outward=LegRequest(home, centre, arrive_by_s=at(arrive)),
        return_leg=back,
    )
    return DatedBooking(THE_DAY, booking, ())


def offered(desk: Desk, asked: DatedBooking) -> tuple[KeptOffer, ...]:
    """Quote; there must be an offer."""
    answer = quote(desk.office, desk.dispatcher, asked)
    assert not isinstance(answer, Refusal), answer
    return answer


def nothing_more(_session: Session, _record: Record[DatedBooking]) -> None:
    """Keep no answer beside the booking."""


def booked(desk: Desk, offer: KeptOffer) -> Record[DatedBooking]:
    """Take an offer."""
    return book_offer(desk.office, desk.dispatcher, offer.id, nothing_more)


def booking_of(desk: Desk, identity: str) -> Record[DatedBooking]:
    """Read a booking."""
    with desk.office.database.read() as session:
        return BOOKINGS.get(session, desk.organisation, identity)


def current(desk: Desk) -> Plan:
    """Read the current plan, which must be sound as it was kept."""
    with desk.office.database.read() as session:
        number = plans.pointer(session, desk.organisation, THE_DAY).current
        assert number is not None
        kept = kept_plan(plans.load(session, desk.organisation, THE_DAY, number))
        assert verify_plan(kept.plan, kept.matrix) == ()
        return load_version(session, desk.organisation, THE_DAY, number).plan


def pickups_of(plan: Plan) -> dict[LegId | None, int]:
    """Return when each served leg is fetched."""
    stops = (stop for each in plan.rounds for stop in each.stops)
    return {stop.leg: stop.start_s for stop in stops if stop.kind is StopKind.PICKUP}
