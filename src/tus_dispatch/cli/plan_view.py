"""What a dispatcher reads on the terminal after planning: rounds, people left out, figures."""

from rich.console import Console

from tus_dispatch.cli.certificate_words import certificate_sentence
from tus_dispatch.cli.figures_view import show_figures
from tus_dispatch.cli.layout import Column, say, show_table
from tus_dispatch.cli.round_view import round_hours, show_round
from tus_dispatch.cli.unserved_words import relaxation_sentence
from tus_dispatch.cli.wording import decimal, minutes, spaced
from tus_dispatch.cli.words_of_plan import PlanWords
from tus_dispatch.domain.figures import Figures
from tus_dispatch.domain.plan import Plan
from tus_dispatch.formats.flag_words import flag_sentence, told_flags
from tus_dispatch.formats.wording import counted, long_date

MOST_ROUNDS_IN_FULL = 8
MOST_FLAGS = 12
_ESTIMATED = (
    "Temps de trajet estimés, sans carte routière : vérifiez les horaires serrés avant de "
    "les annoncer."
)
_SHEETS = "Le détail de chaque tournée est dans les feuilles de route, ou ici avec l'option --full."
_SUMMARY = (
    Column("vacation", 0),
    Column("conduite", 16),
    Column("horaires", 11),
    Column("durée", 7, right=True),
    Column("km", 6, right=True),
    Column("à vide", 6, right=True),
    Column("pers.", 5, right=True),
)


def show_plan(plan: Plan, figures: Figures, console: Console, *, full: bool = False) -> None:
    """Print a plan.

    Parameters
    ----------
    plan, figures
        A plan without violations and what was counted on it.
    console
        Where to; plain text where it is not a terminal.
    full
        Whether days of more than eight rounds are shown stop by stop too.
    """
    words = PlanWords(plan)
    _show_warnings(plan, console)
    _show_heading(plan, figures, console)
    _show_flags(plan, console)
    if full or len(plan.rounds) <= MOST_ROUNDS_IN_FULL:
        for tour_round, of_round in zip(plan.rounds, figures.rounds, strict=True):
            console.print()
            show_round(words, tour_round, of_round, console)
    else:
        console.print()
        _show_summary(words, figures, console)
    if plan.unserved:
        console.print()
        _show_unserved(words, console)
    console.print()
    show_figures(words, figures, console)


def _show_warnings(plan: Plan, console: Console) -> None:
    warnings = list(plan.provenance.warnings) if plan.provenance else []
    if plan.is_estimated and not warnings:
        warnings = [_ESTIMATED]
    for warning in warnings:
        say(console, spaced(f"Attention : {warning}"), style="bold yellow")
    if warnings:
        console.print()


def _show_heading(plan: Plan, figures: Figures, console: Console) -> None:
    scenario, service = plan.scenario, figures.service
    day = long_date(scenario.day.date)
    say(
        console,
        f"{day[0].upper()}{day[1:]} · {scenario.territory.name} · {scenario.name}",
        style="bold",
    )
    parts = [
        (
            f"{counted(service.requests_accepted, 'trajet servi', 'trajets servis')} "
            f"sur {service.requests}"
        ),
        counted(len(plan.rounds), "tournée"),
        counted(service.people, "personne transportée", "personnes transportées"),
    ]
    say(console, ", ".join(parts))
    say(console, certificate_sentence(plan))


def _show_flags(plan: Plan, console: Console) -> None:
    flags = [flag_sentence(each) for each in told_flags(plan)]
    for flag in flags[:MOST_FLAGS]:
        say(console, spaced(f"Attention : {flag}"), style="bold yellow")
    if len(flags) > MOST_FLAGS:
        say(console, f"et {len(flags) - MOST_FLAGS} autres points à vérifier, dans plan.json")


def _show_summary(words: PlanWords, figures: Figures, console: Console) -> None:
    say(console, "Tournées", style="bold")
    show_table(
        console,
        _SUMMARY,
        [
            (
                words.shift(each.shift),
                words.driver(each.driver),
                round_hours(words, each),
                minutes(each.duty_s),
                decimal(each.total_m / 1000),
                decimal(each.empty_m / 1000),
                str(each.people),
            )
            for each in figures.rounds
        ],
    )
    say(console, _SHEETS, style="dim", indent=2)


def _show_unserved(words: PlanWords, console: Console) -> None:
    unserved = words.plan.unserved
    say(console, f"Trajets non servis ({len(unserved)})", style="bold red")
    for each in unserved:
        say(console, f"{each.leg} · {words.leg(each.leg)}", style="bold", indent=2)
        say(console, spaced(f"Demande : {words.asked(each.leg)}."), indent=4)
        say(console, spaced(each.reason.sentence), indent=4)
        relaxation = relaxation_sentence(each.relaxation)
        if relaxation:
            say(console, relaxation, indent=4)
