"""The judge's verdict as a dispatcher reads it: how many violations, then each with its place."""

from rich.console import Console

from tus_dispatch.cli.certificate_words import certificate_sentence
from tus_dispatch.cli.layout import say
from tus_dispatch.cli.wording import spaced
from tus_dispatch.domain.plan import Plan, StopKind
from tus_dispatch.formats.flag_words import flag_sentence, told_flags
from tus_dispatch.formats.wording import counted
from tus_dispatch.verify.violations import Violation


def show_verdict(plan: Plan, violations: tuple[Violation, ...], console: Console) -> None:
    """Print what the judge found.

    Parameters
    ----------
    plan
        The plan that was judged.
    violations
        What is wrong with it, most serious first; empty for a sound plan.
    console
        Where to; plain text where it is not a terminal.
    """
    if not violations:
        say(console, _confirmation(plan), style="green")
        say(console, certificate_sentence(plan))
        for flag in told_flags(plan):
            say(console, spaced(f"Attention : {flag_sentence(flag)}"), style="bold yellow")
        return
    say(console, counted(len(violations), "anomalie"), style="bold red")
    for violation in violations:
        console.print()
        say(console, f"{violation.code}  {violation.rule}", style="bold")
        say(console, violation.sentence, indent=2)


def _confirmation(plan: Plan) -> str:
    served = sum(
        stop.kind is StopKind.PICKUP for tour_round in plan.rounds for stop in tour_round.stops
    )
    return (
        f"Plan conforme : {counted(len(plan.rounds), 'tournée')}, "
        f"{counted(served, 'trajet servi', 'trajets servis')}, "
        f"{counted(len(plan.unserved), 'écarté')}."
    )
