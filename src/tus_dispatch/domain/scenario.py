"""A scenario is one service day: everything planning may ask for."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from tus_dispatch.domain.daytime import FlexibleBooking, GroupEvent, ProtectedTarget
from tus_dispatch.domain.demand import Booking, Participant
from tus_dispatch.domain.fleet import Driver, Shift, Vehicle
from tus_dispatch.domain.law import Law
from tus_dispatch.domain.objective import Objective, Profile, Weights
from tus_dispatch.domain.place import Place
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.travel_source import EstimateSource, Terrain, TravelSource
from tus_dispatch.domain.units import (
    BookingId,
    DriverId,
    ParticipantId,
    PlaceId,
    ShiftId,
    VehicleId,
)
from tus_dispatch.domain.working_time import WorkingTime


class SchoolZone(StrEnum):
    """Zone of the French school calendar."""

    A = "A"
    B = "B"
    C = "C"
    CORSICA = "Corse"
    OVERSEAS = "outre-mer"


@dataclass(frozen=True, slots=True)
class Territory:
    """Where the association works.

    Attributes
    ----------
    name
        Shown on sheets and maps.
    time_zone
        IANA name.
    school_zone
        For standing bookings and generated days, or None.
    terrain
        For estimated travel times.
    """

    name: str
    time_zone: str = "Europe/Paris"
    school_zone: SchoolZone | None = None
    terrain: Terrain = Terrain.PLAIN


@dataclass(frozen=True, slots=True)
class Scenario:
    """One service day, checked as a whole by the format that read it.

    Attributes
    ----------
    name
        What people call this day.
    territory, day
        Where and when.
    places, vehicles, drivers, shifts, participants, bookings
        All by identity, in the order of the file; every reference resolves.
    objective, policy
        What is good and what is allowed.
    travel
        Where travel times come from.
    note
        Free text about the file; nothing personal.
    working_time
        How the law of working time is applied; None where the file says
        nothing: then duties are planned as asked for, and what they break is
        told.
    flexible_bookings, group_events, protected_targets
        What may fill the middle of the day; planning a day leaves them alone,
        filling it does not.
    law
        What is needed to tell lawful trips, or None where nobody said.
    """

    name: str
    territory: Territory
    day: ServiceDay
    places: tuple[Place, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    drivers: tuple[Driver, ...] = ()
    shifts: tuple[Shift, ...] = ()
    participants: tuple[Participant, ...] = ()
    bookings: tuple[Booking, ...] = ()
    objective: Objective = Objective()
    policy: Policy = Policy()
    travel: TravelSource = EstimateSource()
    note: str | None = None
    working_time: WorkingTime | None = None
    flexible_bookings: tuple[FlexibleBooking, ...] = ()
    group_events: tuple[GroupEvent, ...] = ()
    protected_targets: tuple[ProtectedTarget, ...] = ()
    law: Law | None = None
    _places: dict[PlaceId, Place] = field(init=False, repr=False, compare=False)
    _vehicles: dict[VehicleId, Vehicle] = field(init=False, repr=False, compare=False)
    _drivers: dict[DriverId, Driver] = field(init=False, repr=False, compare=False)
    _shifts: dict[ShiftId, Shift] = field(init=False, repr=False, compare=False)
    _participants: dict[ParticipantId, Participant] = field(init=False, repr=False, compare=False)
    _bookings: dict[BookingId, Booking] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("places", "vehicles", "drivers", "shifts", "participants", "bookings"):
            object.__setattr__(self, f"_{name}", {each.id: each for each in getattr(self, name)})

    def with_profile(self, profile: Profile | None) -> "Scenario":
        """Return the day with another objective.

        Parameters
        ----------
        profile
            Wanted profile, or None for the day's own.

        Returns
        -------
        Scenario
            Weights the scenario changed one by one are kept with its own
            profile only.
        """
        if profile is None or profile is self.objective.profile:
            return self
        return replace(self, objective=Objective(profile, Weights.of(profile)))

    def place(self, place_id: PlaceId) -> Place:
        """Return a place; KeyError when unknown."""
        return self._places[place_id]

    def vehicle(self, vehicle_id: VehicleId) -> Vehicle:
        """Return a vehicle; KeyError when unknown."""
        return self._vehicles[vehicle_id]

    def driver(self, driver_id: DriverId) -> Driver:
        """Return a driver; KeyError when unknown."""
        return self._drivers[driver_id]

    def shift(self, shift_id: ShiftId) -> Shift:
        """Return a shift; KeyError when unknown."""
        return self._shifts[shift_id]

    def participant(self, participant_id: ParticipantId) -> Participant:
        """Return a participant; KeyError when unknown."""
        return self._participants[participant_id]

    def booking(self, booking_id: BookingId) -> Booking:
        """Return a booking; KeyError when unknown."""
        return self._bookings[booking_id]
