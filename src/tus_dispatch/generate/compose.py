"""One attempt at a made-up day: map, fleet, bookings, and the scenario of them."""

from dataclasses import dataclass

from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.scenario import Scenario, Territory
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.travel_source import EstimateSource, RoadsSource, TravelSource
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.generate.crowding import Crowding, crowding_of
from tus_dispatch.generate.demand import Demand
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.family import Family
from tus_dispatch.generate.fleet import Fleet, choose_patterns, make_fleet
from tus_dispatch.generate.land import Land, Sizes, make_land
from tus_dispatch.generate.law import hubs_of, law_of, working_time_on
from tus_dispatch.generate.people import People
from tus_dispatch.generate.roster import Roster
from tus_dispatch.generate.setting import Setting
from tus_dispatch.network.times import EstimateTimes

TIME_ZONE = "Europe/Paris"
ATTEMPTS = 8
_DENSER = 0.25
_LEGS_PER_BOOKING = 1.85
_SPARE_HOMES = 2.0
_FEWEST_SPARE = 30
_DRIVER_HOMES = 6
_FEWEST_SITES, _FEWEST_VILLAGES = 14, 8


@dataclass(frozen=True, slots=True)
class Task:
    """What was asked for.

    Attributes
    ----------
    family
        Which territory.
    seed
        Same task, same day.
    n_legs, n_shifts
        Exactly so many.
    setting
        Date and roads.
    solvable
        Whether every booking must fit the shifts.
    """

    family: Family
    seed: int
    n_legs: int
    n_shifts: int
    setting: Setting
    solvable: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of it.

    Attributes
    ----------
    scenario
        The day; with fewer legs than asked for when it was full before.
    roster
        The shifts with everything placed.
    land
        The map.
    n_fitted
        Legs of the day.
    """

    scenario: Scenario
    roster: Roster
    land: Land
    n_fitted: int


def compose(task: Task, number: int) -> Attempt:
    """Draw a day once.

    Parameters
    ----------
    task
        What was asked for.
    number
        Counted from 0; later attempts draw people who share more and live
        nearer.

    Returns
    -------
    Attempt
        Complete when ``n_fitted`` is what was asked for.
    """
    family = task.family
    draws = Draws(ATTEMPTS * task.seed + number)
    people = People(draws, family.landline_zone)
    day = ServiceDay(task.setting.date, TIME_ZONE)
    crowding = Crowding()
    if task.solvable:
        legs_per_shift = task.n_legs / task.n_shifts
        crowding = crowding_of(legs_per_shift, family.terrain, _DENSER * number)
    patterns = choose_patterns(task.n_shifts, family.fleet, draws)
    land = _land(task, len(patterns), crowding, draws)
    places = (land.depots, land.driver_homes)
    fleet = make_fleet(patterns, crowding.fleet(family.fleet), places, day, (draws, people))
    policy = Policy()
    roster = Roster(fleet, land, policy)
    demand = Demand(
        family, land, (draws, people), (day, policy), (roster if task.solvable else None, crowding)
    )
    n_fitted = demand.draw(task.n_legs)
    return Attempt(_scenario(task, day, land, (fleet, demand)), roster, land, n_fitted)


def _land(task: Task, n_vehicles: int, crowding: Crowding, draws: Draws) -> Land:
    family, roads = task.family, task.setting.roads
    n_homes = int(_SPARE_HOMES * task.n_legs / _LEGS_PER_BOOKING) + _FEWEST_SPARE
    sizes = Sizes(
        n_homes=n_homes,
        n_driver_homes=min(_DRIVER_HOMES, task.n_shifts),
        n_depots=n_vehicles,
        n_villages=max(_FEWEST_VILLAGES, int(n_homes / crowding.homes_per_village)),
        n_sites=max(_FEWEST_SITES, int(task.n_legs / crowding.legs_per_site)),
    )
    if roads is None:
        times = EstimateTimes(family.terrain, family.winter)
        return make_land(family, sizes, times, None, draws)
    return make_land(family, sizes, roads.times, roads.graph, draws)


def _scenario(task: Task, day: ServiceDay, land: Land, parts: tuple[Fleet, Demand]) -> Scenario:
    fleet, demand = parts
    family, roads = task.family, task.setting.roads
    travel: TravelSource = EstimateSource(family.winter)
    territory = Territory(family.title, school_zone=family.school_zone, terrain=family.terrain)
    if roads is not None:
        travel = RoadsSource(roads.file, roads.calibration)
        name = f"{family.title}, transposé sur d’autres routes"
        territory = Territory(name, terrain=family.terrain)
    # Stations are listed also when nobody goes there: they are what may be offered instead.
    used = _used_places(fleet, demand.bookings) | set(hubs_of(land))
    places = tuple(place for place in land.places() if place.id in used)
    sizes = f"{task.n_legs} trajets, {task.n_shifts} vacations"
    return Scenario(
        name=f"{family.key}, graine {task.seed} : {sizes}",
        territory=territory,
        day=day,
        places=places,
        vehicles=fleet.vehicles,
        drivers=fleet.drivers,
        shifts=fleet.shifts,
        participants=tuple(demand.participants),
        bookings=tuple(demand.bookings),
        travel=travel,
        law=law_of(family, hubs_of(land), day.date),
        working_time=working_time_on(day.date),
        note=f"Jour inventé, personnes fictives. {family.story}",
    )


def _used_places(fleet: Fleet, bookings: list[Booking]) -> set[PlaceId]:
    legs = [leg for b in bookings for leg in (b.outward, b.return_leg) if leg is not None]
    slots = [slot for driver in fleet.drivers for slot in driver.protected_slots]
    return {
        *(vehicle.depot for vehicle in fleet.vehicles),
        *(shift.start_place for shift in fleet.shifts),
        *(shift.end_place for shift in fleet.shifts),
        *(driver.home for driver in fleet.drivers if driver.home),
        *(slot.place for slot in slots if slot.place),
        *(leg.origin for leg in legs),
        *(leg.destination for leg in legs),
    }
