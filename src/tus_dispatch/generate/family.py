"""What a family of made-up days is made of: ranges from practice, one dataclass each."""

from dataclasses import dataclass, field

from tus_dispatch.domain.demand import Purpose
from tus_dispatch.domain.scenario import SchoolZone
from tus_dispatch.domain.travel_source import Terrain


@dataclass(frozen=True, slots=True)
class DemandRanges:
    """How people ask; every number of ``domain.md`` §3.2 and §3.3 has its name here.

    Attributes
    ----------
    purposes
        Share of bookings by purpose (§3.2).
    median_km, sigma, shortest_km, longest_km
        Direct road distance, lognormal and clipped (§3.3).
    pair_share
        Bookings with an outward and a return leg (§3.3, outward ≈ return).
    party_shares
        One, two, three people per booking (§3.3).
    wheelchair_share
        People in a wheelchair; below the 13 % disabled of §3.3.
    slow_share
        People who take three to five minutes to board (§3.3).
    companion_share, child_share
        People with a companion; parties of two that are a parent and a child.
    own_limit_share
        People with a stricter ride limit of their own.
    hub_share
        Work and training trips that end at a station or start there (§3.3).
    early_share, evening_share
        Work bookings of the 05:00 and of the 13:00 shift (§3.1).
    group_size
        Largest number of bookings for one session (§4.2, M3).
    flexible_share
        Errands and other trips that may be left out, and fill troughs (§4.2, M2).
    evening_hub_share
        Hub trips that come back after the last bus (§1.1, P8).
    """

    purposes: tuple[tuple[Purpose, float], ...] = (
        (Purpose.WORK, 0.45),
        (Purpose.TRAINING, 0.25),
        (Purpose.INSERTION, 0.15),
        (Purpose.MEDICAL, 0.10),
        (Purpose.ERRANDS, 0.03),
        (Purpose.OTHER, 0.02),
    )
    median_km: float = 13.0
    sigma: float = 0.77
    shortest_km: float = 3.0
    longest_km: float = 60.0
    pair_share: float = 0.88
    party_shares: tuple[float, float, float] = (0.88, 0.09, 0.03)
    wheelchair_share: float = 0.07
    slow_share: float = 0.15
    companion_share: float = 0.03
    child_share: float = 0.4
    own_limit_share: float = 0.05
    hub_share: float = 0.08
    early_share: float = 0.08
    evening_share: float = 0.04
    group_size: int = 8
    flexible_share: float = 0.5
    evening_hub_share: float = 0.0


@dataclass(frozen=True, slots=True)
class FleetRanges:
    """Vehicles and shifts; ``domain.md`` §2.5 and §3.3.

    Attributes
    ----------
    pattern_weights
        How often a vehicle follows each pattern of ``shift_patterns``.
    car_share, large_share
        Vehicles of four and of eight passenger seats; the rest has six or seven.
    accessible_share
        Vehicles with wheelchair spaces, 10 to 25 % (§3.3).
    electric_share
        Vehicles with a range.
    short_contract_share
        Drivers on 26 hours a week, 60 to 90 % (§3.3).
    drivers_per_vehicle
        Fewest drivers for each vehicle (§3.3).
    open_share
        Shifts that wait for a driver.
    """

    pattern_weights: tuple[tuple[str, float], ...] = (
        ("long_day", 3.0),
        ("two_crews", 3.0),
        ("medium_day", 2.0),
        ("early_and_late", 1.5),
        ("single_day", 1.0),
    )
    car_share: float = 0.4
    large_share: float = 0.4
    accessible_share: float = 0.2
    electric_share: float = 0.15
    short_contract_share: float = 0.75
    drivers_per_vehicle: float = 1.3
    open_share: float = 0.08


@dataclass(frozen=True, slots=True)
class Family:
    """One reported territory and the way its association works.

    Attributes
    ----------
    key
        Name on the command line.
    title
        Name of the territory in French.
    story
        One French sentence for the note of the scenario.
    school_zone, terrain, winter
        School calendar, lie of the land, and factor on estimated times.
    landline_zone
        First digit of telephone numbers there.
    depots
        Commune codes of the depots, in order of importance.
    hubs
        Commune codes of the stations.
    excluded_epci
        Groups of communes whose own transport authority serves trips inside
        them, and where nobody is fetched at home.
    authority
        Name of that transport authority.
    n_sites
        Most workplaces, schools and meeting places of a day.
    prescribers
        Number of prescribers.
    demand, fleet
        Ranges.
    """

    key: str
    title: str
    story: str
    school_zone: SchoolZone
    terrain: Terrain
    landline_zone: int
    depots: tuple[str, ...]
    hubs: tuple[str, ...]
    excluded_epci: tuple[str, ...] = ()
    authority: str = ""
    winter: float = 1.0
    n_sites: int = 40
    prescribers: int = 25
    demand: DemandRanges = field(default_factory=DemandRanges)
    fleet: FleetRanges = field(default_factory=FleetRanges)
