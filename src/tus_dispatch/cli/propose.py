"""``tus propose``: days and hours for one flexible booking."""

from pathlib import Path
from typing import Annotated

import typer


def propose(
    scenario: Annotated[Path, typer.Argument(help="Scenario file with the flexible booking.")],
    plan: Annotated[Path, typer.Argument(help="Plan of that day.")],
    flexible: Annotated[str, typer.Argument(help="A flexible booking that is not served yet.")],
    *,
    other_day: Annotated[
        list[Path] | None,
        typer.Option("--other-day", help="Scenario of a further day; repeatable."),
    ] = None,
    other_plan: Annotated[
        list[Path] | None,
        typer.Option("--other-plan", help="Plan of that day; one for every --other-day."),
    ] = None,
) -> None:
    """Propose a day, an hour and a round for a flexible booking.

    At most one proposal for each day, the most valuable first, nobody else
    disturbed. Nothing is written: `tus fill` takes the booking in.
    """
    from rich.console import Console

    from tus_dispatch.cli.layout import say
    from tus_dispatch.cli.wording import spaced
    from tus_dispatch.desk.proposing import propose_a_file
    from tus_dispatch.formats.daytime_words import day_proposal_line

    days, plans = other_day or [], other_plan or []
    if len(days) != len(plans):
        raise typer.BadParameter("one --other-plan for every --other-day", param_hint="--other-day")
    known, asked, found = propose_a_file(
        scenario, plan, flexible, other_days=list(zip(days, plans, strict=True))
    )
    console = Console()
    for each in found:
        say(console, spaced(day_proposal_line(each.date, each.proposal, known.scenario)))
    if not found:
        say(console, f"Aucun jour ne convient pour {asked.id} parmi ceux qui sont donnés.")
