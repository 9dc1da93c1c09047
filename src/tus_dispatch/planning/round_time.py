"""The duty of a round parted into spans without a hole, so that every sum agrees."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from tus_dispatch.domain.demand import Load
from tus_dispatch.domain.plan import Round, StopKind
from tus_dispatch.domain.units import Metres, PlaceId, Seconds
from tus_dispatch.domain.window import TimeWindow


class Use(Enum):
    """What a span of a duty is spent on."""

    DRIVING = "driving"
    SERVICE = "service"
    BREAK = "break"
    PROTECTED = "protected"
    IDLE = "idle"


_USE_AT_STOP = {
    StopKind.START: Use.IDLE,
    StopKind.PICKUP: Use.SERVICE,
    StopKind.DROPOFF: Use.SERVICE,
    StopKind.BREAK: Use.BREAK,
    StopKind.PROTECTED: Use.PROTECTED,
    StopKind.ABSENCE: Use.IDLE,
    StopKind.END: Use.IDLE,
}


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a duty spent on one thing.

    Attributes
    ----------
    use
        On what.
    place
        Where the vehicle stands, or where it is driving to.
    start_s, end_s
        From and until.
    aboard
        People aboard during the span; while somebody gets in or out, those
        aboard afterwards.
    metres
        Driven meanwhile.
    """

    use: Use
    place: PlaceId
    start_s: Seconds
    end_s: Seconds
    aboard: int
    metres: Metres = 0

    @property
    def length_s(self) -> Seconds:
        """How long it lasts."""
        return self.end_s - self.start_s

    def within(self, window: TimeWindow) -> Seconds:
        """Return how much of it lies in a window."""
        latest_start_s = max(self.start_s, window.earliest_s)
        return max(0, min(self.end_s, window.latest_s) - latest_start_s)


def people(load: Load) -> int:
    """Return how many people a load stands for; children sit on ordinary seats."""
    return load.seats + load.wheelchairs


def spans(tour_round: Round) -> tuple[Span, ...]:
    """Part the duty of a round.

    Parameters
    ----------
    tour_round
        A round of a plan.

    Returns
    -------
    tuple of Span
        From sign-on to sign-off without hole or overlap.
    """
    return tuple(_spans(tour_round))


def _spans(tour_round: Round) -> Iterator[Span]:
    first = tour_round.stops[0]
    yield Span(Use.IDLE, first.place, first.start_s, first.departure_s, aboard=0)
    for previous, stop in pairwise(tour_round.stops):
        aboard, place = people(previous.load), stop.place
        yield Span(
            Use.DRIVING, place, previous.departure_s, stop.arrival_s, aboard, metres=stop.drive_m
        )
        yield Span(Use.IDLE, place, stop.arrival_s, stop.start_s, aboard)
        use = _USE_AT_STOP[stop.kind]
        yield Span(use, place, stop.start_s, stop.departure_s, people(stop.load))


def uncovered_s(window: TimeWindow, holes: Iterable[tuple[Seconds, Seconds]]) -> Seconds:
    """Return how much of a window no hole covers.

    Parameters
    ----------
    window
        What is looked at.
    holes
        Pairs of from and until, in any order; they may overlap.

    Returns
    -------
    int
        Seconds.

    Examples
    --------
    Of an hour, the first ten minutes and the twenty from minute five on are
    taken.

    >>> uncovered_s(TimeWindow(0, 3600), [(300, 1500), (0, 600)])
    2100
    """
    free_s, until_s = 0, window.earliest_s
    for start_s, end_s in sorted(holes):
        free_s += max(0, min(start_s, window.latest_s) - until_s)
        until_s = max(until_s, min(end_s, window.latest_s))
    return free_s + window.latest_s - until_s
