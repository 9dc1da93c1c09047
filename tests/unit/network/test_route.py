"""Route lines: as long as the matrix says, on the roads, and in the direction of traffic."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.network.rural import Land, doors, networks
from tus_dispatch.network.geodesy import great_circle_m
from tus_dispatch.network.roads import Roads

Floats = NDArray[np.float64]


def length_m(line: Floats) -> float:
    return float(great_circle_m(line[:-1], line[1:]).sum())


def drawn(land: Land, origin: tuple[float, float], destination: tuple[float, float]) -> Floats:
    ends = np.array([land.point(*xy)[1:] for xy in (origin, destination)])
    line = Roads(land.graph()).line(*ends)
    assert line is not None
    assert np.array_equal(line[[0, -1]], ends)
    return line


@pytest.mark.parametrize("name", networks())
def test_a_line_is_as_long_as_the_matrix_says(name: str) -> None:
    graph = networks()[name]
    roads = Roads(graph)
    points = doors(graph, 12)
    drives = roads.door_to_door(points)

    for i in range(12):
        for j in range(12):
            line = roads.line(points[i], points[j])
            assert line is not None
            assert np.array_equal(line[[0, -1]], points[[i, j]])
            # Each edge is rounded to a centimetre in the matrix.
            assert length_m(line) == pytest.approx(drives.centimetres[i, j] / 100, abs=1.5)


@pytest.mark.parametrize("name", networks())
def test_every_bend_of_a_line_lies_on_a_road(name: str) -> None:
    graph = networks()[name]
    line = Roads(graph).line(*doors(graph, 2, seed=5))

    assert line is not None
    known = {tuple(point) for point in graph.geometry.tolist()}
    # Without the doors and the points where they meet the road.
    assert all(tuple(point) in known for point in line[2:-2].tolist())


def test_a_line_on_one_road_runs_either_way() -> None:
    land = Land()
    bends = [land.point(*xy) for xy in ((0, 0), (1_000, 0), (1_000, 1_000), (2_000, 1_000))]
    land.way("tertiary", *bends)

    there = drawn(land, (400, 20), (1_700, 1_020))
    back = drawn(land, (1_700, 1_020), (400, 20))

    assert np.allclose(there, back[::-1], atol=1e-9)
    # 20 m, 600 m, 1000 m, 700 m, 20 m: six points.
    assert len(there) == 6
    assert length_m(there) == pytest.approx(2_340, abs=1)


def test_a_line_follows_a_one_way_street_round_the_block() -> None:
    land = Land()
    corners = [land.point(*xy) for xy in ((0, 0), (1_000, 0), (1_000, 500), (0, 500))]
    land.way("tertiary", *corners, corners[0], oneway="yes")

    line = drawn(land, (700, 10), (300, 10))

    assert length_m(line) == pytest.approx(3_000 - 400 + 20, abs=1)


def test_a_line_leaves_a_loop_road_by_the_nearer_side() -> None:
    land = Land()
    a, b = land.point(0, 0), land.point(1_000, 0)
    loop = [land.point(*xy) for xy in ((1_000, 400), (1_400, 400), (1_400, 0))]
    land.way("tertiary", a, b)
    land.way("residential", b, *loop, b)

    line = drawn(land, (1_000, 100), (500, 0))

    assert length_m(line) == pytest.approx(600, abs=1)


def test_a_line_out_of_a_private_road_has_no_gap() -> None:
    land = Land()
    a, b = land.point(0, 0), land.point(4_000, 0)
    land.way("tertiary", a, land.point(0, 2_000), land.point(4_000, 2_000), b)
    land.way("service", a, b, access="private")

    line = drawn(land, (1_500, 0), (0, 1_000))

    assert length_m(line) == pytest.approx(2_500, abs=2)


def test_no_line_leads_nowhere() -> None:
    land = Land()
    land.way("tertiary", land.point(0, 0), land.point(1_000, 0))
    door, desert = (np.array(land.point(*xy)[1:]) for xy in ((500, 0), (500, 9_000)))

    assert Roads(land.graph()).line(door, desert) is None


def test_a_line_to_the_same_door_stays_there() -> None:
    land = Land()
    land.way("tertiary", land.point(0, 0), land.point(1_000, 0))
    door = np.array(land.point(500, 30)[1:])

    line = Roads(land.graph()).line(door, door)

    assert line is not None
    assert line.tolist() == [door.tolist()] * 2
