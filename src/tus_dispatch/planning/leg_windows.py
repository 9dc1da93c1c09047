"""Hard windows of a leg's two ends, after promises, pins and ride limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.travel import UNREACHABLE, TravelMatrix
from tus_dispatch.domain.units import LegId, Seconds
from tus_dispatch.domain.window import TimeWindow


@dataclass(frozen=True, slots=True)
class LegTimes:
    """Start of service at both ends in some plan, seconds of the day."""

    pickup_s: Seconds
    dropoff_s: Seconds


@dataclass(frozen=True, slots=True)
class NodeWindows:
    """What the solver needs to know of one leg's times.

    Attributes
    ----------
    pickup, dropoff
        Windows for the start of service.
    max_ride_s, direct_s
        Limit aboard and direct drive; ``direct_s`` is -1 when there is no way,
        and then nobody is driven, not even by a detour that a table with holes
        may allow.
    is_possible
        False when the rules leave no time at all; the windows then mean
        nothing.
    """

    pickup: TimeWindow
    dropoff: TimeWindow
    max_ride_s: Seconds
    direct_s: Seconds
    is_possible: bool = True


def node_windows(
    legs: Sequence[Leg],
    matrix: TravelMatrix,
    day_length_s: Seconds,
    *,
    promises: Mapping[LegId, TimeWindow],
) -> list[NodeWindows]:
    """Work out the windows of all legs.

    Parameters
    ----------
    legs
        In the order wanted.
    matrix
        For direct drives.
    day_length_s
        No window reaches beyond.
    promises
        Pickup windows told to people.

    Returns
    -------
    list of NodeWindows
        One per leg. Windows are narrowed only by what every plan must keep,
        never by the triangle inequality.
    """
    return [_own_windows(leg, matrix, day_length_s, promises.get(leg.id)) for leg in legs]


def _own_windows(
    leg: Leg, matrix: TravelMatrix, day_length_s: Seconds, promise: TimeWindow | None
) -> NodeWindows:
    day = TimeWindow(0, day_length_s)
    direct_s = matrix.seconds_between(leg.origin, leg.destination)
    if direct_s is None:
        return NodeWindows(day, day, 0, UNREACHABLE, is_possible=False)
    max_ride_s = leg.max_ride_s
    if max_ride_s is None:
        max_ride_s = leg.ride_limit.max_ride_s(direct_s)
    impossible = NodeWindows(day, day, max_ride_s, direct_s, is_possible=False)
    pickup = (leg.pickup_window or day).intersect(promise or day)
    if pickup is not None and leg.pin is not None and leg.pin.pickup_s is not None:
        earliest_s = max(0, leg.pin.pickup_s - leg.pin.tolerance_s)
        pickup = pickup.intersect(TimeWindow(earliest_s, leg.pin.pickup_s + leg.pin.tolerance_s))
    dropoff = (leg.dropoff_window or day).intersect(day)
    if pickup is None or dropoff is None:
        return impossible
    return _narrow(leg, NodeWindows(pickup, dropoff, max_ride_s, direct_s))


def _narrow(leg: Leg, windows: NodeWindows) -> NodeWindows:
    """Narrow both ends by boarding time and ride limit."""
    pickup, dropoff = windows.pickup, windows.dropoff
    longest_s = leg.boarding_s + windows.max_ride_s
    pickup_earliest_s = max(pickup.earliest_s, dropoff.earliest_s - longest_s)
    pickup_latest_s = min(pickup.latest_s, dropoff.latest_s - leg.boarding_s)
    dropoff_earliest_s = max(dropoff.earliest_s, pickup.earliest_s + leg.boarding_s)
    dropoff_latest_s = min(dropoff.latest_s, pickup.latest_s + longest_s)
    if pickup_earliest_s > pickup_latest_s or dropoff_earliest_s > dropoff_latest_s:
        return replace(windows, is_possible=False)
    return replace(
        windows,
        pickup=TimeWindow(pickup_earliest_s, pickup_latest_s),
        dropoff=TimeWindow(dropoff_earliest_s, dropoff_latest_s),
    )
