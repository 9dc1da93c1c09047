"""How fast a minibus drives on each kind of road when nobody is in its way."""

import hashlib
import math
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.network.codes import refusal
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.tags import FASTEST_KMH, RURAL_LIMIT, UNTAGGED, RoadClass

DEFAULT_CALIBRATION = 1.15
"""Brings the table below to the level of OSRM's times on rural networks."""

_MILLIONTHS = 1_000_000
_TABLE_LIMIT_KMH = 80

# Without a maxspeed tag. Ramps take about 0.6 of the speed of their road.
_FREE_KMH = {
    RoadClass.MOTORWAY: 115.0,
    RoadClass.MOTORWAY_LINK: 69.0,
    RoadClass.TRUNK: 90.0,
    RoadClass.TRUNK_LINK: 54.0,
    RoadClass.PRIMARY: 70.0,
    RoadClass.PRIMARY_LINK: 42.0,
    RoadClass.SECONDARY: 62.0,
    RoadClass.SECONDARY_LINK: 37.0,
    RoadClass.TERTIARY: 52.0,
    RoadClass.TERTIARY_LINK: 31.0,
    RoadClass.UNCLASSIFIED: 40.0,
    RoadClass.RESIDENTIAL: 28.0,
    RoadClass.LIVING_STREET: 15.0,
    RoadClass.SERVICE: 15.0,
    RoadClass.TRACK: 12.0,
}
_RURAL = (RoadClass.PRIMARY, RoadClass.SECONDARY, RoadClass.TERTIARY)


@dataclass(frozen=True, slots=True)
class SpeedProfile:
    """Speeds by class and what a tagged limit does to them.

    Attributes
    ----------
    rural_limit_kmh
        Limit on roads outside villages that carry no sign: 80 by law, 90
        where the département has gone back to it. Untagged primary, secondary
        and tertiary roads are driven in proportion.
    tagged_share
        Part of a tagged limit that is driven.
    class_share
        A tagged limit is never driven faster than this times the untagged
        speed of the class.
    access_kmh
        Speed between the road and the door.
    free_kmh
        Speed per ``RoadClass`` without a tag, at a rural limit of 80.
    """

    rural_limit_kmh: int = _TABLE_LIMIT_KMH
    tagged_share: float = 0.9
    class_share: float = 1.35
    access_kmh: float = 15.0
    free_kmh: tuple[float, ...] = tuple(_FREE_KMH[c] for c in RoadClass)

    def __post_init__(self) -> None:
        speeds = (self.rural_limit_kmh, self.access_kmh, *self.free_kmh)
        shares = (self.tagged_share, self.class_share)
        if len(self.free_kmh) != len(RoadClass):
            raise ValueError(f"expected one speed per road class, not {len(self.free_kmh)}")
        if not all(1 <= speed <= FASTEST_KMH for speed in speeds):
            raise ValueError(f"a speed leaves the range 1 to {FASTEST_KMH} km/h")
        if not all(0.1 <= share <= 2 for share in shares):
            raise ValueError("a share leaves the range 0.1 to 2")

    @property
    def id(self) -> str:
        """Short name that changes whenever a speed does."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:8]

    def kmh(self, graph: RoadGraph) -> NDArray[np.float64]:
        """Return the driving speed on every edge.

        Parameters
        ----------
        graph
            Roads with class and tagged limit.

        Returns
        -------
        kmh : ndarray of shape (m,)
            Between 1 and 130, the same in both directions.
        """
        by_class = np.array(self.free_kmh)
        tagged_cap = self.class_share * by_class
        rural = list(_RURAL)
        by_class[rural] *= self.rural_limit_kmh / _TABLE_LIMIT_KMH
        by_class[rural] = np.minimum(by_class[rural], self.tagged_share * self.rural_limit_kmh)
        limit = graph.maxspeed_kmh.astype(np.float64)
        limit[graph.maxspeed_kmh == RURAL_LIMIT] = self.rural_limit_kmh
        tagged = np.minimum(self.tagged_share * limit, tagged_cap[graph.road_class])
        speed = np.where(graph.maxspeed_kmh == UNTAGGED, by_class[graph.road_class], tagged)
        return np.clip(speed, 1.0, float(FASTEST_KMH))


def calibrated_seconds(milliseconds: NDArray[np.int64], calibration: float) -> NDArray[np.int64]:
    """Apply the calibration factor and round up to whole seconds, once.

    Parameters
    ----------
    milliseconds
        Driving times, -1 for unreachable, any shape.
    calibration
        Factor, counted in millionths so that no binary fraction tips a time
        over to the next second.

    Returns
    -------
    seconds : ndarray of int64
        Same shape, -1 where the input is.

    Examples
    --------
    100 s times 1.15 is 115 s, not 116:

    >>> calibrated_seconds(np.array([100_000, -1]), 1.15)
    array([115,  -1])
    """
    millionths = round(calibration * _MILLIONTHS)
    seconds: NDArray[np.int64] = -(-milliseconds * millionths // (1000 * _MILLIONTHS))
    return np.where(milliseconds < 0, -1, seconds)


def checked_calibration(calibration: float, source: str) -> float:
    """Refuse a factor that no observation can have given.

    Parameters
    ----------
    calibration
        Factor on driving times.
    source
        File or option it stands in.

    Returns
    -------
    calibration : float
        Unchanged.

    Raises
    ------
    InputError
        When it is not a number between 0.2 and 5.
    """
    if not (math.isfinite(calibration) and 0.2 <= calibration <= 5):
        raise refusal(source, "calibration", calibration, "un facteur entre 0,2 et 5")
    return calibration
