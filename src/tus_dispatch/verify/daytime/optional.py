"""Who came in by filling gets what was asked for: hours, stay, a way back, a seat at the event."""

from collections.abc import Iterator

from tus_dispatch.domain.daytime import FlexibleBooking
from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.units import BookingId, Seconds
from tus_dispatch.verify.daytime.case import Doors, FilledCase, guarded
from tus_dispatch.verify.violations import Violation


def demand_is_what_was_asked(case: FilledCase) -> Iterator[Violation]:
    """Yield bookings that changed, disappeared or came from nowhere."""
    now = {each.id: each for each in case.after.scenario.bookings}
    for booking in case.before.scenario.bookings:
        if now.get(booking.id) != booking:
            yield guarded("filled-demand", booking.id)
    for booking in case.new_bookings():
        if case.who_asked.get(booking.id) != booking.participant:
            yield guarded("filled-demand", booking.id)


def nobody_is_stranded(case: FilledCase) -> Iterator[Violation]:
    """Yield optional bookings that bring somebody there and not back."""
    for booking in case.new_bookings():
        flexible = case.flexible.get(booking.id)
        if flexible is not None and flexible.one_way:
            continue
        if case.doors(booking.id, "out") is not None and case.doors(booking.id, "ret") is None:
            yield guarded("filled-stranded", booking.id)


def flexible_hours_are_kept(case: FilledCase) -> Iterator[Violation]:
    """Yield flexible bookings outside their windows, or with too short a stay."""
    for booking in case.new_bookings():
        flexible, out = case.flexible.get(booking.id), case.doors(booking.id, "out")
        if flexible is None or out is None:
            continue
        back = case.doors(booking.id, "ret")
        stay_s = None if back is None else back.pickup.start_s - out.dropoff.departure_s
        if stay_s is not None and stay_s < flexible.stay_s:
            what = "le temps sur place est trop court"
            yield guarded("filled-hours", booking.id, flexible.stay_s - stay_s, what=what)
        until_s = out.dropoff.start_s if back is None else back.pickup.start_s
        if not _is_inside(flexible, out.dropoff.start_s, until_s):
            yield guarded("filled-hours", booking.id, what="hors des créneaux demandés")


def last_departures_are_reached(case: FilledCase) -> Iterator[Violation]:
    """Yield people who are to go on from a hub and get there too late."""
    margin_s = case.after.scenario.policy.daytime.transfer_margin_s
    for booking in case.new_bookings():
        flexible, out = case.flexible.get(booking.id), case.doors(booking.id, "out")
        if flexible is None or out is None or not flexible.one_way:
            continue
        departure_s = case.after.scenario.place(flexible.place).last_departure_s
        if departure_s is not None and out.dropoff.departure_s > departure_s - margin_s:
            by = out.dropoff.departure_s + margin_s - departure_s
            yield guarded("filled-departure", booking.id, by)


def events_have_everybody_in_time(case: FilledCase) -> Iterator[Violation]:
    """Yield people who miss the beginning or the end of an event."""
    for booking in case.new_bookings():
        event = case.events.get(booking.id)
        if event is None:
            continue
        out, back = case.doors(booking.id, "out"), case.doors(booking.id, "ret")
        if out is not None and out.dropoff.departure_s > event.window.earliest_s:
            by = out.dropoff.departure_s - event.window.earliest_s
            yield guarded("event-hours", booking.id, by, what="arrivée après le début")
        if back is not None and back.pickup.start_s < event.window.latest_s:
            by = event.window.latest_s - back.pickup.start_s
            yield guarded("event-hours", booking.id, by, what="départ avant la fin")


def events_keep_their_capacity(case: FilledCase) -> Iterator[Violation]:
    """Yield events that more people are brought to than they can take."""
    people: dict[str, int] = {}
    for booking in case.after.scenario.bookings:
        event = case.events.get(booking.id)
        if event is not None and case.doors(booking.id, "out") is not None:
            companions = case.after.scenario.participant(booking.participant).companions
            people[event.id] = people.get(event.id, 0) + booking.party_size + companions
    for event in case.after.scenario.group_events:
        by = people.get(event.id, 0) - event.capacity
        if by > 0:
            yield guarded("event-capacity", event.id, by)


def nobody_is_in_two_places(case: FilledCase) -> Iterator[Violation]:
    """Yield optional bookings of somebody who is under way or away already."""
    new = {each.id for each in case.new_bookings()}
    journeys = [
        (booking, span)
        for booking in case.after.scenario.bookings
        if (span := _journey(case, booking)) is not None
    ]
    for booking, (start_s, end_s) in journeys:
        if booking.id not in new:
            continue
        for other, (other_start_s, other_end_s) in journeys:
            is_same_person = other.participant == booking.participant and other.id != booking.id
            by = min(end_s, other_end_s) - max(start_s, other_start_s)
            if is_same_person and by > 0:
                yield guarded("person-twice", booking.id, by)


def _is_inside(flexible: FlexibleBooking, from_s: Seconds, until_s: Seconds) -> bool:
    return any(
        window.earliest_s <= from_s and until_s <= window.latest_s for window in flexible.windows
    )


def _journey(case: FilledCase, booking: Booking) -> tuple[Seconds, Seconds] | None:
    legs = [
        doors
        for direction in ("out", "ret")
        if (doors := case.doors(BookingId(booking.id), direction)) is not None
    ]
    if not legs:
        return None
    first: Doors = legs[0]
    return first.pickup.start_s, legs[-1].dropoff.start_s
