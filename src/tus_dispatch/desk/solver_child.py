"""What runs in the solver's process: search, and send home every better solution."""

import ctypes
import os
import signal
import sys
from multiprocessing.connection import Connection

from tus_dispatch.desk.solver_messages import Finished, Ready, Task
from tus_dispatch.solver.bound import Bound
from tus_dispatch.solver.engines import ENGINES
from tus_dispatch.solver.proving import search_and_prove
from tus_dispatch.solver.stop import FirstOf, MaxIterations, MaxRuntime, Stop
from tus_dispatch.solver.warm_up import warm_up

if sys.platform != "win32":
    import resource

PR_SET_PDEATHSIG = 1


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
