"""What the choice of drivers costs: hours off the contract, turns not taken, other drivers."""

from dataclasses import dataclass

from tus_dispatch.domain.units import MilliCents
from tus_dispatch.rules.working_time.aim import aim_of, turns_missed
from tus_dispatch.verify.case import Case, find
from tus_dispatch.verify.working_time import work_by_driver


@dataclass(frozen=True, slots=True)
class CrewPrice:
    """Parts of the cost, in thousandths of a cent.

    Attributes
    ----------
    hours, rotation, regular_driver
        See ``domain.plan.CostBreakdown``.
    """

    hours: MilliCents = 0
    rotation: MilliCents = 0
    regular_driver: MilliCents = 0


def crew_price(case: Case) -> CrewPrice:
    """Price who drives, on days that apply the law of working time.

    Parameters
    ----------
    case
        The plan under judgement.

    Returns
    -------
    CrewPrice
        Nothing where the day does not apply it. Employees without a round
        count too: their hours run on.
    """
    if case.scenario.working_time is None:
        return CrewPrice()
    weights, day = case.scenario.objective.weights, case.scenario.day
    work = work_by_driver(case)
    aims = [
        aim_of(driver, day, work.get(driver.id, ()))
        for driver in case.scenario.drivers
        if not driver.volunteer
    ]
    early, short = turns_missed(aims)
    return CrewPrice(
        hours=sum(each.week_off_s for each in aims) * weights.per_week_hours_second
        + sum(each.month_off_s for each in aims) * weights.per_month_hours_second,
        rotation=early * weights.per_early_start + short * weights.per_short_round,
        regular_driver=_other_drivers(case) * weights.per_other_driver,
    )


def _other_drivers(case: Case) -> int:
    """Count the rides that somebody else than the regular driver drives."""
    count = 0
    for ride in case.rides.values():
        person = find(case.scenario.participant, ride.leg.participant)
        wanted = None if person is None else person.regular_driver
        count += wanted is not None and ride.tour.tour_round.driver != wanted
    return count
