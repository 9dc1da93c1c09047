"""Working time opened around a drawn day, so that every duty is lawful, often only just."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random  # noqa: TID251 - tests pass their seeded generator in
from zoneinfo import ZoneInfo

from tests.spoil_edits import repriced
from tus_dispatch.domain.fleet import Driver, SlotKind
from tus_dispatch.domain.plan import Plan, Round, StopKind
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import ShiftId
from tus_dispatch.domain.working_time import Enforcement, WorkingTime, WorkSpan

HOUR_S = 3600
# What the law says, written down once more: the package's table is not looked at.
WORK_DAY_S, BREAK_AFTER_S, BREAK_S = 10 * HOUR_S, 6 * HOUR_S, 1200
REST_S, AMPLITUDE_S, GAP_S, LEGAL_WEEK_S = 11 * HOUR_S, 13 * HOUR_S, 2 * HOUR_S, 35 * HOUR_S
NIGHT_YEAR_S, AVERAGE_S, NOTICE_DAYS = 270 * HOUR_S, 44 * HOUR_S, 7
Rules = dict[str, int | None]


@dataclass(frozen=True)
class Hours:
    """What one person works on the day, in UTC instants."""

    driver: Driver | None
    time_zone: str
    work: tuple[tuple[int, int], ...]
    gaps: tuple[int, ...]
    pauses: tuple[int, ...]

    @property
    def worked_s(self) -> int:
        return sum(end - start for start, end in self.work)

    def civil_days(self) -> Iterator[tuple[date, list[tuple[int, int]]]]:
        """Work cut at midnight."""
        day = self._date(self.work[0][0])
        while day <= self._date(self.work[-1][1] - 1):
            begin_at, end_at = instant(day, 0, self.time_zone), instant(day, 24, self.time_zone)
            inside = [
                (max(start, begin_at), min(end, end_at))
                for start, end in self.work
                if start < end_at and end > begin_at
            ]
            if inside:
                yield day, inside
            day += timedelta(days=1)

    @property
    def longest_s(self) -> int:
        of_days = [sum(end - start for start, end in spans) for _, spans in self.civil_days()]
        return max(self.worked_s, *of_days)

    @property
    def amplitude_s(self) -> int:
        return max(spans[-1][1] - spans[0][0] for _, spans in self.civil_days())

    @property
    def before_break_s(self) -> int | None:
        """Work before the first break of twenty minutes, or None without any."""
        worked_s = 0
        for (start, end), (later, _) in pairwise(self.work):
            worked_s += end - start
            if later - end >= BREAK_S:
                return worked_s
        return None

    @property
    def night_s(self) -> int:
        total_s, day = 0, self._date(self.work[0][0]) - timedelta(days=1)
        while day <= self._date(self.work[-1][1]):
            begin_at, until_at = (instant(day, hour, self.time_zone) for hour in (21, 30))
            total_s += sum(max(0, min(e, until_at) - max(s, begin_at)) for s, e in self.work)
            day += timedelta(days=1)
        return total_s

    @property
    def is_sunday(self) -> bool:
        return any(day.weekday() == 6 for day, _ in self.civil_days())

    def _date(self, at: int) -> date:
        return datetime.fromtimestamp(at, tz=ZoneInfo(self.time_zone)).date()


def instant(day: date, hour: int, time_zone: str) -> int:
    """UTC instant of a full hour on the clock of a civil day."""
    day += timedelta(days=hour // 24)
    local = datetime(day.year, day.month, day.day, hour % 24, tzinfo=ZoneInfo(time_zone))
    return int(local.timestamp())


def hours_of(plan: Plan) -> list[Hours]:
    """What every employee of a plan works; of an open shift nobody in particular."""
    groups: dict[str, list[Round]] = {}
    for each in plan.rounds:
        groups.setdefault(each.driver or f"-{each.shift}", []).append(each)
    people = {driver.id: driver for driver in plan.scenario.drivers}
    found = [
        _hours(plan, people.get(rounds[0].driver) if rounds[0].driver else None, rounds)
        for rounds in groups.values()
    ]
    return [each for each in found if each.driver is None or not each.driver.volunteer]


def _hours(plan: Plan, driver: Driver | None, rounds: list[Round]) -> Hours:
    at = plan.scenario.day.start_at
    duties = [(each.stops[0].start_s, each.stops[-1].departure_s) for each in rounds]
    used = {each.shift for each in rounds}
    idle = [
        shift.id
        for shift in plan.scenario.shifts
        if driver and shift.driver == driver.id and shift.id not in used
    ]
    duties += [
        part
        for slot in (driver.protected_slots if driver else ())
        if slot.kind is not SlotKind.OTHER
        for part in _outside(plan, slot.window.earliest_s, slot.window.latest_s, idle)
    ]
    pauses = [
        (stop.start_s, stop.departure_s)
        for each in rounds
        for stop in each.stops
        if stop.kind is StopKind.BREAK
    ]
    work: list[tuple[int, int]] = []
    for start, end in sorted(duties):
        if work and start <= work[-1][1]:
            work[-1] = (work[-1][0], max(work[-1][1], end))
        else:
            work.append((start, end))
    for begin, until in pauses:
        work = [
            part
            for start, end in work
            for part in ((start, min(end, begin)), (max(start, until), end))
            if part[0] < part[1]
        ]
    free = [(end, start) for (_, end), (start, _) in pairwise(work)]
    return Hours(
        driver,
        plan.scenario.day.time_zone,
        tuple((start + at, end + at) for start, end in work),
        tuple(
            length
            for end, start in free
            for length in [start - end - _inside(pauses, end, start)]
            if length > 0
        ),
        tuple(start - end for end, start in free if (end, start) in pauses),
    )


def _inside(pauses: list[tuple[int, int]], begin: int, end: int) -> int:
    """Breaks that touch the free time between two duties belong to the duties."""
    return sum(until - start for start, until in pauses if begin <= start and until <= end)


def _outside(plan: Plan, start: int, end: int, idle: list[ShiftId]) -> list[tuple[int, int]]:
    """What the hours of shifts that are not used leave of a training."""
    left = [(start, end)]
    for name in idle:
        shift = plan.scenario.shift(name)
        first, last = shift.start.earliest_s, shift.end.latest_s
        halves = [((s, min(e, first)), (max(s, last), e)) for s, e in left]
        left = [half for pair in halves for half in pair if half[0] < half[1]]
    return left


def with_hours(rng: Random, plan: Plan, matrix: TravelMatrix) -> Plan:
    """Enforce the law of working time on a day, with histories that make its plan lawful.

    Parameters
    ----------
    rng
        Source of all choices.
    plan, matrix
        A drawn day's.

    Returns
    -------
    Plan
        The same rounds; a duty that the law forbids is opened by an agreement.
    """
    everybody = hours_of(plan)
    rules: Rules = {}
    _open(rng, rules, "max_work_day_s", WORK_DAY_S, [each.longest_s for each in everybody])
    _open(rng, rules, "max_amplitude_s", AMPLITUDE_S, [each.amplitude_s for each in everybody])
    _open_breaks(rng, rules, everybody)
    named = [each for each in everybody if each.driver is not None]
    gaps = [gap for each in named for gap in (*each.gaps, *each.pauses)]
    _open(rng, rules, "pt_max_gap_s", GAP_S, gaps)
    _open(rng, rules, "pt_max_gaps", 1, [len(each.gaps) for each in named])
    if any(each.is_sunday for each in everybody):
        rules["sunday_rest"] = None
    past = {each.driver.id: _Past(rng, plan, each) for each in named if each.driver is not None}
    drivers = tuple(
        past[driver.id].driver(rules) if driver.id in past else driver
        for driver in plan.scenario.drivers
    )
    law = WorkingTime(Enforcement.ENFORCED, tuple(sorted(rules.items())))
    scenario = replace(plan.scenario, drivers=drivers, working_time=law)
    return repriced(replace(plan, scenario=scenario), matrix)


def _open(rng: Random, rules: Rules, key: str, limit: int, needed: list[int]) -> None:
    most = max(needed, default=0)
    if most > limit or (most and rng.random() < 0.3):
        rules[key] = most + (0 if rng.random() < 0.5 else rng.randint(0, 600))


def _open_breaks(rng: Random, rules: Rules, everybody: list[Hours]) -> None:
    needed = [
        each.worked_s + 1 if each.before_break_s is None else each.before_break_s
        for each in everybody
        if each.worked_s >= BREAK_AFTER_S
    ]
    if max(needed, default=0) > BREAK_AFTER_S:
        rules["break_after_s"] = max(needed) + (0 if rng.random() < 0.5 else 300)


class _Past:
    """A history drawn behind somebody's day."""

    def __init__(self, rng: Random, plan: Plan, hours: Hours) -> None:
        self.rng, self.hours, self.day = rng, hours, plan.scenario.day
        self.monday = self.day.date - timedelta(days=self.day.date.weekday())
        self.spans = tuple(self._spans())

    def driver(self, rules: Rules) -> Driver:
        rng, hours, driver = self.rng, self.hours, self.hours.driver
        if driver is None:
            raise TypeError("nobody has no past")
        week_at = instant(self.monday, 0, self.day.time_zone)
        week_s = sum(s.length_s for s in self.spans if s.start_at >= week_at) + hours.worked_s
        start_at = hours.work[0][0]
        rest_s = REST_S if rng.random() < 0.4 else rng.randint(REST_S, REST_S + 4 * HOUR_S)
        night_s = hours.night_s
        spare_s = NIGHT_YEAR_S - 1 - night_s
        year_s = spare_s if rng.random() < 0.3 else rng.randint(0, spare_s // 2)
        noted_s = sum(_night_of(span, self.day.time_zone) for span in self.spans)
        if noted_s + night_s >= NIGHT_YEAR_S:
            rules["max_night_year_s"] = None
        return replace(
            driver,
            contract_week_s=self._contract_s(week_s),
            worked_week_s=0,
            night_year_s=year_s,
            last_duty_end_at=max(start_at - rest_s, max((s.end_at for s in self.spans), default=0)),
            past_work=self.spans,
            past_weeks_s=self._weeks_s(week_s),
            told_on=_told_on(self.day.date) if rng.random() < 0.5 else None,
        )

    def _spans(self) -> Iterator[WorkSpan]:
        """Mornings of up to four weeks; the days before a weekend duty stay free."""
        if self.rng.random() < 0.25:
            return
        day = self.monday - timedelta(weeks=self.rng.randint(0, 3))
        while day < self.day.date:
            is_near = self.day.date.weekday() >= 5 and (self.day.date - day).days < 3
            if day.weekday() < 5 and not is_near and self.rng.random() < 0.7:
                start_at = instant(day, self.rng.choice((5, 6, 8)), self.day.time_zone)
                yield WorkSpan(start_at, start_at + self.rng.randint(2 * HOUR_S, 6 * HOUR_S))
            day += timedelta(days=1)

    def _contract_s(self, week_s: int) -> int:
        """Draw a contract the week keeps, often with its last complementary second."""
        tight_s = -(-week_s * 10 // 11)
        while tight_s + tight_s * 10 // 100 < week_s:
            tight_s += 1
        if week_s >= LEGAL_WEEK_S or tight_s >= LEGAL_WEEK_S or self.rng.random() < 0.4:
            return LEGAL_WEEK_S
        return tight_s if self.rng.random() < 0.5 else self.rng.randint(tight_s, LEGAL_WEEK_S - 1)

    def _weeks_s(self, week_s: int) -> tuple[int, ...]:
        if self.rng.random() < 0.3:
            return ()
        even_s = (12 * AVERAGE_S - week_s) // 11
        most_s = even_s if self.rng.random() < 0.4 else 30 * HOUR_S
        return tuple(most_s if most_s == even_s else self.rng.randint(0, most_s) for _ in range(11))


def _night_of(span: WorkSpan, time_zone: str) -> int:
    hours = Hours(None, time_zone, ((span.start_at, span.end_at),), (), ())
    return hours.night_s


def _told_on(day: date) -> date:
    """The last day that leaves seven working days, holidays kept well away from."""
    told, left = day, NOTICE_DAYS
    while left:
        told -= timedelta(days=1)
        is_holiday = (told.month, told.day) in _FIXED or told.month in {3, 4, 5, 6}
        left -= told.weekday() < 5 and not is_holiday
    return told - timedelta(days=1)


_FIXED = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
