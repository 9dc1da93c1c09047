"""Made-up benchmark files of the families of the literature, as text of their formats.

Drawn by the published rules: Cordeau (2006) for a and b, Cordeau and Laporte
(2003) for R, Li and Lim (2001) for pairs. Each request can be served on its
own within its windows, the depot's and its ride limit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

HALF_SIDE = 10.0
ALL_DAY = (0.0, 1440.0)
MINUTES_PER_REQUEST = 60
SHORTEST_DAY = 240

Point = tuple[float, float]
Window = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rules:
    """How a dial-a-ride family is drawn.

    Attributes
    ----------
    capacity, max_ride
        Of the header.
    widths
        Narrowest and widest window of the end that has one.
    service
        Minutes at a door, or None for one per person.
    largest_load
        Loads are drawn from 1 to this.
    max_duty, closing
        Longest route and closing of the depot; None for one hour per request
        and vehicle, both alike.
    n_seeds
        Villages that places gather around; 0 for places anywhere.
    """

    capacity: int
    max_ride: int
    widths: tuple[int, int]
    service: int | None
    largest_load: int
    max_duty: int | None = None
    closing: int | None = None
    n_seeds: int = 0


FAMILIES = {
    "a": Rules(3, 30, (15, 15), service=3, largest_load=1),
    "b": Rules(6, 45, (15, 15), service=None, largest_load=6),
    "Ra": Rules(6, 90, (15, 45), 10, 1, max_duty=480, closing=1440, n_seeds=4),
    "Rb": Rules(6, 90, (30, 90), 10, 1, max_duty=480, closing=1440, n_seeds=4),
}


def dial_a_ride(family: str, *, n_requests: int, n_vehicles: int, seed: int) -> str:
    """Draw a dial-a-ride file.

    Parameters
    ----------
    family
        Key of ``FAMILIES``.
    n_requests, n_vehicles
        Its size; half of the requests have a window at the dropoff
        (outbound), the others at the pickup.
    seed
        Same arguments, same text.

    Returns
    -------
    str
        In the format of Cordeau, with the depot again as its last row.
    """
    rules, rng = FAMILIES[family], np.random.default_rng(seed)
    horizon = max(SHORTEST_DAY, MINUTES_PER_REQUEST * n_requests // n_vehicles)
    max_duty = rules.max_duty or horizon
    closing = rules.closing or horizon
    draw = _places(rng, rules.n_seeds)
    ground = _Ground(rng, draw, draw() if rules.n_seeds else (0.0, 0.0), max_duty)
    pickups, dropoffs = [], []
    for request in range(n_requests):
        load = int(rng.integers(1, rules.largest_load + 1))
        service = load if rules.service is None else rules.service
        is_outbound = request < n_requests // 2
        ends, windows = _request(ground, rules, service, is_outbound)
        pickups.append((*ends[0], service, load, *windows[0]))
        dropoffs.append((*ends[1], service, -load, *windows[1]))
    home = (*ground.depot, 0, 0, 0, closing)
    header = f"{n_vehicles} {n_requests} {max_duty} {rules.capacity} {rules.max_ride}"
    rows = [home, *pickups, *dropoffs, home]
    return "\n".join([header, *(_line(number, row) for number, row in enumerate(rows))]) + "\n"


class _Ground(NamedTuple):
    """Where requests are drawn, and how long a route may take."""

    rng: Generator
    draw: Callable[[], Point]
    depot: Point
    longest: int


def _request(
    ground: _Ground, rules: Rules, service: int, is_outbound: bool
) -> tuple[tuple[Point, Point], tuple[Window, Window]]:
    """Draw until the request alone fits into the time a route may take."""
    rng, depot, longest = ground.rng, ground.depot, ground.longest
    while True:
        origin, destination = ground.draw(), ground.draw()
        direct = _distance(origin, destination)
        width = int(rng.integers(rules.widths[0], rules.widths[1] + 1))
        opens = int(rng.integers(0, longest - 60)) + (60 if is_outbound else 0)
        there = _distance(depot, origin) + service + direct
        first = opens if is_outbound else max(opens, _distance(depot, origin)) + service + direct
        back = max(first, there) + service + _distance(destination, depot)
        if direct > rules.max_ride or back > longest or (is_outbound and there > opens + width):
            continue
        window = (float(opens), float(opens + width))
        windows = (ALL_DAY, window) if is_outbound else (window, ALL_DAY)
        return (origin, destination), windows


def _places(rng: Generator, n_seeds: int) -> Callable[[], Point]:
    """Return a source of places; near a seed point they are more likely."""
    seeds = [_anywhere(rng) for _ in range(n_seeds)]

    def draw() -> Point:
        while True:
            point = _anywhere(rng)
            nearness = sum(float(np.exp(-_distance(point, seed))) for seed in seeds)
            if not seeds or rng.random() < nearness:
                return point

    return draw


def _anywhere(rng: Generator) -> Point:
    x, y = rng.uniform(-HALF_SIDE, HALF_SIDE, size=2)
    return round(float(x), 3), round(float(y), 3)


def pairs(*, n_pairs: int, n_vehicles: int, seed: int) -> str:
    """Draw a pickup-and-delivery file with the short horizon of the lr1 set.

    Parameters
    ----------
    n_pairs, n_vehicles
        Its size; with as many vehicles as pairs it can always be served.
    seed
        Same arguments, same text.

    Returns
    -------
    str
        In the format of Li and Lim.
    """
    rng = np.random.default_rng(seed)
    horizon, service, width, depot = 230, 10, 10, (35.0, 35.0)
    rows: list[tuple[float, ...]] = [(*depot, 0, 0, horizon, 0, 0, 0)]
    while len(rows) < 2 * n_pairs + 1:
        origin, destination = (
            (float(rng.integers(0, 71)), float(rng.integers(0, 71))) for _ in range(2)
        )
        there, direct = _distance(depot, origin), _distance(origin, destination)
        latest = horizon - _distance(destination, depot) - 2 * service - direct
        if latest - width <= there + 1:
            continue
        opens = int(rng.integers(int(np.ceil(there)), int(latest - width) + 1))
        reaches = int(np.ceil(opens + service + direct))
        load = int(rng.integers(5, 31))
        number = len(rows)
        rows.append((*origin, load, opens, opens + width, service, 0, number + 1))
        rows.append((*destination, -load, reaches, reaches + width, service, number, 0))
    header = f"{n_vehicles} 200 1"
    lines = ("\t".join(f"{value:g}" for value in chain((i,), row)) for i, row in enumerate(rows))
    return "\n".join([header, *lines]) + "\n"


def _line(number: int, row: tuple[float, ...]) -> str:
    x, y, *rest = row
    return f"{number:3d} {x:8.3f} {y:8.3f} " + " ".join(f"{value:4g}" for value in rest)


def _distance(a: Point, b: Point) -> float:
    return float(np.hypot(a[0] - b[0], a[1] - b[1]))
