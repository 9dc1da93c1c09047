"""VROOM's matrices become explicit travel times between the places of the file."""

from typing import Any

from tus_dispatch.formats.foreign.draft import matrix_data
from tus_dispatch.formats.foreign.values import Path, Values
from tus_dispatch.formats.vroom.fields import EXTENSION, LARGEST_NUMBER
from tus_dispatch.formats.vroom.places import VroomPlaces

# Without distances: about 50 km/h, the pace of country roads.
METRES_A_SECOND = 14
_MOST_ROWS = 2_000
_PROFILE = "car"

Table = list[list[int | None]]


def read_travel(values: Values, places: VroomPlaces, warnings: list[str]) -> dict[str, Any]:
    """Return the travel times of a scenario.

    Parameters
    ----------
    values
        The document.
    places
        Its places, with their rows.
    warnings
        What was assumed is added here.

    Returns
    -------
    dict
        As in a scenario file.
    """
    source = values.find(EXTENSION, "travel")
    kept = dict(source) if isinstance(source, dict) else {}
    profiles = {
        str(values.find("vehicles", i, "profile") or _PROFILE)
        for i in range(len(values.entries("vehicles")))
    } or {_PROFILE}
    if len(profiles) > 1:
        expected = "un seul profil pour tous les véhicules"
        values.note("cannot-say", ("vehicles",), ", ".join(sorted(profiles)), expected)
        return {}
    matrices = values.find("matrices")
    if not matrices:
        if kept.get("source") == "matrix":
            values.note("wrong-reference", ("matrices",), matrices, "les tables de durées")
        return kept or {"source": "estimate"}
    profile = profiles.pop()
    at = ("matrices", profile)
    if values.find(*at, "costs") is not None:
        warnings.append("Les coûts de la matrice (costs) ne sont pas repris.")
    no_road = kept.pop("no_road", LARGEST_NUMBER)
    if type(no_road) is not int:
        values.note("wrong-value", (EXTENSION, "travel", "no_road"), no_road, "un nombre entier")
        return {}
    seconds = _table(values, (*at, "durations"), no_road)
    has_metres = values.find(*at, "distances") is not None
    metres = _table(values, (*at, "distances"), no_road) if has_metres else None
    if seconds is None:
        return {}
    if metres is None:
        warnings.append("Le fichier ne donne pas de distances : elles sont estimées à 50 km/h.")
        metres = [[None if s is None else s * METRES_A_SECOND for s in row] for row in seconds]
    if len(metres) != len(seconds):
        expected = f"{len(seconds)} lignes, comme dans durations"
        values.note("contradiction", (*at, "distances"), metres, expected)
        return {}
    return _between(values, _rows(values, places, kept, len(seconds)), seconds, metres)


def _rows(
    values: Values, places: VroomPlaces, kept: dict[str, Any], n: int
) -> list[tuple[str, int]]:
    """Pair each place of the table with its row: named order first, then what was met."""
    listed = kept.get("places", [])
    named = [str(each) for each in listed] if isinstance(listed, list) else []
    if named and len(named) != n:
        where = (EXTENSION, "travel", "places")
        values.note("contradiction", where, listed, f"{n} lieux, un par ligne de la matrice")
        return []
    rows = {place: i for i, place in enumerate(named)}
    for place, row in places.rows.items():
        if rows.setdefault(place, row) != row or row >= n:
            expected = f"une ligne de la matrice, de 0 à {n - 1}"
            values.note("wrong-reference", ("matrices",), f"{place} : {row}", expected)
            return []
    return list(rows.items())


def _between(
    values: Values, rows: list[tuple[str, int]], seconds: Table, metres: Table
) -> dict[str, Any]:
    if values.problems:
        return {}
    numbers = [row for _, row in rows]
    cut = [[[table[i][j] for j in numbers] for i in numbers] for table in (seconds, metres)]
    for table in cut:
        for i in range(len(table)):
            # VROOM never drives from a place to itself; some files put a number there.
            table[i][i] = 0
    for i, row in enumerate(cut[0]):
        for j, second in enumerate(row):
            if second is None or cut[1][i][j] is None:
                row[j] = cut[1][i][j] = None
    return matrix_data([place for place, _ in rows], cut[0], cut[1])


def _table(values: Values, at: Path, no_road: int) -> Table | None:
    rows = values.entries(*at, most=_MOST_ROWS)
    n = len(rows)
    if n == 0 or any(not isinstance(row, list) or len(row) != n for row in rows):
        values.note("wrong-value", at, rows, "une table carrée")
        return None
    table: Table = []
    for i, row in enumerate(rows):
        cells = [
            cell if type(cell) is int and cell >= 0 else values.whole(*at, i, j)
            for j, cell in enumerate(row)
        ]
        table.append([None if cell >= no_road else cell for cell in cells])
    return table
