"""From a start to better and better solutions, each reported as soon as it is known.

Regret insertion constructs; annealing ruins and recreates in compiled kernels;
at the end of each annealing the routes seen so far are recombined. While somebody
required is left out, room is sought first; then rounds are closed where times cost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from tus_dispatch.solver.anneal import Heat, State, anneal
from tus_dispatch.solver.arrays import EARLIEST_S, EXACT, LATEST_S, METRES_ONLY, SCREENED, arrays_of
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.draft import Draft
from tus_dispatch.solver.incumbent import Incumbent, incumbent_of
from tus_dispatch.solver.instance import Instance, Ints
from tus_dispatch.solver.pool import empty_pool
from tus_dispatch.solver.recombine import Orders, recombined
from tus_dispatch.solver.ruin import Marks
from tus_dispatch.solver.solution import Solution
from tus_dispatch.solver.stop import Progress, Stop
from tus_dispatch.solver.tours import copy_of, take_over

HOT, COLD = 0.7, 0.1
REHEAT = 0.6
MOST_RUINED = 12
# While somebody required is left out: rather cool, but with a far larger ruin.
SEEKING_HEAT, OPENING_HEAT, MOST_RUINED_SEEKING = 0.1, 3.0, 50
# What seeking may take of the budget in a row, and each try; until when it is taken up again.
SEEKING_SHARE, ONE_SEEKING_SHARE, LATEST_SEEKING_SHARE = 0.15, 0.05, 0.85
DENSE_SHARE = 0.1
# What is found is mostly found soon: the longest try, and after how much in vain all begins anew.
SOUGHT_PER_REQUEST, STUCK_PER_REQUEST = 40, 8
# What closing rounds may take of the budget: all tries, each, and annealing without a round.
CLOSING_SHARE, ONE_CLOSING_SHARE, SETTLING_SHARE = 0.15, 0.03, 0.04
CLOSING_AFTER, N_CLOSINGS = 0.12, 3
# Where that many are left out when a round is closed at once, one is left out in the end.
EASED = 3
PER_REQUEST, MOST_CYCLES = 3000, 12
RECOMBINED_AT = (0.5, 0.75, 0.9, 0.97)
# What recombination may take of the time used up so far.
POOL_SHARE = 0.1
BLOCK, BLOCK_S = 200, 0.03
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
    closing
        Whether rounds are closed one by one.
    """

    pool: bool = True
    exact: bool = True
    screens: bool = True
    closing: bool = True


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
        run.improve(HOT if start is None else REHEAT * HOT)
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
        # No time is spent on making room for whom there can be none.
        is_required = draft.guide.is_required & ~draft.hopeless()
        draft.guide = draft.guide._replace(is_required=is_required)
        self.draft = draft
        self.stop = stop
        self.on_incumbent = on_incumbent
        self.settings = settings
        self.iteration = 1
        self._size = BLOCK
        self.state = State(
            trial=draft.tours,
            now=copy_of(draft.tours),
            best=copy_of(draft.tours),
            window=np.stack([draft.arrays.node[: 2 * n, [EARLIEST_S, LATEST_S]]] * 2),
            places=draft.places,
            pool=empty_pool(),
            dice=dice,
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

    def improve(self, hot: float) -> None:
        """Find room for everybody required, close rounds, then anneal as the budget allows."""
        self._find_room()
        while self._n_missed() and self._share() < LATEST_SEEKING_SHARE and not self._is_over():
            # Room is found more easily once the plan is dense.
            self._anneal_all(hot, self._share() + DENSE_SHARE)
            self._find_room()
        costs_time = not self.draft.arrays.switches[METRES_ONLY]
        if self.settings.closing and costs_time and not self._n_missed():
            for _ in range(N_CLOSINGS):
                # A dense plan does without a round more easily.
                self._anneal_all(hot, self._share() + CLOSING_AFTER)
                self._close_rounds()
        self._anneal_all(hot, 1.0)

    def _find_room(self) -> None:
        """Seek until nobody required is left out; begin anew where that gets nowhere."""
        until = self._share() + SEEKING_SHARE
        heat, fewest, since = SEEKING_HEAT, self._n_missed(), self.iteration
        while self._n_missed() and self._share() < until and not self._is_over():
            found = self._seek(ONE_SEEKING_SHARE, heat)
            if found < fewest:
                fewest, since = found, self.iteration
            elif self.iteration - since > STUCK_PER_REQUEST * self.draft.instance.n_requests:
                self._begin_anew()
                fewest, since = self._n_missed(), self.iteration
            # A round that costs more than it brings now may be what makes room.
            heat = OPENING_HEAT if heat == SEEKING_HEAT else SEEKING_HEAT
        if self._n_missed():
            self._go_on_from_best({})

    def _begin_anew(self) -> None:
        """Insert everybody once more, roughly by regret."""
        if self._take_out(np.flatnonzero(self.state.now.vehicle_of >= 0)):
            self.draft.insert_waiting(self.draft.unserved(), self.state.dice, noise=1.0)
            self._go_on_from_draft()

    def _anneal_all(self, hot: float, until: float) -> None:
        """Anneal once or several times up to a share of the budget."""
        begun = self._share() if self.iteration > 1 else 0.0
        marks: list[float] | None = None
        n_cycles = 1
        while not self._is_over():
            through = (self._share() - begun) / max(until - begun, 1e-9)
            if through >= 1.0:
                break
            if marks is None and through > 0.0:
                n_cycles = self._n_cycles(until - begun)
                marks = _marks(n_cycles)
            if marks and through >= marks[0]:
                marks = [mark for mark in marks if mark > through]
                self._recombine()
            self._anneal(self._heat(min(through * n_cycles, n_cycles - 1e-9), hot))

    def _anneal(self, heat: Heat) -> None:
        """Anneal for a moment."""
        began_s = perf_counter()
        left = self.stop.iterations_left(self.iteration)
        count = self._size if left is None else min(self._size, left)
        anneal(self.draft.arrays, self.draft.guide, self.state, heat, count)
        self.iteration += count
        if self.stop.seconds_left() is not None:
            self._size = _adapted(self._size, perf_counter() - began_s)
        if perf_counter() - self._reported_at > REPORT_S:
            self._report_if_better()

    def _is_over(self) -> bool:
        return self.stop.reached(self.iteration)

    def _share(self) -> float:
        return self._progress.share(self.iteration)

    def _n_missed(self) -> int:
        """Return how many required requests are left out at present."""
        return int((self.draft.guide.is_required & (self.state.now.vehicle_of < 0)).sum())

    def _seek(self, share: float, heat: float) -> int:
        """Ruin much until all are aboard or luck runs out; return the fewest left out meanwhile."""
        until = self._share() + share
        last = self.iteration + SOUGHT_PER_REQUEST * self.draft.instance.n_requests
        self.state.places.absent[:] = 0
        fewest = self._n_missed()
        while fewest and self._share() < until and self.iteration < last and not self._is_over():
            warmth = max(1.0, heat * self._unit())
            self._anneal(Heat(warmth, MOST_RUINED_SEEKING, self.settings.pool))
            fewest = min(fewest, self._n_missed())
        return fewest

    def _close_rounds(self) -> None:
        """Try to do without rounds, first those whose people nearly fit on the others."""
        self._go_on_from_best({})
        until = self._share() + CLOSING_SHARE
        vehicles = np.unique(self.state.best.vehicle_of)
        left_out = {v: self._n_without(v) for v in vehicles.tolist() if v >= 0}
        # Of those left out at first, seeking finds room for most; each try in vain counts as one.
        hardness = {v: count // EASED for v, count in left_out.items() if count >= 0}
        tries = dict.fromkeys(hardness, 0)
        while hardness and self._share() < until and not self._is_over():
            vehicle = min(hardness, key=lambda each: 2 * hardness[each] + tries[each])
            tries[vehicle] += 1
            hardness[vehicle], is_settled = self._close(vehicle)
            if is_settled:
                del hardness[vehicle]
        # Routes seen while room was sought often go together with others.
        self._recombine()

    def _n_without(self, vehicle: int) -> int:
        """Return how many are left out when a round is closed at once, -1 where it may not be."""
        if not self._empty(vehicle):
            return -1
        self.draft.close(vehicle)
        self.draft.insert_waiting(self.draft.unserved(), self.state.dice)
        count = len(self.draft.unserved())
        self.draft.reopen(vehicle)
        self._go_on_from_best({})
        return count

    def _close(self, vehicle: int) -> tuple[int, bool]:
        """Try to do without a round; return how many were left out, and whether that settles it."""
        if not self._empty(vehicle):
            return 0, True
        before = int(self.state.best_cost[0])
        self.draft.close(vehicle)
        fewest = self._seek(ONE_CLOSING_SHARE, SEEKING_HEAT)
        if fewest == 0:
            self._settle()
        self.draft.reopen(vehicle)
        self._go_on_from_best({})
        return fewest, bool(self.state.best_cost[0] < before)

    def _settle(self) -> None:
        """Anneal for a moment: seeking has looked at no price."""
        begun, through = self._share(), 0.0
        while through < 1.0 and not self._is_over():
            self._anneal(self._heat(through, REHEAT * HOT))
            through = (self._share() - begun) / SETTLING_SHARE

    def _empty(self, vehicle: int) -> bool:
        """Take everybody of a round out; False where somebody may ride nowhere else."""
        s, instance = self.state, self.draft.instance
        riders = np.flatnonzero(s.now.vehicle_of == vehicle)
        if not len(riders) or (self.draft.arrays.allowed[riders].sum(axis=1) < 2).any():
            return False
        partners = instance.partner[riders]
        partners = partners[partners >= 0]
        gone = np.union1d(riders, partners[s.now.vehicle_of[partners] >= 0])
        if not self._take_out(gone):
            return False
        self._go_on_from_draft()
        return True

    def _take_out(self, requests: Ints) -> bool:
        """Take requests out of the draft; False, and nothing done, where that is infeasible."""
        if self.draft.try_remove(requests.tolist()):
            return True
        take_over(self.state.now, self.state.trial)
        self.draft.tours = self.state.trial
        return False

    def _go_on_from_draft(self) -> None:
        """Make what the draft is at present the present tours."""
        s, n = self.state, self.draft.instance.n_requests
        take_over(s.trial, s.now)
        s.window[0] = self.draft.arrays.node[: 2 * n, [EARLIEST_S, LATEST_S]]

    def _report_if_better(self) -> None:
        if int(self.state.best_cost[0]) != self._reported:
            self.report()

    def _n_cycles(self, left: float) -> int:
        """Return how many annealings what is left of the budget is good for, from the pace."""
        expected = self.iteration / self._share() * left
        n = self.draft.instance.n_requests
        return max(1, min(MOST_CYCLES, int(expected / (PER_REQUEST * n))))

    def _heat(self, cycle: float, hot: float) -> Heat:
        first = hot if cycle < 1.0 else hot * REHEAT
        warmth = self._unit() * first * (COLD / first) ** (cycle % 1.0)
        return Heat(max(1.0, warmth), MOST_RUINED, self.settings.pool)

    def _unit(self) -> float:
        """Return the mean price of a request, which is what temperatures are measured in."""
        n_served = max(1, int(np.count_nonzero(self.state.now.vehicle_of >= 0)))
        return float(self.state.now.cost.sum()) / n_served

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


def _marks(n_cycles: int) -> list[float]:
    """Return when to recombine: at the end of every annealing, and more often in the last."""
    ends = [(cycle + 1) / n_cycles for cycle in range(n_cycles - 1)]
    last = (n_cycles - 1) / n_cycles
    return [*ends, *(last + (1.0 - last) * share for share in RECOMBINED_AT)]


def _adapted(size: int, took_s: float) -> int:
    """Return a block size that takes about ``BLOCK_S``."""
    factor = min(2.0, max(0.5, BLOCK_S / max(took_s, 1e-6)))
    return max(1, int(size * factor))
