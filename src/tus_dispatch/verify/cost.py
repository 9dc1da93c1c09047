"""The declared price of a plan is what the objective's weights give, summed here once more."""

from collections.abc import Iterator

from tus_dispatch.domain.plan import CostBreakdown, StopKind
from tus_dispatch.verify.case import Case, RoundCase
from tus_dispatch.verify.crew import crew_price
from tus_dispatch.verify.duty import driven_m
from tus_dispatch.verify.violations import Violation, broken

MILLI_CENTS_PER_CENT = 1000


def declared_cost_is_true(case: Case) -> Iterator[Violation]:
    """Yield parts of the cost that do not add up."""
    declared, actual = case.plan.cost, price(case)
    for part in (*CostBreakdown.__dataclass_fields__, "total"):
        told, counted = getattr(declared, part), getattr(actual, part)
        if told != counted:
            yield broken(
                "false-cost", "plan", abs(told - counted), part=part, declared=told, actual=counted
            )


def price(case: Case) -> CostBreakdown:
    """Price a plan from its stops alone.

    Parameters
    ----------
    case
        The plan under judgement.

    Returns
    -------
    CostBreakdown
        All parts, in thousandths of a cent.
    """
    weights = case.scenario.objective.weights
    n_open = sum(_is_open(tour) for tour in case.tours)
    crew = crew_price(case)
    duty_s = sum(tour.sign_off_s - tour.sign_on_s for tour in case.tours)
    return CostBreakdown(
        distance=sum(driven_m(case, tour) for tour in case.tours) * weights.per_metre,
        duty=duty_s * weights.per_duty_second,
        rounds=len(case.tours) * weights.per_round + n_open * weights.per_open_round,
        excess_ride=_excess_ride_s(case) * weights.per_excess_ride_second,
        wait_aboard=_wait_aboard_s(case) * weights.per_wait_aboard_second,
        early=_early_s(case) * weights.per_early_second,
        late=_late_s(case) * weights.per_late_second,
        unserved=_unserved(case),
        hours=crew.hours,
        rotation=crew.rotation,
        regular_driver=crew.regular_driver,
    )


def _is_open(tour: RoundCase) -> bool:
    """Tell whether somebody had to be found for a round, whether or not anybody was."""
    if tour.shift is None:
        return tour.tour_round.driver is None
    return tour.shift.driver is None


def _excess_ride_s(case: Case) -> int:
    total_s = 0
    for ride in case.rides.values():
        leg = ride.leg
        if not (case.knows(leg.origin) and case.knows(leg.destination)):
            continue
        direct_s = case.matrix.seconds_between(leg.origin, leg.destination)
        if direct_s is not None:
            ride_s = ride.dropoff.start_s - ride.pickup.start_s - leg.boarding_s
            total_s += max(0, ride_s - direct_s)
    return total_s


def _wait_aboard_s(case: Case) -> int:
    return sum(
        stop.waiting_s * len(tour.aboard[index])
        for tour in case.tours
        for index, stop in enumerate(tour.stops)
    )


def _early_s(case: Case) -> int:
    return sum(
        max(0, leg.target_dropoff_s - stop.start_s)
        for _, _, stop, leg in case.doors()
        if stop.kind is StopKind.DROPOFF and leg.target_dropoff_s is not None
    )


def _late_s(case: Case) -> int:
    return sum(
        max(0, stop.start_s - leg.target_pickup_s)
        for _, _, stop, leg in case.doors()
        if stop.kind is StopKind.PICKUP and leg.target_pickup_s is not None
    )


def _unserved(case: Case) -> int:
    per_leg = case.scenario.objective.weights.per_unserved_leg
    total = 0
    for item in case.plan.unserved:
        leg = case.legs.get(item.leg)
        if leg is None:
            continue
        if leg.price_eur_cents is not None:
            total += leg.price_eur_cents * MILLI_CENTS_PER_CENT
        else:
            total += per_leg * (100 + leg.priority) // 100
    return total
