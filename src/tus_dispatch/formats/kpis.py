"""The file kpis.json holds every figure of a plan by its id, the same bytes for the same plan."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tus_dispatch.domain.figures import Figures, Spread
from tus_dispatch.domain.leg_figures import RoundFigures
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.plan_changes import PlanChanges

FORMAT = "tus-kpis/1"


@dataclass(frozen=True, slots=True)
class Counted:
    """What the figures are read from.

    Attributes
    ----------
    figures
        The counted plan.
    changes
        What it moves against an earlier plan, or None.
    """

    figures: Figures
    changes: PlanChanges | None = None


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure of the day.

    Attributes
    ----------
    id
        Key in the file, never reused for something else.
    unit
        ``legs``, ``s``, ``h``, ``km``, ``ratio``, ``kg CO2e``, …
    decimals
        Digits kept after the point; 0 keeps an integer.
    of
        Reads the value; None when there is nothing to count.
    """

    id: str
    unit: str
    decimals: int
    of: Callable[[Counted], Any]

    def value(self, counted: Counted) -> Any:
        """Return the value as the file holds it."""
        return _rounded(self.of(counted), self.decimals)


@dataclass(frozen=True, slots=True)
class RoundKpi:
    """One figure of a round.

    Attributes
    ----------
    id, unit, decimals
        As for the day.
    of
        Reads the value.
    """

    id: str
    unit: str
    decimals: int
    of: Callable[[RoundFigures], Any]


def _mean(spread: Spread | None) -> float | None:
    return None if spread is None else spread.mean


def _p95(spread: Spread | None) -> float | None:
    return None if spread is None else spread.p95


def _max(spread: Spread | None) -> float | None:
    return None if spread is None else spread.max


def _spread_of_duty(counted: Counted) -> int | None:
    balance = counted.figures.balance
    if balance.duty_max_s is None or balance.duty_min_s is None:
        return None
    return balance.duty_max_s - balance.duty_min_s


def _longest_gap(counted: Counted) -> int:
    return max((gap.length_s for gap in counted.figures.idleness.gaps), default=0)


def _change(read: Callable[[PlanChanges], int | None]) -> Callable[[Counted], int | None]:
    return lambda counted: None if counted.changes is None else read(counted.changes)


SERVICE_KPIS: tuple[Kpi, ...] = (
    Kpi("requests", "legs", 0, lambda c: c.figures.service.requests),
    Kpi("requests_accepted", "legs", 0, lambda c: c.figures.service.requests_accepted),
    Kpi("refused_by_cause", "legs", 0, lambda c: dict(c.figures.service.refused_by_cause)),
    Kpi("participants", "participants", 0, lambda c: c.figures.service.participants),
    Kpi("people", "people", 0, lambda c: c.figures.service.people),
    Kpi("served_communes", "communes", 0, lambda c: c.figures.service.served_communes),
    Kpi("mean_excess_ride", "ratio", 4, lambda c: _mean(c.figures.service.ride_ratio)),
    Kpi("p95_excess_ride", "ratio", 4, lambda c: _p95(c.figures.service.ride_ratio)),
    Kpi("max_excess_ride", "ratio", 4, lambda c: _max(c.figures.service.ride_ratio)),
    Kpi("excess_ride_mean_s", "s", 1, lambda c: _mean(c.figures.service.excess_ride_s)),
    Kpi("excess_ride_p95_s", "s", 0, lambda c: _p95(c.figures.service.excess_ride_s)),
    Kpi("excess_ride_max_s", "s", 0, lambda c: _max(c.figures.service.excess_ride_s)),
    Kpi("ride_limit_use_max", "ratio", 4, lambda c: c.figures.service.limit_use_max),
    Kpi("wait_aboard_total_s", "s", 0, lambda c: c.figures.service.wait_aboard_total_s),
    Kpi("wait_aboard_max_s", "s", 0, lambda c: c.figures.service.wait_aboard_max_s),
    Kpi("arrival_margin_mean_s", "s", 1, lambda c: c.figures.service.arrival_margin_mean_s),
    Kpi("arrival_margin_min_s", "s", 0, lambda c: c.figures.service.arrival_margin_min_s),
    Kpi("on_time_arrival", "ratio", 4, lambda c: c.figures.service.on_time_arrival),
    Kpi("pickup_deviation_mean_s", "s", 1, lambda c: _mean(c.figures.service.pickup_deviation_s)),
    Kpi("pickup_deviation_p95_s", "s", 0, lambda c: _p95(c.figures.service.pickup_deviation_s)),
    Kpi("pickup_deviation_max_s", "s", 0, lambda c: _max(c.figures.service.pickup_deviation_s)),
    Kpi("on_time_pickup", "ratio", 4, lambda c: c.figures.service.on_time_pickup),
    Kpi("promise_deviation_max_s", "s", 0, lambda c: c.figures.service.promise_deviation_max_s),
    Kpi("max_regret_s", "s", 0, lambda c: c.figures.service.max_regret_s),
)

