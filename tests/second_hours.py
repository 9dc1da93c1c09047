"""The law of working time told a second time: every second that somebody works is counted."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tests.day_hours import Hours, hours_of, instant
from tus_dispatch.domain.plan import Plan

# The numbers of the Code du travail, in seconds; an agreement may change any of them.
LAW = {
    "max_work_day_s": 36_000,
    "break_after_s": 21_600,
    "break_min_s": 1_200,
    "min_rest_s": 39_600,
    "max_amplitude_s": 46_800,
    "max_work_week_s": 172_800,
    "max_average_week_s": 158_400,
    "average_weeks": 12,
    "max_days_week": 6,
    "min_weekly_rest_s": 126_000,
    "sunday_rest": 1,
    "legal_week_s": 126_000,
    "pt_max_gaps": 1,
    "pt_max_gap_s": 7_200,
    "complementary_percent": 10,
    "night_from_s": 75_600,
    "night_until_s": 108_000,
    "max_night_year_s": 972_000,
    "night_habit_s": 10_800,
    "max_night_work_day_s": 28_800,
    "roster_notice_days": 7,
}
Seconds = NDArray[np.int64]
NEVER = 10**12


def hours_faults(plan: Plan) -> Iterator[str]:
    """Yield everything the law of working time forbids in a plan that enforces it."""
    law = plan.scenario.working_time
    for hours in hours_of(plan):
        own = {} if law is None else dict(law.own_rules)
        named = hours.driver is not None and any(
            each.driver == hours.driver.id and plan.scenario.shift(each.shift).driver is None
            for each in plan.rounds
        )
        if named or (law is not None and law.enforcement.value == "enforced"):
            yield from _Worker(plan, hours, {**LAW, **own}).faults()


class _Worker:
    def __init__(self, plan: Plan, hours: Hours, limits: dict[str, Any]) -> None:
        self.hours, self.limits, self.day = hours, limits, plan.scenario.day.date
        self.zone = plan.scenario.day.time_zone
        self.today = _seconds(hours.work)
        past = hours.driver.past_work if hours.driver else ()
        self.past = _seconds([(span.start_at, span.end_at) for span in past])
        self.monday = self.day - timedelta(days=self.day.weekday())

    def over(self, key: str, amount: float) -> bool:
        limit = self.limits[key]
        return limit is not None and amount > limit

    def faults(self) -> Iterator[str]:
        yield from self._day()
        if self.hours.driver is not None:
            yield from self._between()
            yield from self._week()
            yield from self._interruptions()
            yield from self._nights()

    def _in(self, seconds: Seconds, first: date, days: int) -> Seconds:
        begin, end = instant(first, 0, self.zone), instant(first + timedelta(days), 0, self.zone)
        found: Seconds = seconds[(seconds >= begin) & (seconds < end)]
        return found

    def _civil_days(self) -> list[date]:
        ends = (int(self.today[0]), int(self.today[-1]))
        first, last = (datetime.fromtimestamp(at, ZoneInfo(self.zone)).date() for at in ends)
        return [first + timedelta(days) for days in range((last - first).days + 1)]

    def _day(self) -> Iterator[str]:
        everything = np.concatenate([self.past, self.today])
        for each in self._civil_days():
            inside = self._in(everything, each, 1)
            if self.over("max_work_day_s", len(inside)):
                yield "civil day too long"
            if len(self._in(self.today, each, 1)) and self.over(
                "max_amplitude_s", int(inside.max() - inside.min()) + 1
            ):
                yield "civil day too wide"
            is_worked = len(self._in(self.today, each, 1)) > 0
            if is_worked and each.weekday() == 6 and self.limits["sunday_rest"] is not None:
                yield "Sunday"
        if self.over("max_work_day_s", len(self.today)):
            yield "day too long"
        after, length = self.limits["break_after_s"], self.limits["break_min_s"]
        if after is not None and length is not None and len(self.today) >= after:
            free = np.flatnonzero(np.diff(self.today) > length)
            if not len(free) or free[0] + 1 > after:
                yield "no break in time"

    def _between(self) -> Iterator[str]:
        driver = self.hours.driver
        last = -NEVER if not len(self.past) else int(self.past.max()) + 1
        if driver is not None and driver.last_duty_end_at is not None:
            last = max(last, driver.last_duty_end_at)
        rest = self.limits["min_rest_s"]
        if rest is not None and int(self.today[0]) - last < rest:
            yield "too little rest"
        length = self.limits["min_weekly_rest_s"]
        for monday in (self.monday - timedelta(7), self.monday) if length is not None else ():
            had = self._has_rest(self.past, monday, length)
            if had and not self._has_rest(np.concatenate([self.past, self.today]), monday, length):
                yield "no weekly rest"

    def _has_rest(self, worked: Seconds, monday: date, length: int) -> bool:
        begin, end = instant(monday, 0, self.zone), instant(monday + timedelta(7), 0, self.zone)
        edges = np.concatenate([[-NEVER], worked, [NEVER]])
        for at in np.flatnonzero(np.diff(edges) > 1):
            free_from, free_until = int(edges[at]) + 1, int(edges[at + 1])
            inside = min(free_until, end) - max(free_from, begin)
            if free_until - free_from >= length and inside >= min(86_400, length):
                return True
        return False

    def _week(self) -> Iterator[str]:
        driver = self.hours.driver
        if driver is None:
            return
        before = max(driver.worked_week_s, len(self._in(self.past, self.monday, 7)))
        week = before + len(self._in(self.today, self.monday, 7))
        if self.over("max_work_week_s", week):
            yield "week too long"
        contract, percent = driver.contract_week_s, self.limits["complementary_percent"]
        legal = self.limits["legal_week_s"]
        is_part_time = None not in {contract, percent, legal} and contract < legal
        if is_part_time and (week > contract + contract * percent // 100 or week >= legal):
            yield "complementary hours"
        days = {
            datetime.fromtimestamp(int(at), ZoneInfo(self.zone)).date()
            for seconds in (self.past, self.today)
            for at in self._in(seconds, self.monday, 7)[::600]
        }
        if self.over("max_days_week", len(days)):
            yield "days of the week"
        yield from self._average(week)

    def _average(self, week: int) -> Iterator[str]:
        weeks, driver = self.limits["average_weeks"], self.hours.driver
        if weeks is None or self.limits["max_average_week_s"] is None or driver is None:
            return
        total, counted = week, driver.past_weeks_s
        earliest = int(self.past.min()) if len(self.past) else NEVER
        for back in range(1, weeks):
            monday = self.monday - timedelta(7 * back)
            if back > len(counted) and earliest >= instant(monday + timedelta(7), 0, self.zone):
                return
            noted = len(self._in(self.past, monday, 7))
            total += max(noted, counted[back - 1] if back <= len(counted) else 0)
        if total > self.limits["max_average_week_s"] * weeks:
            yield "average week too long"

    def _interruptions(self) -> Iterator[str]:
        driver, legal = self.hours.driver, self.limits["legal_week_s"]
        contract = None if driver is None else driver.contract_week_s
        if legal is None or (contract is not None and contract >= legal):
            return
        longest = self.limits["pt_max_gap_s"]
        gaps = list(self.hours.gaps)
        gaps += [p for p in self.hours.pauses if longest is not None and p > max(longest, 3600)]
        if self.over("pt_max_gaps", len(gaps)):
            yield "too many interruptions"
        if any(self.over("pt_max_gap_s", gap) for gap in gaps):
            yield "an interruption too long"
        notice = self.limits["roster_notice_days"]
        if notice is not None and driver is not None and driver.told_on is not None:
            days = (self.day - driver.told_on).days
            weekdays = [(driver.told_on + timedelta(n)).weekday() < 5 for n in range(1, days)]
            # Holidays only make it worse, and the plans compared keep away from them.
            if sum(weekdays) < notice:
                yield "told too late"

    def _night(self, seconds: Seconds) -> int:
        begin, until = self.limits["night_from_s"], self.limits["night_until_s"]
        if begin is None or until is None or not len(seconds):
            return 0
        first = datetime.fromtimestamp(int(seconds.min()), ZoneInfo(self.zone)).date()
        last = datetime.fromtimestamp(int(seconds.max()), ZoneInfo(self.zone)).date()
        dark = np.zeros(len(seconds), dtype=np.bool_)
        for days in range(-1, (last - first).days + 1):
            evening = first + timedelta(days)
            from_at = instant(evening, begin // 3600, self.zone)
            until_at = instant(evening, until // 3600, self.zone)
            dark |= (seconds >= from_at) & (seconds < until_at)
        return int(dark.sum())

    def _nights(self) -> Iterator[str]:
        driver = self.hours.driver
        if driver is None:
            return
        tonight = self._night(self.today)
        year = max(driver.night_year_s, self._night(self.past)) + tonight
        limit = self.limits["max_night_year_s"]
        if limit is not None and tonight and year >= limit:
            yield "a night worker by the year"
        if year >= LAW["max_night_year_s"] and self.over("max_night_work_day_s", len(self.today)):
            yield "a night worker's day too long"
        habit = self.limits["night_habit_s"]
        if habit is None or tonight < habit:
            return
        long_nights = [
            day
            for back in range(1, 14)
            for day in [self.day - timedelta(back)]
            if self._night(self._service_day(day)) >= habit
        ]
        this = sum(day >= self.monday for day in long_nights)
        last = sum(self.monday - timedelta(7) <= day < self.monday for day in long_nights)
        if this >= 1 and last >= 2:
            yield "a night worker by habit"

    def _service_day(self, day: date) -> Seconds:
        begin, end = instant(day, 4, self.zone), instant(day + timedelta(1), 4, self.zone)
        found: Seconds = self.past[(self.past >= begin) & (self.past < end)]
        return found


def _seconds(spans: Any) -> Seconds:
    parts = [np.arange(start, end, dtype=np.int64) for start, end in spans]
    return np.unique(np.concatenate(parts)) if parts else np.empty(0, dtype=np.int64)
