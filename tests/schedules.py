"""What given times of a route cost people and the association, counted without the solver."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog

from tests.timing_oracle import ZERO, break_node, edges_of
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.solution import Route


class Felt(NamedTuple):
    """Seconds of one schedule that somebody pays or feels, in the words of the weights."""

    duty: int
    excess_ride: int
    wait_aboard: int
    early: int
    late: int

    def price(self, instance: Instance) -> int:
        """Price of what depends on the times."""
        return sum(a * b for a, b in zip(self, time_weights(instance), strict=True))


def time_weights(instance: Instance) -> tuple[int, int, int, int, int]:
    """The instance's weights in the order of ``Felt``."""
    w = instance.weights
    return (
        w.per_duty_second,
        w.per_excess_ride_second,
        w.per_wait_aboard_second,
        w.per_early_second,
        w.per_late_second,
    )


def felt(instance: Instance, route: Route) -> Felt:
    """Count the seconds of a route's own times."""
    n = instance.n_requests
    at = dict(zip(route.nodes, route.start_s, strict=True))
    excess_s = early_s = late_s = 0
    for node, start_s in at.items():
        target_s = int(instance.target_s[node]) if node < 2 * n else -1
        if target_s >= 0 and node < n:
            late_s += max(0, start_s - target_s)
        elif target_s >= 0:
            early_s += max(0, target_s - start_s)
        if n <= node < 2 * n:
            ride_s = start_s - at[node - n] - int(instance.service_s[node - n])
            excess_s += max(0, ride_s - int(instance.direct_s[node - n]))
    return Felt(
        route.sign_off_s - route.sign_on_s, excess_s, _waited_s(instance, route), early_s, late_s
    )


def _waited_s(instance: Instance, route: Route) -> int:
    n, here = instance.n_requests, int(instance.start_location[route.vehicle])
    waited_s, n_aboard, free_s = 0, 0, route.sign_on_s
    for node, start_s in zip(route.nodes, route.start_s, strict=True):
        there = here if instance.location[node] < 0 else int(instance.location[node])
        arrival_s = free_s + int(instance.duration_s[here, there])
        waited_s += n_aboard * (start_s - arrival_s)
        n_aboard += 1 if node < n else -1 if node < 2 * n else 0
        here, free_s = there, start_s + int(instance.service_s[node])
    return waited_s


def kindness(instance: Instance, route: Route) -> tuple[int, int, int, int]:
    """What is kept small, the weightiest first: what the kindest times are the least of."""
    seconds = felt(instance, route)
    return (
        seconds.price(instance),
        seconds.excess_ride + seconds.wait_aboard,
        seconds.duty,
        route.sign_off_s,
    )


def longest_duty_s(instance: Instance, vehicle: int, nodes: Sequence[int]) -> int:
    """Longest duty of an order, shorter where it has to do without its break."""
    longest_s, pause = int(instance.max_duty_s[vehicle]), break_node(instance, vehicle)
    if pause >= 0 and pause not in nodes:
        longest_s = min(longest_s, int(instance.break_after_s[vehicle]))
    return longest_s


def least_price(instance: Instance, vehicle: int, nodes: Sequence[int]) -> float | None:
    """Least price of what depends on the times of an order, by a linear programme of SciPy."""
    edges, end = edges_of(instance, vehicle, nodes, longest_duty_s(instance, vehicle, nodes))
    wishes = list(_wishes(instance, nodes))
    n_moments = end + 1
    price = np.zeros(n_moments + len(wishes))
    price[[1, end]] += np.array([-1, 1]) * instance.weights.per_duty_second
    constant = _price_waits(instance, vehicle, nodes, price)
    rows = np.zeros((len(edges) + len(wishes), len(price)))
    bounds = []
    for row, (u, v, least) in zip(rows, [*edges, *(wish[:3] for wish in wishes)], strict=True):
        row[u] += 1
        row[v] -= 1
        bounds.append(-least)
    for at, (*_, weight) in enumerate(wishes):
        rows[len(edges) + at, n_moments + at] = -1
        price[n_moments + at] = weight
    domain = [(0, 0), *([(0, None)] * (len(price) - 1))]
    found = linprog(price, A_ub=rows, b_ub=bounds, bounds=domain)
    return None if found.fun is None else found.fun - constant


def _wishes(instance: Instance, nodes: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """Rules that may be broken at a price; vertices as in ``edges_of``."""
    n = instance.n_requests
    _, excess, _, early, late = time_weights(instance)
    vertex = {node: 2 + at for at, node in enumerate(nodes)}
    for node, own in vertex.items():
        if n <= node < 2 * n:
            direct_s = int(instance.service_s[node - n] + instance.direct_s[node - n])
            yield own, vertex[node - n], -direct_s, excess
        if node < 2 * n and instance.target_s[node] >= 0:
            target_s = int(instance.target_s[node])
            yield (own, ZERO, -target_s, late) if node < n else (ZERO, own, target_s, early)


def _price_waits(
    instance: Instance, vehicle: int, nodes: Sequence[int], price: np.ndarray
) -> float:
    """Add the price of waiting aboard to the moments; return what driving takes away from it."""
    n, here = instance.n_requests, int(instance.start_location[vehicle])
    n_aboard, service_s, driven = 0, 0, 0
    for vertex, node in enumerate(nodes, start=2):
        there = here if instance.location[node] < 0 else int(instance.location[node])
        weight = n_aboard * instance.weights.per_wait_aboard_second
        price[vertex] += weight
        price[vertex - 1] -= weight
        driven += weight * (service_s + int(instance.duration_s[here, there]))
        n_aboard += 1 if node < n else -1 if node < 2 * n else 0
        here, service_s = there, int(instance.service_s[node])
    return driven
