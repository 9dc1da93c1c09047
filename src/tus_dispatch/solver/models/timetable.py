"""The kindest times of fixed orders: the cheapest there are, and among those the kindest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tus_dispatch.solver.arrays import (
    BREAK_NODE,
    LOCATION,
    SERVICE_S,
    WEIGHT_NAMES,
    Arrays,
    arrays_of,
)
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.leeway import Leeway, leeway_of
from tus_dispatch.solver.models.least import least_of
from tus_dispatch.solver.solution import Route, Solution
from tus_dispatch.solver.time_rules import (
    CLOCK,
    Rates,
    Row,
    Rule,
    aim_of,
    are_kept,
    row_of,
    rules_of,
)

# What people and drivers notice where the instance's prices leave a choice.
SECONDARY = (Rates(excess_ride=1, wait_aboard=1), Rates(duty=1))

Pairs = tuple[tuple[int, int], ...]


def kindest_times(instance: Instance, route: Route, *, arrays: Arrays | None = None) -> Route:
    """Set the times of a route anew: the cheapest there are, and among those the kindest.

    Parameters
    ----------
    instance
        The problem.
    route
        One with times that keep all rules. Its legs and fixed pauses keep
        their order; a break that may be taken anywhere may move to another
        place with nobody aboard.
    arrays
        The kernels' view, when the caller has it already or has narrowed the
        windows. Linked requests on other routes are not looked at: the caller
        parts their windows.

    Returns
    -------
    Route
        Never dearer. The route itself when its times break a rule, which is
        not set right here, or when prices are too large to reckon with.

    Notes
    -----
    In this order: the price by the instance's weights; excess ride and waiting
    aboard, so that people board as late as their ride allows; the duty. Of the
    schedules left the earliest has the most to spare against delay, so arriving
    at the last moment is a matter of prices alone. A break goes as near to the
    middle of its duty as nothing else has to move for it.
    """
    return _retimed(arrays or arrays_of(instance), (route,), ())[0]


def kindest_solution(
    instance: Instance, solution: Solution, *, arrays: Arrays | None = None
) -> Solution:
    """Set all times of a solution anew, those of linked requests together.

    Parameters
    ----------
    instance
        The problem.
    solution
        With times that keep all rules.
    arrays
        The kernels' view, when the caller has it already.

    Returns
    -------
    Solution
        Every route as by :func:`kindest_times`; routes whose linked requests
        must wait for one another are settled in one programme.
    """
    a = arrays or arrays_of(instance)
    pairs = instance.loose_pairs
    routes = {route.vehicle: route for route in solution.routes}
    for group in _joined(solution.routes, pairs):
        for route in _retimed(a, group, pairs):
            routes[route.vehicle] = route
    return Solution(tuple(routes[route.vehicle] for route in solution.routes), solution.unserved)


def _joined(routes: Sequence[Route], pairs: Pairs) -> list[tuple[Route, ...]]:
    """Gather routes that hold the two requests of a pair."""
    group_of = {route.vehicle: [route] for route in routes}
    vehicle_of = {node: route.vehicle for route in routes for node in route.nodes}
    for first, follower in pairs:
        if first not in vehicle_of or follower not in vehicle_of:
            continue
        one, other = group_of[vehicle_of[first]], group_of[vehicle_of[follower]]
        if one is not other:
            one += other
            group_of |= dict.fromkeys((route.vehicle for route in other), one)
    groups = {id(group): group for group in group_of.values()}
    return [tuple(sorted(group, key=lambda each: each.vehicle)) for group in groups.values()]


@dataclass(frozen=True, slots=True)
class _Choice:
    """Some orders and the times they are left with."""

    rows: tuple[Row, ...]
    leeway: Leeway


def _retimed(a: Arrays, routes: tuple[Route, ...], pairs: Pairs) -> tuple[Route, ...]:
    times = [0]
    for route in routes:
        times += (route.sign_on_s, *route.start_s, route.sign_off_s)
    orders = [(route.vehicle, route.nodes) for route in routes]
    written = _written(a, orders, pairs)
    if written is None or not are_kept(written[1], times):
        return routes
    rows, _ = written
    # One break after the other; the first time whether there is one or not.
    for at in range(len(routes)):
        others = list(_with_break_elsewhere(a, rows[at]))
        if at and not others:
            continue
        choices: list[_Choice] = []
        for nodes in (rows[at].nodes, *others):
            orders[at] = (rows[at].vehicle, nodes)
            choices += _choices(a, orders, pairs)
        best = _best(a, choices, at)
        if best is None:
            return routes
        rows, times = best
        orders[at] = (rows[at].vehicle, rows[at].nodes)
    return tuple(_route_of(row, times) for row in rows)


def _route_of(row: Row, times: Sequence[int]) -> Route:
    start_s = tuple(times[row.first + 1 : row.last])
    return Route(row.vehicle, row.nodes, start_s, times[row.first], times[row.last])


def _written(
    a: Arrays, orders: Sequence[tuple[int, Sequence[int]]], pairs: Pairs
) -> tuple[tuple[Row, ...], list[Rule]] | None:
    """Write down the rules of some orders; None when one of them cannot be driven."""
    rows: list[Row] = []
    rules: list[Rule] = []
    for vehicle, nodes in orders:
        row = row_of(a, vehicle, nodes, rows[-1].last + 1 if rows else CLOCK + 1)
        if row is None:
            return None
        rows.append(row)
        rules += rules_of(a, row)
    if pairs:
        n = len(a.request)
        moment = {node: row.first + 1 + at for row in rows for at, node in enumerate(row.nodes)}
        for first, follower in pairs:
            if n + first in moment and follower in moment:
                over_s = int(a.node[n + first, SERVICE_S])
                rules.append((moment[n + first], moment[follower], over_s))
    return tuple(rows), rules


def _choices(
    a: Arrays, orders: Sequence[tuple[int, Sequence[int]]], pairs: Pairs
) -> Iterator[_Choice]:
    """Yield what there is to choose for some orders, if they have times."""
    written = _written(a, orders, pairs)
    if written is not None:
        rows, rules = written
        leeway = leeway_of(rules, rows[-1].last + 1)
        if leeway is not None:
            yield _Choice(rows, leeway)


def _with_break_elsewhere(a: Arrays, row: Row) -> Iterator[tuple[int, ...]]:
    """Yield the order with its break at every other place with nobody aboard.

    Nothing when it has no break, or one with a place of its own: moving it
    would change the drives.
    """
    node = int(a.vehicle[row.vehicle, BREAK_NODE])
    if row.nodes.count(node) != 1 or a.node[node, LOCATION] >= 0:
        return
    stands_at = row.nodes.index(node)
    others = row.nodes[:stands_at] + row.nodes[stands_at + 1 :]
    n_aboard = row.n_aboard[:stands_at] + row.n_aboard[stands_at + 1 :]
    for place, n_there in enumerate(n_aboard):
        if not n_there and place != stands_at:
            yield (*others[:place], node, *others[place:])


def _best(a: Arrays, choices: list[_Choice], at: int) -> tuple[tuple[Row, ...], list[int]] | None:
    """Return the best of some choices with its times; None when prices are beyond reckoning."""
    rates = dict(zip(WEIGHT_NAMES, a.weights.tolist(), strict=True))
    price = Rates(
        duty=rates["per_duty_second"],
        excess_ride=rates["per_excess_ride_second"],
        wait_aboard=rates["per_wait_aboard_second"],
        early=rates["per_early_second"],
        late=rates["per_late_second"],
    )
    for each in (price, *SECONDARY):
        reached = []
        for choice in choices:
            found = least_of(aim_of(a, choice.rows, each), choice.leeway)
            if found is None:
                return None
            value, leeway = found
            reached.append((value, _Choice(choice.rows, leeway)))
        least = min(value for value, _ in reached)
        choices = [choice for value, choice in reached if value == least]
    settled = [(choice.rows, _settle(a, choice)) for choice in choices]
    return min(settled, key=lambda each: _break_off_middle_s(a, each[0][at], each[1]))


def _settle(a: Arrays, choice: _Choice) -> list[int]:
    """Choose the earliest of the schedules left, then move breaks to the middle of their duty."""
    times, rules = choice.leeway.first.copy(), choice.leeway.rules
    for row in choice.rows:
        for moment, node in enumerate(row.nodes, start=row.first + 1):
            if node == a.vehicle[row.vehicle, BREAK_NODE]:
                service_s = int(a.node[node, SERVICE_S])
                middle_s = (times[row.first] + times[row.last] - service_s) // 2
                last_s = [times[v] - least for u, v, least in rules if u == moment]
                last_s.append(choice.leeway.last[moment])
                times[moment] = max(times[moment], min(*last_s, middle_s))
    return times


def _break_off_middle_s(a: Arrays, row: Row, times: Sequence[int]) -> int:
    """Return twice the seconds between the middles of a break and of its duty, 0 without break."""
    node = int(a.vehicle[row.vehicle, BREAK_NODE])
    if node not in row.nodes:
        return 0
    break_s = 2 * times[row.first + 1 + row.nodes.index(node)] + int(a.node[node, SERVICE_S])
    return abs(break_s - times[row.first] - times[row.last])
