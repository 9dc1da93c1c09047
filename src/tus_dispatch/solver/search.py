"""From a start to better and better solutions, each reported as soon as it is known.

Regret insertion constructs; annealing ruins and recreates in compiled kernels;
now and then the routes seen so far are recombined by set partitioning.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tus_dispatch.solver.anneal import Heat, State, anneal
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.pool import empty_pool
from tus_dispatch.solver.solution import Solution
from tus_dispatch.solver.stop import Stop
from tus_dispatch.solver.tours import Tours

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
