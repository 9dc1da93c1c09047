"""Collecting rounds: who comes to an event is brought before it begins and fetched after it."""

from collections.abc import Iterator, Mapping

from tus_dispatch.domain.daytime import GroupEvent
from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.units import BookingId
from tus_dispatch.planning.daytime.asking import attending, value_of_leg
from tus_dispatch.planning.daytime.choice import Choice, Filled, Limits, best_choice, with_choice
from tus_dispatch.planning.open_day import OpenDay, open_day


def gather(day: OpenDay, event: GroupEvent, limits: Limits) -> Filled | None:
    """Collect people for an event and bring them back.

    Parameters
    ----------
    day
        A narrow day made ready.
    event
        Its place, hours, capacity, and who wants to come.
    limits
        What must be kept.

    Returns
    -------
    Filled or None
        The plan with the group whose value exceeds its cost by most, and its
        proposals; None where there is none. The first person alone may cost
        more than it is worth: what counts is everybody together.

    Notes
    -----
    At each step whoever costs least joins, so the group grows along the way
    its rounds take.
    """
    plan, scenario = day.plan, day.plan.scenario
    value = value_of_leg(event, scenario)
    waiting = {
        booking.id: booking
        for each in event.attendances
        if (booking := attending(event, each, scenario)).id not in _known(plan)
    }
    room = event.capacity - sum(_n_people(plan, each) for each in _coming(plan, event))
    best: Filled | None = None
    group = Filled(plan)
    while (choice := _next(day, waiting, value, limits, room)) is not None:
        group = with_choice(group, event.id, value, choice)
        room -= _n_people(group.plan, choice.booking)
        del waiting[choice.booking.id]
        if group.net > (0 if best is None else best.net):
            best = group
        day = open_day(group.plan, day.matrix)
    return best


def _next(
    day: OpenDay, waiting: Mapping[BookingId, Booking], value: int, limits: Limits, room: int
) -> Choice | None:
    """Return who costs least to take along, of those for whom the event has room."""
    choices = (
        best_choice(day, (booking,), value, limits)
        for booking in waiting.values()
        if _n_people(day.plan, booking) <= room
    )
    found = [each for each in choices if each is not None]
    return max(found, key=lambda each: each.net, default=None)


def _coming(plan: Plan, event: GroupEvent) -> Iterator[Booking]:
    names = {attending(event, each, plan.scenario).id for each in event.attendances}
    return (each for each in plan.scenario.bookings if each.id in names)


def _known(plan: Plan) -> set[BookingId]:
    return {each.id for each in plan.scenario.bookings}


def _n_people(plan: Plan, booking: Booking) -> int:
    return booking.party_size + plan.scenario.participant(booking.participant).companions
