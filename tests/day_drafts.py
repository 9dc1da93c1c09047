"""What the random day is drafted with before it becomes a scenario and a plan."""

from dataclasses import dataclass, field

from tus_dispatch.domain.demand import Direction, Load
from tus_dispatch.domain.fleet import Configuration
from tus_dispatch.domain.plan import StopKind


class DayTooLongError(Exception):
    """The rounds drawn do not fit into a service day; draw a smaller territory."""


@dataclass(frozen=True)
class Person:
    """A participant as drawn, before limits are opened around the rides."""

    key: str
    wheelchair: bool
    companions: int
    child_seats: int
    boarding_s: int
    alighting_s: int
    requires: tuple[str, ...]


@dataclass(frozen=True)
class Party:
    """A booking as drawn."""

    key: str
    person: Person
    size: int
    requires: tuple[str, ...]
    linked: bool

    @property
    def load(self) -> Load:
        people = self.size + self.person.companions
        return Load(
            people - self.person.wheelchair, int(self.person.wheelchair), self.person.child_seats
        )

    @property
    def needs(self) -> set[str]:
        return {*self.person.requires, *self.requires}


@dataclass
class DraftRide:
    """A leg under way; starts are filled in as they happen."""

    party: Party
    direction: Direction
    origin: int
    destination: int
    boarding_s: int
    alighting_s: int
    own_boarding: bool
    ready_s: int = 0
    pickup_s: int = 0
    dropoff_s: int = 0
    tour: int = -1

    @property
    def key(self) -> str:
        return f"{self.party.key}:{self.direction.value}"


@dataclass(frozen=True)
class DraftStop:
    """A stop with a place number and, for doors, the ride."""

    kind: StopKind
    place: int
    ride: DraftRide | None
    arrival_s: int
    start_s: int
    departure_s: int
    load: Load


@dataclass
class DraftTour:
    """One shift's round under way."""

    index: int
    configurations: tuple[Configuration, ...]
    chosen: int
    child_seats: int
    features: tuple[str, ...]
    qualifications: tuple[str, ...]
    is_open: bool
    depot: int
    start_place: int
    end_place: int
    pauses: list[StopKind]
    place: int
    free_s: int
    stops: list[DraftStop] = field(default_factory=list)
    aboard: list[DraftRide] = field(default_factory=list)
    met: set[frozenset[str]] = field(default_factory=set)

    @property
    def offers(self) -> set[str]:
        return {*self.features, *(() if self.is_open else self.qualifications)}

    @property
    def load(self) -> Load:
        loads = [ride.party.load for ride in self.aboard]
        return Load(
            sum(load.seats for load in loads),
            sum(load.wheelchairs for load in loads),
            sum(load.child_seats for load in loads),
        )

    @property
    def spare(self) -> Load:
        taken, offered = self.load, self.configurations[self.chosen]
        return Load(
            offered.seats - taken.seats,
            offered.wheelchairs - taken.wheelchairs,
            self.child_seats - taken.child_seats,
        )

    def can_take(self, party: Party) -> bool:
        spare, load = self.spare, party.load
        return (
            load.seats <= spare.seats
            and load.wheelchairs <= spare.wheelchairs
            and load.child_seats <= spare.child_seats
            and party.needs <= self.offers
        )
