"""Made-up demand for the middle of a day: flexible bookings, events, time kept for drivers."""

from dataclasses import dataclass, replace

from tus_dispatch.domain.daytime import (
    Attendance,
    EventKind,
    FlexibleBooking,
    GroupEvent,
    ProtectedTarget,
)
from tus_dispatch.domain.demand import EligibilityGround, Participant, Purpose
from tus_dispatch.domain.fleet import SlotKind
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel_source import EstimateSource
from tus_dispatch.domain.units import BookingId, EventId, ParticipantId, PlaceId, TargetId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.generate.clock import at
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.families import FAMILIES
from tus_dispatch.generate.law import listed_communes
from tus_dispatch.generate.participants import ground_for, papers
from tus_dispatch.generate.people import People
from tus_dispatch.generate.settlements import (
    Settlement,
    crow_flies_m,
    point_in,
    settlements_of,
)

# domain.md §3.3: flexible trips fit anywhere in two to four hours; the troughs
# between them and the peaks are those of §3.1.
_WINDOWS = (
    (TimeWindow(at(9, 15), at(12, 15)),),
    (TimeWindow(at(13), at(16)),),
    (TimeWindow(at(9, 30), at(12)), TimeWindow(at(13, 30), at(15, 45))),
    (TimeWindow(at(9, 30), at(15, 30)),),
)
_WINDOW_WEIGHTS = (2.0, 2.0, 3.0, 3.0)
_STAYS_S = (1800, 5400, 900)
_PURPOSES = {Purpose.ERRANDS: 4.0, Purpose.INSERTION: 3.0, Purpose.MEDICAL: 2.0, Purpose.OTHER: 1.0}
_ONE_WAY_SHARE = 0.5
_EVENTS = (
    (EventKind.WORKSHOP, "Atelier mobilité", TimeWindow(at(10), at(11, 15))),
    (EventKind.FOOD, "Distribution alimentaire", TimeWindow(at(14, 30), at(15, 15))),
    (EventKind.PERMANENCE, "Permanence d’accueil", TimeWindow(at(10, 15), at(11, 30))),
    (EventKind.MARKET, "Marché", TimeWindow(at(9, 45), at(11))),
)
_GROUP = (5, 8)
# As the crow flies. People run errands in the nearest town; the way to work is longer.
_NEAREST_M, _MEDIAN_M, _SIGMA = 2_000, 7_000, 0.5
_CHOICES, _NEIGHBOURS = 3, 6
# An association gathers people where its vehicles stand, and from nearby.
_NEAR_DEPOT_M, _GATHERED_M = 12_000, 9_000
_STATION = "Gare "
_LAST_DEPARTURES = (at(18, 15), at(19), at(20, 5))
_TARGET_S, _TARGET_LENGTHS_S = 3600, (3600, 1800)


@dataclass(slots=True)
class _Land:
    """Where people of a day live and go, and where newcomers may live."""

    scenario: Scenario
    draws: Draws
    homes: list[Place]
    sites: list[Place]
    settlements: dict[str, Settlement]
    listed: frozenset[str]

    def site_near(self, home: Place) -> Place:
        """Draw a destination within reach of a home."""
        wish_m = self.draws.lognormal(_MEDIAN_M, _SIGMA)
        apart = [site for site in self.sites if _away_m(home, site) >= _NEAREST_M]
        apart.sort(key=lambda site: abs(_away_m(home, site) - wish_m))
        return self.draws.choice(apart[:_CHOICES])

    def meeting_place(self) -> Place:
        """Draw where a group meets."""
        depots = [self.scenario.place(each.depot) for each in self.scenario.vehicles]
        near = [
            site
            for site in self.sites
            if min(_away_m(site, depot) for depot in depots) <= _NEAR_DEPOT_M
        ]
        return self.draws.choice(near or self.sites)

    def neighbours(self, site: Place, wanted: int) -> list[Place]:
        """Draw homes near one another and within reach of a site."""
        within = [home for home in self.homes if _NEAREST_M <= _away_m(home, site) <= _GATHERED_M]
        centre = self.draws.choice(within or self.homes)
        pool = sorted(within or self.homes, key=lambda home: _away_m(home, centre))
        return [self.draws.choice(pool[:_NEIGHBOURS]) for _ in range(wanted)]

    def beside(self, home: Place, name: str) -> Place:
        """Put a new home into the commune of another; on other roads, share its place."""
        settlement = self.settlements.get(home.insee or "")
        if settlement is None or not isinstance(self.scenario.travel, EstimateSource):
            return home
        title = f"{settlement.name}, domicile {name}"
        return Place(PlaceId(f"H{name}"), title, point_in(settlement, self.draws), home.insee)


