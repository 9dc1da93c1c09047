"""A plan without some of its legs, everybody else kept where promised."""

from collections.abc import Collection
from dataclasses import replace

from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, ShiftId
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
    shorter = shortened(tour_round, {leg})
    at = plan.rounds.index(tour_round)
    others = () if shorter is None else (shorter,)
    rest = replace(plan, rounds=(*plan.rounds[:at], *others, *plan.rounds[at + 1 :]))
    return rest if shorter is None else retimed(rest, shorter.shift, matrix)


def shortened(tour_round: Round, gone: Collection[LegId]) -> Round | None:
    """Take the stops of some legs out of a round.

    Parameters
    ----------
    tour_round
        Its times are kept, so it must be timed anew.
    gone
        Whose stops.

    Returns
    -------
    Round or None
        None when nobody is left in it.
    """
    stops = tuple(stop for stop in tour_round.stops if stop.leg is None or stop.leg not in gone)
    if all(stop.leg is None for stop in stops):
        return None
    return replace(tour_round, stops=stops)


def retimed(plan: Plan, shift: ShiftId, matrix: TravelMatrix) -> Plan | None:
    """Set all times of one round anew, its order kept, breaks and pauses where they fit best.

    Parameters
    ----------
    plan
        Sound but for the times and the breaks of this round.
    shift
        Whose round.
    matrix
        Knows the places of the plan.

    Returns
    -------
    Plan or None
        None when the order cannot be driven within promises and windows.
    """
    # Its times are those of the longer round until it is timed anew.
    day = open_day(plan, matrix)
    encoding = day.encoding
    vehicle = next(k for k, each in enumerate(encoding.shifts) if each.id == shift)
    arrays = arrays_of(encoding.instance)
    kept = cheapest_order(encoding.instance, arrays, vehicle, day.doors[vehicle])
    if kept is None:
        return None
    route = make_route(kept.arrays, vehicle, kept.order)
    kindest = kindest_times(encoding.instance, route, arrays=kept.arrays)
    timed = decode_route(encoding, kindest)
    rounds = tuple(timed if each.shift == shift else each for each in plan.rounds)
    return replace(plan, rounds=rounds)
