"""What happens to plans and legs while several people work on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tus_dispatch.domain.demand import Direction, EligibilityGround, ServiceRegime
from tus_dispatch.domain.fleet import VehicleTitle
from tus_dispatch.domain.offer import BookingOffer
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.units import (
    DriverId,
    EurCents,
    LegId,
    Metres,
    MilliCents,
    ParticipantId,
    Seconds,
    ShiftId,
    VehicleId,
)


class PlanOrigin(StrEnum):
    """What made a version of a plan."""

    SOLVE = "solve"
    BOOKING = "booking"
    CANCELLATION = "cancellation"
    CHANGE = "change"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """An immutable plan of a day.

    Attributes
    ----------
    id
        Random.
    number
        Counts from 1 within the day.
    parent
        Number of the version it was made from, or None.
    sha256
        Of its file.
    origin
        What made it.
    made_at
        UTC epoch seconds.
    plan
        The plan with the day as it was, names and addresses as they are now.
    """

    id: str
    number: int
    parent: int | None
    sha256: str
    origin: PlanOrigin
    made_at: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class DayPointer:
    """Which versions count on a day.

    Attributes
    ----------
    service_date
        Which day.
    current
        Number of the version bookings are taken into, or None before any.
    published
        Number of the version drivers read, or None.
    revision
        Grows with every move of a pointer, and with every change of what the
        day consists of.
    """

    service_date: date
    current: int | None = None
    published: int | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class KeptOffer:
    """An offer that somebody may still take.

    Attributes
    ----------
    id
        Random.
    asked
        The booking it is for, with its day.
    made_on
        Number of the plan version it was computed on.
    offer
        Legs, times and rounds.
    expires_at
        UTC epoch seconds.
    """

    id: str
    asked: DatedBooking
    made_on: int
    offer: BookingOffer
    expires_at: int


class JobState(StrEnum):
    """Where a solve stands."""

    QUEUED = "queued"
    SOLVING = "solving"
    COMPLETED = "completed"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SolveJob:
    """A solve of a day.

    Attributes
    ----------
    id
        Random.
    service_date
        Which day.
    base_number, base_revision
        The plan version and the day's revision it started from.
    state
        Where it stands.
    time_limit_s, seed, workers
        As asked.
    attempts
        How often it was begun.
    heartbeat_at
        When its process was last heard of, or None.
    n_requests, n_served
        Legs, and those the best plan so far serves.
    cost
        Of the best so far, or None.
    gap
        How far from the best it can be, or None.
    elapsed_s
        Seconds of search.
    result_number
        The plan version it made, or None.
    is_outdated
        Whether the day moved on meanwhile, so that the result is only
        offered.
    failure
        Why it failed, a French sentence, or None.
    """

    id: str
    service_date: date
    base_number: int | None
    base_revision: int
    state: JobState
    time_limit_s: float
    seed: int = 0
    workers: int = 1
    attempts: int = 0
    heartbeat_at: int | None = None
    n_requests: int = 0
    n_served: int = 0
    cost: MilliCents | None = None
    gap: float | None = None
    elapsed_s: float = 0.0
    result_number: int | None = None
    is_outdated: bool = False
    failure: str | None = None


class DriverEventKind(StrEnum):
    """What a driver reports with one tap."""

    LEFT = "left"
    ARRIVED = "arrived"
    ABOARD = "aboard"
    DROPPED = "dropped"
    NO_SHOW = "no_show"


@dataclass(frozen=True, slots=True)
class DriverEvent:
    """One tap; the identity is made on the phone, so that a repeat is recognised.

    Attributes
    ----------
    id
        UUID from the phone.
    service_date, shift
        On which round.
    kind
        What happened.
    leg
        Whose, or None for leaving the depot.
    device_at
        What the phone's clock said, a claim; UTC epoch seconds.
    received_at
        When the server heard of it.
    """

    id: str
    service_date: date
    shift: ShiftId
    kind: DriverEventKind
    leg: LegId | None
    device_at: int
    received_at: int


@dataclass(frozen=True, slots=True)
class CompletedLeg:
    """What the yearly return needs to know of a leg that took place.

    Attributes
    ----------
    leg, direction, service_date
        Which leg.
    participant, driver, vehicle
        Who was carried by whom in what, by pseudonymous ids.
    is_volunteer
        Whether the driver was a volunteer.
    vehicle_title, seats
        By which title the vehicle was used, and its passenger seats.
    regime, ground
        Regime of the booking, and the ground of eligibility, or None.
    billable_m
        Direct road metres of the leg.
    participation_eur_cents
        Asked for it.
    """

    leg: LegId
    direction: Direction
    service_date: date
    participant: ParticipantId
    driver: DriverId | None
    is_volunteer: bool
    vehicle: VehicleId
    vehicle_title: VehicleTitle
    seats: int
    regime: ServiceRegime
    ground: EligibilityGround | None
    billable_m: Metres
    participation_eur_cents: EurCents


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody whose pickup moves when a plan is published.

    Attributes
    ----------
    leg
        Whose.
    before_s, after_s
        Start of service at the pickup, seconds of the day; None where it was
        or is not served.
    """

    leg: LegId
    before_s: Seconds | None
    after_s: Seconds | None
