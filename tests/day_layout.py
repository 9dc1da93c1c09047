"""Rounds drawn at random, stop by stop, so that a day can be opened around them afterwards.

Times here are seconds from the first sign-on of the day; the caller moves
them to wherever the service day has room.
"""

from dataclasses import replace
from random import Random  # noqa: TID251 - tests pass their seeded generator in

from tests.day_drafts import DraftRide, DraftStop, DraftTour, Party, Person
from tus_dispatch.domain.demand import Direction, Load
from tus_dispatch.domain.fleet import Configuration
from tus_dispatch.domain.plan import StopKind

MAX_WAITS_ABOARD_S = (0, 60, 300, 600)
FEATURES = ("ramp", "towbar", "low_floor")
QUALIFICATIONS = ("wheelchair", "first_aid", "sign_language")


class Layout:
    """Draws rounds by letting every vehicle act in turn until everybody is home.

    Parameters
    ----------
    rng
        Source of all choices.
    seconds
        Square table of driving times.
    n_legs, n_tours
        Size of the day.
    """

    def __init__(self, rng: Random, seconds: list[list[int]], n_legs: int, n_tours: int) -> None:
        self.rng, self.seconds, self.to_start = rng, seconds, n_legs
        self.max_wait_aboard_s = rng.choice(MAX_WAITS_ABOARD_S)
        self.extra_person_s = rng.choice((0, 30, 60))
        self.people: list[Person] = []
        self.parties: list[Party] = []
        self.rides: list[DraftRide] = []
        self.waiting: list[DraftRide] = []
        self.tours: list[DraftTour] = []
        for index in range(n_tours):
            self.tours.append(self._new_tour(index))

    def run(self) -> None:
        while self.to_start or self.waiting or any(tour.aboard for tour in self.tours):
            early = self.rng.random() < 0.7
            tour = min(self.tours, key=lambda t: t.free_s) if early else self.rng.choice(self.tours)
            if not self._act(tour):
                self._act(self.rng.choice(self.tours))
        for tour in self.tours:
            if tour.stops:
                self._finish(tour)

    def _new_tour(self, index: int) -> DraftTour:
        rng, n_places = self.rng, len(self.seconds)
        if index and rng.random() < 0.25:
            # A twin of the shift before, for a later part of the day: the two
            # may turn out to share vehicle and driver.
            twin = self.tours[index - 1]
            return replace(
                twin, index=index, free_s=twin.free_s + rng.randint(7200, 21600),
                place=twin.start_place, stops=[], aboard=[], met=set(), pauses=[],
            )  # fmt: skip
        configurations = rng.choice(
            (
                (Configuration(8), Configuration(5, 1), Configuration(2, 2)),
                (Configuration(4), Configuration(3, 1)),
                (Configuration(6, 1),),
                (Configuration(4),),
                (Configuration(2),),
            )
        )
        depot = rng.randrange(n_places)
        start_place, end_place = (
            (depot, depot)
            if rng.random() < 0.6
            else (rng.randrange(n_places), rng.randrange(n_places))
        )
        is_open = rng.random() < 0.2
        pauses = [kind for kind, share in (
            (StopKind.BREAK, 0.5),
            (StopKind.PROTECTED, 0.0 if is_open else 0.2),
            (StopKind.ABSENCE, 0.15),
        ) if rng.random() < share]  # fmt: skip
        rng.shuffle(pauses)
        return DraftTour(
            index=index,
            configurations=configurations,
            chosen=rng.randrange(len(configurations)),
            child_seats=rng.choice((0, 0, 1, 2)),
            features=_some(rng, FEATURES),
            qualifications=_some(rng, QUALIFICATIONS),
            is_open=is_open,
            depot=depot,
            start_place=start_place,
            end_place=end_place,
            pauses=pauses,
            place=start_place,
            free_s=rng.randint(0, 7200),
        )

    def _act(self, tour: DraftTour) -> bool:
        rng = self.rng
        if tour.aboard and rng.random() < 0.55:
            return self._drop(tour)
        if tour.pauses and not tour.aboard and rng.random() < 0.3 and self._next_ride(tour):
            self._pause(tour, tour.pauses.pop())
        ride = self._next_ride(tour)
        if ride is None:
            return self._drop(tour) if tour.aboard else False
        self._pick(tour, ride)
        return True

    def _next_ride(self, tour: DraftTour) -> DraftRide | None:
        """Somebody waiting for the way back, or somebody new; nothing changes yet."""
        rng = self.rng
        backs = [
            ride for ride in self.waiting if tour.can_take(ride.party) and self._in_time(tour, ride)
        ]
        if backs and (self.to_start == 0 or rng.random() < 0.5):
            return rng.choice(backs)
        party = self._new_party(tour) if self.to_start else None
        if party is None:
            return None
        origin = tour.place if rng.random() < 0.3 else rng.randrange(len(self.seconds))
        return self._new_ride(party, rng.choice(list(Direction)), origin, self._elsewhere(origin))

    def _in_time(self, tour: DraftTour, ride: DraftRide) -> bool:
        arrival_s = tour.free_s + self.seconds[tour.place][ride.origin]
        return not tour.aboard or ride.ready_s - arrival_s <= self.max_wait_aboard_s

    def _new_party(self, tour: DraftTour) -> Party | None:
        rng, spare = self.rng, tour.spare
        wheelchair = spare.wheelchairs > 0 and rng.random() < 0.5
        room = spare.seats + wheelchair
        if room <= 0:
            return None
        size = rng.randint(1, min(room, 3)) if rng.random() < 0.25 else 1
        offers = sorted(tour.offers)
        person = Person(
            key=f"P{len(self.people) + 1}",
            wheelchair=wheelchair,
            companions=int(size < room and rng.random() < 0.15),
            child_seats=int(size > 1 and spare.child_seats > 0 and rng.random() < 0.5),
            boarding_s=rng.choice((30, 60, 120, 300)),
            alighting_s=rng.choice((30, 60, 240)),
            requires=_some(rng, offers) if rng.random() < 0.2 else (),
        )
        requires = _some(rng, offers) if rng.random() < 0.1 else ()
        linked = self.to_start > 1 and rng.random() < 0.5
        party = Party(f"B{len(self.parties) + 1}", person, size, requires, linked)
        again = self._regular(party)
        return again if again and tour.can_take(again) else party

    def _regular(self, party: Party) -> Party | None:
        """Let somebody who is at home or waiting book once more."""
        aboard = {ride.party.person.key for tour in self.tours for ride in tour.aboard}
        idle = [person for person in self.people if person.key not in aboard]
        if not idle or self.rng.random() < 0.9:
            return None
        person = self.rng.choice(idle)
        return replace(party, person=person, size=1 + person.child_seats)

    def _new_ride(
        self, party: Party, direction: Direction, origin: int, destination: int
    ) -> DraftRide:
        rng, person = self.rng, party.person
        own_boarding = rng.random() < 0.1
        usual_s = person.boarding_s + self.extra_person_s * (party.size + person.companions - 1)
        return DraftRide(
            party=party,
            direction=Direction.OUTWARD if party.linked else direction,
            origin=origin,
            destination=destination,
            boarding_s=rng.randint(10, 200) if own_boarding else usual_s,
            alighting_s=rng.randint(10, 200) if own_boarding else person.alighting_s,
            own_boarding=own_boarding,
        )

    def _elsewhere(self, place: int) -> int:
        other = self.rng.randrange(len(self.seconds) - 1)
        return other + (other >= place)

    def _pick(self, tour: DraftTour, ride: DraftRide) -> None:
        if ride in self.waiting:
            self.waiting.remove(ride)
        else:
            self.to_start -= 2 if ride.party.linked else 1
            self.parties.append(ride.party)
            if ride.party.person not in self.people:
                self.people.append(ride.party.person)
        self.rides.append(ride)
        ride.tour = tour.index
        others = [other.party.person.key for other in tour.aboard]
        tour.met |= {frozenset((ride.party.person.key, other)) for other in others}
        tour.aboard.append(ride)
        ride.pickup_s = self._go(tour, StopKind.PICKUP, ride.origin, ride.boarding_s, ride)

    def _drop(self, tour: DraftTour) -> bool:
        rng = self.rng
        ride = tour.aboard[0] if rng.random() < 0.6 else rng.choice(tour.aboard)
        tour.aboard.remove(ride)
        ride.dropoff_s = self._go(tour, StopKind.DROPOFF, ride.destination, ride.alighting_s, ride)
        if ride.party.linked and ride.direction is Direction.OUTWARD:
            origin = ride.destination if rng.random() < 0.8 else self._elsewhere(ride.origin)
            back = self._new_ride(ride.party, Direction.RETURN, origin, ride.origin)
            back.direction = Direction.RETURN
            back.ready_s = tour.free_s
            self.waiting.append(back)
        return True

    def _pause(self, tour: DraftTour, kind: StopKind) -> None:
        rng = self.rng
        place = tour.place
        if kind is StopKind.ABSENCE:
            place = tour.depot
        elif kind is StopKind.PROTECTED and rng.random() < 0.5:
            place = rng.randrange(len(self.seconds))
        self._go(tour, kind, place, rng.choice((600, 1200, 1800, 2700)), None)

    def _go(
        self, tour: DraftTour, kind: StopKind, place: int, service_s: int, ride: DraftRide | None
    ) -> int:
        """Drive to a place, wait as long as allowed, serve; return the start of service."""
        drive_s = self.seconds[tour.place][place]
        ready_s = ride.ready_s if ride is not None and kind is StopKind.PICKUP else 0
        if not tour.stops:
            # The first drive starts as late as it can.
            tour.free_s = max(tour.free_s, ready_s - drive_s)
        arrival_s = tour.free_s + drive_s
        start_s = max(arrival_s, ready_s)
        if tour.stops and start_s == arrival_s:
            start_s += self._idle_s(tour, kind, ride)
        if not tour.stops:
            tour.stops.append(
                DraftStop(
                    StopKind.START, tour.place, None, tour.free_s, tour.free_s, tour.free_s, Load()
                )
            )
        tour.place, tour.free_s = place, start_s + service_s
        tour.stops.append(DraftStop(kind, place, ride, arrival_s, start_s, tour.free_s, tour.load))
        return start_s

    def _idle_s(self, tour: DraftTour, kind: StopKind, ride: DraftRide | None) -> int:
        others = [other for other in tour.aboard if other is not ride]
        occupied = bool(others) or kind is StopKind.DROPOFF
        if self.rng.random() < 0.8:
            return 0
        return self.rng.randint(0, self.max_wait_aboard_s if occupied else 2400)

    def _finish(self, tour: DraftTour) -> None:
        rng, first = self.rng, tour.stops[0]
        if rng.random() < 0.2:
            early_s = rng.randint(0, 900)
            tour.stops[0] = replace(
                first, arrival_s=first.start_s - early_s, start_s=first.start_s - early_s
            )
        arrival_s = tour.free_s + self.seconds[tour.place][tour.end_place]
        end_s = arrival_s + (rng.randint(0, 1800) if rng.random() < 0.2 else 0)
        tour.stops.append(
            DraftStop(StopKind.END, tour.end_place, None, arrival_s, end_s, end_s, Load())
        )


def _some(rng: Random, words: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(word for word in words if rng.random() < 0.4)
