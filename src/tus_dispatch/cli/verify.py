"""``tus verify``: what the independent judge says of a plan."""

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_PROVE_LIMIT_S = 10.0


def verify(
    scenario: Annotated[Path, typer.Argument(help="Scenario file of the day.")],
    plan: Annotated[Path, typer.Argument(help="Plan of that day.")],
    prove_limit: Annotated[
        float,
        typer.Option(help="Seconds to look for a plan that proves the certificate wrong.", min=0),
    ] = DEFAULT_PROVE_LIMIT_S,
) -> None:
    """Judge a plan and list its violations.

    A certificate is checked against the plan's own cost and, on days small
    enough for the exact model, against what that model finds.

    Exits with 0 when the plan keeps every rule, with 1 when it breaks any,
    and with 2 when the input cannot be used.
    """
    from rich.console import Console

    from tus_dispatch.cli.verify_view import show_verdict
    from tus_dispatch.desk.certifying import judge
    from tus_dispatch.desk.travel import travel_matrix
    from tus_dispatch.formats.plan import load_plan
    from tus_dispatch.formats.scenario import load_scenario

    known = load_plan(plan, load_scenario(scenario))
    matrix = travel_matrix(known.scenario, scenario.parent)
    violations = judge(known, matrix, prove_s=prove_limit)
    show_verdict(known, violations, Console())
    if violations:
        raise typer.Exit(1)
