"""What one route may not do, in the solver's words: nodes, requests, vehicles, loads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tus_dispatch.verify.readable import ReadableInstance, ReadableRoute
from tus_dispatch.verify.violations import Violation, broken


@dataclass(frozen=True, slots=True)
class RouteCase:
    """One route with what its order implies.

    Attributes
    ----------
    instance, route
        As given.
    n_requests
        Number of requests.
    places
        Locations: the start, one per node, the end.
    aboard
        Requests aboard on arrival at each node, and at the end.
    """

    instance: ReadableInstance
    route: ReadableRoute
    n_requests: int
    places: tuple[int, ...]
    aboard: tuple[tuple[int, ...], ...]

    @property
    def vehicle(self) -> int:
        """Index of the vehicle."""
        return self.route.vehicle

    @property
    def name(self) -> str:
        """How sentences name the route."""
        return f"route {self.vehicle}"

    def at(self, index: int) -> str:
        """Name a position; the one past the nodes is the end."""
        return f"route {self.vehicle}/{index}"

    def drive(self, table: Any, index: int) -> int:
        """Look up the drive that ends at a position."""
        return int(table[self.places[index]][self.places[index + 1]])

    def service_s(self, node: int) -> int:
        """Return the time a node takes."""
        return int(self.instance.service_s[node])


def open_route(instance: ReadableInstance, route: ReadableRoute) -> RouteCase:
    """Follow a route's order: where the vehicle stands and who is aboard.

    Parameters
    ----------
    instance
        The problem.
    route
        A route whose vehicle and nodes exist.

    Returns
    -------
    RouteCase
        Ready for the rules.
    """
    n = len(instance.load)
    places = [int(instance.start_location[route.vehicle])]
    aboard: list[tuple[int, ...]] = []
    now: tuple[int, ...] = ()
    for node in route.nodes:
        place = int(instance.location[node])
        # A pause without a location is taken wherever the vehicle stands.
        places.append(places[-1] if place < 0 else place)
        aboard.append(now)
        if node < n:
            now = (*now, node)
        elif node < 2 * n:
            now = tuple(request for request in now if request != node - n)
    places.append(int(instance.end_location[route.vehicle]))
    return RouteCase(instance, route, n, tuple(places), (*aboard, now))


def _order(case: RouteCase) -> Iterator[Violation]:
    n, nodes = case.n_requests, list(case.route.nodes)
    for index, node in enumerate(nodes):
        if node >= 2 * n:
            if nodes.index(node) != index:
                yield broken("leg-twice", f"pause {node}", times=nodes.count(node))
            if int(case.instance.pause_vehicle[node - 2 * n]) != case.vehicle:
                yield broken("false-pause", case.at(index))
        elif node < n and node + n not in nodes[index:]:
            yield broken("pickup-dropoff", f"request {node}", what="pas de dépose ensuite")
        elif n <= node and node - n not in nodes[:index]:
            yield broken("pickup-dropoff", f"request {node - n}", what="pas de prise en charge")


def _times(case: RouteCase) -> Iterator[Violation]:
    route, free_s = case.route, case.route.sign_on_s
    for index in range(len(route.nodes) + 1):
        drive_s = case.drive(case.instance.duration_s, index)
        if drive_s < 0:
            origin, place = case.places[index], case.places[index + 1]
            yield broken("unreachable", case.at(index), origin=origin, place=place)
            drive_s = 0
        arrival_s = free_s + drive_s
        is_end = index == len(route.nodes)
        start_s = route.sign_off_s if is_end else route.start_s[index]
        if start_s < arrival_s:
            yield broken("too-fast", case.at(index), arrival_s - start_s)
        # The vehicle may leave its start late, so nobody waits before the first node.
        wait_s = start_s - arrival_s - case.instance.max_wait_aboard_s
        if case.aboard[index] and wait_s > 0 and not is_end:
            yield broken("wait-aboard", case.at(index), wait_s)
        if not is_end:
            free_s = start_s + case.service_s(route.nodes[index])


def _windows(case: RouteCase) -> Iterator[Violation]:
    for index, node in enumerate(case.route.nodes):
        start_s = case.route.start_s[index]
        earliest_s, latest_s = (
            int(case.instance.earliest_s[node]),
            int(case.instance.latest_s[node]),
        )
        by = max(earliest_s - start_s, start_s - latest_s)
        if by > 0:
            yield broken(
                "time-window",
                case.at(index),
                by,
                leg=node,
                action="service",
                clock=start_s,
                earliest=earliest_s,
                latest=latest_s,
            )


def _rides(case: RouteCase) -> Iterator[Violation]:
    n, picked = case.n_requests, {}
    for index, node in enumerate(case.route.nodes):
        start_s = case.route.start_s[index]
        if node < n:
            picked[node] = start_s + case.service_s(node)
        elif node - n in picked:
            request = node - n
            ride_s, limit_s = start_s - picked[request], int(case.instance.max_ride_s[request])
            if ride_s > limit_s:
                yield broken(
                    "ride-limit",
                    case.at(index),
                    ride_s - limit_s,
                    leg=request,
                    ride=ride_s,
                    limit=limit_s,
                )


def _seats(case: RouteCase) -> Iterator[Violation]:
    """One configuration must hold every load of the route, as it stays all day."""
    instance, vehicle = case.instance, case.vehicle
    peak = [
        max(sum(int(instance.load[request][kind]) for request in now) for now in case.aboard)
        for kind in range(3)
    ]
    rows = range(
        int(instance.configuration_start[vehicle]), int(instance.configuration_start[vehicle + 1])
    )
    offers = [[int(instance.configuration[row][kind]) for kind in range(3)] for row in rows]
    short = min(
        sum(max(0, taken - limit) for taken, limit in zip(peak, offer, strict=True))
        for offer in offers
    )
    if short:
        yield broken("capacity", case.name, short, what=f"{short} place")


def _company(case: RouteCase) -> Iterator[Violation]:
    instance = case.instance
    for index, node in enumerate(case.route.nodes):
        if node >= case.n_requests:
            continue
        if not bool(instance.allowed[node][case.vehicle]):
            yield broken("qualification", f"request {node}", missing="accès", shift=case.name)
        for other in case.aboard[index]:
            if bool(instance.incompatible[node][other]) or bool(instance.incompatible[other][node]):
                yield broken("incompatibility", case.at(index), leg=node, other=other)


def _duty(case: RouteCase) -> Iterator[Violation]:
    instance, route, k = case.instance, case.route, case.vehicle
    for what, time_s, earliest, latest in (
        ("début", route.sign_on_s, instance.start_earliest_s, instance.start_latest_s),
        ("fin", route.sign_off_s, instance.end_earliest_s, instance.end_latest_s),
    ):
        earliest_s, latest_s = int(earliest[k]), int(latest[k])
        by = max(earliest_s - time_s, time_s - latest_s)
        if by > 0:
            yield broken(
                "shift-hours",
                case.name,
                by,
                shift=k,
                what=what,
                clock=time_s,
                earliest=earliest_s,
                latest=latest_s,
            )
    by = route.sign_off_s - route.sign_on_s - int(instance.max_duty_s[k])
    if by > 0:
        yield broken("max-duty", case.name, by)
    drives = [case.drive(instance.distance_m, index) for index in range(len(route.nodes) + 1)]
    by = sum(max(0, metres) for metres in drives) - int(instance.range_m[k])
    if by > 0:
        yield broken("range", case.name, by)


def _pauses(case: RouteCase) -> Iterator[Violation]:
    instance, route, n = case.instance, case.route, case.n_requests
    for index, node in enumerate(route.nodes):
        if node >= 2 * n and case.aboard[index]:
            people = ", ".join(map(str, case.aboard[index]))
            yield broken("pause-aboard", case.at(index), len(case.aboard[index]), people=people)
    own = [
        p
        for p in range(len(instance.pause_vehicle))
        if int(instance.pause_vehicle[p]) == case.vehicle
    ]
    starts = dict(zip(route.nodes, route.start_s, strict=True))
    for pause in own:
        node = 2 * n + pause
        if not bool(instance.pause_is_break[pause]) and node not in starts:
            earliest_s = int(instance.earliest_s[node])
            latest_s = int(instance.latest_s[node]) + case.service_s(node)
            yield broken("protected-slot", case.name, earliest=earliest_s, latest=latest_s)
    yield from _breaks(case, [2 * n + p for p in own if bool(instance.pause_is_break[p])], starts)


def _breaks(case: RouteCase, own: list[int], starts: dict[int, int]) -> Iterator[Violation]:
    route, after_s = case.route, int(case.instance.break_after_s[case.vehicle])
    taken = [node for node in own if node in starts]
    duty_s = route.sign_off_s - route.sign_on_s - sum(case.service_s(node) for node in taken)
    if not own or (after_s > 0 and duty_s <= after_s):
        return
    if not taken:
        yield broken("break-missing", case.name)
    elif after_s > 0:
        by = min(starts[node] for node in taken) - (route.sign_on_s + after_s)
        if by > 0:
            yield broken("break-time", case.name, by)


_Rule = Callable[[RouteCase], Iterator[Violation]]

ROUTE_RULES: tuple[_Rule, ...] = (
    _order,
    _times,
    _seats,
    _company,
    _pauses,
    _duty,
    _windows,
    _rides,
)
