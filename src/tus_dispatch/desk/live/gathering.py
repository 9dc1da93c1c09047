"""A group is collected for an event and brought back: bookings, promises and a plan in one step."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tus_dispatch.desk.live.current import priced
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.settling import PlannedDay, keep_booked, planned_day, settle
from tus_dispatch.domain.daytime_report import LeftOut, Proposal
from tus_dispatch.domain.kept_daytime import KeptEvent
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.service import DayPointer
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId
from tus_dispatch.errors import PlanRefusedError
from tus_dispatch.planning.daytime.choice import limits_of
from tus_dispatch.planning.daytime.flexible import confirmed
from tus_dispatch.planning.daytime.frozen import frozen, restored
from tus_dispatch.planning.daytime.group_events import gather
from tus_dispatch.planning.daytime.why_not import left_out
from tus_dispatch.planning.open_day import open_day
from tus_dispatch.store import daytime
from tus_dispatch.store.session import Session
from tus_dispatch.verify.daytime.filled import verify_filled

Keep = Callable[[Session, "Collected"], None]


@dataclass(frozen=True, slots=True)
class Collected:
    """Who is brought to an event, and who is not.

    Attributes
    ----------
    bookings
        New ones, with their promises.
    proposals
        What each of them added when it came in, in the same order.
    left_out
        Who still waits, and why.
    """

    bookings: tuple[Record[DatedBooking], ...]
    proposals: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class _Decision:
    """A plan with the group in it, not yet kept."""

    pointer: DayPointer
    plan: Plan
    matrix: TravelMatrix
    proposals: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...]


def collect(office: Office, actor: Actor, identity: str, keep: Keep) -> Collected:
    """Collect the group that is worth its rounds, out and back.

    Parameters
    ----------
    office
        Of the installation.
    actor
        Whose hand.
    identity
        Of the event.
    keep
        Keeps the answer in the same transaction.

    Returns
    -------
    Collected
        Each of the bookings is promised; nobody else moves beyond the
        tolerance of the middle of the day.

    Raises
    ------
    NotFoundError
        When there is no such event.
    ConflictError
        When its day has no plan, or must be planned again first.
    """

    def decide(session: Session) -> _Decision:
        event = daytime.EVENTS.get(session, actor.organisation, identity)
        planned = planned_day(office, session, actor.organisation, event.value.service_date)
        return _decide(planned, event)

    def write(session: Session, decision: _Decision) -> Collected:
        return _write(session, actor, identity, decision, keep)

    return settle(office, actor, decide, write)


def _decide(planned: PlannedDay, event: Record[KeptEvent]) -> _Decision:
    plan, matrix, pointer = _alone(planned.plan, event.id), planned.matrix, planned.day.pointer
    group = plan.scenario.group_events[0]
    narrow, limits = frozen(plan), limits_of(plan)
    filled = gather(open_day(narrow, matrix), group, limits)
    waiting = left_out(narrow if filled is None else filled.plan, matrix, limits)
    if filled is None:
        return _Decision(pointer, plan, matrix, (), waiting)
    whole = priced(restored(filled.plan, plan), matrix)
    broken = verify_filled(plan, whole)
    if broken:
        raise PlanRefusedError(f"{broken[0].code} {broken[0].where}: {broken[0].sentence}")
    told = confirmed(whole, [each.booking.id for each in filled.proposals])
    return _Decision(pointer, told, matrix, filled.proposals, waiting)


def _alone(plan: Plan, event: str) -> Plan:
    """Leave out of a day everything optional but one event."""
    scenario = plan.scenario
    own = tuple(each for each in scenario.group_events if each.id == event)
    return replace(
        plan,
        scenario=replace(scenario, flexible_bookings=(), group_events=own, protected_targets=()),
    )


def _write(
    session: Session, actor: Actor, identity: str, decision: _Decision, keep: Keep
) -> Collected:
    records: tuple[Record[DatedBooking], ...] = ()
    if decision.proposals:
        records = keep_booked(
            session,
            actor,
            decision.pointer,
            decision.plan,
            decision.matrix,
            [each.booking for each in decision.proposals],
        )
    by_person = {each.value.booking.participant: each.id for each in records}
    for each in daytime.ATTENDANCES.all(session, actor.organisation, event=identity):
        booked = by_person.get(each.value.participant)
        if booked is not None:
            value = replace(each.value, booking=BookingId(booked))
            daytime.ATTENDANCES.change(
                session, actor.organisation, each.id, each.version, value, actor=actor
            )
    collected = Collected(records, decision.proposals, decision.left_out)
    keep(session, collected)
    return collected
