"""Every limit of a day, and the same day with that one limit lifted for the legs left out."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tus_dispatch.domain.demand import Leg, Load
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.domain.window import TimeWindow

Relaxed = tuple[Scenario, Leg]
Relaxation = Callable[[Scenario], Scenario]
LegRelaxation = Callable[[Leg, Scenario], Leg]


def _without_windows(leg: Leg, scenario: Scenario) -> Leg:  # noqa: ARG001
    return replace(
        leg,
        pickup_window=None,
        dropoff_window=None,
        target_pickup_s=None,
        target_dropoff_s=None,
    )


def _without_ride_limit(leg: Leg, scenario: Scenario) -> Leg:
    return replace(leg, max_ride_s=scenario.day.length_s)


def _without_load(leg: Leg, scenario: Scenario) -> Leg:  # noqa: ARG001
    return replace(leg, load=Load())


def _without_requirements(leg: Leg, scenario: Scenario) -> Leg:  # noqa: ARG001
    return replace(leg, requires=())


def _without_incompatibility(leg: Leg, scenario: Scenario) -> Leg:  # noqa: ARG001
    return replace(leg, never_with=(), participant=ParticipantId(f"\0{leg.id}"))


def _without_pin(leg: Leg, scenario: Scenario) -> Leg:  # noqa: ARG001
    return replace(leg, pin=None)


def _with_any_wait(scenario: Scenario) -> Scenario:
    policy = replace(scenario.policy, max_wait_aboard_s=scenario.day.length_s)
    return replace(scenario, policy=policy)


def _with_any_hours(scenario: Scenario) -> Scenario:
    day = TimeWindow(0, scenario.day.length_s)
    shifts = tuple(replace(shift, start=day, end=day, max_duty_s=None) for shift in scenario.shifts)
    return replace(scenario, shifts=shifts)


def _without_pauses(scenario: Scenario) -> Scenario:
    return replace(
        scenario,
        shifts=tuple(replace(shift, break_rule=None) for shift in scenario.shifts),
        drivers=tuple(replace(driver, protected_slots=()) for driver in scenario.drivers),
        vehicles=tuple(replace(vehicle, absences=()) for vehicle in scenario.vehicles),
    )


def _with_any_range(scenario: Scenario) -> Scenario:
    vehicles = tuple(replace(vehicle, range_m=None) for vehicle in scenario.vehicles)
    return replace(scenario, vehicles=vehicles)


LEG_LIMITS: Mapping[str, LegRelaxation] = {
    "time-window": _without_windows,
    "ride-limit": _without_ride_limit,
    "capacity": _without_load,
    "qualification": _without_requirements,
    "incompatibility": _without_incompatibility,
    "pin": _without_pin,
}

DAY_LIMITS: Mapping[str, Relaxation] = {
    "wait-aboard": _with_any_wait,
    "shift-hours": _with_any_hours,
    "break": _without_pauses,
    "range": _with_any_range,
}

ORDER = (
    "pin",
    "wait-aboard",
    "ride-limit",
    "time-window",
    "break",
    "shift-hours",
    "qualification",
    "incompatibility",
    "capacity",
    "range",
)
