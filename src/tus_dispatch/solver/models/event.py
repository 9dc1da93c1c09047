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
from numpy.typing import NDArray
from ortools.linear_solver.python.model_builder_helper import (
    ModelBuilderHelper,
    ModelSolverHelper,
    SolveStatus,
)

from tus_dispatch.solver.event_ground import Ground
from tus_dispatch.solver.events import EventGraph, lightest_ways
from tus_dispatch.solver.instance import Ints
from tus_dispatch.solver.models.event_rows import Rows, flow_rows, second_of, time_rows

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
        What a route through an arc adds to the floor at least, shape
        ``(arcs,)``.
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
    rows = flow_rows(ground, graph)
    price = np.concatenate([graph.price, np.where(np.isfinite(penalty), penalty, 0.0)]) / unit
    most = np.concatenate([np.ones(len(graph.price)), np.isfinite(penalty).astype(np.float64)])
    low, high = rows.bounds()
    matrix = rows.matrix(len(price))
    builder = _filled(rows, np.zeros(len(price)), most, price)
    solver = ModelSolverHelper(RELAXATION_SOLVER)
    solver.solve(builder)
    n_arcs = len(graph.price)
    if solver.status() == SolveStatus.INFEASIBLE:
        return Relaxed(np.inf, np.zeros(n_arcs), np.zeros(n_arcs))
    if not solver.has_solution():
        return Relaxed(-np.inf, np.zeros(n_arcs), np.zeros(n_arcs))
    dual = np.asarray(solver.dual_values())
    # A dual on a side without bound would make the sum infinite; it proves nothing there.
    dual = np.where(np.isfinite(np.where(dual > 0, low, high)), dual, 0.0)
    beyond = price - matrix.T @ dual
    floor = float((dual * np.where(dual > 0, low, high)).sum() + np.minimum(beyond, 0) @ most)
    flow = np.asarray(solver.variable_values())[:n_arcs]
    # An arc alone often adds nothing where every way that leads over it does.
    through = lightest_ways(graph, np.maximum(beyond[:n_arcs], 0))
    return Relaxed(floor * unit, flow, through * unit)


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
    rows = flow_rows(ground, graph)
    n_arcs, n = len(graph.price), ground.n
    clock = n_arcs + n + np.arange(2 * n)
    second = second_of(ground)
    time_rows(ground, graph, rows, clock, second)
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


def _filled(rows: Rows, least: Doubles, most: Doubles, price: Doubles) -> Any:
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
    if status != SolveStatus.OPTIMAL:
        # Interrupted, HiGHS hands over neither its solution nor its bound.
        return Exact(-np.inf, None, None)
    floor = float(solver.best_objective_bound()) * unit
    values = np.asarray(solver.variable_values())
    used = np.flatnonzero(values[:n_arcs] > USED)
    return Exact(floor, used, values[n_arcs + n :] * second)
