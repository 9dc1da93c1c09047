"""What may fill the middle of a day: trips and events that can move, time kept for drivers."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tus_dispatch.domain.demand import Purpose, ServiceRegime
from tus_dispatch.domain.fleet import SlotKind
from tus_dispatch.domain.units import (
    BookingId,
    DriverId,
    EurCents,
    EventId,
    ParticipantId,
    PlaceId,
    Seconds,
    TargetId,
)
from tus_dispatch.domain.window import TimeWindow


class EventKind(StrEnum):
    """What a group meets for."""

    WORKSHOP = "workshop"
    FOOD = "food"
    PERMANENCE = "permanence"
    MARKET = "market"


@dataclass(frozen=True, slots=True)
class FlexibleBooking:
    """A trip whose hour, perhaps whose day, is still to be agreed.

    Attributes
    ----------
    id
        Identity; the booking that comes of it has the same.
    participant
        Who travels.
    home, place
        Where the person is fetched and brought back, and where to.
    windows
        The person is there within one of these, from getting out until
        getting in again.
    stay_s
        Shortest stay, from the end of alighting to the start of boarding.
    one_way
        Brought there and not back: the person has a way back of their own,
        for instance a train.
    dates
        Days that suit; empty where any day does.
    party_size, purpose, regime, requires
        As in a booking.
    value_eur_cents
        What each leg is worth, or None for the value of its purpose.
    """

    id: BookingId
    participant: ParticipantId
    home: PlaceId
    place: PlaceId
    windows: tuple[TimeWindow, ...]
    stay_s: Seconds = 3600
    one_way: bool = False
    dates: tuple[date, ...] = ()
    party_size: int = 1
    purpose: Purpose = Purpose.OTHER
    regime: ServiceRegime = ServiceRegime.TUS
    requires: tuple[str, ...] = ()
    value_eur_cents: EurCents | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody who wants to come to an event.

    Attributes
    ----------
    participant
        Who.
    home
        Where the person is fetched and brought back.
    party_size
        People travelling together, companions not counted.
    """

    participant: ParticipantId
    home: PlaceId
    party_size: int = 1


@dataclass(frozen=True, slots=True)
class GroupEvent:
    """A workshop, a food distribution, a permanence or a market.

    Attributes
    ----------
    id, name
        Identity, and what people call it.
    kind
        What the group meets for.
    place
        Where.
    window
        From its start until its end; everybody is there meanwhile.
    capacity
        Most people who can take part.
    attendances
        Who wants to come, the first to ask first.
    early_s, late_s
        How much before the start people may be dropped, and how much after
        the end picked up.
    purpose, regime
        Of the bookings that come of it.
    value_eur_cents
        What each leg is worth, or None for the value of its kind.
    """

    id: EventId
    name: str
    kind: EventKind
    place: PlaceId
    window: TimeWindow
    capacity: int
    attendances: tuple[Attendance, ...] = ()
    early_s: Seconds = 1800
    late_s: Seconds = 2400
    purpose: Purpose = Purpose.INSERTION
    regime: ServiceRegime = ServiceRegime.TUS
    value_eur_cents: EurCents | None = None


@dataclass(frozen=True, slots=True)
class ProtectedTarget:
    """Time that a driver is to have today for training or accompaniment.

    Attributes
    ----------
    id
        Identity.
    driver
        Whose time.
    kind
        Training or accompaniment.
    target_s
        How much of it is planned for the day.
    lengths_s
        Lengths a slot may have, longest first.
    place
        Where the driver must be, or None for wherever the vehicle stands.
    """

    id: TargetId
    driver: DriverId
    kind: SlotKind
    target_s: Seconds
    lengths_s: tuple[Seconds, ...] = (5400, 3600, 1800)
    place: PlaceId | None = None


@dataclass(frozen=True, slots=True)
class LegValues:
    """What a leg is worth to the association, in cents, by what it is for.

    Attributes
    ----------
    work, training, insertion, medical, errands, other
        By purpose of a flexible booking.
    workshop, food, permanence, market
        By kind of event, for each leg of each booking.
    """

    work: EurCents = 3000
    training: EurCents = 3000
    insertion: EurCents = 2500
    medical: EurCents = 3000
    errands: EurCents = 2000
    other: EurCents = 1500
    workshop: EurCents = 2500
    food: EurCents = 2500
    permanence: EurCents = 2500
    market: EurCents = 2000

    def of(self, category: Purpose | EventKind) -> EurCents:
        """Return the value of a purpose or of a kind of event."""
        value: EurCents = getattr(self, category.value)
        return value


@dataclass(frozen=True, slots=True)
class DaytimePolicy:
    """How far the middle of the day may be filled; the prices are the association's.

    Attributes
    ----------
    extra_km_eur_cents
        Price of a kilometre more.
    extra_paid_minute_eur_cents
        Price of a paid minute more.
    values
        What a leg is worth.
    move_s
        How far a pickup that was told or planned may move, to either side.
    evening_peak_s
        When the evening peak begins, seconds of the service day; 16:00.
    peak_buffer_s
        How long before its first stop of the evening peak a round that takes
        optional legs is there.
    transfer_margin_s
        How long before the last departure people get out at a hub.
    protected_first
        Whether drivers' protected time is placed before optional legs come
        in; otherwise it takes what they leave.
    """

    extra_km_eur_cents: EurCents = 30
    extra_paid_minute_eur_cents: EurCents = 30
    values: LegValues = field(default_factory=LegValues)
    move_s: Seconds = 300
    evening_peak_s: Seconds = 12 * 3600
    peak_buffer_s: Seconds = 600
    transfer_margin_s: Seconds = 900
    protected_first: bool = False
