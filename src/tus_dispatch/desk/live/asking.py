"""A booking that somebody asks for: does it make sense, may it be served, how does it stand."""

from dataclasses import replace

from tus_dispatch.desk.live.assemble import person_of
from tus_dispatch.desk.live.codes import refused
from tus_dispatch.desk.live.leg_states import first_states
from tus_dispatch.desk.live.shifts import band_of
from tus_dispatch.domain.demand import (
    Booking,
    Direction,
    EligibilityGround,
    Participant,
    ServiceRegime,
)
from tus_dispatch.domain.legs import legs_of_booking
from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.roster import KeptReferral
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.standing import BookingStatus, DatedBooking
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.formats.scenario import scenario_data, scenario_from_data
from tus_dispatch.store.codes import not_found
from tus_dispatch.store.people import is_erased
from tus_dispatch.store.resources import PARTICIPANTS, PLACES, referrals_of
from tus_dispatch.store.session import Session

# Where places are plays no part in whether a booking makes sense.
_ANYWHERE = LatLon(lat=0.0, lon=0.0)


def expect_sensible(scenario: Scenario, booking: Booking) -> None:
    """Refuse a booking that no service day could hold.

    Parameters
    ----------
    scenario
        A day with the shifts and the places that the booking names.
    booking
        What is asked for.

    Raises
    ------
    InputError
        With everything that is wrong, by JSON pointer into ``bookings/0``.
    """
    requests = [each for each in (booking.outward, booking.return_leg) if each is not None]
    pinned = {each.pin.shift for each in requests if each.pin is not None}
    shifts = tuple(replace(each, driver=None) for each in scenario.shifts if each.id in pinned)
    driven = {each.vehicle for each in shifts}
    vehicles = tuple(replace(each, absences=()) for each in scenario.vehicles if each.id in driven)
    wanted = {
        *(end for each in requests for end in (each.origin, each.destination)),
        *(end for each in shifts for end in (each.start_place, each.end_place)),
        *(each.depot for each in vehicles),
    }
    alone = Scenario(
        name="-",
        territory=scenario.territory,
        day=scenario.day,
        places=tuple(
            Place(each.id, each.id, _ANYWHERE) for each in scenario.places if each.id in wanted
        ),
        vehicles=vehicles,
        shifts=shifts,
        participants=(Participant(booking.participant),),
        bookings=(booking,),
        policy=scenario.policy,
    )
    scenario_from_data(scenario_data(alone), "booking")


def expect_open(
    session: Session, organisation: OrganisationId, scenario: Scenario, booking: Booking
) -> None:
    """Refuse a booking that wants somebody at a place while it is closed.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation
        Whose places.
    scenario
        The day.
    booking
        What is asked for.

    Raises
    ------
    InputError
        When no moment of a window at a door lies in the opening hours of the
        weekday; a place without hours is always open.
    """
    day = scenario.day
    somebody = Participant(booking.participant)
    legs = legs_of_booking(booking, somebody, scenario.policy, day.length_s)
    doors = [
        (leg, place, window)
        for leg in legs
        for place, window in (
            (leg.origin, leg.pickup_window),
            (leg.destination, leg.dropoff_window),
        )
        if window is not None
    ]
    kept = PLACES.many(session, organisation, {place for _, place, _ in doors})
    hours = {each.id: each.value.opening for each in kept}
    for leg, place, window in doors:
        bands = [
            band_of(each.band, day, is_weekly=True)
            for each in hours.get(place, ())
            if each.weekday == day.date.weekday()
        ]
        if hours.get(place) and not any(band.intersect(window) for band in bands):
            asked = f"{day.clock(window.earliest_s)}–{day.clock(window.latest_s)}"
            where = "outward" if leg.direction is Direction.OUTWARD else "return"
            raise refused("place-closed", f"/bookings/0/{where}", asked)


def find_person(
    session: Session, organisation: OrganisationId, identity: ParticipantId
) -> Participant:
    """Return somebody who asks to be carried.

    Parameters
    ----------
    session
        Of a read or a write.
    organisation, identity
        Who.

    Returns
    -------
    Participant
        With referrals.

    Raises
    ------
    NotFoundError
        When the association does not know the person, or has erased them.
    """
    record = PARTICIPANTS.get(session, organisation, identity)
    if is_erased(session, organisation, identity):
        raise not_found("participant", identity)
    own = referrals_of(session, organisation, (identity,))
    kept = [KeptReferral(person, each) for person, many in own.items() for each in many]
    return person_of(record, kept)


def is_eligible(booking: DatedBooking, person: Participant) -> bool:
    """Tell whether somebody may be carried on a day, as far as was checked.

    Parameters
    ----------
    booking
        Its regime and day.
    person
        Who travels.

    Returns
    -------
    bool
        Only social transport asks for a ground, and an expired one is none.
    """
    if booking.booking.regime is not ServiceRegime.TUS:
        return True
    check = person.eligibility
    if check is None or check.ground is EligibilityGround.NONE:
        return False
    return check.expires_on is None or check.expires_on >= booking.service_date


def as_asked(booking: DatedBooking, person: Participant) -> DatedBooking:
    """Return a new booking with the states its legs begin in."""
    status = BookingStatus.ELIGIBLE if is_eligible(booking, person) else BookingStatus.REQUESTED
    return replace(booking, states=first_states(booking.booking, status))
