"""The day in which an alternative is agreed, be it this one or another."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.legs import requests_of
from tus_dispatch.domain.offer import Change, OtherDay
from tus_dispatch.domain.units import BookingId
from tus_dispatch.planning.changes import changed, with_booking, with_requests
from tus_dispatch.planning.open_day import OpenDay


def day_under(
    day: OpenDay,
    booking: BookingId,
    change: Change,
    other_days: Sequence[OpenDay] = (),
) -> tuple[OpenDay, BookingId]:
    """Return the day in which a change is agreed.

    Parameters
    ----------
    day, booking
        What was asked.
    change
        Of one of its alternatives.
    other_days
        As given to :func:`alternatives`.

    Returns
    -------
    day : OpenDay
        The same rounds, or those of the other day.
    booking : BookingId
        Its identity there.

    Raises
    ------
    LookupError
        When no other day has the date, or the other day lacks a place.
    """
    if not isinstance(change, OtherDay):
        plan = changed(day.plan, booking, change, day.matrix)
        return day.under(plan), booking
    scenario = day.plan.scenario
    other = next((each for each in other_days if date_of(each) == change.date), None)
    asked = None if other is None else on_day(other, scenario.booking(booking))
    if other is None or asked is None:
        raise LookupError(f"no plan of {change.date} knows the places of booking {booking}")
    plan = with_booking(other.plan, asked, scenario.participant(asked.participant))
    return other.under(plan), asked.id


def date_of(day: OpenDay) -> date:
    """Return the service date of a day."""
    return day.plan.scenario.day.date


def on_day(day: OpenDay, booking: Booking) -> Booking | None:
    """Return a booking as another day would have it.

    Parameters
    ----------
    day
        The other day.
    booking
        Asked for this day.

    Returns
    -------
    Booking or None
        With an identity that is free there; None where its places are unknown.
    """
    scenario, known = day.plan.scenario, set(day.matrix.place_ids)
    taken = {each.id for each in scenario.bookings}
    asked = booking
    while asked.id in taken:
        asked = replace(asked, id=BookingId(f"{asked.id}-bis"))
    for request in requests_of(asked).values():
        if not {request.origin, request.destination} <= known:
            return None
    # A pin speaks of the rounds of its own day.
    return with_requests(asked, partial(replace, pin=None))
