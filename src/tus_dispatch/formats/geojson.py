"""A plan as GeoJSON; the only place of this package where longitude comes before latitude."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tus_dispatch.domain.place import LatLon
from tus_dispatch.domain.plan import Plan, Round, Stop
from tus_dispatch.domain.run_sheet import short_name
from tus_dispatch.domain.units import ShiftId
from tus_dispatch.formats.wording import printable

LonLat = tuple[float, float]
RouteLines = Mapping[tuple[ShiftId, int], Sequence[LonLat]]

_DECIMALS = 6


def plan_geojson(plan: Plan, lines: RouteLines) -> dict[str, Any]:
    """Return a plan as a feature collection.

    Parameters
    ----------
    plan
        Any plan; places may be without a point.
    lines
        By shift and index of a stop, the drive into that stop as longitude
        and latitude. A drive without one is drawn straight and says so.

    Returns
    -------
    dict
        RFC 7946: a point per stop and a line per drive, in planned order. A
        stop without a known point has no geometry. No names of people
        carried: legs are named as in the plan file.
    """
    features = [
        feature
        for tour_round in plan.rounds
        for index in range(len(tour_round.stops))
        for feature in _features(plan, tour_round, index, lines)
    ]
    return {"type": "FeatureCollection", "features": features}


def geojson_text(collection: Mapping[str, Any]) -> str:
    """Write a feature collection, one feature per line so that plans can be compared.

    Parameters
    ----------
    collection
        From :func:`plan_geojson`.

    Returns
    -------
    str
        JSON, with a closing newline.
    """
    rows = ",\n".join(json.dumps(each, ensure_ascii=False) for each in collection["features"])
    return f'{{"type": "FeatureCollection", "features": [\n{rows}\n]}}\n'


def position(point: LatLon) -> LonLat:
    """Return longitude and latitude, the order of GeoJSON."""
    return point.lon, point.lat


def drive_line(
    plan: Plan, tour_round: Round, index: int, lines: RouteLines
) -> tuple[tuple[LonLat, ...], bool]:
    """Return the line of the drive into a stop.

    Parameters
    ----------
    plan, tour_round, index
        Which stop of which round.
    lines
        As in :func:`plan_geojson`.

    Returns
    -------
    line : tuple of positions
        Empty when there is nothing to draw: no drive, or no known point.
    on_roads : bool
        Whether it follows the roads; else it is a straight line.
    """
    given = tuple(lines.get((tour_round.shift, index), ()))
    if len(given) > 1:
        return given, True
    if index == 0:
        return (), False
    ends = [
        plan.scenario.place(stop.place).point for stop in tour_round.stops[index - 1 : index + 1]
    ]
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return (), False
    return (position(ends[0]), position(ends[1])), False


def _features(plan: Plan, tour_round: Round, index: int, lines: RouteLines) -> list[dict[str, Any]]:
    stop = tour_round.stops[index]
    properties = _properties(plan, tour_round, stop, index)
    point = plan.scenario.place(stop.place).point
    where = None if point is None else _geometry("Point", _rounded(position(point)))
    at_stop = {
        "type": "Feature",
        "geometry": where,
        "properties": {"feature": "stop", **properties},
    }
    line, on_roads = drive_line(plan, tour_round, index, lines)
    if not line:
        return [at_stop]
    drive = {
        "type": "Feature",
        "geometry": _geometry("LineString", [_rounded(each) for each in line]),
        "properties": {
            "feature": "drive",
            **properties,
            "drive_s": stop.drive_s,
            "drive_m": stop.drive_m,
            "line": "roads" if on_roads else "straight",
        },
    }
    return [drive, at_stop]


def _properties(plan: Plan, tour_round: Round, stop: Stop, index: int) -> dict[str, Any]:
    scenario = plan.scenario
    driver = None if tour_round.driver is None else scenario.driver(tour_round.driver)
    return {
        "shift": tour_round.shift,
        "vehicle": printable(scenario.vehicle(tour_round.vehicle).name),
        "driver": printable(short_name(driver.first_name, driver.last_name)) if driver else None,
        "seq": index,
        "kind": stop.kind.value,
        "leg": stop.leg,
        "place": stop.place,
        "place_name": printable(scenario.place(stop.place).name),
        "planned_time": scenario.day.local(stop.start_s).isoformat(),
        "estimated": plan.is_estimated,
    }


def _geometry(kind: str, coordinates: object) -> dict[str, Any]:
    return {"type": kind, "coordinates": coordinates}


def _rounded(where: LonLat) -> list[float]:
    return [round(value, _DECIMALS) for value in where]
