"""Shapes of where and under which rules a day is planned: territory, places, travel, policy."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from tus_dispatch.domain.daytime import DaytimePolicy, LegValues
from tus_dispatch.domain.objective import Objective, Profile, Weights
from tus_dispatch.domain.place import LatLon, Place, PointError
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.scenario import SchoolZone, Territory
from tus_dispatch.domain.travel_source import (
    EstimateSource,
    MatrixSource,
    OsrmSource,
    RoadsSource,
    Terrain,
)
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.formats.native.refusal import refusal
from tus_dispatch.formats.native.shape import MOST_ENTRIES, Duration, Shape
from tus_dispatch.formats.native.texts import Id, NewPlaceId, Note, Text
from tus_dispatch.formats.native.times import Time

INSEE_PATTERN = r"([0-9]{2}|2[AB])[0-9]{3}"
_ADDRESS = r"https?://[^\s/?#@]+[^\s?#]*"
_PROFILE = r"[A-Za-z0-9_-]{1,40}"


def _matching(pattern: str, expected: str) -> tuple[AfterValidator, WithJsonSchema]:
    """Make the check and the schema of a text with a fixed form."""
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if len(text) > 300 or not compiled.fullmatch(text):
            raise refusal("unusable-text", expected)
        return text

    return AfterValidator(check), WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


Insee = Annotated[str, *_matching(INSEE_PATTERN, "cinq caractères : 18033 ou 2A004")]
Address = Annotated[str, *_matching(_ADDRESS, "une adresse http:// ou https://, sans identifiant")]
ProfileName = Annotated[str, *_matching(_PROFILE, "un nom de profil, comme driving")]
Calibration = Annotated[float, Field(ge=0.2, le=5, allow_inf_nan=False)]
Weight = Annotated[int, Field(ge=0, le=10**12)]
Value = Annotated[int, Field(ge=0, le=10**8)]


class TerritoryShape(Shape):
    """Where the association works."""

    name: Text
    time_zone: Text = "Europe/Paris"
    school_zone: Annotated[SchoolZone, Field(strict=False)] | None = None
    terrain: Annotated[Terrain, Field(strict=False)] = Terrain.PLAIN

    def to_domain(self) -> Territory:
        """Return the territory."""
        return Territory(self.name, self.time_zone, self.school_zone, self.terrain)


class PlaceShape(Shape):
    """Somewhere a vehicle stops."""

    id: NewPlaceId
    name: Text
    lat: Annotated[float, Field(description="Degrees north, WGS 84.")] | None = None
    lon: Annotated[float, Field(description="Degrees east, WGS 84.")] | None = None
    insee: Insee | None = None
    address: Note | None = None
    last_departure: Time | None = None

    @model_validator(mode="after")
    def _expect_point(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            missing = "lat" if self.lat is None else "lon"
            raise refusal("off-the-map", f"aussi « {missing} », ou ni l’une ni l’autre")
        self._point()
        return self

    def to_domain(self) -> Place:
        """Return the place."""
        return Place(
            PlaceId(self.id),
            self.name,
            self._point(),
            self.insee,
            self.address,
            self.last_departure,
        )

    def _point(self) -> LatLon | None:
        if self.lat is None or self.lon is None:
            return None
        try:
            return LatLon(lat=self.lat, lon=self.lon)
        except PointError as error:
            swapped = -90 <= self.lon <= 90 and -180 <= self.lat <= 180
            remedy = "Latitude et longitude semblent échangées." if swapped else None
            expected = "lat entre -90 et 90, lon entre -180 et 180"
            raise refusal("off-the-map", expected, remedy) from error


class RideLimitShape(Shape):
    """The detour allowed: min(cap, max(minimum, ratio * direct + constant))."""

    ratio_percent: Annotated[int, Field(ge=0, le=1000)] = 50
    constant_s: Duration = 0
    minimum_s: Duration = 900
    cap_s: Duration = 2700

    def to_domain(self) -> RideLimit:
        """Return the limit."""
        return RideLimit(**self.model_dump())


class LegValuesShape(Shape):
    """What a leg is worth to the association, in cents, by purpose and by kind of event."""

    work: Value = 3000
    training: Value = 3000
    insertion: Value = 2500
    medical: Value = 3000
    errands: Value = 2000
    other: Value = 1500
    workshop: Value = 2500
    food: Value = 2500
    permanence: Value = 2500
    market: Value = 2000


class DaytimeShape(Shape):
    """How far the middle of the day may be filled."""

    extra_km_eur_cents: Value = 30
    extra_paid_minute_eur_cents: Value = 30
    values: LegValuesShape = LegValuesShape()
    move_s: Duration = 300
    evening_peak_s: Duration = 43200
    peak_buffer_s: Duration = 600
    transfer_margin_s: Duration = 900
    protected_first: bool = False

    def to_domain(self) -> DaytimePolicy:
        """Return the settings."""
        values: dict[str, Any] = self.model_dump(exclude={"values"})
        return DaytimePolicy(values=LegValues(**self.values.model_dump()), **values)


class PolicyShape(Shape):
    """Limits that hold for everybody unless a person or a booking says otherwise."""

    ride_limit: RideLimitShape = RideLimitShape()
    max_wait_aboard_s: Duration = 300
    arrive_early_s: Duration = 1800
    depart_late_s: Duration = 2400
    promise_tolerance_s: Duration = 300
    extra_person_s: Duration = 60
    daytime: DaytimeShape = DaytimeShape()

    def to_domain(self) -> Policy:
        """Return the policy."""
        values: dict[str, Any] = self.model_dump(exclude={"ride_limit", "daytime"})
        return Policy(
            ride_limit=self.ride_limit.to_domain(), daytime=self.daytime.to_domain(), **values
        )


class WeightsShape(Shape):
    """Prices in thousandths of a cent that differ from the profile's."""

    per_metre: Weight | None = None
    per_duty_second: Weight | None = None
    per_round: Weight | None = None
    per_open_round: Weight | None = None
    per_excess_ride_second: Weight | None = None
    per_wait_aboard_second: Weight | None = None
    per_early_second: Weight | None = None
    per_late_second: Weight | None = None
    per_unserved_leg: Weight | None = None
    per_week_hours_second: Weight | None = None
    per_month_hours_second: Weight | None = None
    per_early_start: Weight | None = None
    per_short_round: Weight | None = None
    per_other_driver: Weight | None = None


