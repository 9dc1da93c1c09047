"""Read, decide, and write only if nobody was faster: shared by all that puts people into a plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from tus_dispatch.desk.live.codes import conflicting
from tus_dispatch.desk.live.current import base_of, expect_sound_base
from tus_dispatch.desk.live.days import DayNow, day_now
from tus_dispatch.desk.live.keeping import keep_plan
from tus_dispatch.desk.live.leg_states import first_states
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.renaming import with_booking_named
from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.organisation import Actor, OrganisationId
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.service import DayPointer, PlanOrigin
from tus_dispatch.domain.standing import BookingStatus, DatedBooking
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId
from tus_dispatch.store import plans
from tus_dispatch.store.resources import BOOKINGS
from tus_dispatch.store.session import Session

# So often somebody else may be faster before nobody may be any more.
_TRIES = 3


class Decided(Protocol):
    """What was decided, and on which version."""

    @property
    def pointer(self) -> DayPointer:
        """The version and revision that were read."""


D = TypeVar("D", bound=Decided)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day with the plan that counts.

    Attributes
    ----------
    day
        What it is made of.
    plan, matrix
        Sound on the day as it is now.
    """

    day: DayNow
    plan: Plan
    matrix: TravelMatrix


def settle(
    office: Office,
    actor: Actor,
    decide: Callable[[Session], D],
    write: Callable[[Session, D], R],
) -> R:
    """Decide while others write, and write if they left the day alone.

    Parameters
    ----------
    office
        Of the installation.
    actor
        Whose association.
    decide
        Reads; called again when somebody was faster, at last while nobody
        else can write.
    write
        Keeps what was decided.

    Returns
    -------
    object
        What ``write`` returns.
    """
    for _ in range(_TRIES):
        with office.database.read() as session:
            decision = decide(session)
        with office.database.write() as session:
            pointer = decision.pointer
            now = plans.pointer(session, actor.organisation, pointer.service_date)
            if now == pointer:
                return write(session, decision)
    with office.database.write() as session:
        return write(session, decide(session))


def planned_day(
    office: Office,
    session: Session,
    organisation: OrganisationId,
    service_date: date,
    *,
    is_published: bool = False,
) -> PlannedDay:
    """Return the plan of a day on the day as it is now.

    Parameters
    ----------
    office
        Remembers travel times.
    session
        Of a read or a write.
    organisation, service_date
        Which day.
    is_published
        Whether the plan that drivers read is meant, not the current one.

    Returns
    -------
    PlannedDay
        Without bookings that it does not serve any more.

    Raises
    ------
    ConflictError
        When there is no such plan, or the day does not allow it any more.
    """
    day = day_now(session, organisation, service_date)
    number = day.pointer.published if is_published else day.pointer.current
    if number is None:
        raise conflicting("no-plan", service_date.isoformat(), "rien")
    chosen = replace(day, pointer=replace(day.pointer, current=number))
    base = base_of(office, session, organisation, chosen)
    expect_sound_base(base, service_date)
    return PlannedDay(day, base.plan, base.matrix)


def keep_booked(
    session: Session,
    actor: Actor,
    pointer: DayPointer,
    plan: Plan,
    matrix: TravelMatrix,
    bookings: Sequence[Booking],
) -> tuple[Record[DatedBooking], ...]:
    """Keep bookings that a plan serves, and the plan, under their new identities.

    Parameters
    ----------
    session
        Of a write.
    actor
        Whose hand.
    pointer
        The version the plan was made from.
    plan, matrix
        Serves the bookings under the identities they have in it.
    bookings
        New ones.

    Returns
    -------
    tuple of Record
        Booked, in the order given.
    """
    records = []
    for booking in bookings:
        states = first_states(booking, BookingStatus.BOOKED)
        dated = DatedBooking(pointer.service_date, booking, states)
        record = BOOKINGS.add(session, actor.organisation, dated, actor=actor)
        plan = with_booking_named(plan, booking.id, BookingId(record.id))
        records.append(record)
    keep_plan(session, actor, pointer, plan, matrix, PlanOrigin.BOOKING)
    return tuple(records)
