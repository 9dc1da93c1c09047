"""Legs are cancelled: the person leaves the plan, everybody else keeps round and promise."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from tus_dispatch.desk.live.codes import conflicting
from tus_dispatch.desk.live.current import base_of
from tus_dispatch.desk.live.days import day_now, kept_plan
from tus_dispatch.desk.live.keeping import keep_plan
from tus_dispatch.desk.live.leg_states import Move, Notice, may, with_move
from tus_dispatch.desk.live.office import Office
from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.legs import leg_id
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.service import PlanOrigin
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.units import BookingId, LegId
from tus_dispatch.store import organisations, plans
from tus_dispatch.store.days import Days, bump
from tus_dispatch.store.resources import BOOKINGS
from tus_dispatch.store.session import Session


class CancelledBy(StrEnum):
    """Who does not want a leg any more."""

    USER = "user"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is cancelled.

    Attributes
    ----------
    by
        Whose wish it is.
    directions
        Which legs, or None for all that are still to come.
    keeps_return
        Of a booking whose outward leg alone is cancelled: whether the return
        takes place all the same; None while nobody has asked.
    """

    by: CancelledBy = CancelledBy.USER
    directions: Collection[Direction] | None = None
    keeps_return: bool | None = None


def cancel(
    office: Office, session: Session, actor: Actor, record: Record[DatedBooking], wish: Wish
) -> Record[DatedBooking]:
    """Cancel legs of a booking.

    Parameters
    ----------
    office
        Of the installation.
    session
        Of a write.
    actor
        Whose hand.
    record
        The booking at the version that was read.
    wish
        What, and on whose wish.

    Returns
    -------
    Record
        With the states of its legs. Where what is left of the round cannot be
        driven as promised, the plan stays as it is and asks to be made anew.

    Raises
    ------
    ConflictError
        When nobody said what becomes of the return, or a leg is over.
    StaleVersionError
        When the booking was changed meanwhile.
    """
    organisation = actor.organisation
    current = BOOKINGS.get(session, organisation, record.id).value
    move = Move.CANCEL_BY_USER if wish.by is CancelledBy.USER else Move.CANCEL_BY_SERVICE
    directions = _directions(current, wish, move)
    zone = organisations.load(session, organisation).value.territory.time_zone
    notice = Notice(office.clock.now_at(), ServiceDay(current.service_date, zone))
    states = current.states
    if wish.by is CancelledBy.SERVICE:
        # What nobody had accepted yet is turned down, not taken back.
        states = with_move(states, directions, Move.REFUSE)
    states = with_move(states, directions, move, notice)
    after = BOOKINGS.change(
        session,
        organisation,
        record.id,
        record.version,
        replace(current, states=states),
        actor=actor,
    )
    bump(session, organisation, Days(exact=(current.service_date,)))
    _leave_plan(office, session, actor, after, directions)
    return after


def is_served(session: Session, actor: Actor, booking: Record[DatedBooking]) -> bool:
    """Tell whether the current plan of its day serves a leg of a booking.

    Parameters
    ----------
    session
        Of a read or a write.
    actor
        Whose association.
    booking
        With its day.

    Returns
    -------
    bool
        False without a plan.
    """
    legs = {leg_id(BookingId(booking.id), direction) for direction in Direction}
    return bool(legs & _served(session, actor, booking))


def _directions(current: DatedBooking, wish: Wish, move: Move) -> tuple[Direction, ...]:
    """Return the legs to be cancelled, once it is clear what becomes of the return."""
    open_legs = [each.direction for each in current.states if may(each, move)]
    if wish.directions is None:
        wanted = tuple(open_legs)
    else:
        wanted = tuple(each for each in Direction if each in wish.directions)
    over = [each for each in wanted if each not in open_legs]
    if over or not wanted:
        state = next(iter(over), "aucun")
        raise conflicting("leg-over", "direction", state)
    is_outward_alone = Direction.OUTWARD in wanted and Direction.RETURN not in wanted
    if is_outward_alone and Direction.RETURN in open_legs and not wish.keeps_return:
        if wish.keeps_return is None:
            raise conflicting("return-undecided", "keeps_return", "rien")
        return (*wanted, Direction.RETURN)
    return wanted


def _leave_plan(
    office: Office,
    session: Session,
    actor: Actor,
    booking: Record[DatedBooking],
    directions: Collection[Direction],
) -> None:
    legs = {leg_id(BookingId(booking.id), direction) for direction in directions}
    if not legs & _served(session, actor, booking):
        return
    day = day_now(session, actor.organisation, booking.value.service_date)
    base = base_of(office, session, actor.organisation, day)
    if base.is_sound:
        keep_plan(session, actor, day.pointer, base.plan, base.matrix, PlanOrigin.CANCELLATION)


def _served(session: Session, actor: Actor, booking: Record[DatedBooking]) -> set[LegId]:
    organisation, service_date = actor.organisation, booking.value.service_date
    number = plans.pointer(session, organisation, service_date).current
    if number is None:
        return set()
    kept = kept_plan(plans.load(session, organisation, service_date, number))
    return {stop.leg for each in kept.plan.rounds for stop in each.stops if stop.leg is not None}
