"""Driver days that are lawful without any agreement (``domain.md`` §2.5 a, b and c)."""

from dataclasses import dataclass
from itertools import pairwise

from tus_dispatch.domain.units import Seconds
from tus_dispatch.generate.clock import at

# Labour code: one interruption of at most two hours (L3123-30), ten hours of
# work (L3121-18), thirteen hours from first sign-on to last sign-off.
LONGEST_GAP_S = 2 * 3600
LONGEST_WORK_S = 10 * 3600
LONGEST_AMPLITUDE_S = 13 * 3600
SHORTEST_REST_S = 11 * 3600


@dataclass(frozen=True, slots=True)
class Duty:
    """What one driver does in a day: one shift, or two with a gap.

    Attributes
    ----------
    hours
        Nominal sign-on and sign-off of each shift, in order.
    """

    hours: tuple[tuple[Seconds, Seconds], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What one vehicle does in a day.

    Attributes
    ----------
    name
        For the ranges of a family.
    duties
        One per driver, one after the other.
    """

    name: str
    duties: tuple[Duty, ...]

    @property
    def n_shifts(self) -> int:
        """Number of shifts of the vehicle."""
        return sum(len(duty.hours) for duty in self.duties)

    @property
    def handover_s(self) -> Seconds:
        """Return the shortest time between two shifts of the vehicle, long when it has one."""
        hours = [pair for duty in self.duties for pair in duty.hours]
        gaps = [later[0] - sooner[1] for sooner, later in pairwise(hours)]
        return min(gaps, default=LONGEST_GAP_S)


def _duty(*hours: tuple[Seconds, Seconds]) -> Duty:
    return Duty(hours)


PATTERNS: tuple[Pattern, ...] = (
    # (c) Ten hours of work and one gap of 1 h 30 bridge both peaks.
    Pattern("long_day", (_duty((at(6, 30), at(12, 15)), (at(13, 45), at(18, 0))),)),
    # (a) Two crews of 5 h 12 without a gap.
    Pattern(
        "two_crews",
        (_duty((at(6, 15), at(11, 27))), _duty((at(13, 45), at(18, 57)))),
    ),
    # (b) Six and a half hours of work and one gap, then an evening crew.
    Pattern(
        "medium_day",
        (_duty((at(6, 45), at(10, 15)), (at(11, 45), at(14, 45))), _duty((at(15, 15), at(20, 27)))),
    ),
    # Early factory shift at 05:00; the evening is another driver's.
    Pattern(
        "early_and_late",
        (_duty((at(4, 15), at(9, 27))), _duty((at(16, 0), at(21, 12)))),
    ),
    # (b) Six and a half hours of work and a break of twenty minutes.
    Pattern("single_day", (_duty((at(7, 0), at(13, 50))),)),
)

PATTERN_NAMED = {pattern.name: pattern for pattern in PATTERNS}
