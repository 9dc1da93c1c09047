"""From a start to better and better solutions, each reported as soon as it is known.

Regret insertion constructs; annealing ruins and recreates in compiled kernels;
at the end of each annealing the routes seen so far are recombined.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from tus_dispatch.solver.anneal import Heat, State, anneal
from tus_dispatch.solver.arrays import EARLIEST_S, EXACT, LATEST_S, SCREENED, arrays_of
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.incumbent import Incumbent, incumbent_of
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.pool import empty_pool
from tus_dispatch.solver.recombine import Orders, recombined
from tus_dispatch.solver.ruin import Marks
from tus_dispatch.solver.solution import Solution
from tus_dispatch.solver.stop import Stop
from tus_dispatch.solver.tours import copy_of, take_over

HOT, COLD = 0.7, 0.1
REHEAT = 0.6
MOST_RUINED = 12
PER_REQUEST = 3000
MOST_CYCLES = 12
RECOMBINED_AT = (0.5, 0.75, 0.9, 0.97)
# What recombination may take of the time used up so far.
POOL_SHARE = 0.1
BLOCK = 200
BLOCK_S = 0.03
REPORT_S = 0.1


@dataclass(frozen=True, slots=True)
class Settings:
    """Parts of the search that can be switched off, to see what they are worth.

    Attributes
    ----------
    pool
        Whether routes are recombined.
    exact
        Whether a pickup may be delayed for the sake of a later stop.
    screens
        Whether places are screened before they are timed.
    """

    pool: bool = True
    exact: bool = True
    screens: bool = True


EVERYTHING = Settings()


def search(
    instance: Instance,
    *,
    seed: int,
    stop: Stop,
    on_incumbent: Callable[[Incumbent], None],
    start: Solution | None = None,
    settings: Settings = EVERYTHING,
) -> Incumbent:
    """Construct, then improve until told to stop.

    Parameters
    ----------
    instance
        The problem.
    seed
        Same seed and iteration limit, same result.
    stop
        Asked between steps.
    on_incumbent
        Called with better solutions, not with every one of them.
    start
        Routes to start from, or None.
    settings
        What to leave out.

    Returns
    -------
    Incumbent
        The best found; with ``start``, never dearer than what is feasible of it.
    """
    dice = make_dice(seed)
    arrays = arrays_of(instance)
    arrays.switches[EXACT] = settings.exact
    arrays.switches[SCREENED] = settings.screens
    draft = construct(instance, dice, start=start, arrays=arrays)
    run = _Search(draft, dice, stop, on_incumbent, settings)
    run.report()
    if instance.n_requests and instance.n_vehicles:
        run.anneal_all(HOT if start is None else REHEAT * HOT)
    return run.report()


class _Search:
    """One search: its tours, its clock and what it has reported."""

    def __init__(
        self,
        draft: Draft,
        dice: Ints,
        stop: Stop,
        on_incumbent: Callable[[Incumbent], None],
        settings: Settings,
    ) -> None:
        n, m = draft.instance.allowed.shape
        self.draft = draft
        self.stop = stop
        self.on_incumbent = on_incumbent
        self.settings = settings
        self.iteration = 1
        self.state = State(
            trial=draft.tours,
            now=copy_of(draft.tours),
            best=copy_of(draft.tours),
            window=np.stack([draft.arrays.node[: 2 * n, [EARLIEST_S, LATEST_S]]] * 2),
            places=draft.places,
            pool=empty_pool(),
            dice=dice,
            absent=np.zeros(n, dtype=np.int64),
            best_cost=np.array([draft.cost], dtype=np.int64),
            waiting=np.empty(n, dtype=np.int64),
            mark=Marks(np.zeros(n, dtype=np.bool_), np.zeros(m, dtype=np.bool_)),
        )
        self._progress = Progress(stop)
        self._reported: int | None = None
        self._reported_at = 0.0
        self._began_s = perf_counter()
        self._pooled_s = 0.0

    def report(self) -> Incumbent:
        """Tell the best solution, if it has not been told yet, and return it."""
        best = self.draft.copy()
        best.tours = copy_of(self.state.best)
        n = best.instance.n_requests
        best.arrays.node[: 2 * n, [EARLIEST_S, LATEST_S]] = self.state.window[1]
        incumbent = incumbent_of(best, self.iteration)
        if incumbent.cost != self._reported:
            self.on_incumbent(incumbent)
            self._reported = incumbent.cost
        self._reported_at = perf_counter()
        return incumbent

    def anneal_all(self, hot: float) -> None:
        """Anneal once or several times, as the budget allows."""
        size = BLOCK
        marks: list[float] | None = None
        n_cycles = 1
        while not self.stop.reached(self.iteration):
            share = self._progress.share(self.iteration)
            if marks is None and share > 0.0:
                n_cycles = self._n_cycles(share)
                marks = _marks(n_cycles)
            if marks and share >= marks[0]:
                marks = [mark for mark in marks if mark > share]
                self._recombine()
            began_s = perf_counter()
            left = self.stop.iterations_left(self.iteration)
            count = size if left is None else min(size, left)
            heat = self._heat(min(share * n_cycles, n_cycles - 1e-9), hot)
            anneal(self.draft.arrays, self.draft.guide, self.state, heat, count)
            self.iteration += count
            if self.stop.seconds_left() is not None:
                size = _adapted(size, perf_counter() - began_s)
            if perf_counter() - self._reported_at > REPORT_S:
                self._report_if_better()

    def _report_if_better(self) -> None:
        if int(self.state.best_cost[0]) != self._reported:
            self.report()

    def _n_cycles(self, share: float) -> int:
        """Return how many annealings the budget is good for, from the pace so far."""
        expected = self.iteration / share
        n = self.draft.instance.n_requests
        return max(1, min(MOST_CYCLES, int(expected / (PER_REQUEST * n))))

    def _heat(self, cycle: float, hot: float) -> Heat:
        n_served = max(1, int(np.count_nonzero(self.state.now.vehicle_of >= 0)))
        unit = float(self.state.now.cost.sum()) / n_served
        first = hot if cycle < 1.0 else hot * REHEAT
        warmth = unit * first * (COLD / first) ** (cycle % 1.0)
        return Heat(max(1.0, warmth), MOST_RUINED, self.settings.pool)

    def _recombine(self) -> None:
        """Replace the best tours where the pool holds better ones, and go on from the best."""
        orders = None
        seconds = self._seconds_for_pool()
        if self.settings.pool and (seconds is None or seconds > 0.0):
            began_s = perf_counter()
            orders = recombined(self.draft, self.state.best, self.state.pool, seconds=seconds)
            self._pooled_s += perf_counter() - began_s
        self._go_on_from_best(orders or {})
        self._report_if_better()

    def _seconds_for_pool(self) -> float | None:
        """Return what recombination may take now, None when time does not matter."""
        left = self.stop.seconds_left()
        if left is None:
            return None
        used_s = perf_counter() - self._began_s
        return min(0.5 * left, POOL_SHARE * (used_s + left) - self._pooled_s)

    def _go_on_from_best(self, orders: Orders) -> None:
        """Take new orders over as the best, if they hold what the pool promised; go on there."""
        s, n = self.state, self.draft.instance.n_requests
        self.draft.arrays.node[: 2 * n, [EARLIEST_S, LATEST_S]] = s.window[1]
        if orders:
            fresh = self.draft.emptied()
            is_whole = all(fresh.try_set(vehicle, order) for vehicle, order in orders.items())
            if is_whole and fresh.cost < s.best_cost[0]:
                s.best_cost[0] = fresh.cost
                take_over(fresh.tours, s.best)
        take_over(s.best, s.now)
        take_over(s.best, s.trial)
        s.window[0] = s.window[1]


class Progress:
    """How much of a budget is used up.

    Parameters
    ----------
    stop
        Says what is left.
    """

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self._seconds = stop.seconds_left()
        self._iterations = stop.iterations_left(0)

    def share(self, iteration: int) -> float:
        """Return the share used up before an iteration, from 0 to 1."""
        shares = [0.0]
        seconds, iterations = self._stop.seconds_left(), self._stop.iterations_left(iteration)
        if self._seconds and seconds is not None:
            shares.append(1.0 - seconds / self._seconds)
        if self._iterations and iterations is not None:
            shares.append(1.0 - iterations / self._iterations)
        return min(1.0, max(shares))


def _marks(n_cycles: int) -> list[float]:
    """Return when to recombine: at the end of every annealing, and more often in the last."""
    ends = [(cycle + 1) / n_cycles for cycle in range(n_cycles - 1)]
    last = (n_cycles - 1) / n_cycles
    return [*ends, *(last + (1.0 - last) * share for share in RECOMBINED_AT)]


def _adapted(size: int, took_s: float) -> int:
    """Return a block size that takes about ``BLOCK_S``."""
    factor = min(2.0, max(0.5, BLOCK_S / max(took_s, 1e-6)))
    return max(1, int(size * factor))
