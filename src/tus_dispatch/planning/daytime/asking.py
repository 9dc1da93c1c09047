"""The bookings that a flexible booking or an event may become."""

from collections.abc import Iterator

from tus_dispatch.domain.daytime import Attendance, FlexibleBooking, GroupEvent
from tus_dispatch.domain.demand import Booking, LegRequest, Participant
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import EurCents, Seconds
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.planning.daytime.frozen import attendance_id

# Half an hour to get there, looked at from every quarter of an hour on; a stay may
# be longer than asked for, but not by more than this.
SLOT_S: Seconds = 1800
STEP_S: Seconds = 900
LONGER_STAY_S: Seconds = 5400


def suits_the_day(flexible: FlexibleBooking, scenario: Scenario) -> bool:
    """Tell whether a flexible booking may be driven on a day."""
    return not flexible.dates or scenario.day.date in flexible.dates


def bookings_of(flexible: FlexibleBooking, scenario: Scenario) -> Iterator[Booking]:
    """Yield what a flexible booking may become, quarter hour by quarter hour.

    Parameters
    ----------
    flexible
        Who wants to go where, and when that may be.
    scenario
        The day, with its policy and places.

    Yields
    ------
    Booking
        With a window for getting out of at most half an hour and, unless the
        person finds a way back alone, a return that leaves time for the stay.
        At a hub with a last departure, who does not come back is there before
        it, with the policy's margin.
    """
    person = scenario.participant(flexible.participant)
    for window in flexible.windows:
        latest_s = _latest_dropoff_s(flexible, scenario, person, window)
        start_s = window.earliest_s
        while start_s < latest_s or start_s == window.earliest_s <= latest_s:
            until_s = min(start_s + SLOT_S, latest_s)
            yield _booking(flexible, person, TimeWindow(start_s, until_s), window)
            start_s += STEP_S


def attending(event: GroupEvent, attendance: Attendance, scenario: Scenario) -> Booking:
    """Return the booking of somebody who comes to an event.

    Parameters
    ----------
    event, attendance
        What, and who comes from where.
    scenario
        The day.

    Returns
    -------
    Booking
        The person is out of the vehicle when the event begins, and fetched
        when it is over.
    """
    person = scenario.participant(attendance.participant)
    start_s, end_s = event.window.earliest_s, event.window.latest_s
    there_s = max(0, start_s - person.alighting_s)
    last_s = min(end_s + event.late_s, scenario.day.length_s)
    return Booking(
        id=attendance_id(event.id, attendance.participant),
        participant=attendance.participant,
        outward=LegRequest(
            attendance.home,
            event.place,
            dropoff_window=TimeWindow(max(0, start_s - event.early_s), there_s),
        ),
        return_leg=LegRequest(
            event.place, attendance.home, pickup_window=TimeWindow(end_s, max(end_s, last_s))
        ),
        party_size=attendance.party_size,
        purpose=event.purpose,
        regime=event.regime,
    )


def value_of_leg(source: FlexibleBooking | GroupEvent, scenario: Scenario) -> EurCents:
    """Return what one leg is worth, in cents, by the source or its category."""
    if source.value_eur_cents is not None:
        return source.value_eur_cents
    category = source.purpose if isinstance(source, FlexibleBooking) else source.kind
    return scenario.policy.daytime.values.of(category)


def _latest_dropoff_s(
    flexible: FlexibleBooking, scenario: Scenario, person: Participant, window: TimeWindow
) -> Seconds:
    """Return the latest start of alighting that leaves time for what follows."""
    if not flexible.one_way:
        return window.latest_s - flexible.stay_s - person.alighting_s
    latest_s = window.latest_s
    last_departure_s = scenario.place(flexible.place).last_departure_s
    if last_departure_s is not None:
        margin_s = scenario.policy.daytime.transfer_margin_s
        latest_s = min(latest_s, last_departure_s - margin_s - person.alighting_s)
    return latest_s


def _booking(
    flexible: FlexibleBooking,
    person: Participant,
    there: TimeWindow,
    window: TimeWindow,
) -> Booking:
    back = None
    if not flexible.one_way:
        back_s = there.latest_s + person.alighting_s + flexible.stay_s
        until_s = min(window.latest_s, back_s + LONGER_STAY_S)
        back = LegRequest(flexible.place, flexible.home, pickup_window=TimeWindow(back_s, until_s))
    return Booking(
        id=flexible.id,
        participant=flexible.participant,
        outward=LegRequest(flexible.home, flexible.place, dropoff_window=there),
        return_leg=back,
        party_size=flexible.party_size,
        purpose=flexible.purpose,
        regime=flexible.regime,
        requires=flexible.requires,
    )
