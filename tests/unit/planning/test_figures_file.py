"""kpis.json, and its page in the documentation."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.makers import five_legs_matrix, five_legs_plan
from tus_dispatch.domain.emissions import EmissionFactors
from tus_dispatch.domain.fleet import Energy
from tus_dispatch.domain.plan import Plan
from tus_dispatch.formats.kpis import KPIS, ROUND_KPIS, kpis_text
from tus_dispatch.planning.figures import figures
from tus_dispatch.planning.plan_changes import compare

PAGE = Path(__file__).resolve().parents[3] / "docs" / "figures.md"
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| (\d) \| (.+) \|$", re.MULTILINE)


def text_of(plan: Plan) -> str:
    return kpis_text(plan, figures(plan, five_legs_matrix()))


def test_the_documentation_lists_every_figure_with_its_unit_in_the_order_of_the_file() -> None:
    page = PAGE.read_text(encoding="utf-8")
    day, of_round = page.split("## A round")

    listed = [(name, unit, int(digits)) for name, unit, digits, _ in ROW.findall(day)]
    listed_rounds = [(name, unit, int(digits)) for name, unit, digits, _ in ROW.findall(of_round)]

    assert listed == [(kpi.id, kpi.unit, kpi.decimals) for kpi in KPIS]
    assert listed_rounds == [(kpi.id, kpi.unit, kpi.decimals) for kpi in ROUND_KPIS]


def test_no_two_figures_share_a_name() -> None:
    names = [kpi.id for kpi in KPIS]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("energy", Energy)
def test_the_documentation_lists_the_emission_factors(energy: Energy) -> None:
    factor = EmissionFactors().g_per_km(energy)

    assert f"| {energy.value} | {factor} |" in PAGE.read_text(encoding="utf-8")


def test_the_file_holds_what_was_counted() -> None:
    document = json.loads(text_of(five_legs_plan()))

    assert document["format"] == "tus-kpis/1"
    assert document["service_date"] == "2026-03-10"
    assert document["emission_factors"]["is_verified"] is False
    day = document["day"]
    assert (day["vehicle_km"], day["loaded_km"], day["empty_km"]) == (120.0, 45.0, 75.0)
    # 55 passenger-kilometres on 45 loaded ones.
    assert day["occupancy_km"] == 1.2222
    # 648 minutes.
    assert day["vehicle_idle_hours_midday"] == 10.8
    # 120 km at 220 g.
    assert day["co2e_kg"] == 26.4
    assert [each["shift"] for each in document["rounds"]] == ["minibus-matin", "voiture-journee"]


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert text_of(five_legs_plan()) == text_of(five_legs_plan())
    assert text_of(five_legs_plan()).endswith("}\n")


def test_without_rounds_ratios_are_null_and_no_number_is_nan() -> None:
    day = json.loads(text_of(replace(five_legs_plan(), rounds=())))["day"]

    empty = {name for name, value in day.items() if value is None}
    assert {"mean_excess_ride", "empty_km_rate", "paid_idle_rate_midday", "slack_min_s"} <= empty


def test_stability_is_known_only_beside_an_earlier_plan() -> None:
    plan = five_legs_plan()
    result = figures(plan, five_legs_matrix())

    compared = json.loads(kpis_text(plan, result, compare(plan, plan)))["day"]
    alone = json.loads(kpis_text(plan, result))["day"]

    assert (compared["plan_stability"], compared["newly_served"]) == (0, 0)
    assert (alone["plan_stability"], alone["newly_served"]) == (None, None)


def test_the_file_names_nobody() -> None:
    plan = five_legs_plan()
    text = text_of(plan)

    names = [
        name for each in plan.scenario.participants for name in (each.first_name, each.last_name)
    ]
    assert [name for name in names if name in text] == []
