"""A solution is an order of nodes per vehicle and their times, never the order alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """What one vehicle does.

    Attributes
    ----------
    vehicle
        Index of the vehicle.
    nodes
        Pickups, dropoffs and pauses in order; never empty.
    start_s
        Start of service of each node.
    sign_on_s, sign_off_s
        Begin and end of the duty.
    """

    vehicle: int
    nodes: tuple[int, ...]
    start_s: tuple[int, ...]
    sign_on_s: int
    sign_off_s: int


@dataclass(frozen=True, slots=True)
class Solution:
    """Routes of the vehicles used, and the requests left out.

    Attributes
    ----------
    routes
        At most one per vehicle, by rising vehicle index.
    unserved
        Requests left out, rising.
    """

    routes: tuple[Route, ...]
    unserved: tuple[int, ...]
