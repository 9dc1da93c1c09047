"""How long travel times take, from door to door, on one core.

Run with ``make bench``. The graph is loaded and its shortcuts are built before
the clock starts; snapping, searching, metres, rounding and the matrix of the
layers above are inside.
"""

import os

# Before NumPy and SciPy are loaded; there is nothing to gain from more.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.data_folder import find_data_folder
from tests.unit.network.rural import doors, places
from tus_dispatch.network import hierarchy
from tus_dispatch.network.cache import load_graph, save_graph
from tus_dispatch.network.extracts import read_extract
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.profile import SpeedProfile
from tus_dispatch.network.roads import Engine, Roads
from tus_dispatch.network.snap import Snapper
from tus_dispatch.network.times import RoadTimes

FOLDER = find_data_folder()
ROADS = FOLDER / "roads" if FOLDER else Path("missing")

needs_data = pytest.mark.skipif(not ROADS.is_dir(), reason="no folder of real roads")


@cache
def graph(name: str) -> RoadGraph:
    return read_extract(ROADS / f"{name}.osm.pbf")


@pytest.mark.parametrize(
    ("name", "n", "engine", "order", "limit_s"),
    [
        ("pasquale-paoli", 200, "dijkstra", None, 0.1),
        ("pasquale-paoli", 200, "hierarchy", "cch", None),
        ("corsica-roads", 200, "dijkstra", None, None),
        ("corsica-roads", 200, "hierarchy", "cch", None),
        ("corsica-roads", 500, "dijkstra", None, 4.0),
        ("corsica-roads", 500, "hierarchy", "cch", 0.15),
        ("corsica-roads", 500, "hierarchy", "scipy", None),
        ("liechtenstein-highways", 500, "hierarchy", "cch", None),
    ],
)
@needs_data
def test_door_to_door(
    benchmark: Any,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    n: int,
    engine: Engine,
    order: str | None,
    limit_s: float | None,
) -> None:
    if order == "cch" and not hierarchy.is_available():
        pytest.skip("the extra cch is not installed")
    if order == "scipy":
        monkeypatch.setattr(hierarchy, "is_available", lambda: False)
    times = RoadTimes(Roads(graph(name), engine=engine))
    asked = places(doors(graph(name), n))

    matrix = benchmark.pedantic(times.matrix, args=(asked,), rounds=5, warmup_rounds=1)

    assert (matrix.seconds >= 0).all()
    assert (matrix.metres >= 0).all()
    if limit_s is not None and benchmark.enabled:
        assert benchmark.stats.stats.median < limit_s


@pytest.mark.parametrize("n", [500, 5_000])
@needs_data
def test_snapping(benchmark: Any, n: int) -> None:
    snapper = Snapper(graph("corsica-roads"))
    points = doors(graph("corsica-roads"), n)

    snaps = benchmark.pedantic(snapper.snap, args=(points,), rounds=5, warmup_rounds=1)

    assert np.isfinite(snaps.access_m).all()


@needs_data
def test_a_route_line(benchmark: Any) -> None:
    roads = Roads(graph("corsica-roads"))
    ends = doors(graph("corsica-roads"), 2, seed=4)

    line = benchmark(roads.line, *ends)

    assert line is not None


@needs_data
def test_reading_an_extract(benchmark: Any) -> None:
    path = ROADS / "corsica-roads.osm.pbf"

    benchmark.pedantic(read_extract, args=(path,), rounds=3)


@needs_data
def test_opening_a_built_graph(benchmark: Any, tmp_path: Path) -> None:
    save_graph(graph("corsica-roads"), tmp_path / "roads.npz")

    benchmark(lambda: Roads(load_graph(tmp_path / "roads.npz"), SpeedProfile()))


@pytest.mark.parametrize("order", ["cch", "scipy"])
@needs_data
def test_building_the_hierarchy(
    benchmark: Any, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    if order == "cch" and not hierarchy.is_available():
        pytest.skip("the extra cch is not installed")
    if order == "scipy":
        monkeypatch.setattr(hierarchy, "is_available", lambda: False)
    roads = Roads(graph("corsica-roads"), engine="hierarchy")
    points = doors(graph("corsica-roads"), 2)
    roads.door_to_door(points)

    def build() -> None:
        Roads(graph("corsica-roads"), engine="hierarchy").door_to_door(points)

    benchmark.pedantic(build, rounds=3)
