"""``tus confirm``: proposals that somebody has agreed to become promises."""

from pathlib import Path
from typing import Annotated

import typer


def confirm(
    scenario: Annotated[Path, typer.Argument(help="scenario.json of the filled plan.")],
    plan: Annotated[Path, typer.Argument(help="The filled plan.")],
    bookings: Annotated[list[str], typer.Argument(help="Bookings that have been agreed.")],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="Plan file to write; the same one if not given.")
    ] = None,
) -> None:
    """Turn proposals into promises, once the people have agreed.

    Every leg of the bookings is promised its planned pickup within the
    policy's tolerance. Planning, quoting and filling keep it from then on.
    """
    from tus_dispatch.desk.confirming import confirm_a_file
    from tus_dispatch.formats.wording import counted

    kept, waiting = confirm_a_file(scenario, plan, bookings, out or plan)
    told = counted(len(bookings), "réservation confirmée", "réservations confirmées")
    typer.echo(f"{told}, {counted(len(kept.promises), 'horaire annoncé', 'horaires annoncés')}.")
    if waiting:
        typer.echo(f"Encore à confirmer : {', '.join(waiting)}.")
    typer.echo(f"Écrit : {out or plan}")
