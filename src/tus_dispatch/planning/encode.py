"""From the association's words to the solver's arrays; with ``decode``, the only border."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tus_dispatch.domain.demand import Leg, Load
from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.objective import Weights
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.encode_legs import (
    LegArrays,
    door_arrays,
    incompatible_rows,
    ints,
    link_arrays,
    loads,
    own_arrays,
)
from tus_dispatch.planning.hours.lawful_day import NOTHING, Around, around_of, lawful_day, staffed
from tus_dispatch.planning.leg_windows import LegTimes, node_windows
from tus_dispatch.planning.pauses import Pause, pauses_of
from tus_dispatch.solver.instance import LARGEST, Bools, CostWeights, Instance
from tus_dispatch.solver.solution import Route, Solution

ANYWHERE = -1


@dataclass(frozen=True, slots=True)
class Encoding:
    """An instance and what its numbers stand for.

    Attributes
    ----------
    instance
        The arrays.
    scenario, matrix
        What they were made from.
    legs
        Request ``r`` is ``legs[r]``.
    shifts
        Vehicle ``k`` is ``shifts[k]``.
    pauses
        Node ``2n + p`` is ``pauses[p]``.
    promises
        As given to :func:`encode`.
    around
        As given to :func:`encode`.
    """

    instance: Instance
    scenario: Scenario
    matrix: TravelMatrix
    legs: tuple[Leg, ...]
    shifts: tuple[Shift, ...]
    pauses: tuple[Pause, ...]
    promises: Mapping[LegId, TimeWindow]
    around: Around = NOTHING


def encode(
    scenario: Scenario,
    legs: Sequence[Leg],
    matrix: TravelMatrix,
    *,
    promises: Mapping[LegId, TimeWindow] | None = None,
    around: Around = NOTHING,
) -> Encoding:
    """Turn a day into an instance.

    Parameters
    ----------
    scenario
        Shifts, vehicles, policy and objective.
    legs
        Who is to be served, usually ``legs_of(scenario)``.
    matrix
        Knows all places of the legs, shifts and slots.
    promises
        Pickup windows that people were told; they narrow the hard windows.
    around
        Drivers named for open shifts, and rounds that the law of working time
        leaves possible where they are lawful.

    Returns
    -------
    Encoding
        The instance and its vocabulary.
    """
    windows = node_windows(legs, matrix, scenario.day.length_s, promises=promises or {})
    crewed = staffed(scenario, around.crew)
    lawful = lawful_day(crewed, around).scenario
    pauses = pauses_of(lawful)
    doors = door_arrays(legs, windows, matrix)
    instance = Instance(
        duration_s=matrix.seconds.astype(np.int64),
        distance_m=matrix.metres.astype(np.int64),
        **_with_pauses(doors, pauses, matrix),
        **own_arrays(crewed, legs, windows, matrix),
        **link_arrays(legs),
        incompatible=incompatible_rows(legs, legs),
        **_vehicle_arrays(lawful, matrix),
        is_open=_is_open(scenario),
        **_pause_arrays(pauses),
        max_wait_aboard_s=scenario.policy.max_wait_aboard_s,
        weights=_weights(scenario.objective.weights),
    )
    return Encoding(
        instance,
        scenario,
        matrix,
        tuple(legs),
        crewed.shifts,
        pauses,
        promises or {},
        around,
    )


def re_encode(encoding: Encoding, scenario: Scenario) -> Encoding:
    """Read the same legs on a day whose hours, pauses or limits differ.

    Parameters
    ----------
    encoding
        The day as it was.
    scenario
        The same shifts, vehicles and drivers with other hours, breaks, slots,
        absences or ranges, and perhaps another policy.

    Returns
    -------
    Encoding
        What :func:`encode` makes of it, without looking at the legs again.
    """
    old, matrix = encoding.instance, encoding.matrix
    crewed = staffed(scenario, encoding.around.crew)
    lawful = lawful_day(crewed, encoding.around).scenario
    pauses = pauses_of(lawful)
    names = ("location", "earliest_s", "latest_s", "service_s", "target_s")
    doors: LegArrays = {name: getattr(old, name)[: 2 * old.n_requests] for name in names}
    instance = replace(
        old,
        **_with_pauses(doors, pauses, matrix),
        **_vehicle_arrays(lawful, matrix),
        is_open=_is_open(scenario),
        **_pause_arrays(pauses),
        max_wait_aboard_s=scenario.policy.max_wait_aboard_s,
    )
    return replace(encoding, instance=instance, scenario=scenario, pauses=pauses)


def with_rounds(encoding: Encoding, rounds: Sequence[Round]) -> Encoding:
    """Note the rounds a day has got, so that reading it again leaves them possible.

    Parameters
    ----------
    encoding
        The day.
    rounds
        Decoded from a solution of it.

    Returns
    -------
    Encoding
        The same instance.
    """
    found = around_of(Plan(encoding.scenario, tuple(rounds)))
    return replace(encoding, around=replace(found, crew=encoding.around.crew))


def encode_plan(encoding: Encoding, plan: Plan) -> Solution:
    """Read a plan as a solution of an instance; the inverse of ``decode``.

    Parameters
    ----------
    encoding
        Legs and shifts it does not know are left out.
    plan
        Any plan of the same day.

    Returns
    -------
    Solution
        Orders with the plan's times; feasibility is not looked at.
    """
    routes = [
        route
        for tour_round in plan.rounds
        if (route := encode_round(encoding, tour_round)) is not None
    ]
    n = len(encoding.legs)
    served = {node for route in routes for node in route.nodes}
    unserved = tuple(r for r in range(n) if not {r, n + r} & served)
    return Solution(tuple(sorted(routes, key=lambda route: route.vehicle)), unserved)


def encode_round(encoding: Encoding, tour_round: Round) -> Route | None:
    """Read one round as a route.

    Parameters
    ----------
    encoding
        Legs and pauses it does not know are left out.
    tour_round
        Any round of the same day.

    Returns
    -------
    Route or None
        None when the shift is unknown or none of the legs is known.
    """
    vehicle = {shift.id: k for k, shift in enumerate(encoding.shifts)}.get(tour_round.shift)
    if vehicle is None:
        return None
    request = {leg.id: r for r, leg in enumerate(encoding.legs)}
    n = len(encoding.legs)
    timed: list[tuple[int, Seconds]] = []
    for stop in tour_round.stops:
        if stop.leg in request:
            dropoff = n if stop.kind is StopKind.DROPOFF else 0
            timed.append((request[stop.leg] + dropoff, stop.start_s))
        elif stop.leg is None:
            pause = _find_pause(encoding, vehicle, stop)
            timed += [] if pause is None else [(2 * n + pause, stop.start_s)]
    if not any(node < n for node, _ in timed):
        return None
    nodes, start_s = zip(*timed, strict=True)
    first, last = tour_round.stops[0], tour_round.stops[-1]
    return Route(vehicle, nodes, start_s, first.start_s, last.start_s)


def _find_pause(encoding: Encoding, vehicle: int, stop: Stop) -> int | None:
    """Return the pause a stop stands for: any break, or the slot of its kind at that time."""
    for at, pause in enumerate(encoding.pauses):
        begins_s = pause.window.earliest_s
        if (pause.vehicle, pause.kind) == (vehicle, stop.kind) and (
            stop.kind is StopKind.BREAK
            or begins_s <= stop.start_s < begins_s + pause.duration_s
            or stop.start_s <= begins_s < stop.departure_s
        ):
            return at
    return None


def leg_times(plan: Plan) -> dict[LegId, LegTimes]:
    """Return pickup and dropoff times of all served legs of a plan."""
    pickup: dict[LegId, Seconds] = {}
    times: dict[LegId, LegTimes] = {}
    for tour_round in plan.rounds:
        for stop in tour_round.stops:
            if stop.leg is None:
                continue
            if stop.kind is StopKind.PICKUP:
                pickup[stop.leg] = stop.start_s
            elif stop.leg in pickup:
                times[stop.leg] = LegTimes(pickup[stop.leg], stop.start_s)
    return times


def _with_pauses(doors: LegArrays, pauses: Sequence[Pause], matrix: TravelMatrix) -> dict[str, Any]:
    """Put the pauses behind the doors, where a node may be either."""
    places = [ANYWHERE if each.place is None else matrix.index(each.place) for each in pauses]
    behind = {
        "location": places,
        "earliest_s": [each.window.earliest_s for each in pauses],
        "latest_s": [each.window.latest_s for each in pauses],
        "service_s": [each.duration_s for each in pauses],
    }
    return doors | {name: np.append(doors[name], ints(column)) for name, column in behind.items()}


def _pause_arrays(pauses: Sequence[Pause]) -> dict[str, Any]:
    return {
        "pause_vehicle": ints([pause.vehicle for pause in pauses]),
        "pause_is_break": np.array(
            [pause.kind is StopKind.BREAK for pause in pauses], dtype=np.bool_
        ),
    }


def _vehicle_arrays(scenario: Scenario, matrix: TravelMatrix) -> dict[str, Any]:
    shifts = scenario.shifts
    vehicles = [scenario.vehicle(shift.vehicle) for shift in shifts]
    room = [
        Load(each.seats, each.wheelchairs, vehicle.child_seats)
        for vehicle in vehicles
        for each in vehicle.configurations
    ]
    counts = [len(vehicle.configurations) for vehicle in vehicles]
    whole_day_s = scenario.day.length_s
    return {
        "start_location": ints([matrix.index(shift.start_place) for shift in shifts]),
        "end_location": ints([matrix.index(shift.end_place) for shift in shifts]),
        "start_earliest_s": ints([shift.start.earliest_s for shift in shifts]),
        "start_latest_s": ints([shift.start.latest_s for shift in shifts]),
        "end_earliest_s": ints([shift.end.earliest_s for shift in shifts]),
        "end_latest_s": ints([shift.end.latest_s for shift in shifts]),
        "max_duty_s": ints(
            [whole_day_s if shift.max_duty_s is None else shift.max_duty_s for shift in shifts]
        ),
        "range_m": ints(
            [LARGEST if vehicle.range_m is None else vehicle.range_m for vehicle in vehicles]
        ),
        "configuration": loads(room),
        "configuration_start": ints([0, *np.cumsum(counts)]),
        "break_after_s": ints(
            [0 if shift.break_rule is None else shift.break_rule.after_s for shift in shifts]
        ),
    }


def _is_open(scenario: Scenario) -> Bools:
    """Tell which shifts are open as asked for, also where a driver has been named since."""
    return np.array([shift.driver is None for shift in scenario.shifts], dtype=np.bool_)


def _weights(weights: Weights) -> CostWeights:
    return CostWeights(**{name: getattr(weights, name) for name in CostWeights.__slots__})
