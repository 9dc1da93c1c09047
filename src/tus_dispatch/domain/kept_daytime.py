"""What may fill the middle of a day, as an association keeps it until it has happened."""

from dataclasses import dataclass
from datetime import date

from tus_dispatch.domain.daytime import EventKind
from tus_dispatch.domain.demand import Purpose, ServiceRegime
from tus_dispatch.domain.fleet import SlotKind
from tus_dispatch.domain.roster import WallBand
from tus_dispatch.domain.slot_offer import Hold
from tus_dispatch.domain.units import (
    BookingId,
    DriverId,
    EurCents,
    ParticipantId,
    PlaceId,
    Seconds,
)
from tus_dispatch.domain.window import TimeWindow


@dataclass(frozen=True, slots=True)
class KeptFlexible:
    """A trip whose day and hour are still to be agreed.

    Attributes
    ----------
    participant, home, place
        Who travels, from where, and where to.
    windows
        Clock times of any day; the person is there within one of them.
    stay_s
        Shortest stay.
    one_way
        Brought there and not back.
    dates
        Days that suit; empty where any day does.
    party_size, purpose, regime, requires, value_eur_cents
        As in a flexible booking of a day.
    booking
        What it has become once somebody confirmed a proposal, or None.
    """

    participant: ParticipantId
    home: PlaceId
    place: PlaceId
    windows: tuple[WallBand, ...]
    stay_s: Seconds = 3600
    one_way: bool = False
    dates: tuple[date, ...] = ()
    party_size: int = 1
    purpose: Purpose = Purpose.OTHER
    regime: ServiceRegime = ServiceRegime.TUS
    requires: tuple[str, ...] = ()
    value_eur_cents: EurCents | None = None
    booking: BookingId | None = None


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event of one day; who wants to come is kept one by one.

    Attributes
    ----------
    service_date
        Which day; times are seconds of it.
    name, kind, place, window, capacity
        As in the event of a day.
    early_s, late_s, purpose, regime, value_eur_cents
        Likewise.
    """

    service_date: date
    name: str
    kind: EventKind
    place: PlaceId
    window: TimeWindow
    capacity: int
    early_s: Seconds = 1800
    late_s: Seconds = 2400
    purpose: Purpose = Purpose.INSERTION
    regime: ServiceRegime = ServiceRegime.TUS
    value_eur_cents: EurCents | None = None


@dataclass(frozen=True, slots=True)
class KeptAttendance:
    """Somebody who wants to come to an event.

    Attributes
    ----------
    event
        Identity of the event.
    participant, home, party_size
        Who, from where, and with how many.
    booking
        How the person gets there once the group is collected, or None.
    """

    event: str
    participant: ParticipantId
    home: PlaceId
    party_size: int = 1
    booking: BookingId | None = None


@dataclass(frozen=True, slots=True)
class KeptTarget:
    """Protected time that a driver is to have on a day.

    Attributes
    ----------
    service_date
        Which day.
    driver, kind, target_s, lengths_s, place
        As in the target of a day.
    is_placed
        Whether its slots are in the driver's calendar.
    """

    service_date: date
    driver: DriverId
    kind: SlotKind
    target_s: Seconds
    lengths_s: tuple[Seconds, ...] = (5400, 3600, 1800)
    place: PlaceId | None = None
    is_placed: bool = False


@dataclass(frozen=True, slots=True)
class KeptHold:
    """Seats of a slot offer that a partner has asked to keep for a while.

    Attributes
    ----------
    service_date
        Which day.
    hold
        The offer as it was shown, and what is left of it.
    """

    service_date: date
    hold: Hold
