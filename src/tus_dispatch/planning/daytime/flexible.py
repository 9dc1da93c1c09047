"""Flexible bookings: the planner proposes day and time, a person confirms, it is a promise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tus_dispatch.domain.daytime import FlexibleBooking
from tus_dispatch.domain.daytime_report import Proposal
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Promise
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.daytime.asking import bookings_of, suits_the_day, value_of_leg
from tus_dispatch.planning.daytime.choice import (
    Filled,
    Limits,
    best_choice,
    limits_of,
    with_choice,
)
from tus_dispatch.planning.daytime.frozen import booking_of, frozen, optional_ids
from tus_dispatch.planning.encode import leg_times
from tus_dispatch.planning.open_day import OpenDay, open_day


@dataclass(frozen=True, slots=True)
class DayProposal:
    """A day, a time and a round for a flexible booking.

    Attributes
    ----------
    date
        Which day.
    proposal
        Its place in the plan of that day.
    """

    date: date
    proposal: Proposal


def with_flexible(day: OpenDay, flexible: FlexibleBooking, limits: Limits) -> Filled | None:
    """Let a flexible booking in where it is worth most.

    Parameters
    ----------
    day
        A narrow day made ready.
    flexible
        Not served yet.
    limits
        What must be kept.

    Returns
    -------
    Filled or None
        The plan with it, and its proposal; None where the day does not suit,
        nothing fits, or it costs more than it is worth.
    """
    scenario = day.plan.scenario
    if not suits_the_day(flexible, scenario):
        return None
    value = value_of_leg(flexible, scenario)
    choice = best_choice(day, bookings_of(flexible, scenario), value, limits)
    if choice is None or choice.net <= 0:
        return None
    return with_choice(Filled(day.plan), flexible.id, value, choice)


def propose(
    days: Sequence[tuple[Plan, TravelMatrix]], flexible: FlexibleBooking
) -> tuple[DayProposal, ...]:
    """Propose days for a flexible booking.

    Parameters
    ----------
    days
        Sound plans of different days that know the person and the places.
    flexible
        Served by none of them.

    Returns
    -------
    tuple of DayProposal
        The most valuable first, at most one for each day; days that do not
        suit or have no worthwhile place are left out.
    """
    found = []
    for plan, matrix in days:
        filled = with_flexible(open_day(frozen(plan), matrix), flexible, limits_of(plan))
        if filled is not None:
            found.append(DayProposal(plan.scenario.day.date, filled.proposals[0]))
    return tuple(sorted(found, key=lambda each: (-each.proposal.net, each.date)))


def confirmed(plan: Plan, bookings: Sequence[BookingId]) -> Plan:
    """Turn proposals into promises.

    Parameters
    ----------
    plan
        A filled plan that serves the bookings.
    bookings
        Whom somebody has told their times, and who agreed.

    Returns
    -------
    Plan
        Each of their legs is promised its planned pickup give or take the
        policy's tolerance, inside what was asked for. A promise made before
        stays as it is.

    Raises
    ------
    LookupError
        When the plan does not serve one of the bookings.
    """
    times = leg_times(plan)
    told = {each.leg for each in plan.promises}
    promises = []
    for booking in bookings:
        legs = [each for each in legs_of(plan.scenario) if each.booking == booking]
        if not legs or any(leg.id not in times for leg in legs):
            raise LookupError(booking)
        promises += [
            Promise(leg.id, _told(times[leg.id].pickup_s, leg.pickup_window, plan.scenario))
            for leg in legs
            if leg.id not in told
        ]
    return replace(plan, promises=(*plan.promises, *promises))


def unconfirmed(plan: Plan) -> Iterator[BookingId]:
    """Yield bookings of flexible demand that a plan serves and nobody has confirmed."""
    told = {booking_of(each.leg) for each in plan.promises}
    served = {booking_of(leg) for leg in leg_times(plan)}
    waiting = optional_ids(plan.scenario) & served - told
    return (each.id for each in plan.scenario.bookings if each.id in waiting)


def _told(pickup_s: int, window: TimeWindow | None, scenario: Scenario) -> TimeWindow:
    tolerance_s = scenario.policy.promise_tolerance_s
    around = TimeWindow(max(0, pickup_s - tolerance_s), pickup_s + tolerance_s)
    return around if window is None else around.intersect(window) or around
