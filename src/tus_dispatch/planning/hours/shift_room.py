"""How far a shift may move, and how its bands and longest duty are drawn in."""

from dataclasses import dataclass, replace

from tus_dispatch.domain.fleet import BreakRule, Shift
from tus_dispatch.domain.units import Seconds
from tus_dispatch.domain.window import TimeWindow


@dataclass(frozen=True, slots=True)
class Room:
    """A shift, or a fixed piece of work, as the law looks at it.

    Attributes
    ----------
    shift
        The shift, or None for work that is fixed and no shift, such as a training.
    start_s, start_latest_s, end_earliest_s, end_s
        The widest hours: earliest and latest sign-on, earliest and latest
        sign-off.
    longest_s
        Longest duty.
    break_rule
        The break, or None.
    used
        Sign-on and sign-off of the round a plan at hand gives the shift, which
        stays possible where that is lawful; or None.
    used_work_s, used_break_s
        Work of that round, and its longest break.
    """

    shift: Shift | None
    start_s: Seconds
    start_latest_s: Seconds
    end_earliest_s: Seconds
    end_s: Seconds
    longest_s: Seconds
    break_rule: BreakRule | None = None
    used: TimeWindow | None = None
    used_work_s: Seconds = 0
    used_break_s: Seconds = 0

    @property
    def is_open(self) -> bool:
        """Whether any duty is left in it."""
        return (
            self.start_s <= self.start_latest_s
            and self.end_earliest_s <= self.end_s
            and self.start_s < self.end_s
            and self.longest_s >= max(1, self.end_earliest_s - self.start_latest_s)
        )

    @property
    def duty_s(self) -> Seconds:
        """Longest duty its hours and its limit allow."""
        return min(self.longest_s, self.end_s - self.start_s)

    @property
    def least_s(self) -> Seconds:
        """Work it cannot do without: its shortest duty, or that of its round."""
        return max(self.used_work_s, min(self.end_earliest_s - self.start_latest_s, self.work_s))

    @property
    def work_s(self) -> Seconds:
        """Most work its longest duty may hold."""
        return work_of(self.duty_s, self.break_rule)

    @property
    def spare_start_s(self) -> Seconds:
        """How much later its earliest sign-on may be."""
        latest_s = self.start_latest_s if self.used is None else self.used.earliest_s
        return max(0, latest_s - self.start_s)

    @property
    def spare_end_s(self) -> Seconds:
        """How much sooner its latest sign-off may be."""
        earliest_s = self.end_earliest_s if self.used is None else self.used.latest_s
        return max(0, self.end_s - earliest_s)

    @property
    def spare_latest_start_s(self) -> Seconds:
        """How much sooner its latest sign-on may be."""
        earliest_s = self.start_s if self.used is None else self.used.earliest_s
        return max(0, self.start_latest_s - earliest_s)

    @property
    def spare_earliest_end_s(self) -> Seconds:
        """How much later its earliest sign-off may be."""
        latest_s = self.end_s if self.used is None else self.used.latest_s
        return max(0, latest_s - self.end_earliest_s)

    def around(self, used: TimeWindow, work_s: Seconds, break_s: Seconds) -> "Room":
        """Keep a round possible, unless it lies outside already.

        Parameters
        ----------
        used
            Its sign-on and sign-off.
        work_s, break_s
            Its work, and its longest break.

        Returns
        -------
        Room
            The same hours.
        """
        fits = (
            self.start_s <= used.earliest_s <= self.start_latest_s
            and self.end_earliest_s <= used.latest_s <= self.end_s
            and used.latest_s - used.earliest_s <= self.longest_s
        )
        if not fits:
            return replace(self, used=None, used_work_s=0, used_break_s=0)
        return replace(self, used=used, used_work_s=work_s, used_break_s=break_s)

    def later(self, start_s: Seconds) -> "Room":
        """Return the room that begins no sooner."""
        return replace(self, start_s=max(self.start_s, start_s))

    def sooner(self, end_s: Seconds) -> "Room":
        """Return the room that ends no later."""
        return replace(self, end_s=min(self.end_s, end_s))

    def with_work(self, work_s: Seconds) -> "Room":
        """Return the room whose duty holds no more work."""
        duty_s = duty_for(work_s, self.break_rule)
        return replace(self, longest_s=min(self.longest_s, duty_s))

    def to_shift(self) -> Shift | None:
        """Return the shift with these hours; None for work that is no shift."""
        if self.shift is None:
            return None
        return replace(
            self.shift,
            start=TimeWindow(self.start_s, self.start_latest_s),
            end=TimeWindow(self.end_earliest_s, self.end_s),
            max_duty_s=self.longest_s,
            break_rule=self.break_rule,
        )


def work_of(duty_s: Seconds, rule: BreakRule | None) -> Seconds:
    """Return the most work a duty may hold.

    Parameters
    ----------
    duty_s
        From sign-on to sign-off.
    rule
        Makes long duties take a break.

    Returns
    -------
    int
        Breaks that are certain are no work.
    """
    if rule is None:
        return duty_s
    return max(min(duty_s, rule.after_s), duty_s - rule.duration_s)


def duty_for(work_s: Seconds, rule: BreakRule | None) -> Seconds:
    """Return the longest duty that holds no more work than this."""
    if rule is None or work_s < rule.after_s:
        return work_s
    return work_s + rule.duration_s


def room_of(shift: Shift, length_s: Seconds) -> Room:
    """Return a shift's room before any law.

    Parameters
    ----------
    shift
        As asked for.
    length_s
        Of the service day.

    Returns
    -------
    Room
        With the shift's own limit of duty.
    """
    return Room(
        shift,
        shift.start.earliest_s,
        shift.start.latest_s,
        shift.end.earliest_s,
        shift.end.latest_s,
        length_s if shift.max_duty_s is None else shift.max_duty_s,
        shift.break_rule,
    )


def split(excess_s: Seconds, first_s: Seconds, second_s: Seconds) -> tuple[Seconds, Seconds] | None:
    """Share an excess between two rooms to give way.

    Parameters
    ----------
    excess_s
        What must go.
    first_s, second_s
        What each can give.

    Returns
    -------
    tuple of int or None
        As even as possible; None when both together cannot give so much.

    Examples
    --------
    >>> split(10, 100, 100), split(10, 2, 100), split(10, 2, 3)
    ((5, 5), (2, 8), None)
    """
    if excess_s > first_s + second_s:
        return None
    first = min(first_s, max(excess_s // 2, excess_s - second_s))
    return first, excess_s - first
