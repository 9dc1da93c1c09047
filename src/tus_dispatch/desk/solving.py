"""Solve in child processes under a hard wall clock; the best so far is always at home."""

import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import TYPE_CHECKING

from tus_dispatch.desk.clock import monotonic_s
from tus_dispatch.desk.solver_messages import Finished, Ready, Task, run_apart
from tus_dispatch.solver.bound import Bound
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.dice import make_dice
from tus_dispatch.solver.engine_names import DEFAULT_ENGINE
from tus_dispatch.solver.incumbent import Incumbent
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.solution import Solution

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from tus_dispatch.solver.event_prices import Doubles

FALLBACK_ENGINE = "insertion"
START_UP_S = 300.0
GRACE_S = 5.0
SEED_STEP = 1000


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How long and how to search.

    Attributes
    ----------
    time_limit_s
        Seconds of search, start-up apart; None for no limit.
    iterations
        Solutions looked at; with this alone and one worker a result can be
        repeated byte for byte. None for no limit.
    seed
        Same seed and iterations, same result.
    workers
        Processes searching side by side from different seeds.
    grace_s
        Seconds a process may take beyond its time limit before it is ended.
    engine
        Key of ``solver.engines.ENGINES``.
    proves
        Whether the first process also tells how far from the best the result
        can be; a proof ends the search.
    niceness
        How far the processes stand back behind others, 0 to 19.
    memory_bytes
        Most memory each may ask for, or None without a cap.
    goes_on
        Asked about once a second, also before there is any solution; False
        ends the search, and the best so far is kept.
    """

    time_limit_s: float | None = 20.0
    iterations: int | None = None
    seed: int = 0
    workers: int = 1
    grace_s: float = GRACE_S
    engine: str = DEFAULT_ENGINE
    proves: bool = True
    niceness: int = 0
    memory_bytes: int | None = None
    goes_on: Callable[[], bool] = field(default=lambda: True, compare=False)


@dataclass(frozen=True, slots=True)
class Progress:
    """What a progress line shows.

    Attributes
    ----------
    elapsed_s
        Seconds of search.
    n_requests, n_served
        Requests of the problem, and those the best solution serves.
    route_cost
        Price of its routes, thousandths of a cent; requests left out apart.
    improvement_percent
        By how much the whole price, requests left out included, is below that
        of the first solution.
    """

    elapsed_s: float
    n_requests: int
    n_served: int
    route_cost: int
    improvement_percent: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best solution and how it came about.

    Attributes
    ----------
    solution
        Feasible under all rules of the instance.
    engine
        Which engine found it.
    elapsed_s
        Seconds of search, start-up apart.
    start_up_s
        Seconds until the search began.
    lost
        Processes that died or had to be ended before they finished.
    bound
        How far from the best the solution can be.
    is_stopped
        Whether the caller ended the search.
    """

    solution: Solution
    engine: str
    elapsed_s: float
    start_up_s: float
    lost: int
    bound: Bound = field(default_factory=Bound)
    is_stopped: bool = False


