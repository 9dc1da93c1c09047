"""What use cases share: the database, the clock, the folders, and what need not be redone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tus_dispatch.desk.live.memory import Memory
from tus_dispatch.desk.solving import SolveOptions
from tus_dispatch.domain.organisation import OrganisationId
from tus_dispatch.domain.slot_offer import SlotOffer
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.network.times import TravelTimes
from tus_dispatch.planning.open_day import OpenDay
from tus_dispatch.store.session import Database

_GIB = 2**30
# Whoever waits for an answer comes first; a solve that asks for more has run wild.
_SOLVING = SolveOptions(niceness=10, memory_bytes=4 * _GIB)
_OPEN_DAYS, _MATRICES, _SOURCES, _SLOTS = 32, 32, 8, 256


class Clock(Protocol):
    """Tells the time, and measures durations."""

    def now_at(self) -> int:
        """Return UTC epoch seconds."""

    def monotonic_s(self) -> float:
        """Return seconds of a clock that never goes back."""


def _nobody(_organisation: OrganisationId, _job: str) -> None:
    """Leave a queued solve to whoever looks for unfinished ones."""


@dataclass(frozen=True, slots=True)
class Office:
    """Made once by the program that serves.

    Attributes
    ----------
    database
        Where everything is kept.
    clock
        Tells when.
    files
        Folder for what is published, readable with nothing running.
    data
        Folder in which paths of road networks start.
    enqueue
        Tells whoever solves that a solve is queued.
    solving
        What every solve has in common.
    ledger
        File outside the database that says who is erased, or None.
    open_days, matrices, sources, slots
        What need not be worked out twice.
    """

    database: Database
    clock: Clock
    files: Path
    data: Path
    enqueue: Callable[[OrganisationId, str], None] = _nobody
    solving: SolveOptions = _SOLVING
    ledger: Path | None = None
    open_days: Memory[OpenDay] = field(default_factory=lambda: Memory(_OPEN_DAYS))
    matrices: Memory[TravelMatrix] = field(default_factory=lambda: Memory(_MATRICES))
    sources: Memory[TravelTimes] = field(default_factory=lambda: Memory(_SOURCES))
    slots: Memory[tuple[SlotOffer, ...]] = field(default_factory=lambda: Memory(_SLOTS))

    def forget(self) -> None:
        """Forget everything that may name somebody."""
        self.open_days.forget()
        self.matrices.forget()
