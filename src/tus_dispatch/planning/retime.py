"""A plan without one of its legs, everybody else kept where promised."""

from dataclasses import replace

from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId
from tus_dispatch.planning.decode import decode_route
from tus_dispatch.planning.open_day import open_day
from tus_dispatch.planning.places import cheapest_order
from tus_dispatch.solver.arrays import arrays_of
from tus_dispatch.solver.draft import make_route
from tus_dispatch.solver.models.timetable import kindest_times


def without(plan: Plan, leg: LegId, matrix: TravelMatrix) -> Plan | None:
    """Take a leg out of its round and give the round new times.

    Parameters
    ----------
    plan
        A sound plan.
    leg
        Served or not; its linked leg stays.
    matrix
        Knows the places of the plan.

    Returns
    -------
    Plan or None
        The leg is neither served nor among those left out. None when what is
        left of the round cannot be driven, which needs travel times without
        the triangle inequality.
    """
    tour_round = next(
        (each for each in plan.rounds if any(stop.leg == leg for stop in each.stops)), None
    )
    if tour_round is None:
        return plan
    shorter = replace(tour_round, stops=tuple(stop for stop in tour_round.stops if stop.leg != leg))
    at = plan.rounds.index(tour_round)
    others = replace(plan, rounds=(*plan.rounds[:at], *plan.rounds[at + 1 :]))
    if all(stop.leg is None for stop in shorter.stops):
        return others
    # Its times are those of the longer round until it is timed anew.
    day = open_day(
        replace(plan, rounds=(*plan.rounds[:at], shorter, *plan.rounds[at + 1 :])), matrix
    )
    encoding = day.encoding
    vehicle = next(k for k, shift in enumerate(encoding.shifts) if shift.id == tour_round.shift)
    arrays = arrays_of(encoding.instance)
    kept = cheapest_order(encoding.instance, arrays, vehicle, day.doors[vehicle])
    if kept is None:
        return None
    route = make_route(kept.arrays, vehicle, kept.order)
    kindest = kindest_times(encoding.instance, route, arrays=kept.arrays)
    timed = decode_route(encoding, kindest)
    return replace(plan, rounds=(*plan.rounds[:at], timed, *plan.rounds[at + 1 :]))
