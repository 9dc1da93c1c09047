"""How long travel times take, from door to door, on one core.

The graph is loaded and its shortcuts are built before the clock starts;
snapping, searching, metres, rounding and the matrix of the layers above are
inside. The clock counts the CPU seconds of this process, which uses one thread:
on an idle core they are the seconds on the wall, and neighbours do not count.
"""

import time
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

pytestmark = pytest.mark.benchmark(timer=time.process_time)

FOLDER = find_data_folder()
ROADS = FOLDER / "roads" if FOLDER else Path("missing")

needs_data = pytest.mark.skipif(not ROADS.is_dir(), reason="no folder of real roads")


@cache
def graph(name: str) -> RoadGraph:
    return read_extract(ROADS / f"{name}.osm.pbf")


def roads(name: str, how: str) -> Roads:
    """Roads that search by Dijkstra, or over shortcuts with an order by SciPy or by the extra."""
    engine: Engine = "dijkstra" if how == "dijkstra" else "hierarchy"
    return Roads(graph(name), engine=engine)


@pytest.fixture(params=["dijkstra", "scipy order", "cch order"])
def how(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "cch order" and not hierarchy.is_available():
        pytest.skip("the extra cch is not installed")
    monkeypatch.setattr(hierarchy, "is_available", lambda: request.param == "cch order")
    return str(request.param)


LIMITS_S = {
    ("pasquale-paoli", 200, "dijkstra"): 0.1,
    ("corsica-roads", 500, "dijkstra"): 4.0,
    ("corsica-roads", 500, "cch order"): 0.15,
}


@pytest.mark.parametrize(
    ("name", "n"),
    [
        ("pasquale-paoli", 200),
        ("corsica-roads", 200),
        ("corsica-roads", 500),
        ("liechtenstein-highways", 500),
    ],
)
@needs_data
def test_door_to_door(benchmark: Any, name: str, n: int, how: str) -> None:
    times = RoadTimes(roads(name, how))
    asked = places(doors(graph(name), n))

    matrix = benchmark.pedantic(times.matrix, args=(asked,), rounds=5, warmup_rounds=1)

    assert (matrix.seconds >= 0).all()
    assert (matrix.metres >= 0).all()
    if benchmark.enabled:
        assert benchmark.stats.stats.median < LIMITS_S.get((name, n, how), float("inf"))


@pytest.mark.parametrize("n", [500, 5_000])
@needs_data
def test_snapping(benchmark: Any, n: int) -> None:
    snapper = Snapper(graph("corsica-roads"))
    points = doors(graph("corsica-roads"), n)

    snaps = benchmark.pedantic(snapper.snap, args=(points,), rounds=5, warmup_rounds=1)

    assert np.isfinite(snaps.access_m).all()


@needs_data
def test_a_route_line(benchmark: Any) -> None:
    corsica = Roads(graph("corsica-roads"))
    ends = doors(graph("corsica-roads"), 2, seed=4)

    line = benchmark(corsica.line, *ends)

    assert line is not None


@needs_data
def test_reading_an_extract(benchmark: Any) -> None:
    path = ROADS / "corsica-roads.osm.pbf"

    benchmark.pedantic(read_extract, args=(path,), rounds=3)


@needs_data
def test_opening_a_built_graph(benchmark: Any, tmp_path: Path) -> None:
    save_graph(graph("corsica-roads"), tmp_path / "roads.npz")

    benchmark(lambda: Roads(load_graph(tmp_path / "roads.npz"), SpeedProfile()))


@needs_data
def test_getting_ready(benchmark: Any, how: str) -> None:
    points = doors(graph("corsica-roads"), 2)
    # The first time of all, the sweeps are compiled.
    roads("corsica-roads", how).door_to_door(points)

    benchmark.pedantic(lambda: roads("corsica-roads", how).door_to_door(points), rounds=3)
