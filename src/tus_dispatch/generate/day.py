"""A made-up rural day from a family, a seed and two sizes, with a plan that serves it."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.scenario import Scenario, Territory
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.travel_source import EstimateSource, RoadsSource, TravelSource
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.generate.codes import refusal
from tus_dispatch.generate.demand import Demand
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.families import family_named
from tus_dispatch.generate.family import Family
from tus_dispatch.generate.fleet import Fleet, make_fleet
from tus_dispatch.generate.land import Land, RoadLand, Sizes, make_land
from tus_dispatch.generate.people import People
from tus_dispatch.generate.reference import reference_plan
from tus_dispatch.generate.roster import Roster
from tus_dispatch.network.times import EstimateTimes

# A Tuesday in term time, like any other.
DEFAULT_DATE = date(2026, 11, 24)
_LEGS_PER_BOOKING = 1.85
_SPARE_HOMES = 2.0
_FEWEST_SPARE = 30
_DRIVER_HOMES = 6
_FEWEST_SITES, _LEGS_PER_SITE = 14, 4


@dataclass(frozen=True, slots=True)
class Setting:
    """When and on which roads.

    Attributes
    ----------
    date
        Service date.
    roads
        A road network to put the day on, or None for real communes and
        estimated times.
    """

    date: date = DEFAULT_DATE
    roads: RoadLand | None = None


def generate(
    family: str,
    *,
    seed: int,
    n_legs: int,
    n_shifts: int,
    solvable: bool = True,
    setting: Setting | None = None,
) -> Scenario:
    """Make up a day.

    Parameters
    ----------
    family
        One of the six names.
    seed
        Same arguments, same scenario.
    n_legs, n_shifts
        Exactly so many; an outward and a return leg count two.
    solvable
        Draw bookings so that a plan serves all of them; False draws without
        looking at the shifts.
    setting
        Date and roads.

    Returns
    -------
    Scenario
        The day.

    Raises
    ------
    InputError
        When the family is unknown, a size too small, or the legs do not fit.
    """
    scenario, _, _ = _compose(
        family_named(family), seed, (n_legs, n_shifts), setting, solvable=solvable
    )
    return scenario


def generate_with_reference(
    family: str, *, seed: int, n_legs: int, n_shifts: int, setting: Setting | None = None
) -> tuple[Scenario, Plan, TravelMatrix]:
    """Make up a day and show the plan it was built around.

    Parameters
    ----------
    family
        One of the six names.
    seed
        Same arguments, same answer.
    n_legs, n_shifts
        Exactly so many.
    setting
        Date and roads.

    Returns
    -------
    tuple
        The same scenario as :func:`generate` gives, a plan that serves every
        leg, and the travel times between its places.

    Raises
    ------
    InputError
        As :func:`generate`.
    """
    scenario, roster, land = _compose(
        family_named(family), seed, (n_legs, n_shifts), setting, solvable=True
    )
    plan = reference_plan(scenario, roster.tours, land)
    return scenario, plan, _cut(land.matrix, tuple(place.id for place in scenario.places))


def _compose(
    family: Family, seed: int, sizes: tuple[int, int], setting: Setting | None, *, solvable: bool
) -> _Composed:
    """Make up a day; when it fills up too soon, another one in which people live closer."""
    n_legs, n_shifts = sizes
    if n_legs < 2:
        raise refusal("generate-size", "--legs", n_legs, "au moins 2")
    if n_shifts < 1:
        raise refusal("generate-size", "--shifts", n_shifts, "au moins 1")
    most = 0
    for attempt in range(_ATTEMPTS):
        composed = _Composed.draw(family, (seed, attempt, *sizes), setting or Setting(), solvable=solvable)
        if composed is not None:
            return composed
    raise refusal("generate-too-full", "--legs", n_legs, f"au plus {most} environ")


def _land(family: Family, sizes: tuple[int, int], roads: RoadLand | None, draws: Draws) -> Land:
    n_legs, n_shifts = sizes
    wanted = Sizes(
        n_homes=int(_SPARE_HOMES * n_legs / _LEGS_PER_BOOKING) + _FEWEST_SPARE,
        n_driver_homes=min(_DRIVER_HOMES, n_shifts),
        # A vehicle has two shifts, and no depot is without a vehicle.
        n_depots=max(1, n_shifts // 3),
        n_sites=max(_FEWEST_SITES, n_legs // _LEGS_PER_SITE),
    )
    if roads is None:
        return make_land(family, wanted, EstimateTimes(family.terrain, family.winter), None, draws)
    return make_land(family, wanted, roads.times, roads.graph, draws)


def _scenario(
    family: Family,
    made_from: tuple[int, int, int],
    setting: Setting,
    day: ServiceDay,
    parts: tuple[Land, Fleet, Demand],
) -> Scenario:
    land, fleet, demand = parts
    seed, n_legs, n_shifts = made_from
    roads = setting.roads
    travel: TravelSource = EstimateSource(family.winter)
    territory = Territory(family.title, school_zone=family.school_zone, terrain=family.terrain)
    if roads is not None:
        travel = RoadsSource(roads.file, roads.calibration)
        name = f"{family.title}, transposé sur le réseau {roads.file}"
        territory = Territory(name, terrain=family.terrain)
    used = _used_places(fleet, demand.bookings)
    return Scenario(
        name=f"{family.key}, graine {seed} : {n_legs} trajets, {n_shifts} vacations",
        territory=territory,
        day=day,
        places=tuple(place for place in land.places() if place.id in used),
        vehicles=fleet.vehicles,
        drivers=fleet.drivers,
        shifts=fleet.shifts,
        participants=tuple(demand.participants),
        bookings=tuple(demand.bookings),
        policy=Policy(),
        travel=travel,
        note=f"Jour inventé, personnes fictives. {family.story}",
    )


def _used_places(fleet: Fleet, bookings: list[Booking]) -> set[PlaceId]:
    legs = [leg for b in bookings for leg in (b.outward, b.return_leg) if leg is not None]
    return {
        *(vehicle.depot for vehicle in fleet.vehicles),
        *(shift.start_place for shift in fleet.shifts),
        *(shift.end_place for shift in fleet.shifts),
        *(driver.home for driver in fleet.drivers if driver.home),
        *(leg.origin for leg in legs),
        *(leg.destination for leg in legs),
    }


def _cut(matrix: TravelMatrix, places: tuple[PlaceId, ...]) -> TravelMatrix:
    rows = [matrix.index(place) for place in places]
    cut = np.ix_(rows, rows)
    return TravelMatrix(
        places, matrix.seconds[cut], matrix.metres[cut], matrix.source, matrix.warnings
    )
