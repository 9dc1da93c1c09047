"""What runs in the solver's process: search, and send home every better solution."""

import ctypes
import signal
import sys
from multiprocessing.connection import Connection
from typing import NamedTuple

from tus_dispatch.solver.engines import DEFAULT_ENGINE, ENGINES
from tus_dispatch.solver.incumbent import Incumbent
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.solution import Solution
from tus_dispatch.solver.stop import FirstOf, MaxIterations, MaxRuntime, Stop
from tus_dispatch.solver.warm_up import warm_up

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
    """

    instance: Instance
    start: Solution | None
    seed: int
    time_limit_s: float | None
    iterations: int | None
    engine: str = DEFAULT_ENGINE


class Ready(NamedTuple):
    """Sent once: kernels are compiled and loaded, the search begins."""


class Finished(NamedTuple):
    """Sent last: the search stopped by itself."""


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
    warm_up()
    connection.send(Ready())
    ENGINES[task.engine](
        task.instance,
        seed=task.seed,
        stop=_stop_of(task),
        on_incumbent=connection.send,
        start=task.start,
    )
    connection.send(Finished())
    connection.close()


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
