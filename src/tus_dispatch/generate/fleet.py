"""Who drives what and when: vehicles follow lawful patterns, drivers get their hours from them."""

from dataclasses import dataclass, replace

from tus_dispatch.domain.fleet import (
    Absence,
    AbsenceReason,
    BreakRule,
    Driver,
    ProtectedSlot,
    Shift,
    SlotKind,
    Vehicle,
)
from tus_dispatch.domain.place import Place
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import PlaceId, Seconds, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.generate.clock import QUARTER_S, at
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.drivers import Day, make_driver
from tus_dispatch.generate.family import FleetRanges
from tus_dispatch.generate.people import People
from tus_dispatch.generate.shift_patterns import (
    LONGEST_AMPLITUDE_S,
    LONGEST_GAP_S,
    PATTERN_NAMED,
    Duty,
    Pattern,
)
from tus_dispatch.generate.vehicles import make_vehicles, spare_vehicle

# Labour code: twenty minutes before six hours of work are over.
BREAK = BreakRule(duration_s=1200, after_s=6 * 3600)
_TROUGHS = (TimeWindow(at(9, 30), at(11, 30)), TimeWindow(at(14, 15), at(16, 0)))
_BAND_SHARE, _SLOT_SHARE, _ABSENCE_SHARE, _HOME_SHARE, _SHIFTED_SHARE = 0.4, 0.3, 0.1, 0.25, 0.3
_OPEN_CHANCE = 0.5


@dataclass(frozen=True, slots=True)
class Fleet:
    """What there is to drive with, and the hours the reference plan keeps.

    Attributes
    ----------
    vehicles, drivers, shifts
        As the scenario lists them.
    nominal
        Sign-on and sign-off per shift, inside its bands.
    """

    vehicles: tuple[Vehicle, ...]
    drivers: tuple[Driver, ...]
    shifts: tuple[Shift, ...]
    nominal: tuple[tuple[Seconds, Seconds], ...]


def make_fleet(
    patterns: list[Pattern],
    ranges: FleetRanges,
    places: tuple[tuple[Place, ...], tuple[Place, ...]],
    date: ServiceDay,
    chance: tuple[Draws, People],
) -> Fleet:
    """Draw vehicles, drivers and shifts.

    Parameters
    ----------
    patterns
        What each vehicle does.
    ranges
        The family's shares.
    places
        Depots, and homes of drivers near them in turn, which shifts may
        start at.
    date
        The service day.
    chance
        Where choices and people come from.

    Returns
    -------
    Fleet
        Every driver's day is lawful by default, even at the ends of its bands.
    """
    depots, homes = places
    ids = tuple(place.id for place in depots)
    vehicles = make_vehicles(len(patterns), ids, ranges, chance[0])
    # Homes were drawn near the depots in turn.
    near = {depot: [place.id for place in homes[i :: len(ids)]] for i, depot in enumerate(ids)}
    builder = _Builder(ranges, date, *chance, near)
    for vehicle, pattern in zip(vehicles, patterns, strict=True):
        builder.add_vehicle(vehicle, pattern)
    if len(vehicles) > 2:
        builder.vehicles.append(spare_vehicle(len(vehicles), ids[0]))
    builder.add_relief()
    return Fleet(
        tuple(builder.vehicles),
        tuple(builder.drivers),
        tuple(builder.shifts),
        tuple(builder.nominal),
    )


def choose_patterns(n_shifts: int, ranges: FleetRanges, draws: Draws) -> list[Pattern]:
    """Choose what vehicles do, and so how many there are.

    Parameters
    ----------
    n_shifts
        Exactly so many shifts.
    ranges
        The family's weights.
    draws
        Where chance comes from.

    Returns
    -------
    list of Pattern
        One per vehicle.
    """
    weights = dict(ranges.pattern_weights)
    chosen: list[Pattern] = []
    left = n_shifts
    while left:
        fitting = [PATTERN_NAMED[n] for n in weights if PATTERN_NAMED[n].n_shifts <= left]
        if not fitting:
            fitting = [PATTERN_NAMED["single_day"]]
        # A pattern chosen already is less likely, so that all kinds of hours are covered.
        rare = [weights.get(p.name, 1.0) / (1 + 2 * sum(c is p for c in chosen)) for p in fitting]
        pattern = draws.weighted(fitting, rare)
        chosen.append(pattern)
        left -= pattern.n_shifts
    return chosen


