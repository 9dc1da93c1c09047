"""Names and times of one plan in words: people by first name and initial, never more."""

from dataclasses import dataclass, field

from tus_dispatch.cli.wording import joined
from tus_dispatch.domain.demand import Direction, Leg
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.run_sheet import short_name
from tus_dispatch.domain.units import (
    DriverId,
    LegId,
    ParticipantId,
    PlaceId,
    Seconds,
    ShiftId,
    VehicleId,
)
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.formats.wording import printable

NO_DRIVER = "à pourvoir"
DIRECTIONS = {Direction.OUTWARD: "aller", Direction.RETURN: "retour"}


@dataclass(frozen=True, slots=True)
class PlanWords:
    """Looks names up in a plan.

    Attributes
    ----------
    plan
        The plan.
    legs
        All legs of its day by identity.
    """

    plan: Plan
    legs: dict[LegId, Leg] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "legs", {leg.id: leg for leg in legs_of(self.plan.scenario)})

    def clock(self, second: Seconds) -> str:
        """Return a local time, ``07:42``."""
        return self.plan.scenario.day.clock(second)

    def between(self, start_s: Seconds, end_s: Seconds) -> str:
        """Return two local times, ``07:42–08:10``."""
        return f"{self.clock(start_s)}–{self.clock(end_s)}"

    def person(self, participant: ParticipantId) -> str:
        """Return first name and initial."""
        person = self.plan.scenario.participant(participant)
        return printable(short_name(person.first_name, person.last_name, person.id))

    def rider(self, leg: LegId) -> str:
        """Return who travels, with the size of a party."""
        found = self.legs[leg]
        others = found.load.seats + found.load.wheelchairs - 1
        name = self.person(found.participant)
        return f"{name} + {others}" if others else name

    def driver(self, driver: DriverId | None) -> str:
        """Return first name and initial, or that the shift is still open."""
        if driver is None:
            return NO_DRIVER
        found = self.plan.scenario.driver(driver)
        return printable(short_name(found.first_name, found.last_name, found.id))

    def shift(self, shift: ShiftId) -> str:
        """Return the name of a shift."""
        return printable(shift)

    def vehicle(self, vehicle: VehicleId) -> str:
        """Return what people call the vehicle."""
        found = self.plan.scenario.vehicle(vehicle)
        return printable(found.name or found.id)

    def place(self, place: PlaceId) -> str:
        """Return what the driver calls the place."""
        found = self.plan.scenario.place(place)
        return printable(found.name or found.id)

    def leg(self, leg: LegId) -> str:
        """Return who travels, which way, from where to where."""
        found = self.legs[leg]
        way = f"{self.place(found.origin)} → {self.place(found.destination)}"
        return f"{self.rider(leg)}, {DIRECTIONS[found.direction]}, {way}"

    def asked(self, leg: LegId) -> str:
        """Return the times asked for, as a sentence."""
        found = self.legs[leg]
        pickup, dropoff = found.pickup_window, found.dropoff_window
        phrases = []
        if pickup is not None:
            phrases.append(self._departure(pickup, found.target_pickup_s))
        if dropoff is not None:
            phrases.append(self._arrival(dropoff, found.target_dropoff_s))
        return joined(phrases)

    def _departure(self, window: TimeWindow, target_s: Seconds | None) -> str:
        earliest, latest = self.clock(window.earliest_s), self.clock(window.latest_s)
        if window.earliest_s == window.latest_s:
            return f"partir à {earliest}"
        if target_s == window.earliest_s:
            return f"partir à {earliest} au plus tôt, à {latest} au plus tard"
        return f"partir entre {earliest} et {latest}{self._wish(target_s)}"

    def _arrival(self, window: TimeWindow, target_s: Seconds | None) -> str:
        earliest, latest = self.clock(window.earliest_s), self.clock(window.latest_s)
        if window.earliest_s == window.latest_s:
            return f"arriver à {latest}"
        if target_s == window.latest_s:
            return f"arriver à {latest} au plus tard, pas avant {earliest}"
        return f"arriver entre {earliest} et {latest}{self._wish(target_s)}"

    def _wish(self, target_s: Seconds | None) -> str:
        return "" if target_s is None else f" (heure demandée {self.clock(target_s)})"
