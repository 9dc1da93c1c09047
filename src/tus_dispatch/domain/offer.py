"""What a plan can answer to one more booking: offers, or a refusal with what would work."""

from dataclasses import dataclass
from datetime import date

from tus_dispatch.domain.demand import Direction
from tus_dispatch.domain.plan import Round
from tus_dispatch.domain.reason import Reason
from tus_dispatch.domain.units import LegId, Metres, MilliCents, PlaceId, Seconds, ShiftId


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to take a leg into a plan without breaking what was promised.

    Attributes
    ----------
    leg, shift
        Who, and on which shift.
    pickup_s, dropoff_s
        Start of service at the doors.
    marginal_m, marginal_duty_s
        What it adds to the day.
    marginal_cost
        By the scenario's objective, thousandths of a cent.
    shared_with
        Legs aboard at some moment of the ride.
    new_round
        The round as it would be.
    """

    leg: LegId
    shift: ShiftId
    pickup_s: Seconds
    dropoff_s: Seconds
    marginal_m: Metres
    marginal_duty_s: Seconds
    marginal_cost: MilliCents
    shared_with: tuple[LegId, ...]
    new_round: Round


@dataclass(frozen=True, slots=True)
class BookingOffer:
    """One way to take a whole booking into a plan, so that nobody is stranded.

    Attributes
    ----------
    legs
        The outward leg first. Where both ride on one shift, both hold the
        round as it is in the end, and one of them bears only what it adds to
        the other.
    """

    legs: tuple[Offer, ...]

    @property
    def marginal_m(self) -> Metres:
        """Sum of metres that the booking adds to the day."""
        return sum(each.marginal_m for each in self.legs)

    @property
    def marginal_duty_s(self) -> Seconds:
        """Sum of paid seconds that the booking adds to the day."""
        return sum(each.marginal_duty_s for each in self.legs)

    @property
    def marginal_cost(self) -> MilliCents:
        """What it adds by the scenario's objective, thousandths of a cent."""
        return sum(each.marginal_cost for each in self.legs)

    @property
    def new_rounds(self) -> tuple[Round, ...]:
        """The one or two rounds as they would be."""
        return tuple({each.shift: each.new_round for each in self.legs}.values())


@dataclass(frozen=True, slots=True)
class OtherTime:
    """The same booking at another time.

    Attributes
    ----------
    directions
        Legs that move.
    by_s
        Later, or earlier where negative; every time asked for moves by it.
    """

    directions: tuple[Direction, ...]
    by_s: Seconds


@dataclass(frozen=True, slots=True)
class OtherDay:
    """The same booking on another day.

    Attributes
    ----------
    date
        Which day.
    """

    date: date


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """A place within walking reach instead of the one asked for, on both legs.

    Attributes
    ----------
    asked, place
        The place asked for and the one that works.
    walk_m
        As the crow flies.
    """

    asked: PlaceId
    place: PlaceId
    walk_m: Metres


@dataclass(frozen=True, slots=True)
class HubTrip:
    """A multimodal hub instead of the place asked for, on both legs, where the law stops the rest.

    Attributes
    ----------
    asked, hub
        The place asked for, and where the public network goes on.
    """

    asked: PlaceId
    hub: PlaceId


@dataclass(frozen=True, slots=True)
class OtherHours:
    """A shift that begins earlier or ends later.

    Attributes
    ----------
    shift
        Which shift.
    earlier_s, later_s
        By how much; one of them is 0.
    """

    shift: ShiftId
    earlier_s: Seconds = 0
    later_s: Seconds = 0


@dataclass(frozen=True, slots=True)
class EasedLimit:
    """One limit that gives way, by no more than it must.

    Attributes
    ----------
    limit
        ``pin``, ``ride-limit``, ``wait-aboard``, ``qualification``,
        ``wheelchair`` or ``party``.
    by_s
        Seconds more, for a limit of time.
    word
        The qualification or feature done without.
    fewer
        People less.
    """

    limit: str
    by_s: Seconds = 0
    word: str = ""
    fewer: int = 0


Change = OtherTime | OtherDay | OtherPlace | HubTrip | OtherHours | EasedLimit


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something else that does work, solved like any offer.

    Attributes
    ----------
    change
        What would have to change, the person or the association agreeing.
    offer
        The cheapest way to take the booking then.
    """

    change: Change
    offer: BookingOffer


@dataclass(frozen=True, slots=True)
class Refusal:
    """No, and why.

    Attributes
    ----------
    leg
        Which leg finds no place.
    reason
        Code and sentence.
    relaxation
        Slug of the one limit whose relaxation makes it fit, or None.
    alternatives
        What does work instead, the nearest first of each kind; empty when
        nobody asked for them.
    """

    leg: LegId
    reason: Reason
    relaxation: str | None = None
    alternatives: tuple[Alternative, ...] = ()
