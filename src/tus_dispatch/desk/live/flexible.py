"""Flexible bookings: days and hours are proposed, somebody agrees, and it is a promise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tus_dispatch.desk.live.assemble import person_of, place_of
from tus_dispatch.desk.live.assemble_daytime import flexible_of
from tus_dispatch.desk.live.booking import book_offer
from tus_dispatch.desk.live.codes import conflicting
from tus_dispatch.desk.live.current import open_now
from tus_dispatch.desk.live.leg_states import first_states
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.quoting import ASKED, ASKING, OFFERED
from tus_dispatch.desk.planning_a_file import expect_sound
from tus_dispatch.domain.daytime import FlexibleBooking
from tus_dispatch.domain.daytime_report import Proposal
from tus_dispatch.domain.demand import Participant
from tus_dispatch.domain.kept_daytime import KeptFlexible
from tus_dispatch.domain.organisation import Actor
from tus_dispatch.domain.place import Place
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.roster import KeptReferral
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import BookingStatus, DatedBooking
from tus_dispatch.domain.units import BookingId
from tus_dispatch.planning.changes import with_booking
from tus_dispatch.planning.daytime.choice import limits_of
from tus_dispatch.planning.daytime.flexible import propose
from tus_dispatch.planning.daytime.frozen import frozen
from tus_dispatch.planning.daytime.why_not import left_out
from tus_dispatch.planning.take import taken
from tus_dispatch.store import daytime, offers
from tus_dispatch.store.codes import not_found
from tus_dispatch.store.resources import PARTICIPANTS, PLACES, referrals_of
from tus_dispatch.store.session import Session
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price

# Somebody is called back, and asks at home; on its day a proposal is over.
PROPOSAL_LASTS_S = 2 * 24 * 3600

Keep = Callable[[Session, Record[DatedBooking]], None]


@dataclass(frozen=True, slots=True)
class KeptProposal:
    """A day and an hour that can be confirmed.

    Attributes
    ----------
    id
        Of the offer that is kept for it.
    service_date
        Which day.
    proposal
        Its place in the plan of that day.
    expires_at
        UTC epoch seconds.
    """

    id: str
    service_date: date
    proposal: Proposal
    expires_at: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """What days have to offer for a flexible booking.

    Attributes
    ----------
    proposals
        The most valuable first.
    refused
        Days without a place, and why.
    """

    proposals: tuple[KeptProposal, ...]
    refused: tuple[tuple[date, Reason], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What one day has to offer."""

    day: ServiceDay
    made_on: int
    proposal: Proposal | None
    reason: Reason | None


def propose_days(office: Office, actor: Actor, identity: str, dates: Sequence[date]) -> Proposed:
    """Propose days and hours for a flexible booking.

    Parameters
    ----------
    office
        Of the installation.
    actor
        Whose association.
    identity
        Of the flexible booking.
    dates
        Days to look at.

    Returns
    -------
    Proposed
        The judge has accepted each proposal; nobody else moves beyond the
        tolerance of the middle of the day.

    Raises
    ------
    NotFoundError
        When it is not this association's.
    ConflictError
        When it is confirmed already, or a day must be planned again first.
    """
    organisation = actor.organisation
    with office.database.read() as session:
        record = daytime.FLEXIBLE.get(session, organisation, identity)
        _expect_waiting(record)
        found = [_on(office, session, actor, record, each) for each in dict.fromkeys(dates)]
    now_at = office.clock.now_at()
    with office.database.write() as session:
        kept = [
            _kept(session, actor, record, each, each.proposal, now_at)
            for each in found
            if each.proposal is not None
        ]
    refused = tuple((each.day.date, each.reason) for each in found if each.reason is not None)
    kept.sort(key=lambda each: (-each.proposal.net, each.service_date))
    return Proposed(tuple(kept), refused)


