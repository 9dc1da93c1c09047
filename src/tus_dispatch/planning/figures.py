"""Every figure of a plan, counted from its stops and from nothing the search says of itself."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from tus_dispatch.domain.demand import Leg
from tus_dispatch.domain.emissions import EmissionFactors
from tus_dispatch.domain.figures import (
    Balance,
    Climate,
    DriverFigures,
    Figures,
    Idleness,
    Production,
    Robustness,
    Service,
    Spread,
)
from tus_dispatch.domain.leg_figures import LegFigures, RoundFigures, count_people
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import Plan, Round
from tus_dispatch.domain.travel import TravelMatrix
from tus_dispatch.domain.units import LegId, PlaceId, Seconds
from tus_dispatch.planning.leg_figures import figures_of_left_out, figures_of_round
from tus_dispatch.planning.round_figures import figures_of_duty, vehicle_idle_midday_s
from tus_dispatch.planning.slack import bounds_of, late_when_slower

T = TypeVar("T")
EARLY_AT_MOST_S = 1800
PICKED_UP_WITHIN_S = 1200


def figures(plan: Plan, matrix: TravelMatrix, factors: EmissionFactors | None = None) -> Figures:
    """Count a plan.

    Parameters
    ----------
    plan
        A plan without violations; its times and loads are taken as given.
    matrix
        The travel times it was made with, for direct drives.
    factors
        Emissions per kilometre, or None for the default, which nobody
        verified.

    Returns
    -------
    Figures
        By leg, by round and for the day.
    """
    factors = factors or EmissionFactors()
    legs = {leg.id: leg for leg in legs_of(plan.scenario)}
    by_round = [figures_of_round(plan, each, legs, matrix) for each in plan.rounds]
    rounds = tuple(
        figures_of_duty(plan, tour_round, of_round, factors)
        for tour_round, of_round in zip(plan.rounds, by_round, strict=True)
    )
    by_leg = {leg.leg: leg for of_round in by_round for leg in of_round}
    served = tuple(by_leg[leg] for leg in legs if leg in by_leg)
    return Figures(
        legs=served,
        left_out=tuple(
            figures_of_left_out(leg, matrix) for leg in legs.values() if leg.id not in by_leg
        ),
        rounds=rounds,
        service=_service(plan, legs, served),
        production=_production(plan, rounds, served),
        idleness=_idleness(plan, rounds),
        robustness=_robustness(plan, legs, served),
        balance=_balance(plan, rounds),
        climate=Climate(
            co2e_mg=sum(each.co2e_mg for each in rounds),
            co2e_avoided_mg=sum(each.co2e_avoided_mg for each in rounds),
            factors=factors,
        ),
    )


def _service(plan: Plan, legs: dict[LegId, Leg], served: tuple[LegFigures, ...]) -> Service:
    margins_s = _known(leg.arrival_margin_s for leg in served)
    deviations_s = _known(leg.pickup_deviation_s for leg in served)
    promised_s = _known(leg.promise_deviation_s for leg in served)
    causes = Counter(each.reason.slug for each in plan.unserved)
    doors = {place for leg in served for place in _doors(legs[leg.leg])}
    communes = {plan.scenario.place(place).insee for place in doors} - {None}
    return Service(
        requests=len(legs),
        requests_accepted=len(served),
        refused_by_cause=tuple(sorted(causes.items())),
        participants=len({leg.participant for leg in served}),
        people=count_people(served),
        served_communes=len(communes),
        excess_ride_s=spread_of(_known(leg.excess_ride_s for leg in served)),
        ride_ratio=spread_of(_known(leg.ride_ratio for leg in served)),
        limit_use_max=max(_known(leg.limit_use for leg in served), default=None),
        wait_aboard_total_s=sum(leg.wait_aboard_s for leg in served),
        wait_aboard_max_s=max((leg.longest_wait_aboard_s for leg in served), default=0),
        arrival_margin_mean_s=_mean(margins_s),
        arrival_margin_min_s=min(margins_s, default=None),
        pickup_deviation_s=spread_of(deviations_s),
        promise_deviation_max_s=max((abs(each) for each in promised_s), default=None),
        on_time_arrival=_mean([0 <= each <= EARLY_AT_MOST_S for each in margins_s]),
        on_time_pickup=_mean([0 <= each <= PICKED_UP_WITHIN_S for each in deviations_s]),
        max_regret_s=max(_known(leg.regret_s for leg in served), default=None),
    )


def _production(
    plan: Plan, rounds: tuple[RoundFigures, ...], served: tuple[LegFigures, ...]
) -> Production:
    return Production(
        rounds=len(rounds),
        open_rounds=sum(each.driver is None for each in rounds),
        unused_shifts=len(plan.scenario.shifts) - len(rounds),
        vehicles=len({each.vehicle for each in rounds}),
        drivers=len({each.driver for each in rounds} - {None}),
        duty_s=sum(each.duty_s for each in rounds),
        paid_s=sum(each.paid_s for each in rounds),
        driving_s=sum(each.driving_s for each in rounds),
        service_s=sum(each.service_s for each in rounds),
        break_s=sum(each.break_s for each in rounds),
        protected_s=sum(each.protected_s for each in rounds),
        breaks=sum(each.breaks for each in rounds),
        total_m=sum(each.total_m for each in rounds),
        empty_m=sum(each.empty_m for each in rounds),
        loaded_m=sum(each.loaded_m for each in rounds),
        passenger_m=sum(each.passenger_m for each in rounds),
        seat_m=sum(each.seat_m for each in rounds),
        direct_m=sum(leg.direct_m or 0 for leg in served),
        paid_legs=sum(each.legs for each in rounds if each.paid_s),
    )


def _idleness(plan: Plan, rounds: tuple[RoundFigures, ...]) -> Idleness:
    gaps = [gap for each in rounds for gap in each.gaps]
    return Idleness(
        paid_idle_s=sum(each.paid_idle_s for each in rounds),
        paid_idle_midday_s=sum(each.paid_idle_midday_s for each in rounds),
        paid_midday_s=sum(each.paid_midday_s for each in rounds),
        vehicle_idle_midday_s=vehicle_idle_midday_s(plan),
        gaps=tuple(sorted(gaps, key=lambda gap: (-gap.length_s, gap.start_s))),
    )


def _robustness(plan: Plan, legs: dict[LegId, Leg], served: tuple[LegFigures, ...]) -> Robustness:
    slacks_s = _known(
        slack for leg in served for slack in (leg.pickup_slack_s, leg.dropoff_slack_s)
    )
    late_s = [each for tour_round in plan.rounds for each in _late_s(plan, tour_round, legs)]
    return Robustness(
        slack_min_s=min(slacks_s, default=None),
        slack_mean_s=_mean(slacks_s),
        stops_with_window=len(late_s),
        slower_10_broken=sum(each > 0 for each in late_s),
        slower_10_late_max_s=max(late_s, default=0),
    )


def _late_s(plan: Plan, tour_round: Round, legs: dict[LegId, Leg]) -> list[Seconds]:
    promises = {promise.leg: promise for promise in plan.promises}
    shift = plan.scenario.shift(tour_round.shift)
    bounds = bounds_of(tour_round, shift, legs, promises, room_aboard_s={})
    return _known(late_when_slower(tour_round, bounds))


def _balance(plan: Plan, rounds: tuple[RoundFigures, ...]) -> Balance:
    drivers = []
    for driver in plan.scenario.drivers:
        driven = [each for each in rounds if each.driver == driver.id]
        if not driven:
            continue
        duty_s = sum(each.duty_s for each in driven)
        over_s = None
        if driver.contract_week_s is not None:
            over_s = max(0, driver.worked_week_s + duty_s - driver.contract_week_s)
        legs = sum(each.legs for each in driven)
        drivers.append(DriverFigures(driver.id, duty_s, legs, over_s))
    return Balance(tuple(drivers))


def _doors(leg: Leg) -> tuple[PlaceId, PlaceId]:
    return leg.origin, leg.destination


def _known(values: Iterable[T | None]) -> list[T]:
    return [value for value in values if value is not None]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def spread_of(values: Sequence[float]) -> Spread | None:
    """Summarise values.

    Parameters
    ----------
    values
        In any order.

    Returns
    -------
    Spread or None
        None without any value.

    Examples
    --------
    Of twenty values, nineteen are 95 %.

    >>> spread_of([*range(1, 20), 99])
    Spread(mean=14.45, p95=19, max=99)
    """
    if not values:
        return None
    ranked = sorted(values)
    # Nearest rank: one of the values, so a dispatcher can find the leg.
    p95 = ranked[(95 * len(ranked) + 99) // 100 - 1]
    return Spread(mean=sum(ranked) / len(ranked), p95=p95, max=ranked[-1])
