"""OpenStreetMap extracts in PBF, read in one pass without keeping the file in memory."""

from collections.abc import Iterator
from pathlib import Path

import osmium
from osmium.osm import Way

from tus_dispatch.network.codes import refusal
from tus_dispatch.network.ways import WayCollector, Ways

_NOWHERE = float("nan")


def read_pbf(path: Path) -> Ways:
    """Read the drivable roads of an extract.

    Parameters
    ----------
    path
        ``.osm.pbf``; plain or compressed XML works as well.

    Returns
    -------
    ways : Ways
        In the order of the file.

    Raises
    ------
    InputError
        When the file is missing, damaged or of another kind.
    """
    try:
        return _read(path)
    except (OSError, RuntimeError) as error:
        raise refusal(str(path), "roads-unreadable", error, "un extrait OpenStreetMap") from error


def _read(path: Path) -> Ways:
    collector = WayCollector()
    for way in (
        osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY)
        .with_locations()
        .with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
        .with_filter(osmium.filter.KeyFilter("highway"))
    ):
        if isinstance(way, Way):
            collector.add({tag.k: tag.v for tag in way.tags}, _points(way))
    return collector.ways()


def _points(way: Way) -> Iterator[tuple[int, float, float]]:
    for node in way.nodes:
        if node.location.valid():
            yield node.ref, node.lon, node.lat
        else:
            yield node.ref, _NOWHERE, _NOWHERE
