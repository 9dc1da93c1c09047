"""Roads with speeds: how long and how far between any points, and along which line."""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.network import hierarchy, shortest
from tus_dispatch.network.arcs import make_arcs, unpack
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.profile import SpeedProfile
from tus_dispatch.network.route import route_line, without_repeats
from tus_dispatch.network.snap import OFF_ROAD, Snapper, Snaps
from tus_dispatch.network.terminals import Terminals, make_terminals

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Engine = Literal["auto", "dijkstra", "hierarchy"]

# Below this many places times nodes Dijkstra is done before the compiled code
# of the hierarchy is even loaded.
_WORTH_A_HIERARCHY = 4_000_000


class DoorToDoor(NamedTuple):
    """Drives between all pairs of points.

    Attributes
    ----------
    milliseconds, centimetres
        Before calibration, door to road and road to door included; int64,
        shape ``(n, n)``, -1 where one cannot drive. The diagonal is zero, and
        so is everything between equal points.
    snaps
        Where the points meet the road.
    """

    milliseconds: Ints
    centimetres: Ints
    snaps: Snaps


class Roads:
    """A road graph ready to be asked; answers do not depend on the engine.

    Parameters
    ----------
    graph
        Roads.
    profile
        Speeds.
    engine
        ``dijkstra`` searches the network once per place; ``hierarchy`` adds
        shortcuts first; ``auto`` takes the latter for large questions.
    """

    def __init__(
        self, graph: RoadGraph, profile: SpeedProfile | None = None, *, engine: Engine = "auto"
    ) -> None:
        self.graph = graph
        self.profile = profile or SpeedProfile()
        self._engine = engine
        self._arcs = make_arcs(graph, self.profile)
        self._snapper = Snapper(graph)
        self._hierarchy: hierarchy.Hierarchy | None = None

    def snap(self, lonlat: Floats) -> Snaps:
        """Find where points meet the road.

        Parameters
        ----------
        lonlat
            Degrees, shape ``(n, 2)``.

        Returns
        -------
        snaps : Snaps
            One per point.
        """
        return self._snapper.snap(lonlat)

    def door_to_door(self, lonlat: Floats) -> DoorToDoor:
        """Find the fastest drives between all pairs of points.

        Parameters
        ----------
        lonlat
            Degrees, shape ``(n, 2)``.

        Returns
        -------
        drives : DoorToDoor
            Exact metres along the fastest way.
        """
        points, same = np.unique(lonlat, axis=0, return_inverse=True)
        same = same.ravel()
        snaps = self.snap(points)
        weight = self._weights(make_terminals(self.graph, self._arcs, snaps))
        ms, cm = unpack(weight[np.ix_(same, same)])
        each = Snaps(
            snaps.edge[same], snaps.along_m[same], snaps.on_road[same], snaps.access_m[same]
        )
        return DoorToDoor(ms, cm, each)

    def line(self, origin: Floats, destination: Floats) -> Floats | None:
        """Draw the fastest drive, from door to door.

        Parameters
        ----------
        origin, destination
            Longitude and latitude in degrees, shape ``(2,)``.

        Returns
        -------
        lonlat : ndarray of shape (k, 2) or None
            At least two points; None where one cannot drive.
        """
        doors = np.stack((origin, destination))
        if np.array_equal(origin, destination):
            return doors
        snaps = self.snap(doors)
        if (snaps.edge == OFF_ROAD).any():
            return None
        terminals = make_terminals(self.graph, self._arcs, snaps)
        driven = route_line(self.graph, self._arcs, snaps, terminals)
        if driven is None:
            return None
        return without_repeats(np.concatenate((doors[:1], driven, doors[1:])))

    def _weights(self, terminals: Terminals) -> Ints:
        wanted = self._engine == "hierarchy" or (
            self._engine == "auto"
            and len(terminals.out_node) * self._arcs.n_nodes >= _WORTH_A_HIERARCHY
        )
        if not (wanted or self._hierarchy):
            return shortest.many_to_many(self._arcs, terminals)
        if self._hierarchy is None:
            order = hierarchy.node_order(self.graph, self._arcs)
            self._hierarchy = hierarchy.make_hierarchy(self._arcs, order)
        return hierarchy.many_to_many(self._hierarchy, terminals)
