"""A plan as it would be with an offer taken."""

from dataclasses import replace

from tus_dispatch.domain.certificate import Certificate
from tus_dispatch.domain.offer import BookingOffer
from tus_dispatch.domain.plan import Plan


def taken(plan: Plan, offer: BookingOffer) -> Plan:
    """Put the new rounds of an offer into a plan.

    Parameters
    ----------
    plan
        The version the offer was made for.
    offer
        For a booking of its day.

    Returns
    -------
    Plan
        Its legs are no longer among those left out. The declared cost is still
        that of the plan before, and nothing is known of how far it is from the
        best: whoever keeps the plan prices it.
    """
    rounds = {each.shift: each for each in (*plan.rounds, *offer.new_rounds)}
    legs = {each.leg for each in offer.legs}
    return replace(
        plan,
        rounds=tuple(rounds[shift.id] for shift in plan.scenario.shifts if shift.id in rounds),
        unserved=tuple(each for each in plan.unserved if each.leg not in legs),
        certificate=Certificate(),
    )
