"""The least value of an aim under rules of time: a linear programme solved by its dual.

Aims and rules speak of differences of two moments only, so the dual of the
linear programme is a flow of least cost: rules are arcs, prices are capacities,
seconds are costs. All of them are whole numbers, and so is the result. The flow
also tells which schedules are as good as the best: those that keep the rules of
its residual graph.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from tus_dispatch.solver.leeway import Leeway
from tus_dispatch.solver.time_rules import CLOCK, Aim, Rule

# A flow costs at most what all prices would pay along the longest way there is.
LARGE = 2**62
NO_LIMIT = -1


class _Arc(NamedTuple):
    """A rule, or a wish with its price, and where it stands in the flow."""

    u: int
    v: int
    least: int
    price: int
    tail: int
    head: int
    shortfall: int


def least_of(aim: Aim, leeway: Leeway) -> tuple[int, Leeway] | None:
    """Return the least value of an aim and all the schedules that have it.

    Parameters
    ----------
    aim
        What to keep small.
    leeway
        Schedules to choose from.

    Returns
    -------
    value : int
        Sum of times and shortfalls at their prices.
    leeway : Leeway
        What is left to choose.

    Notes
    -----
    None in place of both when prices and times are too large for the integers
    of the flow. Moments that are fixed already do not take part: they count as
    the clock's zero, so a second aim costs little after a first.
    """
    value, demand, arcs = _as_flow(aim, leeway)
    if not any(demand) and all(arc.price == NO_LIMIT for arc in arcs):
        return value, leeway
    most = sum(map(abs, demand)) + sum(max(0, arc.price) for arc in arcs)
    longest_s = max(abs(arc.shortfall) for arc in arcs)
    if most * longest_s * len(demand) >= LARGE:
        return None
    table = np.array(
        [
            (arc.tail, arc.head, most if arc.price == NO_LIMIT else arc.price, -arc.shortfall)
            for arc in arcs
        ],
        dtype=np.int64,
    )
    ends = table[:, :2].astype(np.int32)
    flow = SimpleMinCostFlow()
    own = flow.add_arcs_with_capacity_and_unit_cost(
        ends[:, 0], ends[:, 1], table[:, 2], table[:, 3]
    )
    flow.set_nodes_supplies(np.arange(len(demand), dtype=np.int32), -np.array(demand))
    if flow.solve() != SimpleMinCostFlow.OPTIMAL:
        return None
    used = flow.flows(own).tolist()
    left = leeway.narrowed(
        rule for arc, amount in zip(arcs, used, strict=True) for rule in _residual(arc, amount)
    )
    return None if left is None else (value - int(flow.optimal_cost()), left)


def _as_flow(aim: Aim, leeway: Leeway) -> tuple[int, list[int], list[_Arc]]:
    """Write an aim and its rules as a flow between the moments that are still open.

    The first value is what the fixed moments cost, the second the demand of
    every node of the flow; node 0 stands for the clock and all that is fixed.
    """
    first, last = leeway.first, leeway.last
    open_moments = [at for at, at_s in enumerate(first) if at_s < last[at]]
    node = [0] * len(first)
    fixed_s = first.copy()
    for at, moment in enumerate(open_moments, start=1):
        node[moment] = at
        fixed_s[moment] = 0
    demand = [0] * (len(open_moments) + 1)
    value = 0
    for moment, pull in enumerate(aim.pull):
        demand[node[moment]] += pull
        value += pull * fixed_s[moment]
    links = [(*rule, NO_LIMIT) for rule in _bounds(leeway, open_moments)]
    links += ((*rule, NO_LIMIT) for rule in leeway.rules)
    arcs = []
    for u, v, least, price in (*links, *aim.wishes):
        shortfall = least + fixed_s[u] - fixed_s[v]
        if node[u] or node[v]:
            arcs.append(_Arc(u, v, least, price, node[u], node[v], shortfall))
        else:
            value += price * max(0, shortfall)
    return value, demand, arcs


def _bounds(leeway: Leeway, moments: list[int]) -> Iterator[Rule]:
    for moment in moments:
        yield CLOCK, moment, leeway.first[moment]
        yield moment, CLOCK, -leeway.last[moment]


def _residual(arc: _Arc, amount: int) -> Iterator[Rule]:
    """Yield the rules that an arc of the best flow puts on all schedules as good as the best."""
    if amount:
        yield arc.v, arc.u, -arc.least
    if arc.price not in {NO_LIMIT, amount}:
        yield arc.u, arc.v, arc.least
