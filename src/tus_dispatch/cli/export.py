"""``tus export``: a day as files for a spreadsheet or for VROOM."""

from pathlib import Path
from typing import Annotated

import typer


def export_day(
    scenario: Annotated[Path, typer.Argument(help="Scenario file of the day.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write; for csv, a folder.")
    ],
    format_: Annotated[str, typer.Option("--format", help="vroom or csv.")],
) -> None:
    """Write a day as VROOM or CSV files, from which tus import makes the same day again.

    The CSV files open in a French spreadsheet; docs/import.md tells their
    columns. The VROOM file keeps what VROOM cannot say under the key tus.
    """
    from tus_dispatch.errors import InputError
    from tus_dispatch.formats.csv.write import csv_files
    from tus_dispatch.formats.foreign.codes import problem
    from tus_dispatch.formats.scenario import load_scenario
    from tus_dispatch.formats.vroom.write import vroom_text

    if format_ not in {"vroom", "csv"}:
        raise InputError("--format", (problem("option", "--format", format_, "vroom ou csv"),))
    day = load_scenario(scenario)
    files = csv_files(day) if format_ == "csv" else {output.name: vroom_text(day).encode()}
    folder = output if format_ == "csv" else output.parent
    try:
        if format_ == "csv":
            _expect_room(folder, files)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        expected = "un emplacement où l'on peut écrire"
        wrong = problem("option", "--output", error.strerror or str(output), expected)
        raise InputError("--output", (wrong,)) from error
    typer.echo(f"Écrit : {output}" + (f" ({', '.join(files)})" if format_ == "csv" else ""))


def _expect_room(folder: Path, files: dict[str, bytes]) -> None:
    """Make the folder; a table of another day left in it would be read with this one."""
    from tus_dispatch.errors import InputError
    from tus_dispatch.formats.foreign.codes import problem

    folder.mkdir(parents=True, exist_ok=True)
    foreign = sorted(path.name for path in folder.glob("*.csv") if path.name not in files)
    if foreign:
        expected = "un dossier sans autres fichiers CSV"
        wrong = problem("option", "--output", ", ".join(foreign), expected)
        raise InputError("--output", (wrong,))
