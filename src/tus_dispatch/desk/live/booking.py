"""Take a booking: to be planned later, or with a promise that is kept from then on."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tus_dispatch.desk.live.asking import as_asked, expect_open, expect_sensible, find_person
from tus_dispatch.desk.live.codes import conflicting
from tus_dispatch.desk.live.current import priced
from tus_dispatch.desk.live.days import scenario_of
from tus_dispatch.desk.live.leg_states import first_states
from tus_dispatch.desk.live.legality import expect_lawful
from tus_dispatch.desk.live.lifting import tell_lifted
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.quoting import ASKED, ASKING, OFFERED, Question, ask
from tus_dispatch.desk.live.renaming import with_booking_named
from tus_dispatch.desk.live.snapshots import texts_of
from tus_dispatch.domain.certificate import Certificate
from tus_dispatch.domain.offer import BookingOffer, Offer, Refusal
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.plan import Plan, Promise
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.service import PlanOrigin
from tus_dispatch.domain.standing import BookingStatus, DatedBooking
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.quote_booking import legs_asked, quote_booking
from tus_dispatch.planning.take import taken
from tus_dispatch.store import offers, organisations, plans
from tus_dispatch.store.offers import OfferRecord
from tus_dispatch.store.resources import BOOKINGS
from tus_dispatch.store.session import Session
from tus_dispatch.verify.plan import verify_plan

Keep = Callable[[Session, Record[DatedBooking]], None]

# So often somebody else may be faster before nobody may be any more.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """A plan with an offer taken, not yet kept.

    Attributes
    ----------
    question
        What was read.
    asked
        The booking and its day.
    plan
        Sound, with the promise.
    """

    question: Question
    asked: DatedBooking
    plan: Plan

    @property
    def matrix(self) -> TravelMatrix:
        """What the plan was judged by."""
        return self.question.day.matrix


def request(
    office: Office, session: Session, actor: Actor, asked: DatedBooking
) -> Record[DatedBooking]:
    """Take a booking that is planned later.

    Parameters
    ----------
    office
        Of the installation.
    session
        Of a write.
    actor
        Whose hand.
    asked
        Its states are set here.

    Returns
    -------
    Record
        Requested, or eligible where that was checked.

    Raises
    ------
    InputError
        When it makes no sense.
    NotFoundError
        When the person is unknown.
    ConflictError
        When a place is unknown.
    RefusedError
        When it is not lawful.
    """
    organisation = actor.organisation
    person = find_person(session, organisation, asked.booking.participant)
    record = BOOKINGS.add(session, organisation, as_asked(asked, person), actor=actor)
    scenario = scenario_of(session, organisation, asked.service_date)
    expect_sensible(scenario, replace(asked.booking, id=BookingId(record.id)))
    expect_open(session, organisation, scenario, asked.booking)
    expect_lawful(office, session, organisation, asked)
    tell_lifted(session, actor, record)
    return record


def book_offer(office: Office, actor: Actor, offer_id: str, keep: Keep) -> Record[DatedBooking]:
    """Take an offer: from now on its promise is kept.

    Parameters
    ----------
    office
        Of the installation.
    actor
        Whose hand.
    offer_id
        From :func:`quoting.quote`.
    keep
        Called in the transaction that keeps the booking, to keep the answer
        with it.

    Returns
    -------
    Record
        Booked.

    Raises
    ------
    NotFoundError
        When there is no such offer.
    ConflictError
        When it is expired or taken, or when the plan has moved on so that the
        promise no longer holds.
    RefusedError
        When it is no longer lawful.
    """
    for _ in range(_TRIES):
        with office.database.read() as session:
            decision = _decide(office, session, actor, offer_id)
        with office.database.write() as session:
            if _is_still(session, actor, decision):
                return _write(session, office, actor, offer_id, decision, keep)
    # Others are faster every time: decide while nobody else can write.
    with office.database.write() as session:
        decision = _decide(office, session, actor, offer_id)
        return _write(session, office, actor, offer_id, decision, keep)


def promised(offer: Offer, half_width_s: Seconds, length_s: Seconds) -> Promise:
    """Return the promise that an offer makes.

    Parameters
    ----------
    offer
        Of one leg.
    half_width_s
        The pickup, give or take this.
    length_s
        Of the service day.

    Returns
    -------
    Promise
        Within the day.
    """
    earliest_s = max(0, offer.pickup_s - half_width_s)
    latest_s = min(length_s, offer.pickup_s + half_width_s)
    return Promise(offer.leg, TimeWindow(earliest_s, latest_s))


def with_offer(
    plan: Plan, offer: BookingOffer, promises: tuple[Promise, ...], matrix: TravelMatrix
) -> Plan:
    """Return a plan with an offer taken and promised, at its price.

    Parameters
    ----------
    plan
        The version the offer was made for.
    offer, promises
        What is taken, and what was told.
    matrix
        Travel times of the day.

    Returns
    -------
    Plan
        Not judged yet.
    """
    told = {each.leg for each in promises}
    others = tuple(each for each in plan.promises if each.leg not in told)
    after = replace(taken(plan, offer), promises=(*others, *promises), certificate=Certificate())
    return priced(after, matrix)


def _decide(office: Office, session: Session, actor: Actor, offer_id: str) -> Decision:
    organisation = actor.organisation
    record = offers.find(session, organisation, offer_id, office.clock.now_at())
    asked = ASKED.load(record.offer.asked_text)
    expect_lawful(office, session, organisation, asked)
    half_width_s = organisations.load(session, organisation).value.promise_half_width_s
    question = ask(office, session, organisation, asked)
    plan = _as_offered(question, record, half_width_s) or _again(question, record, half_width_s)
    if plan is None:
        raise conflicting("promise-lost", "offer", offer_id)
    return Decision(question, asked, plan)


def _as_offered(question: Question, record: OfferRecord, half_width_s: Seconds) -> Plan | None:
    """Take the very rounds that were offered, if the plan is still that one."""
    if (question.pointer.current or 0) != record.offer.made_on:
        return None
    offer = OFFERED.load(record.offer.offer_text)
    day = question.day
    length_s = day.plan.scenario.day.length_s
    promises = tuple(promised(each, half_width_s, length_s) for each in offer.legs)
    plan = with_offer(day.plan, offer, promises, day.matrix)
    return None if verify_plan(plan, day.matrix) else plan


def _again(question: Question, record: OfferRecord, half_width_s: Seconds) -> Plan | None:
    """Look for places in the plan as it is now that keep what was offered."""
    offer = OFFERED.load(record.offer.offer_text)
    day = question.day
    length_s = day.plan.scenario.day.length_s
    promises = tuple(promised(each, half_width_s, length_s) for each in offer.legs)
    told = replace(day.plan, promises=(*day.plan.promises, *promises))
    answer = quote_booking(day.under(told), legs_asked(told, ASKING), n_offers=1)
    if isinstance(answer, Refusal):
        return None
    plan = with_offer(day.plan, answer[0], promises, day.matrix)
    return None if verify_plan(plan, day.matrix) else plan


def _is_still(session: Session, actor: Actor, decision: Decision) -> bool:
    pointer = decision.question.pointer
    return plans.pointer(session, actor.organisation, pointer.service_date) == pointer


def _write(
    session: Session, office: Office, actor: Actor, offer_id: str, decision: Decision, keep: Keep
) -> Record[DatedBooking]:
    organisation, day = actor.organisation, decision.asked.service_date
    offers.take(session, organisation, offer_id, office.clock.now_at())
    booked = replace(
        decision.asked, states=first_states(decision.asked.booking, BookingStatus.BOOKED)
    )
    record = BOOKINGS.add(session, organisation, booked, actor=actor)
    tell_lifted(session, actor, record)
    plan = with_booking_named(decision.plan, ASKING, BookingId(record.id))
    texts = texts_of(plan, decision.matrix)
    plans.save(
        session,
        organisation,
        day,
        plan_text=texts.plan,
        snapshot_text=texts.snapshot,
        origin=PlanOrigin.BOOKING,
        base=decision.question.pointer.current,
        actor=actor,
    )
    keep(session, record)
    return record
