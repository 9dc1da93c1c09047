"""Where places meet the road: the nearest edge, unless nobody may stop there."""

import numpy as np
import pytest

from tests.unit.network.rural import Land, doors, networks
from tus_dispatch.network.geodesy import great_circle_m
from tus_dispatch.network.snap import OFF_ROAD, Snapper, Snaps
from tus_dispatch.network.tags import RoadClass


def snapped(land: Land, x_m: float, y_m: float) -> tuple[Snaps, RoadClass | None]:
    graph = land.graph()
    _, lon, lat = land.point(x_m, y_m)
    snaps = Snapper(graph).snap(np.array([[lon, lat]]))
    edge = int(snaps.edge[0])
    return snaps, None if edge == OFF_ROAD else RoadClass(graph.road_class[edge])


def test_a_place_meets_the_road_at_the_foot_of_the_perpendicular() -> None:
    land = Land()
    land.way("tertiary", land.point(0, 0), land.point(1_000, 0))

    snaps, _ = snapped(land, 300, 40)

    assert snaps.access_m[0] == pytest.approx(40, abs=0.1)
    assert snaps.along_m[0] == pytest.approx(300, abs=0.5)


def test_positions_are_counted_along_all_bends() -> None:
    land = Land()
    land.way("tertiary", *(land.point(*xy) for xy in ((0, 0), (300, 0), (300, 400), (900, 400))))

    snaps, _ = snapped(land, 500, 390)

    # 300 m east, 400 m north, 200 m east.
    assert snaps.along_m[0] == pytest.approx(900, abs=1)


@pytest.mark.parametrize("highway", ["motorway", "trunk", "motorway_link", "trunk_link"])
def test_nobody_stops_on_fast_roads(highway: str) -> None:
    land = Land()
    a, b = land.point(0, 0), land.point(1_000, 0)
    land.way(highway, a, b, oneway="no")
    land.way("tertiary", a, land.point(0, 800), land.point(1_000, 800), b)

    _, road_class = snapped(land, 500, 10)

    assert road_class == RoadClass.TERTIARY


@pytest.mark.parametrize(
    ("tags", "chosen"),
    [
        ({"highway": "track"}, False),
        ({"highway": "track", "motor_vehicle": "yes"}, True),
        ({"highway": "service", "access": "private"}, False),
        ({"highway": "service", "access": "customers"}, True),
    ],
)
def test_tracks_and_private_roads_are_left_alone_when_a_public_road_is_near(
    tags: dict[str, str], chosen: bool
) -> None:
    land = Land()
    a, b = land.point(0, 0), land.point(1_000, 0)
    land.way("tertiary", a, b)
    land.way(tags["highway"], a, land.point(0, 250), **{k: tags[k] for k in tags if k != "highway"})

    # Ten metres from the small road, 200 m from the public one.
    _, road_class = snapped(land, 10, 200)

    assert (road_class != RoadClass.TERTIARY) is chosen


@pytest.mark.parametrize(
    "tags", [{"highway": "track"}, {"highway": "service", "access": "private"}]
)
def test_a_farm_far_from_public_roads_is_reached_over_its_own(tags: dict[str, str]) -> None:
    land = Land()
    a, b = land.point(0, 0), land.point(1_000, 0)
    land.way("tertiary", a, b)
    land.way(tags["highway"], a, land.point(0, 900), **{k: tags[k] for k in tags if k != "highway"})

    snaps, road_class = snapped(land, 15, 600)

    assert road_class in {RoadClass.TRACK, RoadClass.SERVICE}
    assert snaps.access_m[0] == pytest.approx(15, abs=0.1)


def test_a_track_is_no_better_than_a_public_road_that_is_nearer() -> None:
    land = Land()
    a, b = land.point(0, 0), land.point(1_000, 0)
    land.way("tertiary", a, b)
    land.way("track", a, land.point(-900, 0))

    # 400 m from the road, 640 m from the track.
    _, road_class = snapped(land, 500, 400)

    assert road_class == RoadClass.TERTIARY


def test_beyond_two_kilometres_there_is_no_road() -> None:
    land = Land()
    land.way("tertiary", land.point(0, 0), land.point(1_000, 0))

    near, _ = snapped(land, 500, 1_990)
    far, _ = snapped(land, 500, 2_010)

    assert near.access_m[0] == pytest.approx(1_990, abs=1)
    assert far.edge[0] == OFF_ROAD
    assert np.isnan(far.access_m[0])


@pytest.mark.parametrize("name", networks())
def test_no_piece_of_road_is_nearer_than_the_one_found(name: str) -> None:
    graph = networks()[name]
    points = doors(graph, 40, spread=2e-3)

    found = Snapper(graph).snap(points)

    # Every bend of a road is one of its points, so none can be nearer.
    bends = great_circle_m(points[:, None], graph.geometry[None, :]).min(axis=1)
    good = ~np.isnan(found.access_m)
    assert good.any()
    # The flat map may prefer a piece by a hair, and last resorts come last.
    assert np.mean(found.access_m[good] <= bends[good] * 1.0001 + 0.01) > 0.9


def test_without_roads_and_without_places_nothing_breaks() -> None:
    empty = Snapper(Land().graph()).snap(np.array([[2.0, 46.0]]))
    nobody = Snapper(networks()["rural"]).snap(np.empty((0, 2)))

    assert empty.edge.tolist() == [OFF_ROAD]
    assert len(nobody.edge) == 0
