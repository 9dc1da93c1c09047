"""All shifts under construction; a booking is taken in whole or not at all."""

from collections.abc import Iterator, Sequence
from heapq import nsmallest

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.fleet import Driver, Shift, Vehicle
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.units import Seconds
from tus_dispatch.generate.fleet import Fleet
from tus_dispatch.generate.land import Land
from tus_dispatch.generate.timetable import ANYWHERE, NOBODY, Node
from tus_dispatch.generate.tour import Memory, Request, Spot, Tour

# Exact checks per leg; the first positions in order of driving nearly always do.
_TRIES = 10
# A break is taken in the middle of a duty rather than at its start.
_BREAK_NOT_BEFORE_S = 3 * 3600
_FAR_AHEAD = 10**8


class Roster:
    """Shifts of a day with the legs placed so far.

    Parameters
    ----------
    fleet
        Vehicles, drivers, shifts and their nominal hours.
    land
        Places and drives.
    policy
        Limits that hold for everybody.
    """

    def __init__(self, fleet: Fleet, land: Land, policy: Policy) -> None:
        self._land = land
        vehicles = {vehicle.id: vehicle for vehicle in fleet.vehicles}
        drivers = {driver.id: driver for driver in fleet.drivers}
        self.tours: list[Tour] = []
        self._n_legs = 0
        for shift, hours in zip(fleet.shifts, fleet.nominal, strict=True):
            vehicle = vehicles[shift.vehicle]
            driver = drivers[shift.driver] if shift.driver else None
            offers = frozenset(vehicle.features) | frozenset(
                driver.qualifications if driver else ()
            )
            nodes = self._nodes(shift, hours, vehicle, driver)
            self.tours.append(
                Tour(shift, vehicle, offers, nodes, land.travel, policy.max_wait_aboard_s)
            )

    def place(self, legs: Sequence[Leg]) -> bool:
        """Take the legs of one booking in, each where it adds least driving.

        Parameters
        ----------
        legs
            One or two.

        Returns
        -------
        bool
            False, with nothing changed, when one of them does not fit.
        """
        before: list[tuple[Tour, Memory]] = []
        for leg in legs:
            request = self.request(leg)
            done = self._insert(request, self._n_legs + len(before)) if request else None
            if done is None:
                for tour, memory in reversed(before):
                    tour.restore(memory)
                return False
            before.append(done)
        self._n_legs += len(before)
        return True

    def burden(self, legs: Sequence[Leg]) -> float | None:
        """Estimate how much driving legs would add for each second they travel.

        Parameters
        ----------
        legs
            One or two of a booking, each looked at alone.

        Returns
        -------
        float or None
            Driving added over direct drives, ride limits and capacity unseen;
            None when one of them cannot fit for sure.
        """
        extra_s = direct_s = 0
        for leg in legs:
            request = self.request(leg)
            best = min(self._spots(request), default=None) if request else None
            if best is None or request is None:
                return None
            extra_s += best.extra_s
            direct_s += request.direct_s
        return extra_s / max(1, direct_s)

    def tidy(self) -> None:
        """Move every leg to where it adds least driving, to make room for more."""
        owners = {index: tour for tour in self.tours for index in tour.requests}
        for index in sorted(owners):
            tour = owners[index]
            request = tour.requests[index]
            before = tour.remember()
            if tour.remove(index) and self._insert(request, index) is None:
                tour.restore(before)

    def request(self, leg: Leg) -> Request | None:
        """Work out both windows of a leg; None when it cannot be driven in time."""
        index, travel = self._land.index, self._land.travel
        origin, destination = index[leg.origin], index[leg.destination]
        direct_s = travel.seconds[origin][destination]
        max_ride_s = leg.max_ride_s
        if max_ride_s is None:
            max_ride_s = leg.ride_limit.max_ride_s(direct_s)
        if direct_s >= _FAR_AHEAD:
            return None
        shortest_s, longest_s = leg.boarding_s + direct_s, leg.boarding_s + max_ride_s
        pickup, dropoff = (0, _FAR_AHEAD), (0, _FAR_AHEAD)
        if leg.pickup_window:
            pickup = (leg.pickup_window.earliest_s, leg.pickup_window.latest_s)
        if leg.dropoff_window:
            dropoff = (leg.dropoff_window.earliest_s, leg.dropoff_window.latest_s)
        pickup = (max(pickup[0], dropoff[0] - longest_s), min(pickup[1], dropoff[1] - shortest_s))
        dropoff = (max(dropoff[0], pickup[0] + shortest_s), min(dropoff[1], pickup[1] + longest_s))
        if pickup[0] > pickup[1] or dropoff[0] > dropoff[1]:
            return None
        return Request(leg, origin, destination, pickup, dropoff, max_ride_s, direct_s)

    def _insert(self, request: Request, index: int) -> tuple[Tour, Memory] | None:
        for spot in nsmallest(_TRIES, self._spots(request)):
            tour = self.tours[spot.tour]
            before = tour.remember()
            if tour.insert(spot, request, index):
                return tour, before
        return None

    def _spots(self, request: Request) -> Iterator[Spot]:
        for number, tour in enumerate(self.tours):
            yield from tour.spots(number, request)

    def _nodes(
        self, shift: Shift, hours: tuple[Seconds, Seconds], vehicle: Vehicle, driver: Driver | None
    ) -> list[Node]:
        """Lay out the start, the pauses in order of time, and the end."""
        start_s, end_s = hours
        index = self._land.index
        pauses = []
        for slot in driver.protected_slots if driver else ():
            place = index[slot.place] if slot.place else ANYWHERE
            begin_s, until_s = slot.window.earliest_s, slot.window.latest_s
            pauses.append(_pause(StopKind.PROTECTED, place, begin_s, begin_s, until_s - begin_s))
        for absence in vehicle.absences:
            begin_s, until_s = absence.window.earliest_s, absence.window.latest_s
            depot = index[vehicle.depot]
            pauses.append(_pause(StopKind.ABSENCE, depot, begin_s, begin_s, until_s - begin_s))
        rule = shift.break_rule
        if rule and end_s - start_s > rule.after_s:
            latest_s = start_s + rule.after_s
            first_s = start_s + _BREAK_NOT_BEFORE_S
            pauses.append(_pause(StopKind.BREAK, ANYWHERE, first_s, latest_s, rule.duration_s))
        inside = [node for node in pauses if start_s <= node.earliest_s < end_s]
        start, end = index[shift.start_place], index[shift.end_place]
        return [
            _pause(StopKind.START, start, start_s, start_s, 0),
            *sorted(inside, key=lambda node: node.latest_s),
            _pause(StopKind.END, end, end_s, end_s, 0),
        ]


def _pause(
    kind: StopKind, place: int, earliest_s: Seconds, latest_s: Seconds, service_s: Seconds
) -> Node:
    return Node(kind, NOBODY, place, earliest_s, latest_s, service_s)
