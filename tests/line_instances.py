"""Instances anyone can work out on paper: places a minute and a kilometre apart on one line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tus_dispatch.solver.instance import CostWeights, Instance, Ints

MINUTE_S = 60
KM_M = 1000
HORIZON_S = 36_000
REQUIRED = 10**9
METRES_ONLY = CostWeights(1, 0, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Trip:
    """One request; places count minutes from the left end of the line."""

    origin: int
    destination: int
    pickup: tuple[int, int] = (0, HORIZON_S)
    dropoff: tuple[int, int] = (0, HORIZON_S)
    seats: int = 1
    price: int = REQUIRED
    partner: int = -1
    follows: int = -1
    max_ride_s: int = HORIZON_S


def line(
    trips: Sequence[Trip], depots: Sequence[int] = (0,), *, n_places: int = 61, **changes: Any
) -> Instance:
    """Make an instance with one four-seated vehicle per depot; nothing takes time but driving."""
    n, m = len(trips), len(depots)
    apart = np.abs(np.arange(n_places)[:, None] - np.arange(n_places)[None, :])
    windows = [trip.pickup for trip in trips] + [trip.dropoff for trip in trips]
    instance = Instance(
        duration_s=apart * MINUTE_S,
        distance_m=apart * KM_M,
        location=_ints([trip.origin for trip in trips] + [trip.destination for trip in trips]),
        earliest_s=_ints([first for first, _ in windows]),
        latest_s=_ints([last for _, last in windows]),
        service_s=_ints([0] * (2 * n)),
        target_s=_ints([-1] * (2 * n)),
        load=np.array([[trip.seats, 0, 0] for trip in trips], dtype=np.int64).reshape(n, 3),
        max_ride_s=_ints([trip.max_ride_s for trip in trips]),
        direct_s=_ints([abs(trip.origin - trip.destination) * MINUTE_S for trip in trips]),
        allowed=np.ones((n, m), dtype=np.bool_),
        incompatible=np.zeros((n, n), dtype=np.bool_),
        partner=_ints([trip.partner for trip in trips]),
        follows=_ints([trip.follows for trip in trips]),
        penalty=_ints([trip.price for trip in trips]),
        start_location=_ints(depots),
        end_location=_ints(depots),
        start_earliest_s=_ints([0] * m),
        start_latest_s=_ints([HORIZON_S] * m),
        end_earliest_s=_ints([0] * m),
        end_latest_s=_ints([HORIZON_S] * m),
        max_duty_s=_ints([HORIZON_S] * m),
        range_m=_ints([10**6] * m),
        is_open=np.zeros(m, dtype=np.bool_),
        configuration=np.array([[4, 0, 0]] * m, dtype=np.int64).reshape(m, 3),
        configuration_start=np.arange(m + 1, dtype=np.int64),
        pause_vehicle=_ints([]),
        pause_is_break=np.zeros(0, dtype=np.bool_),
        break_after_s=_ints([0] * m),
        max_wait_aboard_s=HORIZON_S,
        weights=METRES_ONLY,
    )
    return replace(instance, **changes)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