PRODUCTION_KPIS: tuple[Kpi, ...] = (
    Kpi("rounds", "rounds", 0, lambda c: c.figures.production.rounds),
    Kpi("open_rounds", "rounds", 0, lambda c: c.figures.production.open_rounds),
    Kpi("unused_shifts", "shifts", 0, lambda c: c.figures.production.unused_shifts),
    Kpi("vehicles", "vehicles", 0, lambda c: c.figures.production.vehicles),
    Kpi("drivers", "drivers", 0, lambda c: c.figures.production.drivers),
    Kpi("duty_s", "s", 0, lambda c: c.figures.production.duty_s),
    Kpi("paid_s", "s", 0, lambda c: c.figures.production.paid_s),
    Kpi("driving_s", "s", 0, lambda c: c.figures.production.driving_s),
    Kpi("service_s", "s", 0, lambda c: c.figures.production.service_s),
    Kpi("break_s", "s", 0, lambda c: c.figures.production.break_s),
    Kpi("protected_s", "s", 0, lambda c: c.figures.production.protected_s),
    Kpi("breaks", "breaks", 0, lambda c: c.figures.production.breaks),
    Kpi("vehicle_km", "km", 3, lambda c: c.figures.production.total_m / 1000),
    Kpi("loaded_km", "km", 3, lambda c: c.figures.production.loaded_m / 1000),
    Kpi("empty_km", "km", 3, lambda c: c.figures.production.empty_m / 1000),
    Kpi("empty_km_rate", "ratio", 4, lambda c: c.figures.production.empty_km_rate),
    Kpi("passenger_km", "km", 3, lambda c: c.figures.production.passenger_m / 1000),
    Kpi("direct_km", "km", 3, lambda c: c.figures.production.direct_m / 1000),
    Kpi("occupancy_km", "people", 4, lambda c: c.figures.production.occupancy_km),
    Kpi("seat_fill", "ratio", 4, lambda c: c.figures.production.seat_fill),
    Kpi("trips_per_driver_hour", "legs/h", 4, lambda c: c.figures.production.trips_per_driver_hour),
)

DAY_KPIS: tuple[Kpi, ...] = (
    Kpi("paid_idle_s", "s", 0, lambda c: c.figures.idleness.paid_idle_s),
    Kpi("paid_idle_midday_s", "s", 0, lambda c: c.figures.idleness.paid_idle_midday_s),
    Kpi("paid_midday_s", "s", 0, lambda c: c.figures.idleness.paid_midday_s),
    Kpi("paid_idle_rate_midday", "ratio", 4, lambda c: c.figures.idleness.paid_idle_rate_midday),
    Kpi(
        "vehicle_idle_hours_midday",
        "h",
        4,
        lambda c: c.figures.idleness.vehicle_idle_midday_s / 3600,
    ),
    Kpi("idle_gaps", "gaps", 0, lambda c: len(c.figures.idleness.gaps)),
    Kpi("idle_gap_max_s", "s", 0, _longest_gap),
    Kpi("slack_min_s", "s", 0, lambda c: c.figures.robustness.slack_min_s),
    Kpi("slack_mean_s", "s", 1, lambda c: c.figures.robustness.slack_mean_s),
    Kpi("stops_with_window", "stops", 0, lambda c: c.figures.robustness.stops_with_window),
    Kpi("slower_10_broken", "stops", 0, lambda c: c.figures.robustness.slower_10_broken),
    Kpi("slower_10_broken_rate", "ratio", 4, lambda c: c.figures.robustness.slower_10_broken_rate),
    Kpi("slower_10_late_max_s", "s", 0, lambda c: c.figures.robustness.slower_10_late_max_s),
    Kpi("duty_min_s", "s", 0, lambda c: c.figures.balance.duty_min_s),
    Kpi("duty_max_s", "s", 0, lambda c: c.figures.balance.duty_max_s),
    Kpi("duty_spread_s", "s", 0, _spread_of_duty),
    Kpi("over_contract_s", "s", 0, lambda c: c.figures.balance.over_contract_s),
    Kpi("co2e_kg", "kg CO2e", 3, lambda c: c.figures.climate.co2e_mg / 1e6),
    Kpi("co2e_avoided_by_sharing", "kg CO2e", 3, lambda c: c.figures.climate.co2e_avoided_mg / 1e6),
    Kpi("plan_stability", "stops", 0, _change(lambda each: each.plan_stability)),
    Kpi("largest_move_s", "s", 0, _change(lambda each: each.largest_move_s)),
    Kpi("changed_round", "legs", 0, _change(lambda each: len(each.changed_round))),
    Kpi("newly_served", "legs", 0, _change(lambda each: len(each.newly_served))),
    Kpi("no_longer_served", "legs", 0, _change(lambda each: len(each.no_longer_served))),
)

