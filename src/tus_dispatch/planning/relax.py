"""Every limit of a day, and the same day with that one limit lifted for the legs left out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from tus_dispatch.domain.demand import Leg, Load
from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.domain.window import TimeWindow

Relaxed = tuple[Scenario, tuple[Leg, ...]]
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


def _with_earlier_hours(scenario: Scenario) -> Scenario:
    return replace(scenario, shifts=tuple(longer(scenario, s, early=True) for s in scenario.shifts))


def _with_later_hours(scenario: Scenario) -> Scenario:
    return replace(
        scenario, shifts=tuple(longer(scenario, s, early=False) for s in scenario.shifts)
    )


def longer(scenario: Scenario, shift: Shift, *, early: bool) -> Shift:
    """Open a shift as far as nothing else claims its vehicle or driver.

    Parameters
    ----------
    scenario, shift
        A shift of the day.
    early
        Where a shift has neighbours, only its morning or only its evening
        opens: if both did, two of them could meet in the hours between them.

    Returns
    -------
    Shift
        Without a longest duty.
    """
    others = [other for other in scenario.shifts if other.id != shift.id and _meet(other, shift)]
    taken = [TimeWindow(other.start.earliest_s, other.end.latest_s) for other in others]
    taken += [absence.window for absence in scenario.vehicle(shift.vehicle).absences]
    if shift.driver is not None:
        taken += [slot.window for slot in scenario.driver(shift.driver).protected_slots]
    first_s, last_s = shift.start.earliest_s, shift.end.latest_s
    before = [window.latest_s for window in taken if window.latest_s <= first_s]
    behind = [window.earliest_s for window in taken if window.earliest_s >= last_s]
    hours = TimeWindow(
        first_s if others and not early else max(before, default=0),
        last_s if others and early else min(behind, default=scenario.day.length_s),
    )
    return replace(shift, start=hours, end=hours, max_duty_s=None)


def _meet(one: Shift, other: Shift) -> bool:
    return one.vehicle == other.vehicle or (one.driver is not None and one.driver == other.driver)


def _without_pauses(scenario: Scenario) -> Scenario:
    return replace(
        scenario,
        shifts=tuple(replace(shift, break_rule=None) for shift in scenario.shifts),
        drivers=tuple(replace(driver, protected_slots=()) for driver in scenario.drivers),
        vehicles=tuple(replace(vehicle, absences=()) for vehicle in scenario.vehicles),
    )


def _without_working_time(scenario: Scenario) -> Scenario:
    return replace(scenario, working_time=None)


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

DAY_LIMITS: Mapping[str, tuple[Relaxation, ...]] = {
    "wait-aboard": (_with_any_wait,),
    "shift-hours": (_with_earlier_hours, _with_later_hours),
    "break": (_without_pauses,),
    "range": (_with_any_range,),
    "working-time": (_without_working_time,),
}

# From what is asked of one person to what is asked of the whole day.
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
    "working-time",
)


def relaxed(slug: str, scenario: Scenario, legs: Sequence[Leg]) -> Iterator[Relaxed]:
    """Lift one limit.

    Parameters
    ----------
    slug
        One of ``ORDER``.
    scenario
        The day.
    legs
        Those the limit is lifted for, where it is a limit of legs. That of
        the windows holds for a promised pickup too, which is the caller's.

    Yields
    ------
    tuple of Scenario and legs
        One or several ways to lift it.
    """
    law = scenario.working_time
    if slug == "working-time" and (law is None or not law.is_enforced):
        return
    if slug in DAY_LIMITS:
        for relaxation in DAY_LIMITS[slug]:
            yield relaxation(scenario), tuple(legs)
    else:
        yield scenario, tuple(LEG_LIMITS[slug](leg, scenario) for leg in legs)