def solve(
    instance: Instance,
    options: SolveOptions,
    *,
    start: Solution | None = None,
    arc_cost: "Doubles | None" = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Outcome:
    """Search for the best solution within the limits.

    Parameters
    ----------
    instance
        The problem.
    options
        Limits, seed and number of processes.
    start
        Routes to start from.
    arc_cost
        For benchmark files, the distances to prove by, see
        ``solver.certify``.
    on_progress
        Called with every better solution and about once a second.

    Returns
    -------
    Outcome
        Never fails: a process that dies, hangs or says nothing costs its own
        work only, and with no answer at all plain insertion gives one.
    """
    if not (instance.n_requests and instance.n_vehicles):
        # Nothing to decide, so no process is started for it.
        nobody = Solution((), tuple(range(instance.n_requests)))
        return Outcome(nobody, options.engine, elapsed_s=0.0, start_up_s=0.0, lost=0)
    watch = _Watch(instance, options, start, arc_cost, on_progress)
    try:
        watch.until_done()
    finally:
        watch.end_all()
    best = watch.best
    if best is None:
        draft = construct(instance, make_dice(options.seed), start=start)
        elapsed_s = monotonic_s() - watch.began_at
        return Outcome(
            draft.solution(),
            FALLBACK_ENGINE,
            elapsed_s,
            0.0,
            watch.lost,
            is_stopped=watch.is_stopped,
        )
    return Outcome(
        best.solution,
        options.engine,
        watch.elapsed_s(),
        watch.start_up_s,
        watch.lost,
        watch.bound,
        watch.is_stopped,
    )


@dataclass(slots=True)
class _Child:
    """One solver process as its parent sees it, who tells it what to do, and when it was ready."""

    process: "BaseProcess"
    errand: Thread
    worker: int
    ready_at: float | None = None


class _Watch:
    """The parent's side: processes, their pipes, the deadlines and the best so far."""

    def __init__(
        self,
        instance: Instance,
        options: SolveOptions,
        start: Solution | None,
        arc_cost: "Doubles | None",
        on_progress: Callable[[Progress], None],
    ) -> None:
        self.options = options
        self.on_progress = on_progress
        self.began_at = monotonic_s()
        self.searching_since: float | None = None
        self.start_up_s = 0.0
        self.lost = 0
        self.best: Incumbent | None = None
        self.bound = Bound()
        self.is_stopped = False
        self._done_s: float | None = None
        self._n_requests = instance.n_requests
        self._best_worker = 0
        self._first_cost: int | None = None
        self._children: dict[Connection, _Child] = {}
        context = multiprocessing.get_context("spawn")
        for worker in range(options.workers):
            task = Task(
                instance,
                start,
                options.seed + SEED_STEP * worker,
                options.time_limit_s,
                options.iterations,
                options.engine,
                options.proves and worker == 0,
                arc_cost,
                options.niceness,
                options.memory_bytes,
            )
            here, there = context.Pipe()
            process = context.Process(target=run_apart, args=(there,), daemon=True)
            process.start()
            there.close()
            errand = Thread(target=_hand_over, args=(here, task), daemon=True)
            errand.start()
            self._children[here] = _Child(process, errand, worker)

    def elapsed_s(self) -> float:
        """Return the seconds of search, without those in which processes go."""
        if self._done_s is not None and not self._children:
            return self._done_s
        since = self.searching_since
        return 0.0 if since is None else monotonic_s() - since

    def until_done(self) -> None:
        while self._children:
            for connection in wait(list(self._children), timeout=self._nap_s()):
                if isinstance(connection, Connection) and connection in self._children:
                    self._listen(connection)
            for connection in [*self._children]:
                if self._left_s(self._children[connection]) <= 0:
                    self._end(connection)
            self._report()
            if self._children and not self.options.goes_on():
                self.is_stopped = True
                self._done_s = self.elapsed_s()
                for connection in [*self._children]:
                    self._let_go(connection, now=True)

    def end_all(self) -> None:
        for connection in [*self._children]:
            self._end(connection)

    def _nap_s(self) -> float:
        return max(0.0, min(1.0, *(self._left_s(child) for child in self._children.values())))

    def _left_s(self, child: _Child) -> float:
        """Return the seconds until a process is ended; start-up is shorter once others search."""
        now_s, limit_s = monotonic_s(), self.options.time_limit_s
        longest_s = float("inf") if limit_s is None else limit_s + self.options.grace_s
        if child.ready_at is not None:
            return child.ready_at + longest_s - now_s
        starting_s = self.began_at + START_UP_S - now_s
        if self.searching_since is None:
            return starting_s
        return min(starting_s, self.searching_since + longest_s - now_s)

    def _listen(self, connection: Connection) -> None:
        child = self._children[connection]
        try:
            message = connection.recv()
        except (EOFError, OSError):
            self._end(connection)
            return
        if isinstance(message, Ready):
            child.ready_at = monotonic_s()
            if self.searching_since is None:
                self.searching_since = child.ready_at
                self.start_up_s = child.ready_at - self.began_at
        elif isinstance(message, Finished):
            self._done_s = self.elapsed_s()
            self._let_go(connection)
            if message.bound.lower_bound is not None:
                self.bound = message.bound
            if message.bound.proved_optimal:
                # Nobody can find anything cheaper any more.
                for other in [*self._children]:
                    self._let_go(other, now=True)
        elif isinstance(message, Incumbent):
            self._take(message, child.worker)

    def _end(self, connection: Connection) -> None:
        """End a process that is dead, late or not wanted any more."""
        self.lost += 1
        self._let_go(connection, now=True)

    def _let_go(self, connection: Connection, *, now: bool = False) -> None:
        """Let a process that has finished leave by itself, if it does so soon."""
        child = self._children.pop(connection)
        child.process.join(0.0 if now else self.options.grace_s)
        if child.process.is_alive():
            child.process.kill()
            child.process.join()
        # Nobody reads any more, so that it ends as well.
        child.errand.join()
        connection.close()

    def _take(self, incumbent: Incumbent, worker: int) -> None:
        best = self.best
        if best is None or (incumbent.cost, worker) < (best.cost, self._best_worker):
            if best is None or incumbent.n_served != best.n_served:
                self._first_cost = incumbent.route_cost
            self.best = incumbent
            self._best_worker = worker

    def _report(self) -> None:
        best, first_cost = self.best, self._first_cost
        if best is None or first_cost is None:
            return
        gained = 100.0 * (first_cost - best.route_cost) / max(1, first_cost)
        self.on_progress(
            Progress(self.elapsed_s(), self._n_requests, best.n_served, best.route_cost, gained)
        )


def _hand_over(connection: Connection, task: Task) -> None:
    """Tell a process what to do, unless it is gone already.

    Said on the way in, a large task would wait for ever for a process that died
    before it could read.
    """
    with suppress(OSError):
        connection.send(task)
