"""Straight lines stretched by the lie of the land, for days without a road network."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.domain.travel_source import Terrain
from tus_dispatch.network.geodesy import great_circle_m
from tus_dispatch.network.profile import calibrated_seconds

Ints = NDArray[np.int64]


class Going(NamedTuple):
    """How roads run and how fast they are driven.

    Attributes
    ----------
    detour
        Metres of road per metre as the crow flies.
    kmh
        Mean speed from door to door.
    words
        French name of the terrain.
    """

    detour: float
    kmh: float
    words: str


GOINGS: dict[Terrain, Going] = {
    Terrain.PLAIN: Going(1.35, 50.0, "plaine"),
    Terrain.HILLS: Going(1.45, 45.0, "collines"),
    Terrain.MOUNTAIN: Going(1.7, 38.0, "montagne"),
}


def estimated(
    lonlat: NDArray[np.float64], terrain: Terrain, calibration: float
) -> tuple[Ints, Ints]:
    """Estimate drives between all pairs of points.

    Parameters
    ----------
    lonlat
        Degrees, shape ``(n, 2)``.
    terrain
        Lie of the land.
    calibration
        Factor on the seconds.

    Returns
    -------
    seconds, metres : ndarray of int64, shape (n, n)
        Rounded up; nothing is ever unreachable.

    Examples
    --------
    Ten kilometres due north in the mountains:

    >>> there = np.array([[3.0, 45.0], [3.0, 45.0 + 10_000 / 111_195]])
    >>> estimated(there, Terrain.MOUNTAIN, 1.0)[0][0]
    array([   0, 1611])
    """
    going = GOINGS[terrain]
    metres = great_circle_m(lonlat[:, None], lonlat[None, :]) * going.detour
    milliseconds = np.rint(metres * 3600 / going.kmh).astype(np.int64)
    return calibrated_seconds(milliseconds, calibration), np.ceil(metres).astype(np.int64)


def warning(terrain: Terrain) -> str:
    """Say in French that times are only estimated.

    Parameters
    ----------
    terrain
        Lie of the land.

    Returns
    -------
    sentence : str
        For the dispatcher.
    """
    going = GOINGS[terrain]
    detour = f"{going.detour:.2f}".replace(".", ",")
    return (
        f"Temps de trajet estimés à vol d’oiseau (terrain : {going.words}, "
        f"détour × {detour}, {going.kmh:.0f} km/h) : à vérifier avant d’annoncer un horaire."
    )
