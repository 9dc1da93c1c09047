"""What runs in the solver's process: search, and send home every better solution."""

import ctypes
import os
import signal
import sys
from multiprocessing.connection import Connection
from typing import NamedTuple

from tus_dispatch.solver.bound import Bound
from tus_dispatch.solver.engines import DEFAULT_ENGINE, ENGINES
from tus_dispatch.solver.event_prices import Doubles
from tus_dispatch.solver.incumbent import Incumbent
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.proving import search_and_prove
from tus_dispatch.solver.solution import Solution
from tus_dispatch.solver.stop import FirstOf, MaxIterations, MaxRuntime, Stop
from tus_dispatch.solver.warm_up import warm_up

if sys.platform != "win32":
    import resource

PR_SET_PDEATHSIG = 1


class Task(NamedTuple):
    """Everything a solver process is told.

    Attributes
    ----------
    instance, start
        The problem, and routes to start from or None.
    seed
        Of this process.
    time_limit_s, iterations
        Limits; None for no limit of that kind.
    engine
        Key of ``solver.engines.ENGINES``.
    proves
        Whether to tell how far from the best the result can be.
    arc_cost
        For that, costs between locations that replace the objective, or None;
        see ``solver.certify``.
    niceness
        How far it stands back behind other processes, 0 to 19.
    memory_bytes
        Most memory it may ask for, or None without a cap.
    """

    instance: Instance
    start: Solution | None
    seed: int
    time_limit_s: float | None
    iterations: int | None
    engine: str = DEFAULT_ENGINE
    proves: bool = False
    arc_cost: Doubles | None = None
    niceness: int = 0
    memory_bytes: int | None = None


class Ready(NamedTuple):
    """Sent once: kernels are compiled and loaded, the search begins."""


class Finished(NamedTuple):
    """Sent last: the search stopped by itself, and this is known of better solutions."""

    bound: Bound


Message = Ready | Incumbent | Finished


def run(connection: Connection, task: Task) -> None:
    """Search until a limit and report on the way.

    Parameters
    ----------
    connection
        Receives ``Ready``, every ``Incumbent``, then ``Finished``.
    task
        What to do.
    """
    _die_with_parent()
    _stand_back(task)
    warm_up()
    connection.send(Ready())
    connection.send(Finished(_search(connection, task)))
    connection.close()


def _search(connection: Connection, task: Task) -> Bound:
    engine, stop = ENGINES[task.engine], _stop_of(task)
    if not task.proves:
        engine(
            task.instance,
            seed=task.seed,
            stop=stop,
            on_incumbent=connection.send,
            start=task.start,
        )
        return Bound()
    _, bound = search_and_prove(
        engine,
        task.instance,
        seed=task.seed,
        stop=stop,
        on_incumbent=connection.send,
        start=task.start,
        arc_cost=task.arc_cost,
    )
    return bound


def _stop_of(task: Task) -> Stop:
    rules: list[Stop] = []
    if task.time_limit_s is not None:
        rules.append(MaxRuntime(task.time_limit_s))
    if task.iterations is not None:
        rules.append(MaxIterations(task.iterations))
    return FirstOf(tuple(rules))


def _die_with_parent() -> None:
    """Ask the kernel to end this process when its parent is gone, where it can be asked."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _stand_back(task: Task) -> None:
    """Leave processor and memory to whoever is waiting for an answer, where that can be asked."""
    if task.niceness:
        os.nice(task.niceness)
    if task.memory_bytes is not None and sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (task.memory_bytes, hard))
