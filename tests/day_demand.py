"""Bookings and participants opened around the rides of a drawn day."""

from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from random import Random  # noqa: TID251 - tests pass their seeded generator in

from tests.day_drafts import DraftRide, Party, Person
from tests.day_layout import Layout
from tus_dispatch.domain.demand import (
    Booking,
    Direction,
    LegRequest,
    Participant,
    Pin,
    Purpose,
    ServiceRegime,
)
from tus_dispatch.domain.plan import Unserved
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.units import BookingId, LegId, ParticipantId, PlaceId, ShiftId
from tus_dispatch.domain.window import TimeWindow

# A rental without a driver is no ride.
DRIVEN = [each for each in ServiceRegime if each is not ServiceRegime.RENTAL_SELF_DRIVE]
FIRST_NAMES = ("Agathe", "Boris", "Céline", "Driss", "Édith", "Félix", "Gaëlle", "Hector")

Demand = tuple[tuple[Booking, ...], tuple[Participant, ...], tuple[Unserved, ...]]


class DemandMaker:
    """Opens windows, ride limits and pins around rides that already keep them.

    Parameters
    ----------
    rng
        Source of all choices.
    layout
        The rides.
    seconds
        Driving times.
    offset_s, length_s
        As for the fleet.
    """

    def __init__(
        self, rng: Random, layout: Layout, seconds: list[list[int]], offset_s: int, length_s: int
    ) -> None:
        self.rng, self.layout, self.seconds = rng, layout, seconds
        self.offset_s, self.length_s = offset_s, length_s
        self.direct_drives = [(ride.origin, ride.destination) for ride in layout.rides]
        self.policy = Policy(
            ride_limit=RideLimit(rng.choice((0, 50, 100)), rng.choice((0, 300)), 900, 2700),
            max_wait_aboard_s=layout.max_wait_aboard_s,
            arrive_early_s=rng.choice((0, 600, 1800)),
            depart_late_s=rng.choice((0, 900, 2400)),
            promise_tolerance_s=rng.choice((0, 300, 900)),
            extra_person_s=layout.extra_person_s,
        )

    def make(self, n_out: int) -> Demand:
        """Return bookings, participants, and legs nobody can or wants to serve."""
        participants = self._keep_apart([self._participant(p) for p in self.layout.people])
        limits = {participant.id: participant.ride_limit for participant in participants}
        by_party: defaultdict[str, list[DraftRide]] = defaultdict(list)
        for ride in self.layout.rides:
            by_party[ride.party.key].append(ride)
        bookings = [
            self._booking(party, by_party[party.key], limits[ParticipantId(party.person.key)])
            for party in self.layout.parties
        ]
        unserved = []
        for index in range(n_out):
            booking, participant, reason = self._left_out(index)
            bookings.insert(self.rng.randint(0, len(bookings)), booking)
            participants.append(participant)
            unserved.append(Unserved(LegId(f"{booking.id}:out"), reason_for(reason)))
        return tuple(bookings), tuple(participants), tuple(unserved)

    def _participant(self, person: Person) -> Participant:
        index = int(person.key[1:])
        return Participant(
            id=ParticipantId(person.key),
            first_name=FIRST_NAMES[index % len(FIRST_NAMES)],
            last_name=f"Personne-{index}",
            boarding_s=person.boarding_s,
            alighting_s=person.alighting_s,
            wheelchair=person.wheelchair,
            companions=person.companions,
            child_seats=person.child_seats,
            ride_limit=self._own_limit(person) if self.rng.random() < 0.2 else None,
            requires=person.requires,
        )

    def _own_limit(self, person: Person) -> RideLimit:
        rides = [ride for ride in self.layout.rides if ride.party.person.key == person.key]
        needed_s = max(max(0, self._ride_s(ride) - self._direct_s(ride)) for ride in rides)
        minimum_s = needed_s + self._slack_s(600)
        return RideLimit(self.rng.choice((0, 30)), 0, minimum_s, minimum_s + self._slack_s(600))

    def _keep_apart(self, participants: list[Participant]) -> list[Participant]:
        met = set().union(*(tour.met for tour in self.layout.tours))
        pairs = [
            (a, b)
            for a, b in combinations(range(len(participants)), 2)
            if frozenset((participants[a].id, participants[b].id)) not in met
        ]
        for a, b in self.rng.sample(pairs, min(len(pairs), len(participants) // 4)):
            first, second = participants[a], participants[b]
            participants[a] = replace(first, never_with=(*first.never_with, second.id))
            if self.rng.random() < 0.3:
                participants[b] = replace(second, never_with=(*second.never_with, first.id))
        return participants

    def _booking(self, party: Party, rides: list[DraftRide], own: RideLimit | None) -> Booking:
        rng = self.rng
        requests = {
            ride.direction: self._request(ride, own or self.policy.ride_limit) for ride in rides
        }
        return Booking(
            id=BookingId(party.key),
            participant=ParticipantId(party.person.key),
            outward=requests.get(Direction.OUTWARD),
            return_leg=requests.get(Direction.RETURN),
            party_size=party.size,
            purpose=rng.choice(list(Purpose)),
            regime=rng.choice(DRIVEN),
            priority=rng.randint(0, 100) if rng.random() < 0.3 else 0,
            price_eur_cents=rng.randint(100, 5000) if rng.random() < 0.1 else None,
            requires=party.requires,
        )

    def _request(self, ride: DraftRide, limit: RideLimit) -> LegRequest:
        rng = self.rng
        request = self._asked(ride)
        ride_s = self._ride_s(ride)
        if ride_s > limit.max_ride_s(self._direct_s(ride)) or rng.random() < 0.1:
            request = replace(request, max_ride_s=ride_s + self._slack_s(900))
        if ride.own_boarding:
            request = replace(request, boarding_s=ride.boarding_s, alighting_s=ride.alighting_s)
        if rng.random() < 0.1:
            request = replace(request, pin=self._pin(ride))
        return request

    def _asked(self, ride: DraftRide) -> LegRequest:
        """Ask for a time in one of the ways people do, so that the ride answers it."""
        rng = self.rng
        pickup_s, dropoff_s = ride.pickup_s + self.offset_s, ride.dropoff_s + self.offset_s
        way = rng.choice(("arrive", "leave", "pickup", "dropoff", "both", "arrive+pickup"))
        request = LegRequest(PlaceId(f"L{ride.origin}"), PlaceId(f"L{ride.destination}"))
        if way.startswith("arrive"):
            spare_s = min(self.policy.arrive_early_s, self.length_s - dropoff_s)
            request = replace(request, arrive_by_s=dropoff_s + self._slack_s(spare_s))
        if way == "leave":
            spare_s = min(self.policy.depart_late_s, pickup_s)
            request = replace(request, not_before_s=pickup_s - self._slack_s(spare_s))
        if way in {"pickup", "both", "arrive+pickup"}:
            request = replace(request, pickup_window=self._around(pickup_s))
        if way == "leave" and rng.random() < 0.3:
            # An hour at one end may go with a window at the other.
            request = replace(request, dropoff_window=self._around(dropoff_s))
        if way in {"dropoff", "both"}:
            request = replace(request, dropoff_window=self._around(dropoff_s))
        return request

    def _pin(self, ride: DraftRide) -> Pin:
        rng, shift = self.rng, ShiftId(f"S{ride.tour}")
        if rng.random() < 0.4:
            return Pin(shift=shift)
        tolerance_s = rng.choice((0, 60, 300))
        told_s = ride.pickup_s + self.offset_s + rng.randint(-tolerance_s, tolerance_s)
        told_s = min(max(0, told_s), self.length_s)
        return Pin(shift if rng.random() < 0.5 else None, told_s, tolerance_s)

    def _left_out(self, index: int) -> tuple[Booking, Participant, str]:
        """An optional booking not worth its while, or a required one nobody is able to serve."""
        rng = self.rng
        is_optional = rng.random() < 0.6
        origin, destination = rng.sample(range(len(self.seconds)), 2)
        self.direct_drives.append((origin, destination))
        person = Participant(
            id=ParticipantId(f"X{index + 1}"), first_name="Inès", last_name=f"Option-{index}"
        )
        booking = Booking(
            id=BookingId(f"Y{index + 1}"),
            participant=person.id,
            outward=LegRequest(
                PlaceId(f"L{origin}"),
                PlaceId(f"L{destination}"),
                arrive_by_s=rng.randint(self.length_s // 3, self.length_s),
            ),
            priority=rng.randint(0, 100),
            price_eur_cents=rng.randint(1, 50) if is_optional else None,
            requires=() if is_optional else ("helicopter",),
        )
        return booking, person, "price" if is_optional else "no-vehicle"

    def _ride_s(self, ride: DraftRide) -> int:
        return ride.dropoff_s - (ride.pickup_s + ride.boarding_s)

    def _direct_s(self, ride: DraftRide) -> int:
        return self.seconds[ride.origin][ride.destination]

    def _around(self, time_s: int) -> TimeWindow:
        return TimeWindow(
            max(0, time_s - self._slack_s(1800)), min(self.length_s, time_s + self._slack_s(1800))
        )

    def _slack_s(self, most_s: int) -> int:
        return 0 if self.rng.random() < 0.35 else self.rng.randint(0, most_s)
