"""From the rows of a table to the objects of a scenario, every value with its cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from tus_dispatch.errors import Problem
from tus_dispatch.formats.csv.cells import CellError, plain, read_cell
from tus_dispatch.formats.csv.columns import Column, Sheet
from tus_dispatch.formats.csv.table import Table, TableRow
from tus_dispatch.formats.foreign.codes import problem
from tus_dispatch.formats.foreign.origins import Origins


@dataclass(frozen=True, slots=True)
class Bound:
    """A table whose columns are known.

    Attributes
    ----------
    sheet
        What it should hold.
    table
        What it holds.
    index
        Position of each column of the sheet, by name; absent ones are left out.
    """

    sheet: Sheet
    table: Table
    index: dict[str, int]

    def where(self, row: TableRow, column: Column) -> str:
        """Return the place of a cell; of the header when the column is absent."""
        position = self.index.get(column.name)
        if position is None:
            return f"{self.table.file}:{self.table.header_line}"
        label = self.table.labels[position].strip()
        return f"{self.table.file}:{row.line}:{position + 1} ({label})"

    def cell(self, row: TableRow, column: Column) -> str:
        """Return a cell, empty when the column is absent."""
        position = self.index.get(column.name)
        return "" if position is None else row.cells[position]


def bind(sheet: Sheet, table: Table) -> tuple[Bound, list[Problem]]:
    """Find the columns of a sheet in a table.

    Parameters
    ----------
    sheet
        What the table should hold.
    table
        As read.

    Returns
    -------
    Bound
        With the columns that are there.
    list of Problem
        Unknown, missing and repeated columns.
    """
    names = sheet.names()
    index: dict[str, int] = {}
    problems = []
    for position, label in enumerate(table.header):
        where = f"{table.file}:{table.header_line}:{position + 1}"
        column = names.get(label)
        if not label:
            if any(row.cells[position].strip() for row in table.rows):
                problems.append(problem("csv-header", where, "", "un nom de colonne"))
        elif column is None:
            problems.append(unknown_name(where, table.labels[position], names))
        elif column.name in index:
            expected = f"une seule colonne « {column.name} »"
            problems.append(problem("csv-twice", where, table.labels[position], expected))
        else:
            index[column.name] = position
    for column in sheet.columns:
        if column.required and column.name not in index:
            where = f"{table.file}:{table.header_line}"
            expected = f"une colonne « {' », « '.join((column.name, *column.french[:1]))} »"
            problems.append(problem("csv-missing-column", where, "rien", expected))
    return Bound(sheet, table, index), problems


def unknown_name(where: str, label: str, names: dict[str, Column]) -> Problem:
    """Say that a column or key is unknown, and name the nearest known one."""
    near = get_close_matches(plain(label), names, n=1, cutoff=0.5)
    expected = f"« {near[0]} » peut-être" if near else "une colonne connue"
    return problem("csv-unknown-column", where, label, expected)


def read_row(
    bound: Bound, row: TableRow, pointer: str, origins: Origins
) -> tuple[dict[str, Any], list[Problem]]:
    """Turn one row into an object.

    Parameters
    ----------
    bound
        The table.
    row
        One of its rows.
    pointer
        Where the object goes in the scenario.
    origins
        Where each value is noted.

    Returns
    -------
    dict
        The object; blank cells leave their key out.
    list of Problem
        Cells that have no value at all.
    """
    made: dict[str, Any] = {}
    problems: list[Problem] = []
    origins.note(pointer, f"{bound.table.file}:{row.line}")
    for column in sorted(bound.sheet.columns, key=lambda c: not bound.cell(row, c).strip()):
        if not column.path:
            continue
        place = bound.where(row, column)
        for inner in _prefixes(pointer, column.path):
            origins.note(inner, place)
        put(made, column, bound.cell(row, column), place, problems)
    return made, problems


def put(
    made: dict[str, Any], column: Column, cell: str, place: str, problems: list[Problem]
) -> None:
    """Put the value of a cell where its column says, unless the cell is blank."""
    if not cell.strip():
        return
    try:
        value = read_cell(cell, column.kind, column.words)
    except CellError as error:
        problems.append(problem("csv-cell", place, cell, str(error)))
        return
    inner = made
    for key in column.path[:-1]:
        inner = inner.setdefault(key, {})
    inner[column.path[-1]] = value


def _prefixes(pointer: str, path: tuple[str, ...]) -> Iterator[str]:
    for key in path:
        pointer = f"{pointer}/{key}"
        yield pointer
