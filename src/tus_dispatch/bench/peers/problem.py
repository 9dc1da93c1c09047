"""A benchmark problem in the whole numbers that all peers understand."""

from dataclasses import dataclass

import numpy as np

from tus_dispatch.formats.literature import LiteratureInstance
from tus_dispatch.solver.instance import Instance, Ints

PEER_SCALE = 1000

Table = tuple[tuple[int, ...], ...]
Orders = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class PeerProblem:
    """One depot, alike vehicles and pairs with windows, in whole units.

    Nodes ``0 .. n-1`` are pickups and ``n + r`` is the dropoff of request
    ``r``; ``2n`` is the depot to start from and ``2n + 1`` the one to return to.

    Attributes
    ----------
    duration
        Between nodes and depots, rounded up: what keeps these times keeps the
        real ones.
    distance
        The same, rounded to the nearest: what is to be minimised.
    earliest, latest
        Window per node and depot.
    service
        Time at each node; none at the depots.
    load
        People per request.
    max_ride
        Longest stay aboard per request, the horizon where there is no limit.
    n_vehicles, capacity, max_duty
        The fleet: an upper limit, its seats, its longest route.
    limits_rides, limits_routes
        Whether the problem has a ride limit, and a route duration that is
        shorter than the depot's window.
    """

    duration: Table
    distance: Table
    earliest: tuple[int, ...]
    latest: tuple[int, ...]
    service: tuple[int, ...]
    load: tuple[int, ...]
    max_ride: tuple[int, ...]
    n_vehicles: int
    capacity: int
    max_duty: int
    limits_rides: bool
    limits_routes: bool

    @property
    def n_requests(self) -> int:
        """Number of requests."""
        return len(self.load)

    @property
    def horizon(self) -> int:
        """Latest return to the depot."""
        return self.latest[-1]


@dataclass(frozen=True, slots=True)
class Budget:
    """What every peer gets alike.

    Attributes
    ----------
    limit_s
        Seconds of search on one core.
    seed
        For those that take one.
    """

    limit_s: float
    seed: int


def peer_problem(literature: LiteratureInstance, scale: int = PEER_SCALE) -> PeerProblem:
    """Write an instance in the numbers of the peers.

    Windows are those of the kernels, tightened by what rides and depots imply:
    a help to solvers that cannot say a ride limit.

    Parameters
    ----------
    literature
        A benchmark file; its vehicles are alike.
    scale
        Units per unit of the file; divides the scale of the kernels.

    Returns
    -------
    PeerProblem
        Rounded so that an order that keeps it keeps the instance.
    """
    instance = literature.instance
    unit = literature.scale // scale
    n = instance.n_requests
    depots = [int(instance.start_location[0]), int(instance.end_location[0])]
    place = np.array([*instance.location[: 2 * n], *depots], dtype=np.int64)
    around = np.ix_(place, place)
    leave_s, return_s = _working_hours(instance)
    max_duty_s = min(int(instance.max_duty_s[0]), return_s - leave_s)
    return PeerProblem(
        duration=_table(_up(instance.duration_s[around], unit)),
        distance=_table(np.rint(literature.distance[around] * scale).astype(np.int64)),
        earliest=_row(_up(np.array([*instance.earliest_s[: 2 * n], leave_s, leave_s]), unit)),
        latest=_row(np.array([*instance.latest_s[: 2 * n], return_s, return_s]) // unit),
        service=(*_row(_up(instance.service_s[: 2 * n], unit)), 0, 0),
        load=_row(instance.load[:, 0]),
        max_ride=_row(instance.max_ride_s // unit),
        n_vehicles=instance.n_vehicles,
        capacity=int(instance.configuration[0, 0]),
        max_duty=max_duty_s // unit,
        limits_rides=bool((instance.max_ride_s < int(instance.end_latest_s[0])).any()),
        limits_routes=max_duty_s < return_s - leave_s,
    )


def _working_hours(instance: Instance) -> tuple[int, int]:
    """Narrow the depot's window to what the requests need.

    Solvers that count a route's duration from the opening of the depot while
    they search would else find nearly every route too long.
    """
    n = instance.n_requests
    start, end = int(instance.start_location[0]), int(instance.end_location[0])
    first_s = instance.earliest_s[:n] - instance.duration_s[start, instance.location[:n]]
    last_s = instance.latest_s[n : 2 * n] + instance.service_s[n : 2 * n]
    last_s = last_s + instance.duration_s[instance.location[n : 2 * n], end]
    return (
        max(int(instance.start_earliest_s[0]), int(first_s.min())),
        min(int(instance.end_latest_s[0]), int(last_s.max())),
    )


def _up(values: Ints, unit: int) -> Ints:
    return -(-values // unit)


def _row(values: Ints) -> tuple[int, ...]:
    return tuple(int(value) for value in values)


def _table(values: Ints) -> Table:
    return tuple(_row(row) for row in values)