class ObjectiveShape(Shape):
    """What a good plan is."""

    profile: Annotated[Profile, Field(strict=False)] = Profile.BALANCED
    weights: WeightsShape = WeightsShape()

    def to_domain(self) -> Objective:
        """Return the profile's weights with those of the file put over them."""
        base = Weights.of(self.profile)
        own = self.weights.model_dump(exclude_none=True)
        merged = {name: own.get(name, getattr(base, name)) for name in WeightsShape.model_fields}
        return Objective(self.profile, Weights(**merged))


class EstimateShape(Shape):
    """Great circle times a detour, labelled as an estimate everywhere."""

    source: Literal["estimate"]
    calibration: Calibration = 1.0

    def to_domain(self) -> EstimateSource:
        """Return the source."""
        return EstimateSource(self.calibration)


class RoadsShape(Shape):
    """A road graph or an extract; the path is relative to the scenario's folder."""

    source: Literal["roads"]
    file: Note
    calibration: Calibration = RoadsSource("").calibration

    def to_domain(self) -> RoadsSource:
        """Return the source."""
        return RoadsSource(self.file, self.calibration)


class OsrmShape(Shape):
    """An OSRM server."""

    source: Literal["osrm"]
    url: Address
    profile: ProfileName = "driving"
    calibration: Calibration = 1.0

    def to_domain(self) -> OsrmSource:
        """Return the source."""
        return OsrmSource(self.url, self.profile, self.calibration)


_TABLE_SCHEMA = {
    "type": "array",
    "items": {
        "type": "array",
        "items": {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]},
    },
}
# Rows are looked at by matrix.py, which names the first wrong cell of each.
Table = Annotated[list[Any], Field(max_length=MOST_ENTRIES), WithJsonSchema(_TABLE_SCHEMA)]


class MatrixShape(Shape):
    """Explicit seconds and metres from row to column; null where no road leads."""

    source: Literal["matrix"]
    places: Annotated[list[Id], Field(max_length=MOST_ENTRIES)]
    seconds: Table
    metres: Table

    def to_domain(self) -> MatrixSource:
        """Return the source; the tables have been checked."""
        return MatrixSource(
            tuple(PlaceId(place) for place in self.places),
            tuple(tuple(row) for row in self.seconds),
            tuple(tuple(row) for row in self.metres),
        )


TravelShape = EstimateShape | RoadsShape | OsrmShape | MatrixShape
TRAVEL_SHAPES: dict[str, type[TravelShape]] = {
    "estimate": EstimateShape,
    "roads": RoadsShape,
    "osrm": OsrmShape,
    "matrix": MatrixShape,
}
