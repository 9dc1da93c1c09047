"""``tus verify``: what the independent judge says of a plan."""

from pathlib import Path
from typing import Annotated

import typer


def verify(
    scenario: Annotated[Path, typer.Argument(help="Scenario file of the day.")],
    plan: Annotated[Path, typer.Argument(help="Plan of that day.")],
) -> None:
    """Judge a plan and list its violations.

    Exits with 0 when the plan keeps every rule, with 1 when it breaks any,
    and with 2 when the input cannot be used.
    """
    from rich.console import Console

    from tus_dispatch.cli.verify_view import show_verdict
    from tus_dispatch.desk.travel import travel_matrix
    from tus_dispatch.formats.plan import load_plan
    from tus_dispatch.formats.scenario import load_scenario
    from tus_dispatch.verify.plan import verify_plan

    known = load_plan(plan, load_scenario(scenario))
    violations = verify_plan(known, travel_matrix(known.scenario, scenario.parent))
    show_verdict(known, violations, Console())
    if violations:
        raise typer.Exit(1)
