"""The most valuable way to take one person along, within what must not move."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tus_dispatch.domain.daytime_report import Proposal
from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.legs import legs_of_booking
from tus_dispatch.domain.offer import BookingOffer
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.units import EurCents, LegId, MilliCents, ShiftId
from tus_dispatch.planning.changes import with_booking
from tus_dispatch.planning.daytime.guards import (
    PeakStart,
    keeps_buffer,
    nobody_is_in_two_places,
    peak_starts,
)
from tus_dispatch.planning.daytime.worth import net_value
from tus_dispatch.planning.encode import leg_times
from tus_dispatch.planning.open_day import OpenDay
from tus_dispatch.planning.quote_booking import offers_for
from tus_dispatch.planning.take import taken

N_OFFERS = 3


@dataclass(frozen=True, slots=True)
class Filled:
    """A day with optional legs in it.

    Attributes
    ----------
    plan
        In the narrow day of ``frozen.frozen``, with the bookings that came in.
    proposals
        In the order in which they came in.
    """

    plan: Plan
    proposals: tuple[Proposal, ...] = ()

    @property
    def net(self) -> MilliCents:
        """What all proposals together are worth more than they cost."""
        return sum(each.net for each in self.proposals)


@dataclass(frozen=True, slots=True)
class Limits:
    """What filling must keep, read from the plan before it.

    Attributes
    ----------
    peaks
        Where the evening peak of each round begins.
    confirmed
        Legs that are not optional.
    """

    peaks: dict[ShiftId, PeakStart]
    confirmed: frozenset[LegId]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to take somebody along.

    Attributes
    ----------
    booking
        With the windows it is placed in.
    offer
        Its place.
    net
        Value less cost, thousandths of a cent, whatever its sign.
    """

    booking: Booking
    offer: BookingOffer
    net: MilliCents


def limits_of(plan: Plan) -> Limits:
    """Read from a plan what filling it must keep."""
    return Limits(peak_starts(plan), frozenset(leg_times(plan)))


def best_choice(
    day: OpenDay, bookings: Iterable[Booking], value_eur_cents: EurCents, limits: Limits
) -> Choice | None:
    """Return the most valuable of several ways to take one person along.

    Parameters
    ----------
    day
        A narrow day made ready.
    bookings
        Alternatives for one person.
    value_eur_cents
        Of each leg.
    limits
        What must be kept.

    Returns
    -------
    Choice or None
        The first among equals; None where nothing fits.
    """
    scenario = day.plan.scenario
    best: Choice | None = None
    for booking in bookings:
        person = scenario.participant(booking.participant)
        legs = legs_of_booking(booking, person, scenario.policy, scenario.day.length_s)
        # What the law says of the legs is looked up by their booking.
        asked = day.under(with_booking(day.plan, booking, person))
        for offer in offers_for(asked, legs, n_offers=N_OFFERS):
            net = net_value(offer, value_eur_cents * len(legs), scenario)
            is_better = best is None or net > best.net
            if is_better and _keeps(booking, offer, day, limits):
                best = Choice(booking, offer, net)
    return best


def with_choice(filled: Filled, source: str, value_eur_cents: EurCents, choice: Choice) -> Filled:
    """Let somebody in.

    Parameters
    ----------
    filled
        The day as it is.
    source
        Identity of the flexible booking or event.
    value_eur_cents
        Of each leg.
    choice
        Made for this very plan.

    Returns
    -------
    Filled
        With one more booking and its proposal.
    """
    plan, booking, offer = filled.plan, choice.booking, choice.offer
    scenario = replace(plan.scenario, bookings=(*plan.scenario.bookings, booking))
    value = value_eur_cents * len(offer.legs)
    proposal = Proposal(booking, source, offer, value, choice.net)
    return Filled(taken(replace(plan, scenario=scenario), offer), (*filled.proposals, proposal))


def _keeps(booking: Booking, offer: BookingOffer, day: OpenDay, limits: Limits) -> bool:
    """Tell whether an offer leaves what windows cannot say as it must be."""
    buffer_s = day.plan.scenario.policy.daytime.peak_buffer_s
    rounds = {each.shift: each for each in (*day.plan.rounds, *offer.new_rounds)}
    bookings = (*day.plan.scenario.bookings, booking)
    return all(
        keeps_buffer(each, limits.peaks.get(each.shift), limits.confirmed, buffer_s)
        for each in offer.new_rounds
    ) and nobody_is_in_two_places(rounds.values(), bookings, limits.confirmed)
