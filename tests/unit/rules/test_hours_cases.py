"""The table of hand-written cases of working time: each has its code and its sentence."""

import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.makers import GARAGE, HAMEAU, five_legs, five_legs_matrix
from tus_dispatch.domain.demand import Load
from tus_dispatch.domain.fleet import Driver
from tus_dispatch.domain.plan import Plan, Round, Stop, StopKind
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.domain.units import DriverId, ShiftId
from tus_dispatch.domain.working_time import Enforcement, WorkingTime, WorkSpan
from tus_dispatch.formats.native.working_time import RulesShape
from tus_dispatch.rules.working_time.codes import CODES
from tus_dispatch.verify.case import open_case
from tus_dispatch.verify.working_time import unlawful_duties

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("hours_cases.toml").read_text(encoding="utf-8")
)["case"]
ZONE = "Europe/Paris"
KEYS = {
    *("work", "breaks", "past", "contract_h", "worked_week_h", "past_weeks_h", "night_year_h"),
    *("last_end", "told_on", "date", "rules", "volunteer"),
}
# What a rule may be besides those of working time: it tells, it forbids nothing by itself.
TOLD = {"TUS-2231", "TUS-2232", "TUS-2233", "TUS-2234", "TUS-2235"}


def seconds(hours: float) -> int:
    return round(hours * 3600)


def instant(text: str) -> int:
    """``2026-03-25 19:00``, on the clock of that service day."""
    day, clock = text.split(" ")
    service = ServiceDay(date.fromisoformat(day), ZONE)
    return service.start_at + service.parse(clock)


def span(text: str) -> WorkSpan:
    day, clocks = text.split(" ")
    start, end = clocks.split("-")
    return WorkSpan(instant(f"{day} {start}"), instant(f"{day} {end}"))


def driver_of(given: dict[str, Any]) -> Driver:
    last_end, told_on = given.get("last_end"), given.get("told_on")
    return Driver(
        id=DriverId("lea"),
        first_name="Léa",
        last_name="Lemaire",
        volunteer=given.get("volunteer", False),
        contract_week_s=seconds(given.get("contract_h", 26)),
        worked_week_s=seconds(given.get("worked_week_h", 0)),
        night_year_s=seconds(given.get("night_year_h", 0)),
        last_duty_end_at=None if last_end is None else instant(last_end),
        past_work=tuple(span(each) for each in given.get("past", ())),
        past_weeks_s=tuple(seconds(each) for each in given.get("past_weeks_h", ())),
        told_on=None if told_on is None else date.fromisoformat(told_on),
    )


def scenario_of(given: dict[str, Any]) -> Scenario:
    rules = {k: None if v == "none" else v for k, v in given.get("rules", {}).items()}
    own = RulesShape.model_validate(rules).to_domain()
    shift = replace(five_legs().shifts[0], driver=DriverId("lea"))
    parts = range(len(given["work"]))
    return replace(
        five_legs(),
        day=ServiceDay(date.fromisoformat(given.get("date", "2026-03-26")), ZONE),
        drivers=(driver_of(given),),
        shifts=tuple(replace(shift, id=ShiftId(f"S{part}")) for part in parts),
        working_time=WorkingTime(Enforcement.ENFORCED, own),
    )


def plan_of(given: dict[str, Any]) -> Plan:
    """One round per span of work, with the breaks that lie inside."""
    scenario = scenario_of(given)
    rounds = []
    for part, clocks in enumerate(given["work"]):
        start_s, end_s = (scenario.day.parse(each) for each in clocks.split("-"))
        breaks = [
            (from_s, until_s)
            for each in given.get("breaks", ())
            for from_s, until_s in [tuple(scenario.day.parse(t) for t in each.split("-"))]
            if start_s <= from_s and until_s <= end_s
        ]
        stops = (
            stop(StopKind.START, start_s, start_s),
            *(stop(StopKind.BREAK, *each) for each in breaks),
            stop(StopKind.END, end_s, end_s),
        )
        shift = scenario.shifts[part]
        rounds.append(Round(shift.id, shift.vehicle, shift.driver, 0, stops))
    return Plan(scenario, tuple(rounds))


def stop(kind: StopKind, start_s: int, end_s: int) -> Stop:
    place = HAMEAU if kind is StopKind.BREAK else GARAGE
    return Stop(kind, place, None, start_s, start_s, end_s, 0, 0, Load())


@pytest.mark.parametrize("case", CASES, ids=lambda each: str(each["id"]))
def test_a_day_of_work_has_the_code_and_the_sentence_of_the_table(case: dict[str, Any]) -> None:
    plan = plan_of(case["given"])

    found = [each.breach for each in unlawful_duties(open_case(plan, five_legs_matrix()))]

    assert [each.code for each in found[:1]] == [case["code"]] * bool(case["code"])
    assert [each.sentence for each in found[:1]] == [case.get("sentence")] * bool(case["code"])


def test_the_table_is_told_in_its_own_words() -> None:
    ids = [case["id"] for case in CASES]

    assert len(CASES) >= 25
    assert len(set(ids)) == len(ids)
    assert all(case["given"].keys() <= KEYS for case in CASES)


def test_every_rule_has_cases_on_both_sides() -> None:
    codes = Counter(case["code"] for case in CASES)

    assert {kind.code for kind in CODES.values()} - set(codes) == TOLD
    assert codes[""] >= len(codes) - 1
