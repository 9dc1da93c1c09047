"""What a route may do at most: drives, windows and company, each no tighter than any route needs.

The exact model may leave out only what no feasible route can do. So a drive
that may have stops in between counts the quickest way there is, and a window
is narrowed only by what every allowed vehicle and the request itself imply.
"""

from dataclasses import dataclass, replace

import numpy as np

from tus_dispatch.solver.instance import LARGEST, Bools, Instance, Ints

FAR_S = LARGEST
ROUNDED_UP = 1
WINDOW_ROUNDED = 2


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """An instance as the exact model sees it.

    With ``n`` requests; nodes are pickups, then dropoffs.

    Attributes
    ----------
    instance
        Where it comes from; a way with a pause in between counts as direct.
    drive_s, reach_s
        Direct drive, and quickest way with any stops in between, shape
        ``(2n, 2n)``; ``FAR_S`` where there is none.
    earliest_s, latest_s
        Narrowed windows for the start of service, shape ``(2n,)``.
    is_possible
        Requests that can be served at all, shape ``(n,)``.
    together
        Requests that may be aboard at once, symmetric, shape ``(n, n)``.
    same_vehicle
        Requests that some vehicle may both serve, symmetric, shape ``(n, n)``.
    kinds
        Vehicles that can stand in for one another, per kind.
    serves
        Whether a kind can serve a request, shape ``(kinds, n)``.
    span_s
        Seconds that every duty of a kind lasts at least, from its hours alone,
        shape ``(kinds,)``.
    kind_earliest_s, kind_latest_s
        Windows narrowed by the hours of one kind only, shape ``(kinds, 2n)``.
    """

    instance: Instance
    drive_s: Ints
    reach_s: Ints
    earliest_s: Ints
    latest_s: Ints
    is_possible: Bools
    together: Bools
    same_vehicle: Bools
    kinds: tuple[Ints, ...]
    serves: Bools
    span_s: Ints
    kind_earliest_s: Ints
    kind_latest_s: Ints

    @property
    def n(self) -> int:
        """Number of requests."""
        return self.instance.n_requests

    def kinds_with_room(self, requests: tuple[int, ...]) -> Bools:
        """Tell which kinds of vehicle may carry some requests at once.

        Parameters
        ----------
        requests
            Who would be aboard; nobody fits everywhere.

        Returns
        -------
        ndarray of bool, shape (kinds,)
            Whether the kind serves all of them and has a configuration that
            holds them.
        """
        instance = self.instance
        rows = list(requests)
        fits = (instance.configuration >= instance.load[rows].sum(axis=0)).all(axis=1)
        fitting = np.logical_or.reduceat(fits, instance.configuration_start[:-1])
        firsts = [members[0] for members in self.kinds]
        can: Bools = fitting[firsts] & self.serves[:, rows].all(axis=1)
        return can


def loosened(instance: Instance) -> Instance:
    """Return an instance that admits whatever is feasible before rounding.

    Parameters
    ----------
    instance
        Its drives are rounded up by less than one unit, and its windows were
        narrowed by at most two such drives.

    Returns
    -------
    Instance
        Drives one unit shorter, windows two units wider at each end.
    """
    shorter = np.where(instance.duration_s > 0, instance.duration_s - ROUNDED_UP, 0)
    return replace(
        instance,
        duration_s=np.where(instance.duration_s < 0, instance.duration_s, shorter),
        earliest_s=instance.earliest_s - WINDOW_ROUNDED,
        latest_s=instance.latest_s + WINDOW_ROUNDED,
    )


def ground_of(instance: Instance) -> Ground:
    """Work out what any feasible route of an instance keeps to.

    Parameters
    ----------
    instance
        The problem; it has vehicles and requests.

    Returns
    -------
    Ground
        See :class:`Ground`.
    """
    n = instance.n_requests
    instance = _past_pauses(instance)
    places = instance.location[: 2 * n]
    direct = np.where(instance.duration_s < 0, np.int64(FAR_S), instance.duration_s)
    quickest = _quickest(direct)
    kinds = vehicle_kinds(instance)
    firsts = [int(members[0]) for members in kinds]
    windows = [_windows(instance, quickest, vehicle) for vehicle in firsts]
    earliest_s = np.stack([earliest for earliest, _ in windows])
    latest_s = np.stack([latest for _, latest in windows])
    in_time = earliest_s <= latest_s
    serves = _fits_alone(instance)[:, firsts].T & in_time[:, :n] & in_time[:, n:]
    both_ends = np.concatenate([serves, serves], axis=1)
    same_vehicle = np.asarray((serves[:, :, None] & serves[:, None, :]).any(axis=0))
    together = same_vehicle & ~instance.incompatible
    followers = np.flatnonzero(instance.follows >= 0)
    together[followers, instance.follows[followers]] = False
    together[instance.follows[followers], followers] = False
    return Ground(
        instance,
        drive_s=direct[np.ix_(places, places)],
        reach_s=quickest[np.ix_(places, places)],
        earliest_s=np.where(both_ends, earliest_s, FAR_S).min(axis=0),
        latest_s=np.where(both_ends, latest_s, -FAR_S).max(axis=0),
        is_possible=np.asarray(serves.any(axis=0)),
        together=together,
        same_vehicle=same_vehicle,
        kinds=kinds,
        serves=serves,
        span_s=np.maximum(0, instance.end_earliest_s - instance.start_latest_s)[firsts],
        kind_earliest_s=earliest_s,
        kind_latest_s=latest_s,
    )


