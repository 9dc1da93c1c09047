"""Whether an order of stops can be timed, and the earliest times if so."""

from collections.abc import Sequence
from typing import NamedTuple

from tus_dispatch.domain.plan import StopKind
from tus_dispatch.domain.units import Seconds

ANYWHERE = -1
NOBODY = -1


class Node(NamedTuple):
    """One stop of a tour under construction.

    Attributes
    ----------
    kind
        What happens.
    leg
        Index of the leg, or ``NOBODY``.
    place
        Index of the place, or ``ANYWHERE``: where the vehicle stands.
    earliest_s, latest_s
        Window for the start of service.
    service_s
        Time at the door or length of the pause.
    """

    kind: StopKind
    leg: int
    place: int
    earliest_s: Seconds
    latest_s: Seconds
    service_s: Seconds


class Ride(NamedTuple):
    """One leg of a tour.

    Attributes
    ----------
    pickup, dropoff
        Positions.
    max_ride_s
        From the end of boarding to the start of alighting.
    """

    pickup: int
    dropoff: int
    max_ride_s: Seconds


def earliest_times(
    nodes: Sequence[Node],
    drive_s: Sequence[Seconds],
    rides: Sequence[Ride],
    aboard: Sequence[bool],
    max_wait_s: Seconds,
) -> list[Seconds] | None:
    """Time an order of stops as early as its rules allow.

    Parameters
    ----------
    nodes
        Stops, from the start to the end of the shift.
    drive_s
        Drive from the node before; the first is not used.
    rides
        Who sits between which positions.
    aboard
        Whether anybody is aboard on arrival, per position.
    max_wait_s
        Longest standstill with somebody aboard.

    Returns
    -------
    list of int, or None
        Starts of service, or None when no times keep all rules.

    Notes
    -----
    A system of difference constraints: the least solution is reached by
    raising times until nothing moves. Every pass but the last lets at least
    one more node reach its final time unless the system has no solution, so
    more passes than nodes mean none.
    """
    start_s = [node.earliest_s for node in nodes]
    for _ in range(len(nodes) + 1):
        if not _push_on(nodes, drive_s, start_s):
            return None
        if not _pull_up(nodes, drive_s, rides, aboard, (max_wait_s, start_s)):
            return start_s
    return None


def _push_on(nodes: Sequence[Node], drive_s: Sequence[Seconds], start_s: list[Seconds]) -> bool:
    """Start nothing before the vehicle is there; False when that is too late."""
    if start_s[0] > nodes[0].latest_s:
        return False
    for i in range(1, len(nodes)):
        arrival_s = start_s[i - 1] + nodes[i - 1].service_s + drive_s[i]
        start_s[i] = max(start_s[i], arrival_s)
        if start_s[i] > nodes[i].latest_s:
            return False
    return True


def _pull_up(
    nodes: Sequence[Node],
    drive_s: Sequence[Seconds],
    rides: Sequence[Ride],
    aboard: Sequence[bool],
    bounds: tuple[Seconds, list[Seconds]],
) -> bool:
    """Delay what comes too early before a wait aboard or in a long ride; True when any moved."""
    max_wait_s, start_s = bounds
    moved = False
    for i in range(len(nodes) - 1, 0, -1):
        if aboard[i]:
            least_s = start_s[i] - max_wait_s - drive_s[i] - nodes[i - 1].service_s
            if start_s[i - 1] < least_s:
                start_s[i - 1] = least_s
                moved = True
    for ride in rides:
        least_s = start_s[ride.dropoff] - ride.max_ride_s - nodes[ride.pickup].service_s
        if start_s[ride.pickup] < least_s:
            start_s[ride.pickup] = least_s
            moved = True
    return moved
