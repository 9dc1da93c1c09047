"""Answer a caller while others book: every offer is judged, and kept until it expires."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tus_dispatch.desk.live.asking import as_asked, expect_open, expect_sensible, find_person
from tus_dispatch.desk.live.assemble import place_of
from tus_dispatch.desk.live.current import open_now
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.quoting import Asked, answer_to
from tus_dispatch.domain.demand import Booking, Participant
from tus_dispatch.domain.offer import BookingOffer, Refusal
from tus_dispatch.domain.organisation import Actor, OrganisationId
from tus_dispatch.domain.place import Place
from tus_dispatch.domain.service import DayPointer, KeptOffer
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.units import BookingId
from tus_dispatch.errors import ConflictError
from tus_dispatch.planning.changes import with_booking
from tus_dispatch.planning.open_day import OpenDay
from tus_dispatch.planning.reach import Reach
from tus_dispatch.store import offers, plans
from tus_dispatch.store.resources import PLACES
from tus_dispatch.store.session import Session
from tus_dispatch.store.values import Codec

# An offer stands while people think on the telephone, not longer.
OFFER_LASTS_S = 15 * 60
# Who asks has no booking yet; legs of an offer are named after this.
ASKING = BookingId("demande")

ASKED: Codec[DatedBooking] = Codec(DatedBooking)
OFFERED: Codec[BookingOffer] = Codec(BookingOffer)

_OTHER_DAYS = 2
# What works instead must be found while the caller waits.
_REACH = Reach(most_tries=120)


@dataclass(frozen=True, slots=True)
class Question:
    """A booking asked of a day.

    Attributes
    ----------
    pointer
        The version and revision that was read.
    day
        The current plan, the booking added and not served.
    booking
        Under the identity it has there.
    person
        Who asks.
    """

    pointer: DayPointer
    day: OpenDay
    booking: Booking
    person: Participant


def quote(office: Office, actor: Actor, asked: DatedBooking) -> tuple[KeptOffer, ...] | Refusal:
    """Offer places in the plan of a day, or say why there is none and what would work.

    Parameters
    ----------
    office
        Of the installation.
    actor
        Who asks, for which association.
    asked
        The booking and its day; identity and states do not matter.

    Returns
    -------
    tuple of KeptOffer or Refusal
        Offers by rising marginal cost, each judged; they can be taken until
        they expire.

    Raises
    ------
    InputError
        When the booking makes no sense.
    NotFoundError
        When person or places are unknown.
    ConflictError
        When the day has changed so that its plan must be made again first.
    """
    organisation = actor.organisation
    with office.database.read() as session:
        question = ask(office, session, organisation, asked)
        others = _other_days(office, session, organisation, asked.service_date)
    answer = answer_to(Asked(question.day, question.booking.id, others), reach=_REACH)
    if isinstance(answer, Refusal):
        return answer
    wanted = as_asked(replace(asked, booking=question.booking), question.person)
    made_on, expires_at = question.pointer.current or 0, office.clock.now_at() + OFFER_LASTS_S
    with office.database.write() as session:
        return tuple(
            KeptOffer(
                id=offers.add(
                    session,
                    organisation,
                    offers.NewOffer(
                        participant=question.person.id,
                        service_date=asked.service_date,
                        made_on=made_on,
                        asked_text=ASKED.dump(wanted),
                        offer_text=OFFERED.dump(offer),
                        expires_at=expires_at,
                    ),
                ),
                asked=wanted,
                made_on=made_on,
                offer=offer,
                expires_at=expires_at,
            )
            for offer in answer
        )


def ask(
    office: Office, session: Session, organisation: OrganisationId, asked: DatedBooking
) -> Question:
    """Put a booking to the current plan of its day.

    Parameters
    ----------
    office
        Remembers days that were opened.
    session
        Of a read or a write.
    organisation
        Whose day.
    asked
        The booking.

    Returns
    -------
    Question
        Ready to be answered.

    Raises
    ------
    InputError
        When the booking makes no sense.
    NotFoundError
        When person or places are unknown.
    ConflictError
        When the plan cannot be driven any more.
    """
    booking = replace(asked.booking, id=ASKING)
    person = find_person(session, organisation, booking.participant)
    places = _places(session, organisation, booking)
    pointer, day = open_now(office, session, organisation, asked.service_date)
    opened = asked_of(day, booking, person, places)
    expect_open(session, organisation, opened.plan.scenario, booking)
    return Question(pointer, opened, booking, person)


def asked_of(
    day: OpenDay, booking: Booking, person: Participant, places: tuple[Place, ...]
) -> OpenDay:
    """Add a booking that nobody serves to an open day.

    Parameters
    ----------
    day
        Its travel times know the places.
    booking, person, places
        What is asked, by whom, between which places.

    Returns
    -------
    OpenDay
        The same rounds.

    Raises
    ------
    InputError
        When the booking makes no sense on this day.
    """
    scenario = day.plan.scenario
    known = {each.id for each in scenario.places}
    more = tuple(each for each in places if each.id not in known)
    scenario = replace(scenario, places=(*scenario.places, *more))
    expect_sensible(scenario, booking)
    return day.under(with_booking(replace(day.plan, scenario=scenario), booking, person))


def _places(session: Session, organisation: OrganisationId, booking: Booking) -> tuple[Place, ...]:
    requests = [each for each in (booking.outward, booking.return_leg) if each is not None]
    ends = dict.fromkeys(end for each in requests for end in (each.origin, each.destination))
    return tuple(place_of(PLACES.get(session, organisation, end)) for end in ends)


def _other_days(
    office: Office, session: Session, organisation: OrganisationId, service_date: date
) -> tuple[OpenDay, ...]:
    """Open the next days that have a plan; one that must be planned again is no offer."""
    found = []
    for after in range(1, _OTHER_DAYS + 1):
        other = service_date + timedelta(days=after)
        if plans.pointer(session, organisation, other).current is None:
            continue
        try:
            found.append(open_now(office, session, organisation, other)[1])
        except ConflictError:
            continue
    return tuple(found)
