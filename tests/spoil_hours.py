"""Plans made unlawful for a driver by one second, one day or one interruption."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random  # noqa: TID251 - tests pass their seeded generator in

from tests.day_hours import HOUR_S, NIGHT_YEAR_S, REST_S, Hours, hours_of, instant, with_hours
from tests.spoil_edits import Spoiler, edit_driver, edit_round, edit_scenario, repriced, spoiler
from tus_dispatch.domain.fleet import Driver, ProtectedSlot, SlotKind
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import DriverId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.domain.working_time import WorkSpan

HoursSpoil = Callable[[Plan, Hours], Plan | None]


def on_duty(spoil: HoursSpoil) -> Callable[[Plan, TravelMatrix, Random], Plan | None]:
    """Spoil the day of one employee, on a day made lawful around the plan."""

    def spoilt(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
        lawful = with_hours(rng, plan, matrix)
        everybody = [each for each in hours_of(lawful) if each.driver is not None]
        tried = (spoil(lawful, each) for each in rng.sample(everybody, len(everybody)))
        found = next((each for each in tried if each is not None), None)
        return found and repriced(found, matrix)

    return spoilt


def _with_rules(plan: Plan, **rules: int | None) -> Plan:
    law = plan.scenario.working_time
    if law is None:
        raise TypeError("the day has no law of working time")
    own = tuple(sorted({**dict(law.own_rules), **rules}.items()))
    return edit_scenario(plan, working_time=replace(law, own_rules=own))


def _edit(plan: Plan, hours: Hours, **changes: object) -> Plan:
    if hours.driver is None:
        raise TypeError("nobody has no history")
    return edit_driver(plan, hours.driver.id, **changes)


def _week_s(plan: Plan, hours: Hours) -> int | None:
    """Work of the civil week, or None where the day runs into the next one."""
    day = plan.scenario.day
    monday = day.date - timedelta(days=day.date.weekday())
    begin_at, end_at = instant(monday, 0, day.time_zone), instant(monday, 168, day.time_zone)
    if hours.work[-1][1] > end_at:
        return None
    past = hours.driver.past_work if hours.driver else ()
    spans = [(span.start_at, span.end_at) for span in past]
    return sum(max(0, min(e, end_at) - max(s, begin_at)) for s, e in (*spans, *hours.work))


@on_duty
def a_day_too_long(plan: Plan, hours: Hours) -> Plan | None:
    return _with_rules(plan, max_work_day_s=hours.longest_s - 1)


@on_duty
def break_too_late(plan: Plan, hours: Hours) -> Plan | None:
    before_s = hours.before_break_s
    return _with_rules(plan, break_after_s=before_s - 1) if before_s else None


@on_duty
def no_break_at_all(plan: Plan, hours: Hours) -> Plan | None:
    """The day reaches the threshold to the second, and no break comes."""
    if hours.before_break_s is not None:
        return None
    return _with_rules(plan, break_after_s=hours.worked_s)


@on_duty
def rest_too_short(plan: Plan, hours: Hours) -> Plan | None:
    return _edit(plan, hours, last_duty_end_at=hours.work[0][0] - REST_S + 1)


@on_duty
def rest_too_short_by_span(plan: Plan, hours: Hours) -> Plan | None:
    end_at = hours.work[0][0] - REST_S + 1
    span = WorkSpan(end_at - HOUR_S, end_at)
    past = hours.driver.past_work if hours.driver else ()
    before = tuple(each for each in past if each.end_at < span.start_at)
    return _edit(plan, hours, past_work=(*before, span), last_duty_end_at=None)


@on_duty
def day_too_wide(plan: Plan, hours: Hours) -> Plan | None:
    return _with_rules(plan, max_amplitude_s=hours.amplitude_s - 1)


def _training_before(plan: Plan, hours: Hours, gap_s: int) -> Plan | None:
    """A training in the morning, and the duty only later."""
    first_s = hours.work[0][0] - plan.scenario.day.start_at
    if first_s < gap_s + 600 or hours.driver is None:
        return None
    end_s = first_s - gap_s
    slot = ProtectedSlot(TimeWindow(end_s - 600, end_s), SlotKind.TRAINING)
    slots = (slot, *hours.driver.protected_slots)
    spoilt = _edit(plan, hours, protected_slots=slots, contract_week_s=None)
    after = next(each for each in hours_of(spoilt) if _is(each, hours))
    # Another training may fill the time between.
    return spoilt if sorted(after.gaps) == sorted((*hours.gaps, gap_s)) else None


def _is(one: Hours, other: Hours) -> bool:
    return bool(one.driver and other.driver and one.driver.id == other.driver.id)


@on_duty
def gap_too_long(plan: Plan, hours: Hours) -> Plan | None:
    spoilt = _training_before(plan, hours, 1800)
    return spoilt and _with_rules(spoilt, pt_max_gap_s=1799)


@on_duty
def gaps_too_many(plan: Plan, hours: Hours) -> Plan | None:
    spoilt = _training_before(plan, hours, 1800)
    return spoilt and _with_rules(spoilt, pt_max_gaps=len(hours.gaps))


@on_duty
def gap_of_an_own_shift(plan: Plan, hours: Hours) -> Plan | None:
    if not hours.gaps:
        return None
    spoilt = _edit(plan, hours, contract_week_s=34 * HOUR_S)
    return _with_rules(spoilt, pt_max_gap_s=max(hours.gaps) - 1)


@on_duty
def week_too_long(plan: Plan, hours: Hours) -> Plan | None:
    week_s = _week_s(plan, hours)
    return None if week_s is None else _with_rules(plan, max_work_week_s=week_s - 1)


@on_duty
def average_too_long(plan: Plan, hours: Hours) -> Plan | None:
    """Over two weeks, the one before as long as this one; together a second too long."""
    week_s = _week_s(plan, hours)
    if week_s is None:
        return None
    before_s = max(week_s, *(hours.driver.past_weeks_s[:1] if hours.driver else ()), 144 * HOUR_S)
    spoilt = _edit(plan, hours, past_weeks_s=(before_s,))
    return _with_rules(spoilt, average_weeks=2, max_average_week_s=(before_s + week_s - 1) // 2)


@on_duty
def days_too_many(plan: Plan, hours: Hours) -> Plan | None:
    return _with_rules(plan, max_days_week=0)


@on_duty
def week_without_rest(plan: Plan, hours: Hours) -> Plan | None:
    """The week before had only the time since its last work, which is a second too short."""
    day = plan.scenario.day
    monday = day.date - timedelta(days=day.date.weekday())
    spans = [
        WorkSpan(instant(each, 19, day.time_zone), instant(each, 20, day.time_zone))
        for each in (monday - timedelta(days=back) for back in range(30, 1, -1))
    ]
    needed_s = hours.work[0][0] - spans[-1].end_at + 1
    spoilt = _edit(plan, hours, past_work=tuple(spans), last_duty_end_at=None)
    return _with_rules(spoilt, min_weekly_rest_s=needed_s)


def work_on_sunday(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """The same rounds on the Sunday after, which is as long."""
    lawful = with_hours(rng, plan, matrix)
    old = lawful.scenario.day
    midnight_at = instant(old.date, 24, old.time_zone)
    if not any(each.work[0][0] < midnight_at for each in hours_of(lawful)):
        return None
    day = ServiceDay(old.date + timedelta(days=6 - old.date.weekday()), old.time_zone)
    if day.length_s != old.length_s:
        return None
    spoilt = edit_scenario(lawful, day=day, law=None)
    return repriced(_with_rules(spoilt, sunday_rest=1), matrix)


@on_duty
def complementary_hours(plan: Plan, hours: Hours) -> Plan | None:
    week_s = _week_s(plan, hours)
    if week_s is None:
        return None
    allowed_s = week_s - 1
    contract_s = allowed_s * 10 // 11
    if not 0 < contract_s < 35 * HOUR_S:
        return None
    return _edit(plan, hours, contract_week_s=contract_s)


def _all_night(plan: Plan) -> Plan:
    """A rule that takes the whole day for night."""
    return _with_rules(plan, night_from_s=0, night_until_s=24 * HOUR_S)


@on_duty
def night_year(plan: Plan, hours: Hours) -> Plan | None:
    """Minutes at night reach 270 hours, without any to spare."""
    dark = _with_rules(_all_night(plan), max_night_year_s=NIGHT_YEAR_S)
    return _edit(dark, hours, night_year_s=NIGHT_YEAR_S - hours.worked_s, past_work=())


@on_duty
def night_habit(plan: Plan, hours: Hours) -> Plan | None:
    day = plan.scenario.day
    if day.date.weekday() == 0:
        return None
    monday = day.date - timedelta(days=day.date.weekday())
    days = (monday - timedelta(days=6), monday - timedelta(days=5), monday)
    spans = [
        WorkSpan(instant(each, 5, day.time_zone), instant(each, 5, day.time_zone) + hours.worked_s)
        for each in days
    ]
    return _edit(
        _with_rules(_all_night(plan), night_habit_s=hours.worked_s), hours, past_work=tuple(spans)
    )


@on_duty
def night_workers_day(plan: Plan, hours: Hours) -> Plan | None:
    """An agreement lets the driver work at night, but not for so long."""
    agreed = _with_rules(plan, max_night_year_s=None, max_night_work_day_s=hours.worked_s - 1)
    return _edit(agreed, hours, night_year_s=NIGHT_YEAR_S)


@on_duty
def told_too_late(plan: Plan, hours: Hours) -> Plan | None:
    told_on = plan.scenario.day.date - timedelta(days=7)
    return _edit(plan, hours, told_on=told_on, contract_week_s=None)


def tired_driver_named(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """An open shift gets somebody who has slept a second too little, on a day that only flags."""
    number = next((n for n, each in enumerate(plan.rounds) if each.driver is None), None)
    if number is None:
        return None
    start_at = next(each.work[0][0] for each in hours_of(plan) if each.driver is None)
    tired = Driver(DriverId("fatigue"), last_duty_end_at=start_at - REST_S + 1)
    more = edit_scenario(plan, drivers=(*plan.scenario.drivers, tired))
    return repriced(edit_round(more, number, driver=tired.id), matrix)


def day_of_nobody_too_long(plan: Plan, matrix: TravelMatrix, rng: Random) -> Plan | None:
    """Whoever will take an open shift is an employee too."""
    lawful = with_hours(rng, plan, matrix)
    nobody = [each for each in hours_of(lawful) if each.driver is None]
    if not nobody:
        return None
    return _with_rules(lawful, max_work_day_s=nobody[0].longest_s - 1)


SPOILERS: tuple[Spoiler, ...] = (
    spoiler("a day of work a second too long", "work-day", a_day_too_long),
    spoiler("nobody's day a second too long", "work-day", day_of_nobody_too_long),
    spoiler("a lawful break a second too late", "break-due", break_too_late),
    spoiler("six hours and no break", "break-due", no_break_at_all),
    spoiler("a second too little rest", "daily-rest", rest_too_short),
    spoiler("a second too little rest since a span", "daily-rest", rest_too_short_by_span),
    spoiler("a tired driver named", "daily-rest", tired_driver_named),
    spoiler("a civil day a second too wide", "amplitude", day_too_wide),
    spoiler("an interruption too many", "gap-count", gaps_too_many),
    spoiler("an interruption a second too long", "gap-length", gap_too_long),
    spoiler("own shifts a second too far apart", "gap-length", gap_of_an_own_shift),
    spoiler("a week a second too long", "work-week", week_too_long),
    spoiler("an average a second too long", "average-week", average_too_long),
    spoiler("a day too many in the week", "days-week", days_too_many),
    spoiler("a week without its rest", "weekly-rest", week_without_rest),
    spoiler("work on a Sunday", "sunday-rest", work_on_sunday),
    spoiler("a complementary second", "complementary-hours", complementary_hours),
    spoiler("270 hours of nights", "night-year", night_year),
    spoiler("nights by habit", "night-habit", night_habit),
    spoiler("a night worker's day a second too long", "night-day", night_workers_day),
    spoiler("told too late", "roster-notice", told_too_late),
)
