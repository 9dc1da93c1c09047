"""Benchmark instances of the literature: scaled to integers for kernels, priced in doubles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.domain.units import MilliCents
from tus_dispatch.solver.instance import LARGEST, CostWeights, Instance, Ints
from tus_dispatch.solver.solution import Route

SCALE = 100_000
UNSERVED: MilliCents = 10**12

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LiteratureInstance:
    """A benchmark instance and what is needed to price its routes as papers do.

    Attributes
    ----------
    name
        Stem of the file name; nothing is read from it.
    instance
        For the kernels; times and distances are multiplied by ``scale``.
    n_requests
        Number of pairs, from the number of rows.
    distance
        Euclidean distances in double precision between the rows of the file,
        which are the locations of ``instance``; shape ``(l, l)``.
    scale
        Units of the instance per unit of the file.
    """

    name: str
    instance: Instance
    n_requests: int
    distance: Doubles
    scale: int = SCALE

    def reprice(self, routes: Iterable[Route]) -> float:
        """Return the total distance of some routes, without any rounding.

        Parameters
        ----------
        routes
            Routes of ``instance``, each with the way from and to its depot.

        Returns
        -------
        float
            In the units of the file.
        """
        start, end = self.instance.start_location, self.instance.end_location
        total = 0.0
        for each in routes:
            stops = (
                int(start[each.vehicle]),
                *(int(self.instance.location[node]) for node in each.nodes),
                int(end[each.vehicle]),
            )
            total += sum(float(self.distance[a, b]) for a, b in pairwise(stops))
        return total


@dataclass(frozen=True, slots=True)
class Row:
    """One point of a benchmark file.

    Attributes
    ----------
    x, y
        Position in the plane.
    service, load, earliest, latest
        As in the file: time at the point, people getting in, window.
    """

    x: float
    y: float
    service: float
    load: int
    earliest: float
    latest: float


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark problem as its file says it, before scaling.

    Attributes
    ----------
    rows
        All points; the first is the depot.
    pairs
        Row of the pickup and of the dropoff, per request.
    end_row
        Row of the depot to return to.
    n_vehicles, capacity
        The fleet: an upper limit, and the seats of each vehicle.
    max_duty, max_ride
        Longest route and longest stay aboard, or None without limit.
    """

    rows: tuple[Row, ...]
    pairs: tuple[tuple[int, int], ...]
    end_row: int
    n_vehicles: int
    capacity: int
    max_duty: float | None
    max_ride: float | None


def build(benchmark: Benchmark, name: str) -> LiteratureInstance:
    """Scale a problem and make it an instance.

    Distances are rounded up, so a schedule that is feasible in integers is
    feasible in the plane; what is lost is at most one unit of the scale per
    drive. Windows, service times and limits are whole after scaling.

    Parameters
    ----------
    benchmark
        As read from the file.
    name
        What to call it.

    Returns
    -------
    LiteratureInstance
        Its windows are tightened by what the rides and the depots imply.
    """
    points = np.array([(row.x, row.y) for row in benchmark.rows], dtype=np.float64)
    distance = np.hypot(
        points[:, None, 0] - points[None, :, 0], points[:, None, 1] - points[None, :, 1]
    )
    duration = _scaled_up(distance)
    horizon = _scaled(max(row.latest for row in benchmark.rows))
    max_duty = horizon if benchmark.max_duty is None else _scaled(benchmark.max_duty)
    max_ride = horizon if benchmark.max_ride is None else min(_scaled(benchmark.max_ride), horizon)
    earliest, latest = _tightened(benchmark, duration, max_ride)
    n, m = len(benchmark.pairs), benchmark.n_vehicles
    instance = Instance(
        **_requests(benchmark, duration, max_ride),
        **_fleet(benchmark, horizon, max_duty),
        duration_s=duration,
        distance_m=duration.copy(),
        earliest_s=earliest,
        latest_s=latest,
        allowed=np.ones((n, m), dtype=np.bool_),
        incompatible=np.zeros((n, n), dtype=np.bool_),
        is_open=np.zeros(m, dtype=np.bool_),
        pause_vehicle=np.zeros(0, dtype=np.int64),
        pause_is_break=np.zeros(0, dtype=np.bool_),
        max_wait_aboard_s=horizon,
        weights=CostWeights(1, 0, 0, 0, 0, 0, 0, 0),
    )
    return LiteratureInstance(name, instance, n, distance)


