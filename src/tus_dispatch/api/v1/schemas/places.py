"""Places as they are kept: somewhere a vehicle stops, with the hours it can be reached."""

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from tus_dispatch.api.v1.schemas.base import (
    Answer,
    Clock,
    IdText,
    Kept,
    clock_of_seconds,
    seconds_of_clock,
)
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.roster import KeptPlace, OpeningHours, WallBand
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.setting import Insee
from tus_dispatch.formats.native.shape import Shape
from tus_dispatch.formats.native.texts import Id, Note, Text

Lat = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, description="Degrees north.")]
Lon = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, description="Degrees east.")]
Weekday = Annotated[int, Field(ge=0, le=6, description="0 for Monday.")]
_EXAMPLE: dict[str, Any] = {
    "name": "Maison de santé de Sancerre",
    "lat": 47.3305,
    "lon": 2.8392,
    "insee": "18241",
    "address": "Rempart des Dames, 18300 Sancerre",
    "opening": [{"weekday": 0, "from": "08:30", "until": "18:00"}],
    "is_partner": True,
}


class Opening(Shape):
    """When a place can be reached on a weekday."""

    weekday: Weekday
    start: Clock = Field(alias="from")
    until: Clock

    def to_domain(self) -> OpeningHours:
        """Return the hours."""
        return OpeningHours(self.weekday, WallBand(self.start, self.until))


class PlaceBody(Shape):
    """A place; where it is somebody's home, it is erased with the person."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    name: Text
    lat: Lat | None = None
    lon: Lon | None = None
    insee: Insee | None = None
    address: Note | None = None
    home_of: Id | None = None
    opening: list[Opening] = Field(default_factory=list, max_length=50)
    is_partner: bool = False
    last_departure: Annotated[
        Clock | None, Field(description="At a hub: the last train or coach people can take.")
    ] = None

    @model_validator(mode="after")
    def _expect_both(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            missing = "lat" if self.lat is None else "lon"
            raise refusal("off-the-map", f"aussi « {missing} », ou ni l’une ni l’autre")
        return self

    def to_domain(self) -> KeptPlace:
        """Return the place; its identity is given when it is kept."""
        point = None
        if self.lat is not None and self.lon is not None:
            point = LatLon(lat=self.lat, lon=self.lon)
        last = self.last_departure
        last_s = None if last is None else seconds_of_clock(last)
        return KeptPlace(
            Place(PlaceId(""), self.name, point, self.insee, self.address, last_s),
            self.home_of,
            tuple(each.to_domain() for each in self.opening),
            self.is_partner,
        )


class OpeningAnswer(Answer):
    """When a place can be reached on a weekday."""

    weekday: int
    start: str = Field(alias="from")
    until: str


class PlaceAnswer(Kept):
    """A place as it is kept."""

    name: str
    lat: float | None
    lon: float | None
    insee: str | None
    address: str | None
    home_of: IdText | None
    opening: list[OpeningAnswer]
    is_partner: bool
    last_departure: str | None


def place_data(kept: KeptPlace) -> dict[str, Any]:
    """Write a place as the fields of its body.

    Parameters
    ----------
    kept
        A place.

    Returns
    -------
    dict
        What ``PlaceBody`` reads back.
    """
    place, point, last_s = kept.place, kept.place.point, kept.place.last_departure_s
    return {
        "name": place.name,
        "lat": None if point is None else point.lat,
        "lon": None if point is None else point.lon,
        "insee": place.insee,
        "address": place.address,
        "home_of": kept.home_of,
        "opening": [
            {"weekday": each.weekday, "from": each.band.earliest, "until": each.band.latest}
            for each in kept.opening
        ],
        "is_partner": kept.is_partner,
        "last_departure": None if last_s is None else clock_of_seconds(last_s),
    }
