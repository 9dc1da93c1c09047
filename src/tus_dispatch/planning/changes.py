"""What the changes of an alternative mean: the plan of a day in which one of them is agreed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from tus_dispatch.domain.demand import Booking, Direction, LegRequest, Participant
from tus_dispatch.domain.fleet import Shift
from tus_dispatch.domain.legs import leg_id, legs_of_booking, requests_of
from tus_dispatch.domain.offer import (
    Change,
    EasedLimit,
    HubTrip,
    OtherHours,
    OtherPlace,
    OtherTime,
)
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.rules.trips import with_place

BOTH = (Direction.OUTWARD, Direction.RETURN)


def changed(plan: Plan, booking: BookingId, change: Change, matrix: TravelMatrix) -> Plan:
    """Agree to a change for a booking that is not served.

    Parameters
    ----------
    plan
        Its day has the booking.
    booking
        Whose alternative it is.
    change
        Any but another day, on which the booking is added to that day's plan.
    matrix
        For limits that grow with the direct drive.

    Returns
    -------
    Plan
        The same rounds in the changed day; nobody served is touched. A promise
        for a leg that moves is dropped.

    Raises
    ------
    ValueError
        For another day.
    WindowError
        When a time leaves the day.
    """
    scenario = plan.scenario
    asked = scenario.booking(booking)
    if isinstance(change, OtherTime):
        told_anew = {leg_id(booking, direction) for direction in change.directions}
        promises = tuple(each for each in plan.promises if each.leg not in told_anew)
        later = with_requests(asked, partial(_later, by_s=change.by_s), change.directions)
        return replace(plan, scenario=with_changed(scenario, later), promises=promises)
    if isinstance(change, OtherPlace):
        elsewhere = with_requests(asked, partial(_elsewhere, change=change))
        return replace(plan, scenario=with_changed(scenario, elsewhere))
    if isinstance(change, HubTrip):
        moved = with_place(asked, change.asked, change.hub)
        return replace(plan, scenario=with_changed(scenario, moved))
    if isinstance(change, OtherHours):
        shifts = tuple(
            _longer(each, change) if each.id == change.shift else each for each in scenario.shifts
        )
        return replace(plan, scenario=replace(scenario, shifts=shifts))
    if isinstance(change, EasedLimit):
        return replace(plan, scenario=_eased(scenario, asked, change, matrix))
    raise ValueError("another day has a plan of its own")


def with_booking(plan: Plan, booking: Booking, participant: Participant) -> Plan:
    """Add a booking that nobody serves yet to the day of a plan.

    Parameters
    ----------
    plan
        Its day has no booking of this identity.
    booking
        Its places are known to the day.
    participant
        Who travels; where the day knows the person already, that entry stays.

    Returns
    -------
    Plan
        The same rounds.
    """
    scenario = plan.scenario
    people = scenario.participants
    if all(each.id != participant.id for each in people):
        people = (*people, participant)
    bookings = (*scenario.bookings, booking)
    return replace(plan, scenario=replace(scenario, participants=people, bookings=bookings))


def with_changed(scenario: Scenario, booking: Booking) -> Scenario:
    """Put a booking in the place of the one with its identity."""
    bookings = tuple(booking if each.id == booking.id else each for each in scenario.bookings)
    return replace(scenario, bookings=bookings)


def with_requests(
    booking: Booking,
    edit: Callable[[LegRequest], LegRequest],
    directions: Sequence[Direction] = BOTH,
) -> Booking:
    """Edit what a booking asks for.

    Parameters
    ----------
    booking
        As asked.
    edit
        Makes one request of another.
    directions
        Which legs, where the booking has them.

    Returns
    -------
    Booking
        With the same identity.
    """
    edited = {
        direction: edit(request) if direction in directions else request
        for direction, request in requests_of(booking).items()
    }
    return replace(
        booking,
        outward=edited.get(Direction.OUTWARD),
        return_leg=edited.get(Direction.RETURN),
    )


def times_of(request: LegRequest) -> list[Seconds]:
    """Return every time a leg asks for."""
    windows = [window for window in (request.pickup_window, request.dropoff_window) if window]
    ends = [end for window in windows for end in (window.earliest_s, window.latest_s)]
    return [each for each in (request.arrive_by_s, request.not_before_s) if each is not None] + ends


def _later(request: LegRequest, by_s: Seconds) -> LegRequest:
    def window(old: TimeWindow | None) -> TimeWindow | None:
        return None if old is None else TimeWindow(old.earliest_s + by_s, old.latest_s + by_s)

    def time(old: Seconds | None) -> Seconds | None:
        return None if old is None else old + by_s

    return replace(
        request,
        arrive_by_s=time(request.arrive_by_s),
        not_before_s=time(request.not_before_s),
        pickup_window=window(request.pickup_window),
        dropoff_window=window(request.dropoff_window),
    )


def _elsewhere(request: LegRequest, change: OtherPlace) -> LegRequest:
    ends = (request.origin, request.destination)
    origin, destination = (change.place if end == change.asked else end for end in ends)
    return replace(request, origin=origin, destination=destination)


def _longer(shift: Shift, change: OtherHours) -> Shift:
    start, end = shift.start, shift.end
    by_s = change.earlier_s + change.later_s
    return replace(
        shift,
        start=TimeWindow(start.earliest_s - change.earlier_s, start.latest_s),
        end=TimeWindow(end.earliest_s, end.latest_s + change.later_s),
        max_duty_s=None if shift.max_duty_s is None else shift.max_duty_s + by_s,
    )


def _eased(
    scenario: Scenario, booking: Booking, change: EasedLimit, matrix: TravelMatrix
) -> Scenario:
    if change.limit == "wait-aboard":
        longest_s = scenario.policy.max_wait_aboard_s + change.by_s
        return replace(scenario, policy=replace(scenario.policy, max_wait_aboard_s=longest_s))
    if change.limit == "wheelchair":
        person = scenario.participant(booking.participant)
        return _with_person(scenario, replace(person, wheelchair=False))
    if change.limit == "qualification":
        person = scenario.participant(booking.participant)
        kept = tuple(word for word in person.requires if word != change.word)
        own = tuple(word for word in booking.requires if word != change.word)
        scenario = with_changed(scenario, replace(booking, requires=own))
        return _with_person(scenario, replace(person, requires=kept))
    if change.limit == "party":
        return with_changed(
            scenario, replace(booking, party_size=booking.party_size - change.fewer)
        )
    if change.limit == "pin":
        return with_changed(scenario, with_requests(booking, partial(replace, pin=None)))
    return with_changed(scenario, _riding_longer(scenario, booking, change.by_s, matrix))


def _with_person(scenario: Scenario, person: Participant) -> Scenario:
    people = tuple(person if each.id == person.id else each for each in scenario.participants)
    return replace(scenario, participants=people)


def _riding_longer(
    scenario: Scenario, booking: Booking, by_s: Seconds, matrix: TravelMatrix
) -> Booking:
    person = scenario.participant(booking.participant)
    for leg in legs_of_booking(booking, person, scenario.policy, scenario.day.length_s):
        direct_s = matrix.seconds_between(leg.origin, leg.destination) or 0
        limit_s = leg.ride_limit.max_ride_s(direct_s) if leg.max_ride_s is None else leg.max_ride_s
        edit = partial(replace, max_ride_s=limit_s + by_s)
        booking = with_requests(booking, edit, (leg.direction,))
    return booking
