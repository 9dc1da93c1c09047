"""Vehicles, drivers and shifts: what there is to drive with."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tus_dispatch.domain.units import DriverId, Metres, PlaceId, Seconds, ShiftId, VehicleId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.domain.working_time import WorkSpan


class Energy(StrEnum):
    """What a vehicle runs on."""

    DIESEL = "diesel"
    PETROL = "petrol"
    HYBRID = "hybrid"
    ELECTRIC = "electric"
    GAS = "gas"


class VehicleTitle(StrEnum):
    """By which title the association uses a vehicle; a matter of law, not of use."""

    OWNED = "owned"
    LENT = "made_available_non_profit"
    HIRED = "hired"


class AbsenceReason(StrEnum):
    """Why a vehicle is not available."""

    WORKSHOP = "workshop"
    RENTED = "rented"
    CHARGING = "charging"
    OTHER = "other"


class SlotKind(StrEnum):
    """What a driver's protected slot is for."""

    TRAINING = "training"
    ACCOMPANIMENT = "accompaniment"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Configuration:
    """One way to fit out a vehicle for a whole round.

    Attributes
    ----------
    seats
        Ordinary passenger seats, the driver's not counted, 0 to 8.
    wheelchairs
        Wheelchair spaces.
    """

    seats: int
    wheelchairs: int = 0


@dataclass(frozen=True, slots=True)
class Absence:
    """A period in which a vehicle stays at its depot.

    Attributes
    ----------
    window
        From and until, both in seconds of the service day.
    reason
        Workshop, rental, charging or other.
    """

    window: TimeWindow
    reason: AbsenceReason


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle of at most nine seats, the driver's included.

    Attributes
    ----------
    id, name
        Identity, and what people call it.
    depot
        Where it is kept.
    configurations
        Alternatives of which one is chosen for a round; at least one.
    child_seats
        Child restraints it carries.
    energy
        What it runs on.
    range_m
        Longest distance of one round, or None without limit.
    title
        By which title it is used.
    absences
        When it is in the workshop or rented out.
    features
        What it offers to legs that require it (``ramp``, ``towbar``, …).
    """

    id: VehicleId
    name: str
    depot: PlaceId
    configurations: tuple[Configuration, ...]
    child_seats: int = 0
    energy: Energy = Energy.DIESEL
    range_m: Metres | None = None
    title: VehicleTitle = VehicleTitle.OWNED
    absences: tuple[Absence, ...] = ()
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtectedSlot:
    """Time of a driver that no round may touch.

    Attributes
    ----------
    window
        From and until.
    kind
        Training, accompaniment or other.
    place
        Where the driver must be, or None when the vehicle may stand anywhere.
    """

    window: TimeWindow
    kind: SlotKind
    place: PlaceId | None = None


@dataclass(frozen=True, slots=True)
class Driver:
    """A driver, employed or volunteering.

    Attributes
    ----------
    id, first_name, last_name, phone
        Who it is.
    volunteer
        Whether working time rules of employees do not apply.
    contract_week_s
        Contract seconds per week, or None for volunteers.
    worked_week_s
        Seconds already worked this week.
    night_year_s
        Night seconds worked in the last twelve months.
    last_duty_end_at
        UTC epoch seconds of the end of the last duty, or None when unknown.
    qualifications
        What legs may require of a driver (``wheelchair``, ``first_aid``, …).
    protected_slots
        Training and accompaniment of the day.
    home
        Where a shift may start and end, or None.
    past_work
        What was really worked before the day, in order; as far back as noted.
    past_weeks_s
        Seconds worked in the weeks before this one, the latest first.
    told_on
        Day on which the driver was told of working on this day, or None.
    medical_until
        Last day of the préfet's medical attestation, or None without one.
    """

    id: DriverId
    first_name: str = ""
    last_name: str = ""
    phone: str | None = None
    volunteer: bool = False
    contract_week_s: Seconds | None = None
    worked_week_s: Seconds = 0
    night_year_s: Seconds = 0
    last_duty_end_at: int | None = None
    qualifications: tuple[str, ...] = ()
    protected_slots: tuple[ProtectedSlot, ...] = ()
    home: PlaceId | None = None
    past_work: tuple[WorkSpan, ...] = ()
    past_weeks_s: tuple[Seconds, ...] = ()
    told_on: date | None = None
    medical_until: date | None = None


@dataclass(frozen=True, slots=True)
class BreakRule:
    """When a duty needs a break with nobody aboard.

    Attributes
    ----------
    duration_s
        Length of the break.
    after_s
        A duty longer than this (from sign-on to sign-off, the break itself
        not counted) needs one, and it starts no later than this after
        sign-on. 0 means every duty needs one, at any time.
    window
        Bounds for the start of the break, or None.
    """

    duration_s: Seconds = 1200
    after_s: Seconds = 21600
    window: TimeWindow | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A vehicle, hours, and a driver or nobody yet.

    Attributes
    ----------
    id
        Identity inside the scenario.
    vehicle
        What is driven.
    driver
        Who drives, or None for an open shift.
    start, end
        Bands for sign-on and sign-off; a fixed hour is a band of one second.
    start_place, end_place
        Depot, home or any other place.
    break_rule
        The break, or None.
    max_duty_s
        Longest time from sign-on to sign-off, or None.
    name
        What people call it; empty where the identity is name enough.
    """

    id: ShiftId
    vehicle: VehicleId
    driver: DriverId | None
    start: TimeWindow
    end: TimeWindow
    start_place: PlaceId
    end_place: PlaceId
    break_rule: BreakRule | None = None
    max_duty_s: Seconds | None = None
    name: str = ""

    @property
    def title(self) -> str:
        """What sheets and maps call it."""
        return self.name or self.id
