"""The graph of events: who got in or out last, who is aboard, and what can come next.

A route is a way from the depot through events back to it. Capacity, pairing
and precedence hold on every such way by construction; times remain for the
model.

References
----------
.. [1] Gaul, D., Klamroth, K. and Stiglmayr, M. (2022). Event-based MILP models
   for ridepooling applications. *European Journal of Operational Research*,
   301(3), 1048-1063.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from tus_dispatch.solver.event_ground import Ground
from tus_dispatch.solver.event_paths import arcs_can_be_timed, sets_can_be_timed
from tus_dispatch.solver.instance import Bools, Ints

MOST_REQUESTS = 250
MOST_ARCS = 30_000
MOST_CANDIDATES = 3 * MOST_ARCS
MOST_TIMED_TOGETHER = 3
MOST_OTHERS = 2
DEPOT = 0
NOBODY: tuple[int, ...] = ()

Doubles = NDArray[np.float64]
People = tuple[int, ...]
Event = tuple[int, People]


@dataclass(frozen=True, slots=True, eq=False)
class EventGraph:
    """Events and the drives between them.

    Attributes
    ----------
    path
        Nodes up to each event, the last one in the last column; -1 in front
        where less is remembered. A node is a pickup, or ``n`` + request. Row
        0 is the depot at both ends of every route and holds -1 only. Shape
        ``(events, length)``.
    aboard
        Requests aboard after the first node of the path, -1 behind them,
        shape ``(events, most)``.
    kind
        Kind of vehicle of each event, shape ``(events,)``.
    tail, head
        Events at the ends of each arc, shape ``(arcs,)``.
    price
        What a route pays at least for each arc, shape ``(arcs,)``.
    """

    path: Ints
    aboard: Ints
    kind: Ints
    tail: Ints
    head: Ints
    price: Doubles

    @property
    def last(self) -> Ints:
        """Node of each event, -1 for the depot."""
        return self.path[:, -1]


def event_graph(ground: Ground) -> EventGraph | None:
    """Enumerate the events and arcs that feasible routes can use, without prices.

    Parameters
    ----------
    ground
        The instance as the exact model sees it.

    Returns
    -------
    EventGraph or None
        None when there are too many for the exact model; that is told
        quickly.
    """
    if ground.n > MOST_REQUESTS:
        return None
    sets = _company(ground)
    if sets is None:
        return None
    events = [(-1, NOBODY), *_events(ground, sets)]
    arcs = _candidate_arcs(ground, events)
    if arcs is None:
        return None
    tail, head = arcs
    last = np.array([node for node, _ in events], dtype=np.int64)
    most = max(len(people) for people in sets)
    aboard = np.full((len(events), most), -1, dtype=np.int64)
    for row, (_, people) in enumerate(events):
        aboard[row, : len(people)] = people
    kind = np.zeros(len(events), dtype=np.int64)
    graph = EventGraph(last[:, None], aboard, kind, tail, head, np.zeros(len(tail)))
    graph = kept(graph, _can_be_used(ground, graph, events)).graph
    if len(ground.kinds) > 1:
        graph = _per_kind(ground, graph)
    return graph if len(graph.tail) <= MOST_ARCS else None


def _per_kind(ground: Ground, graph: EventGraph) -> EventGraph:
    """Give every kind of vehicle the events and arcs it can take part in."""
    n, events = ground.n, np.arange(len(graph.path))
    people = [tuple(who[who >= 0].tolist()) for who in graph.aboard]
    room = np.stack([ground.kinds_with_room(who) for who in people], axis=1)
    node = np.where(graph.last < 0, 0, graph.last)
    room &= (graph.last < 0) | ground.serves[:, node % n]
    tail, head = graph.tail, graph.head
    v, w = node[tail], node[head]
    inside = (tail != DEPOT) & (head != DEPOT)
    soon_s = ground.kind_earliest_s[:, v] + ground.instance.service_s[v] + ground.drive_s[v, w]
    usable = room[:, tail] & room[:, head] & (~inside | (soon_s <= ground.kind_latest_s[:, w]))
    parts = [np.flatnonzero(usable[kind]) for kind in range(len(ground.kinds))]
    count = len(events) - 1
    all_kinds = range(len(ground.kinds))
    tails = [np.where(tail[a] == DEPOT, DEPOT, tail[a] + count * k) for k, a in enumerate(parts)]
    heads = [np.where(head[a] == DEPOT, DEPOT, head[a] + count * k) for k, a in enumerate(parts)]
    wide = EventGraph(
        np.concatenate([graph.path[:1], *(graph.path[1:] for _ in all_kinds)]),
        np.concatenate([graph.aboard[:1], *(graph.aboard[1:] for _ in all_kinds)]),
        np.concatenate([[0], np.repeat(np.arange(len(ground.kinds)), count)]),
        np.concatenate(tails),
        np.concatenate(heads),
        np.zeros(sum(map(len, parts))),
    )
    return kept(wide, np.ones(len(wide.tail), dtype=np.bool_)).graph


class Kept(NamedTuple):
    """Part of a graph, and the numbers its events had before."""

    graph: EventGraph
    events: Ints


def kept(graph: EventGraph, keep: Bools) -> Kept:
    """Keep some arcs, and of those the ones that lie on a way from depot to depot.

    Parameters
    ----------
    graph
        The events and arcs.
    keep
        Arcs to keep, shape ``(arcs,)``.

    Returns
    -------
    Kept
        With the events that are still needed.
    """
    arcs = np.flatnonzero(keep)
    while True:
        entered = np.zeros(len(graph.path), dtype=np.bool_)
        left = np.zeros(len(graph.path), dtype=np.bool_)
        entered[graph.head[arcs]] = left[graph.tail[arcs]] = True
        alive = entered & left
        lasting = arcs[alive[graph.tail[arcs]] & alive[graph.head[arcs]]]
        if len(lasting) == len(arcs):
            break
        arcs = lasting
    alive[DEPOT] = True
    number = np.cumsum(alive) - 1
    part = EventGraph(
        graph.path[alive],
        graph.aboard[alive],
        graph.kind[alive],
        number[graph.tail[arcs]],
        number[graph.head[arcs]],
        graph.price[arcs],
    )
    return Kept(part, np.flatnonzero(alive))


def lightest_ways(graph: EventGraph, weight: Doubles) -> Doubles:
    """Return what the lightest way from depot to depot over each arc weighs.

    Parameters
    ----------
    graph
        No two of its arcs join the same events.
    weight
        Of each arc, not negative, shape ``(arcs,)``.

    Returns
    -------
    ndarray, shape (arcs,)
        Infinite where no way leads over an arc.
    """
    end = len(graph.path)
    tail, head = graph.tail, np.where(graph.head == DEPOT, end, graph.head)
    shape = (end + 1, end + 1)
    there = dijkstra(sp.csr_array((weight, (tail, head)), shape=shape), indices=[DEPOT])
    back = dijkstra(sp.csr_array((weight, (head, tail)), shape=shape), indices=[end])
    ways: Doubles = there[0, tail] + weight + back[0, head]
    return ways


def _company(ground: Ground) -> frozenset[People] | None:
    """Return every set of people who can be aboard at once, nobody included."""
    singles: list[People] = [(int(r),) for r in np.flatnonzero(ground.is_possible)]
    found: list[People] = [NOBODY, *singles]
    level: list[People] = singles
    while level:
        level = _larger_sets(ground, level)
        found += level
        if len(found) > MOST_ARCS // 4:
            return None
    return frozenset(found)


def _larger_sets(ground: Ground, level: list[People]) -> list[People]:
    """Return the sets of one more person all of whose parts are possible."""
    known = set(level)
    by_start: dict[People, list[int]] = defaultdict(list)
    for people in level:
        by_start[people[:-1]].append(people[-1])
    candidates: list[People] = []
    for start, ends in by_start.items():
        for a, b in combinations(sorted(ends), 2):
            people = (*start, a, b)
            if (
                ground.together[a, b]
                and all(part in known for part in combinations(people, len(people) - 1))
                and ground.kinds_with_room(people).any()
            ):
                candidates.append(people)
        if len(candidates) > MOST_ARCS:
            return candidates
    if not candidates or len(candidates[0]) > MOST_TIMED_TOGETHER:
        return candidates
    fits = sets_can_be_timed(ground, np.array(candidates, dtype=np.int64))
    return [people for people, fit in zip(candidates, fits, strict=True) if fit]


def _events(ground: Ground, sets: frozenset[People]) -> Iterator[Event]:
    for people in sorted(sets):
        for person in people:
            yield person, people
            yield ground.n + person, _without(people, person)


def _candidate_arcs(ground: Ground, events: list[Event]) -> tuple[Ints, Ints] | None:
    """Pair every event with those that may come next; None when there are too many."""
    number = {event: at for at, event in enumerate(events)}
    tails: list[int] = []
    heads: list[int] = []
    for tail, (node, people) in enumerate(events):
        following = [number[event] for event in _following(ground, node, people) if event in number]
        tails += [tail] * len(following)
        heads += following
        if len(tails) > MOST_CANDIDATES:
            return None
    return np.array(tails, dtype=np.int64), np.array(heads, dtype=np.int64)


def _following(ground: Ground, node: int, people: People) -> Iterator[Event]:
    """Name the events that may come next; some of them do not exist."""
    may_board = ground.is_possible.copy()
    for person in people:
        may_board &= ground.together[person]
        may_board[person] = False
    if node >= 0:
        soon_s = ground.earliest_s[node] + ground.instance.service_s[node] + ground.drive_s[node]
        may_board &= ground.same_vehicle[node % ground.n]
        may_board &= (soon_s <= ground.latest_s)[: ground.n]
        may_board[node % ground.n] = False
    for person in np.flatnonzero(may_board).tolist():
        yield person, tuple(sorted((*people, person)))
    for person in people:
        yield ground.n + person, _without(people, person)
    if node >= 0 and not people:
        yield -1, NOBODY


def _without(people: People, person: int) -> People:
    return tuple(other for other in people if other != person)


def _can_be_used(ground: Ground, graph: EventGraph, events: list[Event]) -> Bools:
    """Time what happens around every arc; arcs from and to the depot are left as they are."""
    keep = np.ones(len(graph.tail), dtype=np.bool_)
    groups: dict[tuple[bool, bool, bool, int], list[tuple[int, People]]] = defaultdict(list)
    n = ground.n
    for arc, (tail, head) in enumerate(zip(graph.tail.tolist(), graph.head.tolist(), strict=True)):
        if DEPOT in {tail, head}:
            continue
        (v, aboard), w = events[tail], events[head][0]
        first, second = v % n, w % n
        others = [p for p in aboard if p not in {first, second}]
        for some in combinations(others, min(len(others), MOST_OTHERS)):
            group = (v < n, w < n, first == second, len(some))
            groups[group].append((arc, (first, second, *some)))
    for (begins_in, ends_in, is_same, _), rows in groups.items():
        people = np.array([who for _, who in rows], dtype=np.int64)
        fits = arcs_can_be_timed(ground, people, (begins_in, ends_in), is_same=is_same)
        keep[[arc for (arc, _), fit in zip(rows, fits, strict=True) if not fit]] = False
    return keep
