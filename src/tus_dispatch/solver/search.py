"""From a start to better and better solutions, each reported as soon as it is known.

Regret insertion constructs, the OR-Tools routing library improves, and a short
ruin-and-recreate loop finishes under all rules, since the library does not
know every one of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np

from tus_dispatch.solver.accept import Acceptance
from tus_dispatch.solver.adopt import draft_of_orders
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.models.routing import Orders, RoutingModel
from tus_dispatch.solver.recreate import insert_by_regret
from tus_dispatch.solver.ruin import (
    RelatedRemoval,
    Ruin,
    random_removal,
    route_removal,
    with_partners,
)
from tus_dispatch.solver.solution import Solution
from tus_dispatch.solver.stop import Stop

N_STARTS = 4
NOISE = 0.3
NOISES = (0.0, 0.3, 1.0)
LIBRARY_SHARE = 0.1
MOST_RUINED = (4, 8, 16)


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


def search(
    instance: Instance,
    *,
    seed: int,
    stop: Stop,
    on_incumbent: Callable[[Incumbent], None],
    start: Solution | None = None,
) -> Incumbent:
    """Construct, then improve until told to stop.

    Parameters
    ----------
    instance
        The problem.
    seed
        Same seed and iteration limit, same result.
    stop
        Asked between steps; its time limit bounds the library too.
    on_incumbent
        Called with every better solution.
    start
        Routes to start from, or None.

    Returns
    -------
    Incumbent
        The best found; with ``start``, never dearer than what is feasible of it.
    """
    state = _Search(instance, on_incumbent)
    rng = Random(seed)  # noqa: S311
    for attempt in range(N_STARTS if start is None else 1):
        if attempt and (stop.reached(state.iteration) or instance.n_requests == 0):
            break
        noise = NOISE if attempt or seed else 0.0
        state.offer(construct(instance, rng, start=start, noise=noise))
    if instance.n_requests and instance.n_vehicles:
        _improve(instance, state, rng, stop)
    return state.incumbent()


def _improve(instance: Instance, state: "_Search", rng: Random, stop: Stop) -> None:
    """Give the library its share of what is left, then ruin and recreate to the end."""
    if stop.reached(state.iteration):
        return
    seconds, solutions = stop.seconds_left(), stop.iterations_left(state.iteration)
    RoutingModel(instance).improve(
        state.orders(),
        state.propose,
        seconds=None if seconds is None else seconds * LIBRARY_SHARE,
        solutions=None if solutions is None else round(solutions * LIBRARY_SHARE),
    )
    ruins: tuple[Ruin, ...] = (RelatedRemoval(instance), random_removal, route_removal)
    accepts = Acceptance(instance)
    current = state.best_draft
    while not stop.reached(state.iteration):
        trial = _ruin_and_recreate(current, rng, rng.choice(ruins))
        if accepts(trial, current, state.best_draft, rng):
            current = trial
        state.offer(trial)


def _ruin_and_recreate(current: Draft, rng: Random, ruin: Ruin) -> Draft:
    """Take some requests out of a copy and insert them, and those left out, anew."""
    trial = current.copy()
    n_served = int((trial.vehicle_of >= 0).sum())
    count = rng.randint(1, max(1, min(rng.choice(MOST_RUINED), n_served)))
    gone = with_partners(trial.instance, trial, ruin(trial, rng, count))
    if gone and not trial.try_remove(gone):
        return trial
    insert_by_regret(trial, trial.unserved(), rng, noise=rng.choice(NOISES))
    return trial


class _Search:
    """What one search remembers."""

    def __init__(self, instance: Instance, on_incumbent: Callable[[Incumbent], None]) -> None:
        self.instance = instance
        self.on_incumbent = on_incumbent
        self.iteration = 0
        self.arrays = arrays_of(instance)
        self.best_draft = Draft(instance, self.arrays)
        self.best_cost: int | None = None

    def offer(self, draft: Draft) -> None:
        self.iteration += 1
        if self.best_cost is None or draft.cost < self.best_cost:
            self.best_draft = draft
            self.best_cost = draft.cost
            self.on_incumbent(self.incumbent())

    def incumbent(self) -> Incumbent:
        solution = self.best_draft.solution()
        n_served = self.instance.n_requests - len(solution.unserved)
        return Incumbent(
            solution, self.best_draft.cost, sum(self.best_draft.costs), n_served, self.iteration
        )

    def orders(self) -> Orders:
        n = self.instance.n_requests
        return tuple(
            tuple(int(node) for node in order if node < 2 * n) for order in self.best_draft.orders
        )

    def propose(self, orders: Orders, start_s: dict[int, int]) -> None:
        """Time an order of the library under all rules; mend what it could not know."""
        used = {vehicle: order for vehicle, order in enumerate(orders) if order}
        draft = draft_of_orders(self.instance, used, start_s, self.arrays)
        left_out = draft.unserved()
        if left_out:
            price = int(self.instance.penalty[np.array(left_out)].sum())
            if draft.cost - price < (self.best_cost or 0):
                insert_by_regret(draft, left_out, Random(self.iteration))  # noqa: S311
        self.offer(draft)
