"""One question for the layers above: seconds and metres between places, whatever answers it."""

import hashlib
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.travel import UNREACHABLE, TravelMatrix
from tus_dispatch.domain.travel_source import Terrain
from tus_dispatch.errors import InputError
from tus_dispatch.network.build import BUILDER
from tus_dispatch.network.codes import problem
from tus_dispatch.network.estimate import estimated, warning
from tus_dispatch.network.explicit import find_absurdities
from tus_dispatch.network.osrm import Osrm, rounded
from tus_dispatch.network.profile import (
    DEFAULT_CALIBRATION,
    SpeedProfile,
    calibrated_seconds,
    checked_calibration,
)
from tus_dispatch.network.roads import Roads
from tus_dispatch.network.snap import FAR_M, REFUSED_M

Line = tuple[tuple[float, float], ...]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SAME_DOOR_M = 100.0


class TravelTimes(Protocol):
    """What the layers above know of travel times."""

    @property
    def id(self) -> str:
        """Name that changes whenever an answer may change."""

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Find seconds and metres between all pairs of places.

        Parameters
        ----------
        places
            Each with a point.

        Returns
        -------
        matrix : TravelMatrix
            In the order of the places. A place off the road is unreachable
            and named in the warnings; the others are not affected.

        Raises
        ------
        InputError
            When a place has no point, or the source of the times fails.
        """

    def route_line(self, origin: LatLon, destination: LatLon) -> Line:
        """Draw a drive.

        Parameters
        ----------
        origin, destination
            Doors.

        Returns
        -------
        line : tuple of pairs
            Longitude and latitude from door to door, at least two points;
            empty where one cannot drive.
        """


class EstimateTimes:
    """Great circle times a detour; always labelled as an estimate.

    Parameters
    ----------
    terrain
        Lie of the land.
    calibration
        Factor on the seconds, from observed trips.
    """

    def __init__(self, terrain: Terrain, calibration: float = 1.0) -> None:
        self._terrain = terrain
        self._calibration = checked_calibration(calibration, "calibration")
        self.id = _short_id("estimate", terrain.value, calibration)

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Estimate drives between all pairs of places; see ``TravelTimes.matrix``."""
        seconds, metres = estimated(lonlat_of(places), self._terrain, self._calibration)
        return _matrix(places, seconds, metres, "estimate", (warning(self._terrain),))

    def route_line(self, origin: LatLon, destination: LatLon) -> Line:
        """Draw the straight line."""
        return ((origin.lon, origin.lat), (destination.lon, destination.lat))


