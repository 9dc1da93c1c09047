"""The page that says how quickly the server answers, from what was measured."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

PAGE = Path(__file__).parents[1] / "docs" / "load.md"
# p99 in milliseconds: alone, and with a solve running on the same two cores.
TARGETS_MS = {"write": 1000.0, "read": 500.0, "quote": 1000.0}
WITH_SOLVE_MS = 2000.0
_WORDS = {"write": "booking asked for", "read": "day looked at", "quote": "quote"}
_ABOUT = """\
# Load

Written by `python -m benchmarks.load`; do not edit. Repeat it with `make load`.

The real server on SQLite as shipped, on one machine together with those who ask:
{n_users} people, each thinking 5 to 15 seconds between two requests, 30 % asking for a
booking and 70 % looking at a day of 60 legs and more; quotes come twice a second by the
clock and are timed from the moment they were due. Each phase lasts {seconds:.0f} seconds.
{machine}.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of request in one phase.

    Attributes
    ----------
    phase, kind
        What was measured.
    n, n_errors
        Requests, and those without a good answer.
    p50_ms, p95_ms, p99_ms, max_ms
        Milliseconds until the answer.
    example
        Of an error, or empty.
    """

    phase: str
    kind: str
    n: int
    n_errors: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    example: str

    @classmethod
    def of(cls, phase: str, kind: str, ms: list[float], errors: list[str]) -> "Row":
        """Summarise what was measured."""
        p50, p95, p99 = (float(np.percentile(ms, percent)) for percent in (50, 95, 99))
        return cls(phase, kind, len(ms), len(errors), p50, p95, p99, max(ms), "".join(errors[:1]))

    @property
    def target_ms(self) -> float:
        """What the 99th percentile must stay below."""
        return WITH_SOLVE_MS if "solve" in self.phase else TARGETS_MS[self.kind]

    @property
    def is_met(self) -> bool:
        """Whether nothing failed and the target is kept."""
        return self.n_errors == 0 and self.p99_ms < self.target_ms


@dataclass(frozen=True, slots=True)
class Run:
    """Everything on the page.

    Attributes
    ----------
    rows
        In the order of measuring.
    seconds
        Of a phase.
    n_users
        People side by side.
    python, sqlite
        Versions.
    """

    rows: tuple[Row, ...]
    seconds: float
    n_users: int
    python: str
    sqlite: str


def page_text(run: Run) -> str:
    """Return the page."""
    machine = f"{os.cpu_count()} cores, {run.python}, SQLite {run.sqlite}"
    header = ("phase", "request", "n", "errors", "p50", "p95", "p99", "longest", "p99 below", "")
    lines = [header, ("---",) * len(header), *map(_cells, run.rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    about = _ABOUT.format(n_users=run.n_users, seconds=run.seconds, machine=machine)
    return f"{about}\nMilliseconds:\n\n{table}\n"


def _cells(row: Row) -> tuple[str, ...]:
    times = (row.p50_ms, row.p95_ms, row.p99_ms, row.max_ms, row.target_ms)
    return (
        row.phase,
        _WORDS[row.kind],
        str(row.n),
        str(row.n_errors),
        *(f"{ms:.0f}" for ms in times),
        "met" if row.is_met else "missed",
    )
