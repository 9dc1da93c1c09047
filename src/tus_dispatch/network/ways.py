"""Roads as a source tells them: lines of points with tags, not yet a graph."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tus_dispatch.network.tags import is_drivable, tag_set


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """Drivable ways of one extract.

    Attributes
    ----------
    lonlat
        Degrees of every point used, shape ``(n, 2)``.
    nodes
        Indices into ``lonlat``, all ways one after the other.
    start
        Where each way begins in ``nodes``, shape ``(w + 1,)``.
    line
        Index into ``tag_sets`` per way, shape ``(w,)``.
    tag_sets
        The different sets of tags, as ``tags.tag_set`` writes them.
    """

    lonlat: NDArray[np.float64]
    nodes: NDArray[np.int64]
    start: NDArray[np.int64]
    line: NDArray[np.int32]
    tag_sets: tuple[str, ...]


class WayCollector:
    """Gathers ways one by one while a file streams past.

    Points that two ways name by the same key are the same point.
    """

    def __init__(self) -> None:
        self._index: dict[int, int] = {}
        self._lonlat = array("d")
        self._nodes = array("q")
        self._start = array("q", [0])
        self._lines: dict[str, int] = {}
        self._line = array("l")

    def add(self, tags: Mapping[str, str], points: Iterable[tuple[int, float, float]]) -> None:
        """Take one way if a car may use it.

        Parameters
        ----------
        tags
            Tags of the way.
        points
            Key, longitude and latitude of each point in order. A point that
            lies outside the extract has NaN; the way is cut there.
        """
        if not is_drivable(tags):
            return
        line = tag_set(tags)
        for key, lon, lat in points:
            if lon != lon or lat != lat:  # noqa: PLR0124 - true for NaN only, and fast
                self._finish(line)
            else:
                self._nodes.append(self._point(key, lon, lat))
        self._finish(line)

    def ways(self) -> Ways:
        """Return what was gathered.

        Returns
        -------
        ways : Ways
            In the order of the file.
        """
        return Ways(
            lonlat=np.array(self._lonlat, dtype=np.float64).reshape(-1, 2),
            nodes=np.array(self._nodes, dtype=np.int64),
            start=np.array(self._start, dtype=np.int64),
            line=np.array(self._line, dtype=np.int32),
            tag_sets=tuple(self._lines),
        )

    def _point(self, key: int, lon: float, lat: float) -> int:
        index = self._index.setdefault(key, len(self._index))
        if 2 * index == len(self._lonlat):
            self._lonlat.extend((lon, lat))
        return index

    def _finish(self, line: str) -> None:
        begun = self._start[-1]
        if len(self._nodes) - begun < 2:
            del self._nodes[begun:]
            return
        self._start.append(len(self._nodes))
        self._line.append(self._lines.setdefault(line, len(self._lines)))
