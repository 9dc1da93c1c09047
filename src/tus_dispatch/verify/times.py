"""Times follow from each other: drive, arrive, serve, drive on."""

from collections.abc import Iterator

from tus_dispatch.domain.plan import Stop, StopKind
from tus_dispatch.domain.units import Seconds
from tus_dispatch.verify.case import DOORS, Case, RoundCase
from tus_dispatch.verify.violations import Violation, broken, span


def times_lie_in_the_day(case: Case) -> Iterator[Violation]:
    """Yield times before the start or after the end of the service day."""
    last_s = case.scenario.day.length_s
    for tour in case.tours:
        for index, stop in enumerate(tour.stops):
            times = (stop.arrival_s, stop.start_s, stop.departure_s)
            worst_s = max(times, key=lambda time_s: max(-time_s, time_s - last_s))
            by = max(-worst_s, worst_s - last_s)
            if by > 0:
                yield broken("day-bounds", tour.at(index), by, clock=case.clock(worst_s))


def drives_take_their_time(case: Case) -> Iterator[Violation]:
    """Yield stops reached otherwise than by driving from the stop before."""
    for tour in case.tours:
        for index in range(1, len(tour.stops)):
            before, stop = tour.stops[index - 1], tour.stops[index]
            if not (case.knows(before.place) and case.knows(stop.place)):
                continue
            drive_s = case.matrix.seconds_between(before.place, stop.place)
            if drive_s is None:
                yield broken("unreachable", tour.at(index), origin=before.place, place=stop.place)
                continue
            by = stop.arrival_s - (before.departure_s + drive_s)
            if by:
                yield broken("too-slow" if by > 0 else "too-fast", tour.at(index), abs(by))


def declared_drives_are_true(case: Case) -> Iterator[Violation]:
    """Yield stops whose declared seconds or metres are not the travel times'."""
    for tour in case.tours:
        for index, stop in enumerate(tour.stops):
            expected = _drive(case, tour, index)
            declared = (stop.drive_s, stop.drive_m)
            if expected is not None and declared != expected:
                by = abs(declared[0] - expected[0]) or abs(declared[1] - expected[1])
                yield broken(
                    "false-drive",
                    tour.at(index),
                    by,
                    declared=_amount(*declared),
                    actual=_amount(*expected),
                )


def _drive(case: Case, tour: RoundCase, index: int) -> tuple[int, int] | None:
    if index == 0:
        return 0, 0
    origin, place = tour.stops[index - 1].place, tour.stops[index].place
    if not (case.knows(origin) and case.knows(place)):
        return None
    seconds = case.matrix.seconds_between(origin, place)
    metres = case.matrix.metres_between(origin, place)
    return None if seconds is None or metres is None else (seconds, metres)


def _amount(seconds: int, metres: int) -> str:
    return f"{span(seconds)}, {metres} m"


def service_starts_after_arrival(case: Case) -> Iterator[Violation]:
    """Yield stops whose service starts before the vehicle is there."""
    for tour in case.tours:
        for index, stop in enumerate(tour.stops):
            if stop.start_s < stop.arrival_s:
                yield broken("before-arrival", tour.at(index), stop.arrival_s - stop.start_s)


def service_takes_its_time(case: Case) -> Iterator[Violation]:
    """Yield stops that end before, or long after, their service is over.

    Only the start may be left later than its service ends; a slot or a break
    may be longer than asked for, because nobody is aboard.
    """
    for tour in case.tours:
        for index, stop in enumerate(tour.stops):
            spare_s = stop.departure_s - stop.start_s - _service_s(case, tour, stop)
            if spare_s < 0:
                yield broken("service-time", tour.at(index), -spare_s)
            elif spare_s > 0 and (stop.kind in DOORS or stop.kind is StopKind.END):
                yield broken("late-departure", tour.at(index), spare_s)


def _service_s(case: Case, tour: RoundCase, stop: Stop) -> Seconds:
    leg = case.legs.get(stop.leg) if stop.leg is not None else None
    if leg is not None and stop.kind is StopKind.PICKUP:
        return leg.boarding_s
    if leg is not None and stop.kind is StopKind.DROPOFF:
        return leg.alighting_s
    if stop.kind is StopKind.BREAK and tour.shift and tour.shift.break_rule:
        return tour.shift.break_rule.duration_s
    return 0
