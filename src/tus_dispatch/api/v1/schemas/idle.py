"""What is idle in the middle of a day, what filling would bring, and what stands free."""

from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field

from tus_dispatch.api.v1.schemas.base import Answer, AtText, DayText, IdText, local_text
from tus_dispatch.desk.live.idle import Idleness
from tus_dispatch.domain.daytime_figures import DaytimeFigures
from tus_dispatch.domain.daytime_report import DaytimeReport, FreeVehicle
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.formats.daytime_data import gain_data
from tus_dispatch.planning.hours.roster import RosterRow

_RATES = (
    "paid_idle_rate_midday",
    "empty_km_rate",
    "occupancy_km",
    "seat_fill",
    "trips_per_driver_hour",
    "flex_fill",
    "training_hours_kept",
)
Rate = Annotated[float | None, Field(ge=0)]


class IdleRoundAnswer(Answer):
    """The three idlenesses of one round."""

    shift: IdText
    vehicle: IdText
    driver: IdText | None
    paid_idle_s: int
    paid_idle_midday_s: int
    paid_midday_s: int
    vehicle_idle_midday_s: int
    empty_m: int
    total_m: int


class MeasuresAnswer(Answer):
    """The middle of a day under one plan; midday is 09:30 to 15:30."""

    rounds: list[IdleRoundAnswer]
    paid_idle_s: int
    paid_idle_midday_s: int
    paid_midday_s: int
    vehicle_idle_midday_s: int
    empty_m: int
    loaded_m: int
    passenger_m: int
    seat_m: int
    paid_s: int
    legs: int
    paid_legs: int
    optional_offered: int
    optional_served: int
    optional_legs: int
    protected_s: int
    protected_planned_s: int
    displaced_s: int
    largest_move_s: int
    paid_idle_rate_midday: Rate
    empty_km_rate: Rate
    occupancy_km: Rate
    seat_fill: Rate
    trips_per_driver_hour: Rate
    flex_fill: Rate
    training_hours_kept: Rate


class GainAnswer(Answer):
    """What the filled day has more than the same day without filling."""

    legs_gained: int
    marginal_km: float
    marginal_km_per_flex_leg: float | None
    extra_paid_min: float
    paid_idle_min_saved: float
    paid_idle_min_before: float
    paid_idle_used: float | None
    protected_min: float
    value_eur_cents: int
    net_eur_cents: int


class WaitingAnswer(Answer):
    """Somebody for whom the middle of the day has no place, and why."""

    source: IdText
    code: str
    slug: str
    sentence: Annotated[str, Field(description="French, to be read aloud.")]


class ComparisonAnswer(Answer):
    """The day filled, beside the same day without."""

    without: MeasuresAnswer
    filled: MeasuresAnswer
    gain: GainAnswer
    served: Annotated[list[IdText], Field(description="Flexible bookings and events.")]
    left_out: list[WaitingAnswer]


class IdleAnswer(Answer):
    """The middle of a day."""

    service_date: DayText
    measured: MeasuresAnswer
    counterfactual: ComparisonAnswer | None


class FreeVehicleAnswer(Answer):
    """A vehicle that stands at its depot and is not needed."""

    vehicle: IdText
    start: AtText = Field(alias="from")
    until: AtText
    is_all_midday: bool


class FreeVehiclesAnswer(Answer):
    """Vehicles that may go to the rental, school or workshop calendar."""

    items: list[FreeVehicleAnswer]


class RosterRowAnswer(Answer):
    """One pattern of driver days on the demand of the day."""

    key: str
    title: str
    days_week: str
    n_vehicles: int
    n_drivers: int
    n_served: int
    n_asked: int
    paid_s: int
    idle_s: int
    midday_idle_s: int
    driven_m: int
    cost: Annotated[int, Field(description="Thousandths of a cent.")]
    breaches: Annotated[list[str], Field(description="French sentences.")]
    by_agreement: bool
    is_lawful: bool


class RosterAnswer(Answer):
    """The patterns side by side, each of them really planned."""

    service_date: DayText
    patterns: list[RosterRowAnswer]


def idle_data(idle: Idleness) -> dict[str, Any]:
    """Write the middle of a day.

    Parameters
    ----------
    idle
        Measured, perhaps compared.

    Returns
    -------
    dict
        Fields of ``IdleAnswer``.
    """
    report = idle.report
    return {
        "service_date": idle.plan.scenario.day.date.isoformat(),
        "measured": _measures(idle.figures),
        "counterfactual": None if report is None else _comparison(report),
    }


def free_data(plan: Plan, free: tuple[FreeVehicle, ...]) -> dict[str, Any]:
    """Write the vehicles that a plan leaves free.

    Parameters
    ----------
    plan, free
        Of one day.

    Returns
    -------
    dict
        Fields of ``FreeVehiclesAnswer``.
    """
    day = plan.scenario.day
    return {
        "items": [
            {
                "vehicle": each.vehicle,
                **span_data(each.window, day),
                "is_all_midday": each.is_all_midday,
            }
            for each in free
        ]
    }


def roster_data(rows: tuple[RosterRow, ...]) -> list[dict[str, Any]]:
    """Write the comparison of patterns.

    Parameters
    ----------
    rows
        One per pattern.

    Returns
    -------
    list of dict
        Fields of ``RosterRowAnswer``.
    """
    return [
        asdict(each) | {"breaches": list(each.breaches), "is_lawful": each.is_lawful}
        for each in rows
    ]


def span_data(window: TimeWindow, day: ServiceDay) -> dict[str, str]:
    """Write a stretch of a day as two instants.

    Parameters
    ----------
    window, day
        Seconds, and of which day.

    Returns
    -------
    dict
        ``from`` and ``until``.
    """
    return {
        "from": local_text(day.start_at + window.earliest_s, day.time_zone),
        "until": local_text(day.start_at + window.latest_s, day.time_zone),
    }


def _measures(figures: DaytimeFigures) -> dict[str, Any]:
    data = asdict(figures)
    data["rounds"] = [
        {key: value for key, value in each.items() if key != "bars"} for each in data["rounds"]
    ]
    return data | {name: getattr(figures, name) for name in _RATES}


def _comparison(report: DaytimeReport) -> dict[str, Any]:
    return {
        "without": _measures(report.before),
        "filled": _measures(report.after),
        "gain": gain_data(report.gain),
        "served": list(dict.fromkeys(each.source for each in report.proposals)),
        "left_out": [{"source": each.source, **asdict(each.reason)} for each in report.left_out],
    }
