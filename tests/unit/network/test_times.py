"""The one question of the layers above, answered by estimate and by roads."""

import numpy as np
import pytest

from tests.unit.network.rural import Land, doors, networks, places, rural_graph
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.travel_source import Terrain
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.errors import InputError
from tus_dispatch.network.geodesy import great_circle_m
from tus_dispatch.network.profile import SpeedProfile
from tus_dispatch.network.roads import Roads
from tus_dispatch.network.times import EstimateTimes, RoadTimes, TravelTimes

TEN_KM = 10_000 / 111_195.08


def both() -> list[TravelTimes]:
    return [EstimateTimes(Terrain.HILLS), RoadTimes(Roads(rural_graph()))]


@pytest.mark.parametrize(
    ("terrain", "seconds", "metres"),
    [
        # 13.5 km at 50 km/h, 14.5 km at 45 km/h, 17 km at 38 km/h.
        (Terrain.PLAIN, 972, 13_500),
        (Terrain.HILLS, 1_160, 14_500),
        (Terrain.MOUNTAIN, 1_611, 17_000),
    ],
)
def test_estimates_follow_the_lie_of_the_land(terrain: Terrain, seconds: int, metres: int) -> None:
    south, north = LatLon(lat=45.0, lon=3.0), LatLon(lat=45.0 + TEN_KM, lon=3.0)
    pair = [Place(PlaceId("a"), "A", south), Place(PlaceId("b"), "B", north)]

    matrix = EstimateTimes(terrain).matrix(pair)

    assert matrix.seconds[0, 1] == pytest.approx(seconds, abs=1)
    assert matrix.metres[0, 1] == pytest.approx(metres, abs=1)


def test_an_estimate_always_says_that_it_is_one() -> None:
    matrix = EstimateTimes(Terrain.MOUNTAIN, calibration=1.2).matrix(
        places(doors(rural_graph(), 3))
    )

    assert matrix.source == "estimate"
    (sentence,) = matrix.warnings
    assert "estimés à vol d’oiseau" in sentence
    assert "montagne" in sentence
    assert "1,70" in sentence


def test_an_estimated_line_is_straight() -> None:
    a, b = LatLon(lat=45.0, lon=3.0), LatLon(lat=45.5, lon=3.25)

    assert EstimateTimes(Terrain.PLAIN).route_line(a, b) == ((3.0, 45.0), (3.25, 45.5))


@pytest.mark.parametrize("name", networks())
def test_a_road_matrix_is_never_faster_than_the_crow_at_130(name: str) -> None:
    lonlat = doors(networks()[name], 30)

    matrix = RoadTimes(Roads(networks()[name])).matrix(places(lonlat))

    crow_m = great_circle_m(lonlat[:, None], lonlat[None, :])
    assert (matrix.metres >= np.floor(crow_m)).all()
    assert (crow_m <= 130 / 3.6 * (matrix.seconds + 1)).all()
    assert matrix.source == "roads"
    assert matrix.warnings == ()


def test_seconds_and_metres_are_rounded_up_and_calibrated() -> None:
    land = Land()
    land.way("residential", land.point(0, 0), land.point(2_000, 0))
    pair = places(np.array([land.point(x, 0)[1:] for x in (500, 1_500)]))
    roads = Roads(land.graph())

    plain, default = RoadTimes(roads, 1.0).matrix(pair), RoadTimes(roads).matrix(pair)

    # 1 km at 28 km/h is 128.57 s; times 1.15 it is 147.9 s.
    assert plain.seconds.tolist() == [[0, 129], [129, 0]]
    assert default.seconds.tolist() == [[0, 148], [148, 0]]
    assert np.array_equal(plain.metres, default.metres)


def test_metres_are_rounded_up_too() -> None:
    lonlat = doors(rural_graph(), 20)
    roads = Roads(rural_graph())

    metres = RoadTimes(roads).matrix(places(lonlat)).metres

    rest_cm = 100 * metres - roads.door_to_door(lonlat).centimetres
    assert rest_cm.min() == 0
    assert 90 < rest_cm.max() < 100


