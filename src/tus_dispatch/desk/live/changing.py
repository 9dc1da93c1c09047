"""A booking is changed: where the plan serves it, it must fit in again, or nothing changes."""

from dataclasses import replace

from tus_dispatch.desk.live.asking import as_asked, expect_open, expect_sensible, find_person
from tus_dispatch.desk.live.booking import promised, with_offer
from tus_dispatch.desk.live.cancelling import is_served
from tus_dispatch.desk.live.codes import conflicting
from tus_dispatch.desk.live.current import Base, base_of, expect_sound_base, priced
from tus_dispatch.desk.live.days import DayNow, day_now, kept_plan
from tus_dispatch.desk.live.keeping import keep_plan
from tus_dispatch.desk.live.leg_states import STARTED, Move, with_move
from tus_dispatch.desk.live.legality import expect_lawful
from tus_dispatch.desk.live.lifting import tell_lifted
from tus_dispatch.desk.live.office import Office
from tus_dispatch.domain.demand import Booking, Direction
from tus_dispatch.domain.legs import leg_id, requests_of
from tus_dispatch.domain.offer import Refusal
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.plan import Plan, Promise
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.service import PlanOrigin
from tus_dispatch.domain.standing import DatedBooking, LegState
from tus_dispatch.domain.units import BookingId, LegId
from tus_dispatch.planning.carry import carry
from tus_dispatch.planning.open_day import open_day
from tus_dispatch.planning.quote_booking import legs_asked, quote_booking
from tus_dispatch.store import plans
from tus_dispatch.store.resources import BOOKINGS
from tus_dispatch.store.session import Session


def change(
    office: Office,
    session: Session,
    actor: Actor,
    record: Record[DatedBooking],
    wanted: DatedBooking,
    *,
    later: bool = False,
) -> Record[DatedBooking]:
    """Change a booking.

    Parameters
    ----------
    office
        Of the installation.
    session
        Of a write.
    actor
        Whose hand.
    record
        At the version that was read.
    wanted
        As it shall be; states are kept.
    later
        Whether it may leave the plan where it no longer fits, to be planned
        again later; its promise is then given up.

    Returns
    -------
    Record
        As it is now. Where the plan serves it, it is served at its new times,
        and who had a promise has one for the new pickup.

    Raises
    ------
    InputError
        When it makes no sense.
    ConflictError
        When a leg is over or left out, or it does not fit into the plan.
    StaleVersionError
        When it was changed meanwhile.
    RefusedError
        When it is not lawful as it is wished.
    """
    organisation = actor.organisation
    before = BOOKINGS.get(session, organisation, record.id).value
    served = is_served(session, actor, Record(record.id, record.version, before, 0, 0))
    _expect_changeable(before, wanted, served=served)
    person = find_person(session, organisation, wanted.booking.participant)
    asked = as_asked(wanted, person)
    # What was turned down and is lawful now is asked for anew.
    states = asked.states if before.refused else _states(before, asked)
    value = replace(asked, states=states, standing=before.standing)
    after = BOOKINGS.change(session, organisation, record.id, record.version, value, actor=actor)
    day = day_now(session, organisation, wanted.service_date)
    expect_sensible(day.scenario, replace(wanted.booking, id=BookingId(record.id)))
    expect_open(session, organisation, day.scenario, wanted.booking)
    is_same = _is_same_to_planning(before.booking, wanted.booking)
    if before.refused or not is_same or wanted.service_date != before.service_date:
        expect_lawful(office, session, organisation, wanted)
        tell_lifted(session, actor, after, before.booking.overrides)
    if not served or is_same:
        return after
    fitting = _Fitting(office, session, actor, day, after, before.booking)
    return fitting.run(later=later)


