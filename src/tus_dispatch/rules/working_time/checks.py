"""All rules of working time in one list, and what a day breaks of them."""

from collections.abc import Callable, Iterator

from tus_dispatch.rules.working_time import daily, gaps, night, notice, rest, weekly
from tus_dispatch.rules.working_time.breach import Breach
from tus_dispatch.rules.working_time.case import DutyDay

Rule = Callable[[DutyDay], Iterator[Breach]]

RULES: tuple[Rule, ...] = (
    daily.work_of_a_day,
    daily.break_of_a_day,
    daily.amplitude_of_a_day,
    rest.rest_between_days,
    rest.days_of_a_week,
    rest.rest_of_a_week,
    rest.sunday_is_free,
    gaps.number_of_gaps,
    gaps.length_of_gaps,
    weekly.work_of_a_week,
    weekly.average_of_weeks,
    weekly.complementary_hours,
    night.night_of_a_year,
    night.night_by_habit,
    night.day_of_a_night_worker,
    notice.notice_of_the_day,
)


def breaches(duty: DutyDay) -> tuple[Breach, ...]:
    """Return every rule of working time that a day breaks.

    Parameters
    ----------
    duty
        An employee's day; volunteers have none.

    Returns
    -------
    tuple of Breach
        In the order of the rules; empty for a lawful day.
    """
    return tuple(found for rule in RULES for found in rule(duty))
