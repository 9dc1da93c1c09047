"""``tus fill`` and ``tus daytime``: the middle of a day, filled and measured."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tus_dispatch.domain.daytime_report import DaytimeReport

DEFAULT_TIME_LIMIT_S = 10.0
_Scenario = Annotated[Path, typer.Argument(help="Scenario file of the day.")]
_Plan = Annotated[Path, typer.Argument(help="Plan of that day, draft or published.")]
_TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit", help="Seconds of each search; 10 unless --iterations is given.", min=0.1
    ),
]
_Iterations = Annotated[
    int | None,
    typer.Option("--iterations", help="Solutions to look at; alone it is repeatable.", min=1),
]
_Seed = Annotated[int, typer.Option("--seed", help="Seed of both searches.", min=0)]


def fill(
    scenario: _Scenario,
    plan: _Plan,
    *,
    out: Annotated[Path, typer.Option("--out", help="Folder for the filled plan and its report.")],
    time_limit: _TimeLimit = None,
    iterations: _Iterations = None,
    seed: _Seed = 0,
) -> None:
    """Let flexible bookings, events and protected time into a planned day.

    What the plan has stays: nobody told or planned a time is moved beyond the
    tolerance, no shift ends at another time, no protected slot is touched.
    Optional legs go in where their value exceeds the kilometres and paid
    minutes they add. The folder receives the filled plan with its sheets and
    map, its scenario.json, daytime.json and daytime.html. What came in is a
    proposal until `tus confirm`.
    """
    report = _filled(scenario, plan, out, (time_limit, iterations, seed), keeps_plan=True)
    typer.echo(
        f"\nÉcrit dans {out} : plan.json, scenario.json, daytime.html, daytime.json, map.html, "
        "kpis.json, sheets/"
    )
    if report.proposals:
        typer.echo(
            f"À confirmer, une par une : tus confirm {out}/scenario.json {out}/plan.json ID…"
        )


def daytime(
    scenario: _Scenario,
    plan: _Plan,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for daytime.json, daytime.html, map.html.")
    ] = None,
    time_limit: _TimeLimit = None,
    iterations: _Iterations = None,
    seed: _Seed = 0,
) -> None:
    """Measure the middle of a day, beside the same day without filling.

    Flexible bookings, events and protected time of the scenario that the plan
    does not have yet are filled in to see what they would bring; those it has
    are taken out for the comparison. The plan itself is not written.
    """
    _filled(scenario, plan, out, (time_limit, iterations, seed), keeps_plan=False)
    if out is not None:
        typer.echo(f"\nÉcrit dans {out} : daytime.html, daytime.json, map.html")


def _filled(
    scenario: Path,
    plan: Path,
    out: Path | None,
    limits: tuple[float | None, int | None, int],
    *,
    keeps_plan: bool,
) -> "DaytimeReport":
    from rich.console import Console

    from tus_dispatch.cli.fill_view import show_report
    from tus_dispatch.desk.filling_a_file import FillOrder, fill_a_file
    from tus_dispatch.desk.solving import SolveOptions

    time_limit, iterations, seed = limits
    if time_limit is None and iterations is None:
        time_limit = DEFAULT_TIME_LIMIT_S
    options = SolveOptions(time_limit, iterations, seed)
    report, notes = fill_a_file(FillOrder(scenario, plan, options, out, keeps_plan=keeps_plan))
    for note in notes:
        Console(stderr=True).print(f"Attention : {note}")
    show_report(report, Console())
    return report
