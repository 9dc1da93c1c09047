"""An instance is one dial-a-ride problem as arrays, validated once and never changed.

Nodes ``0 .. n-1`` are pickups, ``n + r`` is the dropoff of request ``r``, and
nodes from ``2n`` on are pauses, each belonging to one vehicle.
"""

from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.errors import TusError

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

N_LOADS = 3
LARGEST = 2**31


class InstanceError(TusError):
    """The arrays of an instance contradict each other."""


@dataclass(frozen=True, slots=True)
class CostWeights:
    """Prices in thousandths of a cent; see ``domain.objective.Weights``."""

    per_metre: int
    per_duty_second: int
    per_round: int
    per_open_round: int
    per_excess_ride_second: int
    per_wait_aboard_second: int
    per_early_second: int
    per_late_second: int


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """Everything the search may ask for.

    With ``n`` requests, ``m`` vehicles, ``p`` pauses, ``l`` locations and
    ``c`` vehicle configurations; all times in seconds (or any integer unit)
    from the start of the horizon.

    Attributes
    ----------
    duration_s, distance_m
        Shape ``(l, l)``; -1 is unreachable in both. The diagonal is zero.
    location
        Location of each node, shape ``(2n + p,)``; -1 for a pause taken
        wherever the vehicle stands.
    earliest_s, latest_s
        Window for the start of service per node, shape ``(2n + p,)``.
    service_s
        Time at the door or length of the pause, shape ``(2n + p,)``.
    target_s
        Time asked for per node, from which late (pickups) and early
        (dropoffs) seconds count; -1 for none. Shape ``(2n,)``.
    load
        Seats, wheelchairs, child seats per request, shape ``(n, 3)``.
    max_ride_s, direct_s
        Limit from the end of boarding to the start of alighting, and the
        direct drive, shape ``(n,)``; ``direct_s`` -1 when unreachable.
    allowed
        Whether a vehicle may serve a request, shape ``(n, m)``.
    incompatible
        Requests never aboard together, symmetric, shape ``(n, n)``.
    partner
        Linked request, served together or not at all; -1 for none. ``(n,)``.
    penalty
        Price of leaving a request out, shape ``(n,)``.
    start_location, end_location
        Per vehicle, shape ``(m,)``.
    start_earliest_s, start_latest_s, end_earliest_s, end_latest_s
        Bands for sign-on and sign-off, shape ``(m,)``.
    max_duty_s
        Longest time from sign-on to sign-off, shape ``(m,)``.
    range_m
        Longest distance of a route, shape ``(m,)``.
    is_open
        Vehicles without a driver, shape ``(m,)``.
    configuration
        Capacities, shape ``(c, 3)``.
    configuration_start
        Configurations of vehicle ``k`` are rows ``[k] .. [k + 1] - 1``;
        shape ``(m + 1,)``.
    pause_vehicle
        Owner of each pause, shape ``(p,)``.
    pause_is_break
        Breaks are needed only when the duty is longer than ``break_after_s``
        and then start within it; other pauses always. Shape ``(p,)``.
    break_after_s
        Per vehicle, shape ``(m,)``.
    max_wait_aboard_s
        Longest standstill before one node with somebody aboard.
    weights
        Prices.
    follows
        Request whose dropoff must be over before this one's pickup starts,
        also on another route; -1 for none, shape ``(n,)``. Empty stands
        for no such pair.
    """

    duration_s: Ints
    distance_m: Ints
    location: Ints
    earliest_s: Ints
    latest_s: Ints
    service_s: Ints
    target_s: Ints
    load: Ints
    max_ride_s: Ints
    direct_s: Ints
    allowed: Bools
    incompatible: Bools
    partner: Ints
    penalty: Ints
    start_location: Ints
    end_location: Ints
    start_earliest_s: Ints
    start_latest_s: Ints
    end_earliest_s: Ints
    end_latest_s: Ints
    max_duty_s: Ints
    range_m: Ints
    is_open: Bools
    configuration: Ints
    configuration_start: Ints
    pause_vehicle: Ints
    pause_is_break: Bools
    break_after_s: Ints
    max_wait_aboard_s: int
    weights: CostWeights
    follows: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    def __post_init__(self) -> None:
        if not len(self.follows):
            nobody = np.full(self.load.shape[0], -1, dtype=np.int64)
            object.__setattr__(self, "follows", nobody)
        self._expect_shapes()
        self._expect_values()
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)

    @property
    def n_requests(self) -> int:
        """Number of requests."""
        return int(self.load.shape[0])

    @property
    def n_vehicles(self) -> int:
        """Number of vehicles."""
        return int(self.start_location.shape[0])

    @property
    def loose_pairs(self) -> tuple[tuple[int, int], ...]:
        """Linked pairs (first, follower) whose windows alone do not keep them apart."""
        n = self.n_requests
        follows = self.follows
        followers = np.flatnonzero(follows >= 0)
        firsts = follows[followers]
        ends_s = self.latest_s[n + firsts] + self.service_s[n + firsts]
        loose = ends_s > self.earliest_s[followers]
        return tuple(
            (int(first), int(follower))
            for first, follower in zip(firsts[loose], followers[loose], strict=True)
        )

    @property
    def n_nodes(self) -> int:
        """Number of nodes: two per request and one per pause."""
        return int(self.location.shape[0])

    def _expect_shapes(self) -> None:
        n, m = self.n_requests, self.n_vehicles
        p, c, places = len(self.pause_vehicle), len(self.configuration), len(self.duration_s)
        nodes = 2 * n + p
        expected: dict[str, tuple[int, ...]] = {
            "duration_s": (places, places),
            "distance_m": (places, places),
            "location": (nodes,),
            "earliest_s": (nodes,),
            "latest_s": (nodes,),
            "service_s": (nodes,),
            "target_s": (2 * n,),
            "load": (n, N_LOADS),
            "allowed": (n, m),
            "incompatible": (n, n),
            "configuration": (c, N_LOADS),
            "configuration_start": (m + 1,),
            "pause_is_break": (p,),
        }
        expected |= dict.fromkeys(("max_ride_s", "direct_s", "partner", "penalty", "follows"), (n,))
        expected |= dict.fromkeys(
            (
                "end_location",
                "start_earliest_s",
                "start_latest_s",
                "end_earliest_s",
                "end_latest_s",
                "max_duty_s",
                "range_m",
                "is_open",
                "break_after_s",
            ),
            (m,),
        )
        for name, shape in expected.items():
            array = getattr(self, name)
            if array.shape != shape:
                raise InstanceError(f"{name} has shape {array.shape}, expected {shape}")

    def _expect_values(self) -> None:
        n = self.n_requests
        if n and not np.array_equal(self.incompatible, self.incompatible.T):
            raise InstanceError("incompatible is not symmetric")
        for name in ("duration_s", "distance_m"):
            array = getattr(self, name)
            if array.size and (array.min() < -1 or array.max() >= LARGEST):
                raise InstanceError(f"{name} holds a value outside -1 .. 2**31")
            if array.diagonal().any():
                raise InstanceError(f"{name} holds a way from a place to itself that is not 0")
        linked = np.flatnonzero(self.partner >= 0)
        if not np.array_equal(self.partner[self.partner[linked]], linked):
            raise InstanceError("partners do not refer to each other")
        if np.any(self.location[: 2 * n] < 0):
            raise InstanceError("a pickup or dropoff has no location")
        if np.any(np.diff(self.configuration_start) < 1):
            raise InstanceError("a vehicle has no configuration")
