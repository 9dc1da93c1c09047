"""Who asks to be driven, where, when and under which conditions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.units import (
    BookingId,
    DriverId,
    EurCents,
    LegId,
    ParticipantId,
    PlaceId,
    Seconds,
    ShiftId,
)
from tus_dispatch.domain.window import TimeWindow


class EligibilityGround(StrEnum):
    """Why a person may use social transport; evidence itself is never stored."""

    LOCATION = "location"
    INCOME = "income"
    BOTH = "both"
    NONE = "none"


class ServiceRegime(StrEnum):
    """Under which legal regime a booking is carried; rules follow the booking."""

    TUS = "tus"
    PRIVATE_STAFF = "private_staff"
    PUBLIC_CONTRACT = "public_contract"
    INTERNAL = "internal"
    RENTAL_SELF_DRIVE = "rental_self_drive"


class Purpose(StrEnum):
    """What the trip is for; never shown to drivers."""

    WORK = "work"
    TRAINING = "training"
    INSERTION = "insertion"
    MEDICAL = "medical"
    ERRANDS = "errands"
    OTHER = "other"


class Direction(StrEnum):
    """The two legs a booking may hold."""

    OUTWARD = "out"
    RETURN = "ret"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The outcome of an eligibility check, without its evidence.

    Attributes
    ----------
    ground
        Which ground was established.
    checked_on
        Day of the check, or None when nobody checked yet.
    expires_on
        Last valid day, or None without limit.
    checked_by
        Who checked, or None when nobody signed.
    """

    ground: EligibilityGround
    checked_on: date | None = None
    expires_on: date | None = None
    checked_by: str | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    """A prescriber's referral and the days it covers.

    Attributes
    ----------
    starts_on
        First valid day.
    expires_on
        Last valid day, or None without limit.
    prescriber
        Reference of the prescriber; never shown to drivers.
    """

    starts_on: date
    expires_on: date | None = None
    prescriber: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """A person carried, with what the ride must respect.

    Attributes
    ----------
    id
        Identity inside the scenario.
    first_name, last_name
        Names; sheets show the first name and an initial.
    phone
        Number the driver may call, or None.
    boarding_s, alighting_s
        Seconds at the door to get in and out.
    wheelchair
        Travels in a wheelchair and takes a wheelchair space.
    companions
        People who always come along, one seat each.
    child_seats
        Child restraints needed, for children counted in the party.
    ride_limit
        Personal limit aboard, or None for the policy's.
    eligibility
        Outcome of the check, or None.
    referrals
        Dated referrals.
    never_with
        People who must never be aboard at the same time; the reason is kept
        nowhere.
    requires
        Qualifications or vehicle features every ride needs.
    note
        What helps the driver at the door; never a diagnosis.
    regular_driver
        Who drives this person where the roster allows, or None.
    """

    id: ParticipantId
    first_name: str = ""
    last_name: str = ""
    phone: str | None = None
    boarding_s: Seconds = 120
    alighting_s: Seconds = 60
    wheelchair: bool = False
    companions: int = 0
    child_seats: int = 0
    ride_limit: RideLimit | None = None
    eligibility: Eligibility | None = None
    referrals: tuple[Referral, ...] = ()
    never_with: tuple[ParticipantId, ...] = ()
    requires: tuple[str, ...] = ()
    note: str | None = None
    regular_driver: DriverId | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A choice of the dispatcher that planning must keep.

    Attributes
    ----------
    shift
        Shift that must serve the leg, or None for any.
    pickup_s
        Start of service at the pickup, kept within ``tolerance_s``, or None.
    tolerance_s
        Allowed deviation to either side, seconds.
    """

    shift: ShiftId | None = None
    pickup_s: Seconds | None = None
    tolerance_s: Seconds = 0


@dataclass(frozen=True, slots=True)
class LegRequest:
    """One direction as it was asked for; at least one time is given.

    Attributes
    ----------
    origin, destination
        Places of pickup and dropoff.
    arrive_by_s
        Alighting must start by then, and not earlier than the policy's
        ``arrive_early_s`` before. Not together with ``dropoff_window``.
    not_before_s
        Boarding must not start before, and at the latest the policy's
        ``depart_late_s`` after. Not together with ``pickup_window``.
    pickup_window, dropoff_window
        Explicit hard windows for the start of service.
    max_ride_s
        Own limit aboard in seconds, which wins over person and policy.
    boarding_s, alighting_s
        Own times at the door, which win over the person's.
    pin
        The dispatcher's choice, or None.
    """

    origin: PlaceId
    destination: PlaceId
    arrive_by_s: Seconds | None = None
    not_before_s: Seconds | None = None
    pickup_window: TimeWindow | None = None
    dropoff_window: TimeWindow | None = None
    max_ride_s: Seconds | None = None
    boarding_s: Seconds | None = None
    alighting_s: Seconds | None = None
    pin: Pin | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A rule of the association lifted for one booking.

    Attributes
    ----------
    slug
        Which reason of the register.
    motive
        Why, in the words of whoever lifted it.
    by
        Who lifted it.
    made_at
        When, UTC epoch seconds.
    """

    slug: str
    motive: str
    by: str
    made_at: int


