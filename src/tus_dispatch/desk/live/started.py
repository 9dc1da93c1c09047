"""Who is under way already stays where the plan has them."""

from collections.abc import Iterable
from dataclasses import replace

from tus_dispatch.desk.live.leg_states import STARTED
from tus_dispatch.domain.demand import Booking, Direction, LegRequest, Pin
from tus_dispatch.domain.legs import leg_id
from tus_dispatch.domain.plan import Plan, StopKind
from tus_dispatch.domain.record import Record
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.standing import DatedBooking
from tus_dispatch.domain.units import BookingId, LegId


def with_started_pinned(
    scenario: Scenario, plan: Plan, bookings: Iterable[Record[DatedBooking]]
) -> Scenario:
    """Pin legs that have begun, or are over, to the shift and the time the plan gives them.

    Parameters
    ----------
    scenario
        The day to be planned.
    plan
        The plan that is being driven.
    bookings
        Of the day, with the states of their legs.

    Returns
    -------
    Scenario
        Only those legs differ.
    """
    started = {
        leg_id(BookingId(record.id), state.direction)
        for record in bookings
        for state in record.value.states
        if state.status in STARTED
    }
    pins = {
        stop.leg: Pin(each.shift, stop.start_s)
        for each in plan.rounds
        for stop in each.stops
        if stop.kind is StopKind.PICKUP and stop.leg in started
    }
    return replace(scenario, bookings=tuple(_pinned(each, pins) for each in scenario.bookings))


def _pinned(booking: Booking, pins: dict[LegId, Pin]) -> Booking:
    def pinned(request: LegRequest | None, direction: Direction) -> LegRequest | None:
        pin = pins.get(leg_id(booking.id, direction))
        return request if request is None or pin is None else replace(request, pin=pin)

    return replace(
        booking,
        outward=pinned(booking.outward, Direction.OUTWARD),
        return_leg=pinned(booking.return_leg, Direction.RETURN),
    )
