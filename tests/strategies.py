"""Whole days that are feasible by construction: rounds first, limits opened around them.

Everything a scenario can say is mixed: linked legs across rounds, wheelchairs,
child seats, breaks, slots, absences, ranges, open and shared shifts, pins,
promises, optional legs, people kept apart, tight limits, nights and clock
changes, and mostly a law.
"""

import math
from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random  # noqa: TID251 - seeded, and passed in

import numpy as np
from hypothesis import strategies as st

from tests.day_demand import DemandMaker
from tests.day_drafts import DayTooLongError, DraftTour
from tests.day_fleet import FleetMaker
from tests.day_law import with_law
from tests.day_layout import Layout
from tus_dispatch.domain.objective import Objective, Profile, Weights
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.plan import Plan, Promise, Round, Stop
from tus_dispatch.domain.scenario import Scenario, Territory
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.travel_source import MatrixSource
from tus_dispatch.domain.units import LegId, PlaceId, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.cost import price

Day = tuple[Scenario, TravelMatrix, Plan]

AUTUMN, SPRING = date(2026, 10, 24), date(2026, 3, 28)
LONGEST_DRIVE_S = 1200
UNREACHABLE = -1


def random_day(rng: Random, *, n_legs: int, n_shifts: int) -> Day:
    """Draw a day of exactly this size, with a plan that keeps every rule.

    Parameters
    ----------
    rng
        Source of all choices; the same state gives the same day.
    n_legs, n_shifts
        Legs asked for (a few may be left out by the plan) and shifts; at
        least 1 each.

    Returns
    -------
    scenario, matrix, plan : tuple
        The plan belongs to the scenario; its cost is filled in.
    """
    scale = min(1.0, (50_000 * n_shifts / (2 * n_legs + 2) - 250) / (LONGEST_DRIVE_S / 2))
    scale = max(scale, 0.02)
    while True:
        try:
            return _lawful(rng, _DayMaker(rng, n_legs, n_shifts, scale).make())
        except DayTooLongError:
            scale *= 0.6


def _lawful(rng: Random, day: Day) -> Day:
    scenario, matrix, plan = day
    lawful = with_law(rng, scenario, matrix, plan)
    return lawful, matrix, replace(plan, scenario=lawful)


@st.composite
def days(draw: st.DrawFn, *, max_legs: int = 12, max_shifts: int = 4) -> Day:
    """Draw a seed and a size; the day follows from them."""
    n_legs = draw(st.integers(1, max_legs), label="legs")
    n_shifts = draw(st.integers(1, max_shifts), label="shifts")
    seed = draw(st.integers(0, 2**32 - 1), label="seed")
    rng = Random(seed)  # noqa: S311
    day = _DrawnDay(random_day(rng, n_legs=n_legs, n_shifts=n_shifts))
    day.recipe = f"random_day(Random({seed}), n_legs={n_legs}, n_shifts={n_shifts})"
    return day


class _DrawnDay(tuple[Scenario, TravelMatrix, Plan]):  # noqa: SLOT001 - tuples take no slots
    """A day that shows how to draw it again instead of all it holds."""

    recipe: str

    def __repr__(self) -> str:
        return self.recipe