@dataclass(frozen=True, slots=True)
class Booking:
    """What someone asks for: an outward leg, a return leg, or both linked.

    Attributes
    ----------
    id
        Identity inside the scenario; legs are ``ID:out`` and ``ID:ret``.
    participant
        Who travels.
    outward, return_leg
        The legs; at least one. Both are served or neither.
    party_size
        People travelling together, the participant included and companions
        of the participant not counted.
    purpose, regime
        What for, and under which legal regime.
    priority
        0 to 100; where not everybody fits, higher goes first.
    price_eur_cents
        None for a required booking; else what leaving one of its legs out
        costs.
    requires
        Qualifications or features needed beside the participant's.
    external_ref
        Identity in the file or software it came from, kept on export.
    participation_eur_cents
        Contribution to the costs agreed for each leg, or None for the tariff.
    overrides
        Rules of the association lifted for it.
    """

    id: BookingId
    participant: ParticipantId
    outward: LegRequest | None = None
    return_leg: LegRequest | None = None
    party_size: int = 1
    purpose: Purpose = Purpose.OTHER
    regime: ServiceRegime = ServiceRegime.TUS
    priority: int = 0
    price_eur_cents: EurCents | None = None
    requires: tuple[str, ...] = ()
    external_ref: str | None = None
    participation_eur_cents: EurCents | None = None
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """What people aboard take up, or what a vehicle offers.

    Attributes
    ----------
    seats
        Ordinary seats, the driver's not counted.
    wheelchairs
        Wheelchair spaces.
    child_seats
        Child restraints fitted on ordinary seats.
    """

    seats: int = 0
    wheelchairs: int = 0
    child_seats: int = 0

    @property
    def people(self) -> int:
        """People, each on a seat or in a wheelchair."""
        return self.seats + self.wheelchairs


@dataclass(frozen=True, slots=True)
class Leg:
    """One person or party, one direction, with every rule that applies resolved.

    Attributes
    ----------
    id
        ``BOOKING:out`` or ``BOOKING:ret``.
    booking, participant, direction
        Where it comes from.
    origin, destination
        Places of pickup and dropoff.
    pickup_window, dropoff_window
        Hard windows for the start of service; None where only the other end
        is bounded.
    target_pickup_s, target_dropoff_s
        The time asked for, from which early and late minutes count, or None.
    load
        What the party takes up.
    boarding_s, alighting_s
        Seconds at the doors.
    ride_limit, max_ride_s
        The rule, or an absolute limit in seconds which wins.
    priority, price_eur_cents
        As in the booking.
    requires
        Everything the shift must offer.
    never_with
        People who must not be aboard meanwhile.
    partner
        The linked leg, or None.
    pin
        The dispatcher's choice, or None.
    regime
        Under which legal regime it is carried.
    """

    id: LegId
    booking: BookingId
    participant: ParticipantId
    direction: Direction
    origin: PlaceId
    destination: PlaceId
    pickup_window: TimeWindow | None
    dropoff_window: TimeWindow | None
    target_pickup_s: Seconds | None
    target_dropoff_s: Seconds | None
    load: Load
    boarding_s: Seconds
    alighting_s: Seconds
    ride_limit: RideLimit
    max_ride_s: Seconds | None
    priority: int
    price_eur_cents: EurCents | None
    requires: tuple[str, ...]
    never_with: tuple[ParticipantId, ...]
    partner: LegId | None
    pin: Pin | None
    regime: ServiceRegime = ServiceRegime.TUS
