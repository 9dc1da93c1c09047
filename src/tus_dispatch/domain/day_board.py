"""The whole day on one sheet for the office wall, as data."""

from dataclasses import dataclass
from datetime import date

from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.run_sheet import RunSheet
from tus_dispatch.domain.told import LegNews


@dataclass(frozen=True, slots=True)
class BoardRound:
    """One round of the board.

    Attributes
    ----------
    sheet
        What its driver reads.
    driver_phone
        Number to reach the driver on the road, or None.
    """

    sheet: RunSheet
    driver_phone: str | None


@dataclass(frozen=True, slots=True)
class BoardUnserved:
    """A leg that nobody drives.

    Attributes
    ----------
    person
        First name and initial.
    direction
        Outward or return.
    origin, destination
        Names of the places.
    leave_from, leave_until, arrive_from, arrive_until
        Local times asked for; only ``leave_from`` for a leave-at, only
        ``arrive_until`` for an arrive-by, pairs for windows.
    sentence
        Why, in French.
    before_clock
        Planned pickup on the last board, or None where nobody was to come.
    """

    person: str
    direction: Direction
    origin: str
    destination: str
    leave_from: str | None
    leave_until: str | None
    arrive_from: str | None
    arrive_until: str | None
    sentence: str
    before_clock: str | None = None


@dataclass(frozen=True, slots=True)
class BoardChange:
    """What differs from the board that hangs there now.

    Attributes
    ----------
    news
        What changes; ``KEPT`` for the same time on another round.
    person
        First name and initial.
    direction
        Outward or return.
    before_clock, clock
        Planned pickup before and now, or None where nobody comes.
    shift_before, shift
        Rounds before and now, or None.
    """

    news: LegNews
    person: str
    direction: Direction
    before_clock: str | None
    clock: str | None
    shift_before: str | None
    shift: str | None


@dataclass(frozen=True, slots=True)
class DayBoard:
    """All rounds of a service day, who is left out, and what is new.

    Attributes
    ----------
    service_date, time_zone, territory
        When and where.
    rounds
        In the order of the plan.
    unserved
        Legs left out, in the order of the plan.
    changes
        Since the last board, the most urgent first, those left out now apart;
        None for the first board of a day.
    estimated
        Whether travel times are only estimated; the board then says so.
    number
        Which version of the plan this is, or None.
    published_at
        UTC epoch seconds, or None.
    """

    service_date: date
    time_zone: str
    territory: str
    rounds: tuple[BoardRound, ...]
    unserved: tuple[BoardUnserved, ...]
    changes: tuple[BoardChange, ...] | None
    estimated: bool
    number: int | None = None
    published_at: int | None = None
