"""One round on the terminal: who drives what, then stop by stop."""

from rich.console import Console

from tus_dispatch.cli.layout import Column, say, show_table
from tus_dispatch.cli.wording import km, minutes
from tus_dispatch.cli.words_of_plan import PlanWords
from tus_dispatch.domain.leg_figures import RoundFigures
from tus_dispatch.domain.plan import Round, Stop, StopKind
from tus_dispatch.formats.wording import counted

ACTIONS = {
    StopKind.START: "début de service",
    StopKind.PICKUP: "prise en charge",
    StopKind.DROPOFF: "dépose",
    StopKind.BREAK: "pause",
    StopKind.PROTECTED: "créneau protégé",
    StopKind.ABSENCE: "véhicule absent",
    StopKind.END: "fin de service",
}
_COLUMNS = (
    Column("heure", 5, style="bold"),
    Column("action", 16),
    Column("personne", 16),
    Column("lieu", 0),
    Column("à bord", 6, right=True),
)
_SHORTEST_WAIT_S = 60


def show_round(
    words: PlanWords, tour_round: Round, figures: RoundFigures, console: Console
) -> None:
    """Print a round.

    Parameters
    ----------
    words
        Names of the plan.
    tour_round, figures
        The round and what was counted on it.
    console
        Where to.
    """
    names = (words.shift(figures.shift), words.driver(figures.driver))
    heading = " · ".join((*names, words.vehicle(figures.vehicle)))
    say(console, f"Tournée {heading}", style="bold")
    parts = [
        f"{round_hours(words, figures)} ({minutes(figures.duty_s)})",
        f"{km(figures.total_m)} dont {km(figures.empty_m)} à vide",
        counted(figures.people, "personne"),
        counted(figures.legs, "trajet"),
    ]
    say(console, ", ".join(parts))
    show_table(console, _COLUMNS, [_row(words, stop) for stop in tour_round.stops])


def round_hours(words: PlanWords, figures: RoundFigures) -> str:
    """Return sign-on and sign-off."""
    return words.between(figures.sign_on_s, figures.sign_off_s)


def _row(words: PlanWords, stop: Stop) -> tuple[str, ...]:
    rides = stop.kind in {StopKind.PICKUP, StopKind.DROPOFF}
    return (
        words.clock(stop.start_s),
        ACTIONS[stop.kind],
        "" if stop.leg is None else words.rider(stop.leg),
        "\n".join([words.place(stop.place), *_remarks(words, stop)]),
        str(stop.load.seats + stop.load.wheelchairs) if rides else "",
    )


def _remarks(words: PlanWords, stop: Stop) -> list[str]:
    remarks = []
    if stop.waiting_s >= _SHORTEST_WAIT_S:
        remarks.append(f"attente {minutes(stop.waiting_s)}, dès {words.clock(stop.arrival_s)}")
    if stop.kind is StopKind.START and stop.departure_s - stop.start_s >= _SHORTEST_WAIT_S:
        remarks.append(f"départ {words.clock(stop.departure_s)}")
    if stop.kind in {StopKind.BREAK, StopKind.PROTECTED, StopKind.ABSENCE}:
        remarks.append(f"jusqu'à {words.clock(stop.departure_s)}")
    return remarks
