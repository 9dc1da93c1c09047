"""The route of a sheet for a navigation device."""

from dataclasses import replace
from datetime import UTC, datetime

import gpxpy

from tests.unit.formats.sheet_material import sheets
from tus_dispatch.formats.gpx import run_sheet_gpx


def test_the_route_visits_the_stops_in_planned_order() -> None:
    minibus, _ = sheets()

    gpx = gpxpy.parse(run_sheet_gpx(minibus))

    assert [(point.latitude, point.longitude) for point in gpx.routes[0].points] == [
        (line.point.lat, line.point.lon) for line in minibus.lines if line.point
    ]
    assert [point.name for point in gpx.routes[0].points][:3] == [
        "08:40 Début",
        "09:10 Basile B. monte",
        "09:25 Basile B. descend",
    ]
    # 09:10 in Paris in winter.
    assert gpx.routes[0].points[1].time == datetime(2026, 3, 10, 8, 10, tzinfo=UTC)


def test_every_stop_is_a_waypoint_too() -> None:
    _, car = sheets()

    gpx = gpxpy.parse(run_sheet_gpx(car))

    assert [each.name for each in gpx.waypoints] == [each.name for each in gpx.routes[0].points]
    assert gpx.waypoints[1].comment == "Le Bourg"
    assert gpx.waypoints[1].description == "5 route de la Vallée"


def test_places_without_a_point_are_left_out() -> None:
    minibus, _ = sheets()
    lines = (*minibus.lines[:2], replace(minibus.lines[2], point=None), *minibus.lines[3:])

    gpx = gpxpy.parse(run_sheet_gpx(replace(minibus, lines=lines)))

    assert len(gpx.routes[0].points) == len(minibus.lines) - 1


def test_the_route_says_when_its_times_are_estimated_and_repeats_byte_for_byte() -> None:
    minibus, _ = sheets()
    estimated = replace(minibus, estimated=True)

    route = gpxpy.parse(run_sheet_gpx(estimated)).routes[0]

    assert route.description == "Temps estimés : l'heure peut changer."
    assert run_sheet_gpx(minibus) == run_sheet_gpx(minibus)
