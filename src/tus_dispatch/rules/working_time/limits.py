"""The limits in force on a day, with what a collective agreement sets otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from tus_dispatch.domain.units import Seconds
from tus_dispatch.rules.tables import dated_table, whole_on

TABLE = "working_time"
_HOUR_S = 3600
_MINUTE_S = 60

# What other shift planners call these limits, and how many of our units one of theirs is.
OTHER_NAMES: Mapping[str, tuple[str, int]] = {
    "maxDailyHours": ("max_work_day_s", _HOUR_S),
    "maxWeeklyHours": ("max_work_week_s", _HOUR_S),
    "maxAvgWeeklyHours": ("max_average_week_s", _HOUR_S),
    "avgWeeklyHoursWindowWeeks": ("average_weeks", 1),
    "minDailyRestHours": ("min_rest_s", _HOUR_S),
    "minWeeklyRestHours": ("min_weekly_rest_s", _HOUR_S),
    "breakThresholdHours": ("break_after_s", _HOUR_S),
    "minBreakMinutes": ("break_min_s", _MINUTE_S),
    "maxConsecutiveDays": ("max_days_week", 1),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a driver may work; None disables a rule.

    Attributes
    ----------
    max_work_day_s
        Work of one day.
    break_after_s, break_min_s
        Work of a day from which a break is due, and its length.
    min_rest_s
        Rest between two days.
    max_amplitude_s
        From the first to the last work of one civil day.
    max_work_week_s
        Work of one civil week.
    max_average_week_s, average_weeks
        Average week, and over how many weeks.
    max_days_week
        Days with work in one civil week.
    min_weekly_rest_s
        Longest rest of a week, at least.
    sunday_rest
        Whether Sunday is free.
    legal_week_s
        Contracts below it are part-time.
    pt_max_gaps, pt_max_gap_s
        A part-timer's interruptions in a day, and their length.
    complementary_percent
        Hours beyond a part-time contract, in percent of it.
    night_from_s, night_until_s
        Night in seconds of the civil day it begins on.
    max_night_year_s
        Work at night in twelve months that makes a night worker.
    night_habit_s
        Work at night that, on two days of a usual week, makes one too.
    max_night_work_day_s
        Work of a night worker's day.
    roster_notice_days
        Working days between telling a part-timer and the day itself.
    """

    max_work_day_s: Seconds | None
    break_after_s: Seconds | None
    break_min_s: Seconds | None
    min_rest_s: Seconds | None
    max_amplitude_s: Seconds | None
    max_work_week_s: Seconds | None
    max_average_week_s: Seconds | None
    average_weeks: int | None
    max_days_week: int | None
    min_weekly_rest_s: Seconds | None
    sunday_rest: int | None
    legal_week_s: Seconds | None
    pt_max_gaps: int | None
    pt_max_gap_s: Seconds | None
    complementary_percent: int | None
    night_from_s: Seconds | None
    night_until_s: Seconds | None
    max_night_year_s: Seconds | None
    night_habit_s: Seconds | None
    max_night_work_day_s: Seconds | None
    roster_notice_days: int | None

    def is_part_time(self, contract_week_s: Seconds | None) -> bool:
        """Tell whether a contract is part-time; one that is not known is taken for it."""
        if self.legal_week_s is None:
            return False
        return contract_week_s is None or contract_week_s < self.legal_week_s

    def most_week_s(self, contract_week_s: Seconds | None) -> Seconds | None:
        """Return the longest week a part-time contract allows.

        Parameters
        ----------
        contract_week_s
            Of the driver, or None when unknown.

        Returns
        -------
        int or None
            The contract and its complementary hours, always short of the
            legal week; None where no such limit applies.
        """
        if contract_week_s is None or not self.is_part_time(contract_week_s):
            return None
        if self.complementary_percent is None or self.legal_week_s is None:
            return None
        more_s = contract_week_s * self.complementary_percent // 100
        return min(contract_week_s + more_s, self.legal_week_s - 1)


KEYS = tuple(each.name for each in fields(Limits))


def limits_on(day: date, own_rules: tuple[tuple[str, int | None], ...] = ()) -> Limits:
    """Return the limits of a day.

    Parameters
    ----------
    day
        A day before the first value of the table has the first.
    own_rules
        What an agreement sets otherwise, by our keys; None disables.

    Returns
    -------
    Limits
        The law's, with the agreement's over them.

    Raises
    ------
    KeyError
        When a key is not one of ours.
    """
    own = dict(own_rules)
    unknown = sorted(set(own) - set(KEYS))
    if unknown:
        raise KeyError(f"no such limit of working time: {', '.join(unknown)}")
    return Limits(**{**{key: law_on(key, day) for key in KEYS}, **own})


def law_on(key: str, day: date) -> int:
    """Return what the law itself says of a limit, whatever an agreement sets.

    Parameters
    ----------
    key
        One of ``KEYS``.
    day
        A day before the first value of the table has the first.

    Returns
    -------
    int
        In the unit the key names.
    """
    return whole_on(TABLE, key, max(day, dated_table(TABLE)[key][0].since))
