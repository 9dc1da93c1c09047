"""The same things under other identities."""

from collections.abc import Mapping
from dataclasses import replace

from tus_dispatch.domain.demand import Booking, LegRequest, Participant
from tus_dispatch.domain.law import Area, Law
from tus_dispatch.domain.legs import leg_id, legs_of
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel_source import MatrixSource, TravelSource
from tus_dispatch.domain.units import BookingId, DriverId, LegId, ParticipantId, PlaceId, ShiftId


def renamed_booking(
    booking: Booking,
    *,
    places: Mapping[PlaceId, PlaceId],
    shifts: Mapping[ShiftId, ShiftId],
    participants: Mapping[ParticipantId, ParticipantId],
) -> Booking:
    """Return a booking that names person, places and shifts by other identities.

    Parameters
    ----------
    booking
        Its own identity stays.
    places, shifts, participants
        New identity by old; all of them.

    Returns
    -------
    Booking
        The same booking.
    """

    def renamed(request: LegRequest | None) -> LegRequest | None:
        if request is None:
            return None
        pin = request.pin
        if pin is not None and pin.shift is not None:
            pin = replace(pin, shift=shifts[pin.shift])
        return replace(
            request,
            origin=places[request.origin],
            destination=places[request.destination],
            pin=pin,
        )

    return replace(
        booking,
        participant=participants[booking.participant],
        outward=renamed(booking.outward),
        return_leg=renamed(booking.return_leg),
    )


def renamed_person(
    person: Participant,
    participants: Mapping[ParticipantId, ParticipantId],
    drivers: Mapping[DriverId, DriverId],
) -> Participant:
    """Return a person under another identity, as are those never to meet and the usual driver."""
    usual = person.regular_driver
    return replace(
        person,
        id=participants[person.id],
        never_with=tuple(participants[each] for each in person.never_with),
        regular_driver=None if usual is None else drivers[usual],
    )


def renamed_travel(travel: TravelSource, places: Mapping[PlaceId, PlaceId]) -> TravelSource:
    """Return a source of travel times whose table, if it is one, names places anew."""
    if not isinstance(travel, MatrixSource):
        return travel
    return replace(travel, places=tuple(places[each] for each in travel.places))


def renamed_law(law: Law, places: Mapping[PlaceId, PlaceId]) -> Law:
    """Return the law of a day whose hubs and areas name places anew."""

    def renamed(area: Area) -> Area:
        return replace(area, places=frozenset(places[each] for each in area.places))

    return replace(
        law,
        hubs=tuple(places[each] for each in law.hubs),
        authorities=tuple(renamed(each) for each in law.authorities),
        public_services=tuple(renamed(each) for each in law.public_services),
    )


def with_booking_named(plan: Plan, old: BookingId, new: BookingId) -> Plan:
    """Give a booking of a plan another identity, everywhere the plan names it.

    Parameters
    ----------
    plan
        Its day has the booking.
    old, new
        Identities; the new one is free.

    Returns
    -------
    Plan
        The same plan.
    """
    legs = {leg.id: leg for leg in legs_of(plan.scenario) if leg.booking == old}
    names = {each.id: leg_id(new, each.direction) for each in legs.values()}

    def named(leg: LegId | None) -> LegId | None:
        return None if leg is None else names.get(leg, leg)

    return replace(
        plan,
        scenario=replace(
            plan.scenario,
            bookings=tuple(
                replace(each, id=new) if each.id == old else each for each in plan.scenario.bookings
            ),
        ),
        rounds=tuple(
            replace(each, stops=tuple(replace(stop, leg=named(stop.leg)) for stop in each.stops))
            for each in plan.rounds
        ),
        unserved=tuple(replace(each, leg=names.get(each.leg, each.leg)) for each in plan.unserved),
        promises=tuple(replace(each, leg=names.get(each.leg, each.leg)) for each in plan.promises),
    )