def _requests(benchmark: Benchmark, duration: Ints, max_ride: int) -> dict[str, Ints]:
    n = len(benchmark.pairs)
    nodes = [pickup for pickup, _ in benchmark.pairs] + [dropoff for _, dropoff in benchmark.pairs]
    load = np.zeros((n, 3), dtype=np.int64)
    load[:, 0] = [benchmark.rows[pickup].load for pickup, _ in benchmark.pairs]
    return {
        "location": np.array(nodes, dtype=np.int64),
        "service_s": np.array([_scaled(benchmark.rows[i].service) for i in nodes], dtype=np.int64),
        "target_s": np.full(2 * n, -1, dtype=np.int64),
        "load": load,
        "max_ride_s": np.full(n, max_ride, dtype=np.int64),
        "direct_s": np.array([duration[a, b] for a, b in benchmark.pairs], dtype=np.int64),
        "partner": np.full(n, -1, dtype=np.int64),
        "penalty": np.full(n, UNSERVED, dtype=np.int64),
    }


def _fleet(benchmark: Benchmark, horizon: int, max_duty: int) -> dict[str, Ints]:
    m = benchmark.n_vehicles
    start, end = benchmark.rows[0], benchmark.rows[benchmark.end_row]

    def each(value: int) -> Ints:
        return np.full(m, value, dtype=np.int64)

    return {
        "start_location": each(0),
        "end_location": each(benchmark.end_row),
        "start_earliest_s": each(_scaled(start.earliest)),
        "start_latest_s": each(_scaled(start.latest)),
        "end_earliest_s": each(_scaled(end.earliest)),
        "end_latest_s": each(_scaled(end.latest)),
        "max_duty_s": each(min(max_duty, horizon)),
        "range_m": each(LARGEST - 1),
        "configuration": np.array([[benchmark.capacity, 0, 0]] * m, dtype=np.int64).reshape(m, 3),
        "configuration_start": np.arange(m + 1, dtype=np.int64),
        "break_after_s": each(horizon),
    }


def _tightened(benchmark: Benchmark, duration: Ints, max_ride: int) -> tuple[Ints, Ints]:
    """Narrow windows without losing a feasible schedule, see ``solver.md`` §7."""
    n = len(benchmark.pairs)
    start, end = benchmark.rows[0], benchmark.rows[benchmark.end_row]
    earliest = np.zeros(2 * n, dtype=np.int64)
    latest = np.zeros(2 * n, dtype=np.int64)
    for r, (a, b) in enumerate(benchmark.pairs):
        pickup, dropoff = benchmark.rows[a], benchmark.rows[b]
        board, alight = _scaled(pickup.service), _scaled(dropoff.service)
        direct = int(duration[a, b])
        home = _scaled(end.latest) - int(duration[b, benchmark.end_row]) - alight
        e_in = max(_scaled(pickup.earliest), _scaled(start.earliest) + int(duration[0, a]))
        l_out = min(_scaled(dropoff.latest), home)
        e_in = max(e_in, _scaled(dropoff.earliest) - max_ride - board)
        l_in = min(_scaled(pickup.latest), l_out - direct - board)
        earliest[r], latest[r] = e_in, l_in
        earliest[n + r] = max(_scaled(dropoff.earliest), e_in + board + direct)
        latest[n + r] = min(l_out, l_in + board + max_ride)
    return earliest, latest


def _scaled(value: float) -> int:
    return round(value * SCALE)


def _scaled_up(distance: Doubles) -> Ints:
    scaled = distance * SCALE
    # A distance that is whole in the file stays whole: the products carry an
    # error of about 1e-9, which must not cost a unit.
    return np.ceil(scaled - 1e-6).astype(np.int64)


def fits_kernels(rows: Sequence[Row]) -> bool:
    """Return whether every scaled time and distance stays below the kernels' bound."""
    reach = (
        max(row.x for row in rows) - min(row.x for row in rows),
        max(row.y for row in rows) - min(row.y for row in rows),
        max(row.latest + row.service for row in rows),
    )
    return max(reach) * SCALE * 2 < LARGEST
