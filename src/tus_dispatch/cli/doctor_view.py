"""A diagnosis as the person in charge of the server reads it."""

from collections.abc import Sequence

from rich.console import Console

from tus_dispatch.cli.layout import say, wrapped
from tus_dispatch.desk.running.findings import Finding, State
from tus_dispatch.formats.wording import counted

_MARKS = {
    State.GOOD: ("ok", "green"),
    State.WARNING: ("à voir", "yellow"),
    State.WRONG: ("NON", "red"),
}
_TOPIC, _MARK = 14, 8


def show_findings(findings: Sequence[Finding], console: Console) -> None:
    """Print a diagnosis.

    Parameters
    ----------
    findings
        In the order of looking.
    console
        Where to.
    """
    width = min(console.width, 80) - _TOPIC - _MARK
    for finding in findings:
        mark, style = _MARKS[finding.state]
        first, *rest = wrapped(finding.text, width)
        console.print(f"{finding.topic:<{_TOPIC}}", end="", style="bold", highlight=False)
        console.print(f"{mark:<{_MARK}}", end="", style=style, highlight=False)
        console.print(first, markup=False, highlight=False)
        for line in [*rest, *(wrapped(f"→ {finding.advice}", width) if finding.advice else [])]:
            console.print(" " * (_TOPIC + _MARK) + line, markup=False, highlight=False)
    console.print()
    say(console, _verdict(findings))


def _verdict(findings: Sequence[Finding]) -> str:
    n_wrong = sum(each.state is State.WRONG for each in findings)
    n_warnings = sum(each.state is State.WARNING for each in findings)
    if n_wrong:
        others = counted(n_warnings, "autre")
        return f"{counted(n_wrong, 'point')} à régler maintenant, {others} à voir."
    if n_warnings:
        return f"Le serveur peut tourner ; {counted(n_warnings, 'point')} à voir."
    return "Tout va bien."
