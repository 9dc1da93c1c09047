"""``tus bench``: engines and peers on benchmark files and scenarios."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tus_dispatch.bench.best_known import BestKnown
    from tus_dispatch.bench.reading import Case
    from tus_dispatch.bench.running import RunOptions

DEFAULT_TIME_LIMIT_S = 10.0
INTERRUPTED = 130


def bench(
    *,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Cordeau or Li and Lim files, or scenarios."),
    ],
    time_limit: Annotated[
        float | None,
        typer.Option(help="Seconds per run; 10 unless --iterations is given.", min=0.1),
    ] = None,
    iterations: Annotated[
        int | None, typer.Option(help="Solutions to look at; not for peers.", min=1)
    ] = None,
    seeds: Annotated[int, typer.Option(help="Run the seeds 0 to N-1.", min=1)] = 1,
    workers: Annotated[int, typer.Option(help="Processes side by side.", min=1, max=64)] = 1,
    engine: Annotated[
        str | None, typer.Option(help="Engine or peer; any other name lists them.")
    ] = None,
    no_ride_limit: Annotated[
        bool, typer.Option("--no-ride-limit", help="Lift the ride limit of benchmark files.")
    ] = False,
    best_known: Annotated[
        Path | None,
        typer.Option(help="Table of best known costs, if not best_known.csv beside the files."),
    ] = None,
    json_: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="File for the records.")
    ] = None,
) -> None:
    """Run benchmark files and show what each run cost, judged and re-priced.

    Seconds count from the loaded instance. The records are written after every
    run, so none is lost when a later one fails or is interrupted. Exits with 2
    when a file or an option cannot be used; the other files are still run.
    """
    from tus_dispatch.bench.running import RunOptions, expect_runnable
    from tus_dispatch.solver.engines import DEFAULT_ENGINE

    if time_limit is None and iterations is None:
        time_limit = DEFAULT_TIME_LIMIT_S
    options = RunOptions(engine or DEFAULT_ENGINE, time_limit, iterations, workers)
    expect_runnable(options)
    known = _tables(files, best_known)
    cases, failed = _cases(files, options, ride_limit=not no_ride_limit)
    try:
        _run_all(cases, options, seeds, known, json_)
    except KeyboardInterrupt:
        typer.echo("interrupted; the records written so far are complete", err=True)
        raise typer.Exit(INTERRUPTED) from None
    if failed:
        raise typer.Exit(2)


def _tables(files: Sequence[Path], named: Path | None) -> "Mapping[str, BestKnown]":
    from tus_dispatch.bench.best_known import find_table, read_table

    if named is not None:
        return read_table(named)
    tables = dict.fromkeys(found for file in files if (found := find_table(file)))
    known: dict[str, BestKnown] = {}
    for table in tables:
        known |= read_table(table)
    return known


def _cases(
    files: Sequence[Path], options: "RunOptions", *, ride_limit: bool
) -> "tuple[list[Case], bool]":
    """Read every file; complain about the wrong ones and go on with the others."""
    from tus_dispatch.bench.reading import read_case
    from tus_dispatch.bench.running import expect_plans
    from tus_dispatch.cli.complaint import complain
    from tus_dispatch.errors import InputError

    cases: list[Case] = []
    for file in files:
        try:
            case = read_case(file, ride_limit=ride_limit)
            expect_plans(case, options)
        except InputError as error:
            complain(error)
        else:
            cases.append(case)
    return cases, len(cases) < len(files)


def _run_all(
    cases: "Sequence[Case]",
    options: "RunOptions",
    seeds: int,
    known: "Mapping[str, BestKnown]",
    out: Path | None,
) -> None:
    from rich.console import Console

    from tus_dispatch.bench.record import Record, write_records
    from tus_dispatch.bench.running import run
    from tus_dispatch.cli.bench_view import BenchTable

    records: list[Record] = []
    if out is not None:
        write_records(out, records)
    table = BenchTable(Console())
    for case in cases:
        for seed in range(seeds):
            typer.echo(f"{case.name}, seed {seed}: {options.engine} …", err=True)
            record = run(case, options, seed, warn=lambda text: typer.echo(text, err=True))
            records.append(record)
            if out is not None:
                write_records(out, records)
            table.show(case, record, known.get(record.instance))
