"""The times of fixed orders as moments, and every rule as a least difference of two of them.

Moment 0 is the beginning of the horizon. Each order owns a row of moments: its
sign-on, the start of service of every node, its sign-off.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tus_dispatch.solver.arrays import (
    BREAK_AFTER_S,
    BREAK_NODE,
    BREAK_WITHIN_S,
    DIRECT_S,
    EARLIEST_S,
    END_EARLIEST_S,
    END_LATEST_S,
    END_LOCATION,
    LATEST_S,
    LOCATION,
    MAX_DUTY_S,
    MAX_RIDE_S,
    MAX_WAIT_S,
    SERVICE_S,
    START_EARLIEST_S,
    START_LATEST_S,
    START_LOCATION,
    TARGET_S,
    Arrays,
)

CLOCK = 0

Rule = tuple[int, int, int]
"""Moments ``u`` and ``v`` and the seconds by which ``v`` comes after ``u`` at least."""


@dataclass(frozen=True, slots=True)
class Row:
    """One order and the moments it owns.

    Attributes
    ----------
    vehicle, nodes
        The order, its break among the nodes where it has one.
    first
        Moment of the sign-on; node ``i`` is moment ``first + 1 + i``.
    way_s
        Least seconds from each moment to the next, shape ``(n + 1,)``.
    n_aboard
        Requests aboard on the way to each moment but the first, shape
        ``(n + 1,)``.
    pickup
        Moment of the pickup for every dropoff, else -1, shape ``(n,)``.
    """

    vehicle: int
    nodes: tuple[int, ...]
    first: int
    way_s: tuple[int, ...]
    n_aboard: tuple[int, ...]
    pickup: tuple[int, ...]

    @property
    def last(self) -> int:
        """Moment of the sign-off."""
        return self.first + len(self.nodes) + 1


@dataclass(frozen=True, slots=True)
class Aim:
    """A sum of times and of shortfalls that is to be as small as it can be.

    Attributes
    ----------
    pull
        Price of putting a moment off by a second, by moment, shape ``(n,)``.
        They add up to nothing.
    wishes
        Rules that may be broken, with the price of every second short:
        ``(u, v, least, price)``.
    """

    pull: list[int]
    wishes: list[tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Rates:
    """What an aim counts, each at a price per second; see ``instance.CostWeights``."""

    duty: int = 0
    excess_ride: int = 0
    wait_aboard: int = 0
    early: int = 0
    late: int = 0


def row_of(a: Arrays, vehicle: int, nodes: Sequence[int], first: int) -> Row | None:
    """Follow an order from its start place to its end place.

    Parameters
    ----------
    a
        The instance.
    vehicle, nodes
        The order.
    first
        Moment of its sign-on.

    Returns
    -------
    Row or None
        None when a drive is impossible, a dropoff comes without its pickup, a
        pause finds somebody aboard or somebody stays aboard.
    """
    n = len(a.request)
    here, leave_s = int(a.vehicle[vehicle, START_LOCATION]), 0
    way_s, n_aboard, pickup = [], [], []
    aboard: dict[int, int] = {}
    for moment, node in enumerate(nodes, start=first + 1):
        there = int(a.node[node, LOCATION])
        there = here if there < 0 else there
        drive_s = int(a.duration_s[here, there])
        is_dropoff = n <= node < 2 * n
        if drive_s < 0 or (is_dropoff and node - n not in aboard) or (node >= 2 * n and aboard):
            return None
        way_s.append(leave_s + drive_s)
        n_aboard.append(len(aboard))
        pickup.append(aboard.pop(node - n) if is_dropoff else -1)
        if node < n:
            aboard[node] = moment
        here, leave_s = there, int(a.node[node, SERVICE_S])
    drive_s = int(a.duration_s[here, a.vehicle[vehicle, END_LOCATION]])
    if drive_s < 0 or aboard:
        return None
    return Row(
        vehicle,
        tuple(nodes),
        first,
        (*way_s, leave_s + drive_s),
        (*n_aboard, 0),
        tuple(pickup),
    )


def rules_of(a: Arrays, row: Row) -> list[Rule]:
    """Write down all rules on the times of an order.

    Parameters
    ----------
    a
        The instance; its windows count, narrowed or not.
    row
        The order.

    Returns
    -------
    list of Rule
        Each once. Where the order has no break, the duty is as short as it
        must be to do without.
    """
    n = len(a.request)
    vehicle = a.vehicle[row.vehicle].tolist()
    longest_s = vehicle[MAX_DUTY_S]
    if vehicle[BREAK_NODE] >= 0 and vehicle[BREAK_NODE] not in row.nodes:
        longest_s = min(longest_s, vehicle[BREAK_AFTER_S])
    rules = [
        (CLOCK, row.first, vehicle[START_EARLIEST_S]),
        (row.first, CLOCK, -vehicle[START_LATEST_S]),
    ]
    for at, node in enumerate(row.nodes):
        moment = row.first + 1 + at
        rules += (
            (CLOCK, moment, int(a.node[node, EARLIEST_S])),
            (moment, CLOCK, -int(a.node[node, LATEST_S])),
            (moment - 1, moment, row.way_s[at]),
        )
        if row.n_aboard[at]:
            rules.append((moment, moment - 1, -row.way_s[at] - vehicle[MAX_WAIT_S]))
        if row.pickup[at] >= 0:
            boarding_s = int(a.node[node - n, SERVICE_S])
            longest_ride_s = int(a.request[node - n, MAX_RIDE_S])
            rules.append((moment, row.pickup[at], -boarding_s - longest_ride_s))
        elif node == vehicle[BREAK_NODE]:
            rules.append((moment, row.first, -vehicle[BREAK_WITHIN_S]))
    rules += (
        (row.last - 1, row.last, row.way_s[-1]),
        (CLOCK, row.last, vehicle[END_EARLIEST_S]),
        (row.last, CLOCK, -vehicle[END_LATEST_S]),
        (row.last, row.first, -longest_s),
    )
    return rules


def aim_of(a: Arrays, rows: Sequence[Row], rates: Rates) -> Aim:
    """Say what the times of some orders are to keep small.

    Parameters
    ----------
    a
        The instance.
    rows
        The orders; their moments follow each other.
    rates
        Price of every second.

    Returns
    -------
    Aim
        Up to what no time can change, ``cost.price_parts`` with these rates.
    """
    n = len(a.request)
    pull = [0] * (rows[-1].last + 1)
    wishes = []
    for row in rows:
        pull[row.first] -= rates.duty
        pull[row.last] += rates.duty
        for at, node in enumerate(row.nodes):
            moment = row.first + 1 + at
            pull[moment] += rates.wait_aboard * row.n_aboard[at]
            pull[moment - 1] -= rates.wait_aboard * row.n_aboard[at]
            if node >= 2 * n:
                continue
            target_s = int(a.node[node, TARGET_S])
            if node >= n:
                boarding_s = int(a.node[node - n, SERVICE_S])
                shortest_s = boarding_s + int(a.request[node - n, DIRECT_S])
                wishes.append((moment, row.pickup[at], -shortest_s, rates.excess_ride))
            if target_s >= 0 and node < n:
                wishes.append((moment, CLOCK, -target_s, rates.late))
            elif target_s >= 0:
                wishes.append((CLOCK, moment, target_s, rates.early))
    return Aim(pull, [wish for wish in wishes if wish[-1]])


def are_kept(rules: Sequence[Rule], times: Sequence[int]) -> bool:
    """Tell whether a schedule keeps all rules.

    Parameters
    ----------
    rules
        What to keep.
    times
        By moment.

    Returns
    -------
    bool
        One plain look at every rule.
    """
    return all(times[v] - times[u] >= least for u, v, least in rules)
