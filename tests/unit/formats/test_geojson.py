"""The plan as GeoJSON: order of coordinates, one feature per stop and per drive."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.makers import HAMEAU, WITH_DRIVER, five_legs_plan
from tus_dispatch.formats.geojson import LonLat, geojson_text, plan_geojson

ROUTE_LINE = [(2.3, 46.72), (2.4123456789, 46.8), (2.6, 46.74)]


def _features(collection: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [
        each
        for each in collection["features"]
        if (each["properties"]["feature"], each["properties"]["shift"]) == (kind, WITH_DRIVER)
    ]


def test_stops_are_points_in_planned_order_longitude_first() -> None:
    stops = _features(plan_geojson(five_legs_plan(), {}), "stop")

    assert [each["properties"]["seq"] for each in stops] == [0, 1, 2, 3, 4, 5]
    assert stops[1]["geometry"] == {"type": "Point", "coordinates": [2.6, 46.74]}
    assert stops[1]["properties"] == {
        "feature": "stop",
        "shift": "minibus-matin",
        "vehicle": "Minibus",
        "driver": "Léa L.",
        "seq": 1,
        "kind": "pickup",
        "leg": "R2:out",
        "place": "hameau",
        "place_name": "Le Hameau",
        "planned_time": "2026-03-10T09:10:00+01:00",
        "estimated": False,
    }


def test_a_drive_follows_the_route_line_it_is_given() -> None:
    drives = _features(plan_geojson(five_legs_plan(), {(WITH_DRIVER, 1): ROUTE_LINE}), "drive")

    assert drives[0]["geometry"] == {
        "type": "LineString",
        "coordinates": [[2.3, 46.72], [2.412346, 46.8], [2.6, 46.74]],
    }
    assert drives[0]["properties"]["line"] == "roads"
    assert (drives[0]["properties"]["drive_s"], drives[0]["properties"]["drive_m"]) == (
        1800,
        30_000,
    )


def test_a_drive_without_a_route_line_is_straight_and_says_so() -> None:
    drives = _features(plan_geojson(five_legs_plan(), {}), "drive")

    # Four drives: the second pickup is where the first dropoff was.
    assert [each["properties"]["seq"] for each in drives] == [1, 2, 4, 5]
    assert drives[0]["geometry"]["coordinates"] == [[2.3, 46.72], [2.6, 46.74]]
    assert {each["properties"]["line"] for each in drives} == {"straight"}


@pytest.mark.parametrize("line", [[], [(2.3, 46.72)]])
def test_a_line_of_fewer_than_two_points_is_no_line(line: list[LonLat]) -> None:
    drives = _features(plan_geojson(five_legs_plan(), {(WITH_DRIVER, 1): line}), "drive")

    assert drives[0]["properties"]["line"] == "straight"


def test_a_stop_at_an_unknown_point_is_there_without_a_geometry() -> None:
    plan = five_legs_plan()
    places = tuple(
        replace(place, point=None) if place.id == HAMEAU else place
        for place in plan.scenario.places
    )
    plan = replace(plan, scenario=replace(plan.scenario, places=places))

    collection = plan_geojson(plan, {})

    assert [each["geometry"] for each in _features(collection, "stop")][1] is None
    # Every drive of the minibus starts or ends at the hamlet, but one to the garage.
    assert _features(collection, "drive") == []


def test_the_text_holds_one_feature_per_line_and_reads_back() -> None:
    collection = plan_geojson(five_legs_plan(), {(WITH_DRIVER, 1): ROUTE_LINE})

    text = geojson_text(collection)

    assert json.loads(text) == collection
    assert len(text.splitlines()) == len(collection["features"]) + 2
