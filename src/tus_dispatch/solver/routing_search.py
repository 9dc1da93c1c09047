"""The second engine: the OR-Tools routing library proposes, our rules decide.

The library does not know every rule, so each of its orders is timed under all
of them, mended where it breaks one, and kept only if it is better.
"""

from collections.abc import Callable

import numpy as np

from tus_dispatch.solver.adopt import draft_of_orders
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.incumbent import Incumbent, incumbent_of
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.models.routing import Orders, RoutingModel
from tus_dispatch.solver.solution import Solution
from tus_dispatch.solver.stop import Stop

NOISE = 0.3


def search_by_routing(
    instance: Instance,
    *,
    seed: int,
    stop: Stop,
    on_incumbent: Callable[[Incumbent], None],
    start: Solution | None = None,
) -> Incumbent:
    """Construct by insertion, then let the library search by guided local search.

    Parameters
    ----------
    instance, seed, stop, on_incumbent, start
        As :class:`engines.Engine` has them; the seed varies the start only.

    Returns
    -------
    Incumbent
        The best found, feasible under all rules.
    """
    draft = construct(instance, make_dice(seed), start=start, noise=NOISE if seed else 0.0)
    state = _Proposals(draft, on_incumbent)
    if instance.n_requests and instance.n_vehicles and not stop.reached(state.iteration):
        RoutingModel(instance).improve(
            state.orders(),
            state.propose,
            seconds=stop.seconds_left(),
            solutions=stop.iterations_left(state.iteration),
        )
    return incumbent_of(state.best, state.iteration)


class _Proposals:
    """What has been proposed so far, at its best."""

    def __init__(self, draft: Draft, on_incumbent: Callable[[Incumbent], None]) -> None:
        self.best = draft
        self.iteration = 1
        self._arrays = arrays_of(draft.instance)
        self._on_incumbent = on_incumbent
        on_incumbent(incumbent_of(draft, self.iteration))

    def orders(self) -> Orders:
        n = self.best.instance.n_requests
        return tuple(
            tuple(int(node) for node in order if node < 2 * n) for order in self.best.orders
        )

    def propose(self, orders: Orders, start_s: dict[int, int]) -> None:
        """Time an order of the library under all rules; mend what it could not know."""
        self.iteration += 1
        instance = self.best.instance
        used = {vehicle: order for vehicle, order in enumerate(orders) if order}
        draft = draft_of_orders(instance, used, start_s, self._arrays)
        left_out = draft.unserved()
        if left_out:
            price = int(instance.penalty[np.array(left_out)].sum())
            if draft.cost - price < self.best.cost:
                draft.insert_waiting(left_out, make_dice(self.iteration))
        if draft.cost < self.best.cost:
            self.best = draft
            self._on_incumbent(incumbent_of(draft, self.iteration))
