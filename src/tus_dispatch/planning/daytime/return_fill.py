"""Empty drives, and the optional legs that lie along them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tus_dispatch.domain.daytime_report import EmptyRun
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, Metres, PlaceId, Seconds
from tus_dispatch.planning.daytime.frozen import attendance_id

# A shorter drive is no run worth looking at, and a longer detour is no corridor.
SHORTEST_RUN_M: Metres = 3_000
WIDEST_DETOUR_M: Metres = 5_000

# Who is to be somewhere at some time rides within an hour of it.
AROUND_S: Seconds = 3600
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Ride:
    """A leg that somebody would like.

    Attributes
    ----------
    booking
        Whose.
    origin, destination
        From and to.
    earliest_s, latest_s
        When it may be, roughly.
    """

    booking: BookingId
    origin: PlaceId
    destination: PlaceId
    earliest_s: Seconds
    latest_s: Seconds


def empty_runs(plan: Plan, matrix: TravelMatrix) -> tuple[EmptyRun, ...]:
    """List drives with nobody aboard and who could ride along.

    Parameters
    ----------
    plan
        Of a day with flexible bookings or events.
    matrix
        Knows the places of both.

    Returns
    -------
    tuple of EmptyRun
        In the order of the plan: drives of three kilometres or more with at
        least one optional leg whose hours suit and whose detour is five
        kilometres at most; the five nearest are named.
    """
    rides = tuple(_rides(plan.scenario))
    return tuple(run for run in _runs(plan, matrix, rides) if run.corridor)


def detour_m(
    matrix: TravelMatrix, run: tuple[PlaceId, PlaceId], ride: tuple[PlaceId, PlaceId]
) -> Metres | None:
    """Return how much longer a drive gets when somebody rides along.

    Parameters
    ----------
    matrix
        Knows the four places.
    run, ride
        From and to.

    Returns
    -------
    int or None
        None where no road leads.
    """
    direct = matrix.metres_between(*run)
    parts = [
        matrix.metres_between(run[0], ride[0]),
        matrix.metres_between(*ride),
        matrix.metres_between(ride[1], run[1]),
    ]
    known = [part for part in parts if part is not None]
    return None if direct is None or len(known) < 3 else sum(known) - direct


def _runs(plan: Plan, matrix: TravelMatrix, rides: tuple[Ride, ...]) -> Iterator[EmptyRun]:
    for tour_round in plan.rounds:
        for before, stop in pairwise(tour_round.stops):
            if before.load.people or stop.drive_m < SHORTEST_RUN_M:
                continue
            at_that_time = [
                ride
                for ride in rides
                if ride.earliest_s <= stop.arrival_s and before.departure_s <= ride.latest_s
            ]
            yield EmptyRun(
                shift=tour_round.shift,
                origin=before.place,
                destination=stop.place,
                start_s=before.departure_s,
                end_s=stop.arrival_s,
                metres=stop.drive_m,
                corridor=_corridor(matrix, (before.place, stop.place), at_that_time),
            )


def _corridor(
    matrix: TravelMatrix, run: tuple[PlaceId, PlaceId], rides: Iterable[Ride]
) -> tuple[BookingId, ...]:
    near: dict[BookingId, Metres] = {}
    for ride in rides:
        more_m = detour_m(matrix, run, (ride.origin, ride.destination))
        if more_m is not None and more_m <= WIDEST_DETOUR_M:
            near[ride.booking] = min(more_m, near.get(ride.booking, more_m))
    return tuple(sorted(near, key=lambda name: (near[name], name)))[:MOST_NAMED]


def _rides(scenario: Scenario) -> Iterator[Ride]:
    for flexible in scenario.flexible_bookings:
        for window in flexible.windows:
            from_s, until_s = window.earliest_s, window.latest_s
            yield Ride(flexible.id, flexible.home, flexible.place, from_s - AROUND_S, until_s)
            if not flexible.one_way:
                yield Ride(flexible.id, flexible.place, flexible.home, from_s, until_s + AROUND_S)
    for event in scenario.group_events:
        for each in event.attendances:
            name = attendance_id(event.id, each.participant)
            from_s, until_s = event.window.earliest_s, event.window.latest_s
            there_s, back_s = from_s - event.early_s, until_s + event.late_s
            yield Ride(name, each.home, event.place, there_s - AROUND_S, from_s)
            yield Ride(name, event.place, each.home, until_s, back_s + AROUND_S)
