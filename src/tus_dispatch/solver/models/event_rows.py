"""The rows of the exact event-based model: flow, requests, fleet; then times."""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from tus_dispatch.solver.event_ground import Ground
from tus_dispatch.solver.events import DEPOT, EventGraph
from tus_dispatch.solver.instance import Bools, Ints

Doubles = NDArray[np.float64]


class Rows:
    """Rows of a model as they come.

    Attributes
    ----------
    count
        Rows so far.
    """

    def __init__(self) -> None:
        self.count = 0
        self._row: list[Ints] = []
        self._column: list[Ints] = []
        self._value: list[Doubles] = []
        self._low: list[Doubles] = []
        self._high: list[Doubles] = []

    def add(self, low: Doubles, high: Doubles) -> Ints:
        """Add rows between two bounds.

        Parameters
        ----------
        low, high
            Bounds of each row.

        Returns
        -------
        ndarray
            Numbers of the new rows.
        """
        first = self.count
        self.count += len(low)
        self._low.append(low)
        self._high.append(high)
        return np.arange(first, self.count)

    def put(self, rows: Ints, columns: Ints, values: Doubles | float) -> None:
        """Set coefficients; those of one place are summed.

        Parameters
        ----------
        rows, columns, values
            One entry each.
        """
        self._row.append(rows)
        self._column.append(columns)
        self._value.append(np.broadcast_to(np.asarray(values, dtype=np.float64), rows.shape))

    def bounds(self) -> tuple[Doubles, Doubles]:
        """Return the lower and upper bounds of all rows."""
        return np.concatenate(self._low), np.concatenate(self._high)

    def matrix(self, n_columns: int) -> sp.csr_matrix:
        """Return all coefficients, shape ``(rows, n_columns)``."""
        entries = np.concatenate(self._value)
        places = np.concatenate(self._row), np.concatenate(self._column)
        return sp.csr_matrix((entries, places), shape=(self.count, n_columns))


def flow_rows(ground: Ground, graph: EventGraph) -> Rows:
    """Keep flow at every event, pick up or leave out everybody once, and no more routes than fleet.

    Parameters
    ----------
    ground, graph
        The event graph; its arcs are the first columns, then come the
        requests left out.

    Returns
    -------
    Rows
        Linked requests are left out together.
    """
    rows = Rows()
    n, n_arcs, n_events = ground.n, len(graph.tail), len(graph.path)
    arcs = np.arange(n_arcs)
    none = np.zeros(n_events)
    flow = rows.add(none[1:], none[1:])
    enters, leaves = graph.head != DEPOT, graph.tail != DEPOT
    rows.put(flow[graph.head[enters] - 1], arcs[enters], 1.0)
    rows.put(flow[graph.tail[leaves] - 1], arcs[leaves], -1.0)
    node = graph.last[graph.head]
    boards = (node >= 0) & (node < n)
    once = rows.add(np.ones(n), np.ones(n))
    rows.put(once[node[boards]], arcs[boards], 1.0)
    rows.put(once, n_arcs + np.arange(n), 1.0)
    begins = arcs[~leaves]
    sizes = np.array([len(members) for members in ground.kinds], dtype=np.float64)
    fleet = rows.add(np.zeros(len(sizes)), sizes)
    rows.put(fleet[graph.kind[graph.head[begins]]], begins, 1.0)
    linked = np.flatnonzero(ground.instance.partner > np.arange(n))
    same = rows.add(np.zeros(len(linked)), np.zeros(len(linked)))
    rows.put(same, n_arcs + linked, 1.0)
    rows.put(same, n_arcs + ground.instance.partner[linked], -1.0)
    return rows


def time_rows(ground: Ground, graph: EventGraph, rows: Rows, clock: Ints, second: float) -> None:
    """Let time pass on every drive, and end every ride in time.

    Parameters
    ----------
    ground, graph
        The event graph.
    rows
        Extended.
    clock
        Columns of the start of service per node, shape ``(2n,)``.
    second
        Times are divided by it.
    """
    n = ground.n
    last = graph.last
    inside = np.flatnonzero((graph.tail != DEPOT) & (graph.head != DEPOT))
    ways = last[graph.tail[inside]] * 2 * n + last[graph.head[inside]]
    way, which = np.unique(ways, return_inverse=True)
    tail, head = way // (2 * n), way % (2 * n)
    moving_s = ground.instance.service_s[tail] + ground.drive_s[tail, head]
    slack_s = ground.latest_s[tail] + moving_s - ground.earliest_s[head]
    # Windows alone keep every other drive in time.
    binds = slack_s > 0
    number = np.cumsum(binds) - 1
    moves = rows.add((moving_s - slack_s)[binds] / second, np.full(binds.sum(), np.inf))
    arcs = binds[which]
    used = moves[number[which[arcs]]]
    rows.put(used, inside[arcs], -slack_s[which[arcs]] / second)
    rows.put(moves, clock[head[binds]], 1.0)
    rows.put(moves, clock[tail[binds]], -1.0)
    riders = np.flatnonzero(ground.is_possible)
    longest_s = (ground.instance.max_ride_s + ground.instance.service_s[:n])[riders]
    rides = rows.add(np.full(len(riders), -np.inf), longest_s / second)
    rows.put(rides, clock[n + riders], 1.0)
    rows.put(rides, clock[riders], -1.0)
    _follow_rows(ground, rows, clock, len(graph.tail), second)
    if len(ground.kinds) > 1:
        _hour_rows(ground, graph, rows, clock, second)


def _hour_rows(ground: Ground, graph: EventGraph, rows: Rows, clock: Ints, second: float) -> None:
    """Keep every stop in the hours of the kind of vehicle that makes it."""
    arcs = np.flatnonzero(graph.head != DEPOT)
    node, kind = graph.last[graph.head[arcs]], graph.kind[graph.head[arcs]]
    wide = np.concatenate([ground.is_possible, ground.is_possible])
    low = np.where(wide, ground.earliest_s, 0)
    high = np.where(wide, ground.latest_s, 0)
    after = rows.add(low / second, np.full(len(low), np.inf))
    rows.put(after, clock, 1.0)
    rows.put(after[node], arcs, -(ground.kind_earliest_s[kind, node] - low[node]) / second)
    before = rows.add(np.full(len(high), -np.inf), high / second)
    rows.put(before, clock, 1.0)
    rows.put(before[node], arcs, (high[node] - ground.kind_latest_s[kind, node]) / second)


def _follow_rows(ground: Ground, rows: Rows, clock: Ints, n_arcs: int, second: float) -> None:
    """Let a return begin only after its outward leg, unless it is left out."""
    n, follows = ground.n, ground.instance.follows
    both: Bools = (follows >= 0) & ground.is_possible & ground.is_possible[follows]
    return_leg = np.flatnonzero(both)
    dropoff = n + follows[return_leg]
    service_s = ground.instance.service_s[dropoff]
    excuse_s = ground.latest_s[dropoff] + service_s - ground.earliest_s[return_leg]
    after = rows.add(service_s / second, np.full(len(return_leg), np.inf))
    rows.put(after, clock[return_leg], 1.0)
    rows.put(after, clock[dropoff], -1.0)
    rows.put(after, n_arcs + return_leg, np.maximum(0, excuse_s) / second)


def second_of(ground: Ground) -> float:
    """Return a unit of time in which the day is about a thousand long, as solvers like it."""
    return max(1.0, float(ground.latest_s.max(initial=0)) / 1000.0)
