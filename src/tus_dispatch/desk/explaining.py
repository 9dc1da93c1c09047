"""Which other rounds could take a leg, everybody else kept where promised."""

from dataclasses import replace

from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Offer, Plan, Refusal, Round, StopKind
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId
from tus_dispatch.planning.quote import UnsoundPlanError, quote


def alternatives(plan: Plan, leg: LegId, matrix: TravelMatrix) -> tuple[Offer, ...]:
    """Quote a leg into the plan without it.

    Parameters
    ----------
    plan, leg, matrix
        A leg of the plan's day, served or not.

    Returns
    -------
    tuple of Offer
        By rising cost; empty when there is none, or when what is left of the
        plan cannot be kept.
    """
    wanted = next(each for each in legs_of(plan.scenario) if each.id == leg)
    rounds = tuple(_without(tour_round, leg) for tour_round in plan.rounds)
    kept = tuple(each for each in rounds if any(stop.leg for stop in each.stops))
    try:
        answer = quote(replace(plan, rounds=kept), wanted, matrix)
    except UnsoundPlanError:
        return ()
    return () if isinstance(answer, Refusal) else answer


def _without(tour_round: Round, leg: LegId) -> Round:
    """Take a leg's stops out; only the order of the rest matters to a quote."""
    stops = tuple(
        stop
        for stop in tour_round.stops
        if stop.leg != leg or stop.kind not in {StopKind.PICKUP, StopKind.DROPOFF}
    )
    return replace(tour_round, stops=stops)
