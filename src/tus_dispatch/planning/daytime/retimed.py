"""A round, or a whole plan, with the same order and new times."""

from dataclasses import replace

from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import BookingId, MilliCents, ShiftId
from tus_dispatch.planning.daytime.frozen import booking_of
from tus_dispatch.planning.decode import decode_route
from tus_dispatch.planning.encode import leg_times
from tus_dispatch.planning.open_day import OpenDay
from tus_dispatch.planning.places import cheapest_order
from tus_dispatch.planning.retime import without
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.cost import route_parts
from tus_dispatch.solver.draft import make_route
from tus_dispatch.solver.models.timetable import kindest_times


def retimed(day: OpenDay, shift: ShiftId) -> tuple[MilliCents, Round] | None:
    """Give a round new times, its order kept and its pauses placed anew.

    Parameters
    ----------
    day
        The plan under the rules that hold now.
    shift
        A used shift.

    Returns
    -------
    tuple or None
        Price of the round and the round; None when the order cannot be
        driven under these rules.
    """
    encoding = day.encoding
    vehicle = next(k for k, each in enumerate(encoding.shifts) if each.id == shift)
    arrays = arrays_of(encoding.instance)
    kept = cheapest_order(encoding.instance, arrays, vehicle, day.doors[vehicle])
    if kept is None:
        return None
    route = make_route(kept.arrays, vehicle, kept.order)
    kindest = kindest_times(encoding.instance, route, arrays=kept.arrays)
    cost = int(route_parts(encoding.instance, kindest, arrays).sum())
    return cost, decode_route(encoding, kindest)


def without_bookings(
    plan: Plan, matrix: TravelMatrix, bookings: frozenset[BookingId]
) -> Plan | None:
    """Take bookings out of a plan and out of its day.

    Parameters
    ----------
    plan, matrix
        A sound plan and its travel times.
    bookings
        Served or not.

    Returns
    -------
    Plan or None
        Rounds that lose somebody have new times. None where what is left of
        a round cannot be driven, which needs travel times without the
        triangle inequality.
    """
    for leg in leg_times(plan):
        if booking_of(leg) in bookings:
            shorter = without(plan, leg, matrix)
            if shorter is None:
                return None
            plan = shorter
    scenario = replace(
        plan.scenario,
        bookings=tuple(each for each in plan.scenario.bookings if each.id not in bookings),
    )
    return replace(
        plan,
        scenario=scenario,
        unserved=tuple(each for each in plan.unserved if booking_of(each.leg) not in bookings),
        promises=tuple(each for each in plan.promises if booking_of(each.leg) not in bookings),
    )
