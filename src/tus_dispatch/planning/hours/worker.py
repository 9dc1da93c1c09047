"""Who works on a shift, as the law asks: contract, limits, hours behind, work fixed already."""

from dataclasses import dataclass
from datetime import timedelta

from tus_dispatch.domain.civil_time import instant_of, week_of
from tus_dispatch.domain.fleet import Driver, SlotKind
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import Seconds
from tus_dispatch.planning.hours.behind import Behind, behind
from tus_dispatch.rules.working_time.limits import Limits, law_on

WORKED_SLOTS = (SlotKind.TRAINING, SlotKind.ACCOMPANIMENT)
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Worker:
    """An employee on a service day; of an open shift's nobody knows more than that.

    Attributes
    ----------
    driver
        Who, or None for whoever will take an open shift.
    day
        The service day.
    limits
        In force on it.
    behind
        Hours worked before; None for nobody in particular.
    """

    driver: Driver | None
    day: ServiceDay
    limits: Limits
    behind: Behind | None

    @property
    def is_part_time(self) -> bool:
        """Whether the rules of part-time work apply."""
        return self.driver is not None and self.limits.is_part_time(self.driver.contract_week_s)

    def second(self, days: int, clock_s: Seconds) -> Seconds:
        """Return when a clock shows a time, in seconds of the service day.

        Parameters
        ----------
        days
            From the service date.
        clock_s
            Seconds since 00:00.

        Returns
        -------
        int
            Negative before the day.
        """
        at = instant_of(self.day.date + days * _DAY, clock_s, self.day.time_zone)
        return at - self.day.start_at

    @property
    def midnight_s(self) -> Seconds:
        """End of the civil day of the service date."""
        return self.second(1, 0)

    @property
    def week_ends_s(self) -> Seconds:
        """End of the civil week of the service date."""
        monday = week_of(self.day.date) + _WEEK
        return instant_of(monday, 0, self.day.time_zone) - self.day.start_at

    def left_today_s(self) -> tuple[str, Seconds] | None:
        """Return how much work is left for the day, and which rule says so.

        Returns
        -------
        tuple of str and int, or None
            Slug of the rule and seconds; None without any limit.
        """
        left = self._left()
        return min(left, key=lambda each: each[1]) if left else None

    def _left(self) -> list[tuple[str, Seconds]]:
        limits, before = self.limits, self.behind
        left: list[tuple[str, Seconds]] = []
        if limits.max_work_day_s is not None:
            today_s = 0 if before is None else before.worked_today_s
            left.append(("work-day", limits.max_work_day_s - today_s))
        if before is None or self.driver is None:
            return left
        if limits.max_work_week_s is not None:
            left.append(("work-week", limits.max_work_week_s - before.week_s))
        most_s = limits.most_week_s(self.driver.contract_week_s)
        if most_s is not None:
            left.append(("complementary-hours", most_s - before.week_s))
        average_s, n_weeks = limits.max_average_week_s, limits.average_weeks
        if average_s is not None and n_weeks is not None and len(before.weeks_s) >= n_weeks - 1:
            known_s = sum(before.weeks_s[: n_weeks - 1]) + before.week_s
            left.append(("average-week", average_s * n_weeks - known_s))
        return left

    @property
    def night_left_s(self) -> Seconds | None:
        """Work at night that still makes no night worker, or None where that does not matter."""
        if self.behind is None or self.limits.max_night_year_s is None:
            return None
        return max(0, self.limits.max_night_year_s - 1 - self.behind.night_year_s)

    def is_night_worker_after(self, night_s: Seconds) -> bool:
        """Tell whether some more work at night makes the driver a night worker."""
        threshold_s = law_on("max_night_year_s", self.day.date)
        return self.behind is not None and self.behind.night_year_s + night_s >= threshold_s


def worker_of(driver: Driver | None, day: ServiceDay, limits: Limits) -> Worker:
    """Look at a driver as the law does.

    Parameters
    ----------
    driver
        Employed; None for whoever will take an open shift.
    day, limits
        The service day and what holds on it.

    Returns
    -------
    Worker
        With the hours behind.
    """
    return Worker(driver, day, limits, None if driver is None else behind(driver, day, limits))
