"""When people want to be where: the clock of a rural day (``domain.md`` §3.1)."""

from dataclasses import dataclass
from enum import StrEnum

from tus_dispatch.domain.demand import Purpose
from tus_dispatch.domain.units import Seconds

_DAY_START_HOUR = 4
QUARTER_S = 900


def at(hour: int, minute: int = 0) -> Seconds:
    """Turn a clock time into seconds of the service day.

    Parameters
    ----------
    hour, minute
        Local time, 04:00 or later.

    Returns
    -------
    int
        Seconds since 04:00; no clock changes between 04:00 and midnight.

    Examples
    --------
    >>> at(8, 30)
    16200
    """
    return (hour - _DAY_START_HOUR) * 3600 + minute * 60


class SiteKind(StrEnum):
    """What people find at a place they are driven to."""

    WORKSHOP = "workshop"
    ZONE = "zone"
    TRAINING = "training"
    MEETING = "meeting"
    HEALTH = "health"
    SHOP = "shop"
    HUB = "hub"


@dataclass(frozen=True, slots=True)
class Hours:
    """One way a visit may lie in the day.

    Attributes
    ----------
    arrive_s, leave_s
        When it starts and ends.
    weight
        How often.
    """

    arrive_s: Seconds
    leave_s: Seconds
    weight: float = 1.0


def _hours(*rows: tuple[int, int, int, int, float]) -> tuple[Hours, ...]:
    return tuple(Hours(at(h, m), at(hh, mm), weight) for h, m, hh, mm, weight in rows)


# §3.1: the main peak starts around 08:00; hours themselves are assumptions.
WORK_HOURS = _hours(
    (7, 30, 15, 30, 1.0),
    (8, 0, 16, 0, 2.5),
    (8, 0, 16, 30, 2.5),
    (8, 30, 16, 30, 2.0),
    (8, 30, 17, 0, 2.0),
    (9, 0, 17, 0, 1.5),
    (9, 0, 17, 30, 1.0),
    # A 26-hour contract in five mornings.
    (8, 0, 13, 15, 1.5),
    (13, 30, 17, 30, 1.0),
)
EARLY_HOURS = _hours((5, 0, 13, 0, 1.0), (5, 30, 13, 30, 0.5))
EVENING_HOURS = _hours((13, 0, 20, 30, 1.0), (12, 45, 20, 15, 1.0))
TRAINING_HOURS = _hours(
    (8, 30, 12, 0, 1.5),
    (9, 0, 12, 0, 2.0),
    (13, 30, 16, 30, 2.0),
    (13, 30, 17, 0, 1.5),
    (9, 0, 16, 30, 2.5),
    (8, 30, 16, 30, 2.0),
)
# §4.2 M3: group events belong into the troughs.
MEETING_HOURS = _hours(
    (9, 30, 11, 30, 2.0),
    (10, 0, 11, 30, 2.0),
    (10, 0, 12, 0, 1.0),
    (14, 0, 16, 0, 2.0),
    (14, 30, 16, 0, 2.0),
)
ERRAND_HOURS = _hours((9, 30, 11, 0, 2.0), (10, 0, 11, 30, 1.0), (14, 30, 15, 45, 2.0))
# A departure stands first, the train back second.
HUB_HOURS = _hours(
    (6, 52, 17, 38, 1.0),
    (7, 22, 18, 8, 2.0),
    (7, 52, 18, 38, 2.0),
    (8, 52, 17, 8, 1.0),
    (13, 22, 18, 38, 1.0),
)
# S3: town buses stop at 19:00, so who comes back later is stranded.
AFTER_LAST_BUS_HOURS = _hours((7, 52, 19, 8, 2.0), (8, 52, 19, 38, 1.5), (12, 52, 20, 8, 1.0))
APPOINTMENT_HOURS = tuple(
    Hours(arrive_s, arrive_s + stay_s)
    for first, last in ((at(9, 0), at(11, 15)), (at(14, 0), at(16, 15)))
    for arrive_s in range(first, last + 1, QUARTER_S)
    for stay_s in (2700, 3600, 5400)
)

HOURS: dict[SiteKind, tuple[Hours, ...]] = {
    SiteKind.WORKSHOP: WORK_HOURS,
    SiteKind.ZONE: WORK_HOURS,
    SiteKind.TRAINING: TRAINING_HOURS,
    SiteKind.MEETING: MEETING_HOURS,
    SiteKind.HEALTH: APPOINTMENT_HOURS,
    SiteKind.SHOP: ERRAND_HOURS,
    SiteKind.HUB: HUB_HOURS,
}

SITE_KINDS: dict[Purpose, tuple[SiteKind, ...]] = {
    Purpose.WORK: (SiteKind.WORKSHOP, SiteKind.ZONE),
    Purpose.TRAINING: (SiteKind.TRAINING,),
    Purpose.INSERTION: (SiteKind.MEETING,),
    Purpose.MEDICAL: (SiteKind.HEALTH,),
    Purpose.ERRANDS: (SiteKind.SHOP,),
    Purpose.OTHER: (SiteKind.MEETING, SiteKind.SHOP),
}

# How often one more booking joins a session that exists already.
JOIN_SHARE: dict[SiteKind, float] = {
    SiteKind.WORKSHOP: 0.6,
    SiteKind.ZONE: 0.5,
    SiteKind.TRAINING: 0.55,
    SiteKind.MEETING: 0.7,
    SiteKind.HEALTH: 0.1,
    SiteKind.SHOP: 0.4,
    SiteKind.HUB: 0.3,
}
