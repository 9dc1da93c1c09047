"""Travel tables somebody else computed, looked at with suspicion before they are believed."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.domain.place import Place
from tus_dispatch.domain.travel import UNREACHABLE, TravelMatrix
from tus_dispatch.errors import InputError, Problem
from tus_dispatch.network.codes import problem
from tus_dispatch.network.geodesy import great_circle_m

Table = Sequence[Sequence[float | None]]
Floats = NDArray[np.float64]
_Check = tuple[str, str, NDArray[np.bool_], str]

_FASTEST_M_PER_S = 130 / 3.6
_LONGEST_S = 6 * 3600
_LONGEST_M = 2_000_000
_SAME_POINT_M = 1.5
_SHOWN = 100
_LARGEST_NUMBER = 10**15


def explicit_matrix(
    places: Sequence[Place], seconds: Table, metres: Table, where: str = "/travel"
) -> TravelMatrix:
    """Make a matrix from nested lists.

    Parameters
    ----------
    places
        In the order of rows and columns; points may be unknown.
    seconds, metres
        From row to column; None where one cannot drive. Fractions are rounded
        up, once.
    where
        JSON pointer of the object that holds ``seconds`` and ``metres``.

    Returns
    -------
    matrix : TravelMatrix
        With source ``matrix``.

    Raises
    ------
    InputError
        When ``find_problems`` finds any; it names at most a hundred.
    """
    if found := find_problems(places, seconds, metres, where):
        raise InputError(where, found)
    return TravelMatrix(
        place_ids=tuple(place.id for place in places),
        seconds=_whole(_numbers(seconds)),
        metres=_whole(_numbers(metres)),
        source="matrix",
    )


def find_problems(
    places: Sequence[Place], seconds: Table, metres: Table, where: str = "/travel"
) -> tuple[Problem, ...]:
    """Look for everything that cannot be a drive.

    Parameters
    ----------
    places
        In the order of rows and columns; points may be unknown.
    seconds, metres
        From row to column; None where one cannot drive.
    where
        JSON pointer of the object that holds both tables.

    Returns
    -------
    problems : tuple of Problem
        Each names the pair of places. When a table is not made of numbers,
        only that is told.
    """
    tables = (("seconds", seconds), ("metres", metres))
    malformed = [p for name, t in tables for p in _malformed(places, t, f"{where}/{name}")]
    if malformed:
        return _shortened(malformed, where)
    s, m = _numbers(seconds), _numbers(metres)
    return find_absurdities(places, s, m, where)


def find_absurdities(
    places: Sequence[Place],
    seconds: Floats,
    metres: Floats,
    where: str,
    same_point_m: float = _SAME_POINT_M,
) -> tuple[Problem, ...]:
    """Look for numbers that cannot be a drive.

    Parameters
    ----------
    places
        In the order of rows and columns; points may be unknown.
    seconds, metres
        Shape ``(n, n)``, NaN where one cannot drive.
    where
        JSON pointer or address the tables come from.
    same_point_m
        Points nearer than this may be zero seconds apart.

    Returns
    -------
    problems : tuple of Problem
        In the order of rows, each naming the pair of places.
    """
    tables = {"seconds": seconds, "metres": metres}
    found = [
        (
            i,
            j,
            problem(
                slug, _pair(places, f"{where}/{name}", i, j), _shown(tables[name][i, j]), expected
            ),
        )
        for slug, name, wrong, expected in _checks(seconds, metres, _crow_m(places), same_point_m)
        for i, j in zip(*(axis.tolist() for axis in np.nonzero(wrong)), strict=True)
    ]
    found.sort(key=lambda item: item[:2])
    return _shortened([p for _, _, p in found], where)


def _checks(
    seconds: Floats, metres: Floats, crow_m: Floats, same_point_m: float
) -> tuple[_Check, ...]:
    """Mark the wrong cells, one mask per kind of mistake; NaN compares as false."""
    apart = ~np.eye(len(seconds), dtype=bool)
    disagree = apart & (np.isnan(seconds) != np.isnan(metres))
    nothing = apart & (seconds == 0) & (crow_m > same_point_m)
    too_fast = (seconds > 0) & (crow_m > _FASTEST_M_PER_S * (seconds + 1))
    return (
        ("matrix-negative", "seconds", seconds < 0, "zéro ou plus, en secondes"),
        ("matrix-negative", "metres", metres < 0, "zéro ou plus, en mètres"),
        ("matrix-diagonal", "seconds", ~apart & (seconds != 0), "0"),
        ("matrix-diagonal", "metres", ~apart & (metres != 0), "0"),
        ("matrix-disagree", "seconds", disagree, "deux nombres, ou null dans les deux tables"),
        ("matrix-zero", "seconds", nothing, "plus de 0 s entre deux points différents"),
        ("matrix-too-fast", "seconds", too_fast, "au plus 130 km/h à vol d’oiseau"),
        ("matrix-too-long", "seconds", seconds > _LONGEST_S, "au plus 6 h"),
        ("matrix-too-long", "metres", metres > _LONGEST_M, "au plus 2000 km"),
    )


def _malformed(places: Sequence[Place], table: Table, where: str) -> Iterator[Problem]:
    n = len(places)
    if len(table) != n:
        yield problem("matrix-shape", where, f"{len(table)} lignes", f"{n} lignes")
    for i, row in enumerate(table):
        if len(row) != n:
            expected = f"{n} nombres"
            yield problem("matrix-shape", f"{where}/{i}", f"{len(row)} nombres", expected)
        for j, value in enumerate(row[:n] if i < n else ()):
            if not _is_number(value):
                expected = "un nombre, ou null"
                yield problem("matrix-value", _pair(places, where, i, j), value, expected)


def _is_number(value: object) -> bool:
    if value is None:
        return True
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) if isinstance(value, float) else abs(value) < _LARGEST_NUMBER


def _numbers(table: Table) -> Floats:
    n = len(table)
    return np.array(
        [[math.nan if value is None else float(value) for value in row] for row in table],
        dtype=np.float64,
    ).reshape(n, n)


def _whole(table: Floats) -> NDArray[np.int32]:
    """Round up, once; NaN becomes the mark for unreachable."""
    return np.where(np.isnan(table), UNREACHABLE, np.ceil(table)).astype(np.int32)


def _crow_m(places: Sequence[Place]) -> Floats:
    """Measure as the crow flies, NaN where a point is unknown."""
    lonlat = np.array(
        [(p.point.lon, p.point.lat) if p.point else (math.nan, math.nan) for p in places],
        dtype=np.float64,
    ).reshape(-1, 2)
    return great_circle_m(lonlat[:, None], lonlat[None, :])


def _pair(places: Sequence[Place], where: str, i: int, j: int) -> str:
    return f"{where}/{i}/{j} ({places[i].name} → {places[j].name})"


def _shown(value: float) -> str:
    return "null" if math.isnan(value) else f"{value:g}"


def _shortened(problems: list[Problem], where: str) -> tuple[Problem, ...]:
    if len(problems) <= _SHOWN:
        return tuple(problems)
    rest = f"{len(problems) - _SHOWN} autres erreurs"
    last = problem("matrix-value", where, rest, "une table sans erreur")
    return (*problems[:_SHOWN], last)
