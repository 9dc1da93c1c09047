"""The shifts of a day as the law of working time leaves them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tus_dispatch.domain.fleet import Driver, Shift
from tus_dispatch.domain.plan import Plan, Round, StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import DriverId, Seconds, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.hours.alone import alone
from tus_dispatch.planning.hours.shift_room import Room, room_of
from tus_dispatch.planning.hours.together import together
from tus_dispatch.planning.hours.worker import WORKED_SLOTS, Worker, worker_of
from tus_dispatch.rules.working_time.limits import limits_on


@dataclass(frozen=True, slots=True)
class Around:
    """What a plan at hand says of shifts: nothing of it is changed without need.

    Attributes
    ----------
    crew
        Drivers named for open shifts.
    used
        Sign-on and sign-off of its rounds.
    work_s, break_s
        Their work, and their longest break.
    """

    crew: Mapping[ShiftId, DriverId] = field(default_factory=dict)
    used: Mapping[ShiftId, TimeWindow] = field(default_factory=dict)
    work_s: Mapping[ShiftId, Seconds] = field(default_factory=dict)
    break_s: Mapping[ShiftId, Seconds] = field(default_factory=dict)


NOTHING = Around()


@dataclass(frozen=True, slots=True)
class LawfulDay:
    """A day whose shifts hold lawful duties only.

    Attributes
    ----------
    scenario
        With narrower bands, shorter duties and breaks; a shift that cannot be
        lawful at all admits no duty.
    unlawful
        Such shifts, each with the slug of the rule that leaves nothing.
    narrowed
        Shifts whose hours or longest duty are narrower than asked for.
    """

    scenario: Scenario
    unlawful: Mapping[ShiftId, str]
    narrowed: tuple[ShiftId, ...]


def around_of(plan: Plan) -> Around:
    """Read what a plan says of its shifts.

    Parameters
    ----------
    plan
        Any plan.

    Returns
    -------
    Around
        Names that open shifts got, and all hours.
    """
    shifts = {shift.id: shift for shift in plan.scenario.shifts}
    rounds = [
        each
        for each in plan.rounds
        if each.shift in shifts
        and each.stops
        and 0 <= each.stops[0].start_s <= each.stops[-1].departure_s
    ]
    return Around(
        crew={
            each.shift: each.driver
            for each in rounds
            if each.driver is not None and shifts[each.shift].driver is None
        },
        used={
            each.shift: TimeWindow(each.stops[0].start_s, each.stops[-1].departure_s)
            for each in rounds
        },
        work_s={each.shift: work_of_round(each) for each in rounds},
        break_s={each.shift: max(_breaks_s(each), default=0) for each in rounds},
    )


def kept_from(plan: Plan, scenario: Scenario) -> Around:
    """Read what a plan at hand says of its shifts, and leave out names that are unlawful now.

    Parameters
    ----------
    plan
        Where planning starts from.
    scenario
        The day as it is now.

    Returns
    -------
    Around
        A driver who may no longer take an open shift gives it back.
    """
    around = around_of(plan)
    drivers = {driver.id for driver in scenario.drivers}
    crew = {shift: name for shift, name in around.crew.items() if name in drivers}
    around = replace(around, crew=crew)
    unlawful = lawful_day(staffed(scenario, crew), around).unlawful
    return replace(
        around, crew={shift: name for shift, name in crew.items() if shift not in unlawful}
    )


def lawful_day(scenario: Scenario, around: Around = NOTHING) -> LawfulDay:
    """Narrow every shift to what its driver may lawfully do that day.

    Parameters
    ----------
    scenario
        Where the law of working time is not enforced, the day stays as it is,
        but for the drivers that were named for open shifts.
    around
        A plan at hand, whose lawful rounds stay possible.

    Returns
    -------
    LawfulDay
        The law's view of each shift holds whatever the rounds of the others
        are, so that they can be planned one by one.

    Notes
    -----
    Volunteers are no employees: their shifts stay as they are. Of an open
    shift only the rules of a single day are known.
    """
    law, named = scenario.working_time, set(around.crew.values())
    is_enforced = law is not None and law.is_enforced
    if not is_enforced and not named:
        return LawfulDay(scenario, {}, ())
    unlawful: dict[ShiftId, str] = {}
    lawful: dict[ShiftId, Shift] = {}
    for driver, shifts in _by_driver(scenario):
        # Whom the planner named is lawful in any case.
        if not is_enforced and (driver is None or driver.id not in named):
            continue
        for room, slug in lawful_rooms(scenario, driver, shifts, around):
            shift = room.to_shift()
            if shift is not None:
                lawful[shift.id] = shift
                if slug is not None:
                    unlawful[shift.id] = slug
    left = tuple(
        replace(shift, max_duty_s=0) if shift.id in unlawful else lawful.get(shift.id, shift)
        for shift in scenario.shifts
    )
    narrowed = tuple(
        shift.id
        for shift, asked in zip(left, scenario.shifts, strict=True)
        if shift.id not in unlawful and _hours(shift, scenario) != _hours(asked, scenario)
    )
    return LawfulDay(replace(scenario, shifts=left), unlawful, narrowed)


def staffed(scenario: Scenario, crew: Mapping[ShiftId, DriverId]) -> Scenario:
    """Give open shifts the drivers named for them.

    Parameters
    ----------
    scenario
        The day.
    crew
        By shift; shifts with a driver of their own keep him or her.

    Returns
    -------
    Scenario
        The same where nobody is named.
    """
    if not crew:
        return scenario
    shifts = tuple(
        replace(shift, driver=crew[shift.id])
        if shift.driver is None and shift.id in crew
        else shift
        for shift in scenario.shifts
    )
    return replace(scenario, shifts=shifts)


def lawful_rooms(
    scenario: Scenario,
    driver: Driver | None,
    shifts: Sequence[Shift],
    around: Around = NOTHING,
) -> list[tuple[Room, str | None]]:
    """Return what the law leaves of the shifts of one driver.

    Parameters
    ----------
    scenario
        The day.
    driver
        Who works on all of them; None for one open shift.
    shifts
        At least one.
    around
        A plan at hand.

    Returns
    -------
    list of tuple
        Each room, and the slug of the rule that leaves nothing or None. Where
        not all can be lawful together, those that hold most work stay.
    """
    rules = () if scenario.working_time is None else scenario.working_time.own_rules
    worker = worker_of(driver, scenario.day, limits_on(scenario.day.date, rules))
    asked = [room_of(shift, scenario.day.length_s) for shift in shifts]
    fixed = _fixed(worker, asked)
    wrong = next((slug for piece in fixed if (slug := alone(worker, piece)[1])), None)
    if wrong is not None:
        return [(room, wrong) for room in asked]
    kept: list[Room] = []
    shared: tuple[Room, ...] = ()
    answers: list[tuple[Room, str | None]] = []
    # Shifts that a plan at hand uses come first, then those that hold most work.
    used = {shift.id for shift in shifts if shift.id in around.used}
    for room in sorted(
        asked,
        key=lambda each: (
            each.shift is None or each.shift.id not in used,
            -each.work_s,
            each.start_s,
        ),
    ):
        narrower, slug = alone(worker, _around(room, around))
        narrower = _around(narrower, around)
        if slug is None and _cuts_a_slot(worker, room, narrower):
            slug = "protected-slot"
        if slug is None:
            found = together(worker, (*kept, *fixed, narrower))
            if isinstance(found, str):
                slug = found
            else:
                kept.append(narrower)
                shared = found
        if slug is not None:
            answers.append((room, slug))
    return [*((room, None) for room in shared if room.shift is not None), *answers]


def _around(room: Room, around: Around) -> Room:
    """Keep the round of a plan at hand possible, where its shift still allows it."""
    shift = room.shift
    if shift is None or shift.id not in around.used:
        return room
    break_s = around.break_s.get(shift.id, 0)
    return room.around(around.used[shift.id], around.work_s[shift.id], break_s)


def _fixed(worker: Worker, rooms: list[Room]) -> list[Room]:
    """Return the driver's training and accompaniment that no shift holds: work all the same."""
    slots = () if worker.driver is None else worker.driver.protected_slots
    pieces = []
    for slot in slots:
        if slot.kind in WORKED_SLOTS:
            pieces += _outside(slot.window, rooms)
    return [
        Room(None, each.earliest_s, each.earliest_s, each.latest_s, each.latest_s, each.latest_s)
        for each in pieces
    ]


