"""Slot offers: how many seats, from which sector, at what price, really inserted into the plan."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tus_dispatch.domain.demand import (
    Booking,
    Eligibility,
    EligibilityGround,
    LegRequest,
    Participant,
    Referral,
)
from tus_dispatch.domain.fleet import Configuration
from tus_dispatch.domain.legs import legs_of_booking
from tus_dispatch.domain.offer import BookingOffer
from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.slot_offer import Sector, SlotOffer
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, Metres, ParticipantId, PlaceId, Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.changes import with_booking
from tus_dispatch.planning.daytime.choice import Limits, limits_of
from tus_dispatch.planning.daytime.frozen import frozen
from tus_dispatch.planning.daytime.guards import keeps_buffer
from tus_dispatch.planning.daytime.worth import paid_s
from tus_dispatch.planning.open_day import OpenDay, open_day
from tus_dispatch.planning.quote_booking import offers_for
from tus_dispatch.planning.round_figures import MIDDAY

SLOT_S: Seconds = 1800
EVEN_S: Seconds = 300
STAY_S: Seconds = 3600
# The shortest stay first, then half an hour and an hour more.
_LONGER_S: tuple[Seconds, ...] = (0, 1800, 3600, 5400)
FARTHEST_M: Metres = 25_000
PROBE = BookingId("offre")
_NOBODY = ParticipantId("offre")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which offers are wanted.

    Attributes
    ----------
    places
        Partner places; empty for all, see :func:`partner_places`.
    hours
        Between which times people get out; 09:30 to 15:30.
    stay_s
        How long they stay at least.
    farthest_m
        Sectors further away by road are left out.
    """

    places: tuple[PlaceId, ...] = ()
    hours: TimeWindow = MIDDAY
    stay_s: Seconds = STAY_S
    farthest_m: Metres = FARTHEST_M


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer and the booking that was put into the plan to make it.

    Attributes
    ----------
    slot_offer
        What may be shown.
    booking
        A party of so many seats from a home of the sector; it names nobody.
    offer
        Its place in the plan.
    """

    slot_offer: SlotOffer
    booking: Booking
    offer: BookingOffer


def offered_slots(
    plan: Plan, matrix: TravelMatrix, names: Mapping[str, str], asked: Asked | None = None
) -> Iterator[Offered]:
    """Work out what a plan can offer to partners.

    Parameters
    ----------
    plan
        Draft or published; sound.
    matrix
        Knows its places.
    names
        Names of communes by their code; a commune without one is called by
        its code.
    asked
        Which offers are wanted, or None for all.

    Yields
    ------
    Offered
        By place, half hour and sector; none without seats. Each was put into
        the plan with so many people at once, there and back, with nobody
        disturbed.
    """
    asked = asked or Asked()
    limits = limits_of(plan)
    day = open_day(frozen(plan), matrix)
    sectors = sectors_of(plan.scenario, names)
    most = max((each.seats for each in _configurations(plan.scenario)), default=0)
    for place in asked.places or partner_places(plan.scenario):
        for slot in _slots(asked.hours):
            for sector, homes in sectors.items():
                home = _middle_home(homes, place, matrix, asked.farthest_m)
                if home is None:
                    continue
                probes = (_probe(home, place, slot, asked.stay_s + more) for more in _LONGER_S)
                found = (_most_seats(day, probe, most, limits, sector) for probe in probes)
                first = next((each for each in found if each is not None), None)
                if first is not None:
                    yield first


def party_of(day: date) -> Participant:
    """Return the person who stands for a party, whom the law lets travel anywhere.

    Parameters
    ----------
    day
        The service date, on which the papers are valid.

    Returns
    -------
    Participant
        Whether the people who come may do so is settled when they are booked.
    """
    papers = Eligibility(EligibilityGround.BOTH, checked_on=day, checked_by=str(_NOBODY))
    return Participant(_NOBODY, eligibility=papers, referrals=(Referral(day, day),))


def partner_places(scenario: Scenario) -> tuple[PlaceId, ...]:
    """Return the places people are brought to, in the order of the day.

    Parameters
    ----------
    scenario
        A service day.

    Returns
    -------
    tuple of PlaceId
        Destinations of bookings, flexible bookings and events; never where
        anybody is fetched at home.
    """
    visited = {
        *(each.outward.destination for each in scenario.bookings if each.outward),
        *(each.return_leg.origin for each in scenario.bookings if each.return_leg),
        *(each.place for each in scenario.flexible_bookings),
        *(each.place for each in scenario.group_events),
    }
    homes = set(_homes(scenario))
    return tuple(each.id for each in scenario.places if each.id in visited and each.id not in homes)


def sectors_of(scenario: Scenario, names: Mapping[str, str]) -> dict[Sector, tuple[PlaceId, ...]]:
    """Group the homes of a day by commune.

    Parameters
    ----------
    scenario
        A service day; homes without a commune code belong to no sector.
    names
        Names of communes by code.

    Returns
    -------
    dict
        By sector, the homes in it.
    """
    homes: dict[str, list[PlaceId]] = {}
    for place in dict.fromkeys(_homes(scenario)):
        insee = scenario.place(place).insee
        if insee is not None:
            homes.setdefault(insee, []).append(place)
    return {
        Sector(insee, names.get(insee, insee)): tuple(places)
        for insee, places in sorted(homes.items())
    }


def _most_seats(
    day: OpenDay, booking: Booking, most: int, limits: Limits, sector: Sector
) -> Offered | None:
    """Return the offer for the largest party that fits."""
    one = _offer(day, booking, limits)
    if one is None:
        return None
    # Boarding takes longer for more people, so what seats allow is tried from above.
    free = min(_free_seats(day.plan, leg.new_round, leg.leg) for leg in one.legs)
    for seats in range(min(most, 1 + free), 1, -1):
        party = replace(booking, party_size=seats)
        offer = _offer(day, party, limits)
        if offer is not None:
            return _offered(day, party, offer, sector)
    return _offered(day, booking, one, sector)


def _offer(day: OpenDay, booking: Booking, limits: Limits) -> BookingOffer | None:
    scenario = day.plan.scenario
    person = party_of(scenario.day.date)
    legs = legs_of_booking(booking, person, scenario.policy, scenario.day.length_s)
    buffer_s = scenario.policy.daytime.peak_buffer_s
    asked = day.under(with_booking(day.plan, booking, person))
    for offer in offers_for(asked, legs, n_offers=1):
        if all(
            keeps_buffer(each, limits.peaks.get(each.shift), limits.confirmed, buffer_s)
            for each in offer.new_rounds
        ):
            return offer
    return None


def _offered(day: OpenDay, booking: Booking, offer: BookingOffer, sector: Sector) -> Offered:
    out, back = booking.outward, booking.return_leg
    if out is None or back is None or not (out.dropoff_window and back.pickup_window):
        raise ValueError("a probe goes there and back")
    wall = day.plan.scenario.day.wall
    name = f"{out.destination}/{wall(out.dropoff_window.earliest_s)}/{sector.insee}"
    slot_offer = SlotOffer(
        id=name,
        place=out.destination,
        slot=out.dropoff_window,
        back=back.pickup_window,
        sector=sector,
        seats=booking.party_size,
        marginal_m=offer.marginal_m,
        marginal_paid_s=paid_s(offer, day.plan.scenario),
    )
    return Offered(slot_offer, booking, offer)


def _probe(home: PlaceId, place: PlaceId, slot: TimeWindow, stay_s: Seconds) -> Booking:
    back_s = -(-(slot.latest_s + Participant(_NOBODY).alighting_s + stay_s) // EVEN_S) * EVEN_S
    return Booking(
        id=PROBE,
        participant=_NOBODY,
        outward=LegRequest(home, place, dropoff_window=slot),
        return_leg=LegRequest(place, home, pickup_window=TimeWindow(back_s, back_s + SLOT_S)),
    )


def _free_seats(plan: Plan, tour_round: Round, leg: str) -> int:
    """Return the seats still free while a leg is aboard, in the roomiest configuration."""
    first, last = (at for at, stop in enumerate(tour_round.stops) if stop.leg == leg)
    taken = max(stop.load.seats for stop in tour_round.stops[first:last])
    vehicle = plan.scenario.vehicle(tour_round.vehicle)
    return max(each.seats for each in vehicle.configurations) - taken


def _slots(hours: TimeWindow) -> Iterator[TimeWindow]:
    start_s = -(-hours.earliest_s // SLOT_S) * SLOT_S
    while start_s + SLOT_S <= hours.latest_s:
        yield TimeWindow(start_s, start_s + SLOT_S)
        start_s += SLOT_S


def _middle_home(
    homes: Iterable[PlaceId], place: PlaceId, matrix: TravelMatrix, farthest_m: Metres
) -> PlaceId | None:
    """Return the home of a sector at the median distance, if that is within reach."""
    away = sorted(
        (metres, home)
        for home in homes
        if home != place and (metres := matrix.metres_between(home, place)) is not None
    )
    if not away:
        return None
    metres, home = away[len(away) // 2]
    return home if metres <= farthest_m else None


def _homes(scenario: Scenario) -> Iterator[PlaceId]:
    for booking in scenario.bookings:
        if booking.outward is not None:
            yield booking.outward.origin
        if booking.return_leg is not None:
            yield booking.return_leg.destination
    for flexible in scenario.flexible_bookings:
        yield flexible.home
    for event in scenario.group_events:
        yield from (each.home for each in event.attendances)


def _configurations(scenario: Scenario) -> Iterator[Configuration]:
    for vehicle in scenario.vehicles:
        yield from vehicle.configurations
