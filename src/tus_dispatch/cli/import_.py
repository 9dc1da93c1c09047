"""``tus import``: a day from the files of a spreadsheet or of another program."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import date

    from tus_dispatch.formats.foreign.imported import Imported
    from tus_dispatch.formats.sniff import ForeignFormat

_AUTO = "auto"


def import_day(
    source: Annotated[Path, typer.Argument(help="Folder of CSV files, or a JSON file.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Scenario file to write.")],
    format_: Annotated[
        str, typer.Option("--format", help="auto, csv, vroom, ain or barcelona.")
    ] = _AUTO,
    date_: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Service date of the day.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of the day.")] = None,
) -> None:
    """Read a day from CSV, VROOM, Ain or Barcelona files and write it as a scenario.

    The format is told by the content. A file without a date gets 2026-03-10
    unless --date says another day. See docs/import.md.
    """
    from tus_dispatch.formats.scenario import dump_scenario
    from tus_dispatch.formats.sniff import DayChoice
    from tus_dispatch.formats.sniff import import_day as read_day

    choice = DayChoice(_date_named(date_), name)
    imported = read_day(source, _format_named(format_), choice)
    _write(output, dump_scenario(imported.scenario))
    _tell(imported, output)


def _tell(imported: "Imported", output: Path) -> None:
    from tus_dispatch.domain.legs import legs_of
    from tus_dispatch.formats.wording import counted, long_date

    day = imported.scenario
    parts = (
        counted(len(day.bookings), "réservation"),
        counted(len(legs_of(day)), "trajet"),
        counted(len(day.shifts), "vacation"),
        counted(len(day.places), "lieu", "lieux"),
    )
    typer.echo(f"{day.name}, {long_date(day.day.date)} (format {imported.format})")
    typer.echo(f"Lu    : {', '.join(parts)}")
    for warning in imported.warnings:
        typer.echo(f"À noter : {warning}")
    typer.echo(f"Écrit : {output}")


def _format_named(name: str) -> "ForeignFormat | None":
    from tus_dispatch.errors import InputError
    from tus_dispatch.formats.foreign.codes import problem
    from tus_dispatch.formats.sniff import ForeignFormat

    if name == _AUTO:
        return None
    try:
        return ForeignFormat(name)
    except ValueError as error:
        expected = ", ".join([_AUTO, *(each.value for each in ForeignFormat)])
        wrong = problem("option", "--format", name, expected)
        raise InputError("--format", (wrong,)) from error


def _date_named(text: str | None) -> "date | None":
    from datetime import date

    from tus_dispatch.errors import InputError
    from tus_dispatch.formats.foreign.codes import problem

    if text is None:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or len(text) != len("2026-03-10") or not 2000 <= found.year <= 2100:
        wrong = problem("option", "--date", text, "une date comme 2026-03-10")
        raise InputError("--date", (wrong,))
    return found


def _write(path: Path, text: str) -> None:
    from tus_dispatch.errors import InputError
    from tus_dispatch.formats.foreign.codes import problem

    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        expected = "un fichier dans un dossier où l'on peut écrire"
        wrong = problem("option", "--output", error.strerror or str(path), expected)
        raise InputError("--output", (wrong,)) from error
