"""The instance as kernels see it: one named tuple of arrays, plus what is derived from them."""

from typing import Any, NamedTuple

import numpy as np

from tus_dispatch.solver.instance import LARGEST, Bools, Instance, Ints

WEIGHT_NAMES = (
    "per_metre",
    "per_duty_second",
    "per_round",
    "per_open_round",
    "per_excess_ride_second",
    "per_wait_aboard_second",
    "per_early_second",
    "per_late_second",
)
N_PARTS = 7


class Arrays(NamedTuple):
    """See ``Instance`` for shapes and units; only differences are told here.

    Attributes
    ----------
    earliest_s, latest_s
        Copies that their owner may narrow.
    weights
        Prices in the order of ``WEIGHT_NAMES``, shape ``(8,)``.
    break_node
        The floating break of each vehicle, -1 for none, shape ``(m,)``.
    break_within_s
        Latest start of the break after sign-on; no limit where every duty
        needs its break, shape ``(m,)``.
    max_wait_aboard_s
        Shape ``(1,)``.
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
    break_node: Ints
    break_after_s: Ints
    break_within_s: Ints
    max_wait_aboard_s: Ints
    weights: Ints


def arrays_of(instance: Instance) -> Arrays:
    """Return the kernels' view of an instance.

    Parameters
    ----------
    instance
        Validated; its arrays are shared, not copied.

    Returns
    -------
    Arrays
        What every kernel takes first.

    Notes
    -----
    Every call gives the same types, down to which arrays may be written: with
    others, all kernels would be compiled again.
    """
    n = instance.n_requests
    break_node = np.full(instance.n_vehicles, -1, dtype=np.int64)
    for pause, vehicle in enumerate(instance.pause_vehicle):
        if instance.pause_is_break[pause]:
            break_node[vehicle] = 2 * n + pause
    derived: dict[str, Any] = {
        "earliest_s": np.array(instance.earliest_s, dtype=np.int64),
        "latest_s": np.array(instance.latest_s, dtype=np.int64),
        "break_node": break_node,
        "break_within_s": np.where(
            instance.break_after_s == 0, np.int64(LARGEST), instance.break_after_s
        ),
        "max_wait_aboard_s": np.array([instance.max_wait_aboard_s], dtype=np.int64),
        "weights": np.array(
            [getattr(instance.weights, name) for name in WEIGHT_NAMES], dtype=np.int64
        ),
    }
    shared: dict[str, Any] = {
        name: _read_only(getattr(instance, name)) for name in Arrays._fields if name not in derived
    }
    return Arrays(**shared, **derived)


def _read_only(array: Ints | Bools) -> Ints | Bools:
    dtype = np.bool_ if array.dtype == np.bool_ else np.int64
    view: Ints | Bools = np.ascontiguousarray(array, dtype=dtype).view()
    view.setflags(write=False)
    return view


def mandatory_pauses(instance: Instance, vehicle: int) -> tuple[int, ...]:
    """Return the pause nodes a vehicle's route must hold when used, in time order.

    Parameters
    ----------
    instance
        The problem.
    vehicle
        Index of the vehicle.

    Returns
    -------
    tuple of int
        Nodes; breaks are not among them, since they are needed by long duties only.
    """
    first = 2 * instance.n_requests
    pauses = [
        first + pause
        for pause in range(len(instance.pause_vehicle))
        if instance.pause_vehicle[pause] == vehicle and not instance.pause_is_break[pause]
    ]
    return tuple(sorted(pauses, key=lambda node: (int(instance.earliest_s[node]), node)))
