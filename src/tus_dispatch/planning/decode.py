"""From the solver's routes back to rounds, stops and figures people read."""

from tus_dispatch.domain.demand import Load
from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.plan import CostBreakdown, Round, Stop, StopKind
from tus_dispatch.domain.units import LegId, PlaceId, Seconds
from tus_dispatch.planning.encode import Encoding
from tus_dispatch.solver.cost import solution_parts
from tus_dispatch.solver.solution import Route, Solution


def decode(encoding: Encoding, solution: Solution) -> tuple[Round, ...]:
    """Turn routes into rounds.

    Parameters
    ----------
    encoding
        What the numbers stand for.
    solution
        Routes of this very instance.

    Returns
    -------
    tuple of Round
        In the order of the shifts.
    """
    return tuple(decode_route(encoding, route) for route in solution.routes)


def decode_cost(encoding: Encoding, solution: Solution) -> CostBreakdown:
    """Price a solution in the words of the plan.

    Parameters
    ----------
    encoding, solution
        As in :func:`decode`.

    Returns
    -------
    CostBreakdown
        In thousandths of a cent.
    """
    names = ("distance", "duty", "rounds", "excess_ride", "wait_aboard", "early", "late")
    parts = [int(part) for part in solution_parts(encoding.instance, solution)]
    return CostBreakdown(**dict(zip((*names, "unserved"), parts, strict=True)))


def decode_route(encoding: Encoding, route: Route) -> Round:
    """Turn one route into a round.

    Parameters
    ----------
    encoding, route
        As in :func:`decode`.

    Returns
    -------
    Round
        From sign-on to sign-off, with the first configuration that holds
        everybody.
    """
    shift = encoding.shifts[route.vehicle]
    walker = _Walker(encoding, shift)
    first_drive_s = walker.drive_s(_place_of(encoding, route.nodes[0]) or shift.start_place)
    leaves_s = route.start_s[0] - first_drive_s
    walker.stand(StopKind.START, shift.start_place, None, route.sign_on_s, leaves_s)
    for node, start_s in zip(route.nodes, route.start_s, strict=True):
        kind, leg = _kind_and_leg(encoding, node)
        place = _place_of(encoding, node) or walker.here
        service_s = int(encoding.instance.service_s[node])
        walker.stand(kind, place, leg, start_s, start_s + service_s)
    walker.stand(StopKind.END, shift.end_place, None, route.sign_off_s, route.sign_off_s)
    return Round(
        shift=shift.id,
        vehicle=shift.vehicle,
        driver=shift.driver,
        configuration=_configuration(encoding, shift, walker.stops),
        stops=tuple(walker.stops),
    )


class _Walker:
    """Where the vehicle is and who is aboard while a route is written down."""

    def __init__(self, encoding: Encoding, shift: Shift) -> None:
        self.encoding = encoding
        self.here: PlaceId = shift.start_place
        self.load = Load()
        self.stops: list[Stop] = []
        self._loads = {leg.id: leg.load for leg in encoding.legs}

    def drive_s(self, place: PlaceId) -> Seconds:
        return self.encoding.matrix.seconds_between(self.here, place) or 0

    def stand(
        self, kind: StopKind, place: PlaceId, leg: LegId | None, start_s: int, departure_s: int
    ) -> None:
        drive_s = self.drive_s(place)
        drive_m = self.encoding.matrix.metres_between(self.here, place) or 0
        arrival_s = self.stops[-1].departure_s + drive_s if self.stops else start_s
        if leg is not None:
            self.load = _changed(self.load, self._loads[leg], 1 if kind is StopKind.PICKUP else -1)
        self.stops.append(
            Stop(kind, place, leg, arrival_s, start_s, departure_s, drive_s, drive_m, self.load)
        )
        self.here = place


def _changed(load: Load, change: Load, sign: int) -> Load:
    return Load(
        load.seats + sign * change.seats,
        load.wheelchairs + sign * change.wheelchairs,
        load.child_seats + sign * change.child_seats,
    )


def _kind_and_leg(encoding: Encoding, node: int) -> tuple[StopKind, LegId | None]:
    n = len(encoding.legs)
    if node < n:
        return StopKind.PICKUP, encoding.legs[node].id
    if node < 2 * n:
        return StopKind.DROPOFF, encoding.legs[node - n].id
    return encoding.pauses[node - 2 * n].kind, None


def _place_of(encoding: Encoding, node: int) -> PlaceId | None:
    n = len(encoding.legs)
    if node < n:
        return encoding.legs[node].origin
    if node < 2 * n:
        return encoding.legs[node - n].destination
    return encoding.pauses[node - 2 * n].place


def _configuration(encoding: Encoding, shift: Shift, stops: list[Stop]) -> int:
    seats = max(stop.load.seats for stop in stops)
    wheelchairs = max(stop.load.wheelchairs for stop in stops)
    configurations = encoding.scenario.vehicle(shift.vehicle).configurations
    return next(
        at
        for at, each in enumerate(configurations)
        if seats <= each.seats and wheelchairs <= each.wheelchairs
    )
