"""The exact event-based model on the solvers inside OR-Tools: relaxation first, then the whole.

Every variable is an arc of the event graph, or a request left out; flow is
kept at every event, every request is picked up once or left out, and no more
routes begin than there are vehicles. The whole model adds one time per
location, as in the location-augmented formulation, and one row per ride.

References
----------
.. [1] Gaul, D., Klamroth, K., Pfeiffer, C., Stiglmayr, M. and Schulz, A.
   (2025). A tight formulation for the dial-a-ride problem. *European Journal
   of Operational Research*, 321(2), 363-382.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from ortools.linear_solver.python.model_builder_helper import (
    ModelBuilderHelper,
    ModelSolverHelper,
    SolveStatus,
)

from tus_dispatch.solver.event_ground import Ground
from tus_dispatch.solver.events import DEPOT, EventGraph
from tus_dispatch.solver.instance import Bools, Ints

Doubles = NDArray[np.float64]

RELAXATION_SOLVER = "glop"
SOLVER = "highs"
MIP_GAP = 1e-7
USED = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Relaxed:
    """The linear relaxation, solved.

    Attributes
    ----------
    floor
        No solution of the model costs less; infinite when there is none.
        Summed from the duals, so it holds whatever the solver's tolerances.
    flow
        Value of each arc, shape ``(arcs,)``.
    beyond
        What using an arc adds to the floor at least, shape ``(arcs,)``.
    """

    floor: float
    flow: Doubles
    beyond: Doubles


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """What branching found.

    Attributes
    ----------
    floor
        No solution of the model costs less.
    arcs
        Arcs of the best solution of the model, None where none was found.
    time_s
        Start of service at each node in that solution, shape ``(2n,)``.
    """

    floor: float
    arcs: Ints | None
    time_s: Doubles | None


@dataclass(frozen=True, slots=True)
class Limits:
    """When branching stops.

    Attributes
    ----------
    seconds
        Wall time, or None for no limit.
    nodes
        Branches looked at.
    """

    seconds: float | None
    nodes: int


class _Rows:
    """Rows of a model as they come."""

    def __init__(self) -> None:
        self.count = 0
        self._row: list[Ints] = []
        self._column: list[Ints] = []
        self._value: list[Doubles] = []
        self._low: list[Doubles] = []
        self._high: list[Doubles] = []

    def add(self, low: Doubles, high: Doubles) -> Ints:
        """Add rows between two bounds and return their numbers."""
        first = self.count
        self.count += len(low)
        self._low.append(low)
        self._high.append(high)
        return np.arange(first, self.count)

    def put(self, rows: Ints, columns: Ints, values: Doubles | float) -> None:
        """Set coefficients; those of one place are summed."""
        self._row.append(rows)
        self._column.append(columns)
        self._value.append(np.broadcast_to(np.asarray(values, dtype=np.float64), rows.shape))

    def bounds(self) -> tuple[Doubles, Doubles]:
        return np.concatenate(self._low), np.concatenate(self._high)

    def matrix(self, n_columns: int) -> sp.csr_matrix:
        entries = np.concatenate(self._value)
        places = np.concatenate(self._row), np.concatenate(self._column)
        return sp.csr_matrix((entries, places), shape=(self.count, n_columns))


def relax(ground: Ground, graph: EventGraph, penalty: Doubles, unit: float) -> Relaxed:
    """Solve the linear relaxation without times.

    Parameters
    ----------
    ground, graph
        The priced event graph.
    penalty
        Price of leaving each request out, shape ``(n,)``; infinite where that
        is out of the question.
    unit
        Prices are divided by it, to suit the solver's tolerances.

    Returns
    -------
    Relaxed
        A valid bound even where the solver gave up early.
    """
    rows = _flow_rows(ground, graph)
    price = np.concatenate([graph.price, np.where(np.isfinite(penalty), penalty, 0.0)]) / unit
    most = np.concatenate([np.ones(len(graph.price)), np.isfinite(penalty).astype(np.float64)])
    low, high = rows.bounds()
    matrix = rows.matrix(len(price))
    builder = _filled(rows, np.zeros(len(price)), most, price)
    solver = ModelSolverHelper(RELAXATION_SOLVER)
    solver.solve(builder)
    n_arcs = len(graph.price)
    if solver.status() in {SolveStatus.INFEASIBLE, SolveStatus.MODEL_INVALID}:
        return Relaxed(np.inf, np.zeros(n_arcs), np.zeros(n_arcs))
    if not solver.has_solution():
        return Relaxed(-np.inf, np.zeros(n_arcs), np.zeros(n_arcs))
    dual = np.asarray(solver.dual_values())
    # A dual on a side without bound would make the sum infinite; it proves nothing there.
    dual = np.where(np.isfinite(np.where(dual > 0, low, high)), dual, 0.0)
    beyond = price - matrix.T @ dual
    floor = float((dual * np.where(dual > 0, low, high)).sum() + np.minimum(beyond, 0) @ most)
    flow = np.asarray(solver.variable_values())[:n_arcs]
    return Relaxed(floor * unit, flow, np.maximum(beyond[:n_arcs], 0) * unit)


def branch(
    ground: Ground, graph: EventGraph, penalty: Doubles, unit: float, limits: Limits
) -> Exact:
    """Solve the whole model, times included.

    Parameters
    ----------
    ground, graph, penalty, unit
        As in :func:`relax`.
    limits
        When to stop.

    Returns
    -------
    Exact
        A bound in any case, minus infinity when nothing was proved.
    """
    rows = _flow_rows(ground, graph)
    n_arcs, n = len(graph.price), ground.n
    clock = n_arcs + n + np.arange(2 * n)
    second = _second(ground)
    _time_rows(ground, graph, rows, clock, second)
    price = np.concatenate([graph.price, np.where(np.isfinite(penalty), penalty, 0.0)]) / unit
    price = np.concatenate([price, np.zeros(2 * n)])
    served = np.concatenate([ground.is_possible, ground.is_possible])
    earliest = np.where(served, ground.earliest_s, 0) / second
    latest = np.where(served, ground.latest_s, 0) / second
    least = np.concatenate([np.zeros(n_arcs + n), earliest])
    most = np.concatenate([np.ones(n_arcs), np.isfinite(penalty).astype(np.float64), latest])
    builder = _filled(rows, least, most, price)
    for column in range(n_arcs + n):
        builder.set_var_integrality(column, True)
    solver = _solver(limits)
    solver.solve(builder)
    return _exact(solver, n_arcs, n, unit, second)


def _filled(rows: _Rows, least: Doubles, most: Doubles, price: Doubles) -> Any:
    """Hand rows and columns over at once: one call per row would take longer than solving."""
    builder: Any = ModelBuilderHelper()
    low, high = rows.bounds()
    matrix = rows.matrix(len(price))
    builder.fill_model_from_sparse_data(least, most, price, low, high, matrix)
    return builder


def _solver(limits: Limits) -> ModelSolverHelper:
    solver = ModelSolverHelper(SOLVER)
    options = {
        "output_flag": "false",
        "threads": "1",
        "random_seed": "0",
        "mip_rel_gap": str(MIP_GAP),
        "mip_abs_gap": "0",
        "mip_max_nodes": str(limits.nodes),
    }
    solver.set_solver_specific_parameters("\n".join(f"{k}={v}" for k, v in options.items()))
    if limits.seconds is not None:
        solver.set_time_limit_in_seconds(limits.seconds)
    return solver


def _exact(solver: ModelSolverHelper, n_arcs: int, n: int, unit: float, second: float) -> Exact:
    status = solver.status()
    if status == SolveStatus.INFEASIBLE:
        return Exact(np.inf, None, None)
    floor = float(solver.best_objective_bound()) * unit if solver.has_response() else -np.inf
    if not solver.has_solution():
        known = status in {SolveStatus.NOT_SOLVED, SolveStatus.FEASIBLE, SolveStatus.OPTIMAL}
        return Exact(floor if known else -np.inf, None, None)
    values = np.asarray(solver.variable_values())
    used = np.flatnonzero(values[:n_arcs] > USED)
    return Exact(floor, used, values[n_arcs + n :] * second)


def _flow_rows(ground: Ground, graph: EventGraph) -> _Rows:
    rows = _Rows()
    n, n_arcs, n_events = ground.n, len(graph.tail), len(graph.path)
    arcs = np.arange(n_arcs)
    none = np.zeros(n_events)
    flow = rows.add(none[1:], none[1:])
    enters, leaves = graph.head != DEPOT, graph.tail != DEPOT
    rows.put(flow[graph.head[enters] - 1], arcs[enters], 1.0)
    rows.put(flow[graph.tail[leaves] - 1], arcs[leaves], -1.0)
    node = graph.last[graph.head]
    boards = (node >= 0) & (node < n)
    once = rows.add(np.ones(n), np.ones(n))
    rows.put(once[node[boards]], arcs[boards], 1.0)
    rows.put(once, n_arcs + np.arange(n), 1.0)
    begins = arcs[~leaves]
    sizes = np.array([len(members) for members in ground.kinds], dtype=np.float64)
    fleet = rows.add(np.zeros(len(sizes)), sizes)
    rows.put(fleet[graph.kind[graph.head[begins]]], begins, 1.0)
    linked = np.flatnonzero(ground.instance.partner > np.arange(n))
    same = rows.add(np.zeros(len(linked)), np.zeros(len(linked)))
    rows.put(same, n_arcs + linked, 1.0)
    rows.put(same, n_arcs + ground.instance.partner[linked], -1.0)
    return rows


def _time_rows(ground: Ground, graph: EventGraph, rows: _Rows, clock: Ints, second: float) -> None:
    n = ground.n
    last = graph.last
    inside = np.flatnonzero((graph.tail != DEPOT) & (graph.head != DEPOT))
    ways = last[graph.tail[inside]] * 2 * n + last[graph.head[inside]]
    way, which = np.unique(ways, return_inverse=True)
    tail, head = way // (2 * n), way % (2 * n)
    moving_s = ground.instance.service_s[tail] + ground.drive_s[tail, head]
    slack_s = ground.latest_s[tail] + moving_s - ground.earliest_s[head]
    # Windows alone keep every other drive in time.
    binds = slack_s > 0
    number = np.cumsum(binds) - 1
    moves = rows.add((moving_s - slack_s)[binds] / second, np.full(binds.sum(), np.inf))
    arcs = binds[which]
    used = moves[number[which[arcs]]]
    rows.put(used, inside[arcs], -slack_s[which[arcs]] / second)
    rows.put(moves, clock[head[binds]], 1.0)
    rows.put(moves, clock[tail[binds]], -1.0)
    riders = np.flatnonzero(ground.is_possible)
    longest_s = (ground.instance.max_ride_s + ground.instance.service_s[:n])[riders]
    rides = rows.add(np.full(len(riders), -np.inf), longest_s / second)
    rows.put(rides, clock[n + riders], 1.0)
    rows.put(rides, clock[riders], -1.0)
    _follow_rows(ground, rows, clock, len(graph.tail), second)
    if len(ground.kinds) > 1:
        _hour_rows(ground, graph, rows, clock, second)


def _hour_rows(ground: Ground, graph: EventGraph, rows: _Rows, clock: Ints, second: float) -> None:
    """Keep every stop in the hours of the kind of vehicle that makes it."""
    arcs = np.flatnonzero(graph.head != DEPOT)
    node, kind = graph.last[graph.head[arcs]], graph.kind[graph.head[arcs]]
    wide = np.concatenate([ground.is_possible, ground.is_possible])
    low = np.where(wide, ground.earliest_s, 0)
    high = np.where(wide, ground.latest_s, 0)
    after = rows.add(low / second, np.full(len(low), np.inf))
    rows.put(after, clock, 1.0)
    rows.put(after[node], arcs, -(ground.kind_earliest_s[kind, node] - low[node]) / second)
    before = rows.add(np.full(len(high), -np.inf), high / second)
    rows.put(before, clock, 1.0)
    rows.put(before[node], arcs, (high[node] - ground.kind_latest_s[kind, node]) / second)


def _follow_rows(ground: Ground, rows: _Rows, clock: Ints, n_arcs: int, second: float) -> None:
    """Let a return begin only after its outward leg, unless it is left out."""
    n, follows = ground.n, ground.instance.follows
    both: Bools = (follows >= 0) & ground.is_possible & ground.is_possible[follows]
    return_leg = np.flatnonzero(both)
    dropoff = n + follows[return_leg]
    service_s = ground.instance.service_s[dropoff]
    excuse_s = ground.latest_s[dropoff] + service_s - ground.earliest_s[return_leg]
    after = rows.add(service_s / second, np.full(len(return_leg), np.inf))
    rows.put(after, clock[return_leg], 1.0)
    rows.put(after, clock[dropoff], -1.0)
    rows.put(after, n_arcs + return_leg, np.maximum(0, excuse_s) / second)


def _second(ground: Ground) -> float:
    """Return a unit in which the day is about a thousand long, to suit the solver's tolerances."""
    return max(1.0, float(ground.latest_s.max(initial=0)) / 1000.0)