def test_the_way_to_the_door_is_driven_slowly() -> None:
    land = Land()
    land.way("residential", land.point(0, 0), land.point(2_000, 0))
    pair = places(np.array([land.point(*xy)[1:] for xy in ((500, 0), (1_500, 250))]))

    matrix = RoadTimes(Roads(land.graph()), 1.0).matrix(pair)

    # 128.57 s along the road and 250 m at 15 km/h, 60 s.
    assert matrix.seconds[0, 1] == pytest.approx(189, abs=1)
    assert matrix.metres[0, 1] == pytest.approx(1_250, abs=2)


def test_places_far_from_the_road_are_named_and_the_rest_is_planned() -> None:
    land = Land()
    land.way("tertiary", land.point(0, 0), land.point(4_000, 0))
    lonlat = np.array([land.point(*xy)[1:] for xy in ((100, 0), (900, 700), (500, 3_000), (9, 9))])

    matrix = RoadTimes(Roads(land.graph())).matrix(places(lonlat))

    far, refused = matrix.warnings
    assert far.startswith("« Lieu 1 » est à 700 m de la route")
    assert refused.startswith("« Lieu 2 » est à plus de 2 km de toute route")
    assert matrix.seconds[2].tolist() == [-1, -1, 0, -1]
    assert matrix.seconds[:, 2].tolist() == [-1, -1, 0, -1]
    assert matrix.metres[0, 3] > 0
    assert matrix.seconds[0, 1] > 0


@pytest.mark.parametrize("times", both(), ids=["estimate", "roads"])
def test_a_place_without_a_point_is_named(times: TravelTimes) -> None:
    known = places(doors(rural_graph(), 2))
    unknown = Place(PlaceId("cafe"), "Café des Sports")

    with pytest.raises(InputError) as caught:
        times.matrix([*known, unknown])

    (problem,) = caught.value.problems
    assert problem.code == "TUS-1231"
    assert problem.where == "Café des Sports (cafe)"


@pytest.mark.parametrize("times", both(), ids=["estimate", "roads"])
def test_the_same_question_has_the_same_answer(times: TravelTimes) -> None:
    asked = places(doors(rural_graph(), 12))

    first, second = times.matrix(asked), times.matrix(asked)

    assert np.array_equal(first.seconds, second.seconds)
    assert np.array_equal(first.metres, second.metres)
    some = times.matrix(asked[3:8])
    assert np.array_equal(some.seconds, first.seconds[3:8, 3:8])


@pytest.mark.parametrize("times", both(), ids=["estimate", "roads"])
def test_no_place_gives_an_empty_matrix(times: TravelTimes) -> None:
    assert times.matrix([]).seconds.shape == (0, 0)


def test_the_name_changes_whenever_an_answer_may() -> None:
    graph = rural_graph()
    rural_90 = Roads(graph, SpeedProfile(rural_limit_kmh=90))
    names = {
        EstimateTimes(Terrain.PLAIN).id,
        EstimateTimes(Terrain.HILLS).id,
        EstimateTimes(Terrain.HILLS, 1.1).id,
        RoadTimes(Roads(graph)).id,
        RoadTimes(Roads(graph), 1.2).id,
        RoadTimes(rural_90).id,
    }

    assert len(names) == 6
    assert RoadTimes(Roads(graph, engine="dijkstra")).id in names


def test_route_lines_are_pairs_of_longitude_and_latitude() -> None:
    graph = rural_graph()
    a, b = (place.point for place in places(doors(graph, 2)))
    assert a is not None
    assert b is not None

    line = RoadTimes(Roads(graph)).route_line(a, b)

    assert line[0] == (a.lon, a.lat)
    assert line[-1] == (b.lon, b.lat)
    assert RoadTimes(Roads(graph)).route_line(a, LatLon(lat=0.0, lon=0.0)) == ()
