"""What people are asked to contribute to the costs of their rides, leg by leg."""

from tus_dispatch.domain.demand import Leg, ServiceRegime
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import EurCents, LegId, Metres
from tus_dispatch.rules.cost_share import participation_eur_cents, shared_eur_cents
from tus_dispatch.rules.legal_day import LegalDay, legal_day


def participations(plan: Plan, matrix: TravelMatrix) -> dict[LegId, EurCents]:
    """Return the contribution to every leg of social transport.

    Parameters
    ----------
    plan, matrix
        Any plan and its travel times.

    Returns
    -------
    dict
        In cents, by leg, also for legs left out. The amount agreed with the
        booking, or the tariff on the direct road of the leg; in the strict
        mode the legs of a round share the cap for its loaded kilometres. Empty
        where the day says nothing about the law.
    """
    day = legal_day(plan.scenario, matrix)
    if day is None:
        return {}
    asked: dict[LegId, EurCents] = {}
    for leg in legs_of(plan.scenario):
        amount = _asked(leg, plan, day)
        if amount is not None:
            asked[leg.id] = amount
    for tour_round in plan.rounds:
        legs = [
            leg
            for leg in dict.fromkeys(stop.leg for stop in tour_round.stops)
            if leg is not None and leg in asked
        ]
        amounts = [asked[leg] for leg in legs]
        asked |= zip(
            legs, shared_eur_cents(amounts, loaded_m(tour_round), day.settings), strict=True
        )
    return asked


def loaded_m(tour_round: Round) -> Metres:
    """Return the metres a round drives with somebody aboard."""
    total_m, aboard = 0, 0
    for stop in tour_round.stops:
        total_m += stop.drive_m if aboard else 0
        aboard = stop.load.people
    return total_m


def _asked(leg: Leg, plan: Plan, day: LegalDay) -> EurCents | None:
    direct_m = day.direct_m(leg.origin, leg.destination)
    if leg.regime is not ServiceRegime.TUS or direct_m is None:
        return None
    agreed = plan.scenario.booking(leg.booking).participation_eur_cents
    return participation_eur_cents(direct_m, day.settings) if agreed is None else agreed
