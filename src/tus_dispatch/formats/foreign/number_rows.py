"""Text files of numbers, row by row, with every mistake named by line."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from tus_dispatch.errors import InputError, Problem
from tus_dispatch.formats.foreign.codes import problem
from tus_dispatch.formats.literature import Benchmark, Row, fits_kernels

LARGEST_FILE = 4_000_000
MOST_ROWS = 2_002
MOST_VEHICLES = 1_000
_LARGEST_NUMBER = 1e6


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One line of numbers.

    Attributes
    ----------
    line
        Its number in the file, from 1.
    values
        The numbers.
    """

    line: int
    values: tuple[float, ...]


def stem(source: str) -> str:
    """Return the name of a file without folder and suffix."""
    return PurePath(source).stem


def number_rows(text: str, source: str) -> tuple[NumberRow, ...]:
    """Split a text into its lines of numbers; empty lines are left out.

    Parameters
    ----------
    text
        Content of the file.
    source
        Name shown in problems.

    Returns
    -------
    tuple of NumberRow
        At least two.

    Raises
    ------
    InputError
        When a cell is not a number, or there are too few or too many lines.
    """
    if len(text) > LARGEST_FILE:
        expected = f"au plus {LARGEST_FILE} caractères"
        raise InputError(source, (problem("file-too-long", source, len(text), expected),))
    rows, wrong = [], []
    for line, content in enumerate(text.splitlines(), start=1):
        values = []
        for column, word in enumerate(content.split(), start=1):
            value = _number(word)
            if value is None:
                where = f"{source}:{line}:{column}"
                wrong.append(problem("literature-row", where, word, "un nombre"))
            else:
                values.append(value)
        if content.split():
            rows.append(NumberRow(line, tuple(values)))
    if not wrong and not 2 <= len(rows) <= MOST_ROWS:
        expected = f"un en-tête et au plus {MOST_ROWS - 1} lignes"
        wrong.append(problem("literature-row", source, f"{len(rows)} lignes", expected))
    if wrong:
        raise InputError(source, tuple(wrong))
    return tuple(rows)


def _number(word: str) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= _LARGEST_NUMBER else None


class RowComplaints:
    """Collects what is wrong with the rows of one file.

    Parameters
    ----------
    source
        Name shown in problems.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def expect(self, held: object, row: NumberRow, value: object, expected: str) -> None:
        """Note a problem at a row unless a condition holds."""
        if not held:
            where = f"{self.source}:{row.line}"
            self.problems.append(problem("literature-row", where, value, expected))

    def raise_any(self) -> None:
        """Raise everything noted so far, if there is anything."""
        if self.problems:
            raise InputError(self.source, tuple(self.problems))


def expect_fleet(
    complaints: RowComplaints, row: NumberRow, n_vehicles: float, capacity: float
) -> None:
    """Check the two numbers every header has.

    Parameters
    ----------
    complaints
        Where problems are noted.
    row
        The header.
    n_vehicles, capacity
        As read.
    """
    whole = float(n_vehicles).is_integer() and float(capacity).is_integer()
    complaints.expect(
        whole and 1 <= n_vehicles <= MOST_VEHICLES and capacity >= 1,
        row,
        f"{n_vehicles:g} {capacity:g}",
        f"un nombre de véhicules de 1 à {MOST_VEHICLES} et une capacité entière",
    )


def points(
    numbers: tuple[NumberRow, ...], read: Callable[[NumberRow], Row], complaints: RowComplaints
) -> tuple[Row, ...]:
    """Turn lines into points and check what holds in every benchmark file.

    Parameters
    ----------
    numbers
        Lines after the header, in the order of their ids.
    read
        Picks the columns.
    complaints
        Where problems are noted.

    Returns
    -------
    tuple of Row
        One per line.
    """
    rows = []
    for index, each in enumerate(numbers):
        row = read(each)
        complaints.expect(
            each.values[0] == index, each, f"{each.values[0]:g}", f"le numéro {index}"
        )
        complaints.expect(
            0 <= row.earliest <= row.latest,
            each,
            f"[{row.earliest:g}, {row.latest:g}]",
            "un créneau qui commence à 0 au plus tôt et n'est pas vide",
        )
        complaints.expect(row.service >= 0, each, f"{row.service:g}", "une durée positive ou nulle")
        rows.append(row)
    return tuple(rows)


def expect_kernel_range(complaints: RowComplaints, header: NumberRow, benchmark: Benchmark) -> None:
    """Note a problem when scaled times would leave the kernels' range."""
    complaints.expect(
        fits_kernels(benchmark.rows),
        header,
        "horizon ou distances",
        "des temps et des distances inférieurs à 10000",
    )
