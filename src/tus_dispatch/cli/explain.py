"""``tus explain``: why a booking is where it is, or why it is out."""

from pathlib import Path
from typing import Annotated

import typer


def explain(
    scenario: Annotated[Path, typer.Argument(help="Scenario file of the day.")],
    plan: Annotated[Path, typer.Argument(help="Plan of that day.")],
    leg: Annotated[str, typer.Argument(help="BOOKING:out, BOOKING:ret or a booking.")],
) -> None:
    """Explain why a leg is where it is or why it is out.

    Shows minutes aboard beside the direct drive and the limit, who shares the
    ride, and which other rounds could take the leg at what extra cost.
    """
    from rich.console import Console

    from tus_dispatch.cli.explain_view import show_explanation
    from tus_dispatch.cli.options import legs_named
    from tus_dispatch.desk.explaining import alternatives, participation_of, read_plan
    from tus_dispatch.rules.words import said_euros

    known = read_plan(scenario, plan)
    chosen = legs_named(known.plan.scenario, leg)
    console = Console()
    for each in chosen:
        offers = alternatives(known.plan, each, known.matrix)
        cents = participation_of(known.plan, each, known.matrix)
        asked = None if cents is None else f"{said_euros(cents)} de participation aux coûts"
        show_explanation(
            known.plan, known.figures, each, console, offers=offers, participation=asked
        )
        console.print()
