"""Whether a booking is lawful on a day, why not, and what would be lawful instead."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from tus_dispatch.domain.demand import Booking, Direction, LegRequest, Participant, ServiceRegime
from tus_dispatch.domain.legal_reasons import Force
from tus_dispatch.domain.legs import requests_of
from tus_dispatch.domain.reason import Reason, force_of, reason_for
from tus_dispatch.domain.units import Metres, PlaceId
from tus_dispatch.rules.cost_share import most_eur_cents
from tus_dispatch.rules.eligibility import (
    distance_reasons,
    ground_reasons,
    referral_reasons,
    zone_reasons,
)
from tus_dispatch.rules.legal_day import LegalDay
from tus_dispatch.rules.overrides import not_lifted
from tus_dispatch.rules.words import quoted, said_euros, said_km

_OF_PLACES = frozenset({"zone", "distance"})
_FAR_AWAY = 10**9
_NOTHING = {
    "zone": (
        "aucun pôle d’échange déclaré n’est permis à la place, vérifiez si les ressources "
        "ouvrent aussi le droit"
    ),
    "distance": "aucun pôle d’échange déclaré n’est permis à la place",
}


def trip_legality(booking: Booking, day: LegalDay) -> tuple[Reason, ...]:
    """Tell everything that forbids a booking, when it is made or rolled out.

    Parameters
    ----------
    booking
        One leg or two.
    day
        The day it is for; knows the participant and the places.

    Returns
    -------
    tuple of Reason
        Each once, the outward leg's first; empty for a lawful booking. Vehicle
        and driver are not known yet, so nothing is said of them.

    Raises
    ------
    KeyError
        When the day lacks the participant or a place.
    """
    found = [
        reason
        for direction in requests_of(booking)
        for reason in leg_legality(booking, direction, day)
    ]
    return tuple(dict.fromkeys(found))


def leg_legality(booking: Booking, direction: Direction, day: LegalDay) -> tuple[Reason, ...]:
    """Tell everything that forbids one leg of a booking.

    Parameters
    ----------
    booking, direction
        Which leg; the booking has it.
    day
        As in :func:`trip_legality`.

    Returns
    -------
    tuple of Reason
        The law's before those of the association; what somebody lifted
        lawfully is left out.

    Raises
    ------
    KeyError
        When the booking has no such leg, or the day lacks something it names.
    """
    if booking.regime is ServiceRegime.RENTAL_SELF_DRIVE:
        return (reason_for("self-drive"),)
    if booking.regime is not ServiceRegime.TUS:
        return ()
    person = day.participants[booking.participant]
    of_places = [*_of_places(person, booking, direction, day)]
    if any(each.slug in _OF_PLACES for each in of_places):
        instead = _instead(booking, direction, day)
        of_places = [*_of_places(person, booking, direction, day, instead)]
    # The law comes before the rules of the house.
    found = [
        *ground_reasons(person, day.date),
        *of_places,
        *_price_reasons(booking, direction, day),
        *(referral_reasons(person, day.date) if day.settings.referral_required else ()),
    ]
    return not_lifted(found, booking)


def lawful_alternative(booking: Booking, direction: Direction, day: LegalDay) -> LegRequest | None:
    """Return the trip to or from a hub that the person may lawfully make instead.

    Parameters
    ----------
    booking, direction, day
        As in :func:`lawful_hub`.

    Returns
    -------
    LegRequest or None
        The leg with one end at the hub; None when no hub is lawful.
    """
    found = lawful_hub(booking, direction, day)
    return None if found is None else requests_of(with_place(booking, *found))[direction]


def lawful_hub(
    booking: Booking, direction: Direction, day: LegalDay
) -> tuple[PlaceId, PlaceId] | None:
    """Find the hub that may lawfully stand for one end of a leg.

    Parameters
    ----------
    booking, direction
        A leg that is not lawful because of where it goes.
    day
        Hubs, communes and distances.

    Returns
    -------
    tuple of PlaceId or None
        The end asked for and the hub nearest to it: of the far end, or of the
        near end where no hub for the far one is lawful. Every legal reason has
        been looked at again. None when no hub with a road to it is lawful.
    """
    asked = requests_of(booking)[direction]
    for old, hub in _hub_trips(asked, direction, day):
        moved = with_place(booking, old, hub)
        there = requests_of(moved)[direction]
        if day.direct_m(there.origin, there.destination) is None:
            continue
        if not any(force_of(each) is Force.LEGAL for each in _bare(moved, direction, day)):
            return old, hub
    return None


def with_place(booking: Booking, old: PlaceId, new: PlaceId) -> Booking:
    """Put a place into all legs of a booking instead of another.

    Parameters
    ----------
    booking
        As asked.
    old, new
        The place it names, and the one to name instead.

    Returns
    -------
    Booking
        Without the contribution agreed for the way asked.
    """

    def moved(asked: LegRequest | None) -> LegRequest | None:
        if asked is None:
            return None
        ends = (new if end == old else end for end in (asked.origin, asked.destination))
        origin, destination = ends
        return replace(asked, origin=origin, destination=destination)

    return replace(
        booking,
        outward=moved(booking.outward),
        return_leg=moved(booking.return_leg),
        participation_eur_cents=None,
    )


def _bare(booking: Booking, direction: Direction, day: LegalDay) -> Iterator[Reason]:
    person = day.participants[booking.participant]
    yield from ground_reasons(person, day.date)
    yield from _of_places(person, booking, direction, day)


def _of_places(
    person: Participant,
    booking: Booking,
    direction: Direction,
    day: LegalDay,
    instead: Callable[[str], str] = lambda _: "",
) -> Iterator[Reason]:
    legs = requests_of(booking)
    asked = legs[direction]
    yield from zone_reasons(person, asked, day, instead=instead("zone"))
    yield from distance_reasons(asked, [*legs.values()], day, instead=instead("distance"))


def _instead(booking: Booking, direction: Direction, day: LegalDay) -> Callable[[str], str]:
    found = lawful_alternative(booking, direction, day)
    if found is None:
        return _NOTHING.__getitem__
    ends = (found.origin, found.destination)
    origin, destination = (
        quoted(day.name(each)) + (" (pôle d’échange)" if day.is_hub(each) else "") for each in ends
    )
    phrase = f"à la place, le trajet de {origin} à {destination} est permis"
    return lambda _: phrase


def _hub_trips(
    asked: LegRequest, direction: Direction, day: LegalDay
) -> Iterator[tuple[PlaceId, PlaceId]]:
    """Yield ends and the hubs that may stand for them, where the person goes to first."""
    ends = (asked.destination, asked.origin)
    hubs = [each for each in day.law.hubs if each not in ends]
    for end in ends if direction is Direction.OUTWARD else reversed(ends):
        for hub in sorted(hubs, key=lambda each: _away_m(day.direct_m(each, end))):
            yield end, hub


def _away_m(metres: Metres | None) -> Metres:
    return _FAR_AWAY if metres is None else metres


def _price_reasons(booking: Booking, direction: Direction, day: LegalDay) -> Iterator[Reason]:
    asked = requests_of(booking)[direction]
    price = booking.participation_eur_cents
    billable_m = day.direct_m(asked.origin, asked.destination)
    if price is None or billable_m is None:
        return
    most = most_eur_cents(billable_m, day.settings)
    if price > most:
        yield reason_for(
            "price-cap",
            asked=said_euros(price),
            most=said_euros(most),
            length=said_km(billable_m),
        )
