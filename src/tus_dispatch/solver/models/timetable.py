"""The kindest times of fixed orders: a linear programme over differences, solved by its dual.

Whatever times are to keep small is a sum of differences and shortfalls of
differences, so the dual of the linear programme is a flow of least cost: rules
are arcs, prices are capacities, seconds are costs. All of them are whole
numbers and so is the result. The flow also tells which other schedules are as
good: those keep the rules of its residual graph. One aim after the other
narrows the rules, until the last freedom is settled by choosing the latest or
the earliest schedule.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from tus_dispatch.solver.arrays import (
    BREAK_NODE,
    LOCATION,
    SERVICE_S,
    WEIGHT_NAMES,
    Arrays,
    arrays_of,
)
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.solution import Route, Solution
from tus_dispatch.solver.time_rules import (
    CLOCK,
    Aim,
    Rates,
    Row,
    Rule,
    aim_of,
    are_kept,
    earliest,
    row_of,
    rules_of,
)

# What people and drivers notice where the instance's prices leave a choice.
SECONDARY = (Rates(excess_ride=1, wait_aboard=1), Rates(duty=1), Rates(early=1, late=1))

# A flow costs at most what all prices would pay along the longest way there is.
LARGE = 2**62

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
    aboard, so that people board as late as their ride allows; the duty;
    seconds before and after what people asked for. Of what is left the
    earliest is taken, and the break goes as near to the middle of the duty as
    nothing else has to move for it.
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
    """Some orders and the rules their times are left with."""

    rows: tuple[Row, ...]
    rules: list[Rule]

    @property
    def n_moments(self) -> int:
        return self.rows[-1].last + 1


def _retimed(a: Arrays, routes: tuple[Route, ...], pairs: Pairs) -> tuple[Route, ...]:
    present = _choice(a, [(route.vehicle, route.nodes) for route in routes], pairs)
    given = [0]
    for route in routes:
        given += (route.sign_on_s, *route.start_s, route.sign_off_s)
    if present is None or not are_kept(present.rules, given):
        return routes
    times = given
    for at in range(len(routes)):
        if at and not _has_movable_break(a, present.rows[at]):
            continue
        best = _best(a, [present, *_with_break_elsewhere(a, present, at, pairs)], at)
        if best is None:
            return routes
        present, times = best
    return tuple(
        Route(
            row.vehicle,
            row.nodes,
            tuple(times[row.first + 1 : row.last]),
            times[row.first],
            times[row.last],
        )
        for row in present.rows
    )


def _choice(a: Arrays, orders: Iterable[tuple[int, Sequence[int]]], pairs: Pairs) -> _Choice | None:
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
    return _Choice(tuple(rows), rules)


def _has_movable_break(a: Arrays, row: Row) -> bool:
    node = int(a.vehicle[row.vehicle, BREAK_NODE])
    return row.nodes.count(node) == 1 and bool(a.node[node, LOCATION] < 0)


def _with_break_elsewhere(a: Arrays, present: _Choice, at: int, pairs: Pairs) -> Iterator[_Choice]:
    """Yield what is feasible with one break at another place with nobody aboard."""
    row = present.rows[at]
    if not _has_movable_break(a, row):
        return
    node = int(a.vehicle[row.vehicle, BREAK_NODE])
    stands_at = row.nodes.index(node)
    others = [each for each in row.nodes if each != node]
    n_aboard = [
        each for each, owner in zip(row.n_aboard, (*row.nodes, -1), strict=True) if owner != node
    ]
    orders = [(each.vehicle, each.nodes) for each in present.rows]
    for place, n_there in enumerate(n_aboard):
        if n_there or place == stands_at:
            continue
        orders[at] = (row.vehicle, (*others[:place], node, *others[place:]))
        choice = _choice(a, orders, pairs)
        if choice is not None and earliest(choice.rules, choice.n_moments) is not None:
            yield choice


def _best(a: Arrays, choices: list[_Choice], at: int) -> tuple[_Choice, list[int]] | None:
    """Return the best of some feasible choices with its times; None when one cannot be reckoned."""
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
            found = _reach(choice, aim_of(a, choice.rows, each))
            if found is None:
                return None
            reached.append(found)
        least = min(value for value, _ in reached)
        choices = [narrowed for value, narrowed in reached if value == least]
    settled = [(choice, _settle(a, choice)) for choice in choices]
    return min(settled, key=lambda each: _break_off_middle_s(a, each[0].rows[at], each[1]))


def _reach(choice: _Choice, aim: Aim) -> tuple[int, _Choice] | None:
    """Return the least value of an aim, and the rules of all schedules that have it.

    The constant parts of the aim are left out; they are the same for orders
    that differ by the place of a break. None when the numbers are too large.
    """
    if aim.is_empty:
        return 0, choice
    n_rules = len(choice.rules)
    most = sum(map(abs, aim.pull)) + sum(price for *_, price in aim.wishes)
    longest_s = max(abs(least) for _, _, least in choice.rules)
    if most * longest_s * choice.n_moments >= LARGE:
        return None
    table = np.array([(*rule, most) for rule in choice.rules] + aim.wishes, dtype=np.int64)
    tails, heads = table[:, 0].astype(np.int32), table[:, 1].astype(np.int32)
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, table[:, 3], -table[:, 2])
    moments = np.arange(choice.n_moments, dtype=np.int32)
    flow.set_nodes_supplies(moments, -np.array(aim.pull, dtype=np.int64))
    if flow.solve() != SimpleMinCostFlow.OPTIMAL:
        return None
    used = flow.flows(arcs).tolist()
    rules = list(choice.rules)
    for (u, v, least), amount in zip(choice.rules, used[:n_rules], strict=True):
        if amount:
            rules.append((v, u, -least))
    for (u, v, least, price), amount in zip(aim.wishes, used[n_rules:], strict=True):
        if amount:
            rules.append((v, u, -least))
        if amount < price:
            rules.append((u, v, least))
    return -flow.optimal_cost(), _Choice(choice.rows, rules)


def _settle(a: Arrays, choice: _Choice) -> list[int]:
    """Choose the earliest of the schedules left, then move breaks to the middle of their duty."""
    times = earliest(choice.rules, choice.n_moments)
    if times is None:
        raise ArithmeticError("rules that had a schedule have none any more")
    for row in choice.rows:
        for moment, node in enumerate(row.nodes, start=row.first + 1):
            if node == a.vehicle[row.vehicle, BREAK_NODE]:
                service_s = int(a.node[node, SERVICE_S])
                middle_s = (times[row.first] + times[row.last] - service_s) // 2
                last_s = min(times[v] - least for u, v, least in choice.rules if u == moment)
                times[moment] = max(times[moment], min(last_s, middle_s))
    return times


def _break_off_middle_s(a: Arrays, row: Row, times: Sequence[int]) -> int:
    """Return twice the seconds between the middles of a break and of its duty, 0 without break."""
    node = int(a.vehicle[row.vehicle, BREAK_NODE])
    if node not in row.nodes:
        return 0
    break_s = 2 * times[row.first + 1 + row.nodes.index(node)] + int(a.node[node, SERVICE_S])
    return abs(break_s - times[row.first] - times[row.last])
