"""One run as a record: what ran, how long, what it cost by our judge and our price."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tus_dispatch.bench.codes import refusal

Routes = tuple[tuple[int | str, ...], ...]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What a peer's orders are worth when the limits it cannot say are set aside.

    Attributes
    ----------
    cost
        As in :class:`Record`, or None when they break other rules too.
    ride_limit_violations
        Requests that no timing of their route brings home within their limit.
    route_duration_violations
        Routes that no timing makes short enough.
    """

    cost: float | None
    ride_limit_violations: int
    route_duration_violations: int


@dataclass(frozen=True, slots=True)
class Record:
    """One run of one engine on one file.

    Attributes
    ----------
    instance
        Stem of the file.
    engine, seed
        Who searched.
    n_requests
        Requests, or legs of a scenario.
    vehicles
        Vehicles used.
    wall_s
        Seconds of search from the loaded instance; start-up is apart.
    cost
        Total distance in double precision, in the units of the file; for a
        scenario the total of its objective in euro cents. None if infeasible.
    feasible
        Whether the judge finds nothing, and in a benchmark file everybody is
        served.
    lower_bound
        No solution costs less; in the unit of ``cost``. None when not known.
    proved_optimal
        Whether no solution is cheaper.
    routes
        Per vehicle used, the node numbers of the file without depots; for a
        scenario the leg of every door, so each leg twice.
    relaxed
        Only for peers.
    cpu_s
        Only for peers: processor time within ``wall_s``, which tells whether a
        peer had its core to itself.
    """

    instance: str
    engine: str
    seed: int
    n_requests: int
    vehicles: int
    wall_s: float
    cost: float | None
    feasible: bool
    lower_bound: float | None
    proved_optimal: bool
    routes: Routes
    relaxed: Relaxed | None = None
    cpu_s: float | None = None

    @property
    def core_share(self) -> float | None:
        """Share of a core that a peer had; None for our engines and for runs of no time."""
        return self.cpu_s / self.wall_s if self.cpu_s and self.wall_s else None

    def as_json(self) -> dict[str, Any]:
        """Return the record as it is written; peers have four keys more."""
        known = {key: getattr(self, key) for key in KEYS}
        known["routes"] = [list(route) for route in self.routes]
        if self.relaxed is not None:
            known["relaxed_cost"] = self.relaxed.cost
            known["ride_limit_violations"] = self.relaxed.ride_limit_violations
            known["route_duration_violations"] = self.relaxed.route_duration_violations
            known["cpu_s"] = self.cpu_s
        return known


PEER_FIELDS = {"relaxed", "cpu_s"}
KEYS = tuple(name for name in Record.__dataclass_fields__ if name not in PEER_FIELDS)


def record_of(row: Mapping[str, Any]) -> Record:
    """Read a record back.

    Parameters
    ----------
    row
        What :meth:`Record.as_json` gave.

    Returns
    -------
    Record
        Equal to the one written.
    """
    known = {key: row[key] for key in KEYS}
    known["routes"] = tuple(tuple(route) for route in row["routes"])
    relaxed = None
    if "relaxed_cost" in row:
        relaxed = Relaxed(
            row["relaxed_cost"], row["ride_limit_violations"], row["route_duration_violations"]
        )
    return Record(**known, relaxed=relaxed, cpu_s=row.get("cpu_s"))


def rows_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """Lay out a list of objects as JSON, one to a line.

    Parameters
    ----------
    rows
        Anything JSON can say; numbers must be finite.

    Returns
    -------
    str
        A JSON list without a final line feed.
    """
    lines = [json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows]
    return "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"


def write_text(path: Path, text: str) -> None:
    """Replace a file whole, so that a reader never sees half of it.

    Parameters
    ----------
    path
        The file.
    text
        Its new content.

    Raises
    ------
    InputError
        When it cannot be written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        expected = "un fichier dans un dossier où l’on peut écrire"
        source = str(path)
        raise refusal("results-unwritable", source, source, error.strerror, expected) from error


def write_records(path: Path, records: Sequence[Record]) -> None:
    """Write all records so far.

    Parameters
    ----------
    path
        Replaced whole.
    records
        In the order of the runs.

    Raises
    ------
    InputError
        When the file cannot be written.
    """
    write_text(path, rows_text(record.as_json() for record in records) + "\n")
