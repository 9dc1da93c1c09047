"""Travel times come from where the scenario says, or from nowhere at all."""

from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from tests.data_folder import find_data_folder
from tests.makers import BOURG, CENTRE, GARAGE, five_legs, five_legs_matrix, five_legs_plan
from tests.unit.network.fake_osrm import like_osrm, serving
from tests.unit.network.rural import rural_land
from tus_dispatch.desk.travel import road_lines, route_lines, travel_matrix, travel_times
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel_source import (
    EstimateSource,
    OsrmSource,
    RoadsSource,
    TravelSource,
)
from tus_dispatch.errors import InputError
from tus_dispatch.network.roads import Roads


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is fetched or built here out of the user's cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def day(source: TravelSource) -> Scenario:
    return replace(five_legs(), travel=source)


def test_a_table_is_taken_in_the_order_of_the_places(tmp_path: Path) -> None:
    scenario = five_legs()
    turned = replace(scenario, places=scenario.places[::-1])

    matrix = travel_matrix(turned, tmp_path)

    assert (matrix.source, matrix.warnings) == ("matrix", ())
    assert matrix.place_ids == tuple(place.id for place in turned.places)
    expected = five_legs_matrix()
    assert matrix.seconds.tolist() == expected.seconds[::-1, ::-1].tolist()
    assert matrix.metres_between(BOURG, CENTRE) == 15_000


def test_an_estimate_is_labelled_and_calibrated(tmp_path: Path) -> None:
    plain = travel_matrix(day(EstimateSource()), tmp_path)
    slow = travel_matrix(day(EstimateSource(calibration=2.0)), tmp_path)

    assert plain.source == "estimate"
    assert len(plain.warnings) == 1
    plain_s, slow_s = (each.seconds_between(GARAGE, CENTRE) or 0 for each in (plain, slow))
    assert slow_s == pytest.approx(2 * plain_s, abs=2)
    assert plain.metres_between(GARAGE, CENTRE) == slow.metres_between(GARAGE, CENTRE)


def test_tables_and_estimates_know_no_lines(tmp_path: Path) -> None:
    for source in (five_legs().travel, EstimateSource()):
        times = travel_times(day(source), tmp_path)

        assert route_lines(five_legs_plan(), times) == {}
        assert road_lines(times) is None


def test_a_place_off_the_map_has_no_estimate(tmp_path: Path) -> None:
    scenario = day(EstimateSource())
    nowhere = Place(BOURG, "Le Bourg")
    places = tuple(nowhere if each.id == BOURG else each for each in scenario.places)

    with pytest.raises(InputError) as told:
        travel_matrix(replace(scenario, places=places), tmp_path)

    assert told.value.problems[0].code == "TUS-1231"


def network() -> tuple[Path | None, Scenario]:
    """The real roads of Pasquale Paoli where they are at hand, with five places on them."""
    folder = find_data_folder()
    extract = folder and folder / "roads" / "pasquale-paoli.osm.pbf"
    return (extract if extract and extract.is_file() else None), five_legs()


def on_the_road(scenario: Scenario, roads: Roads) -> Scenario:
    """Put the five places on five crossings of a network."""
    lonlat = roads.graph.geometry
    step = len(lonlat) // len(scenario.places)
    places = tuple(
        replace(
            place, point=LatLon(lat=float(lonlat[at * step][1]), lon=float(lonlat[at * step][0]))
        )
        for at, place in enumerate(scenario.places)
    )
    return replace(scenario, places=places)


def test_roads_are_read_beside_the_scenario_and_drawn(tmp_path: Path) -> None:
    extract, scenario = network()
    if extract is None:
        extract = rural_land().write(tmp_path / "land.osm.pbf")
    source = RoadsSource(file=extract.name, calibration=1.0)
    times = travel_times(replace(scenario, travel=source), extract.parent)
    scenario = on_the_road(scenario, times.roads)  # type: ignore[attr-defined]

    matrix = times.matrix(scenario.places)

    assert matrix.source == "roads"
    assert int((matrix.seconds > 0).sum()) > len(scenario.places)
    plan = replace(five_legs_plan(), scenario=scenario)
    lines = route_lines(plan, times)
    drives = {
        (tour_round.shift, at)
        for tour_round in plan.rounds
        for at in range(1, len(tour_round.stops))
        if tour_round.stops[at].place != tour_round.stops[at - 1].place
    }
    assert set(lines) == drives
    # From the bourg to the moulin, the first drive of the car behind its start.
    moulin = scenario.places[2].point
    assert moulin is not None
    lon, lat = lines[plan.rounds[1].shift, 2][-1]
    assert (lon, lat) == pytest.approx((moulin.lon, moulin.lat), abs=0.01)
    drawn = road_lines(times)
    assert drawn is not None
    assert all(len(line) >= 2 for line in drawn)


@pytest.mark.parametrize("file", ["perdu.osm.pbf", ".", "", "../"])
def test_a_missing_road_file_is_told(file: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        travel_times(day(RoadsSource(file=file)), tmp_path)

    (problem,) = told.value.problems
    assert (problem.code, problem.where) == ("TUS-1401", "/travel/file")
    assert "tus roads build" in problem.remedy


def test_a_road_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "faux.osm.pbf").write_text("rien", encoding="utf-8")

    with pytest.raises(InputError) as told:
        travel_times(day(RoadsSource(file="faux.osm.pbf")), tmp_path)

    assert told.value.problems[0].code == "TUS-1201"


def test_a_server_is_asked_once_for_what_it_knows(tmp_path: Path) -> None:
    with serving(like_osrm) as server:
        scenario = day(OsrmSource(url=server.url))
        first, again = (travel_matrix(scenario, tmp_path) for _ in range(2))

    assert first.source == "osrm"
    assert first.seconds.tolist() == again.seconds.tolist()
    assert len(server.paths) == 1


def test_a_server_that_is_not_there_is_told_soon(tmp_path: Path) -> None:
    with serving(like_osrm) as server:
        gone = server.url
    began = monotonic()

    with pytest.raises(InputError) as told:
        travel_matrix(day(OsrmSource(url=gone)), tmp_path)

    assert told.value.problems[0].code == "TUS-1222"
    assert gone in told.value.source
    assert monotonic() - began < 15
