"""One driver's day under the law of working time, with everything worked before it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tus_dispatch.domain.civil_time import civil_day_of, days_between, instant_of, week_of
from tus_dispatch.domain.units import Seconds
from tus_dispatch.domain.working_time import WorkSpan
from tus_dispatch.rules.working_time.limits import Limits

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class History:
    """What a driver has worked before the day.

    Attributes
    ----------
    past
        Spans of work, in order; as far back as anybody noted them.
    worked_week_s
        Work of this week before the day, by a counter.
    past_weeks_s
        Work of the weeks before, the latest first, by a counter.
    night_year_s
        Work at night in the last twelve months, by a counter.
    last_end_at
        End of the last work, by a counter, or None.
    """

    past: tuple[WorkSpan, ...] = ()
    worked_week_s: Seconds = 0
    past_weeks_s: tuple[Seconds, ...] = ()
    night_year_s: Seconds = 0
    last_end_at: int | None = None


@dataclass(frozen=True, slots=True)
class DutyDay:
    """What a driver works on one service day.

    Attributes
    ----------
    name
        How sentences name the driver.
    day, time_zone
        Date of the service day, and where its civil days and nights are.
    work
        Spans of work in order, none touching the next; breaks, which are
        free, part them. Never empty.
    limits
        In force on the day for this driver.
    breaks
        Which of the gaps between the spans are breaks inside a duty.
    contract_week_s
        Contract seconds per week, or None when unknown.
    history
        Everything before. Where spans and a counter disagree, the larger
        holds: neither is complete for sure.
    told_on
        When the driver was told of working on this day, or None when that
        was not noted.
    """

    name: str
    day: date
    time_zone: str
    work: tuple[WorkSpan, ...]
    limits: Limits
    breaks: tuple[WorkSpan, ...] = ()
    contract_week_s: Seconds | None = None
    history: History = History()
    told_on: date | None = None

    @property
    def is_part_time(self) -> bool:
        """Whether the rules of part-time work apply."""
        return self.limits.is_part_time(self.contract_week_s)

    @property
    def worked_s(self) -> Seconds:
        """Work of the day."""
        return sum(span.length_s for span in self.work)

    @property
    def start_at(self) -> int:
        """Begin of the first work."""
        return self.work[0].start_at

    @property
    def end_at(self) -> int:
        """End of the last work."""
        return self.work[-1].end_at

    @property
    def last_end_at(self) -> int | None:
        """End of the work before, or None when nobody knows."""
        ends = [span.end_at for span in self.history.past if span.end_at <= self.start_at]
        if self.history.last_end_at is not None:
            ends.append(self.history.last_end_at)
        return max(ends, default=None)

    def midnight(self, day: date) -> int:
        """Return when a civil day begins."""
        return instant_of(day, 0, self.time_zone)

    def weeks(self) -> Iterator[date]:
        """Yield the Monday of every civil week the day's work touches."""
        days = days_between(self.start_at, self.end_at, self.time_zone)
        yield from dict.fromkeys(week_of(each) for each in days)

    def week_s(self, monday: date) -> Seconds:
        """Return the work of a civil week so far, the day included.

        Parameters
        ----------
        monday
            Of the week of the day, or of the one after, which work past
            midnight may have reached.

        Returns
        -------
        int
            Seconds.
        """
        begin_at, end_at = self.midnight(monday), self.midnight(monday + _WEEK)
        before_s = inside_s(self.history.past, begin_at, end_at)
        if monday == week_of(self.day):
            before_s = max(before_s, self.history.worked_week_s)
        return before_s + inside_s(self.work, begin_at, end_at)

    def weeks_before_s(self) -> tuple[Seconds, ...]:
        """Return the work of the weeks before this one, the latest first, as far as known."""
        monday, counted = week_of(self.day), self.history.past_weeks_s
        known = len(counted)
        if self.history.past:
            first = week_of(civil_day_of(self.history.past[0].start_at, self.time_zone))
            known = max(known, (monday - first).days // 7)
        noted = [self._past_week_s(monday - (back + 1) * _WEEK) for back in range(known)]
        return tuple(
            max(noted_s, counted[back] if back < len(counted) else 0)
            for back, noted_s in enumerate(noted)
        )

    def night_s(self, spans: Iterable[WorkSpan]) -> Seconds:
        """Return the part of some work that falls into the night."""
        begin_s, until_s = self.limits.night_from_s, self.limits.night_until_s
        if begin_s is None or until_s is None:
            return 0
        total_s = 0
        for span in spans:
            first = civil_day_of(span.start_at, self.time_zone) - timedelta(days=1)
            last = civil_day_of(span.end_at, self.time_zone)
            for back in range((last - first).days + 1):
                day = first + timedelta(days=back)
                night = (
                    instant_of(day, begin_s, self.time_zone),
                    instant_of(day, until_s, self.time_zone),
                )
                total_s += inside_s((span,), *night)
        return total_s

    def _past_week_s(self, monday: date) -> Seconds:
        return inside_s(self.history.past, self.midnight(monday), self.midnight(monday + _WEEK))


def inside_s(spans: Iterable[WorkSpan], begin_at: int, end_at: int) -> Seconds:
    """Return how much of some work falls between two instants."""
    return sum(max(0, min(span.end_at, end_at) - max(span.start_at, begin_at)) for span in spans)


def joined(spans: Iterable[WorkSpan]) -> tuple[WorkSpan, ...]:
    """Put spans in order and join those that touch or overlap.

    Parameters
    ----------
    spans
        In any order.

    Returns
    -------
    tuple of WorkSpan
        With time between each and the next.

    Examples
    --------
    >>> [(s.start_at, s.end_at) for s in joined((WorkSpan(5, 9), WorkSpan(0, 5), WorkSpan(10, 12)))]
    [(0, 9), (10, 12)]
    """
    found: list[WorkSpan] = []
    for span in sorted(spans):
        if found and span.start_at <= found[-1].end_at:
            found[-1] = WorkSpan(found[-1].start_at, max(found[-1].end_at, span.end_at))
        else:
            found.append(span)
    return tuple(found)


def gaps_of(spans: Iterable[WorkSpan]) -> Iterator[tuple[int, int]]:
    """Yield begin and end of the free time between spans that :func:`joined` returned."""
    for before, after in pairwise(spans):
        yield before.end_at, after.start_at
