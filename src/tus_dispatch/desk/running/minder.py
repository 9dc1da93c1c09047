"""Things a server does by itself while it serves, each at its own interval."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from tus_dispatch.desk.clock import monotonic_s
from tus_dispatch.errors import TusError

_LOG = logging.getLogger("tus_dispatch.minder")
_NAP_S = 1.0


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to be done again and again.

    Attributes
    ----------
    name
        For the log.
    every_s
        Seconds from one start to the next.
    do
        Does it; a disk or database that fails is logged, and tried again the
        next time.
    at_once
        Whether it is done at the start, too.
    """

    name: str
    every_s: float
    do: Callable[[], None]
    at_once: bool = True


class Minder:
    """A thread that does chores until it is told to stop.

    Parameters
    ----------
    chores
        What to do.
    """

    def __init__(self, *chores: Chore) -> None:
        self._chores = chores
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="minder", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the chore that is being done."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        now_s = monotonic_s()
        due_s = [now_s + (0 if each.at_once else each.every_s) for each in self._chores]
        while not self._stopped.wait(min(_NAP_S, *(each.every_s for each in self._chores))):
            for number, chore in enumerate(self._chores):
                if monotonic_s() >= due_s[number]:
                    due_s[number] = monotonic_s() + chore.every_s
                    self._do(chore)

    def _do(self, chore: Chore) -> None:
        try:
            chore.do()
        except (OSError, TusError, sqlite3.Error, SQLAlchemyError):
            # The others must go on: one of them keeps a full disk from
            # damaging the database.
            _LOG.exception("%s failed", chore.name)
