"""A part-timer knows working days early enough."""

from collections.abc import Iterator
from datetime import date, timedelta

from tus_dispatch.rules.public_holidays import public_holidays
from tus_dispatch.rules.working_time.breach import Breach, breach
from tus_dispatch.rules.working_time.case import DutyDay

_DAY = timedelta(days=1)
_SATURDAY = 5


def notice_of_the_day(duty: DutyDay) -> Iterator[Breach]:
    """Yield days a part-timer was told of too late; what nobody noted is not judged."""
    limit = duty.limits.roster_notice_days
    if limit is None or duty.told_on is None or not duty.is_part_time:
        return
    days = working_days_between(duty.told_on, duty.day)
    if days < limit:
        yield breach(
            "roster-notice",
            limit - days,
            who=duty.name,
            days=f"{days} jour ouvré" if days < 2 else f"{days} jours ouvrés",
            limit=limit,
        )


def working_days_between(told_on: date, day: date) -> int:
    """Count the working days that lie between being told and the day itself.

    Parameters
    ----------
    told_on
        Not counted.
    day
        Not counted.

    Returns
    -------
    int
        Mondays to Fridays without public holidays.

    Examples
    --------
    Seven full working days lie between a Thursday and the Tuesday in two weeks.

    >>> working_days_between(date(2026, 11, 12), date(2026, 11, 24))
    7
    """
    count, each = 0, told_on + _DAY
    while each < day:
        count += each.weekday() < _SATURDAY and each not in public_holidays(each.year)
        each += _DAY
    return count
