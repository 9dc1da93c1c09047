"""Whoever was told or planned before is left where they were."""

from collections.abc import Iterator

from tus_dispatch.domain.plan import Round, Stop, StopKind
from tus_dispatch.domain.units import LegId
from tus_dispatch.verify.daytime.case import FilledCase, guarded, round_of
from tus_dispatch.verify.violations import Violation

_DOORS = (StopKind.PICKUP, StopKind.DROPOFF)


def everybody_is_still_served(case: FilledCase) -> Iterator[Violation]:
    """Yield legs that were served and are not any more."""
    for leg in case.doors_before:
        if leg not in case.doors_after:
            yield guarded("filled-dropped", leg)


def pickups_stay(case: FilledCase) -> Iterator[Violation]:
    """Yield pickups that moved further than the policy allows."""
    move_s = case.before.scenario.policy.daytime.move_s
    for leg, doors in case.doors_before.items():
        now = case.doors_after.get(leg)
        if now is None:
            continue
        by = abs(now.pickup.start_s - doors.pickup.start_s) - move_s
        if by > 0:
            yield guarded("filled-moved", leg, by)


def shifts_end_as_planned(case: FilledCase) -> Iterator[Violation]:
    """Yield rounds that end at another time, or are gone."""
    for tour_round in case.before.rounds:
        now = round_of(case.after, tour_round.shift)
        planned_s = tour_round.stops[-1].start_s
        by = planned_s if now is None else abs(now.stops[-1].start_s - planned_s)
        if by > 0:
            yield guarded("filled-end", tour_round.shift, by)


def protected_slots_are_kept(case: FilledCase) -> Iterator[Violation]:
    """Yield protected slots that a driver has lost."""
    now = {driver.id: driver.protected_slots for driver in case.after.scenario.drivers}
    for driver in case.before.scenario.drivers:
        for slot in driver.protected_slots:
            if slot not in now.get(driver.id, ()):
                window = slot.window
                yield guarded(
                    "filled-slot",
                    driver.id,
                    earliest=case.clock(window.earliest_s),
                    latest=case.clock(window.latest_s),
                )


def open_shifts_stay_unused(case: FilledCase) -> Iterator[Violation]:
    """Yield rounds of shifts without a driver that nothing needed before."""
    used = {each.shift for each in case.before.rounds}
    for tour_round in case.after.rounds:
        if tour_round.driver is None and tour_round.shift not in used:
            yield guarded("filled-open-shift", tour_round.shift)


def evening_peaks_have_their_buffer(case: FilledCase) -> Iterator[Violation]:
    """Yield rounds that reach their evening peak with too little time to spare."""
    daytime = case.before.scenario.policy.daytime
    for planned in case.before.rounds:
        peak = next(
            (stop for stop in _doors(planned) if stop.start_s >= daytime.evening_peak_s), None
        )
        now = round_of(case.after, planned.shift)
        if peak is None or now is None:
            continue
        stop = _after_optional(now, peak, case)
        if stop is not None:
            latest_s = max(stop.start_s - daytime.peak_buffer_s, peak.arrival_s)
            if stop.arrival_s > latest_s:
                yield guarded("filled-buffer", planned.shift, stop.arrival_s - latest_s)


def _after_optional(tour_round: Round, peak: Stop, case: FilledCase) -> Stop | None:
    """Return the stop of the peak where something optional comes before it."""
    has_optional = False
    for stop in _doors(tour_round):
        if (stop.leg, stop.kind) == (peak.leg, peak.kind):
            return stop if has_optional else None
        has_optional = has_optional or LegId(stop.leg or "") not in case.doors_before
    return None


def _doors(tour_round: Round) -> Iterator[Stop]:
    return (stop for stop in tour_round.stops if stop.kind in _DOORS)