class _Builder:
    """Vehicles, drivers and shifts as they come together."""

    def __init__(
        self,
        ranges: FleetRanges,
        date: ServiceDay,
        draws: Draws,
        people: People,
        homes: dict[PlaceId, list[PlaceId]],
    ) -> None:
        self._ranges = ranges
        self._date = date
        self._draws = draws
        self._people = people
        self._homes = homes
        self._n_open = 0
        self.vehicles: list[Vehicle] = []
        self.drivers: list[Driver] = []
        self.shifts: list[Shift] = []
        self.nominal: list[tuple[Seconds, Seconds]] = []

    def add_vehicle(self, vehicle: Vehicle, pattern: Pattern) -> None:
        """Let a vehicle follow a pattern, a quarter of an hour sooner or later at times."""
        moved_s = QUARTER_S if self._draws.chance(_SHIFTED_SHARE) else 0
        first = len(self.shifts)
        self.vehicles.append(vehicle)
        homes = self._homes[vehicle.depot]
        takes_home = len(pattern.duties) == 1 and bool(homes)
        home = homes.pop() if takes_home and self._draws.chance(_HOME_SHARE) else None
        room_s = pattern.handover_s // 2
        for duty in pattern.duties:
            self._add_duty(vehicle, _later(duty, moved_s), home, room_s)
        has_slot = any(
            driver.protected_slots
            for driver in self.drivers
            if any(s.driver == driver.id for s in self.shifts[first:])
        )
        if not has_slot and self._draws.chance(_ABSENCE_SHARE):
            self.vehicles[-1] = self._absent(vehicle, first)

    def add_relief(self) -> None:
        """Add drivers without a shift until there are enough for the vehicles."""
        while len(self.drivers) < self._ranges.drivers_per_vehicle * len(self.vehicles):
            self._add_driver(Day(duty=None))

    def _add_duty(
        self, vehicle: Vehicle, duty: Duty, home: PlaceId | None, room_s: Seconds
    ) -> None:
        is_open = home is None and self._is_open(duty)
        self._n_open += is_open
        band_s = 0
        if self._draws.chance(_BAND_SHARE):
            wish_s = self._draws.choice((QUARTER_S, 2 * QUARTER_S))
            band_s = self._room(duty, min(wish_s, room_s))
        slots = () if is_open else self._slots(vehicle, duty)
        driver = None
        if not is_open:
            day = Day(duty, duty.hours[0][0] - band_s, slots, home)
            driver = self._add_driver(day).id
        for part, (start_s, end_s) in enumerate(duty.hours):
            is_first, is_last = part == 0, part == len(duty.hours) - 1
            self.nominal.append((start_s, end_s))
            self.shifts.append(
                Shift(
                    id=ShiftId(f"S{len(self.shifts) + 1:02d}"),
                    vehicle=vehicle.id,
                    driver=driver,
                    start=_band(start_s, band_s),
                    end=_band(end_s, band_s),
                    start_place=home if home and is_first else vehicle.depot,
                    end_place=home if home and is_last else vehicle.depot,
                    break_rule=BREAK,
                    max_duty_s=end_s - start_s,
                )
            )

    def _is_open(self, duty: Duty) -> bool:
        """Leave single shifts to be filled, up to the family's share rounded."""
        quota = round(self._ranges.open_share * (len(self.shifts) + 1))
        return len(duty.hours) == 1 and self._n_open < quota and self._draws.chance(_OPEN_CHANCE)

    def _add_driver(self, day: Day) -> Driver:
        is_short = self._draws.chance(self._ranges.short_contract_share)
        number = len(self.drivers)
        driver = make_driver(number, day, self._date, self._people, self._draws, is_short=is_short)
        self.drivers.append(driver)
        return driver

    @staticmethod
    def _room(duty: Duty, band_s: Seconds) -> Seconds:
        """Shrink a band until gap and amplitude stay lawful at its ends."""
        (start_s, _), (_, end_s) = duty.hours[0], duty.hours[-1]
        pairs = zip(duty.hours, duty.hours[1:], strict=False)
        gaps = [later[0] - sooner[1] for sooner, later in pairs]
        room_s = [(LONGEST_AMPLITUDE_S - (end_s - start_s)) // 2, start_s]
        room_s += [(LONGEST_GAP_S - gap) // 2 for gap in gaps]
        return min(band_s, *room_s)

    def _slots(self, vehicle: Vehicle, duty: Duty) -> tuple[ProtectedSlot, ...]:
        """Put training or accompaniment of an hour into a trough, at the depot."""
        inside = [w for w in _TROUGHS if _holds(duty, w)]
        if not inside or not self._draws.chance(_SLOT_SHARE):
            return ()
        window = self._hour_in(self._draws.choice(inside))
        kind = self._draws.choice((SlotKind.TRAINING, SlotKind.ACCOMPANIMENT))
        place = vehicle.depot if kind is SlotKind.TRAINING else None
        return (ProtectedSlot(window, kind, place),)

    def _absent(self, vehicle: Vehicle, first: int) -> Vehicle:
        """Keep a vehicle at its depot for an hour of a trough in which it would drive."""
        duty = Duty(tuple(self.nominal[first:]))
        inside = [w for w in _TROUGHS if _holds(duty, w)]
        if not inside:
            return vehicle
        window = self._hour_in(self._draws.choice(inside))
        reason = self._draws.choice((AbsenceReason.WORKSHOP, AbsenceReason.RENTED))
        if vehicle.range_m is not None:
            reason = AbsenceReason.CHARGING
        return replace(vehicle, absences=(Absence(window, reason),))

    def _hour_in(self, trough: TimeWindow) -> TimeWindow:
        start_s = self._draws.stepped(trough.earliest_s, trough.latest_s - 3600, QUARTER_S)
        return TimeWindow(start_s, start_s + 3600)


def _later(duty: Duty, moved_s: Seconds) -> Duty:
    return Duty(tuple((start_s + moved_s, end_s + moved_s) for start_s, end_s in duty.hours))


def _band(second: Seconds, band_s: Seconds) -> TimeWindow:
    return TimeWindow(second - band_s, second + band_s)


def _holds(duty: Duty, window: TimeWindow) -> bool:
    """Tell whether a shift has at least 45 minutes to drive on both sides of the window."""
    return any(
        start_s + 2700 <= window.earliest_s and window.latest_s <= end_s - 2700
        for start_s, end_s in duty.hours
    )
