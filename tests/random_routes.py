"""Small random instances around one route, whose limits are about as tight as its times.

Drives are drawn without any geometry: both ways differ, the triangle
inequality does not hold, and some ways do not exist. Limits are drawn around
the times of one walk along the route, a little to either side, so about half
of the routes are feasible.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np

from tus_dispatch.solver.instance import Bools, CostWeights, Instance, Ints

WEIGHTS = (
    CostWeights(30, 500, 500_000, 2_000_000, 0, 0, 0, 0),
    CostWeights(30, 500, 500_000, 2_000_000, 150, 150, 50, 50),
    CostWeights(1, 0, 0, 0, 0, 0, 0, 0),
    CostWeights(3, 7, 0, 90, 11, 0, 400, 300),
    CostWeights(1, 0, 0, 0, 100, 0, 0, 0),
    CostWeights(0, 1, 0, 0, 0, 0, 0, 0),
)


@dataclass(frozen=True)
class RouteCase:
    """An instance and an order of its only vehicle, the break left out."""

    instance: Instance
    order: tuple[int, ...]


@dataclass(frozen=True)
class _Walk:
    """Times of one walk along an order."""

    start_s: dict[int, int]
    service_s: list[int]
    sign_on_s: int
    sign_off_s: int
    most_waited_s: int


def random_route(rng: Random, *, most_requests: int = 4) -> RouteCase:
    """Draw a route with pauses, perhaps a break, and limits around it."""
    n = rng.randint(1, most_requests)
    n_fixed = rng.choice((0, 0, 0, 1, 2))
    has_break = rng.random() < 0.5
    n_places = rng.randint(2, 8)
    duration, distance = random_tables(rng, n_places)
    n_nodes = 2 * n + n_fixed + has_break
    location = [rng.randrange(n_places) for _ in range(2 * n)]
    location += [rng.choice((-1, rng.randrange(n_places))) for _ in range(n_fixed)]
    location += [-1] * has_break
    order = _random_order(rng, n, n_fixed)
    ends = (rng.randrange(n_places), rng.randrange(n_places))
    walked = list(order)
    if has_break and rng.random() < 0.8:
        walked.insert(rng.choice(_empty_places(order, n)), n_nodes - 1)
    walk = _walk(rng, duration, location, walked, (n, n_nodes), ends)
    # A third of the routes leave room for other orders than their own.
    ease_s = rng.choice((0, 0, 2500))
    earliest, latest = _windows(rng, walk, n_nodes, ease_s)
    direct = [int(duration[location[r], location[n + r]]) for r in range(n)]
    duty_s = walk.sign_off_s - walk.sign_on_s
    start_slack, end_slack = rng.choice((0, 300)), rng.choice((0, 300))
    load = [[rng.randint(0, 2), rng.randint(0, 1), rng.randint(0, 1)] for _ in range(n)]
    configurations = random_configurations(rng)
    instance = Instance(
        duration_s=duration,
        distance_m=distance,
        location=ints(location),
        earliest_s=ints(earliest),
        latest_s=ints(latest),
        service_s=ints(walk.service_s),
        target_s=ints([rng.choice((-1, rng.randint(0, 9000))) for _ in range(2 * n)]),
        load=ints(load),
        max_ride_s=ints(_ride_limits(rng, walk, n, ease_s)),
        direct_s=ints(direct),
        # Nobody serves a leg without a direct way; the ride limit could not be told.
        allowed=np.array([[direct[r] >= 0 and rng.random() < 0.95] for r in range(n)]),
        incompatible=random_quarrels(rng, n),
        partner=ints([-1] * n),
        penalty=ints([10**9] * n),
        start_location=ints([ends[0]]),
        end_location=ints([ends[1]]),
        start_earliest_s=ints([max(0, walk.sign_on_s - start_slack)]),
        start_latest_s=ints([walk.sign_on_s + rng.choice((0, 100))]),
        end_earliest_s=ints([max(0, walk.sign_off_s - end_slack)]),
        end_latest_s=ints([walk.sign_off_s + ease_s + rng.choice((0, 200, 800))]),
        max_duty_s=ints([max(0, duty_s + ease_s + rng.choice((-60, 0, 600)))]),
        range_m=ints([rng.choice((10**6, rng.randint(5_000, 60_000)))]),
        is_open=np.array([rng.random() < 0.3]),
        configuration=ints(configurations),
        configuration_start=ints([0, len(configurations)]),
        pause_vehicle=ints([0] * (n_fixed + has_break)),
        pause_is_break=np.array([False] * n_fixed + [True] * has_break, dtype=np.bool_),
        break_after_s=ints([_break_after_s(rng, walk, n_nodes - 1)]),
        max_wait_aboard_s=max(0, walk.most_waited_s + rng.choice((-20, 0, 0, 100))),
        weights=rng.choice(WEIGHTS),
    )
    return RouteCase(instance, order)


def random_tables(rng: Random, n_places: int) -> tuple[Ints, Ints]:
    """Draw seconds and metres that no map could have."""
    shape = (n_places, n_places)
    duration = ints([[rng.randint(0, 900) for _ in range(n_places)] for _ in range(n_places)])
    distance = ints([[rng.randint(0, 9000) for _ in range(n_places)] for _ in range(n_places)])
    if rng.random() < 0.2:
        gone = np.array([rng.random() < 0.1 for _ in range(duration.size)]).reshape(shape)
        duration[gone] = distance[gone] = -1
    np.fill_diagonal(duration, 0)
    np.fill_diagonal(distance, 0)
    return duration, distance


def random_configurations(rng: Random) -> list[list[int]]:
    """Draw one or two ways to fit out a vehicle."""
    return [[rng.randint(1, 5), rng.randint(0, 2), 1] for _ in range(rng.randint(1, 2))]


def random_quarrels(rng: Random, n: int) -> Bools:
    """Draw who is never aboard with whom."""
    table = np.array([[rng.random() < 0.05 for _ in range(n)] for _ in range(n)]).reshape(n, n)
    table |= table.T
    np.fill_diagonal(table, val=False)
    return table


def ints(values: Sequence[object]) -> Ints:
    """Make an array of the kind an instance holds."""
    return np.array(values, dtype=np.int64)


def _random_order(rng: Random, n: int, n_fixed: int) -> tuple[int, ...]:
    waiting = list(range(n))
    aboard: list[int] = []
    order: list[int] = []
    while waiting or aboard:
        if waiting and (not aboard or (len(aboard) < 3 and rng.random() < 0.55)):
            request = waiting.pop(rng.randrange(len(waiting)))
            aboard.append(request)
            order.append(request)
        else:
            order.append(n + aboard.pop(rng.randrange(len(aboard))))
    for pause in range(2 * n, 2 * n + n_fixed):
        order.insert(rng.choice(_empty_places(order, n)), pause)
    return tuple(order)


def _empty_places(order: Sequence[int], n: int) -> list[int]:
    """Positions with nobody aboard, and now and then one with somebody."""
    aboard, places = 0, [0]
    for at, node in enumerate(order, start=1):
        aboard += 1 if node < n else -1 if node < 2 * n else 0
        if aboard == 0 or at % 7 == 3:
            places.append(at)
    return places


def _walk(
    rng: Random,
    duration: Ints,
    location: Sequence[int],
    order: Sequence[int],
    counts: tuple[int, int],
    ends: tuple[int, int],
) -> _Walk:
    n, n_nodes = counts
    service = [rng.choice((0, 30, 60, 120, 300)) for _ in range(n_nodes)]
    here, now_s = ends[0], rng.randint(0, 3000)
    sign_on_s, starts, waited_s, aboard = now_s, {}, [0], 0
    for node in order:
        there = here if location[node] < 0 else location[node]
        now_s += max(0, int(duration[here, there]))
        wait_s = rng.choice((0, 0, 0, rng.randint(0, 250))) * (1 if aboard else 3)
        if aboard:
            waited_s.append(wait_s)
        now_s += wait_s
        starts[node] = now_s
        now_s += service[node]
        aboard += 1 if node < n else -1 if node < 2 * n else 0
        here = there
    sign_off_s = now_s + max(0, int(duration[here, ends[1]])) + rng.choice((0, 0, 400))
    return _Walk(starts, service, sign_on_s, sign_off_s, max(waited_s))


def _break_after_s(rng: Random, walk: _Walk, node: int) -> int:
    """Draw when a break is due, around the walk's own break if it has one."""
    duty_s = walk.sign_off_s - walk.sign_on_s
    if node not in walk.start_s:
        return rng.choice((0, duty_s // 2, duty_s))
    elapsed_s = walk.start_s[node] - walk.sign_on_s
    return rng.choice((0, max(1, elapsed_s - 30), max(1, elapsed_s), (elapsed_s + duty_s) // 2))


def _windows(rng: Random, walk: _Walk, n_nodes: int, ease_s: int) -> tuple[list[int], list[int]]:
    earliest, latest = [], []
    for node in range(n_nodes):
        # A break is on no walk: its window lies somewhere in the duty.
        start_s = walk.start_s.get(node, rng.randint(walk.sign_on_s, walk.sign_off_s))
        low_s, high_s = rng.choice(((0, 0), (0, 200), (200, 0), (900, 900), (2000, 100)))
        shift_s = rng.choice((90, -90)) if rng.random() < 0.05 else 0
        earliest.append(max(0, start_s - low_s + shift_s - ease_s))
        latest.append(max(earliest[-1], start_s + high_s + shift_s + ease_s))
    return earliest, latest


def _ride_limits(rng: Random, walk: _Walk, n: int, ease_s: int) -> list[int]:
    limits = []
    for request in range(n):
        boarded_s = walk.start_s[request] + walk.service_s[request]
        ride_s = walk.start_s[n + request] - boarded_s
        limits.append(
            max(0, ride_s + rng.choice((0, 0, 60, 600)) - (40 if rng.random() < 0.05 else 0))
        )
    return limits