KPIS = (*SERVICE_KPIS, *PRODUCTION_KPIS, *DAY_KPIS)

ROUND_KPIS: tuple[RoundKpi, ...] = (
    RoundKpi("legs", "legs", 0, lambda r: r.legs),
    RoundKpi("people", "people", 0, lambda r: r.people),
    RoundKpi("duty_s", "s", 0, lambda r: r.duty_s),
    RoundKpi("paid_s", "s", 0, lambda r: r.paid_s),
    RoundKpi("driving_s", "s", 0, lambda r: r.driving_s),
    RoundKpi("service_s", "s", 0, lambda r: r.service_s),
    RoundKpi("break_s", "s", 0, lambda r: r.break_s),
    RoundKpi("protected_s", "s", 0, lambda r: r.protected_s),
    RoundKpi("idle_s", "s", 0, lambda r: r.idle_s),
    RoundKpi("paid_idle_s", "s", 0, lambda r: r.paid_idle_s),
    RoundKpi("breaks", "breaks", 0, lambda r: r.breaks),
    RoundKpi("vehicle_km", "km", 3, lambda r: r.total_m / 1000),
    RoundKpi("loaded_km", "km", 3, lambda r: r.loaded_m / 1000),
    RoundKpi("empty_km", "km", 3, lambda r: r.empty_m / 1000),
    RoundKpi("passenger_km", "km", 3, lambda r: r.passenger_m / 1000),
    RoundKpi("co2e_kg", "kg CO2e", 3, lambda r: r.co2e_mg / 1e6),
)


def kpis_text(plan: Plan, figures: Figures, changes: PlanChanges | None = None) -> str:
    """Write the figures of a plan as JSON.

    Parameters
    ----------
    plan, figures
        A plan and what was counted on it.
    changes
        What it moves against an earlier plan, or None.

    Returns
    -------
    str
        Keys in the order of ``docs/figures.md``, numbers rounded, null where
        there is nothing to count; one line feed at the end.
    """
    counted = Counted(figures, changes)
    factors = figures.climate.factors
    provenance = plan.provenance
    document = {
        "format": FORMAT,
        "scenario": plan.scenario.name,
        "service_date": plan.scenario.day.date.isoformat(),
        "scenario_sha256": None if provenance is None else provenance.scenario_sha256,
        "travel_source": None if provenance is None else provenance.travel_source,
        "emission_factors": {
            "name": factors.name,
            "dated": factors.dated,
            "is_verified": factors.is_verified,
            "diesel_g_per_km": factors.diesel,
            "petrol_g_per_km": factors.petrol,
            "hybrid_g_per_km": factors.hybrid,
            "electric_g_per_km": factors.electric,
            "gas_g_per_km": factors.gas,
        },
        "day": {kpi.id: kpi.value(counted) for kpi in KPIS},
        "rounds": [
            {"shift": each.shift}
            | {kpi.id: _rounded(kpi.of(each), kpi.decimals) for kpi in ROUND_KPIS}
            for each in figures.rounds
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _rounded(value: Any, decimals: int) -> Any:
    # Adding zero turns a rounded -0.0 into 0.0.
    return round(value, decimals) + 0.0 if isinstance(value, float) else value
