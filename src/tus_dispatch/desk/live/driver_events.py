"""Taps of drivers: accepted once, in any order, however late; the legs follow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tus_dispatch.desk.live.completing import completed_leg
from tus_dispatch.desk.live.days import kept_plan
from tus_dispatch.desk.live.itineraries import may_read, missing
from tus_dispatch.desk.live.leg_states import after_taps
from tus_dispatch.desk.live.snapshots import KeptPlan
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.plan import Round, StopKind
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.service import DriverEvent, DriverEventKind
from tus_dispatch.domain.standing import BookingStatus, DatedBooking, LegState
from tus_dispatch.domain.units import LegId, ShiftId
from tus_dispatch.store import completed, organisations, plans
from tus_dispatch.store import driver_events as taps
from tus_dispatch.store.resources import BOOKINGS
from tus_dispatch.store.session import Session


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of some taps.

    Attributes
    ----------
    accepted, repeated
        Identities, in the order given.
    """

    accepted: tuple[str, ...]
    repeated: tuple[str, ...]


def record(
    session: Session, actor: Actor, service_date: date, events: Sequence[DriverEvent]
) -> Recorded:
    """Take taps of drivers.

    Parameters
    ----------
    session
        Of a write.
    actor
        A driver, for own rounds; or whoever plans, for any.
    service_date
        Which day.
    events
        In any order; some may have come before.

    Returns
    -------
    Recorded
        A tap that names a leg the day does not know is kept like any other:
        a telephone may hold an older plan.

    Raises
    ------
    NotFoundError
        When a round is not in the published plan, or somebody else's.
    """
    organisation = actor.organisation
    kept = _published(session, actor, service_date)
    rounds = {} if kept is None else {each.shift: each for each in kept.plan.rounds}
    for tap in events:
        tour_round = rounds.get(tap.shift)
        if tour_round is None or not may_read(actor, tour_round, service_date):
            raise missing(tap.shift)
    accepted = taps.add_new(session, organisation, events)
    known = set(accepted)
    if kept is not None:
        all_taps = taps.of_day(session, organisation, service_date)
        touched = {leg for tap in events if tap.id in known for leg in _legs_of(tap, rounds)}
        for leg in sorted(touched):
            own = [tap for tap in all_taps if leg in _legs_of(tap, rounds)]
            _follow(session, actor, kept, rounds[own[-1].shift], (leg, own))
    return Recorded(accepted, tuple(tap.id for tap in events if tap.id not in known))


def _follow(
    session: Session,
    actor: Actor,
    kept: KeptPlan,
    tour_round: Round,
    told: tuple[LegId, Sequence[DriverEvent]],
) -> None:
    """Let a leg stand where its taps say, and count it when it took place."""
    leg, own = told
    found = _leg_state(session, actor, leg)
    if found is None:
        return
    record, state = found
    after = after_taps(state, own)
    if after == state:
        return
    states = tuple(
        after if each.direction is state.direction else each for each in record.value.states
    )
    BOOKINGS.change(
        session,
        actor.organisation,
        record.id,
        record.version,
        replace(record.value, states=states),
        actor=actor,
    )
    if after.status is BookingStatus.DONE:
        settings = organisations.load(session, actor.organisation).value
        done = completed_leg(kept, tour_round, record, state.direction, settings)
        completed.put(session, actor.organisation, done)


def _leg_state(
    session: Session, actor: Actor, leg: LegId
) -> tuple[Record[DatedBooking], LegState] | None:
    identity, _, way = leg.partition(":")
    record = BOOKINGS.find(session, actor.organisation, identity)
    if record is None:
        return None
    states = (each for each in record.value.states if each.direction.value == way)
    state = next(states, None)
    return None if state is None else (record, state)


def _published(session: Session, actor: Actor, service_date: date) -> KeptPlan | None:
    number = plans.pointer(session, actor.organisation, service_date).published
    if number is None:
        return None
    return kept_plan(plans.load(session, actor.organisation, service_date, number))


def _legs_of(tap: DriverEvent, rounds: Mapping[ShiftId, Round]) -> Iterable[LegId]:
    """Return whom a tap is about: leaving the depot is on the way to who is fetched first."""
    if tap.leg is not None:
        return (tap.leg,)
    if tap.kind is not DriverEventKind.LEFT or tap.shift not in rounds:
        return ()
    stops = rounds[tap.shift].stops
    first = next(stop for stop in stops if stop.kind is StopKind.PICKUP)
    return () if first.leg is None else (first.leg,)