class _DayMaker:
    def __init__(self, rng: Random, n_legs: int, n_shifts: int, scale: float) -> None:
        self.rng, self.n_legs, self.n_shifts = rng, n_legs, n_shifts
        self.night = rng.random() < 0.1
        service_date = date(2026, rng.randint(1, 12), rng.randint(1, 28))
        if self.night and rng.random() < 0.7:
            service_date = rng.choice((AUTUMN, SPRING))
        self.day = ServiceDay(service_date, "Europe/Paris")
        n_places = rng.randint(3, 6 + n_legs // 2)
        side_m = 30_000 * scale
        self.points = [(rng.uniform(0, side_m), rng.uniform(0, side_m)) for _ in range(n_places)]
        self.metres, self.seconds = self._tables()

    def _tables(self) -> tuple[list[list[int]], list[list[int]]]:
        rng, n = self.rng, len(self.points)
        metres, seconds = [[0] * n for _ in range(n)], [[0] * n for _ in range(n)]
        is_symmetric = rng.random() < 0.3
        for i in range(n):
            for j in range(n):
                if i != j and (i < j or not is_symmetric):
                    crow_m = math.dist(self.points[i], self.points[j])
                    metres[i][j] = math.ceil(crow_m * rng.uniform(1.1, 1.7)) + 100
                    seconds[i][j] = math.ceil(metres[i][j] / rng.uniform(8, 18)) + 15
                elif i != j:
                    metres[i][j], seconds[i][j] = metres[j][i], seconds[j][i]
        return metres, seconds

    def make(self) -> Day:
        rng = self.rng
        n_out = rng.randint(0, min(3, self.n_legs - 1)) if rng.random() < 0.15 else 0
        layout = Layout(rng, self.seconds, self.n_legs - n_out, self.n_shifts)
        layout.run()
        offset_s = self._offset_s(layout)
        fleet = FleetMaker(
            rng,
            layout.tours,
            offset_s,
            self.day.length_s,
            [self._driven_m(t) for t in layout.tours],
        ).make()
        demand = DemandMaker(rng, layout, self.seconds, offset_s, self.day.length_s)
        bookings, participants, unserved = demand.make(n_out)
        self._cut_unused_roads(layout, demand)
        scenario = Scenario(
            name="Journée tirée au sort",
            territory=Territory(name="Pays d'essai"),
            day=self.day,
            places=self._places(),
            vehicles=fleet.vehicles,
            drivers=fleet.drivers,
            shifts=fleet.shifts,
            participants=participants,
            bookings=bookings,
            objective=self._objective(),
            policy=demand.policy,
            travel=self._source(),
        )
        matrix = self._matrix()
        plan = Plan(
            scenario=scenario,
            rounds=self._rounds(layout, scenario, offset_s),
            unserved=unserved,
            promises=self._promises(layout, demand.policy.promise_tolerance_s, offset_s),
        )
        return scenario, matrix, replace(plan, cost=price(open_case(plan, matrix)))

    def _offset_s(self, layout: Layout) -> int:
        tours = [tour for tour in layout.tours if tour.stops]
        first_s = min(tour.stops[0].start_s for tour in tours)
        last_s = max(tour.stops[-1].departure_s for tour in tours)
        spare_s = self.day.length_s - (last_s - first_s)
        if spare_s < 0:
            raise DayTooLongError
        return (spare_s if self.night else self.rng.randint(0, spare_s)) - first_s

    def _driven_m(self, tour: DraftTour) -> int:
        return sum(self.metres[a.place][b.place] for a, b in pairwise(tour.stops))

    def _cut_unused_roads(self, layout: Layout, demand: DemandMaker) -> None:
        """Make a few pairs unreachable that neither the plan nor a direct drive needs."""
        if self.rng.random() > 0.15:
            return
        used = set(demand.direct_drives)
        for tour in layout.tours:
            places = [stop.place for stop in tour.stops]
            used |= set(pairwise(places))
        for i in range(len(self.points)):
            for j in range(len(self.points)):
                if i != j and (i, j) not in used and self.rng.random() < 0.1:
                    self.metres[i][j] = self.seconds[i][j] = UNREACHABLE

    def _places(self) -> tuple[Place, ...]:
        return tuple(
            Place(
                id=PlaceId(f"L{index}"),
                name=f"Lieu {index}",
                point=LatLon(lat=round(46.5 + y / 111_320, 6), lon=round(2.4 + x / 76_600, 6)),
            )
            for index, (x, y) in enumerate(self.points)
        )

    def _objective(self) -> Objective:
        profile = self.rng.choice(list(Profile))
        weights = Weights.of(profile)
        if self.rng.random() < 0.2:
            weights = replace(weights, per_metre=self.rng.randint(0, 100), per_late_second=70)
        return Objective(profile, weights)

    def _source(self) -> MatrixSource:
        def table(rows: list[list[int]]) -> tuple[tuple[int | None, ...], ...]:
            return tuple(tuple(None if v == UNREACHABLE else v for v in row) for row in rows)

        ids = tuple(place.id for place in self._places())
        return MatrixSource(places=ids, seconds=table(self.seconds), metres=table(self.metres))

    def _matrix(self) -> TravelMatrix:
        return TravelMatrix(
            place_ids=tuple(place.id for place in self._places()),
            seconds=np.array(self.seconds, dtype=np.int32),
            metres=np.array(self.metres, dtype=np.int32),
            source="matrix",
        )

    def _rounds(self, layout: Layout, scenario: Scenario, offset_s: int) -> tuple[Round, ...]:
        rounds = []
        for tour in layout.tours:
            if not tour.stops:
                continue
            shift = scenario.shift(ShiftId(f"S{tour.index}"))
            stops, before = [], tour.stops[0].place
            for stop in tour.stops:
                stops.append(
                    Stop(
                        kind=stop.kind,
                        place=PlaceId(f"L{stop.place}"),
                        leg=LegId(stop.ride.key) if stop.ride else None,
                        arrival_s=stop.arrival_s + offset_s,
                        start_s=stop.start_s + offset_s,
                        departure_s=stop.departure_s + offset_s,
                        drive_s=self.seconds[before][stop.place],
                        drive_m=self.metres[before][stop.place],
                        load=stop.load,
                    )
                )
                before = stop.place
            rounds.append(Round(shift.id, shift.vehicle, shift.driver, tour.chosen, tuple(stops)))
        return tuple(rounds)

    def _promises(self, layout: Layout, tolerance_s: int, offset_s: int) -> tuple[Promise, ...]:
        rng, promises = self.rng, []
        if rng.random() < 0.7:
            return ()
        for ride in layout.rides:
            if rng.random() < 0.6:
                told_s = ride.pickup_s + offset_s + rng.randint(-tolerance_s, tolerance_s)
                window = TimeWindow(
                    max(0, told_s - tolerance_s), min(self.day.length_s, told_s + tolerance_s)
                )
                promises.append(Promise(LegId(ride.key), window))
        return tuple(promises)
