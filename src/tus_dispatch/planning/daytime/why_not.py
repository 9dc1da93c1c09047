"""Why a flexible booking or an attendance has found no place in the middle of the day."""

from collections import Counter
from collections.abc import Iterator

from tus_dispatch.domain.daytime_report import LeftOut
from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.legs import legs_of_booking
from tus_dispatch.domain.offer import Refusal
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import Reason, reason_for
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId
from tus_dispatch.planning.changes import with_booking
from tus_dispatch.planning.daytime.asking import (
    attending,
    bookings_of,
    suits_the_day,
    value_of_leg,
)
from tus_dispatch.planning.daytime.choice import Limits, best_choice
from tus_dispatch.planning.daytime.codes import daytime_reason
from tus_dispatch.planning.open_day import OpenDay, open_day
from tus_dispatch.planning.quote_booking import quote_booking


def left_out(plan: Plan, matrix: TravelMatrix, limits: Limits) -> tuple[LeftOut, ...]:
    """Say why those who are still waiting were not taken.

    Parameters
    ----------
    plan
        A filled plan in its narrow day.
    matrix, limits
        As for ``fill.fill``.

    Returns
    -------
    tuple of LeftOut
        Flexible bookings, then attendances, in the order of the day.
    """
    day, scenario = open_day(plan, matrix), plan.scenario
    served = {each.id for each in scenario.bookings}
    return tuple(_flexible(day, served, limits)) + tuple(_attending(day, served, limits))


def _flexible(day: OpenDay, served: set[BookingId], limits: Limits) -> Iterator[LeftOut]:
    scenario = day.plan.scenario
    for each in scenario.flexible_bookings:
        if each.id in served:
            continue
        if not suits_the_day(each, scenario):
            yield LeftOut(each.id, each.id, daytime_reason("other-day"))
            continue
        bookings = tuple(bookings_of(each, scenario))
        if not bookings:
            yield LeftOut(each.id, each.id, daytime_reason("no-way-back"))
            continue
        yield LeftOut(each.id, each.id, _why(day, bookings, value_of_leg(each, scenario), limits))


def _attending(day: OpenDay, served: set[BookingId], limits: Limits) -> Iterator[LeftOut]:
    scenario = day.plan.scenario
    for event in scenario.group_events:
        value = value_of_leg(event, scenario)
        for each in event.attendances:
            booking = attending(event, each, scenario)
            if booking.id not in served:
                yield LeftOut(booking.id, event.id, _why(day, (booking,), value, limits))


def _why(
    day: OpenDay, bookings: tuple[Booking, ...], value_eur_cents: int, limits: Limits
) -> Reason:
    """Name the commonest limit of all alternatives, or what stands against offers that exist."""
    found = best_choice(day, bookings, value_eur_cents, limits)
    if found is not None:
        return reason_for("price") if found.net <= 0 else daytime_reason("group-too-dear")
    reasons: Counter[Reason] = Counter()
    for booking in bookings:
        person = day.plan.scenario.participant(booking.participant)
        policy, length_s = day.plan.scenario.policy, day.plan.scenario.day.length_s
        asked = day.under(with_booking(day.plan, booking, person))
        legs = legs_of_booking(booking, person, policy, length_s)
        answer = quote_booking(asked, legs, n_offers=1)
        if not isinstance(answer, Refusal):
            return daytime_reason("kept-free")
        reasons[answer.reason] += 1
    return reasons.most_common(1)[0][0]
