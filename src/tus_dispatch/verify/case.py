"""A case is a plan with its references looked up, as far as they can be."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.fleet import Configuration, Driver, Shift, Vehicle
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, PlaceId, Seconds
from tus_dispatch.verify.violations import Violation

PAUSES = (StopKind.BREAK, StopKind.PROTECTED, StopKind.ABSENCE)
DOORS = (StopKind.PICKUP, StopKind.DROPOFF)

Key = TypeVar("Key")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class RoundCase:
    """One round under judgement.

    Attributes
    ----------
    tour_round
        The round as given.
    shift, vehicle, driver, configuration
        What its shift and configuration stand for; None where unknown. On an
        open shift the driver is whom the plan names, if anybody.
    aboard
        Legs aboard on arrival at each stop, by what the stops say.
    """

    tour_round: Round
    shift: Shift | None
    vehicle: Vehicle | None
    driver: Driver | None
    configuration: Configuration | None
    aboard: tuple[tuple[LegId, ...], ...]

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The stops as given."""
        return self.tour_round.stops

    @property
    def name(self) -> str:
        """Identity of the shift."""
        return self.tour_round.shift

    @property
    def sign_on_s(self) -> Seconds:
        """Start of the first stop, 0 when there is none."""
        return self.stops[0].start_s if self.stops else 0

    @property
    def sign_off_s(self) -> Seconds:
        """End of the last stop, 0 when there is none."""
        return self.stops[-1].departure_s if self.stops else 0

    def at(self, index: int) -> str:
        """Name a stop: ``SHIFT/3``."""
        return f"{self.name}/{index}"


@dataclass(frozen=True, slots=True)
class Ride:
    """A leg from its pickup to the dropoff that follows in the same round.

    Attributes
    ----------
    leg
        Who.
    tour
        In which round.
    pickup, dropoff
        The two stops.
    dropoff_index
        Position of the dropoff in the round.
    """

    leg: Leg
    tour: RoundCase
    pickup: Stop
    dropoff: Stop
    dropoff_index: int


@dataclass(frozen=True, slots=True)
class Case:
    """A plan under judgement.

    Attributes
    ----------
    plan, matrix
        As given.
    legs
        All legs of the day.
    tours
        One case per round, in the order of the plan.
    rides
        First complete ride of each leg that has one.
    pickups, dropoffs
        How often each leg gets in and out, in all rounds together.
    places
        Places the travel times speak of.
    """

    plan: Plan
    matrix: TravelMatrix
    legs: Mapping[LegId, Leg]
    tours: tuple[RoundCase, ...]
    rides: Mapping[LegId, Ride]
    pickups: Mapping[LegId, int]
    dropoffs: Mapping[LegId, int]
    places: frozenset[PlaceId]

    @property
    def scenario(self) -> Scenario:
        """The day."""
        return self.plan.scenario

    def clock(self, second: Seconds) -> str:
        """Write a time as people read it, also one outside the day."""
        day = self.scenario.day
        # A forged time may lie thousands of years away, where there is no clock.
        near = -day.length_s <= second <= 2 * day.length_s
        if not near:
            return f"{second} s"
        local = day.local(second)
        # A window missed by seconds must not read as if it were met.
        return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"

    def knows(self, place: PlaceId) -> bool:
        """Whether the travel times speak of a place."""
        return place in self.places

    def doors(self) -> Iterator[tuple[RoundCase, int, Stop, Leg]]:
        """Yield every pickup and dropoff of a known leg."""
        for tour in self.tours:
            for index, stop in enumerate(tour.stops):
                if stop.kind not in DOORS or stop.leg is None:
                    continue
                leg = self.legs.get(stop.leg)
                if leg is not None:
                    yield tour, index, stop, leg


Rule = Callable[[Case], Iterator[Violation]]


def find(get: Callable[[Key], Found], key: Key) -> Found | None:
    """Return what a look-up finds, or None where it raises KeyError."""
    try:
        return get(key)
    except KeyError:
        return None


def open_case(plan: Plan, matrix: TravelMatrix) -> Case:
    """Look up what a plan refers to.

    Parameters
    ----------
    plan
        Any plan, however broken.
    matrix
        Travel times of the day.

    Returns
    -------
    Case
        Ready for the rules.
    """
    scenario = plan.scenario
    legs = {leg.id: leg for leg in legs_of(scenario)}
    tours = tuple(_tour(scenario, tour_round) for tour_round in plan.rounds)
    rides: dict[LegId, Ride] = {}
    for tour in tours:
        for ride in _rides(tour, legs):
            rides.setdefault(ride.leg.id, ride)
    stops = [stop for tour in tours for stop in tour.stops if stop.leg is not None]
    return Case(
        plan=plan,
        matrix=matrix,
        legs=legs,
        tours=tours,
        rides=rides,
        pickups=_count(stops, StopKind.PICKUP),
        dropoffs=_count(stops, StopKind.DROPOFF),
        places=frozenset(matrix.place_ids),
    )


def _tour(scenario: Scenario, tour_round: Round) -> RoundCase:
    shift = find(scenario.shift, tour_round.shift)
    vehicle = find(scenario.vehicle, shift.vehicle) if shift else None
    # The plan may name a driver for an open shift, and only for such.
    name = shift.driver or tour_round.driver if shift else None
    driver = find(scenario.driver, name) if name is not None else None
    configuration = None
    if vehicle and 0 <= tour_round.configuration < len(vehicle.configurations):
        configuration = vehicle.configurations[tour_round.configuration]
    return RoundCase(
        tour_round, shift, vehicle, driver, configuration, tuple(_aboard(tour_round.stops))
    )


def _aboard(stops: tuple[Stop, ...]) -> Iterator[tuple[LegId, ...]]:
    now: tuple[LegId, ...] = ()
    for stop in stops:
        yield now
        if stop.leg is not None and stop.kind is StopKind.PICKUP:
            now = (*now, stop.leg)
        elif stop.kind is StopKind.DROPOFF:
            now = tuple(leg for leg in now if leg != stop.leg)


def _rides(tour: RoundCase, legs: Mapping[LegId, Leg]) -> Iterator[Ride]:
    picked: dict[LegId, Stop] = {}
    for index, stop in enumerate(tour.stops):
        if stop.leg is None or stop.leg not in legs:
            continue
        if stop.kind is StopKind.PICKUP:
            picked.setdefault(stop.leg, stop)
        elif stop.kind is StopKind.DROPOFF and stop.leg in picked:
            yield Ride(legs[stop.leg], tour, picked.pop(stop.leg), stop, index)


def _count(stops: list[Stop], kind: StopKind) -> Counter[LegId]:
    return Counter(stop.leg for stop in stops if stop.kind is kind and stop.leg is not None)
