"""Shifts keep their hours, breaks, protected time and range, and nothing is used twice at once."""

from collections.abc import Iterator
from itertools import pairwise

from tus_dispatch.domain.fleet import BreakRule
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.domain.units import PlaceId, Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.verify.case import PAUSES, Case, RoundCase
from tus_dispatch.verify.violations import Violation, broken

_SLOTS = (StopKind.PROTECTED, StopKind.ABSENCE)


def duties_keep_the_hours(case: Case) -> Iterator[Violation]:
    """Yield sign-ons and sign-offs outside their bands."""
    for tour in case.tours:
        if tour.shift is None:
            continue
        for what, time_s, band in (
            ("prise de service", tour.sign_on_s, tour.shift.start),
            ("fin de service", tour.sign_off_s, tour.shift.end),
        ):
            by = max(band.earliest_s - time_s, time_s - band.latest_s)
            if by > 0:
                yield broken(
                    "shift-hours",
                    tour.name,
                    by,
                    shift=tour.name,
                    what=what,
                    clock=case.clock(time_s),
                    earliest=case.clock(band.earliest_s),
                    latest=case.clock(band.latest_s),
                )


def duties_are_short_enough(case: Case) -> Iterator[Violation]:
    """Yield duties longer than their shift allows."""
    for tour in case.tours:
        if tour.shift is None or tour.shift.max_duty_s is None:
            continue
        by = tour.sign_off_s - tour.sign_on_s - tour.shift.max_duty_s
        if by > 0:
            yield broken("max-duty", tour.name, by)


def breaks_are_taken(case: Case) -> Iterator[Violation]:
    """Yield duties that need a break and have none, or not in time."""
    for tour in case.tours:
        rule = tour.shift.break_rule if tour.shift else None
        if rule is None:
            continue
        breaks = [
            stop
            for stop in tour.stops
            if stop.kind is StopKind.BREAK and stop.departure_s - stop.start_s >= rule.duration_s
        ]
        taken_s = sum(stop.departure_s - stop.start_s for stop in breaks)
        duty_s = tour.sign_off_s - tour.sign_on_s - taken_s
        if rule.after_s > 0 and duty_s <= rule.after_s:
            continue
        if not breaks:
            yield broken("break-missing", tour.name)
            continue
        by = min(_off_time(rule, tour.sign_on_s, stop.start_s) for stop in breaks)
        if by > 0:
            yield broken("break-time", tour.name, by)


def _off_time(rule: BreakRule, sign_on_s: Seconds, start_s: Seconds) -> Seconds:
    off_s = 0
    if rule.after_s > 0:
        off_s = max(off_s, start_s - (sign_on_s + rule.after_s))
    if rule.window is not None:
        off_s = max(off_s, rule.window.earliest_s - start_s, start_s - rule.window.latest_s)
    return off_s


def pauses_are_empty(case: Case) -> Iterator[Violation]:
    """Yield pauses and ends with somebody aboard."""
    for tour in case.tours:
        for index, stop in enumerate(tour.stops):
            aboard = tour.aboard[index]
            if aboard and (stop.kind in PAUSES or stop.kind is StopKind.END):
                people = ", ".join(aboard)
                yield broken("pause-aboard", tour.at(index), len(aboard), people=people)


def protected_slots_are_free(case: Case) -> Iterator[Violation]:
    """Yield drivers' slots that the round works through."""
    for tour in case.tours:
        for slot in tour.driver.protected_slots if tour.driver else ():
            yield from _slot_is_free(case, tour, "protected-slot", slot.window, slot.place)


def absent_vehicles_stand_still(case: Case) -> Iterator[Violation]:
    """Yield absences of a vehicle that the round drives through."""
    for tour in case.tours:
        for absence in tour.vehicle.absences if tour.vehicle else ():
            depot = tour.vehicle.depot if tour.vehicle else None
            yield from _slot_is_free(case, tour, "absence", absence.window, depot)


def _slot_is_free(
    case: Case, tour: RoundCase, slug: str, window: TimeWindow, place: PlaceId | None
) -> Iterator[Violation]:
    begin_s = max(window.earliest_s, tour.sign_on_s)
    end_s = min(window.latest_s, tour.sign_off_s)
    # Pauses that follow each other without a gap cover the time together: where a
    # driver's slot and a vehicle's absence overlap, the second begins when the first ends.
    for stop in tour.stops:
        is_pause = stop.kind in _SLOTS and place in {None, stop.place}
        if is_pause and stop.start_s <= begin_s:
            begin_s = max(begin_s, stop.departure_s)
    if begin_s < end_s:
        yield broken(
            slug,
            tour.name,
            end_s - begin_s,
            earliest=case.clock(window.earliest_s),
            latest=case.clock(window.latest_s),
        )


def claimed_pauses_exist(case: Case) -> Iterator[Violation]:
    """Yield stops for a protected slot or an absence that nobody has."""
    for tour in case.tours:
        windows = {
            StopKind.PROTECTED: [slot.window for slot in tour.driver.protected_slots]
            if tour.driver
            else [],
            StopKind.ABSENCE: [absence.window for absence in tour.vehicle.absences]
            if tour.vehicle
            else [],
        }
        for index, stop in enumerate(tour.stops):
            if stop.kind in _SLOTS and not any(
                stop.start_s <= window.latest_s and stop.departure_s >= window.earliest_s
                for window in windows[stop.kind]
            ):
                yield broken("false-pause", tour.at(index))


def rounds_keep_the_range(case: Case) -> Iterator[Violation]:
    """Yield rounds longer than their vehicle's range."""
    for tour in case.tours:
        if tour.vehicle is None or tour.vehicle.range_m is None:
            continue
        by = driven_m(case, tour) - tour.vehicle.range_m
        if by > 0:
            yield broken("range", tour.name, by)


def driven_m(case: Case, tour: RoundCase) -> int:
    """Return the metres of a round by the travel times; drives without a way count nothing."""
    total_m = 0
    for before, stop in pairwise(tour.stops):
        if case.knows(before.place) and case.knows(stop.place):
            total_m += case.matrix.metres_between(before.place, stop.place) or 0
    return total_m


def vehicles_are_in_one_place(case: Case) -> Iterator[Violation]:
    """Yield pairs of rounds that use one vehicle at the same time."""
    for first, second, by in _overlaps(case):
        name = first.tour_round.vehicle
        if name == second.tour_round.vehicle:
            yield broken("vehicle-twice", first.name, by, name=name, other=second.name)


def drivers_are_in_one_place(case: Case) -> Iterator[Violation]:
    """Yield pairs of rounds that need one driver at the same time."""
    for first, second, by in _overlaps(case):
        name = first.tour_round.driver
        if name is not None and name == second.tour_round.driver:
            yield broken("driver-twice", first.name, by, name=name, other=second.name)


def _overlaps(case: Case) -> Iterator[tuple[RoundCase, RoundCase, Seconds]]:
    for index, first in enumerate(case.tours):
        for second in case.tours[index + 1 :]:
            begin_s = max(first.sign_on_s, second.sign_on_s)
            by = min(first.sign_off_s, second.sign_off_s) - begin_s
            if by > 0:
                yield first, second, by
