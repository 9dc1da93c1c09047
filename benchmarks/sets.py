"""Which files are run how long, from how many seeds, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from tus_dispatch.bench.peers.registry import PEERS
from tus_dispatch.bench.summary import natural
from tus_dispatch.solver.engines import DEFAULT_ENGINE, ENGINES

A = "cordeau_ropke_a/*.txt"
R = "cordeau_laporte/*.txt"
SOME_PAIRS = ("li_lim/l*10[15].txt",)
LARGE_A = tuple(f"cordeau_ropke_a/{name}.txt" for name in ("a6-72", "a7-84", "a8-80", "a8-96"))
MIDDLING_R = tuple(f"cordeau_laporte/{name}.txt" for name in ("R3a", "R4a", "R8a", "R9a"))

OURS = (DEFAULT_ENGINE,)
OURS_AND_PEERS = (DEFAULT_ENGINE, *PEERS)
# The default engine, its ablations, and whatever else stands behind the interface.
# Rounds are closed where times cost, which they do not in these files.
ALL_ENGINES = tuple(name for name in ENGINES if name != f"{DEFAULT_ENGINE}/no-closing")


@dataclass(frozen=True, slots=True)
class BenchSet:
    """One table of docs/benchmarks.md.

    Attributes
    ----------
    name
        Of the baseline file.
    files
        Patterns below the folder of instances.
    limit_s, n_seeds
        Seconds per run, and seeds 0 to ``n_seeds - 1``.
    engines
        Who runs.
    ride_limit
        Whether the ride limits of the files hold.
    """

    name: str
    files: tuple[str, ...]
    limit_s: float
    n_seeds: int
    engines: tuple[str, ...] = OURS
    ride_limit: bool = True

    def paths(self, folder: Path, only: Sequence[str] = ()) -> list[Path]:
        """Return the files of the set.

        Parameters
        ----------
        folder
            Holds the instances.
        only
            Patterns for file stems; none stands for all.

        Returns
        -------
        list of Path
            In natural order of their stems.
        """
        found = {path for pattern in self.files for path in folder.glob(pattern)}
        chosen = [
            path
            for path in found
            if not only or any(fnmatch(path.stem, pattern) for pattern in only)
        ]
        return sorted(chosen, key=lambda path: natural(path.stem))


SETS = {
    each.name: each
    for each in (
        BenchSet("a-10s", (A,), 10.0, 1),
        BenchSet("a-60s", (A,), 60.0, 1),
        BenchSet("R-60s", (R,), 60.0, 1),
        BenchSet("R-300s", (R,), 300.0, 1),
        BenchSet(
            "pairs-10s", (R, *SOME_PAIRS, *LARGE_A), 10.0, 1, OURS_AND_PEERS, ride_limit=False
        ),
        BenchSet("limits-10s", (A, R), 10.0, 1, OURS_AND_PEERS),
        BenchSet("engines-10s", (*LARGE_A, *MIDDLING_R), 10.0, 3, ALL_ENGINES),
    )
}
