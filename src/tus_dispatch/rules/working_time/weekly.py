"""What a week may add up to: the longest, the average, the complementary hours."""

from collections.abc import Iterator

from tus_dispatch.rules.working_time.breach import Breach, breach, hours
from tus_dispatch.rules.working_time.case import DutyDay


def work_of_a_week(duty: DutyDay) -> Iterator[Breach]:
    """Yield weeks with more work than any week may have."""
    limit_s = duty.limits.max_work_week_s
    if limit_s is None:
        return
    for monday in duty.weeks():
        worked_s = duty.week_s(monday)
        if worked_s > limit_s:
            yield breach(
                "work-week",
                worked_s - limit_s,
                who=duty.name,
                worked=hours(worked_s),
                limit=hours(limit_s),
            )


def average_of_weeks(duty: DutyDay) -> Iterator[Breach]:
    """Yield an average week that is too long, once enough weeks are known."""
    limit_s, n_weeks = duty.limits.max_average_week_s, duty.limits.average_weeks
    if limit_s is None or n_weeks is None:
        return
    this = next(duty.weeks())
    before = duty.weeks_before_s()[: n_weeks - 1]
    if len(before) < n_weeks - 1:
        return
    total_s = sum(before) + duty.week_s(this)
    if total_s > limit_s * n_weeks:
        yield breach(
            "average-week",
            total_s - limit_s * n_weeks,
            who=duty.name,
            worked=hours(-(-total_s // n_weeks)),
            weeks=n_weeks,
            limit=hours(limit_s),
        )


def complementary_hours(duty: DutyDay) -> Iterator[Breach]:
    """Yield a part-timer's weeks that go beyond the contract and its complementary hours."""
    limit_s = duty.limits.most_week_s(duty.contract_week_s)
    if limit_s is None or duty.contract_week_s is None:
        return
    for monday in duty.weeks():
        worked_s = duty.week_s(monday)
        if worked_s > limit_s:
            yield breach(
                "complementary-hours",
                worked_s - limit_s,
                who=duty.name,
                worked=hours(worked_s),
                contract=hours(duty.contract_week_s),
                limit=hours(limit_s),
            )
