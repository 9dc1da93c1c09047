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
PER_EXCESS = WEIGHT_NAMES.index("per_excess_ride_second")
PER_EARLY = WEIGHT_NAMES.index("per_early_second")
PER_LATE = WEIGHT_NAMES.index("per_late_second")
WITHOUT_TIMES = ("per_metre", "per_round", "per_open_round")
N_PARTS = 7
METRES_ONLY, EXACT, SCREENED, METRIC = range(4)

NODE_COLUMNS = ("location", "earliest_s", "latest_s", "service_s", "target_s")
LOCATION, EARLIEST_S, LATEST_S, SERVICE_S, TARGET_S = range(5)

REQUEST_COLUMNS = ("max_ride_s", "direct_s")
MAX_RIDE_S, DIRECT_S = range(2)

VEHICLE_COLUMNS = (
    "start_location",
    "end_location",
    "start_earliest_s",
    "start_latest_s",
    "end_earliest_s",
    "end_latest_s",
    "max_duty_s",
    "range_m",
    "is_open",
    "break_after_s",
)
(
    START_LOCATION,
    END_LOCATION,
    START_EARLIEST_S,
    START_LATEST_S,
    END_EARLIEST_S,
    END_LATEST_S,
    MAX_DUTY_S,
    RANGE_M,
    IS_OPEN,
    BREAK_AFTER_S,
    BREAK_NODE,
    BREAK_WITHIN_S,
    MAX_WAIT_S,
    FIRST_CONFIGURATION,
    LAST_CONFIGURATION,
    VEHICLE_CLASS,
) = range(16)


class Arrays(NamedTuple):
    """The instance in few arrays: a call passes every one of them, word by word.

    Attributes
    ----------
    duration_s, distance_m
        As in the instance, shape ``(l, l)``.
    node
        Columns ``LOCATION`` to ``TARGET_S``, shape ``(2n + p, 5)``. The owner
        may narrow the windows.
    request
        Columns ``MAX_RIDE_S`` and ``DIRECT_S``, shape ``(n, 2)``.
    vehicle
        Columns ``START_LOCATION`` to ``VEHICLE_CLASS``, shape ``(m, 16)``.
        ``BREAK_NODE`` is -1 for none; ``BREAK_WITHIN_S`` is without limit
        where every duty needs its break; the configurations are the rows from
        the first to before the last. Vehicles of one class are alike in
        all but their number, and have no mandatory pause.
    load, allowed, incompatible, configuration
        As in the instance.
    weights
        Prices in the order of ``WEIGHT_NAMES``, shape ``(8,)``.
    switches
        ``METRES_ONLY``: nothing but metres and routes has a price, so no
        times need be set; ``EXACT``: a pickup may be delayed for the sake of
        a later stop; ``SCREENED``: places are screened before they are timed;
        ``METRIC``: no detour is quicker than the straight way. Shape ``(4,)``.
    """

    duration_s: Ints
    distance_m: Ints
    node: Ints
    request: Ints
    vehicle: Ints
    load: Ints
    allowed: Bools
    incompatible: Bools
    configuration: Ints
    weights: Ints
    switches: Bools


def arrays_of(instance: Instance) -> Arrays:
    """Return the kernels' view of an instance.

    Parameters
    ----------
    instance
        Validated; large arrays are shared, not copied.

    Returns
    -------
    Arrays
        What every kernel takes first.

    Notes
    -----
    Every call gives the same types, down to which arrays may be written: with
    others, all kernels would be compiled again.
    """
    node = np.full((instance.n_nodes, len(NODE_COLUMNS)), -1, dtype=np.int64)
    for column, name in enumerate(NODE_COLUMNS):
        values = getattr(instance, name)
        node[: len(values), column] = values
    request = [getattr(instance, name) for name in REQUEST_COLUMNS]
    return Arrays(
        duration_s=read_only(instance.duration_s),
        distance_m=read_only(instance.distance_m),
        node=node,
        request=np.ascontiguousarray(np.stack(request, axis=1)),
        vehicle=_vehicles(instance),
        load=read_only(instance.load),
        allowed=read_only(instance.allowed),
        incompatible=read_only(instance.incompatible),
        configuration=read_only(instance.configuration),
        weights=np.array(
            [getattr(instance.weights, name) for name in WEIGHT_NAMES], dtype=np.int64
        ),
        switches=_switches(instance),
    )


