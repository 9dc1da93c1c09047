"""Drives from an OSRM server, asked in blocks it accepts and checked before they are believed."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.network.codes import refusal
from tus_dispatch.network.http_json import JsonClient, Patience
from tus_dispatch.network.pair_cache import Drive, PairCache, Point

Floats = NDArray[np.float64]
_Drives = dict[tuple[Point, Point], Drive]

_PER_DEGREE = 100_000
_MOST_DIGITS_M = 1e8


@dataclass(frozen=True, slots=True)
class Osrm:
    """An OSRM server and how to treat it.

    Attributes
    ----------
    url
        Base address.
    profile
        Profile name in the address.
    largest_table
        Coordinates the server takes per question; 100 is its own default.
    patience
        Time-outs and tries.
    cache
        Drives asked for before, or None.
    sleep
        Waits between tries.
    """

    url: str
    profile: str = "driving"
    largest_table: int = 100
    patience: Patience = Patience()  # noqa: RUF009 - frozen, so safe to share
    cache: PairCache | None = None
    sleep: Callable[[float], None] = time.sleep

    def table(self, points: list[Point]) -> tuple[Floats, Floats, Floats]:
        """Ask for all drives between points.

        Parameters
        ----------
        points
            Without repetition; only these numbers ever leave the machine.

        Returns
        -------
        seconds, metres : ndarray of shape (n, n)
            From road to road, NaN where one cannot drive.
        off_road_m : ndarray of shape (n,)
            Metres between each point and the road, infinite where no road is
            near at all.
        """
        drives = self._remembered(points)
        with JsonClient(self.url, self.patience, self.sleep) as client:
            for rows, columns in self._blocks(points, drives):
                new = self._block(client, rows, columns)
                if self.cache is not None:
                    self.cache.keep((a, b, drive) for (a, b), drive in new.items())
                drives |= new
        n = len(points)
        values = np.full((n, n, 2), math.nan)
        for (i, a), (j, b) in product(enumerate(points), repeat=2):
            if (drive := drives[a, b]) is not None:
                values[i, j] = drive
        off_road_m = np.nan_to_num(values[:, :, 1].diagonal(), nan=math.inf)
        np.einsum("iik->ik", values)[:] = 0.0
        return values[:, :, 0], values[:, :, 1], off_road_m

    def line(self, origin: Point, destination: Point) -> list[tuple[float, float]]:
        """Ask for the line of a drive.

        Parameters
        ----------
        origin, destination
            Ends of the drive.

        Returns
        -------
        lonlat : list of pairs
            Degrees, empty where one cannot drive.
        """
        path = f"/route/v1/{self._profile()}/{_coordinates([origin, destination])}"
        with JsonClient(self.url, self.patience, self.sleep) as client:
            answer = client.get(f"{path}?overview=full&geometries=geojson&steps=false")
            if answer.get("code") in {"NoRoute", "NoSegment"}:
                return []
            _expect_ok(client, answer)
            try:
                pairs = answer["routes"][0]["geometry"]["coordinates"]
                line = [(float(lon), float(lat)) for lon, lat in pairs]
            except (KeyError, IndexError, TypeError, ValueError) as error:
                raise client.nonsense(answer, "routes[0].geometry.coordinates") from error
            if len(line) < 2 or not all(abs(x) <= 180 and abs(y) <= 90 for x, y in line):
                raise client.nonsense(line[:3], "des coordonnées en degrés")
            return line

    def _profile(self) -> str:
        return quote(self.profile, safe="")

    def _remembered(self, points: list[Point]) -> _Drives:
        if self.cache is None:
            return {}
        wanted = set(points)
        return {
            (a, b): drive
            for a in points
            for b, drive in self.cache.drives_from(a).items()
            if b in wanted
        }

    def _blocks(
        self, points: list[Point], known: _Drives
    ) -> Iterator[tuple[list[Point], list[Point]]]:
        """Cut the table into blocks the server accepts and yield those not fully known."""
        size = len(points) if len(points) <= self.largest_table else max(1, self.largest_table // 2)
        parts = [points[k : k + size] for k in range(0, len(points), max(1, size))]
        for rows, columns in product(parts, repeat=2):
            if not all(pair in known for pair in product(rows, columns)):
                yield rows, columns

    def _block(self, client: JsonClient, rows: list[Point], columns: list[Point]) -> _Drives:
        """Ask for one block; a point without any road near does not spoil the others."""
        nowhere: _Drives = dict.fromkeys(product(rows, columns))
        asked = list(dict.fromkeys(rows + columns))
        answer = self._table(client, asked, rows, columns)
        if answer.get("code") == "NoSegment":
            # The message names a coordinate, but not always the right one.
            on_road = [point for point in asked if self._is_near_road(client, point)]
            rows, columns = ([p for p in side if p in on_road] for side in (rows, columns))
            if not (rows and columns):
                return nowhere
            answer = self._table(client, on_road, rows, columns)
        _expect_ok(client, answer)
        return nowhere | _drives(client, answer, rows, columns)

    def _is_near_road(self, client: JsonClient, point: Point) -> bool:
        answer = client.get(f"/nearest/v1/{self._profile()}/{_coordinates([point])}")
        if answer.get("code") == "NoSegment":
            return False
        _expect_ok(client, answer)
        return True

    def _table(
        self, client: JsonClient, asked: list[Point], rows: list[Point], columns: list[Point]
    ) -> dict[str, Any]:
        path = f"/table/v1/{self._profile()}/{_coordinates(asked)}?annotations=duration,distance"
        if not rows == columns == asked:
            index = {point: str(k) for k, point in enumerate(asked)}
            sources, destinations = (";".join(index[p] for p in side) for side in (rows, columns))
            path += f"&sources={sources}&destinations={destinations}"
        return client.get(path)


def rounded(lon: float, lat: float) -> Point:
    """Round degrees to the grid the cache and the questions use.

    Parameters
    ----------
    lon, lat
        Degrees.

    Returns
    -------
    point : Point
        Hundred-thousandths of a degree.
    """
    return round(lon * _PER_DEGREE), round(lat * _PER_DEGREE)


def _coordinates(points: list[Point]) -> str:
    return ";".join(f"{lon / _PER_DEGREE:.5f},{lat / _PER_DEGREE:.5f}" for lon, lat in points)


def _expect_ok(client: JsonClient, answer: dict[str, Any]) -> None:
    code = answer.get("code")
    if code == "Ok":
        return
    if isinstance(code, str):
        told = f"{code} : {answer.get('message', '')}"
        raise refusal(client.base, "router-refused", told, "le code Ok")
    raise client.nonsense(answer, "une réponse d’OSRM avec son code")


def _drives(
    client: JsonClient, answer: dict[str, Any], rows: list[Point], columns: list[Point]
) -> _Drives:
    """Read one answer; on the diagonal stands the distance between point and road."""
    seconds = _numbers(client, answer, "durations", rows, columns)
    metres = _numbers(client, answer, "distances", rows, columns)
    drives: _Drives = {}
    for (i, a), (j, b) in product(enumerate(rows), enumerate(columns)):
        s, m = seconds[i][j], metres[i][j]
        if (s is None) != (m is None):
            raise client.nonsense((s, m), "une durée et une distance, ou deux null")
        drives[a, b] = None if s is None or m is None else (s, m)
    for side, points in (("sources", rows), ("destinations", columns)):
        for point, off_road_m in zip(points, _off_road(client, answer, side, points), strict=True):
            drives[point, point] = (0.0, off_road_m)
    return drives


def _numbers(
    client: JsonClient, answer: dict[str, Any], name: str, rows: list[Point], columns: list[Point]
) -> list[list[float | None]]:
    table = answer.get(name)
    expected = f"{name} : {len(rows)} × {len(columns)} nombres"
    if not isinstance(table, list) or len(table) != len(rows):
        raise client.nonsense(table, expected)
    for row in table:
        if not isinstance(row, list) or len(row) != len(columns):
            raise client.nonsense(row, expected)
        for value in row:
            if value is not None and not _is_size(value):
                raise client.nonsense(value, expected)
    return table


def _off_road(
    client: JsonClient, answer: dict[str, Any], side: str, points: list[Point]
) -> list[float]:
    waypoints = answer.get(side)
    if not isinstance(waypoints, list) or len(waypoints) != len(points):
        raise client.nonsense(waypoints, f"{side} : {len(points)} points")
    # Servers before 5.7 do not tell how far the road is.
    metres = [w.get("distance", 0.0) if isinstance(w, dict) else None for w in waypoints]
    if not all(_is_size(value) for value in metres):
        raise client.nonsense(waypoints, f"{side} : des distances en mètres")
    return [float(value) for value in metres if value is not None]


def _is_size(value: object) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and 0 <= value < _MOST_DIGITS_M
    )
