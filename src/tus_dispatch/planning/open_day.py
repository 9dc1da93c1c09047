"""One version of a plan made ready for quotes: read once, asked many times."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, Metres, MilliCents, Seconds, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.encode import (
    Encoding,
    encode,
    encode_plan,
    encode_round,
    leg_times,
    re_encode,
)
from tus_dispatch.planning.hours.lawful_day import around_of
from tus_dispatch.planning.places import orders_with_pauses
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.cost import route_parts
from tus_dispatch.solver.instance import Ints


@dataclass(frozen=True, slots=True)
class RoundSize:
    """Length, duty and price of a round as its own stops say."""

    metres: Metres = 0
    duty_s: Seconds = 0
    cost: MilliCents = 0


@dataclass(frozen=True, slots=True, eq=False)
class OpenDay:
    """A plan in the solver's words, ready for any number of newcomers.

    Attributes
    ----------
    plan
        This very version; a later one needs a day of its own.
    encoding
        The legs it serves, under the promises they have. The windows of
        linked legs on two rounds are parted at the plan's times, so that each
        round can change alone.
    doors
        By vehicle, pickups and dropoffs in the plan's order.
    start_s
        Start of service of each pickup and dropoff, shape ``(2n,)``.
    orders
        By vehicle, the doors with its fixed pauses wherever they may stand.
    sizes
        By shift, what the rounds are now; unused shifts are absent.
    links
        Linked legs on two rounds whose windows might overlap: dropoff node,
        the return, and the moment halfway between their present times.
    """

    plan: Plan
    encoding: Encoding
    doors: tuple[Ints, ...]
    start_s: Ints
    orders: tuple[tuple[Ints, ...], ...]
    sizes: Mapping[ShiftId, RoundSize]
    links: tuple[tuple[int, int, Seconds], ...] = ()

    @property
    def matrix(self) -> TravelMatrix:
        """The travel times of the day."""
        return self.encoding.matrix

    def under(self, plan: Plan) -> "OpenDay":
        """Return the same rounds in a day whose rules or bookings differ.

        Parameters
        ----------
        plan
            The same rounds. Its day may have other hours, breaks, slots,
            absences, ranges, another policy, and other bookings and promises
            of those not served; served legs, shifts and weights are the same.

        Returns
        -------
        OpenDay
            Made without reading the served legs again.
        """
        scenario = plan.scenario
        if _is_same_day(self.plan.scenario, scenario):
            return replace(self, plan=plan, encoding=replace(self.encoding, scenario=scenario))
        encoding = re_encode(self.encoding, scenario)
        return replace(self, plan=plan, encoding=encoding, orders=_orders(encoding, self.doors))


def open_day(plan: Plan, matrix: TravelMatrix) -> OpenDay:
    """Make a plan ready for quotes.

    Parameters
    ----------
    plan
        A sound plan.
    matrix
        Knows the places of the plan and of everybody who may ask.

    Returns
    -------
    OpenDay
        Valid for this version of the plan.
    """
    served = leg_times(plan)
    legs = [each for each in legs_of(plan.scenario) if each.id in served]
    encoding = encode(
        plan.scenario, legs, matrix, promises=promised_windows(plan), around=around_of(plan)
    )
    n = len(legs)
    doors = [np.empty(0, dtype=np.int64)] * len(encoding.shifts)
    start_s = np.zeros(2 * n, dtype=np.int64)
    for route in encode_plan(encoding, plan).routes:
        nodes, times = np.array(route.nodes), np.array(route.start_s)
        is_door = nodes < 2 * n
        doors[route.vehicle] = nodes[is_door]
        start_s[nodes[is_door]] = times[is_door]
    links = tuple(_links_between_rounds(encoding, doors, start_s))
    encoding = _with_links_parted(encoding, links, start_s)
    orders = _orders(encoding, tuple(doors))
    sizes = _sizes(encoding, plan)
    return OpenDay(plan, encoding, tuple(doors), start_s, orders, sizes, links)


def promised_windows(plan: Plan) -> dict[LegId, TimeWindow]:
    """Return the pickup windows that nobody may be moved out of.

    Parameters
    ----------
    plan
        Draft or published.

    Returns
    -------
    dict
        What was promised; for served legs without a promise, the planned
        pickup give or take the policy's tolerance.
    """
    tolerance_s = plan.scenario.policy.promise_tolerance_s
    windows = {
        leg: TimeWindow(max(0, times.pickup_s - tolerance_s), times.pickup_s + tolerance_s)
        for leg, times in leg_times(plan).items()
    }
    return windows | {promise.leg: promise.pickup_window for promise in plan.promises}


def _is_same_day(old: Scenario, new: Scenario) -> bool:
    """Tell whether two days differ in nothing that shifts and waits come from."""
    return (
        old.shifts is new.shifts
        and old.drivers is new.drivers
        and old.vehicles is new.vehicles
        and old.policy is new.policy
        and old.working_time == new.working_time
    )


def _links_between_rounds(
    encoding: Encoding, doors: list[Ints], start_s: Ints
) -> Iterator[tuple[int, int, Seconds]]:
    instance, n = encoding.instance, encoding.instance.n_requests
    vehicle_of = np.full(2 * n, -1, dtype=np.int64)
    for vehicle, nodes in enumerate(doors):
        vehicle_of[nodes] = vehicle
    for first, follower in instance.loose_pairs:
        dropoff = n + first
        if vehicle_of[dropoff] != vehicle_of[follower]:
            over_s = int(start_s[dropoff] + instance.service_s[dropoff])
            yield dropoff, follower, (over_s + int(start_s[follower])) // 2


def _with_links_parted(
    encoding: Encoding, links: Iterable[tuple[int, int, Seconds]], start_s: Ints
) -> Encoding:
    """Narrow the windows of linked legs that ride on two rounds by their present times."""
    instance = encoding.instance
    earliest_s, latest_s = instance.earliest_s.copy(), instance.latest_s.copy()
    for dropoff, follower, _ in links:
        service_s = int(instance.service_s[dropoff])
        over_s, begins_s = int(start_s[dropoff]) + service_s, int(start_s[follower])
        earliest_s[follower] = max(int(earliest_s[follower]), over_s)
        latest_s[dropoff] = min(int(latest_s[dropoff]), begins_s - service_s)
    return replace(encoding, instance=replace(instance, earliest_s=earliest_s, latest_s=latest_s))


def _orders(encoding: Encoding, doors: tuple[Ints, ...]) -> tuple[tuple[Ints, ...], ...]:
    arrays = arrays_of(encoding.instance)
    return tuple(
        tuple(orders_with_pauses(encoding.instance, arrays, vehicle, nodes))
        for vehicle, nodes in enumerate(doors)
    )


def _sizes(encoding: Encoding, plan: Plan) -> dict[ShiftId, RoundSize]:
    arrays = arrays_of(encoding.instance)
    sizes = {}
    for tour_round in plan.rounds:
        route = encode_round(encoding, tour_round)
        if route is not None:
            stops = tour_round.stops
            sizes[tour_round.shift] = RoundSize(
                metres=sum(stop.drive_m for stop in stops),
                duty_s=stops[-1].start_s - stops[0].start_s,
                cost=int(route_parts(encoding.instance, route, arrays).sum()),
            )
    return sizes