class RoadTimes:
    """Fastest drives on a road graph.

    Parameters
    ----------
    roads
        Graph and speeds.
    calibration
        The one factor of this network, on all seconds from door to door.
    """

    def __init__(self, roads: Roads, calibration: float = DEFAULT_CALIBRATION) -> None:
        self.roads = roads
        self._calibration = checked_calibration(calibration, "calibration")
        origin = roads.graph.provenance
        self.id = _short_id("roads", origin.sha256, BUILDER, roads.profile.id, calibration)

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Find drives between all pairs of places; see ``TravelTimes.matrix``."""
        drives = self.roads.door_to_door(lonlat_of(places))
        return _matrix(
            places,
            calibrated_seconds(drives.milliseconds, self._calibration),
            _whole_metres(drives.centimetres),
            "roads",
            off_road_warnings(places, drives.snaps.access_m),
        )

    def route_line(self, origin: LatLon, destination: LatLon) -> Line:
        """Draw the fastest drive; its length is that in the matrix."""
        line = self.roads.line(*(np.array([p.lon, p.lat]) for p in (origin, destination)))
        return () if line is None else tuple((lon, lat) for lon, lat in line.tolist())


class OsrmTimes:
    """Drives that an OSRM server computes.

    Its name tells servers and profiles apart, not the maps a server was given
    over time: whoever changes the map names the engine of the cache anew.

    Parameters
    ----------
    osrm
        The server.
    calibration
        Factor on all seconds from door to door.
    """

    def __init__(self, osrm: Osrm, calibration: float = 1.0) -> None:
        self._osrm = osrm
        self._calibration = checked_calibration(calibration, "calibration")
        self.id = _short_id("osrm", osrm.url, osrm.profile, calibration)

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Ask for drives between all pairs of places; see ``TravelTimes.matrix``."""
        points = [rounded(lon, lat) for lon, lat in lonlat_of(places).tolist()]
        asked = list(dict.fromkeys(points))
        each = np.array([asked.index(point) for point in points], dtype=np.int64)
        seconds, metres, off_road_m = (part[each] for part in self._osrm.table(asked))
        apart = each[:, None] != each[None, :]
        # The same way between door and road as on our own networks.
        access_m = np.where(off_road_m <= REFUSED_M, off_road_m, np.nan)
        both_m = np.where(apart, access_m[:, None] + access_m[None, :], 0.0)
        seconds = seconds[:, each] + both_m / (SpeedProfile().access_kmh / 3.6)
        metres = metres[:, each] + both_m
        wrong = find_absurdities(places, seconds, metres, self._osrm.url, _SAME_DOOR_M)
        if wrong:
            raise InputError(self._osrm.url, wrong)
        away = np.isnan(seconds)
        ms = np.where(away, UNREACHABLE, np.rint(np.nan_to_num(seconds) * 1000)).astype(np.int64)
        whole_m = np.where(away, UNREACHABLE, np.ceil(np.nan_to_num(metres))).astype(np.int64)
        warnings = off_road_warnings(places, access_m)
        return _matrix(places, calibrated_seconds(ms, self._calibration), whole_m, "osrm", warnings)

    def route_line(self, origin: LatLon, destination: LatLon) -> Line:
        """Ask for the line of a drive."""
        doors = [(p.lon, p.lat) for p in (origin, destination)]
        line = self._osrm.line(*(rounded(lon, lat) for lon, lat in doors))
        return (doors[0], *line, doors[1]) if line else ()


def lonlat_of(places: Sequence[Place]) -> Floats:
    """Read the points of places.

    Parameters
    ----------
    places
        Each with a point.

    Returns
    -------
    lonlat : ndarray of shape (n, 2)
        Degrees.

    Raises
    ------
    InputError
        Names every place without a point.
    """
    without = tuple(
        problem("place-without-point", f"{place.name} ({place.id})", "rien", "un point")
        for place in places
        if place.point is None
    )
    if without:
        raise InputError("places", without)
    pairs = [(place.point.lon, place.point.lat) for place in places if place.point is not None]
    return np.array(pairs, dtype=np.float64).reshape(-1, 2)


def off_road_warnings(places: Sequence[Place], access_m: Floats) -> tuple[str, ...]:
    """Name the places a dispatcher should look at on the map.

    Parameters
    ----------
    places
        In the order of ``access_m``.
    access_m
        Metres to the road, NaN where no road is within two kilometres.

    Returns
    -------
    sentences : tuple of str
        In French, one per place that is far from any road.
    """
    sentences = []
    for place, metres in zip(places, access_m.tolist(), strict=True):
        if metres != metres:  # noqa: PLR0124 - true for NaN only
            sentences.append(
                f"« {place.name} » est à plus de {REFUSED_M / 1000:.0f} km de toute route : "
                "inaccessible tant que son point n’est pas corrigé."
            )
        elif metres > FAR_M:
            sentences.append(
                f"« {place.name} » est à {metres:.0f} m de la route la plus proche : "
                "vérifiez son point sur la carte."
            )
    return tuple(sentences)


def _matrix(
    places: Sequence[Place], seconds: Ints, metres: Ints, source: str, warnings: tuple[str, ...]
) -> TravelMatrix:
    return TravelMatrix(
        place_ids=tuple(place.id for place in places),
        seconds=seconds.astype(np.int32),
        metres=metres.astype(np.int32),
        source=source,
        warnings=warnings,
    )


def _whole_metres(centimetres: Ints) -> Ints:
    """Round up, once; -1 stays -1."""
    return np.where(centimetres < 0, UNREACHABLE, -(-centimetres // 100))


def _short_id(kind: str, *parts: object) -> str:
    digest = hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()
    return f"{kind}-{digest[:12]}"
