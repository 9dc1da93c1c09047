"""How far an alternative may lie from what was asked, and which places are near."""

from dataclasses import dataclass

import numpy as np

from tus_dispatch.domain.offer import OtherPlace
from tus_dispatch.domain.place import LatLon
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import Metres, PlaceId, Seconds
from tus_dispatch.network.geodesy import great_circle_m


@dataclass(frozen=True, slots=True)
class Reach:
    """What an association may ask people on the phone.

    Attributes
    ----------
    step_s, longest_s
        Times move by so many seconds at once, and no further.
    walk_m
        Longest walk to another place, as the crow flies.
    more_ride_s, more_wait_s
        How much longer a ride, or a wait aboard, may be asked for.
    more_hours_s
        How much earlier a shift may begin, or later end.
    n_of_a_kind
        At most so many alternatives of one kind.
    most_tries
        At most so many days are tried in all.
    """

    step_s: Seconds = 600
    longest_s: Seconds = 3 * 3600
    walk_m: Metres = 1500
    more_ride_s: Seconds = 1800
    more_wait_s: Seconds = 900
    more_hours_s: Seconds = 3600
    n_of_a_kind: int = 2
    most_tries: int = 400


ORDINARY = Reach()


def places_near(scenario: Scenario, asked: PlaceId, walk_m: Metres) -> list[OtherPlace]:
    """Return meeting places within walking reach, the nearest first.

    Parameters
    ----------
    scenario
        The day.
    asked
        Where somebody wants to get in or out.
    walk_m
        Longest walk as the crow flies.

    Returns
    -------
    list of OtherPlace
        Nobody's home: a place that bookings of a single person use, or a
        driver lives at, is no meeting place.
    """
    here = scenario.place(asked).point
    if here is None:
        return []
    private = _private_places(scenario)
    found = [
        OtherPlace(asked, place.id, metres)
        for place in scenario.places
        if place.point is not None and place.id not in private and place.id != asked
        if (metres := _metres(here, place.point)) <= walk_m
    ]
    return sorted(found, key=lambda other: (other.walk_m, other.place))


def _private_places(scenario: Scenario) -> set[PlaceId]:
    users: dict[PlaceId, set[str]] = {}
    for booking in scenario.bookings:
        for request in (booking.outward, booking.return_leg):
            for place in () if request is None else (request.origin, request.destination):
                users.setdefault(place, set()).add(booking.participant)
    homes = {driver.home for driver in scenario.drivers if driver.home is not None}
    return homes | {place for place, people in users.items() if len(people) == 1}


def _metres(a: LatLon, b: LatLon) -> Metres:
    ends = (np.array([a.lon, a.lat]), np.array([b.lon, b.lat]))
    return round(float(great_circle_m(*ends)))
