"""Travel times as rows of from, to, seconds and metres; both blank where no road leads."""

from functools import partial
from typing import Any

from tus_dispatch.errors import Problem
from tus_dispatch.formats.csv.cells import Kind, read_cell, unguarded, write_cell
from tus_dispatch.formats.csv.columns import Column
from tus_dispatch.formats.csv.rows import Bound
from tus_dispatch.formats.csv.sheets import MATRIX
from tus_dispatch.formats.csv.table import TableRow
from tus_dispatch.formats.foreign.codes import problem
from tus_dispatch.formats.foreign.origins import Origins

MOST_PLACES = 600
_MOST_PROBLEMS = 100
_NOTHING: dict[str, str] = {}


def read_matrix(bound: Bound, data: dict[str, Any], origins: Origins) -> list[Problem]:
    """Put the rows of a matrix into a scenario.

    Parameters
    ----------
    bound
        The table.
    data
        The scenario; its travel times are replaced.
    origins
        Where cells are noted.

    Returns
    -------
    list of Problem
        Pairs that stand twice or are missing.
    """
    origin, destination, *values = MATRIX.columns
    index: dict[str, int] = {}
    cells: dict[tuple[int, int], TableRow] = {}
    problems = []
    for row in bound.table.rows:
        names = [unguarded(bound.cell(row, c)) for c in (origin, destination)]
        a, b = (index.setdefault(name, len(index)) for name in names)
        if (a, b) in cells:
            where = bound.where(row, destination)
            expected = "chaque paire de lieux une seule fois"
            problems.append(problem("csv-twice", where, " → ".join(names), expected))
        cells[a, b] = row
        if len(index) > MOST_PLACES:
            expected = f"au plus {MOST_PLACES} lieux"
            return [problem("csv-too-large", bound.table.file, "davantage de lieux", expected)]
    problems += _missing(bound, index, cells)
    n = len(index)
    data["travel"] = {"source": "matrix", "places": list(index)}
    origins.note("/travel", bound.table.file)
    for column in values:
        position = bound.index.get(column.name)
        table: list[list[object]] = [[None] * n for _ in range(n)]
        for (a, b), row in cells.items():
            cell = "" if position is None else row.cells[position]
            if cell and not cell.isspace():
                table[a][b] = read_cell(cell, Kind.WHOLE, _NOTHING)
            elif a == b:
                table[a][b] = 0
        for a in range(n):
            if (a, a) not in cells:
                table[a][a] = 0
        data["travel"][column.name] = table
        origins.finders[f"/travel/{column.name}"] = partial(_find_cell, bound, cells, column)
    return problems[:_MOST_PROBLEMS]


def _find_cell(
    bound: Bound, cells: dict[tuple[int, int], TableRow], column: Column, rest: str
) -> str | None:
    numbers = rest.split("/")[1:3]
    if len(numbers) != 2 or not all(number.isdigit() for number in numbers):
        return None
    row = cells.get((int(numbers[0]), int(numbers[1])))
    return None if row is None else bound.where(row, column)


def _missing(
    bound: Bound, index: dict[str, int], cells: dict[tuple[int, int], TableRow]
) -> list[Problem]:
    names = list(index)
    gaps = len(names) ** 2 - len(cells) - sum((a, a) not in cells for a in range(len(names)))
    if gaps <= 0:
        return []
    pairs = ((a, b) for a in range(len(names)) for b in range(len(names)) if a != b)
    a, b = next(pair for pair in pairs if pair not in cells)
    expected = f"une ligne {names[a]} → {names[b]} (paires manquantes : {gaps})"
    return [problem("csv-missing-column", bound.table.file, "rien", expected)]


def matrix_rows(travel: dict[str, Any]) -> list[list[str]]:
    """Return the rows of a matrix, every pair once, in the order of its places.

    Parameters
    ----------
    travel
        Travel times of a scenario file.

    Returns
    -------
    list of list of str
        Cells in the order of the columns.
    """
    places = travel["places"]
    return [
        [
            write_cell(a, Kind.TEXT),
            write_cell(b, Kind.TEXT),
            write_cell(travel["seconds"][i][j], Kind.WHOLE),
            write_cell(travel["metres"][i][j], Kind.WHOLE),
        ]
        for i, a in enumerate(places)
        for j, b in enumerate(places)
    ]
