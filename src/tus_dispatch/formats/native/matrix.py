"""Explicit travel tables of a file: square, whole numbers, zero to itself, both or neither."""

from collections.abc import Iterator
from typing import Any

from tus_dispatch.errors import Problem
from tus_dispatch.formats.native.problems import pointer, problem, shorten
from tus_dispatch.formats.native.setting import MatrixShape

_LIMIT = 2**31
_NAMES = ("seconds", "metres")


def matrix_problems(travel: MatrixShape) -> Iterator[Problem]:
    """Tell what is wrong with the tables, at most one mistake per row.

    Parameters
    ----------
    travel
        The section, its rows not looked at yet.

    Yields
    ------
    Problem
        In the order of the file.
    """
    n = len(travel.places)
    first: dict[str, int] = {}
    for i, place in enumerate(travel.places):
        if first.setdefault(place, i) != i:
            where = pointer(("travel", "places", i))
            yield problem("doubled-id", where, shorten(place), "chaque lieu une seule fois")
    broken = False
    for name, table in zip(_NAMES, (travel.seconds, travel.metres), strict=True):
        for found in _table_problems(name, table, n):
            broken = True
            yield found
    if not broken:
        yield from _disagreements(travel.seconds, travel.metres)


def _table_problems(name: str, table: list[Any], n: int) -> Iterator[Problem]:
    at = ("travel", name)
    if len(table) != n:
        yield problem("matrix-shape", pointer(at), shorten(table), f"{n} lignes, une par lieu")
        return
    for i, row in enumerate(table):
        if not isinstance(row, list):
            yield problem("wrong-type", pointer((*at, i)), shorten(row), "une liste [ … ]")
        elif len(row) != n:
            where = pointer((*at, i))
            yield problem("matrix-shape", where, shorten(row), f"{n} nombres, un par lieu")
        elif not all(value is None or _is_count(value) for value in row):
            j = next(j for j, value in enumerate(row) if not (value is None or _is_count(value)))
            yield _cell_problem(pointer((*at, i, j)), row[j])
        elif row[i] != 0:
            yield problem("matrix-diagonal", pointer((*at, i, i)), shorten(row[i]), "0")


def _is_count(value: object) -> bool:
    # A boolean is an int to Python, but not to people.
    return type(value) is int and 0 <= value < _LIMIT


def _cell_problem(where: str, value: object) -> Problem:
    is_negative = isinstance(value, int | float) and value < 0
    slug = "matrix-negative" if is_negative else "matrix-value"
    expected = "un nombre entier d’au moins 0, ou null si aucune route n’y mène"
    return problem(slug, where, shorten(value), expected)


def _disagreements(seconds: list[list[Any]], metres: list[list[Any]]) -> Iterator[Problem]:
    for i, (times, lengths) in enumerate(zip(seconds, metres, strict=True)):
        pairs = enumerate(zip(times, lengths, strict=True))
        j = next((j for j, (s, m) in pairs if (s is None) != (m is None)), None)
        if j is not None:
            expected = "null" if times[j] is None else "un nombre"
            where = pointer(("travel", "metres", i, j))
            yield problem("matrix-disagree", where, shorten(lengths[j]), expected)
