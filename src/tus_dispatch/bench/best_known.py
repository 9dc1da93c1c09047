"""Best known costs from a table beside the instances, and when a gap to them means something."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tus_dispatch.bench.codes import refusal
from tus_dispatch.bench.record import Record

TABLE_NAME = "best_known.csv"
VEHICLES_FIRST = "vehicles first"


@dataclass(frozen=True, slots=True)
class BestKnown:
    """The reference value of one instance.

    Attributes
    ----------
    cost
        Total distance.
    status
        How far it can be trusted, in the table's words.
    vehicles
        Vehicles of the reference, or None when the table does not say.
    """

    cost: float
    status: str
    vehicles: int | None

    def gap_percent(self, record: Record, *, is_relaxed: bool = False) -> float | None:
        """Say how far above the reference a record is.

        Parameters
        ----------
        record
            Of the same instance.
        is_relaxed
            Whether the file's ride limit was lifted.

        Returns
        -------
        float or None
            None for what cannot be compared: an infeasible record, a lifted
            limit, or another number of vehicles than that of a reference
            which saved vehicles first.
        """
        if record.cost is None or is_relaxed:
            return None
        if self.status.startswith(VEHICLES_FIRST) and record.vehicles != self.vehicles:
            return None
        return 100.0 * (record.cost - self.cost) / self.cost


def find_table(file: Path) -> Path | None:
    """Find the table beside a file's folder, or beside the file.

    Parameters
    ----------
    file
        A benchmark file.

    Returns
    -------
    Path or None
        The nearest of the two.
    """
    folder = file.resolve().parent
    for place in (folder, folder.parent):
        if (place / TABLE_NAME).is_file():
            return place / TABLE_NAME
    return None


def read_table(path: Path) -> Mapping[str, BestKnown]:
    """Read a table of best known costs.

    Parameters
    ----------
    path
        A CSV file with the columns ``instance``, ``best_known`` and
        ``status``, and perhaps ``vehicles``.

    Returns
    -------
    mapping
        By instance; of several rows the cheapest counts, and rows without a
        value do not.

    Raises
    ------
    InputError
        When the file cannot be read, lacks a column or holds a value that is
        not a positive number.
    """
    source, expected = str(path), "une table CSV lisible"
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise refusal("best-known-unreadable", source, source, error, expected) from error
    best: dict[str, BestKnown] = {}
    for number, row in enumerate(rows, start=2):
        try:
            name, known = row["instance"], _row(row)
        except (KeyError, TypeError, ValueError) as error:
            where, wanted = f"{source}:{number}", "un coût positif par instance"
            raise refusal("best-known-unreadable", source, where, error, wanted) from error
        if known is not None and (name not in best or known.cost < best[name].cost):
            best[name] = known
    return best


def _row(row: Mapping[str, str | None]) -> BestKnown | None:
    text, status, vehicles = row["best_known"], row["status"] or "", row.get("vehicles")
    if not text:
        return None
    cost = float(text)
    if not 0 < cost < float("inf"):
        raise ValueError(text)
    return BestKnown(cost, status, int(vehicles) if vehicles else None)
