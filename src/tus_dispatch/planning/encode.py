"""From the association's words to the solver's arrays; with ``decode``, the only border."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tus_dispatch.domain.demand import Direction, Leg, Load
from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.objective import Weights
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import UNREACHABLE, TravelMatrix
from tus_dispatch.domain.units import LegId, Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.leg_windows import LegTimes, NodeWindows, node_windows
from tus_dispatch.planning.pauses import Pause, pauses_of
from tus_dispatch.solver.instance import LARGEST, Bools, CostWeights, Instance, Ints
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
    """

    instance: Instance
    scenario: Scenario
    matrix: TravelMatrix
    legs: tuple[Leg, ...]
    shifts: tuple[Shift, ...]
    pauses: tuple[Pause, ...]
    promises: Mapping[LegId, TimeWindow]


def encode(
    scenario: Scenario,
    legs: Sequence[Leg],
    matrix: TravelMatrix,
    *,
    promises: Mapping[LegId, TimeWindow] | None = None,
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

    Returns
    -------
    Encoding
        The instance and its vocabulary.
    """
    windows = node_windows(legs, matrix, scenario.day.length_s, promises=promises or {})
    pauses = pauses_of(scenario)
    instance = Instance(
        duration_s=matrix.seconds.astype(np.int64),
        distance_m=matrix.metres.astype(np.int64),
        **_node_arrays(legs, windows, pauses, matrix),
        **_request_arrays(scenario, legs, windows),
        **_vehicle_arrays(scenario, matrix),
        pause_vehicle=_ints([pause.vehicle for pause in pauses]),
        pause_is_break=np.array([pause.kind is StopKind.BREAK for pause in pauses], dtype=np.bool_),
        max_wait_aboard_s=scenario.policy.max_wait_aboard_s,
        weights=_weights(scenario.objective.weights),
    )
    return Encoding(
        instance,
        scenario,
        matrix,
        tuple(legs),
        scenario.shifts,
        pauses,
        promises or {},
    )


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


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _loads(rows: Sequence[Load]) -> Ints:
    table = [(row.seats, row.wheelchairs, row.child_seats) for row in rows]
    return np.array(table, dtype=np.int64).reshape(len(rows), 3)


def _node_arrays(
    legs: Sequence[Leg],
    windows: Sequence[NodeWindows],
    pauses: Sequence[Pause],
    matrix: TravelMatrix,
) -> dict[str, Any]:
    ends = [each.pickup for each in windows] + [each.dropoff for each in windows]
    pause_windows = [pause.window for pause in pauses]
    places = [leg.origin for leg in legs] + [leg.destination for leg in legs]
    location = [matrix.index(place) for place in places]
    location += [ANYWHERE if pause.place is None else matrix.index(pause.place) for pause in pauses]
    service = [leg.boarding_s for leg in legs] + [leg.alighting_s for leg in legs]
    targets = [leg.target_pickup_s for leg in legs] + [leg.target_dropoff_s for leg in legs]
    return {
        "location": _ints(location),
        "earliest_s": _ints([window.earliest_s for window in (*ends, *pause_windows)]),
        "latest_s": _ints([window.latest_s for window in (*ends, *pause_windows)]),
        "service_s": _ints(service + [pause.duration_s for pause in pauses]),
        "target_s": _ints([-1 if target is None else target for target in targets]),
    }


def _request_arrays(
    scenario: Scenario,
    legs: Sequence[Leg],
    windows: Sequence[NodeWindows],
) -> dict[str, Any]:
    at = {leg.id: r for r, leg in enumerate(legs)}
    weights = scenario.objective.weights
    return {
        "load": _loads([leg.load for leg in legs]),
        "max_ride_s": _ints([each.max_ride_s for each in windows]),
        "direct_s": _ints([each.direct_s for each in windows]),
        "allowed": _allowed(scenario, legs, windows),
        "incompatible": _incompatible(legs),
        "partner": _ints([at.get(leg.partner, -1) if leg.partner else -1 for leg in legs]),
        "follows": _ints(
            [
                at.get(leg.partner, -1) if leg.direction is Direction.RETURN and leg.partner else -1
                for leg in legs
            ]
        ),
        "penalty": _ints([leg_penalty(leg, weights) for leg in legs]),
    }


def leg_penalty(leg: Leg, weights: Weights) -> int:
    """Return what leaving a leg out costs, thousandths of a cent."""
    if leg.price_eur_cents is not None:
        return leg.price_eur_cents * 1000
    return weights.per_unserved_leg * (100 + leg.priority) // 100


def _allowed(scenario: Scenario, legs: Sequence[Leg], windows: Sequence[NodeWindows]) -> Bools:
    allowed = np.zeros((len(legs), len(scenario.shifts)), dtype=np.bool_)
    for k, shift in enumerate(scenario.shifts):
        for r, leg in enumerate(legs):
            allowed[r, k] = (
                windows[r].direct_s != UNREACHABLE
                and windows[r].is_possible
                and (leg.pin is None or leg.pin.shift in {None, shift.id})
                and suits(scenario, shift, leg)
            )
    return allowed


def suits(scenario: Scenario, shift: Shift, leg: Leg) -> bool:
    """Tell whether a shift offers what a leg needs, whatever the hour.

    Parameters
    ----------
    scenario
        Knows vehicle and driver of the shift.
    shift, leg
        Who would drive whom.

    Returns
    -------
    bool
        Room in an empty vehicle, qualifications and features.
    """
    vehicle = scenario.vehicle(shift.vehicle)
    offered = set(vehicle.features)
    if shift.driver is not None:
        offered.update(scenario.driver(shift.driver).qualifications)
    return (
        offered.issuperset(leg.requires)
        and leg.load.child_seats <= vehicle.child_seats
        and any(
            leg.load.seats <= each.seats and leg.load.wheelchairs <= each.wheelchairs
            for each in vehicle.configurations
        )
    )


def _incompatible(legs: Sequence[Leg]) -> Bools:
    table = np.zeros((len(legs), len(legs)), dtype=np.bool_)
    for i, leg in enumerate(legs):
        if leg.never_with:
            for j, other in enumerate(legs):
                if other.participant in leg.never_with:
                    table[i, j] = table[j, i] = True
    return table


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
        "start_location": _ints([matrix.index(shift.start_place) for shift in shifts]),
        "end_location": _ints([matrix.index(shift.end_place) for shift in shifts]),
        "start_earliest_s": _ints([shift.start.earliest_s for shift in shifts]),
        "start_latest_s": _ints([shift.start.latest_s for shift in shifts]),
        "end_earliest_s": _ints([shift.end.earliest_s for shift in shifts]),
        "end_latest_s": _ints([shift.end.latest_s for shift in shifts]),
        "max_duty_s": _ints(
            [whole_day_s if shift.max_duty_s is None else shift.max_duty_s for shift in shifts]
        ),
        "range_m": _ints(
            [LARGEST if vehicle.range_m is None else vehicle.range_m for vehicle in vehicles]
        ),
        "is_open": np.array([shift.driver is None for shift in shifts], dtype=np.bool_),
        "configuration": _loads(room),
        "configuration_start": _ints([0, *np.cumsum(counts)]),
        "break_after_s": _ints(
            [0 if shift.break_rule is None else shift.break_rule.after_s for shift in shifts]
        ),
    }


def _weights(weights: Weights) -> CostWeights:
    return CostWeights(**{name: getattr(weights, name) for name in CostWeights.__slots__})
