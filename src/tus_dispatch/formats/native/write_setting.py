"""Territory, places, travel and policy as the plain data of their file."""

from dataclasses import asdict

from tus_dispatch.domain.daytime import DaytimePolicy
from tus_dispatch.domain.objective import Objective, Weights
from tus_dispatch.domain.place import Place
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.scenario import Territory
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.travel_source import MatrixSource, OsrmSource, RoadsSource, TravelSource
from tus_dispatch.formats.native.setting import (
    DaytimeShape,
    EstimateShape,
    LegValuesShape,
    OsrmShape,
    PlaceShape,
    PolicyShape,
    RideLimitShape,
    RoadsShape,
    TerritoryShape,
)
from tus_dispatch.formats.native.sparse import Data, sparse, time


def territory_data(territory: Territory) -> Data:
    """Write the territory."""
    return sparse(
        TerritoryShape,
        name=territory.name,
        time_zone=territory.time_zone,
        school_zone=None if territory.school_zone is None else territory.school_zone.value,
        terrain=territory.terrain.value,
    )


def travel_data(travel: TravelSource) -> Data:
    """Write where travel times come from."""
    if isinstance(travel, MatrixSource):
        return {
            "source": "matrix",
            "places": list(travel.places),
            "seconds": [list(row) for row in travel.seconds],
            "metres": [list(row) for row in travel.metres],
        }
    if isinstance(travel, RoadsSource):
        return sparse(RoadsShape, source="roads", **asdict(travel))
    if isinstance(travel, OsrmSource):
        return sparse(OsrmShape, source="osrm", **asdict(travel))
    return sparse(EstimateShape, source="estimate", **asdict(travel))


def objective_data(objective: Objective) -> Data:
    """Write the profile, and the weights that differ from it."""
    base = asdict(Weights.of(objective.profile))
    own = {key: x for key, x in asdict(objective.weights).items() if x != base[key]}
    return {"profile": objective.profile.value} | ({"weights": own} if own else {})


def policy_data(policy: Policy) -> Data:
    """Write the policy."""
    values = sparse(PolicyShape, **asdict(policy)) | {
        "ride_limit": ride_limit_data(policy.ride_limit),
        "daytime": _daytime_data(policy.daytime),
    }
    return {key: value for key, value in values.items() if value != {}}


def _daytime_data(daytime: DaytimePolicy) -> Data:
    values = sparse(DaytimeShape, **asdict(daytime)) | {
        "values": sparse(LegValuesShape, **asdict(daytime.values))
    }
    return {key: value for key, value in values.items() if value != {}}


def ride_limit_data(limit: RideLimit) -> Data:
    """Write a ride limit."""
    return sparse(RideLimitShape, **asdict(limit))


def place_data(place: Place, day: ServiceDay) -> Data:
    """Write a place."""
    point = place.point
    return sparse(
        PlaceShape,
        id=place.id,
        name=place.name,
        lat=None if point is None else point.lat,
        lon=None if point is None else point.lon,
        insee=place.insee,
        address=place.address,
        last_departure=time(place.last_departure_s, day),
    )
