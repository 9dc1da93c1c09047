"""A plan without one of its legs, everybody else kept where promised."""

from dataclasses import replace

from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId
from tus_dispatch.planning.decode import decode_route
from tus_dispatch.planning.encode import encode, encode_plan, leg_times
from tus_dispatch.planning.places import cheapest_order
from tus_dispatch.planning.quote import promised_windows
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
    shorter = _without(plan, tour_round, leg, matrix)
    if shorter is None:
        return None
    at = plan.rounds.index(tour_round)
    return replace(plan, rounds=(*plan.rounds[:at], *shorter, *plan.rounds[at + 1 :]))


def _without(
    plan: Plan, tour_round: Round, leg: LegId, matrix: TravelMatrix
) -> tuple[Round, ...] | None:
    served = leg_times(plan).keys() - {leg}
    legs = [each for each in legs_of(plan.scenario) if each.id in served]
    encoding = encode(plan.scenario, legs, matrix, promises=promised_windows(plan))
    solution = encode_plan(encoding, plan)
    vehicle = next(k for k, shift in enumerate(encoding.shifts) if shift.id == tour_round.shift)
    if all(route.vehicle != vehicle for route in solution.routes):
        return ()
    kept = cheapest_order(encoding, solution, vehicle)
    if kept is None:
        return None
    route = make_route(kept.arrays, vehicle, kept.order)
    return (decode_route(encoding, kindest_times(encoding.instance, route, arrays=kept.arrays)),)