def _outside(window: TimeWindow, rooms: list[Room]) -> list[TimeWindow]:
    """Cut the widest hours of shifts out of a slot: what is inside is part of their duties."""
    left = [window]
    for room in rooms:
        cut: list[TimeWindow] = []
        for each in left:
            bounds = (
                (each.earliest_s, min(each.latest_s, room.start_s)),
                (max(each.earliest_s, room.end_s), each.latest_s),
            )
            cut += [TimeWindow(begin_s, end_s) for begin_s, end_s in bounds if begin_s < end_s]
        left = cut
    return left


def _cuts_a_slot(worker: Worker, asked: Room, left: Room) -> bool:
    """Tell whether narrower hours would leave a slot outside that the duty was to hold."""
    slots = () if worker.driver is None else worker.driver.protected_slots
    return any(
        slot.kind in WORKED_SLOTS
        and slot.window.earliest_s < asked.end_s
        and slot.window.latest_s > asked.start_s
        and (
            max(slot.window.earliest_s, asked.start_s) < left.start_s
            or min(slot.window.latest_s, asked.end_s) > left.end_s
        )
        for slot in slots
    )


def _by_driver(scenario: Scenario) -> list[tuple[Driver | None, list[Shift]]]:
    """Group the shifts of employees; every open shift stands alone."""
    groups: dict[DriverId, list[Shift]] = {}
    found: list[tuple[Driver | None, list[Shift]]] = []
    for shift in scenario.shifts:
        if shift.driver is None:
            found.append((None, [shift]))
        elif not scenario.driver(shift.driver).volunteer:
            groups.setdefault(shift.driver, []).append(shift)
    return found + [(scenario.driver(name), shifts) for name, shifts in groups.items()]


def _hours(shift: Shift, scenario: Scenario) -> tuple[object, ...]:
    longest_s = scenario.day.length_s if shift.max_duty_s is None else shift.max_duty_s
    widest_s = shift.end.latest_s - shift.start.earliest_s
    return shift.start, shift.end, min(longest_s, widest_s)


def work_of_round(tour_round: Round) -> Seconds:
    """Return the time from sign-on to sign-off without the breaks."""
    duty_s = tour_round.stops[-1].departure_s - tour_round.stops[0].start_s
    return duty_s - sum(_breaks_s(tour_round))


def _breaks_s(tour_round: Round) -> list[Seconds]:
    stops = tour_round.stops
    return [stop.departure_s - stop.start_s for stop in stops if stop.kind is StopKind.BREAK]
