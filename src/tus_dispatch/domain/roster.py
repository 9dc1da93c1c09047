"""What repeats and what is an exception: shifts of a week, absences, use of vehicles."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tus_dispatch.domain.demand import Referral
from tus_dispatch.domain.fleet import BreakRule, SlotKind, Vehicle
from tus_dispatch.domain.place import Place
from tus_dispatch.domain.units import DriverId, ParticipantId, PlaceId, Seconds, VehicleId


@dataclass(frozen=True, slots=True)
class WallBand:
    """Two clock times of a service day, ``06:30`` or ``00:15+1``; equal for a fixed hour.

    Attributes
    ----------
    earliest, latest
        As a scenario file writes them.
    """

    earliest: str
    latest: str


@dataclass(frozen=True, slots=True)
class ShiftRule:
    """A shift of every week, or of one day.

    Attributes
    ----------
    name
        What people call it.
    vehicle, driver
        What is driven, and by whom; None for an open shift.
    start, end
        Bands for sign-on and sign-off.
    start_place, end_place
        Depot, home or any other place.
    weekdays
        0 for Monday to 6 for Sunday; empty for a shift of one day.
    valid_from, valid_until
        First and last day of a weekly shift; None without a bound.
    service_date
        The one day, or None for a weekly shift.
    replaces
        Identity of the weekly shift it stands for on that day, or None.
    is_cancelled
        Whether the weekly shift simply does not take place that day.
    break_rule, max_duty_s
        As in a shift.
    """

    name: str
    vehicle: VehicleId
    driver: DriverId | None
    start: WallBand
    end: WallBand
    start_place: PlaceId
    end_place: PlaceId
    weekdays: tuple[int, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    service_date: date | None = None
    replaces: str | None = None
    is_cancelled: bool = False
    break_rule: BreakRule | None = None
    max_duty_s: Seconds | None = None


class FleetKind(StrEnum):
    """What a thing of the fleet is; only vehicles with a driver's seat for others are planned."""

    CAR = "car"
    MINIBUS = "minibus"
    SCOOTER = "scooter"
    BIKE = "bike"

    @property
    def is_dispatched(self) -> bool:
        """Whether it may ever carry passengers."""
        return self in {FleetKind.CAR, FleetKind.MINIBUS}


@dataclass(frozen=True, slots=True)
class FleetItem:
    """A vehicle of the association, whether planned or only lent out.

    Attributes
    ----------
    vehicle
        Without absences: those are in its calendar.
    kind
        What it is.
    """

    vehicle: Vehicle
    kind: FleetKind


class VehicleState(StrEnum):
    """What a vehicle is doing besides being free."""

    DISPATCH = "dispatch"
    RENTED = "rented"
    WORKSHOP = "workshop"
    CHARGING = "charging"
    SCHOOL = "school"
    UNAVAILABLE = "unavailable"
    # Carrying others' goods for payment; asked for, and refused by default.
    GOODS_FOR_HIRE = "goods_for_hire"


@dataclass(frozen=True, slots=True)
class VehicleUse:
    """A period in the calendar of a vehicle; two never overlap.

    Attributes
    ----------
    vehicle
        Which one.
    state
        What it is used for.
    from_at, until_at
        UTC epoch seconds.
    participant
        Who rents it, or None.
    """

    vehicle: VehicleId
    state: VehicleState
    from_at: int
    until_at: int
    participant: ParticipantId | None = None


@dataclass(frozen=True, slots=True)
class DriverTime:
    """A period in which a driver is away, or has something protected.

    Attributes
    ----------
    driver
        Who.
    slot
        What a protected slot is for, or None for an absence.
    from_at, until_at
        UTC epoch seconds.
    place
        Where the driver must be, or None.
    """

    driver: DriverId
    slot: SlotKind | None
    from_at: int
    until_at: int
    place: PlaceId | None = None


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When a place can be reached on a weekday.

    Attributes
    ----------
    weekday
        0 for Monday.
    band
        From and until.
    """

    weekday: int
    band: WallBand


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """A place as the association keeps it.

    Attributes
    ----------
    place
        Name, point and address.
    home_of
        The participant or driver who lives there, or None; a home is personal
        data and goes with the person.
    opening
        When it is open; empty without limit.
    is_partner
        Whether a partner receives people there.
    """

    place: Place
    home_of: str | None = None
    opening: tuple[OpeningHours, ...] = ()
    is_partner: bool = False


@dataclass(frozen=True, slots=True)
class KeptReferral:
    """A referral as the association keeps it.

    Attributes
    ----------
    participant
        Who was referred.
    referral
        By whom, and for which days.
    """

    participant: ParticipantId
    referral: Referral


@dataclass(frozen=True, slots=True)
class ContractDay:
    """Hours that a contract allows on a weekday.

    Attributes
    ----------
    weekday
        0 for Monday.
    band
        Earliest sign-on and latest sign-off.
    """

    weekday: int
    band: WallBand


@dataclass(frozen=True, slots=True)
class ContractPattern:
    """How a written contract spreads the hours of an employee over the week.

    Attributes
    ----------
    driver
        Whose contract.
    days
        Days on which work may be asked for; none twice.
    hours_notice
        Hours between telling the driver and the start of the day.
    valid_from, valid_until
        First and last day; None without a bound.
    """

    driver: DriverId
    days: tuple[ContractDay, ...]
    hours_notice: int = 168
    valid_from: date | None = None
    valid_until: date | None = None
