"""Exact timing of a fixed order by plain Bellman-Ford, written apart from the solver.

Every rule of an order is a difference constraint ``t[v] >= t[u] + w``, an edge
of a graph whose vertices are the clock's zero, the sign-on, the nodes in order
and the sign-off. The order is feasible exactly when no cycle has a positive
length, and the least difference of two times is the longest path between them.
"""

from collections.abc import Iterator, Sequence

from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.solution import Route

Edge = tuple[int, int, int]
ZERO = 0
SIGN_ON = 1
NEVER = -(10**15)


class UndrivableError(Exception):
    """An order that no times can mend: no way, nobody to drop, a pause with people aboard."""


def edges_of(
    instance: Instance, vehicle: int, nodes: Sequence[int], longest_s: int
) -> tuple[list[Edge], int]:
    """Write down all constraints of an order, its break among the nodes or not.

    Vertex ``2 + i`` is the start of service of ``nodes[i]``. The second value
    is the vertex of the sign-off.
    """
    n = instance.n_requests
    end = 2 + len(nodes)
    edges = list(
        _band(SIGN_ON, instance.start_earliest_s[vehicle], instance.start_latest_s[vehicle])
    )
    edges += _band(end, instance.end_earliest_s[vehicle], instance.end_latest_s[vehicle])
    edges.append((end, SIGN_ON, -longest_s))
    place = int(instance.start_location[vehicle])
    before, service_s = SIGN_ON, 0
    aboard: dict[int, int] = {}
    for vertex, node in enumerate(nodes, start=2):
        there = int(instance.location[node])
        there = place if there < 0 else there
        drive_s = _drive(instance, place, there)
        edges.append((before, vertex, service_s + drive_s))
        edges += _band(vertex, instance.earliest_s[node], instance.latest_s[node])
        if aboard:
            wait_s = int(instance.max_wait_aboard_s)
            edges.append((vertex, before, -(service_s + drive_s + wait_s)))
        if node < n:
            aboard[node] = vertex
        elif node < 2 * n:
            if node - n not in aboard:
                raise UndrivableError
            pickup = aboard.pop(node - n)
            boarded_s = int(instance.service_s[node - n])
            edges.append((vertex, pickup, -(boarded_s + int(instance.max_ride_s[node - n]))))
        elif aboard:
            raise UndrivableError
        elif instance.pause_is_break[node - 2 * n] and instance.break_after_s[vehicle] > 0:
            edges.append((vertex, SIGN_ON, -int(instance.break_after_s[vehicle])))
        place, before, service_s = there, vertex, int(instance.service_s[node])
    if aboard:
        raise UndrivableError
    edges.append(
        (before, end, service_s + _drive(instance, place, int(instance.end_location[vehicle])))
    )
    return edges, end


def longest_paths(edges: Sequence[Edge], source: int, n_vertices: int) -> list[int] | None:
    """Length of the longest way to every vertex, or None when a cycle has no end."""
    longest = [NEVER] * n_vertices
    longest[source] = 0
    for _ in range(n_vertices + 1):
        changed = False
        for u, v, w in edges:
            if longest[u] > NEVER and longest[u] + w > longest[v]:
                longest[v] = longest[u] + w
                changed = True
        if not changed:
            return longest
    return None


def shortest_duty_s(
    instance: Instance, vehicle: int, nodes: Sequence[int], longest_s: int
) -> int | None:
    """Least time from sign-on to sign-off of an order, or None when no times exist."""
    try:
        edges, end = edges_of(instance, vehicle, nodes, longest_s)
    except UndrivableError:
        return None
    if longest_paths(edges, ZERO, end + 1) is None:
        return None
    # The clock's zero is a vertex too, so the way may lead over two windows.
    paths = longest_paths(edges, SIGN_ON, end + 1)
    assert paths is not None
    return paths[end]


def break_places(instance: Instance, vehicle: int, nodes: Sequence[int]) -> Iterator[list[int]]:
    """Yield the order with the vehicle's break before, between and behind all nodes."""
    node = break_node(instance, vehicle)
    for at in range(len(nodes) + 1):
        yield [*nodes[:at], node, *nodes[at:]]


def break_node(instance: Instance, vehicle: int) -> int:
    """Node of a vehicle's break, -1 without any."""
    own = [
        2 * instance.n_requests + pause
        for pause, owner in enumerate(instance.pause_vehicle)
        if owner == vehicle and instance.pause_is_break[pause]
    ]
    return own[0] if own else -1


def duty_without_break_s(instance: Instance, vehicle: int, nodes: Sequence[int]) -> int | None:
    """Shortest duty of an order that does without its break, None when it cannot."""
    longest_s = int(instance.max_duty_s[vehicle])
    if break_node(instance, vehicle) >= 0:
        after_s = int(instance.break_after_s[vehicle])
        if after_s == 0:
            return None
        longest_s = min(longest_s, after_s)
    return shortest_duty_s(instance, vehicle, nodes, longest_s)


def duties_with_break_s(instance: Instance, vehicle: int, nodes: Sequence[int]) -> dict[int, int]:
    """Shortest duty by number of nodes before the break, feasible places only."""
    if break_node(instance, vehicle) < 0:
        return {}
    longest_s = int(instance.max_duty_s[vehicle])
    return {
        at: duty_s
        for at, longer in enumerate(break_places(instance, vehicle, nodes))
        if (duty_s := shortest_duty_s(instance, vehicle, longer, longest_s)) is not None
    }


def broken_constraints(instance: Instance, route: Route) -> list[Edge]:
    """Constraints that the times of a route do not keep."""
    longest_s = int(instance.max_duty_s[route.vehicle])
    pause = break_node(instance, route.vehicle)
    if pause >= 0 and pause not in route.nodes:
        longest_s = min(longest_s, int(instance.break_after_s[route.vehicle]))
    edges, _ = edges_of(instance, route.vehicle, route.nodes, longest_s)
    times = (0, route.sign_on_s, *route.start_s, route.sign_off_s)
    return [(u, v, w) for u, v, w in edges if times[v] < times[u] + w]


def _band(vertex: int, earliest_s: int, latest_s: int) -> tuple[Edge, Edge]:
    return (ZERO, vertex, int(earliest_s)), (vertex, ZERO, -int(latest_s))


def _drive(instance: Instance, origin: int, destination: int) -> int:
    seconds = int(instance.duration_s[origin, destination])
    if seconds < 0:
        raise UndrivableError
    return seconds
