"""How every leg of a plan travels: aboard, waiting, early or late, with whom."""

from collections.abc import Iterator
from dataclasses import dataclass

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.leg_figures import LeftOutFigures, LegFigures
from tus_dispatch.domain.plan import Plan, Promise, Round, Stop, StopKind
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, Seconds
from tus_dispatch.planning.round_time import people
from tus_dispatch.planning.slack import bounds_of, slacks


@dataclass(frozen=True, slots=True)
class Ride:
    """Where one leg gets in and out of a round.

    Attributes
    ----------
    leg, tour_round
        Who, and on which round.
    boards_at, alights_at
        Positions of the stops.
    """

    leg: Leg
    tour_round: Round
    boards_at: int
    alights_at: int

    @property
    def pickup(self) -> Stop:
        """The stop where the leg gets in."""
        return self.tour_round.stops[self.boards_at]

    @property
    def dropoff(self) -> Stop:
        """The stop where the leg gets out."""
        return self.tour_round.stops[self.alights_at]

    @property
    def ride_s(self) -> Seconds:
        """From the end of boarding to the start of alighting."""
        return self.dropoff.start_s - (self.pickup.start_s + self.leg.boarding_s)


def rides(tour_round: Round, legs: dict[LegId, Leg]) -> tuple[Ride, ...]:
    """Return the rides of a round.

    Parameters
    ----------
    tour_round
        A round in which everybody who gets in gets out.
    legs
        By identity, at least those of the round.

    Returns
    -------
    tuple of Ride
        In the order of the pickups.
    """
    alights_at = {
        stop.leg: i for i, stop in enumerate(tour_round.stops) if stop.kind is StopKind.DROPOFF
    }
    return tuple(
        Ride(legs[stop.leg], tour_round, i, alights_at[stop.leg])
        for i, stop in enumerate(tour_round.stops)
        if stop.kind is StopKind.PICKUP and stop.leg is not None
    )


def figures_of_round(
    plan: Plan, tour_round: Round, legs: dict[LegId, Leg], matrix: TravelMatrix
) -> tuple[LegFigures, ...]:
    """Describe the legs of one round.

    Parameters
    ----------
    plan, tour_round
        The plan and one of its rounds.
    legs
        All legs of the day by identity.
    matrix
        Travel times the plan was made with.

    Returns
    -------
    tuple of LegFigures
        In the order of the pickups.
    """
    promises = {promise.leg: promise for promise in plan.promises}
    aboard = rides(tour_round, legs)
    room_aboard_s = {
        ride.leg.id: limit_s - ride.ride_s
        for ride in aboard
        if (limit_s := max_ride_s(ride.leg, matrix)) is not None
    }
    shift = plan.scenario.shift(tour_round.shift)
    slack_s = slacks(tour_round, bounds_of(tour_round, shift, legs, promises, room_aboard_s))
    return tuple(
        _leg_figures(ride, aboard, slack_s, matrix, promises.get(ride.leg.id)) for ride in aboard
    )


def figures_of_left_out(leg: Leg, matrix: TravelMatrix) -> LeftOutFigures:
    """Describe a leg that no round serves.

    Parameters
    ----------
    leg
        The leg.
    matrix
        Travel times the plan was made with.

    Returns
    -------
    LeftOutFigures
        Its direct drive and its limit.
    """
    direct_s = matrix.seconds_between(leg.origin, leg.destination)
    return LeftOutFigures(leg.id, direct_s, max_ride_s(leg, matrix))


def max_ride_s(leg: Leg, matrix: TravelMatrix) -> Seconds | None:
    """Return the longest ride allowed, or None when the direct drive is unknown.

    Parameters
    ----------
    leg
        Whose own limit wins over the rule.
    matrix
        Gives the direct drive.

    Returns
    -------
    int or None
        Seconds from the end of boarding to the start of alighting.
    """
    if leg.max_ride_s is not None:
        return leg.max_ride_s
    direct_s = matrix.seconds_between(leg.origin, leg.destination)
    return None if direct_s is None else leg.ride_limit.max_ride_s(direct_s)


def _leg_figures(
    ride: Ride,
    aboard: tuple[Ride, ...],
    slack_s: tuple[Seconds | None, ...],
    matrix: TravelMatrix,
    promise: Promise | None,
) -> LegFigures:
    leg, pickup, dropoff = ride.leg, ride.pickup, ride.dropoff
    direct_s = matrix.seconds_between(leg.origin, leg.destination)
    waits_s = [stop.waiting_s for stop in _later_stops(ride)]
    return LegFigures(
        leg=leg.id,
        participant=leg.participant,
        shift=ride.tour_round.shift,
        people=people(leg.load),
        pickup_s=pickup.start_s,
        dropoff_s=dropoff.start_s,
        ride_s=ride.ride_s,
        direct_s=direct_s,
        direct_m=matrix.metres_between(leg.origin, leg.destination),
        max_ride_s=max_ride_s(leg, matrix),
        wait_aboard_s=sum(waits_s),
        longest_wait_aboard_s=max(waits_s),
        arrival_margin_s=_minus(leg.target_dropoff_s, dropoff.start_s),
        pickup_deviation_s=_minus(pickup.start_s, leg.target_pickup_s),
        promise_deviation_s=None if promise is None else _deviation_s(promise, pickup),
        regret_s=_minus(dropoff.start_s, _earliest_arrival_s(leg, direct_s)),
        pickup_slack_s=slack_s[ride.boards_at],
        dropoff_slack_s=slack_s[ride.alights_at],
        shared_with=tuple(other.leg.id for other in aboard if _meet(ride, other)),
    )


def _later_stops(ride: Ride) -> Iterator[Stop]:
    yield from ride.tour_round.stops[ride.boards_at + 1 : ride.alights_at + 1]


def _meet(one: Ride, other: Ride) -> bool:
    if one.leg.id == other.leg.id:
        return False
    return one.boards_at < other.alights_at and other.boards_at < one.alights_at


def _deviation_s(promise: Promise, pickup: Stop) -> Seconds:
    window = promise.pickup_window
    return pickup.start_s - (window.earliest_s + window.latest_s) // 2


def _earliest_arrival_s(leg: Leg, direct_s: Seconds | None) -> Seconds | None:
    bounds = []
    if leg.dropoff_window is not None:
        bounds.append(leg.dropoff_window.earliest_s)
    if leg.pickup_window is not None and direct_s is not None:
        bounds.append(leg.pickup_window.earliest_s + leg.boarding_s + direct_s)
    return max(bounds, default=None)


def _minus(left_s: Seconds | None, right_s: Seconds | None) -> Seconds | None:
    return None if left_s is None or right_s is None else left_s - right_s
