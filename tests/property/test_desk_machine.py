"""Several people at one desk in any order: nothing is lost, and no promise is broken."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.desk_reading import DeskReading
from tests.desks import THE_DAY, Desk, open_desk
from tests.live_calls import HOMES, asking, booked, booking_of, pickups_of
from tests.makers import at, five_legs
from tus_dispatch.desk.live.booking import request
from tus_dispatch.desk.live.cancelling import CancelledBy, Wish, cancel
from tus_dispatch.desk.live.changing import change
from tus_dispatch.desk.live.days import kept_plan
from tus_dispatch.desk.live.driver_events import record
from tus_dispatch.desk.live.leg_states import ACTIVE
from tus_dispatch.desk.live.people import erase
from tus_dispatch.desk.live.planning import PlanOptions, solve_queued, start, status
from tus_dispatch.desk.live.publishing import publish
from tus_dispatch.desk.live.quoting import quote
from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.legs import leg_id
from tus_dispatch.domain.offer import Refusal
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import VehicleState, VehicleUse
from tus_dispatch.domain.service import (
    DriverEvent,
    DriverEventKind,
    JobState,
    KeptOffer,
)
from tus_dispatch.domain.standing import BookingStatus, DatedBooking
from tus_dispatch.domain.units import BookingId, LegId, ParticipantId, VehicleId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.errors import ConflictError, NotFoundError
from tus_dispatch.store import plans
from tus_dispatch.store.resources import BOOKINGS, PARTICIPANTS, VEHICLE_USES
from tus_dispatch.verify.plan import verify_plan

# Starting a solver process takes longer than everything else.
MOST_SOLVES = 1
# One run of a desk takes as long as a dozen examples of anything else.
N_EXAMPLES = settings().max_examples // 16
MOST_ERASED, BUSY = 1, 8
QUARTERS = st.integers(0, 20)


def clock(quarter: int, hour: int = 8) -> str:
    """Write a clock time some quarters of an hour after another."""
    return f"{hour + quarter // 4:02d}:{quarter % 4 * 15:02d}"


class DeskMachine(DeskReading, RuleBasedStateMachine):
    """Knows what was acknowledged, and compares it with what is kept."""

    bookings = Bundle("bookings")
    offers = Bundle("offers")

    shared: Desk

    @initialize()
    def open(self) -> None:
        self.desk = self.shared.another()
        self.made = self.desk.imported(replace(five_legs(), bookings=()))
        self.clock_at = self.desk.clock.at
        self.promised: dict[LegId, TimeWindow] = {}
        self.acknowledged: set[str] = set()
        self.n_solves = 0
        self.n_taps = 0
        self.n_steps = 0
        self.erased: set[str] = set()
        self.is_blocked = False

    def _expect(self, codes: set[str], error: ConflictError) -> None:
        """Let only some refusals pass; a plan is outdated only once a vehicle is gone."""
        assert error.problem.code in codes
        assert self.is_blocked or error.problem.code != "TUS-5102"

    def _asked(self, who: str, arrive: int, stay: int | None) -> DatedBooking:
        leave = None if stay is None else clock(arrive + 2 + stay)
        return asking(self.made, who, clock(arrive), leave)

    @rule(
        target=bookings,
        who=st.sampled_from(sorted(HOMES)),
        arrive=QUARTERS,
        stay=st.none() | st.integers(0, 8),
    )
    def ask_for_later(self, who: str, arrive: int, stay: int | None) -> object:
        asked = self._asked(who, arrive, stay)
        try:
            with self.desk.office.database.write() as session:
                kept = request(self.desk.office, session, self.desk.dispatcher, asked)
        except NotFoundError:
            assert who in self.erased
            return multiple()
        self.acknowledged.add(kept.id)
        return kept.id

    @rule(
        target=offers,
        who=st.sampled_from(sorted(HOMES)),
        arrive=QUARTERS,
        stay=st.none() | st.integers(0, 8),
    )
    def call(self, who: str, arrive: int, stay: int | None) -> object:
        return multiple(*self._offers(who, arrive, stay))

    @rule(
        target=bookings,
        who=st.sampled_from(sorted(HOMES)),
        arrive=QUARTERS,
        stay=st.none() | st.integers(0, 8),
        number=st.integers(0, 2),
    )
    def call_and_book(self, who: str, arrive: int, stay: int | None, number: int) -> object:
        offers = self._offers(who, arrive, stay)
        return self.take_an_offer(offers[number % len(offers)]) if offers else multiple()

    def _offers(self, who: str, arrive: int, stay: int | None) -> tuple[KeptOffer, ...]:
        asked = self._asked(who, arrive, stay)
        try:
            answer = quote(self.desk.office, self.desk.dispatcher, asked)
        except NotFoundError:
            assert who in self.erased
            return ()
        except ConflictError as error:
            self._expect({"TUS-5102"}, error)
            return ()
        is_refused = isinstance(answer, Refusal)
        event("call: refused" if is_refused else "call: offers")
        return () if isinstance(answer, Refusal) else answer

    @rule(target=bookings, offer=consumes(offers))
    def take_an_older_offer(self, offer: KeptOffer) -> object:
        return self.take_an_offer(offer)

    def take_an_offer(self, offer: KeptOffer) -> object:
        try:
            kept = booked(self.desk, offer)
        except ConflictError as error:
            event(f"offer: {error.problem.code}")
            return multiple()
        event("offer: taken")
        self.acknowledged.add(kept.id)
        half_width_s, length_s = 300, five_legs().day.length_s
        for each in offer.offer.legs:
            leg = leg_id(BookingId(kept.id), self._direction(each.leg))
            self.promised[leg] = TimeWindow(
                max(0, each.pickup_s - half_width_s), min(length_s, each.pickup_s + half_width_s)
            )
        return kept.id

    @staticmethod
    def _direction(leg: str) -> Direction:
        return Direction(leg.rpartition(":")[2])

    @rule(
        booking=bookings,
        wanted=st.sampled_from([None, (Direction.OUTWARD,), (Direction.RETURN,)]),
        keeps_return=st.sampled_from([None, True, False]),
        by=st.sampled_from(CancelledBy),
    )
    def cancel(
        self,
        booking: str,
        wanted: tuple[Direction, ...] | None,
        keeps_return: bool | None,
        by: CancelledBy,
    ) -> None:
        kept = booking_of(self.desk, booking)
        try:
            with self.desk.office.database.write() as session:
                after = cancel(
                    self.desk.office,
                    session,
                    self.desk.dispatcher,
                    kept,
                    Wish(by, wanted, keeps_return),
                )
        except ConflictError as error:
            event(f"cancel: {error.problem.code}")
            self._expect({"TUS-5103", "TUS-5104"}, error)
            assert booking_of(self.desk, booking) == kept
            return
        event("cancel: done")
        self._forget_promises(after)

    @rule(booking=bookings, arrive=QUARTERS, later=st.booleans())
    def move(self, booking: str, arrive: int, later: bool) -> None:
        kept = booking_of(self.desk, booking)
        asked = kept.value.booking
        assert asked.outward is not None
        moved = replace(asked, outward=replace(asked.outward, arrive_by_s=at(clock(arrive))))
        if moved.return_leg is not None:
            leave_s = at(clock(arrive + 4))
            moved = replace(moved, return_leg=replace(moved.return_leg, not_before_s=leave_s))
        before = self._current_promises()
        try:
            with self.desk.office.database.write() as session:
                after = change(
                    self.desk.office,
                    session,
                    self.desk.dispatcher,
                    kept,
                    replace(kept.value, booking=moved),
                    later=later,
                )
        except ConflictError as error:
            event(f"change: {error.problem.code}")
            assert booking_of(self.desk, booking) == kept
            assert self._current_promises() == before
            return
        event("change: done")
        own = {leg_id(BookingId(booking), way) for way in Direction}
        for leg in own & set(self.promised):
            window = self._current_promises().get(leg)
            if window is None:
                del self.promised[leg]
            else:
                self.promised[leg] = window
        self._forget_promises(after)

    def _forget_promises(self, kept: Record[DatedBooking]) -> None:
        for state in kept.value.states:
            is_open = state.status in ACTIVE and state.status is not BookingStatus.REQUESTED
            if not is_open:
                self.promised.pop(leg_id(BookingId(kept.id), state.direction), None)

    @precondition(lambda self: self.n_solves < MOST_SOLVES and len(self.acknowledged) > 1)
    @rule()
    def plan(self) -> None:
        self.n_solves += 1
        with self.desk.office.database.write() as session:
            job = start(self.desk.office, session, self.desk.dispatcher, THE_DAY, PlanOptions(10.0))
        assert solve_queued(self.desk.office, self.desk.organisation, job.id)
        with self.desk.office.database.read() as session:
            after = status(session, self.desk.dispatcher, job.id)
        assert after.state is JobState.COMPLETED
        assert not after.is_outdated
        event("plan: done")
        if self.is_blocked:
            # A vehicle is gone: whoever it was promised to may be left out, with a reason.
            left_out = {each.leg for each in self._current().unserved}
            self.promised = {k: v for k, v in self.promised.items() if k not in left_out}
            self.is_blocked = False

    @precondition(lambda self: self._pointer().current is not None)
    @rule()
    def publish(self) -> None:
        day = self._pointer()
        assert day.current is not None
        try:
            publish(self.desk.office, self.desk.dispatcher, THE_DAY, day.current, day.revision)
        except ConflictError as error:
            event(f"publish: {error.problem.code}")
            assert self.is_blocked
            return
        event("publish: done")

    @precondition(lambda self: not self.is_blocked)
    @rule(from_quarter=QUARTERS)
    def send_the_minibus_to_the_workshop(self, from_quarter: int) -> None:
        start_at = five_legs().day.start_at
        use = VehicleUse(
            self.made.vehicles[VehicleId("minibus")],
            VehicleState.WORKSHOP,
            start_at + at(clock(from_quarter)),
            start_at + at(clock(from_quarter + 4)),
        )
        try:
            with self.desk.office.database.write() as session:
                VEHICLE_USES.add(session, self.desk.organisation, use, actor=None)
        except ConflictError:
            return
        self.is_blocked = True

    @precondition(lambda self: self._pointer().published is not None)
    @rule(kind=st.sampled_from(DriverEventKind), number=st.integers(0, 7), again=st.booleans())
    def tap(self, kind: DriverEventKind, number: int, again: bool) -> None:
        published = self._pointer().published
        assert published is not None
        plan = self._kept(published)
        legs = [
            (each.shift, stop.leg)
            for each in plan.rounds
            for stop in each.stops
            if stop.leg is not None
        ]
        if not legs:
            return
        self.n_taps += 1
        shift, leg = legs[number % len(legs)]
        now = self.desk.clock.now_at()
        one = DriverEvent(
            f"{self.desk.organisation}{self.n_taps}", THE_DAY, shift, kind, leg, now, now
        )
        with self.desk.office.database.write() as session:
            heard = record(session, self.desk.dispatcher, THE_DAY, [one] * (1 + again))
        assert heard.accepted == (one.id,)
        event(f"tap: {kind.value}")

    @precondition(lambda self: len(self.erased) < MOST_ERASED and self.n_steps > BUSY)
    @rule(who=st.sampled_from(sorted(HOMES)))
    def try_to_erase(self, who: str) -> None:
        identity = self.made.participants[ParticipantId(who)]
        try:
            erase(self.desk.office, self.desk.organisation, identity)
        except ConflictError as error:
            event(f"erase: {error.problem.code}")
            return
        event("erase: done")
        self.erased.add(who)
        with self.desk.office.database.read() as session:
            kept = PARTICIPANTS.get(session, self.desk.organisation, identity).value
        assert (kept.first_name, kept.last_name, kept.phone, kept.note) == ("", "", None, None)

    @invariant()
    def every_acknowledged_booking_is_kept_with_one_state_per_leg(self) -> None:
        self.n_steps += 1
        with self.desk.office.database.read() as session:
            records = BOOKINGS.all(session, self.desk.organisation)
        assert {each.id for each in records} == self.acknowledged
        for each in records:
            booking = each.value.booking
            asked = [
                way
                for way, leg in (
                    (Direction.OUTWARD, booking.outward),
                    (Direction.RETURN, booking.return_leg),
                )
                if leg is not None
            ]
            assert [state.direction for state in each.value.states] == asked

    @invariant()
    def what_is_kept_passes_the_judge(self) -> None:
        day = self._pointer()
        for number in {day.current, day.published} - {None}:
            assert number is not None
            with self.desk.office.database.read() as session:
                kept = kept_plan(plans.load(session, self.desk.organisation, THE_DAY, number))
            assert verify_plan(kept.plan, kept.matrix) == ()

    @invariant()
    def no_promise_is_broken(self) -> None:
        if self._pointer().current is None:
            return
        plan = self._current()
        pickups = pickups_of(plan)
        told = {each.leg: each.pickup_window for each in plan.promises}
        for leg, window in self.promised.items():
            assert told[leg] == window
            assert window.earliest_s <= pickups[leg] <= window.latest_s

    @invariant()
    def nobody_is_served_who_cancelled(self) -> None:
        if self._pointer().current is None or self.is_blocked:
            return
        with self.desk.office.database.read() as session:
            records = BOOKINGS.all(session, self.desk.organisation)
        gone = {
            leg_id(BookingId(each.id), state.direction)
            for each in records
            for state in each.value.states
            if state.status not in ACTIVE
        }
        assert gone.isdisjoint(leg for leg in pickups_of(self._current()) if leg)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        yield stack.enter_context(open_desk(folder))


def test_nothing_is_lost_at_a_busy_desk(desk: Desk) -> None:
    DeskMachine.shared = desk

    run_state_machine_as_test(
        DeskMachine, settings=settings(max_examples=N_EXAMPLES, stateful_step_count=25)
    )
