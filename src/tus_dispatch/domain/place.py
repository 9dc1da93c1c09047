"""A place is somewhere people get in or out; travel tables do without its point."""

from dataclasses import dataclass

from tus_dispatch.domain.units import PlaceId, Seconds
from tus_dispatch.errors import TusError


class PointError(TusError):
    """A latitude or longitude is outside its range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LatLon:
    """A point on the map in decimal degrees, WGS 84; built by keyword only.

    Attributes
    ----------
    lat
        Latitude, -90 to 90.
    lon
        Longitude, -180 to 180.

    Raises
    ------
    PointError
        When a coordinate is out of range or not a number.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise PointError(f"lat={self.lat}, lon={self.lon} is not a point on Earth")


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a vehicle stops.

    Attributes
    ----------
    id
        Identity inside the scenario.
    name
        What the driver reads.
    point
        Where it is; None only when travel times come from an explicit matrix.
    insee
        Five-character commune code, a string (``01004``, ``2A004``), or None.
    address
        Street address for the run sheet, or None.
    last_departure_s
        At a hub, the last train or coach that people can still take, seconds
        of the service day; None where there is none.
    """

    id: PlaceId
    name: str
    point: LatLon | None = None
    insee: str | None = None
    address: str | None = None
    last_departure_s: Seconds | None = None
