"""Instances anyone can work out on paper: places a minute and a kilometre apart on one line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.draft import make_route
from tus_dispatch.solver.instance import CostWeights, Instance, Ints
from tus_dispatch.solver.solution import Route

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


def with_break(instance: Instance, length_s: int, *, place: int = -1) -> Instance:
    """Give the only vehicle a break it always needs."""
    return replace(
        instance,
        location=np.append(instance.location, place),
        earliest_s=np.append(instance.earliest_s, 0),
        latest_s=np.append(instance.latest_s, HORIZON_S),
        service_s=np.append(instance.service_s, length_s),
        pause_vehicle=_ints([0]),
        pause_is_break=np.array([True]),
    )


def busy_round(n_pairs: int) -> tuple[Instance, Route]:
    """Make a day of riders who travel in pairs every half an hour, with a short break, and time it.

    The windows of the dropoffs are twenty minutes wide; what people asked for
    is five minutes before they close.
    """
    n_trips = 2 * n_pairs
    wanted_s = [1800 * (at // 2) + 3000 for at in range(n_trips)]
    trips = [
        Trip(10 + at % 2, 14 + at % 5, dropoff=(end_s - 900, end_s + 300))
        for at, end_s in enumerate(wanted_s)
    ]
    instance = with_break(
        line(
            trips,
            target_s=_ints([-1] * n_trips + wanted_s),
            weights=CostWeights(30, 500, 0, 0, 150, 150, 50, 50),
        ),
        300,
    )
    order = [
        node for at in range(0, n_trips, 2) for node in (at, at + 1, n_trips + at, n_trips + at + 1)
    ]
    return instance, make_route(arrays_of(instance), 0, _ints(order))


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
