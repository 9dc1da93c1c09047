"""What every arc of the event graph costs at least, by the instance's own objective.

A price may be too low but never too high: the first and last drive take the
cheapest vehicle, waiting counts where the windows force it, comfort counts
from the rides that cannot be shorter. With one depot and distance alone the
price is exact.
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
        All vehicles start at one location and end at one.
    arc_cost
        Shape ``(l, l)``.

    Returns
    -------
    EventGraph
        Priced.
    """
    instance = ground.instance
    place = instance.location[graph.last]
    begin = np.where(graph.last < 0, instance.start_location[0], place)
    end = np.where(graph.last < 0, instance.end_location[0], place)
    return replace(graph, price=arc_cost[begin[graph.tail], end[graph.head]].astype(np.float64))


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
    price = np.zeros(len(tail))
    starts, ends = graph.tail == DEPOT, graph.head == DEPOT
    price[starts] = _first_drives(ground)[head[starts]]
    price[ends] = _last_drives(ground)[tail[ends]]
    between = ~starts & ~ends
    price[between] = _drives(ground, tail[between], head[between])
    price[between] += _aboard(
        ground, tail[between], head[between], graph.aboard[graph.tail[between]]
    )
    boards = ~ends & (head < ground.n)
    price[boards] += _per_request(ground)[head[boards]]
    return replace(graph, price=price)


def _drives(ground: Ground, tail: Ints, head: Ints) -> Doubles:
    instance, weights = ground.instance, ground.instance.weights
    metres = instance.distance_m[instance.location[tail], instance.location[head]]
    duty_s = _least_s(ground, tail, head)
    return _times(metres, weights.per_metre) + _times(duty_s, weights.per_duty_second)


def _times(amount: Ints, weight: int) -> Doubles:
    """Price an amount; in doubles, since sums of products may leave the integers."""
    price: Doubles = amount.astype(np.float64) * float(weight)
    return price


def _least_s(ground: Ground, tail: Ints, head: Ints) -> Ints:
    """Return the least time from one start of service to the next."""
    moving_s = ground.instance.service_s[tail] + ground.drive_s[tail, head]
    least_s: Ints = np.maximum(moving_s, ground.earliest_s[head] - ground.latest_s[tail])
    return least_s


def _aboard(ground: Ground, tail: Ints, head: Ints, aboard: Ints) -> Doubles:
    """Price what the people aboard bear: time beyond the direct drive, and standing still."""
    weights = ground.instance.weights
    service_s = ground.instance.service_s[tail]
    least_s = _least_s(ground, tail, head)
    n_aboard = (aboard >= 0).sum(axis=1)
    wait_s = np.maximum(0, least_s - service_s - ground.drive_s[tail, head])
    # The ride of whoever boarded last begins only after boarding.
    ride_s = least_s * n_aboard - np.where(tail < ground.n, service_s, 0)
    price = _times(ride_s, weights.per_excess_ride_second)
    return price + _times(wait_s * n_aboard, weights.per_wait_aboard_second)


def _per_request(ground: Ground) -> Doubles:
    """Price what a served request bears whatever its route; the direct drive is given back."""
    instance, weights, n = ground.instance, ground.instance.weights, ground.n
    target_s = instance.target_s
    late_s = np.where(target_s[:n] < 0, 0, np.maximum(0, ground.earliest_s[:n] - target_s[:n]))
    early_s = np.where(target_s[n:] < 0, 0, np.maximum(0, target_s[n:] - ground.latest_s[n:]))
    price = _times(late_s, weights.per_late_second) + _times(early_s, weights.per_early_second)
    return price - _times(instance.direct_s, weights.per_excess_ride_second)


def _first_drives(ground: Ground) -> Doubles:
    """Return the price of the cheapest start of a route at each pickup, shape ``(n,)``."""
    instance, weights, n = ground.instance, ground.instance.weights, ground.n
    pickups = instance.location[:n]
    ways = np.ix_(instance.start_location, pickups)
    drive_s, metres = instance.duration_s[ways], instance.distance_m[ways]
    earliest_s, latest_s = ground.earliest_s[:n], ground.latest_s[:n]
    idle_s = earliest_s[None, :] - instance.start_latest_s[:, None]
    on_time = instance.start_earliest_s[:, None] + drive_s <= latest_s[None, :]
    price = _times(metres, weights.per_metre)
    price += _times(np.maximum(drive_s, idle_s), weights.per_duty_second)
    price += _times(weights.per_round + instance.is_open * weights.per_open_round, 1)[:, None]
    return _cheapest(price, instance.allowed.T & (drive_s >= 0) & on_time)


def _last_drives(ground: Ground) -> Doubles:
    """Return the price of the cheapest end of a route after each dropoff, shape ``(2n,)``."""
    instance, weights, n = ground.instance, ground.instance.weights, ground.n
    dropoffs = instance.location[n : 2 * n]
    ways = np.ix_(dropoffs, instance.end_location)
    drive_s, metres = instance.duration_s[ways].T, instance.distance_m[ways].T
    service_s = instance.service_s[n : 2 * n][None, :]
    earliest_s, latest_s = ground.earliest_s[n:], ground.latest_s[n:]
    idle_s = instance.end_earliest_s[:, None] - latest_s[None, :]
    home_s = earliest_s[None, :] + service_s + drive_s
    on_time = home_s <= instance.end_latest_s[:, None]
    price = _times(metres, weights.per_metre)
    price += _times(np.maximum(service_s + drive_s, idle_s), weights.per_duty_second)
    found = np.full(2 * n, NEVER)
    found[n:] = _cheapest(price, instance.allowed.T & (drive_s >= 0) & on_time)
    return found


def _cheapest(price: Doubles, usable: NDArray[np.bool_]) -> Doubles:
    """Return the least usable price per column."""
    least: Doubles = np.where(usable, price, NEVER).min(axis=0, initial=NEVER)
    return least


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
    last = graph.last
    tail, head = last[graph.tail], last[graph.head]
    inside = (graph.tail != DEPOT) & (graph.head != DEPOT)
    moving_s = ground.instance.service_s[tail] + ground.drive_s[tail, head]
    wait_s = ground.earliest_s[head] - ground.latest_s[tail] - moving_s
    peopled = (graph.aboard[graph.tail] >= 0).any(axis=1)
    too_long = inside & peopled & (wait_s > ground.instance.max_wait_aboard_s)
    gone = inside & (ground.drive_s[tail, head] >= FAR_S)
    found: NDArray[np.bool_] = too_long | gone | (graph.price >= NEVER / 2)
    return found
