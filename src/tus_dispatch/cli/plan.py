"""``tus plan``: a day's rounds, judged, shown and written to a folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tus_dispatch.desk.planning_a_file import Order, PlannedDay
    from tus_dispatch.desk.solving import Progress

DEFAULT_TIME_LIMIT_S = 20.0


def plan(
    *,
    scenario: Annotated[Path, typer.Argument(help="Scenario file of the day.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for plan, map, figures and sheets.")],
    time_limit: Annotated[
        float | None,
        typer.Option(help="Seconds of search; 20 unless --iterations is given.", min=0.1),
    ] = None,
    iterations: Annotated[
        int | None,
        typer.Option(help="Solutions to look at; alone it makes plans repeatable.", min=1),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the search.", min=0)] = 0,
    workers: Annotated[int, typer.Option(help="Processes side by side.", min=1, max=64)] = 1,
    profile: Annotated[
        str | None, typer.Option(help="Objective: cost, balanced or distance.")
    ] = None,
    current: Annotated[
        Path | None, typer.Option("--from", help="Plan to start from; its promises are kept.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Show every stop of every round.")] = False,
) -> None:
    """Plan a service day and write its rounds, sheets, map and figures.

    Exits with 0 when there is a plan, also one that leaves bookings out, and
    with 2 when the input cannot be used.
    """
    from rich.console import Console

    from tus_dispatch.cli.options import profile_named
    from tus_dispatch.cli.plan_view import show_plan
    from tus_dispatch.desk.planning_a_file import Order
    from tus_dispatch.desk.solving import SolveOptions
    from tus_dispatch.planning.figures import figures

    if time_limit is None and iterations is None:
        time_limit = DEFAULT_TIME_LIMIT_S
    options = SolveOptions(time_limit, iterations, seed, workers)
    planned = _planned(Order(scenario, out, options, profile_named(profile), current))
    console = Console()
    show_plan(planned.plan, figures(planned.plan, planned.matrix), console, full=full)
    console.print(f"\nÉcrit dans {out} : plan.json, map.html, kpis.json, sheets/", soft_wrap=True)


def _planned(order: "Order") -> "PlannedDay":
    """Plan and write, with a live line on standard error."""
    from rich.console import Console

    from tus_dispatch.cli.progress_line import ProgressLine
    from tus_dispatch.desk.planning_a_file import plan_a_file
    from tus_dispatch.solver.warm_up import is_compiled

    errors = Console(stderr=True)
    if not is_compiled():
        errors.print("Première utilisation : préparation du calcul, une minute environ…")
    with ProgressLine(errors) as line:

        def show(progress: "Progress") -> None:
            line.update(
                progress.elapsed_s,
                progress.n_served,
                progress.n_requests,
                progress.route_cost,
                progress.improvement_percent,
            )

        planned = plan_a_file(order, on_progress=show)
    for note in planned.notes:
        errors.print(f"Attention : {note}")
    if planned.outcome.lost:
        errors.print(
            "Attention : le calcul a été interrompu ; le plan est le meilleur trouvé avant.",
            style="bold",
        )
    return planned
