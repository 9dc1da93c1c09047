"""From a scenario's travel source to travel times, lines and roads to draw."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from tus_dispatch.desk.codes import refusal
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.travel_source import EstimateSource, MatrixSource, OsrmSource, RoadsSource
from tus_dispatch.domain.units import ShiftId
from tus_dispatch.network.cache import default_cache_folder, open_roads
from tus_dispatch.network.explicit import explicit_matrix
from tus_dispatch.network.osrm import Osrm
from tus_dispatch.network.pair_cache import PairCache
from tus_dispatch.network.roads import Roads
from tus_dispatch.network.times import EstimateTimes, Line, OsrmTimes, RoadTimes, TravelTimes


class MatrixTimes:
    """The scenario's own table, seen as any other source.

    Parameters
    ----------
    scenario
        A day whose travel source is a matrix.
    source
        That matrix.
    """

    def __init__(self, scenario: Scenario, source: MatrixSource) -> None:
        places = [scenario.place(place) for place in source.places]
        self._matrix = explicit_matrix(places, source.seconds, source.metres)
        self.id = "matrix"

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Return the part of the table these places need, in their order."""
        rows = np.array([self._matrix.index(place.id) for place in places], dtype=np.int64)
        return TravelMatrix(
            place_ids=tuple(place.id for place in places),
            seconds=np.ascontiguousarray(self._matrix.seconds[np.ix_(rows, rows)]),
            metres=np.ascontiguousarray(self._matrix.metres[np.ix_(rows, rows)]),
            source=self._matrix.source,
        )

    def route_line(self, origin: LatLon, destination: LatLon) -> Line:
        """Draw the straight line: a table knows no roads."""
        return ((origin.lon, origin.lat), (destination.lon, destination.lat))


def travel_times(scenario: Scenario, folder: Path) -> TravelTimes:
    """Open what the scenario names as the source of its travel times.

    Parameters
    ----------
    scenario
        The day.
    folder
        Where the scenario file lies; paths in it start there.

    Returns
    -------
    TravelTimes
        Never silently another source than the one asked for.

    Raises
    ------
    InputError
        When a road file is missing or cannot be read.
    """
    source = scenario.travel
    if isinstance(source, EstimateSource):
        return EstimateTimes(scenario.territory.terrain, source.calibration)
    if isinstance(source, MatrixSource):
        return MatrixTimes(scenario, source)
    if isinstance(source, OsrmSource):
        return _osrm_times(source)
    return _road_times(source, folder)


def travel_matrix(scenario: Scenario, folder: Path) -> TravelMatrix:
    """Return the times between the places that the day uses.

    Parameters
    ----------
    scenario, folder
        As in :func:`travel_times`.

    Returns
    -------
    TravelMatrix
        In the order of the scenario's places.
    """
    return travel_times(scenario, folder).matrix(scenario.places)


def route_lines(plan: Plan, times: TravelTimes) -> dict[tuple[ShiftId, int], Line]:
    """Draw every drive of a plan along the roads.

    Parameters
    ----------
    plan
        Places without a point are skipped.
    times
        What the plan was made with; only roads and servers know lines.

    Returns
    -------
    dict
        By shift and index of a stop, the drive into it. Empty when the times
        know no roads.
    """
    if isinstance(times, EstimateTimes | MatrixTimes):
        return {}
    known: dict[tuple[LatLon, LatLon], Line] = {}
    lines: dict[tuple[ShiftId, int], Line] = {}
    for tour_round in plan.rounds:
        points = [plan.scenario.place(stop.place).point for stop in tour_round.stops]
        for at in range(1, len(points)):
            origin, destination = points[at - 1], points[at]
            if origin is None or destination is None or origin == destination:
                continue
            if (origin, destination) not in known:
                known[origin, destination] = times.route_line(origin, destination)
            lines[tour_round.shift, at] = known[origin, destination]
    return lines


def road_lines(times: TravelTimes) -> Iterator[Line] | None:
    """Return the roads to draw below a map, or None when the times know none."""
    if not isinstance(times, RoadTimes):
        return None
    graph = times.roads.graph
    starts = graph.geometry_start
    return (
        tuple((lon, lat) for lon, lat in graph.geometry[first:last].tolist())
        for first, last in pairwise(starts)
    )


def _road_times(source: RoadsSource, folder: Path) -> RoadTimes:
    path = folder / source.file
    if not path.is_file():
        expected = "un réseau routier ou un extrait OpenStreetMap lisible"
        raise refusal("roads-missing", source.file, "/travel/file", source.file, expected)
    return RoadTimes(Roads(open_roads(path)), source.calibration)


def _osrm_times(source: OsrmSource) -> OsrmTimes:
    cache = PairCache(default_cache_folder() / "pairs.sqlite", source.url, source.profile)
    return OsrmTimes(Osrm(source.url, source.profile, cache=cache), source.calibration)
