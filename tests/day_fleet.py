"""Shifts, vehicles and drivers opened around the rounds of a drawn day."""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random  # noqa: TID251 - tests pass their seeded generator in

from tests.day_drafts import DraftTour
from tus_dispatch.domain.fleet import (
    Absence,
    AbsenceReason,
    BreakRule,
    Driver,
    Energy,
    ProtectedSlot,
    Shift,
    SlotKind,
    Vehicle,
)
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.domain.units import DriverId, PlaceId, ShiftId, VehicleId
from tus_dispatch.domain.window import TimeWindow

FIRST_NAMES = ("Alma", "Bruno", "Clara", "Denis", "Elsa", "Farid", "Gilda", "Hugo")


@dataclass(frozen=True)
class Fleet:
    """What the scenario takes over; ``crews`` gives each shift its vehicle and driver."""

    vehicles: tuple[Vehicle, ...]
    drivers: tuple[Driver, ...]
    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class _Hours:
    """Sign-on and sign-off of a round, and the widest hours its shift may take."""

    sign_on_s: int
    sign_off_s: int
    first_s: int
    last_s: int


class FleetMaker:
    """Opens bands, ranges, breaks and slots around rounds that already keep them.

    Parameters
    ----------
    rng
        Source of all choices.
    tours
        Rounds, by shift; those without stops become spare shifts.
    offset_s
        What turns the rounds' clock into that of the service day.
    length_s
        Length of the service day.
    metres
        Distance driven per round.
    """

    def __init__(
        self, rng: Random, tours: list[DraftTour], offset_s: int, length_s: int, metres: list[int]
    ) -> None:
        self.rng, self.tours, self.metres = rng, tours, metres
        self.offset_s, self.length_s = offset_s, length_s
        self.owner = list(range(len(tours)))
        self.hours = [self._hours(tour) for tour in tours]
        for index in range(1, len(tours)):
            self._share_with_the_one_before(index)

    def make(self) -> Fleet:
        bands = [self._bands(hours) for hours in self.hours]
        slots: defaultdict[int, list[ProtectedSlot]] = defaultdict(list)
        absences: defaultdict[int, list[Absence]] = defaultdict(list)
        for tour, (start, _) in zip(self.tours, bands, strict=True):
            owner = self.owner[tour.index]
            for kind, window, place in self._pauses(tour, start):
                if kind is StopKind.PROTECTED:
                    where = None if place is None else PlaceId(f"L{place}")
                    slot = ProtectedSlot(window, self.rng.choice(list(SlotKind)), where)
                    slots[owner].append(slot)
                elif kind is StopKind.ABSENCE:
                    absences[owner].append(Absence(window, self.rng.choice(list(AbsenceReason))))
        return Fleet(
            vehicles=tuple(
                self._vehicle(tour, tuple(absences[tour.index]))
                for tour in self.tours
                if self.owner[tour.index] == tour.index
            ),
            drivers=tuple(
                self._driver(tour, tuple(slots[tour.index]))
                for tour in self.tours
                if self.owner[tour.index] == tour.index and not tour.is_open
            ),
            shifts=tuple(
                self._shift(tour, *band) for tour, band in zip(self.tours, bands, strict=True)
            ),
        )

    def _hours(self, tour: DraftTour) -> _Hours:
        if tour.stops:
            sign_on_s = tour.stops[0].start_s + self.offset_s
            sign_off_s = tour.stops[-1].departure_s + self.offset_s
        else:
            sign_on_s = self.rng.randint(0, self.length_s // 2)
            sign_off_s = self.rng.randint(sign_on_s + 3600, self.length_s)
        return _Hours(sign_on_s, sign_off_s, 0, self.length_s)

    def _share_with_the_one_before(self, index: int) -> None:
        """Let a later twin use the same vehicle and driver, with hours that never overlap."""
        before, tour = self.tours[index - 1], self.tours[index]
        if not before.stops or not tour.stops or not _are_twins(before, tour):
            return
        earlier, later = self.hours[index - 1], self.hours[index]
        if earlier.sign_off_s > later.sign_on_s:
            return
        border_s = self.rng.randint(earlier.sign_off_s, later.sign_on_s)
        self.hours[index - 1] = replace(earlier, last_s=border_s)
        self.hours[index] = replace(later, first_s=border_s)
        self.owner[index] = self.owner[index - 1]

    def _bands(self, hours: _Hours) -> tuple[TimeWindow, TimeWindow]:
        start = TimeWindow(
            max(hours.first_s, hours.sign_on_s - self._slack_s()),
            min(hours.sign_off_s, hours.sign_on_s + self._slack_s()),
        )
        end = TimeWindow(
            max(hours.sign_on_s, hours.sign_off_s - self._slack_s()),
            min(hours.last_s, hours.sign_off_s + self._slack_s()),
        )
        return start, end

    def _slack_s(self) -> int:
        return self.rng.randint(0, 5400) if self.rng.random() < 0.7 else 0

    def _pauses(
        self, tour: DraftTour, start: TimeWindow
    ) -> list[tuple[StopKind, TimeWindow, int | None]]:
        found: list[tuple[StopKind, TimeWindow, int | None]] = []
        for before, stop in pairwise(tour.stops):
            first_s, last_s = stop.start_s + self.offset_s, stop.departure_s + self.offset_s
            if first_s == start.earliest_s and self.rng.random() < 0.5:
                # The slot began before the shift may.
                first_s = max(0, first_s - 600)
            if stop.kind is StopKind.ABSENCE:
                found.append((stop.kind, TimeWindow(first_s, last_s), stop.place))
            elif stop.kind is StopKind.PROTECTED:
                is_anywhere = stop.place == before.place and self.rng.random() < 0.5
                place = None if is_anywhere else stop.place
                found.append((stop.kind, TimeWindow(first_s, last_s), place))
                if stop.place == tour.depot:
                    # The workshop has the vehicle while its driver is at the training.
                    workshop = TimeWindow((first_s + last_s) // 2, last_s)
                    found.append((StopKind.ABSENCE, workshop, stop.place))
        is_alone = self.owner.count(self.owner[tour.index]) == 1
        if is_alone and start.earliest_s > 0 and self.rng.random() < 0.1:
            kind = StopKind.ABSENCE if tour.is_open else StopKind.PROTECTED
            found.append((kind, TimeWindow(start.earliest_s // 2, start.earliest_s), tour.depot))
        return found

    def _vehicle(self, tour: DraftTour, absences: tuple[Absence, ...]) -> Vehicle:
        rng = self.rng
        driven_m = max(
            m for m, owner in zip(self.metres, self.owner, strict=True) if owner == tour.index
        )
        range_m = driven_m + (0 if rng.random() < 0.3 else rng.randint(0, 50_000))
        return Vehicle(
            id=VehicleId(f"V{tour.index}"),
            name=f"Véhicule {tour.index}",
            depot=PlaceId(f"L{tour.depot}"),
            configurations=tour.configurations,
            child_seats=tour.child_seats,
            energy=rng.choice(list(Energy)),
            range_m=max(1, range_m) if rng.random() < 0.4 else None,
            absences=absences,
            features=tour.features,
        )

    def _driver(self, tour: DraftTour, slots: tuple[ProtectedSlot, ...]) -> Driver:
        return Driver(
            id=DriverId(f"D{tour.index}"),
            first_name=FIRST_NAMES[tour.index % len(FIRST_NAMES)],
            last_name=f"Agent-{tour.index}",
            volunteer=self.rng.random() < 0.2,
            qualifications=tour.qualifications,
            protected_slots=slots,
            home=PlaceId(f"L{tour.start_place}") if self.rng.random() < 0.3 else None,
        )

    def _shift(self, tour: DraftTour, start: TimeWindow, end: TimeWindow) -> Shift:
        rng, hours, owner = self.rng, self.hours[tour.index], self.owner[tour.index]
        duty_s = hours.sign_off_s - hours.sign_on_s
        longest_s = duty_s + (0 if rng.random() < 0.3 else rng.randint(0, 3600))
        return Shift(
            id=ShiftId(f"S{tour.index}"),
            vehicle=VehicleId(f"V{owner}"),
            driver=None if tour.is_open else DriverId(f"D{owner}"),
            start=start,
            end=end,
            start_place=PlaceId(f"L{tour.start_place}"),
            end_place=PlaceId(f"L{tour.end_place}"),
            break_rule=self._break_rule(tour, hours),
            max_duty_s=max(1, longest_s) if rng.random() < 0.4 else None,
        )

    def _break_rule(self, tour: DraftTour, hours: _Hours) -> BreakRule | None:
        rng, duty_s = self.rng, hours.sign_off_s - hours.sign_on_s
        taken = [stop for stop in tour.stops if stop.kind is StopKind.BREAK]
        if not taken:
            if rng.random() < 0.6:
                return None
            # A rule that this duty is just short enough for.
            return BreakRule(rng.choice((600, 1200)), max(1, duty_s + rng.choice((0, 0, 1800))))
        start_s = taken[0].start_s + self.offset_s
        duration_s = taken[0].departure_s - taken[0].start_s
        window = None
        if rng.random() < 0.4:
            window = TimeWindow(
                max(0, start_s - self._slack_s()), min(self.length_s, start_s + self._slack_s())
            )
        after_s = start_s - hours.sign_on_s + (0 if rng.random() < 0.4 else rng.randint(0, 1800))
        return BreakRule(duration_s, 0 if rng.random() < 0.3 else max(1, after_s), window)


def _are_twins(first: DraftTour, second: DraftTour) -> bool:
    names = ("configurations", "child_seats", "features", "qualifications", "is_open", "depot")
    return all(getattr(first, name) == getattr(second, name) for name in names)
