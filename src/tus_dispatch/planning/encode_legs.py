"""From legs to the arrays of their doors and of themselves; shifts and pauses stand elsewhere."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from tus_dispatch.domain.demand import Direction, Leg, Load
from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.objective import Weights
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import UNREACHABLE, TravelMatrix
from tus_dispatch.planning.leg_windows import NodeWindows
from tus_dispatch.planning.legality import CrewLaw, unlawful_legs
from tus_dispatch.solver.instance import Bools, Ints

# Fields of an instance by name.
LegArrays = dict[str, Any]


def ints(values: Sequence[int]) -> Ints:
    """Return numbers as the solver holds them."""
    return np.array(values, dtype=np.int64)


def loads(rows: Sequence[Load]) -> Ints:
    """Return seats, wheelchairs and child seats, shape ``(n, 3)``."""
    table = [(row.seats, row.wheelchairs, row.child_seats) for row in rows]
    return np.array(table, dtype=np.int64).reshape(len(rows), 3)


def door_arrays(
    legs: Sequence[Leg], windows: Sequence[NodeWindows], matrix: TravelMatrix
) -> LegArrays:
    """Return what the solver knows of the doors of some legs.

    Parameters
    ----------
    legs, windows
        One window per leg.
    matrix
        Knows their places.

    Returns
    -------
    dict
        Fields of the instance, shape ``(2n,)``: all pickups, then all dropoffs.
    """
    ends = [each.pickup for each in windows] + [each.dropoff for each in windows]
    places = [leg.origin for leg in legs] + [leg.destination for leg in legs]
    targets = [leg.target_pickup_s for leg in legs] + [leg.target_dropoff_s for leg in legs]
    return {
        "location": ints([matrix.index(place) for place in places]),
        "earliest_s": ints([window.earliest_s for window in ends]),
        "latest_s": ints([window.latest_s for window in ends]),
        "service_s": ints([leg.boarding_s for leg in legs] + [leg.alighting_s for leg in legs]),
        "target_s": ints([-1 if target is None else target for target in targets]),
    }


def own_arrays(
    scenario: Scenario,
    legs: Sequence[Leg],
    windows: Sequence[NodeWindows],
    matrix: TravelMatrix,
) -> LegArrays:
    """Return what the solver knows of some legs, apart from their doors and each other.

    Parameters
    ----------
    scenario
        Shifts, objective and law.
    legs, windows
        One window per leg.
    matrix
        For limits of distance.

    Returns
    -------
    dict
        Fields of the instance, ``n`` rows each.
    """
    weights = scenario.objective.weights
    return {
        "load": loads([leg.load for leg in legs]),
        "max_ride_s": ints([each.max_ride_s for each in windows]),
        "direct_s": ints([each.direct_s for each in windows]),
        "allowed": _allowed(scenario, legs, windows, matrix),
        "penalty": ints([leg_penalty(leg, weights) for leg in legs]),
    }


def link_arrays(legs: Sequence[Leg]) -> LegArrays:
    """Return how legs are linked.

    Parameters
    ----------
    legs
        A leg whose partner is not among them counts as not linked.

    Returns
    -------
    dict
        Fields of the instance, shape ``(n,)``.
    """
    at = {leg.id: r for r, leg in enumerate(legs)}
    partner = [at.get(leg.partner, -1) if leg.partner else -1 for leg in legs]
    follows = [
        other if leg.direction is Direction.RETURN else -1
        for leg, other in zip(legs, partner, strict=True)
    ]
    return {"partner": ints(partner), "follows": ints(follows)}


def incompatible_rows(legs: Sequence[Leg], others: Sequence[Leg]) -> Bools:
    """Tell which legs must never be aboard together with which others.

    Parameters
    ----------
    legs, others
        Either may name the other.

    Returns
    -------
    ndarray of shape (n, m)
        Symmetric where both are the same.
    """
    table = np.zeros((len(legs), len(others)), dtype=np.bool_)
    for i, leg in enumerate(legs):
        if leg.never_with:
            for j, other in enumerate(others):
                table[i, j] = other.participant in leg.never_with
    for j, other in enumerate(others):
        if other.never_with:
            for i, leg in enumerate(legs):
                table[i, j] |= leg.participant in other.never_with
    return table


def leg_penalty(leg: Leg, weights: Weights) -> int:
    """Return what leaving a leg out costs, thousandths of a cent."""
    if leg.price_eur_cents is not None:
        return leg.price_eur_cents * 1000
    return weights.per_unserved_leg * (100 + leg.priority) // 100


def _allowed(
    scenario: Scenario,
    legs: Sequence[Leg],
    windows: Sequence[NodeWindows],
    matrix: TravelMatrix,
) -> Bools:
    allowed = np.zeros((len(legs), len(scenario.shifts)), dtype=np.bool_)
    unlawful, crews = unlawful_legs(scenario, legs, matrix), CrewLaw(scenario)
    for k, shift in enumerate(scenario.shifts):
        for r, leg in enumerate(legs):
            allowed[r, k] = (
                windows[r].direct_s != UNREACHABLE
                and windows[r].is_possible
                and (leg.pin is None or leg.pin.shift in {None, shift.id})
                and suits(scenario, shift, leg)
                and leg.id not in unlawful
                and not crews.reasons(shift, leg)
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
