"""Events that remember how they were reached, so that ways nobody can drive fall away.

The linear relaxation joins drives that fit two by two but not one after the
other. Splitting an event by the event before it lengthens its memory by one
stop; sequences that cannot be timed are then gone. Only events where the
relaxation joins such drives are split, or all that it uses where nothing more
is seen, so the graph grows where it pays.
"""

from typing import NamedTuple

import numpy as np

from tus_dispatch.solver.event_ground import FAR_S, Ground
from tus_dispatch.solver.events import DEPOT, EventGraph, kept
from tus_dispatch.solver.instance import Bools, Ints

BATCH = 50_000
ALWAYS_S = np.int64(4 * FAR_S)


class _Stay(NamedTuple):
    """A ride of one person per row: the time at ``a`` is at least that at ``b`` + ``least_s``."""

    a: Ints
    b: Ints
    least_s: Ints


def split(ground: Ground, graph: EventGraph, chosen: Bools, most_arcs: int) -> EventGraph | None:
    """Split events by the arcs that lead to them.

    Parameters
    ----------
    ground
        Drives and windows.
    graph
        Priced.
    chosen
        Events to split, shape ``(events,)``; the depot never is.
    most_arcs
        Where to give up.

    Returns
    -------
    EventGraph or None
        Every route of ``graph`` that can be timed, at the same price; None
        when there would be more than ``most_arcs`` arcs.
    """
    chosen = chosen.copy()
    chosen[DEPOT] = False
    tail, head = graph.tail, graph.head
    into = np.flatnonzero(chosen[head])
    whole = np.flatnonzero(~chosen)
    path, aboard = _longer(graph, whole, into)
    kind = np.concatenate([graph.kind[whole], graph.kind[head[into]]])
    number = np.full(len(graph.path), -1, dtype=np.int64)
    number[whole] = np.arange(len(whole))
    head_of = number[head]
    head_of[into] = len(whole) + np.arange(len(into))

    single = np.flatnonzero(~chosen[tail])
    before, arc = _joined(graph, into, np.flatnonzero(chosen[tail]))
    if len(single) + len(arc) > most_arcs:
        return None
    new_tail = head_of[before]
    ends = head[arc] == DEPOT
    fits = ends.copy()
    for rows in np.array_split(np.flatnonzero(~ends), 1 + len(arc) // BATCH):
        states = new_tail[rows]
        ways = np.concatenate([path[states], graph.last[head[arc[rows]]][:, None]], axis=1)
        fits[rows] = ways_can_be_timed(ground, ways, aboard[states], kind[states])
    arc, new_tail = arc[fits], new_tail[fits]
    longer = EventGraph(
        path,
        aboard,
        kind,
        np.concatenate([number[tail[single]], new_tail]),
        np.concatenate([head_of[single], head_of[arc]]),
        np.concatenate([graph.price[single], graph.price[arc]]),
    )
    return kept(longer, np.ones(len(longer.tail), dtype=np.bool_)).graph


def torn(ground: Ground, graph: EventGraph, used: Bools) -> Bools:
    """Tell which events lie between two used arcs that cannot be driven one after the other.

    Parameters
    ----------
    ground, graph
        As in :func:`split`.
    used
        Arcs that count, shape ``(arcs,)``.

    Returns
    -------
    ndarray of bool, shape (events,)
        Never true for the depot.
    """
    inside = used & (graph.head != DEPOT)
    before, arc = _joined(graph, np.flatnonzero(inside), np.flatnonzero(inside))
    event = graph.tail[arc]
    path, aboard = _longer(graph, np.empty(0, dtype=np.int64), before)
    ways = np.concatenate([path, graph.last[graph.head[arc]][:, None]], axis=1)
    found = np.zeros(len(graph.path), dtype=np.bool_)
    found[event[~ways_can_be_timed(ground, ways, aboard, graph.kind[event])]] = True
    return found


def _longer(graph: EventGraph, whole: Ints, into: Ints) -> tuple[Ints, Ints]:
    """Return paths and people of the events left whole, then of one event per arc."""
    tail, head = graph.tail[into], graph.head[into]
    pad = np.full((len(whole), 1), -1, dtype=np.int64)
    path = np.concatenate(
        [
            np.concatenate([pad, graph.path[whole]], axis=1),
            np.concatenate([graph.path[tail], graph.last[head][:, None]], axis=1),
        ]
    )
    starts = (tail == DEPOT)[:, None]
    aboard = np.where(starts, graph.aboard[head], graph.aboard[tail])
    unused = int((path[:, 0] < 0).all())
    return path[:, unused:], np.concatenate([graph.aboard[whole], aboard])


def _joined(graph: EventGraph, into: Ints, out: Ints) -> tuple[Ints, Ints]:
    """Join every arc into an event with every arc out of it."""
    into = into[np.argsort(graph.head[into], kind="stable")]
    count = np.bincount(graph.head[into], minlength=len(graph.path))
    begin = np.cumsum(count) - count
    n_before = count[graph.tail[out]]
    arc = np.repeat(out, n_before)
    nth = np.arange(len(arc)) - np.repeat(np.cumsum(n_before) - n_before, n_before)
    return into[begin[graph.tail[arc]] + nth], arc


def ways_can_be_timed(ground: Ground, ways: Ints, aboard: Ints, kind: Ints) -> Bools:
    """Tell which stretches of a route keep their windows and ride limits.

    Parameters
    ----------
    ground
        Drives and windows.
    ways
        Nodes one after the other, -1 in front of shorter ones, shape
        ``(rows, length)``.
    aboard
        Requests aboard after the first node, -1 for none, shape
        ``(rows, most)``.
    kind
        Kind of vehicle, shape ``(rows,)``.

    Returns
    -------
    ndarray of bool, shape (rows,)
        False only where no feasible route contains the stretch: it cannot be
        timed, even if everybody else gets in and out at the best place, or it
        serves somebody twice.
    """
    clock = _Clock(ground, ways, aboard, kind)
    twice = (ways[:, :-1] == ways[:, -1:]).any(axis=1)
    fits: Bools = clock.can_be_timed() & ~twice
    return fits


class _Clock:
    """The least schedule of many stretches at once."""

    def __init__(self, ground: Ground, ways: Ints, aboard: Ints, kind: Ints) -> None:
        self.ground = ground
        self.kind = kind
        self.ways = ways
        is_node = ways >= 0
        node = np.where(is_node, ways, 0)
        self.rows = np.arange(len(ways))
        self.first = np.argmax(is_node, axis=1)
        self.first_node = node[self.rows, self.first]
        self.last_node = node[:, -1]
        self.x = np.where(is_node, ground.kind_earliest_s[kind[:, None], node], -ALWAYS_S)
        self.latest_s = np.where(is_node, ground.kind_latest_s[kind[:, None], node], ALWAYS_S)
        service_s = ground.instance.service_s[node]
        drive_s = ground.drive_s[node[:, :-1], node[:, 1:]] + service_s[:, :-1]
        self.step_s = np.where(is_node[:, :-1], drive_s, 0)
        self.last_service_s = service_s[:, -1]
        self.stays = [self._from_before(person) for person in aboard.T]
        self.stays += [self._from_inside(at) for at in range(1, ways.shape[1])]

    def can_be_timed(self) -> Bools:
        x, length = self.x, self.ways.shape[1]
        for _ in range(length + 3):
            for i in range(1, length):
                np.maximum(x[:, i], x[:, i - 1] + self.step_s[:, i - 1], out=x[:, i])
            before = x.copy()
            for a, b, least_s in self.stays:
                x[self.rows, a] = np.maximum(x[self.rows, a], x[self.rows, b] + least_s)
            if np.array_equal(x, before):
                break
        fits: Bools = (x == before).all(axis=1) & (x <= self.latest_s).all(axis=1)
        return fits

    def _from_before(self, person: Ints) -> _Stay:
        """Bound the ride of somebody aboard after the first node, who may have boarded before."""
        ground, first = self.ground, self.first_node
        exists = person >= 0
        person = np.where(exists, person, 0)
        service_s = ground.instance.service_s[person]
        since_s = ground.reach_s[person, first]
        boards_here = first == person
        earliest_s = ground.kind_earliest_s[self.kind, person] + service_s + since_s
        at = self.rows, self.first
        is_before = exists & ~boards_here
        self.x[at] = np.maximum(self.x[at], np.where(is_before, earliest_s, -ALWAYS_S))
        return self._stay(person, self.first, np.where(boards_here, -service_s, since_s), exists)

    def _from_inside(self, at: int) -> _Stay:
        """Bound the ride of somebody who boards after the first node, if anybody does there."""
        person = self.ways[:, at]
        exists = (person >= 0) & (person < self.ground.n) & (at > self.first)
        person = np.where(exists, person, 0)
        board = np.full(len(person), at)
        return self._stay(person, board, -self.ground.instance.service_s[person], exists)

    def _stay(self, person: Ints, board: Ints, since_s: Ints, exists: Bools) -> _Stay:
        ground, last = self.ground, self.ways.shape[1] - 1
        dropoff = person + ground.n
        found = self.ways == dropoff[:, None]
        leaves_here = found.any(axis=1)
        until_s = self.last_service_s + ground.reach_s[self.last_node, dropoff]
        until_s = np.where(leaves_here, 0, until_s)
        leave = np.where(leaves_here, found.argmax(axis=1), last)
        is_after = exists & ~leaves_here
        latest_s = np.where(is_after, ground.kind_latest_s[self.kind, dropoff] - until_s, ALWAYS_S)
        self.latest_s[:, -1] = np.minimum(self.latest_s[:, -1], latest_s)
        least_s = since_s + until_s - ground.instance.max_ride_s[person]
        return _Stay(board, leave, np.where(exists, least_s, -2 * ALWAYS_S))