def confirm(
    office: Office, actor: Actor, identity: str, proposal: str, keep: Keep
) -> Record[DatedBooking]:
    """Turn a proposal that somebody has agreed to into a promise.

    Parameters
    ----------
    office
        Of the installation.
    actor
        Whose hand.
    identity
        Of the flexible booking.
    proposal
        From :func:`propose_days`.
    keep
        Keeps the answer in the same transaction.

    Returns
    -------
    Record
        Booked.

    Raises
    ------
    NotFoundError
        When there is no such proposal for it.
    ConflictError
        When it is confirmed already, or the promise can no longer be kept.
    """
    organisation = actor.organisation
    with office.database.read() as session:
        _expect_waiting(daytime.FLEXIBLE.get(session, organisation, identity))
        record = offers.find(session, organisation, proposal, office.clock.now_at())
        if ASKED.load(record.offer.asked_text).booking.external_ref != identity:
            raise not_found("offer", proposal)

    def keep_both(session: Session, booked: Record[DatedBooking]) -> None:
        waiting = daytime.FLEXIBLE.get(session, organisation, identity)
        _expect_waiting(waiting)
        value = replace(waiting.value, booking=BookingId(booked.id))
        daytime.FLEXIBLE.change(
            session, organisation, identity, waiting.version, value, actor=actor
        )
        keep(session, booked)

    return book_offer(office, actor, proposal, keep_both)


def _expect_waiting(record: Record[KeptFlexible]) -> None:
    if record.value.booking is not None:
        raise conflicting("already-confirmed", "booking", record.value.booking)


def _on(
    office: Office,
    session: Session,
    actor: Actor,
    record: Record[KeptFlexible],
    service_date: date,
) -> _Found:
    pointer, day = open_now(office, session, actor.organisation, service_date)
    service_day = day.plan.scenario.day
    asked = replace(flexible_of(record, service_day), id=ASKING)
    person, places = _known(session, actor, record.value)
    plan = _asked(day.plan, asked, person, places)
    found = propose([(plan, day.matrix)], asked)
    made_on = pointer.current or 0
    if not found:
        refused = left_out(frozen(plan), day.matrix, limits_of(plan))
        return _Found(service_day, made_on, None, refused[0].reason)
    proposal = found[0].proposal
    after = taken(with_booking(plan, proposal.booking, person), proposal.offer)
    expect_sound(replace(after, cost=price(open_case(after, day.matrix))), day.matrix)
    return _Found(service_day, made_on, proposal, None)


def _known(
    session: Session, actor: Actor, kept: KeptFlexible
) -> tuple[Participant, tuple[Place, ...]]:
    organisation = actor.organisation
    person = PARTICIPANTS.get(session, organisation, kept.participant)
    own = referrals_of(session, organisation, (kept.participant,))
    referrals = [KeptReferral(who, each) for who, many in own.items() for each in many]
    places = PLACES.many(session, organisation, [kept.home, kept.place])
    return person_of(person, referrals), tuple(place_of(each) for each in places)


def _asked(
    plan: Plan, asked: FlexibleBooking, person: Participant, places: Sequence[Place]
) -> Plan:
    """Let a plan know the person and the places, and ask for nothing else."""
    scenario = plan.scenario
    here = {each.id for each in scenario.places}
    others = tuple(each for each in scenario.participants if each.id != person.id)
    return replace(
        plan,
        scenario=replace(
            scenario,
            places=(*scenario.places, *(each for each in places if each.id not in here)),
            participants=(*others, person),
            flexible_bookings=(asked,),
            group_events=(),
            protected_targets=(),
        ),
    )


def _kept(
    session: Session,
    actor: Actor,
    record: Record[KeptFlexible],
    found: _Found,
    proposal: Proposal,
    now_at: int,
) -> KeptProposal:
    booking = replace(proposal.booking, external_ref=record.id)
    asked = DatedBooking(found.day.date, booking, first_states(booking, BookingStatus.REQUESTED))
    expires_at = min(now_at + PROPOSAL_LASTS_S, found.day.start_at)
    identity = offers.add(
        session,
        actor.organisation,
        offers.NewOffer(
            participant=booking.participant,
            service_date=found.day.date,
            made_on=found.made_on,
            asked_text=ASKED.dump(asked),
            offer_text=OFFERED.dump(proposal.offer),
            expires_at=expires_at,
        ),
    )
    return KeptProposal(identity, found.day.date, proposal, expires_at)
