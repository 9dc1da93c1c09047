"""Baseline files: what was run where, resumable and safe for two runners at once."""

import fcntl
import json
import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tus_dispatch import __version__
from tus_dispatch.bench.best_known import BestKnown
from tus_dispatch.bench.record import Record, record_of, rows_text, write_text
from tus_dispatch.bench.running import FAIR_SHARE
from tus_dispatch.bench.summary import natural

FOLDER = Path(__file__).parent / "baselines"
PACKAGES = ("ortools", "numba", "numpy", "scipy")


class OtherMachineError(Exception):
    """A baseline was begun on another machine or with other versions."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """One file of ``benchmarks/baselines``.

    Attributes
    ----------
    about
        The command, the limits, the machine and the versions, as JSON.
    known
        Best known cost per instance, as the table named them.
    records
        The runs so far.
    """

    about: Mapping[str, Any]
    known: Mapping[str, BestKnown] = field(default_factory=dict)
    records: tuple[Record, ...] = ()

    def with_record(self, record: Record) -> "Baseline":
        """Add a run in the place of an older one of the same seed."""
        others = [each for each in self.records if key_of(each) != key_of(record)]
        return replace(self, records=tuple(sorted([*others, record], key=_order)))

    def has(self, instance: str, engine: str, seed: int) -> bool:
        """Tell whether a run is there that need not be made again.

        A peer that other programs kept from its core deserves another run.
        """
        return any(
            key_of(record) == (instance, engine, seed) and _is_fair(record)
            for record in self.records
        )

    def fairly_compared(self) -> tuple[Record, ...]:
        """Return the runs on those instances where every peer had its core to itself."""
        starved = {record.instance for record in self.records if not _is_fair(record)}
        return tuple(record for record in self.records if record.instance not in starved)


def _is_fair(record: Record) -> bool:
    return record.core_share is None or record.core_share >= FAIR_SHARE


def key_of(record: Record) -> tuple[str, str, int]:
    """Return what tells one run from another."""
    return record.instance, record.engine, record.seed


def machine(more: Iterable[str] = ()) -> dict[str, Any]:
    """Say where and with what this runs.

    Parameters
    ----------
    more
        Packages that matter beside our own.

    Returns
    -------
    dict
        What two runs must have in common to stand in one table.
    """
    packages = dict.fromkeys([*PACKAGES, *more])
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "versions": {
            "python": platform.python_version(),
            "tus-dispatch": __version__,
            **{name: found for name in packages if (found := _version(name))},
        },
    }


def load(name: str) -> Baseline | None:
    """Read a baseline, or None when there is none yet."""
    path = path_of(name)
    if not path.is_file():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    return Baseline(
        about={key: value for key, value in content.items() if key not in {"known", "records"}},
        known={name: BestKnown(*row) for name, row in content["known"].items()},
        records=tuple(record_of(row) for row in content["records"]),
    )


def add(name: str, fresh: Baseline, record: Record) -> None:
    """Put one run into a baseline file, whoever else is writing to it.

    Parameters
    ----------
    name
        Of the set.
    fresh
        What to begin with when there is no file.
    record
        The run.

    Raises
    ------
    OtherMachineError
        When the file was begun elsewhere.
    """
    with _alone(name):
        old = load(name) or fresh
        expect_same_machine(old, fresh)
        new = replace(old, known={**old.known, **fresh.known}).with_record(record)
        write_text(path_of(name), _text(new))


def expect_same_machine(old: Baseline, fresh: Baseline) -> None:
    """Let nobody mix the runs of two machines.

    Parameters
    ----------
    old, fresh
        The file at hand, and what would be added.

    Raises
    ------
    OtherMachineError
        With the first thing that differs.
    """
    for key, value in fresh.about.items():
        if key != "command" and old.about.get(key) != value:
            raise OtherMachineError(f"{key}: {old.about.get(key)} there, {value} here")


def path_of(name: str) -> Path:
    """Return the file of a baseline."""
    return FOLDER / f"{name}.json"


def _text(baseline: Baseline) -> str:
    """Write head and best known costs readably, and one record to a line."""
    head = {
        **baseline.about,
        "known": {
            name: [best.cost, best.status, best.vehicles]
            for name, best in sorted(baseline.known.items(), key=lambda item: natural(item[0]))
        },
    }
    opening = json.dumps(head, indent=2, ensure_ascii=False).removesuffix("\n}")
    return f'{opening},\n  "records": {rows_text(_slim(baseline.records))}\n}}\n'


def _slim(records: Sequence[Record]) -> Iterator[dict[str, Any]]:
    """Keep the routes of the cheapest run of an instance by an engine, and no others."""
    cheapest: dict[tuple[str, str], Record] = {}
    for record in records:
        where = record.instance, record.engine
        if record.cost is not None and (
            where not in cheapest or record.cost < (cheapest[where].cost or 0.0)
        ):
            cheapest[where] = record
    for record in records:
        keeps = cheapest.get((record.instance, record.engine)) is record
        yield (record if keeps else replace(record, routes=())).as_json()


def _order(record: Record) -> tuple[Any, ...]:
    return natural(record.instance), record.engine, record.seed


@contextmanager
def _alone(name: str) -> Iterator[None]:
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / f".{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _cpu() -> str:
    """Name the processor as Linux does, else as Python does."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
