"""What every arc of the event graph costs at least, by the instance's own objective.

A price may be too low but never too high: waiting counts where the windows
force it, comfort counts from the rides that cannot be shorter. For distance
alone the price is exact.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.solver.event_ground import FAR_S, Ground
from tus_dispatch.solver.events import DEPOT, EventGraph
from tus_dispatch.solver.instance import Ints

Doubles = NDArray[np.float64]

NEVER = 1e18


def with_distance(ground: Ground, graph: EventGraph, arc_cost: Doubles) -> EventGraph:
    """Price arcs by a table of costs between locations, and by nothing else.

    Parameters
    ----------
    ground, graph
        The instance as the exact model sees it, and its events.
    arc_cost
        Shape ``(l, l)``.

    Returns
    -------
    EventGraph
        Priced.
    """
    instance = ground.instance
    place = instance.location[graph.last]
    starts, ends = graph.tail == DEPOT, graph.head == DEPOT
    kind = np.where(starts, graph.kind[graph.head], graph.kind[graph.tail])
    vehicle = np.array([members[0] for members in ground.kinds])[kind]
    begin = np.where(starts, instance.start_location[vehicle], place[graph.tail])
    end = np.where(ends, instance.end_location[vehicle], place[graph.head])
    return replace(graph, price=arc_cost[begin, end].astype(np.float64))


def with_prices(ground: Ground, graph: EventGraph) -> EventGraph:
    """Price arcs by the objective of the instance, penalties apart.

    Parameters
    ----------
    ground
        The instance as the exact model sees it.
    graph
        Fresh from ``event_graph``: its events remember one node.

    Returns
    -------
    EventGraph
        Priced in thousandths of a cent.
    """
    last = graph.last
    tail, head = last[graph.tail], last[graph.head]
    starts, ends = graph.tail == DEPOT, graph.head == DEPOT
    kind = np.where(starts, graph.kind[graph.head], graph.kind[graph.tail])
    price = np.zeros(len(tail))
    price[starts] = _first_drives(ground)[kind[starts], head[starts]]
    price[ends] = _last_drives(ground)[kind[ends], tail[ends] - ground.n]
    between = np.flatnonzero(~starts & ~ends)
    drives = _Drives(ground, tail[between], head[between], kind[between])
    price[between] = drives.price() + drives.price_aboard(graph.aboard[graph.tail[between]])
    boards = ~ends & (head < ground.n)
    price[boards] += _per_request(ground)[kind[boards], head[boards]]
    return replace(graph, price=price)


class _Drives:
    """Drives between stops: seconds and prices of each, shape ``(arcs,)``."""

    def __init__(self, ground: Ground, tail: Ints, head: Ints, kind: Ints) -> None:
        instance = ground.instance
        self.weights = instance.weights
        self.is_paid_by_span = _is_paid_by_span(ground)[kind]
        self.metres = instance.distance_m[instance.location[tail], instance.location[head]]
        self.service_s = instance.service_s[tail]
        self.drive_s = ground.drive_s[tail, head]
        self.boards_first = tail < ground.n
        due_s = ground.kind_earliest_s[kind, head] - ground.kind_latest_s[kind, tail]
        # The least time from one start of service to the next.
        self.least_s = np.maximum(self.service_s + self.drive_s, due_s)

    def price(self) -> Doubles:
        duty = _times(self.least_s, self.weights.per_duty_second)
        metres = _times(self.metres, self.weights.per_metre)
        return metres + np.where(self.is_paid_by_span, 0.0, duty)

    def price_aboard(self, aboard: Ints) -> Doubles:
        """Price what the people aboard bear: their time, and standing still."""
        n_aboard = (aboard >= 0).sum(axis=1)
        # The ride of whoever boarded last begins only after boarding.
        ride_s = self.least_s * n_aboard - np.where(self.boards_first, self.service_s, 0)
        price = _times(ride_s, self.weights.per_excess_ride_second)
        return price + _times(self.wait_s() * n_aboard, self.weights.per_wait_aboard_second)

    def wait_s(self) -> Ints:
        wait_s: Ints = self.least_s - self.service_s - self.drive_s
        return wait_s


def _is_paid_by_span(ground: Ground) -> NDArray[np.bool_]:
    """Tell for which kinds the hours say more about the duty than its drives do.

    Both ways are valid. Drives lose a little at every stop with a window; the
    hours lose what sign-on and sign-off may move.
    """
    firsts = [members[0] for members in ground.kinds]
    instance = ground.instance
    longest_s = (instance.end_latest_s - instance.start_earliest_s)[firsts]
    by_span: NDArray[np.bool_] = longest_s - ground.span_s <= ground.span_s // 2
    return by_span


def _times(amount: Ints, weight: int) -> Doubles:
    """Price an amount; in doubles, since sums of products may leave the integers."""
    price: Doubles = amount.astype(np.float64) * float(weight)
    return price


def _per_request(ground: Ground) -> Doubles:
    """Price what a served request bears on any route of a kind, shape ``(kinds, n)``.

    The direct drive is given back, since only the time beyond it counts.
    """
    instance, weights, n = ground.instance, ground.instance.weights, ground.n
    pickup_s, dropoff_s = instance.target_s[:n], instance.target_s[n:]
    late_s = np.maximum(0, ground.kind_earliest_s[:, :n] - pickup_s)
    early_s = np.maximum(0, dropoff_s - ground.kind_latest_s[:, n:])
    price = _times(np.where(pickup_s < 0, 0, late_s), weights.per_late_second)
    price += _times(np.where(dropoff_s < 0, 0, early_s), weights.per_early_second)
    return price - _times(instance.direct_s, weights.per_excess_ride_second)


def _first_drives(ground: Ground) -> Doubles:
    """Return the price of starting a route at each pickup, shape ``(kinds, n)``."""
    instance, weights, n = ground.instance, ground.instance.weights, ground.n
    vehicle = np.array([members[0] for members in ground.kinds])
    ways = np.ix_(instance.start_location[vehicle], instance.location[:n])
    drive_s, metres = instance.duration_s[ways], instance.distance_m[ways]
    idle_s = ground.kind_earliest_s[:, :n] - instance.start_latest_s[vehicle][:, None]
    price = _times(metres, weights.per_metre)
    paid_s = np.where(
        _is_paid_by_span(ground)[:, None], ground.span_s[:, None], np.maximum(drive_s, idle_s)
    )
    price += _times(paid_s, weights.per_duty_second)
    used = weights.per_round + instance.is_open[vehicle] * weights.per_open_round
    price += _times(used, 1)[:, None]
    arrive_s = instance.start_earliest_s[vehicle][:, None] + drive_s
    on_time = arrive_s <= ground.kind_latest_s[:, :n]
    return np.where((drive_s >= 0) & on_time, price, NEVER)


def _last_drives(ground: Ground) -> Doubles:
    """Return the price of ending a route after each dropoff, shape ``(kinds, n)``."""
    instance, weights, n = ground.instance, ground.instance.weights, ground.n
    vehicle = np.array([members[0] for members in ground.kinds])
    ways = np.ix_(instance.location[n : 2 * n], instance.end_location[vehicle])
    drive_s, metres = instance.duration_s[ways].T, instance.distance_m[ways].T
    home_s = instance.service_s[n : 2 * n][None, :] + drive_s
    idle_s = instance.end_earliest_s[vehicle][:, None] - ground.kind_latest_s[:, n:]
    price = _times(metres, weights.per_metre)
    paid_s = np.where(_is_paid_by_span(ground)[:, None], 0, np.maximum(home_s, idle_s))
    price += _times(paid_s, weights.per_duty_second)
    arrive_s = ground.kind_earliest_s[:, n:] + home_s
    on_time = arrive_s <= instance.end_latest_s[vehicle][:, None]
    return np.where((drive_s >= 0) & on_time, price, NEVER)


def never_happens(ground: Ground, graph: EventGraph) -> NDArray[np.bool_]:
    """Tell which arcs no vehicle can drive, or make people wait aboard too long.

    Parameters
    ----------
    ground
        The instance as the exact model sees it.
    graph
        Priced by :func:`with_prices`.

    Returns
    -------
    ndarray of bool, shape (arcs,)
        Arcs to leave out.
    """
    found = graph.price >= NEVER / 2
    inside = np.flatnonzero((graph.tail != DEPOT) & (graph.head != DEPOT))
    tail, head = graph.tail[inside], graph.head[inside]
    drives = _Drives(ground, graph.last[tail], graph.last[head], graph.kind[tail])
    peopled = (graph.aboard[tail] >= 0).any(axis=1)
    too_long = peopled & (drives.wait_s() > ground.instance.max_wait_aboard_s)
    found[inside] |= too_long | (drives.drive_s >= FAR_S)
    return found
