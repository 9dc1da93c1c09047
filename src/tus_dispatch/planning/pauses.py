"""Breaks, protected slots and vehicle absences as the pauses a round must hold."""

from dataclasses import dataclass, replace

from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import PlaceId, Seconds
from tus_dispatch.domain.window import TimeWindow


@dataclass(frozen=True, slots=True)
class Pause:
    """Time with nobody aboard.

    Attributes
    ----------
    vehicle
        Index of the shift it belongs to.
    kind
        Break, protected slot or absence.
    place
        Where, or None for wherever the vehicle stands.
    window
        For its start.
    duration_s
        How long.
    """

    vehicle: int
    kind: StopKind
    place: PlaceId | None
    window: TimeWindow
    duration_s: Seconds


def pauses_of(scenario: Scenario) -> tuple[Pause, ...]:
    """Return the pauses of all shifts.

    Parameters
    ----------
    scenario
        The day.

    Returns
    -------
    tuple of Pause
        Shift by shift: fixed pauses by time, then the break. Slots and
        absences are cut to the shift's widest hours; where two overlap, the
        later begins when the earlier ends.
    """
    found: list[Pause] = []
    for vehicle, shift in enumerate(scenario.shifts):
        found.extend(_fixed_pauses(scenario, vehicle, shift))
        rule = shift.break_rule
        if rule is not None:
            window = rule.window or TimeWindow(0, scenario.day.length_s)
            found.append(Pause(vehicle, StopKind.BREAK, None, window, rule.duration_s))
    return tuple(found)


def _fixed_pauses(scenario: Scenario, vehicle: int, shift: Shift) -> list[Pause]:
    hours = TimeWindow(shift.start.earliest_s, shift.end.latest_s)
    pauses: list[Pause] = []
    for window, kind, place in sorted(_asked(scenario, shift), key=lambda ask: ask[0].earliest_s):
        inside = hours.intersect(window)
        if inside is not None and inside.earliest_s < inside.latest_s:
            _append(pauses, vehicle, kind, place, inside)
    return pauses


def _asked(scenario: Scenario, shift: Shift) -> list[tuple[TimeWindow, StopKind, PlaceId | None]]:
    held = scenario.vehicle(shift.vehicle)
    absences = [(each.window, StopKind.ABSENCE, held.depot) for each in held.absences]
    if shift.driver is None:
        return [*absences]
    slots = scenario.driver(shift.driver).protected_slots
    return [*absences, *((each.window, StopKind.PROTECTED, each.place) for each in slots)]


def _append(
    pauses: list[Pause],
    vehicle: int,
    kind: StopKind,
    place: PlaceId | None,
    inside: TimeWindow,
) -> None:
    """Let a pause begin when the one before ends; nobody drives between two that overlap."""
    earliest_s = inside.earliest_s
    if pauses:
        before = pauses[-1]
        before_ends_s = before.window.earliest_s + before.duration_s
        if earliest_s < before_ends_s:
            earliest_s = before_ends_s
            pauses[-1] = replace(before, place=before.place or place)
            place = place or before.place
    if earliest_s < inside.latest_s:
        start = TimeWindow(earliest_s, earliest_s)
        pauses.append(Pause(vehicle, kind, place, start, inside.latest_s - earliest_s))
