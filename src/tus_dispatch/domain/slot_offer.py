"""What a partner may book inside: seats from a sector to a place in a half hour, without names."""

from dataclasses import dataclass

from tus_dispatch.domain.units import BookingId, Metres, PlaceId, Seconds
from tus_dispatch.domain.window import TimeWindow


@dataclass(frozen=True, slots=True)
class Sector:
    """Where people come from, no nearer than their commune.

    Attributes
    ----------
    insee
        Commune code.
    name
        What people call it.
    """

    insee: str
    name: str


@dataclass(frozen=True, slots=True)
class SlotOffer:
    """Seats of one plan version for one half hour.

    Attributes
    ----------
    id
        ``PLACE/HH:MM/INSEE``.
    place
        Where to.
    slot
        For getting out there.
    back
        For getting in again.
    sector
        Where people may come from.
    seats
        How many may come together.
    marginal_m, marginal_paid_s
        What all of them add to the day.
    """

    id: str
    place: PlaceId
    slot: TimeWindow
    back: TimeWindow
    sector: Sector
    seats: int
    marginal_m: Metres
    marginal_paid_s: Seconds


@dataclass(frozen=True, slots=True)
class Hold:
    """Seats of an offer that somebody has asked to keep for a while.

    Attributes
    ----------
    offer
        As it was shown.
    seats
        How many.
    until_at
        UTC epoch seconds; from then on the hold is void.
    held_by
        Reference of the partner; never shown to others.
    booked
        Bookings made inside it so far.
    """

    offer: SlotOffer
    seats: int
    until_at: int
    held_by: str | None = None
    booked: tuple[BookingId, ...] = ()
