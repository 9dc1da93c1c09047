"""Everything on the map of a made-up day, with the driving times between all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.travel import UNREACHABLE, TravelMatrix
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.family import Family
from tus_dispatch.generate.junctions import settlements_on
from tus_dispatch.generate.settlements import (
    Settlement,
    crow_flies_m,
    point_in,
    settlements_of,
)
from tus_dispatch.generate.sites import Site, of, sites_of
from tus_dispatch.generate.tour import Travel
from tus_dispatch.network.graph import RoadGraph

_FAR_AHEAD = 10**8
_HOME_POWER = 0.6
# Rural people are who the service is for: towns count as smaller than they are.
_TOWN_CAP = 4000
# People are fetched in a sector around each depot; beyond this distance villages
# are visited half as often.
_SECTOR_M = 15_000


class TravelTimes(Protocol):
    """Whatever answers how long drives take."""

    def matrix(self, places: Sequence[Place]) -> TravelMatrix:
        """Return seconds and metres between all places."""


@dataclass(frozen=True, slots=True)
class RoadLand:
    """A real road network to put the day on.

    Attributes
    ----------
    file
        As the scenario will name it.
    graph
        Junctions to choose places from.
    times
        Drives on this graph.
    calibration
        Factor already in ``times``, named in the scenario.
    """

    file: str
    graph: RoadGraph
    times: TravelTimes
    calibration: float


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many places of each kind a day may choose from.

    Attributes
    ----------
    n_homes, n_driver_homes
        Homes of participants and of drivers.
    n_villages
        Villages those homes are in.
    n_depots, n_sites
        Depots and destinations at most.
    """

    n_homes: int
    n_driver_homes: int
    n_villages: int
    n_depots: int
    n_sites: int


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody may live.

    Attributes
    ----------
    place
        The door.
    settlement
        In which commune.
    """

    place: Place
    settlement: Settlement


@dataclass(frozen=True, slots=True)
class Land:
    """The map of a day.

    Attributes
    ----------
    depots, driver_homes
        Where shifts start and end.
    sites, homes
        Where people go and where they may live, more than are used.
    matrix, travel
        Drives between all places, the second for fast loops.
    index
        Row of each place.
    """

    depots: tuple[Place, ...]
    driver_homes: tuple[Place, ...]
    sites: tuple[Site, ...]
    homes: tuple[Home, ...]
    matrix: TravelMatrix
    travel: Travel
    index: dict[PlaceId, int]

    def places(self) -> tuple[Place, ...]:
        """Return all places in the order of the matrix."""
        return _all_places(self.depots, self.driver_homes, self.sites, self.homes)


def make_land(
    family: Family,
    sizes: Sizes,
    times: TravelTimes,
    graph: RoadGraph | None,
    draws: Draws,
) -> Land:
    """Draw the map of a day.

    Parameters
    ----------
    family
        Whose territory.
    sizes
        How many places.
    times
        Where drives come from.
    graph
        Put places at its junctions instead of real communes.
    draws
        Where chance comes from.

    Returns
    -------
    Land
        All places and the drives between them.
    """
    known = settlements_of(family.key)
    settlements = known if graph is None else settlements_on(graph, known, draws)
    towns = _depot_towns(family, settlements)[: sizes.n_depots]
    depots = tuple(_depot(number, town, draws) for number, town in enumerate(towns))
    sites = sites_of(family, sizes.n_sites, [(s, _nearness(s, towns)) for s in settlements], draws)
    rural = [s for s in settlements if s.epci not in family.excluded_epci or s.epci is None]
    homes = _homes(rural, towns, sizes, draws)
    driver_homes = tuple(
        _driver_home(i, _near(depots[i % len(depots)].point, rural, draws), draws)
        for i in range(sizes.n_driver_homes)
    )
    places = _all_places(depots, driver_homes, sites, homes)
    matrix = times.matrix(places)
    index = {place.id: row for row, place in enumerate(places)}
    return Land(depots, driver_homes, sites, homes, matrix, _as_lists(matrix), index)


def _depot_towns(family: Family, settlements: tuple[Settlement, ...]) -> list[Settlement]:
    towns = [s for s in settlements if s.insee in family.depots]
    towns.sort(key=lambda s: family.depots.index(s.insee or ""))
    return towns or list(settlements[: len(family.depots)])


def _depot(number: int, town: Settlement, draws: Draws) -> Place:
    name = f"Garage {of(town.name)}"
    return Place(PlaceId(f"G{number + 1}"), name, point_in(town, draws), town.insee)


def _nearness(settlement: Settlement, towns: list[Settlement]) -> float:
    """Weigh a settlement by its distance to the nearest depot."""
    away_m = min(crow_flies_m(settlement.point, town.point) for town in towns)
    return 1 / (1 + (away_m / _SECTOR_M) ** 2)


def _homes(
    rural: list[Settlement], towns: list[Settlement], sizes: Sizes, draws: Draws
) -> tuple[Home, ...]:
    """Choose villages, larger and nearer ones first, and homes in them."""
    weight = {s: min(s.population, _TOWN_CAP) ** _HOME_POWER * _nearness(s, towns) for s in rural}
    villages: dict[Settlement, float] = {}
    while weight and len(villages) < sizes.n_villages:
        one = draws.weighted(list(weight), list(weight.values()))
        villages[one] = weight.pop(one)
    names, weights = list(villages), list(villages.values())
    return tuple(_home(i, draws.weighted(names, weights), draws) for i in range(sizes.n_homes))


def _home(number: int, settlement: Settlement, draws: Draws) -> Home:
    place = Place(
        id=PlaceId(f"H{number + 1:03d}"),
        name=f"{settlement.name}, domicile {number + 1}",
        point=point_in(settlement, draws),
        insee=settlement.insee,
    )
    return Home(place, settlement)


def _driver_home(number: int, settlement: Settlement, draws: Draws) -> Place:
    return Place(
        id=PlaceId(f"C{number + 1:02d}"),
        name=f"{settlement.name}, domicile chauffeur {number + 1}",
        point=point_in(settlement, draws),
        insee=settlement.insee,
    )


def _near(point: LatLon | None, settlements: list[Settlement], draws: Draws) -> Settlement:
    if point is None:
        return draws.choice(settlements)
    nearest = sorted(settlements, key=lambda s: crow_flies_m(s.point, point))
    return draws.choice(nearest[:6])


def _all_places(
    depots: tuple[Place, ...],
    driver_homes: tuple[Place, ...],
    sites: tuple[Site, ...],
    homes: tuple[Home, ...],
) -> tuple[Place, ...]:
    return (
        *depots,
        *driver_homes,
        *(site.place for site in sites),
        *(home.place for home in homes),
    )


def _as_lists(matrix: TravelMatrix) -> Travel:
    far = matrix.seconds == UNREACHABLE
    seconds, metres = matrix.seconds.astype("int64"), matrix.metres.astype("int64")
    seconds[far] = metres[far] = _FAR_AHEAD
    return Travel(seconds.tolist(), metres.tolist())
