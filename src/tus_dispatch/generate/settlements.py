"""Towns and villages of a made-up day: name, commune code, people, point."""

import csv
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tus_dispatch.domain.place import LatLon
from tus_dispatch.generate.draws import Draws

METRES_PER_DEGREE = 111_195
_DECIMALS = 5
# A place stands this far from the commune's point, so that no real home is meant.
NEAREST_M, FARTHEST_M = 100, 600


@dataclass(frozen=True, slots=True)
class Settlement:
    """A commune, or a junction that stands for one.

    Attributes
    ----------
    name
        What people call it.
    insee
        Commune code, or None for a junction away from any known commune.
    epci
        Code of the group of communes, or None.
    population
        Inhabitants.
    point
        The village.
    around
        Points where places may stand; empty means anywhere 100 to 600 m
        around the village.
    """

    name: str
    insee: str | None
    epci: str | None
    population: int
    point: LatLon
    around: tuple[LatLon, ...] = ()


@cache
def settlements_of(family: str) -> tuple[Settlement, ...]:
    """Read the communes of a family from the table the package ships.

    Parameters
    ----------
    family
        Name of the family.

    Returns
    -------
    tuple of Settlement
        In the order of their codes.
    """
    text = (files("tus_dispatch.generate") / "communes.csv").read_text(encoding="utf-8")
    return tuple(
        Settlement(
            name=row["name"],
            insee=row["insee"],
            epci=row["epci"],
            population=int(row["population"]),
            point=LatLon(lat=float(row["lat"]), lon=float(row["lon"])),
        )
        for row in csv.DictReader(text.splitlines())
        if row["family"] == family
    )


def point_in(settlement: Settlement, draws: Draws) -> LatLon:
    """Draw where a place of a settlement stands.

    Parameters
    ----------
    settlement
        Whose place.
    draws
        Where chance comes from.

    Returns
    -------
    point : LatLon
        One of ``around``, or 100 to 600 m from the village.
    """
    if settlement.around:
        return draws.choice(settlement.around)
    metres = draws.real(NEAREST_M, FARTHEST_M)
    angle = draws.real(0, 2 * math.pi)
    origin = settlement.point
    north = metres * math.cos(angle) / METRES_PER_DEGREE
    east = metres * math.sin(angle) / (METRES_PER_DEGREE * math.cos(math.radians(origin.lat)))
    return LatLon(lat=round(origin.lat + north, _DECIMALS), lon=round(origin.lon + east, _DECIMALS))


def crow_flies_m(a: LatLon, b: LatLon) -> float:
    """Measure between two points of the same region, to a few per thousand."""
    east = (b.lon - a.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return METRES_PER_DEGREE * math.hypot(b.lat - a.lat, east)
