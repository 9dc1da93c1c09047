"""The best solution so far, as every engine reports it."""

from dataclasses import dataclass

from tus_dispatch.solver.cost import solution_parts
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.solution import Solution


@dataclass(frozen=True, slots=True)
class Incumbent:
    """The best solution so far.

    Attributes
    ----------
    solution
        Feasible under all rules.
    cost
        In thousandths of a cent, penalties included.
    route_cost
        The same without penalties.
    n_served
        Requests served.
    iteration
        Solutions looked at until now.
    """

    solution: Solution
    cost: int
    route_cost: int
    n_served: int
    iteration: int


def incumbent_of(draft: Draft, iteration: int) -> Incumbent:
    """Set the times of a draft and report it.

    Parameters
    ----------
    draft
        Feasible.
    iteration
        Solutions looked at until now.

    Returns
    -------
    Incumbent
        What an engine reports.
    """
    solution = draft.solution()
    n_served = draft.instance.n_requests - len(solution.unserved)
    return Incumbent(solution, draft.cost, sum(draft.costs), n_served, iteration)


def incumbent_from(instance: Instance, solution: Solution, iteration: int) -> Incumbent:
    """Price a solution made elsewhere and report it.

    Parameters
    ----------
    instance, solution
        Feasible under all rules.
    iteration
        Solutions looked at until now.

    Returns
    -------
    Incumbent
        Its times are those of the solution.
    """
    parts = solution_parts(instance, solution)
    n_served = instance.n_requests - len(solution.unserved)
    return Incumbent(solution, int(parts.sum()), int(parts[:-1].sum()), n_served, iteration)
