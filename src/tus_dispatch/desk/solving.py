"""Solve in child processes under a hard wall clock; the best so far is always at home."""

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from random import Random

from tus_dispatch.desk.clock import monotonic_s
from tus_dispatch.desk.solver_child import Finished, Ready, Task, run
from tus_dispatch.solver.construct import construct
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.search import Incumbent
from tus_dispatch.solver.solution import Solution

ENGINE = "ortools-routing"
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
    """

    time_limit_s: float | None = 20.0
    iterations: int | None = None
    seed: int = 0
    workers: int = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """What a progress line shows.

    Attributes
    ----------
    elapsed_s
        Seconds of search.
    n_served
        Requests served by the best solution.
    route_cost
        Price of its routes, thousandths of a cent; requests left out apart.
    improvement_percent
        By how much the whole price, requests left out included, is below that
        of the first solution.
    """

    elapsed_s: float
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
    """

    solution: Solution
    engine: str
    elapsed_s: float
    start_up_s: float
    lost: int


def solve(
    instance: Instance,
    options: SolveOptions,
    *,
    start: Solution | None = None,
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
    on_progress
        Called with every better solution and about once a second.

    Returns
    -------
    Outcome
        Never fails: a process that dies, hangs or says nothing costs its own
        work only, and with no answer at all plain insertion gives one.
    """
    watch = _Watch(instance, options, start, on_progress)
    try:
        watch.until_done()
    finally:
        watch.end_all()
    best = watch.best
    if best is None:
        draft = construct(instance, Random(options.seed), start=start)  # noqa: S311
        elapsed_s = monotonic_s() - watch.began_at
        return Outcome(draft.solution(), FALLBACK_ENGINE, elapsed_s, 0.0, watch.lost)
    return Outcome(best.solution, ENGINE, watch.elapsed_s(), watch.start_up_s, watch.lost)


class _Watch:
    """The parent's side: processes, their pipes, the deadline and the best so far."""

    def __init__(
        self,
        instance: Instance,
        options: SolveOptions,
        start: Solution | None,
        on_progress: Callable[[Progress], None],
    ) -> None:
        self.options = options
        self.on_progress = on_progress
        self.began_at = monotonic_s()
        self.searching_since: float | None = None
        self.start_up_s = 0.0
        self.lost = 0
        self.best: Incumbent | None = None
        self._best_worker = 0
        self._first_cost: int | None = None
        self._children: dict[Connection, tuple[BaseProcess, int]] = {}
        context = multiprocessing.get_context("spawn")
        for worker in range(options.workers):
            task = Task(
                instance,
                start,
                options.seed + SEED_STEP * worker,
                options.time_limit_s,
                options.iterations,
            )
            here, there = context.Pipe(duplex=False)
            process = context.Process(target=run, args=(there, task), daemon=True)
            process.start()
            there.close()
            self._children[here] = (process, worker)

    def elapsed_s(self) -> float:
        since = self.searching_since
        return 0.0 if since is None else monotonic_s() - since

    def until_done(self) -> None:
        while self._children and not self._is_late():
            for connection in wait(list(self._children), timeout=1.0):
                if isinstance(connection, Connection):
                    self._listen(connection)
            self._report()

    def end_all(self) -> None:
        for connection, (process, _) in list(self._children.items()):
            self.lost += 1
            process.kill()
            process.join()
            connection.close()
        self._children.clear()

    def _is_late(self) -> bool:
        if self.searching_since is None:
            return monotonic_s() - self.began_at > START_UP_S
        limit_s = self.options.time_limit_s
        return limit_s is not None and self.elapsed_s() > limit_s + GRACE_S

    def _listen(self, connection: Connection) -> None:
        process, worker = self._children[connection]
        try:
            message = connection.recv()
        except (EOFError, OSError):
            self._drop(connection, lost=True)
            return
        if isinstance(message, Ready):
            if self.searching_since is None:
                self.searching_since = monotonic_s()
                self.start_up_s = self.searching_since - self.began_at
        elif isinstance(message, Finished):
            self._drop(connection, lost=False)
        elif isinstance(message, Incumbent):
            self._take(message, worker)

    def _drop(self, connection: Connection, *, lost: bool) -> None:
        process, _ = self._children.pop(connection)
        self.lost += int(lost)
        connection.close()
        process.join(GRACE_S)
        if process.is_alive():
            process.kill()
            process.join()

    def _take(self, incumbent: Incumbent, worker: int) -> None:
        if self._first_cost is None:
            self._first_cost = incumbent.cost
        best = self.best
        if best is None or (incumbent.cost, worker) < (best.cost, self._best_worker):
            self.best = incumbent
            self._best_worker = worker

    def _report(self) -> None:
        if self.best is None or self._first_cost is None:
            return
        gained = 100.0 * (self._first_cost - self.best.cost) / max(1, self._first_cost)
        self.on_progress(
            Progress(self.elapsed_s(), self.best.n_served, self.best.route_cost, gained)
        )
