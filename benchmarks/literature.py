"""Run a set of benchmark files: ``python -m benchmarks.literature a-10s``.

Every run is written at once to ``benchmarks/baselines/SET.json``; what is there already
is not run again, so an interrupted set goes on where it stopped. Two runners side by
side share a set with ``--part 1/2`` and ``--part 2/2``, each pinned to one core
(``taskset -c 0 python -m ...``). ``--only a6-48 'R*'`` chooses files, ``--again`` runs
them although they are there, and so are runs of a peer that had less than nine tenths of
its core. Without a set the sets are listed.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.baseline import Baseline, add, expect_same_machine, load, machine
from benchmarks.sets import SETS, BenchSet
from tests.data_folder import find_data_folder
from tus_dispatch.bench.best_known import BestKnown, find_table, read_table
from tus_dispatch.bench.peers.registry import PEERS
from tus_dispatch.bench.reading import read_case
from tus_dispatch.bench.running import RunOptions, expect_runnable, run


class Job(NamedTuple):
    """One run to do."""

    path: Path
    engine: str
    seed: int


def jobs(bench_set: BenchSet, folder: Path, asked: argparse.Namespace) -> Iterator[Job]:
    """Yield the runs of a set; seed by seed, so that a part of a set covers all its files."""
    engines = [name for name in bench_set.engines if not asked.engine or name in asked.engine]
    for seed in range(bench_set.n_seeds if asked.seeds is None else asked.seeds):
        for path in bench_set.paths(folder, asked.only):
            for engine in engines:
                yield Job(path, engine, seed)


def run_set(bench_set: BenchSet, folder: Path, asked: argparse.Namespace) -> None:
    """Run what is asked for and not there yet."""
    part, n_parts = (int(number) for number in asked.part.split("/"))
    fresh = Baseline(
        {
            "command": f"python -m benchmarks.literature {bench_set.name}",
            "limit_s": bench_set.limit_s,
            "ride_limit": bench_set.ride_limit,
            **machine(PEERS[name].distribution for name in bench_set.engines if name in PEERS),
        }
    )
    old = load(bench_set.name)
    if old is not None:
        expect_same_machine(old, fresh)
    for job in [*jobs(bench_set, folder, asked)][part - 1 :: n_parts]:
        done = load(bench_set.name)
        if done is None or asked.again or not done.has(job.path.stem, job.engine, job.seed):
            _run_job(bench_set, job, fresh)


def _run_job(bench_set: BenchSet, job: Job, fresh: Baseline) -> None:
    options = RunOptions(job.engine, bench_set.limit_s)
    expect_runnable(options)
    case = read_case(job.path, ride_limit=bench_set.ride_limit)
    record = run(case, options, job.seed, warn=lambda text: print(text, file=sys.stderr))
    cost = "infeasible" if record.cost is None else f"{record.cost:.2f}"
    print(f"{record.instance} {record.engine} {record.seed}: {cost}, {record.wall_s:.1f} s")
    sys.stdout.flush()
    known = _known(job.path)
    add(bench_set.name, Baseline(fresh.about, known), record)


def _known(path: Path) -> dict[str, BestKnown]:
    table = find_table(path)
    found = {} if table is None else read_table(table)
    return {path.stem: found[path.stem]} if path.stem in found else {}


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", choices=[*SETS, []], metavar="SET")
    parser.add_argument("--instances", type=Path, help="Folder; else that of TUS_DATA.")
    parser.add_argument("--only", nargs="+", default=[], metavar="STEM")
    parser.add_argument("--engine", nargs="+", default=[])
    parser.add_argument("--seeds", type=int, help="Fewer or more than the set says.")
    parser.add_argument("--part", default="1/1", metavar="I/N")
    parser.add_argument("--again", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Run the sets named, or list them all."""
    asked = parsed()
    data = find_data_folder()
    folder = asked.instances or (data / "instances" if data else None)
    if folder is None:
        sys.exit("name the folder of instances with --instances")
    for name in asked.sets:
        run_set(SETS[name], folder, asked)
    if not asked.sets:
        for each in SETS.values():
            n_runs = len(each.paths(folder)) * each.n_seeds * len(each.engines)
            hours = n_runs * each.limit_s / 3600
            print(f"{each.name}: {n_runs} runs of {each.limit_s:g} s, {hours:.1f} h")


if __name__ == "__main__":
    main()
