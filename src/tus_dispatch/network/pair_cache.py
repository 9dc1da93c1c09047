"""Drives once asked for are remembered on disk, so that a router is asked once."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TypeGuard, TypeVar

Point = tuple[int, int]
"""Longitude and latitude in hundred-thousandths of a degree, about a metre."""

Drive = tuple[float, float] | None
"""Seconds and metres, or None where one cannot drive."""

_Result = TypeVar("_Result")
_COLUMNS = ["engine", "profile", "lon_a", "lat_a", "lon_b", "lat_b", "seconds", "metres"]
_TABLE = """
CREATE TABLE IF NOT EXISTS drive (
    engine TEXT NOT NULL, profile TEXT NOT NULL,
    lon_a INTEGER NOT NULL, lat_a INTEGER NOT NULL,
    lon_b INTEGER NOT NULL, lat_b INTEGER NOT NULL,
    seconds REAL, metres REAL,
    PRIMARY KEY (engine, profile, lon_a, lat_a, lon_b, lat_b)
) WITHOUT ROWID
"""
_FIND = """
SELECT lon_b, lat_b, seconds, metres FROM drive
WHERE engine = ? AND profile = ? AND lon_a = ? AND lat_a = ?
"""
_KEEP = "INSERT OR REPLACE INTO drive VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class PairCache:
    """Drives by engine, profile and both ends.

    A drive from a point to itself carries the metres between point and road.
    The cache never stands in the way: what cannot be read or written counts
    as not known.

    Parameters
    ----------
    path
        SQLite file, made when it is missing and made anew when it is damaged.
    engine
        What answers: its address, and its data where known.
    profile
        Profile of the engine.
    """

    def __init__(self, path: Path, engine: str, profile: str) -> None:
        self._path = path
        self._key = (engine, profile)

    def drives_from(self, origin: Point) -> dict[Point, Drive]:
        """Return all drives known from one point.

        Parameters
        ----------
        origin
            Where they start.

        Returns
        -------
        drives : dict
            By destination. Values that no router can have given are left out.
        """

        def find(database: sqlite3.Connection) -> list[tuple[int, int, object, object]]:
            return database.execute(_FIND, (*self._key, *origin)).fetchall()

        drives: dict[Point, Drive] = {}
        nothing: list[tuple[int, int, object, object]] = []
        for lon, lat, seconds, metres in self._do(find, nothing):
            if seconds is None and metres is None:
                drives[lon, lat] = None
            elif _is_size(seconds) and _is_size(metres):
                drives[lon, lat] = (seconds, metres)
        return drives

    def keep(self, drives: Iterable[tuple[Point, Point, Drive]]) -> None:
        """Remember drives, all or none of them.

        Parameters
        ----------
        drives
            Origin, destination, and what the router said.
        """
        rows = [(*self._key, *a, *b, *(drive or (None, None))) for a, b, drive in drives]

        def write(database: sqlite3.Connection) -> None:
            database.executemany(_KEEP, rows)

        self._do(write, None)

    def _do(self, work: Callable[[sqlite3.Connection], _Result], otherwise: _Result) -> _Result:
        for _ in range(2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with closing(sqlite3.connect(self._path)) as database, database:
                    _expect_table(database)
                    return work(database)
            except (OSError, sqlite3.OperationalError):
                # Locked, read-only or full: another day it may work.
                return otherwise
            except sqlite3.DatabaseError:
                # Damaged; only what can be asked for again is in there.
                self._path.unlink(missing_ok=True)
        return otherwise


def _expect_table(database: sqlite3.Connection) -> None:
    database.execute(_TABLE)
    columns = database.execute("SELECT * FROM drive LIMIT 0").description
    if [column[0] for column in columns] != _COLUMNS:
        raise sqlite3.DatabaseError("the table has other columns")


def _is_size(value: object) -> TypeGuard[float]:
    return isinstance(value, float) and 0 <= value < float("inf")
