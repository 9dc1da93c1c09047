"""Shapes of the law of working time: whether it is enforced, and what an agreement sets."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from tus_dispatch.domain.working_time import Enforcement, WorkingTime, WorkSpan
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import Shape
from tus_dispatch.formats.native.times import Instant
from tus_dispatch.rules.working_time.limits import OTHER_NAMES

_WEEK_S = 7 * 24 * 3600
_DAY_S = 24 * 3600
_YEAR_S = 366 * _DAY_S

Day = Annotated[int, Field(ge=0, le=2 * _DAY_S)] | None
Week = Annotated[int, Field(ge=0, le=_WEEK_S)] | None
Year = Annotated[int, Field(ge=0, le=_YEAR_S)] | None
Count = Annotated[int, Field(ge=0, le=100)] | None
Hours = Annotated[int, Field(ge=0, le=168)] | None
Minutes = Annotated[int, Field(ge=0, le=1440)] | None


class RulesShape(Shape):
    """Limits that a collective agreement sets otherwise; null disables a rule."""

    max_work_day_s: Day = None
    break_after_s: Day = None
    break_min_s: Day = None
    min_rest_s: Day = None
    max_amplitude_s: Day = None
    max_work_week_s: Week = None
    max_average_week_s: Week = None
    average_weeks: Annotated[int, Field(ge=1, le=52)] | None = None
    max_days_week: Annotated[int, Field(ge=0, le=7)] | None = None
    min_weekly_rest_s: Week = None
    sunday_rest: Annotated[int, Field(ge=1, le=1)] | None = None
    legal_week_s: Week = None
    pt_max_gaps: Count = None
    pt_max_gap_s: Day = None
    complementary_percent: Annotated[int, Field(ge=0, le=100)] | None = None
    night_from_s: Day = None
    night_until_s: Day = None
    max_night_year_s: Year = None
    night_habit_s: Day = None
    max_night_work_day_s: Day = None
    roster_notice_days: Count = None
    # What other shift planners call some of these limits.
    max_daily_hours: Hours = Field(default=None, alias="maxDailyHours")
    max_weekly_hours: Hours = Field(default=None, alias="maxWeeklyHours")
    max_avg_weekly_hours: Hours = Field(default=None, alias="maxAvgWeeklyHours")
    avg_weekly_window: Annotated[int, Field(ge=1, le=52)] | None = Field(
        default=None, alias="avgWeeklyHoursWindowWeeks"
    )
    min_daily_rest: Hours = Field(default=None, alias="minDailyRestHours")
    min_weekly_rest: Hours = Field(default=None, alias="minWeeklyRestHours")
    break_threshold: Hours = Field(default=None, alias="breakThresholdHours")
    min_break: Minutes = Field(default=None, alias="minBreakMinutes")
    max_consecutive_days: Annotated[int, Field(ge=0, le=7)] | None = Field(
        default=None, alias="maxConsecutiveDays"
    )

    def to_domain(self) -> tuple[tuple[str, int | None], ...]:
        """Return what was written, by our keys; a key of ours wins over another name for it."""
        ours: dict[str, int | None] = {}
        for name, field in type(self).model_fields.items():
            if name not in self.model_fields_set:
                continue
            value = getattr(self, name)
            if field.alias is None:
                ours[name] = value
            else:
                key, units = OTHER_NAMES[field.alias]
                ours.setdefault(key, None if value is None else value * units)
        return tuple(sorted(ours.items()))


class WorkingTimeKeys(Shape):
    """What the section ``law`` says about working time."""

    working_time: Annotated[Enforcement, Field(strict=False)] | None = None
    rules: RulesShape = RulesShape()

    def to_working_time(self) -> WorkingTime | None:
        """Return how the law is applied, or None where nothing is said."""
        if not {"working_time", "rules"} & self.model_fields_set:
            return None
        return WorkingTime(self.working_time or Enforcement.FLAGGED, self.rules.to_domain())

    @property
    def is_about_hours_only(self) -> bool:
        """Whether the section says nothing else."""
        return bool(self.model_fields_set) and self.model_fields_set <= {"working_time", "rules"}


class WorkSpanShape(Shape):
    """Work without interruption."""

    start: Instant = Field(alias="from")
    until: Instant

    @model_validator(mode="after")
    def _expect_length(self) -> Self:
        if self.until <= self.start:
            raise refusal("inverted-window", "une fin plus tard que le début")
        return self

    def to_domain(self) -> WorkSpan:
        """Return the span."""
        return WorkSpan(self.start, self.until)
