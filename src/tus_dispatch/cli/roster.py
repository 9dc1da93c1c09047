"""``tus roster``: which pattern of driver days suits the demand of a day."""

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_TIME_LIMIT_S = 10.0


def roster(
    scenario: Annotated[Path, typer.Argument(help="Scenario file of the day.")],
    time_limit: Annotated[
        float, typer.Option(help="Seconds of search for each pattern.", min=0.1)
    ] = DEFAULT_TIME_LIMIT_S,
    iterations: Annotated[
        int | None,
        typer.Option(help="Solutions to look at instead; makes the table repeatable.", min=1),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the search.", min=0)] = 0,
) -> None:
    """Compare lawful patterns of driver days on the demand of a day.

    Two crews, medium days, long days and split days are put on the vehicles of
    the day and planned for real. The table shows legs served, paid and idle
    hours, cost, and which rules of working time each pattern breaks.
    """
    from rich.console import Console

    from tus_dispatch.cli.roster_view import show_rosters
    from tus_dispatch.desk.rostering import compare_rosters_of_a_file
    from tus_dispatch.desk.solving import SolveOptions

    limit_s = None if iterations is not None else time_limit
    rows = compare_rosters_of_a_file(scenario, SolveOptions(limit_s, iterations, seed, 1))
    show_rosters(rows, Console())
