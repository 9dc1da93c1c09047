"""Where a scenario's travel times come from."""

from dataclasses import dataclass
from enum import StrEnum

from tus_dispatch.domain.units import PlaceId


class Terrain(StrEnum):
    """Lie of the land, for estimated times."""

    PLAIN = "plain"
    HILLS = "hills"
    MOUNTAIN = "mountain"


@dataclass(frozen=True, slots=True)
class EstimateSource:
    """Great circle times a detour, always labelled as an estimate.

    Attributes
    ----------
    calibration
        Factor on the seconds, from observed trips; 1.0 when unknown.
    """

    calibration: float = 1.0


@dataclass(frozen=True, slots=True)
class RoadsSource:
    """A road graph on disk, built by ``tus roads build`` or an extract.

    Attributes
    ----------
    file
        Path as written in the scenario; relative to the scenario's folder.
    calibration
        Factor on the seconds.
    """

    file: str
    calibration: float = 1.15


@dataclass(frozen=True, slots=True)
class MatrixSource:
    """Explicit seconds and metres.

    Attributes
    ----------
    places
        Order of rows and columns.
    seconds, metres
        Square tables; None means unreachable.
    """

    places: tuple[PlaceId, ...]
    seconds: tuple[tuple[int | None, ...], ...]
    metres: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class OsrmSource:
    """An OSRM server.

    Attributes
    ----------
    url
        Base address, for instance ``http://127.0.0.1:5000``.
    profile
        Profile name in the address.
    calibration
        Factor on the seconds.
    """

    url: str
    profile: str = "driving"
    calibration: float = 1.0


TravelSource = EstimateSource | RoadsSource | MatrixSource | OsrmSource