def with_daytime(
    scenario: Scenario, *, seed: int, n_flexible: int, n_events: int, n_targets: int = 0
) -> Scenario:
    """Add demand for the middle of the day to a made-up day.

    Parameters
    ----------
    scenario
        A made-up day with bookings; its places have points.
    seed
        Same day and seed, same answer.
    n_flexible, n_events
        Flexible bookings and events to add.
    n_targets
        Drivers who are to have an hour of training.

    Returns
    -------
    Scenario
        The same bookings, drivers and shifts; more people, homes, flexible
        bookings and events, and stations with a last departure.
    """
    draws = Draws(seed)
    land = _land(scenario, draws)
    people = People(draws, 1)
    places = {place.id: place for place in scenario.places}
    newcomers: list[Participant] = []

    def settle(name: str, home: Place, site: Place) -> tuple[ParticipantId, PlaceId]:
        person = _person(name, (home, site), land, people)
        newcomers.append(person)
        own = land.beside(home, name)
        places[own.id] = own
        return person.id, own.id

    flexible = []
    for number in range(1, n_flexible + 1):
        name = f"F{number:02d}"
        home = draws.choice(land.homes)
        site = land.site_near(home)
        flexible.append(_flexible(BookingId(name), settle(name, home, site), site, draws))
    events = []
    for number in range(1, n_events + 1):
        site = land.meeting_place()
        homes = land.neighbours(site, draws.whole(*_GROUP))
        coming = [
            Attendance(*settle(f"E{number}{seat:02d}", home, site))
            for seat, home in enumerate(homes, start=1)
        ]
        events.append(_event(number, site, coming, draws))
    return replace(
        scenario,
        places=tuple(_with_last_departure(place, draws) for place in places.values()),
        participants=(*scenario.participants, *newcomers),
        flexible_bookings=tuple(flexible),
        group_events=tuple(events),
        protected_targets=_targets(scenario, n_targets),
    )


def _land(scenario: Scenario, draws: Draws) -> _Land:
    outward = [each.outward for each in scenario.bookings if each.outward is not None]
    homes = list(dict.fromkeys(leg.origin for leg in outward))
    sites = list(dict.fromkeys(leg.destination for leg in outward))
    return _Land(
        scenario,
        draws,
        [scenario.place(each) for each in homes],
        [scenario.place(each) for each in sites],
        {each.insee: each for key in FAMILIES for each in settlements_of(key) if each.insee},
        frozenset(code for family in FAMILIES.values() for code in listed_communes(family)),
    )


def _person(name: str, ends: tuple[Place, Place], land: _Land, people: People) -> Participant:
    met = people.meet()
    home, site = (land.settlements.get(place.insee or "") for place in ends)
    ground = EligibilityGround.BOTH
    if home is not None and site is not None:
        is_hub = ends[1].name.startswith(_STATION)
        ground = ground_for(home, site, land.listed, land.draws, at_hub=is_hub)
    eligibility, referral = papers(ground, land.scenario.day.date, 20, land.draws)
    return Participant(
        id=ParticipantId(name),
        first_name=met.first,
        last_name=met.last,
        phone=met.phone,
        eligibility=eligibility,
        referrals=(referral,),
    )


def _flexible(
    name: BookingId, who: tuple[ParticipantId, PlaceId], site: Place, draws: Draws
) -> FlexibleBooking:
    participant, home = who
    is_station = site.name.startswith(_STATION)
    return FlexibleBooking(
        id=name,
        participant=participant,
        home=home,
        place=site.id,
        windows=draws.weighted(_WINDOWS, _WINDOW_WEIGHTS),
        stay_s=draws.stepped(*_STAYS_S),
        # Whoever goes on by train is not fetched again.
        one_way=is_station and draws.chance(_ONE_WAY_SHARE),
        purpose=draws.weighted(list(_PURPOSES), list(_PURPOSES.values())),
    )


def _event(number: int, site: Place, coming: list[Attendance], draws: Draws) -> GroupEvent:
    kind, title, window = draws.choice(_EVENTS)
    return GroupEvent(
        id=EventId(f"E{number}"),
        name=title,
        kind=kind,
        place=site.id,
        window=window,
        capacity=draws.whole(_GROUP[1], _GROUP[1] + 4),
        attendances=tuple(coming),
    )


def _targets(scenario: Scenario, wanted: int) -> tuple[ProtectedTarget, ...]:
    driving = dict.fromkeys(shift.driver for shift in scenario.shifts if shift.driver is not None)
    employed = [each for each in driving if not scenario.driver(each).volunteer]
    return tuple(
        ProtectedTarget(
            TargetId(f"T{number}"), driver, SlotKind.TRAINING, _TARGET_S, _TARGET_LENGTHS_S
        )
        for number, driver in enumerate(employed[:wanted], start=1)
    )


def _with_last_departure(place: Place, draws: Draws) -> Place:
    if not place.name.startswith(_STATION):
        return place
    return replace(place, last_departure_s=draws.choice(_LAST_DEPARTURES))


def _away_m(one: Place, other: Place) -> float:
    nowhere = LatLon(lat=0, lon=0)
    return crow_flies_m(one.point or nowhere, other.point or nowhere)
