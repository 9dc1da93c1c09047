"""Hours as an aim: how far a driver's week and month lie off the contract, and whose turn it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tus_dispatch.domain.civil_time import civil_day_of, instant_of, week_of
from tus_dispatch.domain.fleet import Driver
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import Seconds
from tus_dispatch.domain.working_time import WorkSpan
from tus_dispatch.rules.working_time.case import inside_s

EARLY_S = 6 * 3600
SHORT_S = 4 * 3600
WORKING_DAYS = 5
MONTH_WEEKS = 4
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Aim:
    """How a day leaves one driver.

    Attributes
    ----------
    week_off_s, month_off_s
        Distance between work and contract, over the week so far and over the
        last four weeks so far; 0 where contract or weeks are not known.
    is_early, is_short
        Whether the day begins before 06:00, and has less than four hours.
    n_early, n_short
        How many such days the four weeks before had.
    """

    week_off_s: Seconds
    month_off_s: Seconds
    is_early: bool
    is_short: bool
    n_early: int
    n_short: int


def aim_of(driver: Driver, day: ServiceDay, work: Sequence[WorkSpan]) -> Aim:
    """Compare a driver's hours with the contract.

    Parameters
    ----------
    driver
        An employee with contract and history.
    day
        The service day.
    work
        What the driver works on it; empty for a day off.

    Returns
    -------
    Aim
        A fifth of the week is expected for each working day that has begun.
    """
    monday, worked_s = week_of(day.date), sum(span.length_s for span in work)
    begin_at = instant_of(monday, 0, day.time_zone)
    end_at = day.start_at + day.length_s
    week_s = max(driver.worked_week_s, inside_s(driver.past_work, begin_at, end_at))
    days = _days(driver, day)
    return Aim(
        week_off_s=_off_s(driver.contract_week_s, 0, week_s + worked_s, day.date),
        month_off_s=_month_off_s(driver, day, week_s + worked_s),
        is_early=bool(work) and work[0].start_at < instant_of(day.date, EARLY_S, day.time_zone),
        is_short=bool(work) and worked_s < SHORT_S,
        n_early=sum(
            spans[0].start_at < instant_of(each, EARLY_S, day.time_zone)
            for each, spans in days.items()
        ),
        n_short=sum(sum(span.length_s for span in spans) < SHORT_S for spans in days.values()),
    )


def turns_missed(aims: Iterable[Aim]) -> tuple[int, int]:
    """Count early starts and short days given to those who have had more than others.

    Parameters
    ----------
    aims
        Of all employees of the day, with or without work.

    Returns
    -------
    tuple of int
        Early starts and short days, each as often as its driver had more of
        them than the average.
    """
    everybody = tuple(aims)
    if not everybody:
        return 0, 0
    early = sum(each.n_early for each in everybody) // len(everybody)
    short = sum(each.n_short for each in everybody) // len(everybody)
    return (
        sum(max(0, each.n_early - early) for each in everybody if each.is_early),
        sum(max(0, each.n_short - short) for each in everybody if each.is_short),
    )


def _month_off_s(driver: Driver, day: ServiceDay, week_s: Seconds) -> Seconds:
    before = _weeks_before_s(driver, day)
    if before is None:
        return 0
    return _off_s(driver.contract_week_s, MONTH_WEEKS - 1, sum(before) + week_s, day.date)


def _weeks_before_s(driver: Driver, day: ServiceDay) -> tuple[Seconds, ...] | None:
    """Return the work of the three weeks before, or None when they are not all known."""
    monday = week_of(day.date)
    first_ends_at = instant_of(monday - (MONTH_WEEKS - 2) * _WEEK, 0, day.time_zone)
    is_noted = bool(driver.past_work) and driver.past_work[0].start_at < first_ends_at
    counted = driver.past_weeks_s[: MONTH_WEEKS - 1]
    if not is_noted and len(counted) < MONTH_WEEKS - 1:
        return None
    return tuple(
        max(
            inside_s(
                driver.past_work,
                instant_of(monday - (back + 1) * _WEEK, 0, day.time_zone),
                instant_of(monday - back * _WEEK, 0, day.time_zone),
            ),
            counted[back] if back < len(counted) else 0,
        )
        for back in range(MONTH_WEEKS - 1)
    )


def _off_s(contract_week_s: Seconds | None, n_weeks: int, worked_s: Seconds, day: date) -> Seconds:
    if contract_week_s is None:
        return 0
    begun = min(day.weekday() + 1, WORKING_DAYS)
    return abs(worked_s - n_weeks * contract_week_s - contract_week_s * begun // WORKING_DAYS)


def _days(driver: Driver, day: ServiceDay) -> dict[date, list[WorkSpan]]:
    """Return the work of each service day of the four weeks before."""
    found: dict[date, list[WorkSpan]] = {}
    for span in driver.past_work:
        # A service day runs from 04:00 to 04:00, so what starts before belongs to the eve.
        each = civil_day_of(span.start_at - 4 * 3600, day.time_zone)
        if day.date - MONTH_WEEKS * _WEEK <= each < day.date:
            found.setdefault(each, []).append(span)
    return found