def vehicle_kinds(instance: Instance) -> tuple[Ints, ...]:
    """Gather vehicles that can stand in for one another.

    Parameters
    ----------
    instance
        The problem.

    Returns
    -------
    tuple of ndarray
        Vehicles of each kind, rising.
    """
    members: dict[tuple[object, ...], list[int]] = {}
    names = (
        "start_location",
        "end_location",
        "start_earliest_s",
        "start_latest_s",
        "end_earliest_s",
        "end_latest_s",
        "is_open",
    )
    first = instance.configuration_start
    for vehicle in range(instance.n_vehicles):
        rooms = instance.configuration[first[vehicle] : first[vehicle + 1]]
        key = (
            *(int(getattr(instance, name)[vehicle]) for name in names),
            instance.allowed[:, vehicle].tobytes(),
            tuple(sorted(map(tuple, rooms.tolist()))),
        )
        members.setdefault(key, []).append(vehicle)
    return tuple(np.array(each, dtype=np.int64) for each in members.values())


def _past_pauses(instance: Instance) -> Instance:
    """Return an instance in which a drive with a pause on its way is a direct one.

    Without the triangle inequality a detour over the place of a pause may be
    the shorter way.
    """
    halts = np.unique(instance.location[2 * instance.n_requests :])
    halts = halts[halts >= 0]
    if not len(halts):
        return instance
    tables = [
        np.where(table < 0, np.int64(FAR_S), table)
        for table in (instance.duration_s, instance.distance_m)
    ]
    duration_s, distance_m = (
        np.where(closed >= FAR_S, -1, closed)
        for closed in (_quickest(table, halts) for table in tables)
    )
    return replace(instance, duration_s=duration_s, distance_m=distance_m)


def _quickest(direct: Ints, places: Ints | None = None) -> Ints:
    """Return the quickest way between any two places, through any others or those named."""
    quickest = direct.copy()
    for via in range(len(quickest)) if places is None else places:
        np.minimum(quickest, quickest[:, via, None] + quickest[None, via, :], out=quickest)
    return np.minimum(quickest, FAR_S)


def _fits_alone(instance: Instance) -> Bools:
    """Tell which vehicle may serve which request and holds it, shape ``(n, m)``."""
    holds = (instance.configuration[None] >= instance.load[:, None]).all(axis=2)
    fits: Bools = np.logical_or.reduceat(holds, instance.configuration_start[:-1], axis=1)
    return fits & instance.allowed


def _windows(instance: Instance, quickest: Ints, vehicle: int) -> tuple[Ints, Ints]:
    """Narrow the windows by a vehicle's hours and by the request's own two ends."""
    n = instance.n_requests
    places, service_s = instance.location[: 2 * n], instance.service_s[: 2 * n]
    there_s = quickest[instance.start_location[vehicle], places]
    back_s = quickest[places, instance.end_location[vehicle]]
    earliest_s = np.maximum(
        instance.earliest_s[: 2 * n], instance.start_earliest_s[vehicle] + there_s
    )
    latest_s = np.minimum(
        instance.latest_s[: 2 * n], instance.end_latest_s[vehicle] - back_s - service_s
    )
    board_s, direct_s = service_s[:n], quickest[places[:n], places[n:]]
    ride_s = np.minimum(instance.max_ride_s, FAR_S)
    for _ in range(2):
        earliest_s[n:] = np.maximum(earliest_s[n:], earliest_s[:n] + board_s + direct_s)
        latest_s[:n] = np.minimum(latest_s[:n], latest_s[n:] - board_s - direct_s)
        earliest_s[:n] = np.maximum(earliest_s[:n], earliest_s[n:] - board_s - ride_s)
        latest_s[n:] = np.minimum(latest_s[n:], latest_s[:n] + board_s + ride_s)
    return earliest_s, latest_s
