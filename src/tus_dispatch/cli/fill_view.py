"""The middle of a day on the terminal: what was gained, the measures, what is to be confirmed."""

from rich.console import Console

from tus_dispatch.cli.layout import Column, say, show_table
from tus_dispatch.cli.wording import spaced
from tus_dispatch.domain.daytime_report import DaytimeReport
from tus_dispatch.formats.daytime_words import (
    headline,
    lists_of,
    measure_rows,
    round_rows,
    run_words,
)
from tus_dispatch.formats.wording import long_date

_MEASURES = (Column("", 0), Column("sans", 10, right=True), Column("avec", 10, right=True))
_ROUNDS = (
    Column("Tournée", 0),
    Column("attente : sans", 14, right=True),
    Column("avec", 9, right=True),
    Column("à vide : sans", 13, right=True),
    Column("avec", 9, right=True),
)


def show_report(report: DaytimeReport, console: Console) -> None:
    """Print a report.

    Parameters
    ----------
    report
        A filled day beside the same day without.
    console
        Where to; 80 columns are enough.
    """
    scenario = report.plan.scenario
    say(console, f"Mi-journée du {long_date(scenario.day.date)}", style="bold")
    say(console, spaced(headline(report)))
    console.print()
    show_table(console, _MEASURES, measure_rows(report))
    console.print()
    say(console, "Attente payée de 9 h 30 à 15 h 30 et kilomètres à vide", style="bold")
    show_table(console, _ROUNDS, round_rows(report))
    for heading, lines, none in lists_of(report):
        console.print()
        say(console, heading, style="bold")
        for line in lines or [none]:
            say(console, spaced(line), indent=2)
    console.print()
    say(console, spaced(run_words(report)), style="dim")
