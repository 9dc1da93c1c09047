"""Places and organisations as rows, and back."""

from functools import lru_cache
from typing import Any

from tus_dispatch.domain.law import Law
from tus_dispatch.domain.objective import Objective
from tus_dispatch.domain.organisation import HolidayArea, Organisation
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.roster import KeptPlace, OpeningHours
from tus_dispatch.domain.scenario import SchoolZone, Territory
from tus_dispatch.domain.travel_source import (
    EstimateSource,
    MatrixSource,
    OsrmSource,
    RoadsSource,
    Terrain,
    TravelSource,
)
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.domain.working_time import WorkingTime
from tus_dispatch.store.tables.people import OrganisationRow, PlaceRow
from tus_dispatch.store.values import Codec

_OPENING: Codec[tuple[OpeningHours, ...]] = Codec(tuple[OpeningHours, ...])
_OBJECTIVE: Codec[Objective] = Codec(Objective)
_POLICY: Codec[Policy] = Codec(Policy)
_LAW: Codec[Law] = Codec(Law)
_WORKING_TIME: Codec[WorkingTime] = Codec(WorkingTime)
# The name of a source stands in a column of its own: two sources may hold the
# same keys.
_SOURCES: dict[str, type[TravelSource]] = {
    "estimate": EstimateSource,
    "roads": RoadsSource,
    "matrix": MatrixSource,
    "osrm": OsrmSource,
}
_SOURCE_NAMES = {source: name for name, source in _SOURCES.items()}


def place_fields(value: KeptPlace) -> dict[str, Any]:
    """Return the columns of a place."""
    place, point = value.place, value.place.point
    return {
        "name": place.name,
        "lat": None if point is None else point.lat,
        "lon": None if point is None else point.lon,
        "insee": place.insee,
        "address": place.address,
        "home_of": value.home_of,
        "opening_json": _OPENING.dump(value.opening),
        "is_partner": value.is_partner,
        "last_departure_s": place.last_departure_s,
    }


def place_of(row: PlaceRow) -> KeptPlace:
    """Return the place a row holds."""
    point = None if row.lat is None or row.lon is None else LatLon(lat=row.lat, lon=row.lon)
    return KeptPlace(
        place=Place(PlaceId(row.id), row.name, point, row.insee, row.address, row.last_departure_s),
        home_of=row.home_of,
        opening=_OPENING.load(row.opening_json),
        is_partner=row.is_partner,
    )


def organisation_fields(value: Organisation) -> dict[str, Any]:
    """Return the columns of an organisation."""
    territory = value.territory
    return {
        "name": value.name,
        "territory_name": territory.name,
        "time_zone": territory.time_zone,
        "school_zone": None if territory.school_zone is None else territory.school_zone.value,
        "terrain": territory.terrain.value,
        "objective_json": _OBJECTIVE.dump(value.objective),
        "policy_json": _POLICY.dump(value.policy),
        "travel_source": _SOURCE_NAMES[type(value.travel)],
        "travel_json": Codec[TravelSource](type(value.travel)).dump(value.travel),
        "retention_months": value.retention_months,
        "promise_half_width_s": value.promise_half_width_s,
        "holiday_area": value.holiday_area.value,
        "participation_per_km": value.participation_per_km,
        "law_json": _LAW.dump_maybe(value.law),
        "working_time_json": _WORKING_TIME.dump_maybe(value.working_time),
    }


def organisation_of(row: OrganisationRow) -> Organisation:
    """Return the organisation a row holds."""
    return Organisation(
        name=row.name,
        territory=Territory(
            row.territory_name,
            row.time_zone,
            None if row.school_zone is None else SchoolZone(row.school_zone),
            Terrain(row.terrain),
        ),
        objective=_OBJECTIVE.load(row.objective_json),
        policy=_POLICY.load(row.policy_json),
        travel=Codec[TravelSource](_SOURCES[row.travel_source]).load(row.travel_json),
        retention_months=row.retention_months,
        promise_half_width_s=row.promise_half_width_s,
        holiday_area=HolidayArea(row.holiday_area),
        participation_per_km=row.participation_per_km,
        law=None if row.law_json is None else _law(row.law_json),
        working_time=_WORKING_TIME.load_maybe(row.working_time_json),
    )


@lru_cache(maxsize=16)
def _law(text: str) -> Law:
    # A list of communes is long, and the settings are read with every request.
    return _LAW.load(text)
