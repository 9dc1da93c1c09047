"""The best combination of routes seen: set partitioning over a pool, by column generation.

The linear relaxation is solved over few columns; the others are priced against
its duals until none is left that could help. Columns whose reduced cost exceeds
the gap to the incumbent cannot be part of anything better, so the integer
problem stays small.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]
from ortools.sat.python import cp_model

from tus_dispatch.solver.instance import Ints

MOST_ROUNDS = 40
ADDED_PER_ROUND = 400
MOST_COLUMNS = 1500
WORK_LIMIT = 0.5

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Routes to choose from.

    Attributes
    ----------
    cost
        Price of each, shape ``(c,)``.
    group
        Kind of vehicle each needs, shape ``(c,)``.
    first, request
        Column ``i`` serves ``request[first[i] : first[i + 1]]``; ``first`` has
        shape ``(c + 1,)``, and no column is empty.
    available
        Vehicles of each kind, shape ``(k,)``.
    partner, penalty
        As in the instance, shape ``(n,)``.
    """

    cost: Ints
    group: Ints
    first: Ints
    request: Ints
    available: Ints
    partner: Ints
    penalty: Ints


def recombine(
    columns: Columns, incumbent: Ints, *, seconds: float | None = None
) -> tuple[int, ...] | None:
    """Choose routes that serve everybody once and cost less than those at hand.

    Parameters
    ----------
    columns
        All routes.
    incumbent
        Columns in use at present.
    seconds
        Wall time limit, or None; a limit on work holds in any case, and alone
        it makes results repeatable.

    Returns
    -------
    tuple of int or None
        Columns to use instead, or None where nothing better was found.
    """
    if not len(columns.cost):
        return None
    at_hand = _price(columns, incumbent)
    master = _Master(columns)
    chosen = np.zeros(len(columns.cost), dtype=np.bool_)
    chosen[incumbent] = True
    master.add(np.flatnonzero(chosen))
    for _ in range(MOST_ROUNDS):
        if not master.solve():
            return None
        reduced = master.reduced_costs()
        helpful = np.flatnonzero((reduced < -0.5) & ~chosen)
        if not len(helpful):
            break
        if len(helpful) > ADDED_PER_ROUND:
            order = np.argsort(reduced[helpful], kind="stable")
            helpful = helpful[order[:ADDED_PER_ROUND]]
        chosen[helpful] = True
        master.add(helpful)
    gap = at_hand - master.value
    if gap < 1:
        return None
    useful = np.flatnonzero(reduced < gap)
    if len(useful) > MOST_COLUMNS:
        order = np.argsort(reduced[useful], kind="stable")
        useful = useful[order[:MOST_COLUMNS]]
    useful = np.union1d(useful, incumbent)
    return _choose(columns, useful, incumbent, at_hand, seconds)


def _price(columns: Columns, used: Ints) -> int:
    served = np.zeros(len(columns.penalty), dtype=np.bool_)
    for column in used:
        served[columns.request[columns.first[column] : columns.first[column + 1]]] = True
    return int(columns.cost[used].sum() + columns.penalty[~served].sum())


def _groups(columns: Columns) -> Iterator[tuple[int, ...]]:
    """Yield who is left out together: single requests and linked pairs."""
    for request, partner in enumerate(columns.partner.tolist()):
        if partner < 0:
            yield (request,)
        elif partner > request:
            yield request, partner


class _Master:
    """The linear relaxation over a growing set of columns."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.value = 0.0
        self.unit = float(columns.cost.mean())
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        self.objective = self.solver.Objective()
        self.objective.SetMinimization()
        self.serve = [self.solver.Constraint(1, 1) for _ in columns.penalty]
        self.limit = [self.solver.Constraint(0, int(count)) for count in columns.available]
        for members in _groups(columns):
            absent = self.solver.NumVar(0, self.solver.infinity(), "")
            for member in members:
                self.serve[member].SetCoefficient(absent, 1)
            price = sum(int(columns.penalty[member]) for member in members)
            self.objective.SetCoefficient(absent, price / self.unit)

    def add(self, rows: Ints) -> None:
        columns = self.columns
        for row in rows.tolist():
            use = self.solver.NumVar(0, self.solver.infinity(), "")
            self.objective.SetCoefficient(use, float(columns.cost[row] / self.unit))
            self.limit[columns.group[row]].SetCoefficient(use, 1)
            for request in columns.request[columns.first[row] : columns.first[row + 1]].tolist():
                self.serve[request].SetCoefficient(use, 1)

    def solve(self) -> bool:
        is_solved: bool = self.solver.Solve() == pywraplp.Solver.OPTIMAL
        self.value = self.unit * self.objective.Value() if is_solved else 0.0
        return is_solved

    def reduced_costs(self) -> Doubles:
        columns = self.columns
        worth = self.unit * np.array([row.dual_value() for row in self.serve])
        rent = self.unit * np.array([row.dual_value() for row in self.limit])
        served = np.add.reduceat(worth[columns.request], columns.first[:-1])
        reduced: Doubles = columns.cost - served - rent[columns.group]
        return reduced


def _choose(
    columns: Columns, useful: Ints, incumbent: Ints, at_hand: int, seconds: float | None
) -> tuple[int, ...] | None:
    """Solve the integer problem over few columns."""
    model = cp_model.CpModel()
    use = [model.new_bool_var("") for _ in useful]
    serving: list[list[cp_model.IntVar]] = [[] for _ in columns.penalty]
    renting: list[list[cp_model.IntVar]] = [[] for _ in columns.available]
    terms: list[cp_model.LinearExprT] = []
    in_use = set(incumbent.tolist())
    served: set[int] = set()
    for variable, row in zip(use, useful.tolist(), strict=True):
        requests = columns.request[columns.first[row] : columns.first[row + 1]].tolist()
        for request in requests:
            serving[request].append(variable)
        renting[columns.group[row]].append(variable)
        terms.append(variable * int(columns.cost[row]))
        model.add_hint(variable, row in in_use)
        served.update(requests if row in in_use else ())
    for members in _groups(columns):
        absent = model.new_bool_var("")
        model.add_hint(absent, members[0] not in served)
        for member in members:
            model.add_exactly_one([*serving[member], absent])
            terms.append(absent * int(columns.penalty[member]))
    for variables, count in zip(renting, columns.available.tolist(), strict=True):
        if len(variables) > count:
            model.add(cp_model.LinearExpr.sum(variables) <= count)
    model.minimize(cp_model.LinearExpr.sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = WORK_LIMIT
    if seconds is not None:
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    if round(solver.objective_value) >= at_hand:
        return None
    return tuple(
        row
        for variable, row in zip(use, useful.tolist(), strict=True)
        if solver.boolean_value(variable)
    )
