"""One shift under construction: stops in order, and every place where one more leg may fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tus_dispatch.domain.demand import Leg, Load
from tus_dispatch.domain.fleet import Shift, Vehicle
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.domain.units import Seconds
from tus_dispatch.generate.timetable import ANYWHERE, NOBODY, Node, Ride, earliest_times

_PAUSES = (StopKind.BREAK, StopKind.PROTECTED, StopKind.ABSENCE, StopKind.END)
_LONG_AGO, _FAR_AHEAD = -(10**9), 10**9


@dataclass(frozen=True, slots=True)
class Travel:
    """Driving seconds and metres as nested lists, which plain loops read fastest.

    Attributes
    ----------
    seconds, metres
        From row to column; unreachable pairs are very far in both.
    """

    seconds: list[list[int]]
    metres: list[list[int]]


@dataclass(frozen=True, slots=True)
class Request:
    """A leg with its places as indices and both its windows.

    Attributes
    ----------
    leg
        As the domain resolves it.
    origin, destination
        Indices of places.
    pickup, dropoff
        Windows for the start of service, each as far as it follows from the
        other end.
    max_ride_s, direct_s
        Longest and shortest stay aboard.
    """

    leg: Leg
    origin: int
    destination: int
    pickup: tuple[Seconds, Seconds]
    dropoff: tuple[Seconds, Seconds]
    max_ride_s: Seconds
    direct_s: Seconds


Memory = tuple[list[Node], dict[int, Request]]


class Spot(NamedTuple):
    """A place for a leg in a tour that looks possible.

    Attributes
    ----------
    extra_s
        Driving it adds.
    tour
        Number of the tour.
    pickup, dropoff
        Positions after which the stops go in.
    """

    extra_s: Seconds
    tour: int
    pickup: int
    dropoff: int


class Tour:
    """Stops of one shift between fixed sign-on and sign-off.

    Parameters
    ----------
    shift, vehicle
        Who may drive what.
    offers
        Qualifications and features.
    nodes
        Start, pauses, end.
    travel
        Times and distances.
    max_wait_s
        Longest standstill with somebody aboard.
    """

    def __init__(
        self,
        shift: Shift,
        vehicle: Vehicle,
        offers: frozenset[str],
        nodes: list[Node],
        travel: Travel,
        max_wait_s: Seconds,
    ) -> None:
        self.shift = shift
        self.vehicle = vehicle
        self.offers = offers
        self.nodes = nodes
        self.requests: dict[int, Request] = {}
        self.configuration = 0
        self.start_s: list[Seconds] = []
        self._travel = travel
        self._max_wait_s = max_wait_s
        self._latest_s: list[Seconds] = []
        self._reach_s: list[Seconds] = []
        if self._adopt(nodes, self.requests) is None:
            raise ValueError(f"the pauses of shift {shift.id} do not fit its hours")

    def spots(self, number: int, request: Request) -> Iterator[Spot]:
        """Yield positions that windows and driving times allow, ride limits unseen.

        Parameters
        ----------
        number
            Of this tour, for the spots.
        request
            Who wants to come.

        Yields
        ------
        Spot
            Positions in the present order.
        """
        if not set(request.leg.requires) <= self.offers:
            return
        earliest_s, latest_s = request.pickup
        seconds, origin = self._travel.seconds, request.origin
        for i in range(len(self.nodes) - 1):
            if self._reach_s[i] > latest_s:
                return
            # The next stop cannot wait until this leg is ready to board.
            if self._latest_s[i + 1] < earliest_s:
                continue
            leave_s = self._reach_s[i] + self.nodes[i].service_s
            start_s = max(earliest_s, leave_s + seconds[self._places[i]][origin])
            if start_s <= latest_s and start_s <= self._latest_s[i + 1]:
                yield from self._dropoffs(number, request, i, start_s)

    def _dropoffs(self, number: int, request: Request, i: int, pickup_s: Seconds) -> Iterator[Spot]:
        before_s = self._drive(self._place(i), request.origin)
        here, leave_s, ridden_s = request.origin, pickup_s + request.leg.boarding_s, 0
        detour_s = before_s
        for j in range(i, len(self.nodes) - 1):
            if j > i:
                node = self.nodes[j]
                hop_s = self._drive(here, self._place(j))
                ridden_s += hop_s
                start_s = max(self._reach_s[j], leave_s + hop_s)
                if node.kind in _PAUSES or start_s > self._latest_s[j]:
                    return
                if ridden_s > request.max_ride_s:
                    return
                detour_s += hop_s - self._gap(j)
                here, leave_s = self._place(j), start_s + node.service_s
            last_s = self._drive(here, request.destination)
            start_s = max(request.dropoff[0], leave_s + last_s)
            if start_s > request.dropoff[1]:
                return
            after_s = self._drive(request.destination, self._place(j + 1, request.destination))
            done_s = start_s + request.leg.alighting_s + after_s
            if done_s <= self._latest_s[j + 1]:
                extra_s = detour_s + last_s + after_s - self._gap(j + 1)
                yield Spot(extra_s, number, i, j)

    def insert(self, spot: Spot, request: Request, index: int) -> bool:
        """Take a leg in if all rules hold, exactly.

        Parameters
        ----------
        spot
            Where.
        request
            Who.
        index
            Number of the leg, unique among all tours.

        Returns
        -------
        bool
            False, with nothing changed, when some rule fails.
        """
        leg = request.leg
        pickup = Node(StopKind.PICKUP, index, request.origin, *request.pickup, leg.boarding_s)
        dropoff = Node(
            StopKind.DROPOFF, index, request.destination, *request.dropoff, leg.alighting_s
        )
        nodes = list(self.nodes)
        nodes.insert(spot.dropoff + 1, dropoff)
        nodes.insert(spot.pickup + 1, pickup)
        return self._adopt(nodes, {**self.requests, index: request}) is not None

    def remove(self, index: int) -> bool:
        """Take a leg out; False, with nothing changed, when the rest would wait aboard too long."""
        nodes = [node for node in self.nodes if node.leg != index]
        requests = {key: value for key, value in self.requests.items() if key != index}
        return self._adopt(nodes, requests) is not None

    def remember(self) -> Memory:
        """Return what :meth:`restore` needs to undo what follows."""
        return self.nodes, self.requests

    def restore(self, before: Memory) -> None:
        """Go back to an order that fitted."""
        self._adopt(*before)

    def places(self) -> list[int]:
        """Return where the vehicle stands at each position."""
        return _resolved(self.nodes)

    def loads(self) -> list[Load]:
        """Return what is aboard after each position."""
        return _loads(self.nodes, self.requests)

    def aboard_at(self, position: int) -> set[int]:
        """Return the legs aboard on arrival at a position."""
        legs: set[int] = set()
        for node in self.nodes[:position]:
            legs ^= {node.leg} if node.leg != NOBODY else set()
        return legs

    def _adopt(self, nodes: list[Node], requests: dict[int, Request]) -> list[Seconds] | None:
        loads = _loads(nodes, requests)
        configuration = self._configuration_for(loads)
        places = _resolved(nodes)
        hops = list(pairwise(places))
        metres = sum(self._travel.metres[a][b] for a, b in hops)
        if configuration is None or metres > (self.vehicle.range_m or _FAR_AHEAD):
            return None
        drive_s = [0, *(self._travel.seconds[a][b] for a, b in hops)]
        aboard = [False, *(load != Load() for load in loads[:-1])]
        start_s = earliest_times(nodes, drive_s, _rides(nodes, requests), aboard, self._max_wait_s)
        if start_s is not None:
            self.nodes, self.requests, self.start_s = nodes, requests, start_s
            self.configuration = configuration
            self._remember(drive_s)
        return start_s

    def _remember(self, drive_s: Sequence[Seconds]) -> None:
        """Keep the earliest and latest start of each stop, ride limits unseen."""
        reach_s, before_s = [], _LONG_AGO
        for node, hop_s in zip(self.nodes, drive_s, strict=True):
            before_s = max(node.earliest_s, before_s + hop_s)
            reach_s.append(before_s)
            before_s += node.service_s
        latest_s, after_s = [], _FAR_AHEAD
        for node, hop_s in zip(reversed(self.nodes), reversed(drive_s), strict=True):
            after_s = min(node.latest_s, after_s - node.service_s)
            latest_s.append(after_s)
            after_s -= hop_s
        self._reach_s, self._latest_s = reach_s, latest_s[::-1]
        self._places, self._drive_s = _resolved(self.nodes), drive_s

    def _configuration_for(self, loads: list[Load]) -> int | None:
        if max(load.child_seats for load in loads) > self.vehicle.child_seats:
            return None
        for number, offered in enumerate(self.vehicle.configurations):
            if all(
                load.seats <= offered.seats and load.wheelchairs <= offered.wheelchairs
                for load in loads
            ):
                return number
        return None

    def _place(self, position: int, instead: int | None = None) -> int:
        """Return where a position is; a pause anywhere is ``instead`` when that is given."""
        if instead is not None and self.nodes[position].place == ANYWHERE:
            return instead
        return self._places[position]

    def _gap(self, position: int) -> Seconds:
        return self._drive_s[position]

    def _drive(self, origin: int, destination: int) -> Seconds:
        return self._travel.seconds[origin][destination]


def _resolved(nodes: Sequence[Node]) -> list[int]:
    places: list[int] = []
    for node in nodes:
        places.append(places[-1] if node.place == ANYWHERE else node.place)
    return places


def _loads(nodes: Sequence[Node], requests: dict[int, Request]) -> list[Load]:
    seats = wheelchairs = child_seats = 0
    loads = []
    for node in nodes:
        if node.leg != NOBODY:
            load = requests[node.leg].leg.load
            sign = 1 if node.kind is StopKind.PICKUP else -1
            seats += sign * load.seats
            wheelchairs += sign * load.wheelchairs
            child_seats += sign * load.child_seats
        loads.append(Load(seats, wheelchairs, child_seats))
    return loads


def _rides(nodes: Sequence[Node], requests: dict[int, Request]) -> list[Ride]:
    pickups: dict[int, int] = {}
    rides = []
    for position, node in enumerate(nodes):
        if node.kind is StopKind.PICKUP:
            pickups[node.leg] = position
        elif node.kind is StopKind.DROPOFF:
            limit_s = requests[node.leg].max_ride_s
            rides.append(Ride(pickups[node.leg], position, limit_s))
    return rides
