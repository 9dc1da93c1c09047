"""How far a solution is from the best there can be: the exact event-based model says.

The linear relaxation over the event graph gives a first floor. Arcs that no
solution below the given one can use are left out, events on the way of the
relaxation learn to remember, and again, until floor and solution meet or
nothing moves any more; what is left is small enough to branch on, first on the
part that costs hardly more than the floor: it often holds the best solution.
With a time limit the answer depends on the machine; without one it does not.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tus_dispatch.domain.certificate import EVENT_MODEL
from tus_dispatch.solver.bound import TOLERANCE, Bound
from tus_dispatch.solver.cost import solution_cost
from tus_dispatch.solver.event_ground import Ground, ground_of, loosened
from tus_dispatch.solver.event_memory import split, torn
from tus_dispatch.solver.event_prices import Doubles, never_happens, with_distance, with_prices
from tus_dispatch.solver.event_routes import decoded, distance_cost
from tus_dispatch.solver.events import EventGraph, Kept, event_graph, kept
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.models.event import Limits, branch, relax
from tus_dispatch.solver.solution import Solution

# How far above the floor the best cost is sought; a wrong guess costs time, not truth.
FIRST_GUESS = 0.01
NEXT_GUESS = 0.004
# Where branching had to tell, the floor is close to the best cost.
CLOSE_GUESS = 0.003
GROWTH = 1.1
RETREAT = 0.001
HIGHEST_GUESS = 1.5
MOST_GUESSES = 50
MOST_SPLITS = 60
MOST_IDLE_SPLITS = 3
SMALLEST_GAIN = 1e-5
FEW_ARCS = 1_500
MOST_SPLIT_ARCS = 150_000
# Beside a time limit and without: the solver may think about 8,000 for half a minute.
MOST_BRANCHED_ARCS, MOST_UNTIMED_BRANCHED_ARCS = 40_000, 4_000
MOST_NODES = 1_000
MOST_BRANCHINGS = 30
# Into which share of what lies between floor and ceiling the first branching looks, and how
# much smaller than the whole its graph must be.
FIRST_PART = 0.25
SMALLER = 1.5
# An interrupted branching says nothing, so it never gets all the time there is.
BRANCHING_SHARE = 0.8
# Relaxations, counted so that they do not depend on the machine: about a minute
# beside a time limit, some seconds without.
MOST_RELAXED_ARCS = 3_000_000
MOST_UNTIMED_ARCS = 300_000
FLOWS = 1e-6
# The solver branches to a relative gap of 1e-7.
SAFETY = 2e-7


@dataclass(frozen=True, slots=True)
class Certified:
    """A solution and what is known about better ones.

    Attributes
    ----------
    bound
        In thousandths of a cent, or in the unit of the costs given.
    solution
        The one given, or a cheaper one.
    """

    bound: Bound
    solution: Solution


def certify(
    instance: Instance,
    solution: Solution,
    *,
    seconds: float | None,
    arc_cost: Doubles | None = None,
    problem: "Problem | None" = None,
    clock: Callable[[], float] = time.monotonic,
) -> Certified:
    """Bound the cost of every solution of an instance from below.

    Parameters
    ----------
    instance
        The problem.
    solution
        Feasible; the better it is, the quicker the proof.
    seconds
        Wall time to spend, or None for limits that do not depend on the
        machine.
    arc_cost
        Costs between locations that replace the objective, shape ``(l, l)``,
        for files of the literature: everybody is served, drives of the
        instance are rounded up by less than a unit, and the bound holds
        without that rounding.
    problem
        What :func:`problem_of` says, when the caller has it already.
    clock
        A monotonic clock.

    Returns
    -------
    Certified
        Without a bound where the event graph is too large.
    """
    deadline = None if seconds is None else clock() + seconds
    problem = problem or problem_of(instance, arc_cost)
    if problem is None:
        return Certified(Bound(), solution)
    proof = _Proof(instance, problem, solution, arc_cost, _Watch(clock, deadline))
    return proof.run()


def is_small_enough(instance: Instance) -> bool:
    """Tell whether the exact model would try an instance.

    Parameters
    ----------
    instance
        The problem.

    Returns
    -------
    bool
        False when the event graph is too large; answered within about a
        second.
    """
    return problem_of(instance, None) is not None


@dataclass(frozen=True, slots=True)
class _Watch:
    clock: Callable[[], float]
    deadline: float | None

    def left_s(self) -> float | None:
        return None if self.deadline is None else max(0.0, self.deadline - self.clock())

    def is_over(self) -> bool:
        return self.left_s() == 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """The priced event graph of an instance, as :func:`certify` takes it."""

    ground: Ground
    graph: EventGraph
    penalty: Doubles


def problem_of(instance: Instance, arc_cost: Doubles | None = None) -> Problem | None:
    """Build the priced graph of an instance.

    Parameters
    ----------
    instance, arc_cost
        As in :func:`certify`.

    Returns
    -------
    Problem or None
        None when it is too large, which is told within about a second, or
        when there is nothing to drive.
    """
    if not (instance.n_requests and instance.n_vehicles):
        return None
    ground = ground_of(instance if arc_cost is None else loosened(instance))
    graph = event_graph(ground)
    if graph is None:
        return None
    if arc_cost is not None:
        nobody_out = np.full(instance.n_requests, np.inf)
        return Problem(ground, with_distance(ground, graph, arc_cost), nobody_out)
    graph = with_prices(ground, graph)
    graph = kept(graph, ~never_happens(ground, graph)).graph
    return Problem(ground, graph, instance.penalty.astype(np.float64))


def _part(graph: EventGraph, through: Doubles, ceiling: float) -> Kept:
    """Keep the arcs a solution that costs no more than a ceiling can use."""
    return kept(graph, through <= ceiling * (1 + TOLERANCE))


class _Proof:
    """One solution, the floor below it, and what is left between the two."""

    def __init__(
        self,
        instance: Instance,
        problem: Problem,
        solution: Solution,
        arc_cost: Doubles | None,
        watch: _Watch,
    ) -> None:
        self.instance = instance
        self.problem = problem
        self.arc_cost = arc_cost
        self.watch = watch
        self.solution = solution
        self.cost = self._cost_of(solution)
        self.floor = -np.inf
        self.unit = 1.0
        self.n_relaxed = self.n_branched = 0

    def run(self) -> Certified:
        problem = self.problem
        scale = problem.graph.price[problem.graph.price > 0]
        self.unit = float(scale.mean()) / 10.0 if len(scale) else 1.0
        first = relax(problem.ground, problem.graph, self._penalty(self.cost), self.unit)
        self._raise_floor(first.floor)
        step, guess = NEXT_GUESS, self.floor + FIRST_GUESS * abs(self.floor)
        # A small graph needs no guess, and one that explains nothing is given up.
        highest = self.floor * HIGHEST_GUESS if len(problem.graph.tail) > FEW_ARCS else -np.inf
        for _ in range(MOST_GUESSES):
            if self._is_done() or self._is_over():
                break
            is_last = guess > min(highest, self.cost * (1 - step / 2))
            ceiling = self.cost if is_last else guess
            branched, cost = self.n_branched, self.cost
            reached = self._prove_below(ceiling)
            if self.cost < cost:
                # What branching finds in a part is mostly the best there is.
                highest = -np.inf
            if self.floor >= ceiling * (1 - TOLERANCE):
                if self.n_branched > branched:
                    step = CLOSE_GUESS
                guess = max(reached, ceiling) + step * abs(ceiling)
                step *= GROWTH
            elif ceiling > self.floor + 2 * RETREAT * abs(self.floor):
                # Too much lay below that guess: stay close to what is known.
                step, highest = RETREAT, np.inf
                guess = self.floor + step * abs(self.floor)
            else:
                break
        return Certified(self._bound(), self.solution)

    def _prove_below(self, ceiling: float) -> float:
        """Raise the floor to a ceiling, or find a solution below it, or run out of means.

        Returns the last finite floor of the relaxation, which may be above the ceiling: a
        hint where the best cost lies, no proof.
        """
        ground, graph = self.problem.ground, self.problem.graph
        best, through, n_best = graph, np.full(len(graph.tail), -np.inf), len(graph.tail)
        idle, reached = 0, -np.inf
        for _ in range(MOST_SPLITS):
            ceiling = min(ceiling, self.cost)
            relaxed = relax(ground, graph, self._penalty(ceiling), self.unit)
            self.n_relaxed += len(graph.tail)
            self._raise_floor(min(relaxed.floor, ceiling))
            if relaxed.floor >= ceiling * (1 - TOLERANCE) or self._is_over():
                return max(reached, relaxed.floor if np.isfinite(relaxed.floor) else reached)
            has_gained = relaxed.floor > reached + SMALLEST_GAIN * abs(relaxed.floor)
            idle = 0 if has_gained else idle + 1
            reached = max(reached, relaxed.floor)
            used = relaxed.flow > FLOWS
            if (relaxed.flow[used] > 1 - FLOWS).all():
                self._offer(graph, np.flatnonzero(used), None)
            cost_through = np.where(used, -np.inf, relaxed.floor + relaxed.beyond)
            near = _part(graph, cost_through, ceiling)
            if has_gained or len(near.graph.tail) < n_best:
                best, through, n_best = graph, cost_through, len(near.graph.tail)
            if idle >= MOST_IDLE_SPLITS or n_best < FEW_ARCS:
                break
            chosen = torn(ground, graph, used)
            if not chosen.any():
                chosen[graph.head[used]] = True
            longer = split(ground, near.graph, chosen[near.events], MOST_SPLIT_ARCS)
            if longer is None:
                break
            graph = longer
        self._branch_below(ceiling, best, through)
        return reached

    def _branch_below(self, ceiling: float, graph: EventGraph, through: Doubles) -> None:
        """Branch on what may cost little more than the floor, then on more, up to a ceiling.

        ``through`` says of each arc what a solution that uses it costs at least.
        """
        step = FIRST_PART * (min(ceiling, self.cost) - self.floor)
        is_whole = False
        while not is_whole and not self._is_done():
            below = min(ceiling, self.cost)
            near = _part(graph, through, below)
            small = _part(graph, through, self.floor + step)
            is_whole = len(near.graph.tail) < SMALLER * len(small.graph.tail)
            if not is_whole:
                near, below = small, self.floor + step
            cost = self.cost
            if not self._branch(near.graph, below):
                return
            step = np.inf if self.cost < cost else 2 * step

    def _branch(self, graph: EventGraph, ceiling: float) -> bool:
        """Solve what is left of the model; tell whether nothing costs less than the ceiling."""
        left_s = self.watch.left_s()
        most_arcs = MOST_UNTIMED_BRANCHED_ARCS if left_s is None else MOST_BRANCHED_ARCS
        is_too_much = len(graph.tail) > most_arcs or self.n_branched == MOST_BRANCHINGS
        if is_too_much or self._is_over():
            return False
        limits = Limits(None if left_s is None else left_s * BRANCHING_SHARE, MOST_NODES)
        self.n_branched += 1
        exact = branch(self.problem.ground, graph, self._penalty(ceiling), self.unit, limits)
        if exact.arcs is not None:
            self._offer(graph, exact.arcs, exact.time_s)
        floor = min(exact.floor, ceiling)
        self._raise_floor(floor - SAFETY * abs(floor))
        return exact.floor >= ceiling

    def _offer(self, graph: EventGraph, arcs: Ints, time_s: Doubles | None) -> None:
        """Time the routes of a solution of the model, and keep them if they cost less."""
        if time_s is None and self.instance.loose_pairs:
            # Without times nobody could tell which of a linked pair comes first.
            return
        solution = decoded(self.instance, graph, arcs, time_s)
        cost = self._cost_of(solution)
        if cost < self.cost:
            self.solution, self.cost = solution, cost

    def _cost_of(self, solution: Solution) -> float:
        if self.arc_cost is None:
            return float(solution_cost(self.instance, solution))
        return distance_cost(self.instance, solution, self.arc_cost)

    def _penalty(self, ceiling: float) -> Doubles:
        """Rule out leaving anybody out whose penalty alone is above the ceiling."""
        penalty = self.problem.penalty
        return np.where(penalty <= ceiling, penalty, np.inf)

    def _is_over(self) -> bool:
        most = MOST_UNTIMED_ARCS if self.watch.deadline is None else MOST_RELAXED_ARCS
        return self.n_relaxed > most or self.watch.is_over()

    def _is_done(self) -> bool:
        return self.floor >= self.cost * (1 - TOLERANCE)

    def _raise_floor(self, floor: float) -> None:
        self.floor = max(self.floor, floor)

    def _bound(self) -> Bound:
        if not (np.isfinite(self.floor) and np.isfinite(self.cost)):
            return Bound()
        return Bound(min(self.floor, self.cost), self._is_done(), EVENT_MODEL)
