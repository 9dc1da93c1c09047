"""The official list of eligible communes as a CSV file: code, name and the date of the edition."""

import re
from datetime import date
from pathlib import Path

from tus_dispatch.domain.law import Zone
from tus_dispatch.errors import InputError, Problem
from tus_dispatch.formats.csv.cells import Kind, read_cell
from tus_dispatch.formats.csv.table import Table, TableRow, decode, read_table
from tus_dispatch.formats.foreign.codes import problem as table_problem
from tus_dispatch.formats.native.decode import read_bytes
from tus_dispatch.formats.native.law import MOST_COMMUNES
from tus_dispatch.formats.native.problems import problem, shorten
from tus_dispatch.formats.native.setting import INSEE_PATTERN

# The columns, each with the headers that are understood.
COLUMNS = {
    "insee": ("insee", "code_insee", "commune_insee", "code_commune", "code"),
    "name": ("name", "nom", "commune", "libelle"),
    "edition": ("edition", "liste_du", "date"),
}
_MOST_PROBLEMS = 50


def load_zone(path: Path) -> Zone:
    """Read a list of eligible communes.

    Parameters
    ----------
    path
        CSV as a spreadsheet saves it, UTF-8 or Windows-1252, with the columns
        ``insee``, ``name`` and ``edition``.

    Returns
    -------
    Zone
        With the date of the edition.

    Raises
    ------
    InputError
        When the file cannot be read, or with what is wrong in it.
    """
    source = str(path)
    text, problems = decode(read_bytes(path), path.name)
    table, wrong = (None, problems) if problems else read_table(text, path.name, MOST_COMMUNES)
    if table is None or wrong:
        raise InputError(source, tuple(wrong))
    columns, missing = _columns(table)
    if missing:
        raise InputError(source, tuple(missing))
    communes, editions, found = _rows(table, columns)
    if not table.rows or len(editions) > 1:
        value = ", ".join(sorted(each.isoformat() for each in editions)) or "rien"
        expected = "au moins une commune, et la même date d’édition sur chaque ligne"
        found.append(problem("zone-list", path.name, value, expected))
    if found:
        raise InputError(source, tuple(found[:_MOST_PROBLEMS]))
    return Zone(min(editions), frozenset(communes))


def _columns(table: Table) -> tuple[dict[str, int], list[Problem]]:
    columns, missing = {}, []
    for name, headers in COLUMNS.items():
        at = next((i for i, label in enumerate(table.header) if label in headers), None)
        if at is None:
            where = f"{table.file}:{table.header_line}"
            expected = f"une colonne « {name} »"
            missing.append(table_problem("csv-missing-column", where, "rien", expected))
        else:
            columns[name] = at
    return columns, missing


def _rows(table: Table, columns: dict[str, int]) -> tuple[set[str], set[date], list[Problem]]:
    communes: set[str] = set()
    editions: set[date] = set()
    problems: list[Problem] = []
    for row in table.rows:
        insee = str(read_cell(row.cells[columns["insee"]], Kind.INSEE, {}))
        if re.fullmatch(INSEE_PATTERN, insee):
            communes.add(insee)
        else:
            where = f"{table.file}:{row.line}:{columns['insee'] + 1}"
            expected = "cinq caractères : 18033 ou 2A004"
            problems.append(problem("unusable-text", where, shorten(insee), expected))
        edition = _edition(row, columns["edition"])
        if edition is None:
            where = f"{table.file}:{row.line}:{columns['edition'] + 1}"
            cell = shorten(row.cells[columns["edition"]])
            problems.append(problem("unusable-date", where, cell, "une date : 2026-01-01"))
        else:
            editions.add(edition)
    return communes, editions, problems


def _edition(row: TableRow, column: int) -> date | None:
    try:
        return date.fromisoformat(str(read_cell(row.cells[column], Kind.DATE, {})))
    except ValueError:
        return None
