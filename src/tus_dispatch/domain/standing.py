"""Bookings as they are kept: of one day, or repeating."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tus_dispatch.domain.demand import Booking, Direction, Purpose, ServiceRegime
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.roster import WallBand
from tus_dispatch.domain.units import ParticipantId, PlaceId, Seconds


class BookingStatus(StrEnum):
    """Where a leg stands on its way; the side exits last."""

    REQUESTED = "requested"
    ELIGIBLE = "eligible"
    BOOKED = "booked"
    SCHEDULED = "scheduled"
    CONFIRMED = "confirmed"
    APPROACHING = "approaching"
    ARRIVED = "arrived"
    ABOARD = "aboard"
    DONE = "done"
    REFUSED = "refused"
    NO_SHOW = "no_show"
    CANCELLED_BY_USER = "cancelled_by_user"
    CANCELLED_BY_SERVICE = "cancelled_by_service"
    NOT_SERVED = "not_served"


class TripResult(StrEnum):
    """How a leg ended, in the words funders know."""

    COMPLETED = "COMP"
    NO_SHOW = "NS"
    MISSED = "MT"
    CANCELLED = "CANC"
    CANCELLED_LATE = "LTCANC"
    CANCELLED_SAME_DAY = "SDCANC"
    TURNED_DOWN = "TD"
    UNMET = "UNMET"


@dataclass(frozen=True, slots=True)
class LegState:
    """Status and result of one leg of a booking.

    Attributes
    ----------
    direction
        Which leg.
    status
        Where it stands.
    result
        How it ended, or None.
    """

    direction: Direction
    status: BookingStatus
    result: TripResult | None = None


@dataclass(frozen=True, slots=True)
class DatedBooking:
    """A booking of one service day.

    Attributes
    ----------
    service_date
        Which day; times of the booking are seconds of it.
    booking
        What is asked for. Its identity is that of its record.
    states
        One for each of its legs.
    standing
        Identity of the standing booking it was rolled out from, or None.
    refused
        Why it was turned down when it was rolled out, or None.
    """

    service_date: date
    booking: Booking
    states: tuple[LegState, ...]
    standing: str | None = None
    refused: Reason | None = None


@dataclass(frozen=True, slots=True)
class Recurrence:
    """On which days something repeats.

    Attributes
    ----------
    rule
        RRULE of RFC 5545 without the name, of whole days:
        ``FREQ=WEEKLY;BYDAY=MO,TU``.
    starts_on, ends_on
        First day, and last day or None.
    except_on, also_on
        Days left out, and days added.
    on_public_holidays, in_school_holidays
        Whether it takes place then.
    """

    rule: str
    starts_on: date
    ends_on: date | None = None
    except_on: tuple[date, ...] = ()
    also_on: tuple[date, ...] = ()
    on_public_holidays: bool = False
    in_school_holidays: bool = True


@dataclass(frozen=True, slots=True)
class WallLeg:
    """One direction of a standing booking, in clock times.

    Attributes
    ----------
    origin, destination
        Places.
    arrive_by, not_before
        Clock times as in a scenario file, or None.
    pickup_window, dropoff_window
        Explicit windows, or None.
    max_ride_s
        Own limit aboard, or None.
    """

    origin: PlaceId
    destination: PlaceId
    arrive_by: str | None = None
    not_before: str | None = None
    pickup_window: WallBand | None = None
    dropoff_window: WallBand | None = None
    max_ride_s: Seconds | None = None


@dataclass(frozen=True, slots=True)
class StandingBooking:
    """A booking that repeats; every day of it becomes a booking of its own.

    Attributes
    ----------
    participant
        Who travels.
    recurrence
        On which days.
    outward, return_leg
        The legs; at least one.
    party_size, purpose, regime, priority
        As in a booking.
    """

    participant: ParticipantId
    recurrence: Recurrence
    outward: WallLeg | None = None
    return_leg: WallLeg | None = None
    party_size: int = 1
    purpose: Purpose = Purpose.OTHER
    regime: ServiceRegime = ServiceRegime.TUS
    priority: int = 0
