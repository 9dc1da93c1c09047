"""What a solver's process is told and what it says; heavy libraries are left to that process."""

from importlib import import_module
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, NamedTuple

from tus_dispatch.solver.bound import Bound
from tus_dispatch.solver.engine_names import DEFAULT_ENGINE
from tus_dispatch.solver.incumbent import Incumbent
from tus_dispatch.solver.instance import Instance
from tus_dispatch.solver.solution import Solution

if TYPE_CHECKING:
    from tus_dispatch.solver.event_prices import Doubles


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
    arc_cost: "Doubles | None" = None
    niceness: int = 0
    memory_bytes: int | None = None


class Ready(NamedTuple):
    """Sent once: kernels are compiled and loaded, the search begins."""


class Finished(NamedTuple):
    """Sent last: the search stopped by itself, and this is known of better solutions."""

    bound: Bound


Message = Ready | Incumbent | Finished


def run_apart(connection: Connection) -> None:
    """Search in a process of its own; only there engines and exact models are loaded.

    Parameters
    ----------
    connection
        Brings the ``Task``, and receives what the search says.
    """
    child = import_module("tus_dispatch.desk.solver_child")
    child.run(connection, connection.recv())
