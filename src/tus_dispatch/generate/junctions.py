"""On a real road network junctions stand for villages: the more of them, the larger."""

import numpy as np

from tus_dispatch.domain.place import LatLon
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.settlements import METRES_PER_DEGREE, Settlement, crow_flies_m
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.tags import Flag

N_SETTLEMENTS = 80
_SPACING_M, _AROUND_M = 1200.0, 800.0
_PEOPLE_PER_JUNCTION = 60
_KNOWN_WITHIN_M = 1500.0
_NO_STOPPING = Flag.NEVER_SNAP | Flag.LAST_RESORT


def settlements_on(
    graph: RoadGraph, known: tuple[Settlement, ...], draws: Draws
) -> tuple[Settlement, ...]:
    """Draw villages of a road network.

    Parameters
    ----------
    graph
        Roads; all of it can be reached from everywhere.
    known
        Communes whose names are used where they are near.
    draws
        Where chance comes from.

    Returns
    -------
    tuple of Settlement
        At most eighty, the largest first; places of a settlement stand at
        junctions within 800 m.
    """
    lonlat = graph.lonlat[_stops(graph)]
    scale = np.array([np.cos(np.radians(lonlat[:, 1].mean())), 1.0]) * METRES_PER_DEGREE
    xy = lonlat * scale
    taken: set[str] = set()
    chosen: list[Settlement] = []
    kept: list[int] = []
    for index in draws.shuffled(range(len(lonlat))):
        if len(chosen) == N_SETTLEMENTS:
            break
        if kept and np.hypot(*(xy[kept] - xy[index]).T).min() < _SPACING_M:
            continue
        kept.append(index)
        around = np.flatnonzero(np.hypot(*(xy - xy[index]).T) <= _AROUND_M)
        points = tuple(_point(lonlat[i]) for i in around)
        chosen.append(_settlement(_point(lonlat[index]), points, known, taken, len(chosen)))
    return tuple(sorted(chosen, key=lambda settlement: -settlement.population))


def _stops(graph: RoadGraph) -> list[int]:
    """Return junctions where a vehicle may stop on a public road."""
    usable = (graph.flags & _NO_STOPPING) == 0
    ends = np.concatenate((graph.tail[usable], graph.head[usable]))
    return [int(node) for node in np.unique(ends)]


def _settlement(
    point: LatLon,
    around: tuple[LatLon, ...],
    known: tuple[Settlement, ...],
    taken: set[str],
    number: int,
) -> Settlement:
    near = min(known, key=lambda s: crow_flies_m(s.point, point), default=None)
    people = _PEOPLE_PER_JUNCTION * len(around)
    if near is None or near.name in taken or crow_flies_m(near.point, point) > _KNOWN_WITHIN_M:
        return Settlement(f"Lieu-dit {number + 1}", None, None, people, point, around)
    taken.add(near.name)
    return Settlement(near.name, near.insee, near.epci, people, point, around)


def _point(lonlat: np.ndarray[tuple[int], np.dtype[np.float64]]) -> LatLon:
    return LatLon(lat=round(float(lonlat[1]), 6), lon=round(float(lonlat[0]), 6))
