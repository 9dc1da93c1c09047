"""Dial-a-ride files drawn by the published rules of the families a and b."""

from dataclasses import dataclass
from random import Random  # noqa: TID251 - seeded, and passed in

WINDOW_MIN = 15
HALF_SIDE = 10.0


@dataclass(frozen=True)
class Family:
    """Capacity, longest ride and largest party; service time is 3 or as long as the party."""

    capacity: int
    max_ride_min: int
    largest_party: int


FAMILIES = {"a": Family(3, 30, 1), "b": Family(6, 45, 6)}


def draw_file(rng: Random, family: str, *, n_vehicles: int, n_requests: int) -> str:
    """Draw a file: half of the requests name when to arrive, half when to leave."""
    kind = FAMILIES[family]
    n = n_requests
    horizon_min = 60 * max(4, n // n_vehicles)
    rows = [(0.0, 0.0, 0, 0, 0, horizon_min)]
    ends: list[tuple[float, float, int, int, int, int]] = []
    for request in range(n):
        party = rng.randint(1, kind.largest_party)
        service_min = party if kind.largest_party > 1 else 3
        opens_min = rng.randint(60, horizon_min - 60 - WINDOW_MIN)
        window, free = (opens_min, opens_min + WINDOW_MIN), (0, 1440)
        pickup, dropoff = (free, window) if request < n // 2 else (window, free)
        rows.append((*_point(rng), service_min, party, *pickup))
        ends.append((*_point(rng), service_min, -party, *dropoff))
    lines = [f"{n_vehicles} {n} {horizon_min} {kind.capacity} {kind.max_ride_min}"]
    for number, (x, y, *rest) in enumerate([*rows, *ends, rows[0]]):
        lines.append(" ".join([str(number), f"{x:.3f}", f"{y:.3f}", *map(str, rest)]))
    return "\n".join(lines) + "\n"


def _point(rng: Random) -> tuple[float, float]:
    return rng.uniform(-HALF_SIDE, HALF_SIDE), rng.uniform(-HALF_SIDE, HALF_SIDE)
