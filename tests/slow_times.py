"""Times that keep every limit on differences between two of them, found by going round."""

from dataclasses import dataclass, field

from tus_dispatch.domain.units import LegId
from tus_dispatch.domain.window import TimeWindow


@dataclass
class Limits:
    """Bounds on single times, and on how far apart two of them are.

    Parameters
    ----------
    n
        How many times.
    last_s
        No time is later.
    """

    n: int
    last_s: int
    lower_s: list[int] = field(init=False)
    upper_s: list[int] = field(init=False)
    # (a, b, w) stands for: time b is at least w after time a; w may be negative.
    gaps: list[tuple[int, int, int]] = field(default_factory=list)
    last_of: dict[LegId, int] = field(default_factory=dict)
    are_possible: bool = True

    def __post_init__(self) -> None:
        self.lower_s, self.upper_s = [0] * self.n, [self.last_s] * self.n

    def within(self, at: int, window: TimeWindow) -> None:
        self.not_before(at, window.earliest_s)
        self.not_after(at, window.latest_s)

    def not_before(self, at: int, second: int) -> None:
        self.lower_s[at] = max(self.lower_s[at], second)
        self.are_possible &= self.lower_s[at] <= self.upper_s[at]

    def not_after(self, at: int, second: int) -> None:
        self.upper_s[at] = min(self.upper_s[at], second)
        self.are_possible &= self.lower_s[at] <= self.upper_s[at]

    def at_least(self, a: int, b: int, seconds: int) -> None:
        self.gaps.append((a, b, seconds))

    def at_most(self, a: int, b: int, seconds: int) -> None:
        self.gaps.append((b, a, -seconds))

    def forbid(self) -> None:
        self.are_possible = False


def settled(limits: Limits, pickups: list[int]) -> list[int] | None:
    """Return the times of a round: early end, late start, then every pickup late; None if none."""
    earliest = _least(limits, limits.lower_s)
    if earliest is None:
        return None
    ends_s = earliest[-1]
    latest = _greatest(limits, [*limits.upper_s[:-1], ends_s])
    start_s = _least(limits, [latest[0], *limits.lower_s[1:]])
    assert start_s is not None
    # All pickups together: one that is later lets people wait longer at the next.
    free = set(pickups)
    return _greatest(
        limits, [limits.upper_s[at] if at in free else time for at, time in enumerate(start_s)]
    )


def _least(limits: Limits, lower_s: list[int]) -> list[int] | None:
    times = [*lower_s]
    moved = True
    while moved:
        moved = False
        for a, b, seconds in limits.gaps:
            if times[a] + seconds > times[b]:
                times[b] = times[a] + seconds
                moved = True
                if times[b] > limits.upper_s[b]:
                    return None
    fits = all(time <= most for time, most in zip(times, limits.upper_s, strict=True))
    return times if fits else None


def _greatest(limits: Limits, upper_s: list[int]) -> list[int]:
    times = [*upper_s]
    moved = True
    while moved:
        moved = False
        for a, b, seconds in limits.gaps:
            if times[b] - seconds < times[a]:
                times[a] = times[b] - seconds
                moved = True
    return times


@dataclass(frozen=True)
class Wish:
    """What a second costs at one time before, or behind, the second asked for."""

    at: int
    asked_s: int
    per_early_second: int = 0
    per_late_second: int = 0

    def price(self, time_s: int) -> int:
        early_s, late_s = self.asked_s - time_s, time_s - self.asked_s
        return max(0, early_s) * self.per_early_second + max(0, late_s) * self.per_late_second


def delayed(
    limits: Limits, times: list[int], is_empty: list[bool], wishes: list[Wish]
) -> list[int]:
    """Put stretches off while that is cheaper, the last of them first.

    A stretch begins with nobody aboard, and ends before the next idle time
    with nobody aboard. ``is_empty`` says so of the way behind every time.
    """
    times, n = [*times], len(times) - 2
    ways = {b: w for a, b, w in limits.gaps if b == a + 1 and w >= 0}
    for first in range(n, 0, -1):
        while is_empty[first - 1]:
            last = first
            while last < n and not (
                is_empty[last] and times[last + 1] - times[last] > ways[last + 1]
            ):
                last += 1
            moved = range(first, last + 1)
            room_s = [limits.upper_s[at] - times[at] for at in moved]
            room_s += [
                times[b] - times[a] - least_s
                for a, b, least_s in limits.gaps
                if a in moved and b not in moved
            ]
            own = [wish for wish in wishes if wish.at in moved]
            gain = sum(w.price(times[w.at]) - w.price(times[w.at] + 1) for w in own)
            if gain <= 0 or min(room_s) <= 0:
                break
            turns_s = [w.asked_s - times[w.at] for w in own if w.asked_s > times[w.at]]
            for at in moved:
                times[at] += min(room_s + turns_s)
    return times
