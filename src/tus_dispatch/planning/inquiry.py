"""A day and one or two newcomers, in the solver's words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tus_dispatch.domain.demand import Leg
from tus_dispatch.planning.encode import Encoding
from tus_dispatch.planning.newcomers import renumbered, with_newcomers
from tus_dispatch.planning.open_day import OpenDay
from tus_dispatch.planning.places import PlaceInRound, Stage, cheapest_place
from tus_dispatch.solver.arrays import EARLIEST_S, LATEST_S, SERVICE_S, Arrays, arrays_of
from tus_dispatch.solver.instance import Ints

ANY_TIME_S = 2**40


@dataclass(frozen=True, slots=True, eq=False)
class Inquiry:
    """What is asked of a day.

    Attributes
    ----------
    day
        The plan as it is.
    encoding
        The legs it serves, then the newcomers.
    arrays
        The kernels' view of it.
    orders
        By vehicle, with the node numbers of ``encoding``.
    """

    day: OpenDay
    encoding: Encoding
    arrays: Arrays
    orders: tuple[tuple[Ints, ...], ...]

    @property
    def newcomers(self) -> range:
        """Request numbers of those who ask."""
        return range(len(self.day.encoding.legs), len(self.encoding.legs))

    def stage(self, vehicle: int, arrays: Arrays) -> Stage:
        """Return a vehicle as it stands, under some windows."""
        return Stage(self.encoding.instance, arrays, vehicle, self.orders[vehicle])


def inquire(day: OpenDay, legs: Sequence[Leg], *, promised: bool = True) -> Inquiry:
    """Ask a day for places.

    Parameters
    ----------
    day
        A plan made ready.
    legs
        One leg, or the linked legs of a booking, outward first.
    promised
        Whether promises made to the newcomers themselves must be kept.

    Returns
    -------
    Inquiry
        Ready for :func:`places_of`.
    """
    told = {each.leg: each.pickup_window for each in day.plan.promises} if promised else {}
    encoding = with_newcomers(day.encoding, legs, told)
    n, k = day.encoding.instance.n_requests, len(legs)
    orders = tuple(tuple(renumbered(order, n, k) for order in each) for each in day.orders)
    return Inquiry(day, encoding, arrays_of(encoding.instance), orders)


def places_of(inquiry: Inquiry, newcomer: int, arrays: Arrays | None = None) -> list[PlaceInRound]:
    """Return the cheapest place of a newcomer in every round that has any.

    Parameters
    ----------
    inquiry
        What is asked.
    newcomer
        One of its newcomers.
    arrays
        Narrower windows than those of the inquiry.

    Returns
    -------
    list of PlaceInRound
        By vehicle.

    Notes
    -----
    While one round changes the others stand, so a leg whose linked leg rides on
    another round keeps apart from the times it has there.
    """
    found = (cheapest_place(stage, newcomer) for stage in stages(inquiry, newcomer, arrays))
    return [place for place in found if place is not None]


def stages(inquiry: Inquiry, newcomer: int, arrays: Arrays | None = None) -> list[Stage]:
    """Return every vehicle as a newcomer finds it.

    Parameters
    ----------
    inquiry, newcomer, arrays
        As in :func:`places_of`.

    Returns
    -------
    list of Stage
        By vehicle, those left out that may not serve the newcomer.
    """
    base = inquiry.arrays if arrays is None else arrays
    partner = int(inquiry.encoding.instance.partner[newcomer])
    apart = _beside_partner(inquiry, base, newcomer)
    allowed = np.flatnonzero(inquiry.encoding.instance.allowed[newcomer]).tolist()
    return [
        inquiry.stage(vehicle, base if partner in inquiry.day.doors[vehicle] else apart)
        for vehicle in allowed
    ]


def narrowed(
    arrays: Arrays, node: int, *, earliest_s: int = 0, latest_s: int = ANY_TIME_S
) -> Arrays:
    """Return arrays with a narrower window at one node.

    Parameters
    ----------
    arrays
        Left as they are.
    node
        Whose window.
    earliest_s, latest_s
        Bounds beside those it has.

    Returns
    -------
    Arrays
        A window that becomes empty admits no time.
    """
    table = arrays.node.copy()
    table[node, EARLIEST_S] = max(int(table[node, EARLIEST_S]), earliest_s)
    table[node, LATEST_S] = min(int(table[node, LATEST_S]), latest_s)
    return arrays._replace(node=table)


def _beside_partner(inquiry: Inquiry, arrays: Arrays, newcomer: int) -> Arrays:
    """Keep a newcomer apart from the present times of a linked leg that is served."""
    day, instance = inquiry.day, inquiry.encoding.instance
    n_served, partner = len(day.encoding.legs), int(instance.partner[newcomer])
    if not 0 <= partner < n_served:
        return arrays
    if instance.follows[newcomer] == partner:
        dropoff = n_served + partner
        service_s = int(day.encoding.instance.service_s[dropoff])
        return narrowed(arrays, newcomer, earliest_s=int(day.start_s[dropoff]) + service_s)
    dropoff = instance.n_requests + newcomer
    latest_s = int(day.start_s[partner]) - int(arrays.node[dropoff, SERVICE_S])
    return narrowed(arrays, dropoff, latest_s=latest_s)