def _expect_changeable(before: DatedBooking, wanted: DatedBooking, *, served: bool) -> None:
    started = [each for each in before.states if each.status in STARTED]
    if started:
        raise conflicting("leg-over", "direction", started[0].direction)
    gone = set(requests_of(before.booking)) - set(requests_of(wanted.booking))
    if gone:
        raise conflicting("leg-removed", "booking", ", ".join(sorted(gone)))
    if served and wanted.service_date != before.service_date:
        raise conflicting("served-on-its-day", "service_date", wanted.service_date)


def _states(before: DatedBooking, asked: DatedBooking) -> tuple[LegState, ...]:
    known = {each.direction: each for each in before.states}
    return tuple(known.get(each.direction, each) for each in asked.states)


def _is_same_to_planning(before: Booking, wanted: Booking) -> bool:
    def planned(booking: Booking) -> Booking:
        return replace(
            booking, id=BookingId(""), purpose=before.purpose, external_ref=before.external_ref
        )

    return planned(before) == planned(wanted)


class _Fitting:
    """Takes a booking out of the plan and in again as it is wished now."""

    def __init__(
        self,
        office: Office,
        session: Session,
        actor: Actor,
        day: DayNow,
        record: Record[DatedBooking],
        before: Booking,
    ) -> None:
        self.office, self.session, self.actor = office, session, actor
        self.day, self.record, self.before = day, record, before
        self.id = BookingId(record.id)

    def run(self, *, later: bool) -> Record[DatedBooking]:
        """Fit it in, or let it leave the plan."""
        base = self._without()
        expect_sound_base(base, self.day.pointer.service_date)
        told = self._told()
        kept = tuple(each for each in told if each.leg in self._unchanged())
        free = replace(base.plan, promises=(*base.plan.promises, *kept))
        asked = legs_asked(free, self.id)
        answer = quote_booking(open_day(free, base.matrix), asked, n_offers=1)
        if isinstance(answer, Refusal):
            if not later:
                raise conflicting("change-does-not-fit", "booking", answer.reason.sentence)
            self._keep(base.plan, base)
            return self._released()
        moved = {each.leg for each in told} - {each.leg for each in kept}
        half_width_s = self.day.records.organisation.promise_half_width_s
        length_s = self.day.scenario.day.length_s
        promises = tuple(
            promised(each, half_width_s, length_s) for each in answer[0].legs if each.leg in moved
        )
        self._keep(with_offer(free, answer[0], promises, base.matrix), base)
        return self.record

    def _without(self) -> Base:
        """Return the plan of everybody else, the booking among those left out."""
        scenario = self.day.scenario
        others = tuple(each for each in scenario.bookings if each.id != self.id)
        day = replace(self.day, scenario=replace(scenario, bookings=others))
        base = base_of(self.office, self.session, self.actor.organisation, day)
        plan = priced(carry(base.plan, scenario, base.matrix).plan, base.matrix)
        return replace(base, plan=plan)

    def _told(self) -> tuple[Promise, ...]:
        """Return what the person was promised."""
        own = {leg_id(self.id, direction) for direction in Direction}
        date, number = self.day.pointer.service_date, self.day.pointer.current
        if number is None:
            return ()
        kept = kept_plan(plans.load(self.session, self.actor.organisation, date, number))
        return tuple(each for each in kept.plan.promises if each.leg in own)

    def _unchanged(self) -> set[LegId]:
        """Return the legs whose own times and places are wished as before."""
        before, now = requests_of(self.before), requests_of(self.record.value.booking)
        return {
            leg_id(self.id, direction)
            for direction, request in now.items()
            if before.get(direction) == request
        }

    def _keep(self, plan: Plan, base: Base) -> None:
        keep_plan(self.session, self.actor, self.day.pointer, plan, base.matrix, PlanOrigin.CHANGE)

    def _released(self) -> Record[DatedBooking]:
        record = self.record
        states = with_move(record.value.states, list(Direction), Move.RELEASE)
        return BOOKINGS.change(
            self.session,
            self.actor.organisation,
            record.id,
            record.version,
            replace(record.value, states=states),
            actor=self.actor,
        )
