"""Text tables as a French spreadsheet saves them, with the line of every row."""

import csv
import io
from dataclasses import dataclass

from tus_dispatch.errors import Problem
from tus_dispatch.formats.csv.cells import plain
from tus_dispatch.formats.foreign.codes import problem

LONGEST_CELL = 4_000
MOST_COLUMNS = 200
_SEPARATORS = ";,\t"
_BINARY_STARTS = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x1f\x8b",
    b"%PDF",
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row below the header.

    Attributes
    ----------
    line
        Line of the file on which it starts, from 1.
    cells
        Its cells, as many as the header has columns.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows.

    Attributes
    ----------
    file
        Its name, shown in problems.
    header_line
        Line of the header.
    header
        Names of the columns, without case and accents; empty for a column
        without a name.
    labels
        The same names as written.
    rows
        Rows with at least one cell that is not blank.
    """

    file: str
    header_line: int
    header: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[TableRow, ...]


def decode(content: bytes, file: str) -> tuple[str, list[Problem]]:
    """Turn bytes into text: UTF-8 with or without mark, else cp1252.

    Parameters
    ----------
    content
        The whole file.
    file
        Its name.

    Returns
    -------
    str
        The text, empty when it is none.
    list of Problem
        Why it is none.
    """
    if content.startswith(_BINARY_STARTS) or b"\0" in content:
        expected = "un fichier CSV, pas un classeur ni une archive"
        return "", [problem("csv-not-text", file, "des octets binaires", expected)]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        value = f"octet {content[error.start]:#04x}"
        expected = "du texte UTF-8 ou Windows-1252"
        return "", [problem("csv-encoding", f"{file}:{line}", value, expected)]


def read_table(text: str, file: str, most_rows: int) -> tuple[Table | None, list[Problem]]:
    """Split a text into a header and rows.

    Parameters
    ----------
    text
        Content of the file.
    file
        Its name.
    most_rows
        More rows are refused.

    Returns
    -------
    Table or None
        None when there is no header.
    list of Problem
        Everything wrong with the shape of the table.
    """
    lines, problems = _lines(text, file, most_rows)
    if problems:
        return None, problems
    if not lines:
        expected = "les noms des colonnes sur la première ligne"
        return None, [problem("csv-header", f"{file}:1", "un fichier vide", expected)]
    header_line, labels = lines[0]
    while labels and not labels[-1].strip():
        labels.pop()
    if len(labels) > MOST_COLUMNS:
        expected = f"au plus {MOST_COLUMNS} colonnes"
        return None, [problem("csv-header", f"{file}:{header_line}", len(labels), expected)]
    rows = []
    for line, cells in lines[1:]:
        problems += _long_row(file, line, cells, len(labels))
        kept = cells[: len(labels)]
        rows.append(TableRow(line, tuple(kept + [""] * (len(labels) - len(kept)))))
    header = tuple(plain(label) for label in labels)
    return Table(file, header_line, header, tuple(labels), tuple(rows)), problems


def write_table(header: list[str], rows: list[list[str]]) -> bytes:
    """Write a table as a French spreadsheet opens it by a double click.

    Parameters
    ----------
    header
        Names of the columns.
    rows
        Cells, already safe.

    Returns
    -------
    bytes
        UTF-8 with a mark, separated by ``;``, lines ended as on Windows.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _lines(
    text: str, file: str, most_rows: int
) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    first, rest = _without_separator_line(text)
    reader = csv.reader(io.StringIO(rest, newline=""), delimiter=_separator(rest), strict=True)
    found: list[tuple[int, list[str]]] = []
    line = first
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((line, cells))
            if len(found) > most_rows + 1:
                expected = f"au plus {most_rows} lignes"
                return [], [problem("csv-too-large", file, "davantage de lignes", expected)]
            longest = max(cells, key=len, default="")
            if len(longest) > LONGEST_CELL:
                expected = f"au plus {LONGEST_CELL} caractères"
                where = f"{file}:{line}:{cells.index(longest) + 1}"
                return [], [problem("csv-quotes", where, longest, expected)]
            line = first + reader.line_num
    except csv.Error as error:
        expected = "des guillemets ouverts et fermés"
        return [], [problem("csv-quotes", f"{file}:{line}", str(error), expected)]
    return found, []


def _without_separator_line(text: str) -> tuple[int, str]:
    """Drop the line ``sep=;`` some spreadsheets want; return the number of the next."""
    head, _, rest = text.partition("\n")
    if head.strip().casefold() in {f"sep={mark}" for mark in _SEPARATORS} | {"sep="}:
        return 2, rest
    return 1, text


def _separator(text: str) -> str:
    """Choose the separator the first line that is not blank has most of, outside quotes."""
    for line in text.splitlines():
        if line.strip(_SEPARATORS + " "):
            outside = "".join(line.split('"')[::2])
            return max(_SEPARATORS, key=outside.count)
    return ";"


def _long_row(file: str, line: int, cells: list[str], width: int) -> list[Problem]:
    beyond = [i for i, cell in enumerate(cells[width:], width + 1) if cell.strip()]
    if not beyond:
        return []
    expected = f"{width} cellules, comme l'en-tête"
    return [problem("csv-long-row", f"{file}:{line}:{beyond[0]}", cells[beyond[0] - 1], expected)]
