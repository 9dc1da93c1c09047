"""Many records of one instance and engine in a few numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from tus_dispatch.bench.best_known import BestKnown
from tus_dispatch.bench.record import Record


@dataclass(frozen=True, slots=True)
class Summary:
    """All seeds of one engine on one instance.

    Attributes
    ----------
    records
        At least one, by seed.
    """

    records: tuple[Record, ...]

    @property
    def n_feasible(self) -> int:
        """Number of runs the judge accepts."""
        return sum(record.feasible for record in self.records)

    @property
    def is_feasible(self) -> bool:
        """Whether the judge accepts every run."""
        return self.n_feasible == len(self.records)

    @property
    def costs(self) -> tuple[float, ...]:
        """Price of each feasible run."""
        return tuple(record.cost for record in self.records if record.cost is not None)

    @property
    def mean_cost(self) -> float | None:
        """Mean of the feasible runs, or None when a run is not."""
        return fmean(self.costs) if self.is_feasible else None

    @property
    def best_cost(self) -> float | None:
        """Cheapest feasible run, or None."""
        return min(self.costs, default=None)

    @property
    def loose_cost(self) -> float | None:
        """Mean cost with the limits set aside that a peer cannot say; None where there is none."""
        loose = [
            record.cost if record.relaxed is None else record.relaxed.cost
            for record in self.records
        ]
        known = [cost for cost in loose if cost is not None]
        return fmean(known) if len(known) == len(loose) else None

    @property
    def wall_s(self) -> float:
        """Mean seconds of a run."""
        return fmean(record.wall_s for record in self.records)

    def gaps_percent(self, best: BestKnown, *, is_relaxed: bool = False) -> tuple[float, ...]:
        """Return the gaps of the runs that can be compared with a reference.

        Parameters
        ----------
        best
            The reference.
        is_relaxed
            Whether the file's ride limit was lifted.

        Returns
        -------
        tuple of float
            By seed.
        """
        gaps = [best.gap_percent(record, is_relaxed=is_relaxed) for record in self.records]
        return tuple(gap for gap in gaps if gap is not None)


Summaries = Mapping[tuple[str, str], Summary]


def summaries(records: Iterable[Record]) -> dict[tuple[str, str], Summary]:
    """Gather records by instance and engine.

    Parameters
    ----------
    records
        In any order.

    Returns
    -------
    dict
        By instance and engine, in natural order: ``a2-16`` before ``a10-8``.
    """
    gathered: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        gathered.setdefault((record.instance, record.engine), []).append(record)
    return {
        key: Summary(tuple(sorted(gathered[key], key=lambda record: record.seed)))
        for key in sorted(gathered, key=lambda key: (natural(key[0]), key[1]))
    }


def instances(found: Summaries) -> tuple[str, ...]:
    """Return the instances of some summaries in natural order."""
    return tuple(sorted({instance for instance, _ in found}, key=natural))


def engines(found: Summaries, first: str, order: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the engines of some summaries.

    Parameters
    ----------
    found
        Anything.
    first
        Stands first when it is there.
    order
        Engines in the order wanted; others come before them by name.

    Returns
    -------
    tuple of str
        Each once.
    """
    names = {engine for _, engine in found}
    rank = {name: at for at, name in enumerate(order)}
    return tuple(sorted(names, key=lambda name: (name != first, rank.get(name, -1), name)))


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts numbers inside names by value.

    Parameters
    ----------
    name
        Any text.

    Returns
    -------
    tuple
        Comparable with that of any other name.

    Examples
    --------
    >>> sorted(["R10a", "R2a", "a8-96", "a8-9"], key=natural)
    ['R2a', 'R10a', 'a8-9', 'a8-96']
    """
    parts: list[str] = [""]
    for letter in name:
        if letter.isdigit() != parts[-1].isdigit() and parts[-1]:
            parts.append("")
        parts[-1] += letter
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
