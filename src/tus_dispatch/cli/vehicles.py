"""``tus vehicles``: which vehicles nobody needs around noon, and who gets them."""

from pathlib import Path
from typing import Annotated

import typer


def vehicles(
    scenario: Annotated[Path, typer.Argument(help="Scenario file of the day.")],
    plan: Annotated[Path, typer.Argument(help="Plan of that day, draft or published.")],
    *,
    calendar: Annotated[
        Path | None,
        typer.Option(help="Vehicle calendar (tus-vehicle-calendar/1); made when missing."),
    ] = None,
    add: Annotated[
        tuple[str, str, str, str] | None,
        typer.Option(
            metavar="VEHICLE KIND FROM UNTIL",
            help="A use to enter: rental, school or workshop, as 09:30 15:00.",
        ),
    ] = None,
    referral: Annotated[
        str | None, typer.Option(help="Who has sent the tenant; a rental needs one.")
    ] = None,
) -> None:
    """Say which vehicles are free from 09:30 to 15:30, and enter who gets them.

    A vehicle is never given to two at once, nor while a round needs it. A
    rental has a referral and lasts 60 days at most; carrying goods for payment
    is refused. Exits with 1 when the use is refused.
    """
    from rich.console import Console

    from tus_dispatch.cli.layout import say
    from tus_dispatch.cli.wording import spaced
    from tus_dispatch.desk.releasing import Wish, release_a_file
    from tus_dispatch.formats.daytime_words import free_line, use_line
    from tus_dispatch.formats.wording import long_date

    if add is not None and calendar is None:
        raise typer.BadParameter("needs --calendar", param_hint="--add")
    wish = None if add is None else Wish(*add, referral)
    found = release_a_file(scenario, plan, calendar, wish)
    console, day = Console(), found.plan.scenario
    say(console, f"Véhicules disponibles le {long_date(day.day.date)}", style="bold")
    for each in found.free:
        say(console, spaced(free_line(each, day)), indent=2)
    if calendar is not None:
        console.print()
        say(console, "Calendrier des véhicules", style="bold")
        for use in found.calendar:
            say(console, spaced(use_line(use)), indent=2)
    if found.refused is not None:
        console.print()
        say(console, spaced(f"{found.refused.code} : {found.refused.sentence}"), style="bold")
        raise typer.Exit(1)
