"""Where a place meets the road: the nearest edge a vehicle may stop on."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from tus_dispatch.network.geodesy import flat_xy, great_circle_m, stretch
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.tags import Flag

Floats = NDArray[np.float64]

LAST_RESORT_M = 300.0
"""Tracks and private roads are looked at when no public road is nearer than this."""

FAR_M = 500.0
"""Beyond this distance from the road a person should look at the place."""

REFUSED_M = 2000.0
"""Beyond this distance a place counts as unreachable."""

OFF_ROAD = -1


@dataclass(frozen=True, slots=True, eq=False)
class Snaps:
    """Points of an edge, one per place.

    Attributes
    ----------
    edge
        Edge of the road graph; -1 when no road is within two kilometres,
        int64, shape ``(n,)``.
    along_m
        Metres from the tail of the edge, along its line.
    on_road
        The point on the line in degrees, shape ``(n, 2)``; NaN off the road.
    access_m
        Metres between the place and that point; NaN off the road.
    """

    edge: NDArray[np.int64]
    along_m: Floats
    on_road: Floats
    access_m: Floats


class Snapper:
    """Finds edges near points; made once per graph.

    Parameters
    ----------
    graph
        Roads.
    """

    def __init__(self, graph: RoadGraph) -> None:
        start, count = graph.geometry_start, len(graph.geometry)
        begins = np.ones(count, dtype=bool)
        begins[start[1:] - 1] = False
        self._vertex = np.flatnonzero(begins)
        self._edge = np.repeat(np.arange(graph.n_edges), np.diff(start) - 1)
        self._geometry = graph.geometry
        self._xy = flat_xy(graph.geometry)
        pieces = great_circle_m(graph.geometry[:-1], graph.geometry[1:]) if count else np.empty(0)
        pieces[start[1:-1] - 1] = 0.0
        total = np.r_[0.0, np.cumsum(pieces)][:count]
        self._along = total - np.repeat(total[start[:-1]], np.diff(start))
        flags = graph.flags[self._edge]
        allowed = (flags & Flag.NEVER_SNAP) == 0
        self._public = self._tree(np.flatnonzero(allowed & ((flags & Flag.LAST_RESORT) == 0)))
        self._private = self._tree(np.flatnonzero(allowed & ((flags & Flag.LAST_RESORT) != 0)))

    def snap(self, lonlat: Floats) -> Snaps:
        """Find the edge of every point.

        Parameters
        ----------
        lonlat
            Degrees, shape ``(n, 2)``.

        Returns
        -------
        snaps : Snaps
            Among equally near edges the one with the lowest number. Motorways,
            trunk roads and their ramps are never taken; tracks without
            ``motor_vehicle=yes`` and private roads only where every public
            road is more than 300 m away and they are nearer.
        """
        best = self._nearest(self._public, lonlat)
        poor = np.flatnonzero(~(best.access_m <= LAST_RESORT_M))
        if len(poor) and len(self._private[1]):
            other = self._nearest(self._private, lonlat[poor])
            nearer = (other.edge != OFF_ROAD) & ~(other.access_m >= best.access_m[poor])
            for name in ("edge", "along_m", "on_road", "access_m"):
                getattr(best, name)[poor[nearer]] = getattr(other, name)[nearer]
        return best

    def _tree(self, pieces: NDArray[np.int64]) -> tuple[shapely.STRtree, NDArray[np.int64]]:
        ends = np.stack(
            (self._xy[self._vertex[pieces]], self._xy[self._vertex[pieces] + 1]), axis=1
        )
        lines: NDArray[np.object_] = shapely.linestrings(ends)  # type: ignore[assignment]
        return shapely.STRtree(lines), pieces

    def _nearest(self, tree: tuple[shapely.STRtree, NDArray[np.int64]], lonlat: Floats) -> Snaps:
        n = len(lonlat)
        snaps = Snaps(
            np.full(n, OFF_ROAD), np.zeros(n), np.full((n, 2), np.nan), np.full(n, np.nan)
        )
        if not n or not len(tree[1]):
            return snaps
        xy = flat_xy(lonlat)
        # The search radius leaves room for the stretch to change on the way.
        radius = 1.01 * REFUSED_M * float(stretch(lonlat[:, 1]).max())
        point, piece = tree[0].query_nearest(
            shapely.points(xy), max_distance=radius, all_matches=True
        )
        piece = tree[1][piece]
        order = np.lexsort((piece, point))
        point, first = np.unique(point[order], return_index=True)
        self._place(snaps, point, piece[order][first], lonlat, xy)
        return snaps

    def _place(
        self,
        snaps: Snaps,
        point: NDArray[np.int64],
        piece: NDArray[np.int64],
        lonlat: Floats,
        xy: Floats,
    ) -> None:
        """Drop the perpendicular of each point on its piece and write down where it lands."""
        vertex = self._vertex[piece]
        base, span = self._xy[vertex], self._xy[vertex + 1] - self._xy[vertex]
        length2 = np.maximum((span**2).sum(axis=1), np.finfo(float).tiny)
        share = np.clip(((xy[point] - base) * span).sum(axis=1) / length2, 0.0, 1.0)
        a, b = self._geometry[vertex], self._geometry[vertex + 1]
        on_road = a + share[:, None] * (b - a)
        access_m = great_circle_m(lonlat[point], on_road)
        kept = access_m <= REFUSED_M
        point = point[kept]
        snaps.edge[point] = self._edge[piece][kept]
        snaps.along_m[point] = (self._along[vertex] + share * great_circle_m(a, b))[kept]
        snaps.on_road[point] = on_road[kept]
        snaps.access_m[point] = access_m[kept]
