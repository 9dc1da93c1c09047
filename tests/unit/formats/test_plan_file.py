"""A plan file says exactly what the plan says, and its mistakes are told all at once."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.data_folder import REPOSITORY
from tests.makers import five_legs, five_legs_plan
from tus_dispatch.domain.certificate import EVENT_MODEL, Certificate
from tus_dispatch.domain.plan import Plan, Promise, Provenance, Unserved
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.units import DriverId, LegId, PlaceId, ShiftId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.errors import CODES, InputError
from tus_dispatch.formats.native.layout import lay_out
from tus_dispatch.formats.plan import dump_plan, load_plan, parse_plan, plan_json_schema
from tus_dispatch.formats.scenario import scenario_sha256

PROVENANCE = Provenance(
    engine="insertion",
    version="0.1.0",
    seed=7,
    workers=1,
    scenario_sha256="0" * 64,
    travel_source="matrix",
    warnings=("Temps estimés.",),
)
SCENARIO = five_legs()


def full_plan() -> Plan:
    return replace(
        five_legs_plan(),
        unserved=(
            Unserved(LegId("R3:out"), reason_for("capacity"), "capacity"),
            Unserved(LegId("R9:out"), reason_for("several-limits")),
        ),
        promises=(Promise(LegId("R1:out"), TimeWindow(13_800, 14_400)),),
        provenance=PROVENANCE,
    )


def changed(**changes: Any) -> str:
    return json.dumps(json.loads(dump_plan(full_plan())) | changes)


def told(text: str, scenario: Scenario = SCENARIO) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        parse_plan(text, scenario, "plan.json")
    slugs = {code.code: slug for slug, code in CODES.items()}
    return [(slugs[each.code], each.where) for each in caught.value.problems]


@pytest.mark.parametrize("plan", [five_legs_plan(), full_plan()], ids=["by hand", "made"])
def test_a_plan_survives_being_written(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(dump_plan(plan), encoding="utf-8")

    assert load_plan(path, plan.scenario) == plan
    assert dump_plan(load_plan(path, plan.scenario)) == dump_plan(plan)


def test_a_stop_stands_on_one_line_with_the_time_people_read() -> None:
    lines = [line.strip() for line in dump_plan(full_plan()).splitlines()]
    stops = [line for line in lines if line.startswith('{"kind": "pickup"')]

    # Five legs, five pickups; Anne's first is at 07:50, as the plan known by heart says.
    assert len(stops) == 5
    first = json.loads(stops[0].rstrip(","))
    assert SCENARIO.day.parse(first["at"]) == first["start_s"]


def test_a_plan_built_by_hand_still_names_its_scenario() -> None:
    data = json.loads(dump_plan(five_legs_plan()))

    assert data["scenario_sha256"] == scenario_sha256(SCENARIO)
    assert json.loads(dump_plan(full_plan()))["scenario_sha256"] == "0" * 64


def test_the_cost_is_written_with_its_sum() -> None:
    cost = json.loads(dump_plan(full_plan()))["cost"]

    assert cost.pop("total") == sum(cost.values()) == full_plan().cost.total


def test_what_the_scenario_does_not_know_is_kept_for_the_judge() -> None:
    plan = full_plan()
    first, *others = plan.rounds
    odd_stop = replace(first.stops[1], leg=LegId("nobody:out"), place=PlaceId("nowhere"))
    stops = (first.stops[0], odd_stop, *first.stops[2:])
    odd = replace(first, shift=ShiftId("none"), driver=DriverId("none"), stops=stops)
    plan = replace(plan, rounds=(odd, *others))

    assert parse_plan(dump_plan(plan), SCENARIO, "plan.json") == plan


def test_a_plan_of_another_day_is_refused() -> None:
    assert told(changed(service_date="2026-03-27")) == [("plan-of-another-day", "/service_date")]
    assert told(changed(time_zone="Indian/Reunion")) == [("plan-of-another-day", "/time_zone")]


def test_mistakes_of_a_plan_are_told_all_at_once() -> None:
    data = json.loads(dump_plan(full_plan()))
    data["rounds"][0]["vehicle"] = "minibu"
    data["rounds"][0]["stops"][1]["at"] = "05:00"
    data["rounds"][1]["configuration"] = {"seats": 40, "wheelchairs": 0}
    data["promises"][0]["until"] = "05:00"

    assert told(json.dumps(data)) == [
        ("unknown-id", "/rounds/0/vehicle"),
        ("plan-contradiction", "/rounds/0/stops/1/at"),
        ("plan-configuration", "/rounds/1/configuration"),
        ("plan-contradiction", "/promises/0/until"),
    ]


def test_mistakes_of_shape_are_told_all_at_once() -> None:
    data = json.loads(dump_plan(full_plan()))
    data["rounds"][0]["stops"][1]["start_s"] = "8h"
    data["rounds"][1]["stops"][0]["kind"] = "jump"
    data["unserved"][0]["reason"] = data["unserved"][0].pop("sentence")
    data["promises"][0]["latest_s"] = 0
    data["certificate"] = {"gap": "1 %"}

    assert told(json.dumps(data)) == [
        ("wrong-type", "/rounds/0/stops/1/start_s"),
        ("unknown-choice", "/rounds/1/stops/0/kind"),
        ("unknown-key", "/unserved/0/reason"),
        ("missing-key", "/unserved/0/sentence"),
        ("inverted-window", "/promises/0"),
        ("wrong-type", "/certificate/gap"),
    ]


def test_a_total_that_is_not_the_sum_is_told() -> None:
    cost = json.loads(dump_plan(full_plan()))["cost"]

    assert told(changed(cost=cost | {"total": 1})) == [("plan-contradiction", "/cost")]


def test_a_scenario_is_no_plan() -> None:
    assert told('{"format": "tus-scenario/1"}') == [("other-format", "/format")]
    assert told('{"format": "tus-plan/1.3"}') == [("newer-format", "/format")]


def test_a_certificate_survives_being_written() -> None:
    bound = full_plan().cost.total - 7
    plan = replace(full_plan(), certificate=Certificate(bound, 0.000001, False, EVENT_MODEL))

    assert parse_plan(dump_plan(plan), SCENARIO, "plan.json") == plan


def test_without_a_bound_the_certificate_says_so() -> None:
    assert json.loads(dump_plan(full_plan()))["certificate"] == {
        "lower_bound": None,
        "gap": None,
        "proved_optimal": False,
        "method": "no bound",
    }


def test_an_older_plan_without_certificate_is_read_as_one_without_bound() -> None:
    data = json.loads(dump_plan(full_plan()))
    del data["certificate"]

    assert parse_plan(json.dumps(data), SCENARIO, "plan.json") == full_plan()
    assert parse_plan(changed(certificate=None), SCENARIO, "plan.json") == full_plan()


def test_the_committed_schema_is_the_one_the_code_generates() -> None:
    path = REPOSITORY / "docs" / "schemas" / "tus-plan-1.json"

    assert path.read_text(encoding="utf-8") == lay_out(plan_json_schema())
