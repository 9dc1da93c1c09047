"""The comparison of patterns as a dispatcher reads it, eighty columns wide."""

from collections.abc import Sequence

from rich.console import Console

from tus_dispatch.cli.layout import Column, say, show_table
from tus_dispatch.cli.wording import NBSP, decimal, minutes, spaced
from tus_dispatch.planning.hours.roster import RosterRow

_COLUMNS = (
    Column("organisation", 0),
    Column("agents", 6, right=True),
    Column("trajets", 7, right=True),
    Column("payé", 7, right=True),
    Column("attente", 7, right=True),
    Column("midi", 7, right=True),
    Column("coût", 7, right=True),
    Column("droit", 6),
)
_ABOUT = (
    "Mêmes demandes, mêmes véhicules, des agents à 26 h par semaine. « attente » : temps payé "
    "sans conduite ni prise en charge ; « midi » : la part de 9 h 30 à 15 h 30."
)


def show_rosters(rows: Sequence[RosterRow], console: Console) -> None:
    """Print the comparison.

    Parameters
    ----------
    rows
        One per pattern.
    console
        Where to.
    """
    say(console, "Organisations de la journée comparées", style="bold")
    show_table(console, _COLUMNS, [_cells(row) for row in rows])
    console.print()
    say(console, spaced(_ABOUT), style="dim")
    for row in rows:
        if row.breaches:
            console.print()
            say(console, spaced(f"{row.title} : {_verdict(row)}"), style="bold")
            for sentence in row.breaches:
                say(console, spaced(sentence), indent=2)


def _cells(row: RosterRow) -> tuple[str, ...]:
    return (
        row.title,
        str(row.n_drivers),
        f"{row.n_served}/{row.n_asked}",
        minutes(row.paid_s),
        minutes(row.idle_s),
        minutes(row.midday_idle_s),
        f"{decimal(row.cost / 100_000, 0)}{NBSP}€",
        "oui" if row.is_lawful else "accord" if row.by_agreement else "non",
    )


def _verdict(row: RosterRow) -> str:
    if row.by_agreement:
        return "permise avec un accord seulement, car sans lui :"
    return "pas permise, car :"
