"""The middle of a day as plain data, `tus-daytime/1`: the same bytes for the same report."""

from dataclasses import asdict
from typing import Any

from tus_dispatch.domain.daytime_figures import DaytimeFigures, Gain, RoundIdleness
from tus_dispatch.domain.daytime_report import DaytimeReport, Proposal
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.formats.daytime_rows import MEASURES
from tus_dispatch.formats.native.layout import lay_out

FORMAT = "tus-daytime/1"


def daytime_text(report: DaytimeReport) -> str:
    """Write a report as the text of its file."""
    return lay_out(daytime_data(report))


def daytime_data(report: DaytimeReport) -> dict[str, Any]:
    """Write a report as plain data; it names nobody.

    Parameters
    ----------
    report
        A filled day beside the same day without.

    Returns
    -------
    dict
        Measures of both, what came in, who waits, and how both were searched
        for.
    """
    day = report.plan.scenario.day
    return {
        "format": FORMAT,
        "service_date": day.date.isoformat(),
        "run": asdict(report.run),
        "gain": gain_data(report.gain),
        "measures": {
            each.id: {
                "unit": each.unit,
                "without": each.value(report.before),
                "filled": each.value(report.after),
            }
            for each in MEASURES
        },
        "rounds": {
            "without": _rounds(report.before),
            "filled": _rounds(report.after),
        },
        "proposals": [_proposal(each, day) for each in report.proposals],
        "left_out": [
            {"booking": each.booking, "source": each.source, **asdict(each.reason)}
            for each in report.left_out
        ],
        "protected": {
            "placed": [
                {
                    "target": each.target.id,
                    "driver": each.target.driver,
                    "kind": each.slot.kind.value,
                    **_period(each.slot.window, day),
                }
                for each in report.placed
            ],
            "missing": [
                {"target": each.target.id, "missing_s": each.missing_s} for each in report.missing
            ],
        },
        "empty_runs": [
            {
                "shift": each.shift,
                "origin": each.origin,
                "destination": each.destination,
                "from": day.wall(each.start_s),
                "until": day.wall(each.end_s),
                "metres": each.metres,
                "corridor": list(each.corridor),
            }
            for each in report.empty_runs
        ],
        "free_vehicles": [
            {
                "vehicle": each.vehicle,
                **_period(each.window, day),
                "is_all_midday": each.is_all_midday,
            }
            for each in report.free_vehicles
        ],
    }


def gain_data(gain: Gain) -> dict[str, Any]:
    """Write what a filled day has more."""
    used, per_leg = gain.idle_used, gain.marginal_m_per_leg
    return {
        "legs_gained": gain.legs,
        "marginal_km": round(gain.extra_m / 1000, 3),
        "marginal_km_per_flex_leg": None if per_leg is None else round(per_leg / 1000, 3),
        "extra_paid_min": round(gain.extra_paid_s / 60, 1),
        "paid_idle_min_saved": round(gain.idle_saved_s / 60, 1),
        "paid_idle_min_before": round(gain.idle_before_s / 60, 1),
        "paid_idle_used": None if used is None else round(used, 4),
        "protected_min": round(gain.protected_s / 60, 1),
        "value_eur_cents": gain.value_eur_cents,
        "net_eur_cents": round(gain.net / 1000),
    }


def _rounds(figures: DaytimeFigures) -> list[dict[str, Any]]:
    return [_round(each) for each in figures.rounds]


def _round(each: RoundIdleness) -> dict[str, Any]:
    return {
        "shift": each.shift,
        "vehicle": each.vehicle,
        "paid_idle_s": each.paid_idle_s,
        "paid_idle_midday_s": each.paid_idle_midday_s,
        "paid_midday_s": each.paid_midday_s,
        "vehicle_idle_midday_s": each.vehicle_idle_midday_s,
        "empty_m": each.empty_m,
        "total_m": each.total_m,
    }


def _proposal(proposal: Proposal, day: ServiceDay) -> dict[str, Any]:
    return {
        "booking": proposal.booking.id,
        "source": proposal.source,
        "value_eur_cents": proposal.value_eur_cents,
        "net_eur_cents": round(proposal.net / 1000),
        "marginal_m": proposal.offer.marginal_m,
        "marginal_duty_s": proposal.offer.marginal_duty_s,
        "legs": [
            {
                "leg": each.leg,
                "shift": each.shift,
                "pickup": day.wall(each.pickup_s),
                "dropoff": day.wall(each.dropoff_s),
            }
            for each in proposal.offer.legs
        ],
    }


def _period(window: TimeWindow, day: ServiceDay) -> dict[str, str]:
    return {"from": day.wall(window.earliest_s), "until": day.wall(window.latest_s)}
