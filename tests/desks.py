"""An association on a database of its own, for tests that work with real ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tus_dispatch.desk.live.exchange import Imported, import_day
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.solving import SolveOptions
from tus_dispatch.domain.organisation import (
    AccountId,
    Actor,
    Organisation,
    OrganisationId,
    Role,
)
from tus_dispatch.domain.scenario import Scenario, Territory
from tus_dispatch.store import organisations
from tus_dispatch.store.session import Database

# Monday 9 March 2026, 09:00 in Paris: the day before the day everybody knows by heart.
THE_EVE_AT = 1_773_043_200
THE_DAY = date(2026, 3, 10)
FEW = 40
NEW = Organisation("Association d’essai", Territory("Pays d’essai"))


@dataclass(slots=True)
class SetClock:
    """A clock that shows what a test sets."""

    at: int = THE_EVE_AT
    ticks_s: float = 0.0

    def now_at(self) -> int:
        """Return the instant that was set."""
        return self.at

    def monotonic_s(self) -> float:
        """Return seconds that only grow."""
        self.ticks_s += 0.001
        return self.ticks_s


@dataclass(frozen=True, slots=True)
class Desk:
    """An association, who works there, and the office."""

    office: Office
    organisation: OrganisationId
    clock: SetClock
    queued: list[str] = field(default_factory=list)

    @property
    def dispatcher(self) -> Actor:
        """Whose hand most things are."""
        return Actor(self.organisation, AccountId("acc_regulation"), Role.DISPATCHER)

    def another(self) -> "Desk":
        """Found another association in the same database."""
        with self.office.database.write() as session:
            organisation = organisations.create(session, NEW)
        return replace(self, organisation=organisation)

    def imported(self, scenario: Scenario) -> Imported:
        """Import a day."""
        with self.office.database.write() as session:
            return import_day(session, self.dispatcher, scenario)


@contextmanager
def open_desk(folder: Path, url: str | None = None) -> Iterator[Desk]:
    """Open an association in a folder; on SQLite unless told otherwise."""
    clock = SetClock()
    queued: list[str] = []
    database = Database.open(url or f"sqlite:///{folder / 'tus.db'}", clock=clock)
    try:
        with database.write() as session:
            organisation = organisations.create(session, NEW)
        office = Office(
            database,
            clock,
            files=folder / "files",
            data=folder,
            enqueue=lambda _, job: queued.append(job),
            solving=SolveOptions(iterations=FEW, proves=False),
        )
        yield Desk(office, organisation, clock, queued)
    finally:
        database.close()