def _switches(instance: Instance) -> Bools:
    switches = np.zeros(4, dtype=np.bool_)
    switches[METRES_ONLY] = not any(
        getattr(instance.weights, name) for name in WEIGHT_NAMES if name not in WITHOUT_TIMES
    )
    switches[EXACT] = switches[SCREENED] = True
    return switches


def _vehicles(instance: Instance) -> Ints:
    table = np.empty((instance.n_vehicles, VEHICLE_CLASS + 1), dtype=np.int64)
    for column, name in enumerate(VEHICLE_COLUMNS):
        table[:, column] = getattr(instance, name)
    table[:, BREAK_NODE] = -1
    for pause, vehicle in enumerate(instance.pause_vehicle):
        if instance.pause_is_break[pause]:
            table[vehicle, BREAK_NODE] = 2 * instance.n_requests + pause
    after_s = instance.break_after_s
    table[:, BREAK_WITHIN_S] = np.where(after_s == 0, np.int64(LARGEST), after_s)
    table[:, MAX_WAIT_S] = instance.max_wait_aboard_s
    table[:, FIRST_CONFIGURATION] = instance.configuration_start[:-1]
    table[:, LAST_CONFIGURATION] = instance.configuration_start[1:]
    table[:, VEHICLE_CLASS] = _classes(instance, table)
    return table


def _classes(instance: Instance, table: Ints) -> list[int]:
    """Give vehicles that are alike the number of the first of them."""
    first: dict[bytes, int] = {}
    classes = []
    for vehicle in range(instance.n_vehicles):
        rows = slice(*instance.configuration_start[vehicle : vehicle + 2])
        node = int(table[vehicle, BREAK_NODE])
        pause = [
            int(column[node])
            for column in (
                instance.location,
                instance.earliest_s,
                instance.latest_s,
                instance.service_s,
            )
            if node >= 0
        ]
        own = vehicle if mandatory_pauses(instance, vehicle) else -1
        look = b"|".join(
            (
                table[vehicle, :BREAK_NODE].tobytes(),
                instance.configuration[rows].tobytes(),
                np.ascontiguousarray(instance.allowed[:, vehicle]).tobytes(),
                str((pause, own)).encode(),
            )
        )
        classes.append(first.setdefault(look, vehicle))
    return classes


def read_only(array: Ints | Bools) -> Any:
    """Return what kernels take an array as: one they may not write, whoever else may.

    Parameters
    ----------
    array
        Of whole numbers or truth values.

    Returns
    -------
    ndarray
        A view where the array is as kernels want it, else a copy.
    """
    dtype = np.bool_ if array.dtype == np.bool_ else np.int64
    view: Ints | Bools = np.ascontiguousarray(array, dtype=dtype).view()
    view.setflags(write=False)
    return view


def within_hours(instance: Instance, arrays: Arrays) -> Bools:
    """Tell which vehicles may take which requests and are on duty while those can ride.

    Parameters
    ----------
    instance
        The problem.
    arrays
        Made of it; whether drives are metric is known.

    Returns
    -------
    ndarray of bool, shape (n, m)
        False only where no order of the vehicle holds the request.
    """
    n = instance.n_requests
    earliest_s, latest_s = instance.earliest_s[:, None], instance.latest_s[:, None]
    service_s = instance.service_s[:, None]
    way_s: Any = 0
    if arrays.switches[METRIC]:
        way_s = instance.duration_s[instance.location[:n], instance.location[n : 2 * n]]
        way_s = np.maximum(way_s, 0)[:, None]
    boards_s = np.maximum(earliest_s[:n], instance.start_earliest_s)
    leaves_s = np.maximum(earliest_s[n : 2 * n], boards_s + service_s[:n] + way_s)
    fits = (boards_s <= latest_s[:n]) & (leaves_s <= latest_s[n : 2 * n])
    fits &= leaves_s + service_s[n : 2 * n] <= instance.end_latest_s
    both: Bools = arrays.allowed & fits
    return both


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
