"""The best solution so far, as every engine reports it."""

from dataclasses import dataclass

from tus_dispatch.solver.draft import Draft
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
