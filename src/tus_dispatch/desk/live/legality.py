"""Whether a booking is lawful on its day, asked before it is kept, offered or rolled out."""

from collections.abc import Iterator
from dataclasses import dataclass

from tus_dispatch.desk.live.assemble import person_of, place_of, travel_for
from tus_dispatch.desk.live.assemble_daytime import law_for
from tus_dispatch.desk.live.matrices import matrix_of
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.refusing import LawfulTrip, RefusedError
from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.legs import requests_of
from tus_dispatch.domain.organisation import Organisation, OrganisationId
from tus_dispatch.domain.place import Place
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.roster import KeptReferral
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.travel_source import MatrixSource
from tus_dispatch.rules.legal_day import LegalDay, legal_day
from tus_dispatch.rules.trips import lawful_alternative, trip_legality
from tus_dispatch.store import organisations
from tus_dispatch.store.resources import PARTICIPANTS, PLACES, referrals_of
from tus_dispatch.store.session import Session


@dataclass(frozen=True, slots=True)
class Unlawful:
    """What speaks against a booking.

    Attributes
    ----------
    reasons
        The law's before those of the association.
    instead
        Trips that the person may lawfully make instead.
    """

    reasons: tuple[Reason, ...]
    instead: tuple[LawfulTrip, ...]


def unlawfulness(
    office: Office, session: Session, organisation: OrganisationId, asked: DatedBooking
) -> Unlawful | None:
    """Tell what the law and the rules of the association have against a booking.

    Parameters
    ----------
    office
        Remembers travel times.
    session
        Of a read or a write.
    organisation
        Whose law.
    asked
        A booking of a day.

    Returns
    -------
    Unlawful or None
        None for a lawful booking, and wherever the association does not
        enforce the law of trips.

    Raises
    ------
    NotFoundError
        When the person is unknown.
    InputError
        When the day lies before the first value of a legal table.
    """
    settings = organisations.load(session, organisation).value
    if settings.law is None or not settings.law.is_enforced:
        return None
    day = _legal_day(office, session, organisation, settings, asked)
    reasons = () if day is None else trip_legality(asked.booking, day)
    if day is None or not reasons:
        return None
    return Unlawful(reasons, tuple(_instead(asked.booking, day)))


def expect_lawful(
    office: Office, session: Session, organisation: OrganisationId, asked: DatedBooking
) -> None:
    """Refuse a booking that is not lawful.

    Parameters
    ----------
    office, session, organisation, asked
        As in :func:`unlawfulness`.

    Raises
    ------
    RefusedError
        With every reason, and the trips that are lawful.
    """
    found = unlawfulness(office, session, organisation, asked)
    if found is not None:
        raise RefusedError(found.reasons, None, found.instead)


def _legal_day(
    office: Office,
    session: Session,
    organisation: OrganisationId,
    settings: Organisation,
    asked: DatedBooking,
) -> LegalDay | None:
    places = _places(session, organisation, settings, asked.booking)
    person = PARTICIPANTS.get(session, organisation, asked.booking.participant)
    own = referrals_of(session, organisation, (asked.booking.participant,))
    referrals = [KeptReferral(who, each) for who, many in own.items() for each in many]
    measured = [each for each in places if _is_measured(settings, each)]
    scenario = Scenario(
        name="-",
        territory=settings.territory,
        day=ServiceDay(asked.service_date, settings.territory.time_zone),
        places=tuple(measured),
        travel=travel_for(settings.travel, [each.id for each in measured]),
    )
    matrix = matrix_of(office, scenario)
    whole = Scenario(
        name="-",
        territory=settings.territory,
        day=scenario.day,
        places=places,
        participants=(person_of(person, referrals),),
        law=law_for(settings.law, places),
    )
    return legal_day(whole, matrix)


def _places(
    session: Session, organisation: OrganisationId, settings: Organisation, booking: Booking
) -> tuple[Place, ...]:
    """Return the ends of the legs and the hubs, each once and in a steady order."""
    requests = requests_of(booking).values()
    ends = {end for each in requests for end in (each.origin, each.destination)}
    hubs = () if settings.law is None else settings.law.hubs
    found = PLACES.many(session, organisation, sorted({*ends, *hubs}))
    return tuple(sorted((place_of(each) for each in found), key=lambda each: each.id))


def _is_measured(settings: Organisation, place: Place) -> bool:
    """Tell whether there are travel times for a place; a place without any has no distance."""
    if isinstance(settings.travel, MatrixSource):
        return place.id in settings.travel.places
    return place.point is not None


def _instead(booking: Booking, day: LegalDay) -> Iterator[LawfulTrip]:
    for direction in requests_of(booking):
        found = lawful_alternative(booking, direction, day)
        if found is not None and found != requests_of(booking)[direction]:
            yield LawfulTrip(direction, found.origin, found.destination)
