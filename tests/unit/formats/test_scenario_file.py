"""A good file is read as it is meant and written back as it was."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.data_folder import REPOSITORY
from tests.scenario_files import Data, clock_day, full_day, matrix_day
from tus_dispatch.domain.fleet import BreakRule, Configuration
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.objective import Profile, Weights
from tus_dispatch.domain.place import LatLon
from tus_dispatch.domain.policy import Policy
from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.travel_source import EstimateSource
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.formats.native.document import SECTIONS, ScenarioFile
from tus_dispatch.formats.native.layout import lay_out
from tus_dispatch.formats.native.refusal import keys_at
from tus_dispatch.formats.scenario import (
    dump_scenario,
    load_scenario,
    parse_scenario,
    scenario_data,
    scenario_from_data,
    scenario_hints,
    scenario_json_schema,
    scenario_sha256,
)

HOUR_S = 3600
SMALLEST: Data = {
    "format": "tus-scenario/1",
    "name": "Vide",
    "territory": {"name": "Nulle part"},
    "service_date": "2026-03-26",
}


def example_of_the_guide() -> str:
    guide = (REPOSITORY / "docs" / "scenario-file.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", guide, re.DOTALL)
    return str(example)


def test_the_example_of_the_guide_is_a_scenario(tmp_path: Path) -> None:
    path = tmp_path / "jour.json"
    path.write_text(example_of_the_guide(), encoding="utf-8")

    scenario = load_scenario(path)

    assert [leg.id for leg in legs_of(scenario)] == ["r1:out", "r1:ret", "r2:out"]
    # The guide shows the file as the program itself would write it.
    assert dump_scenario(scenario) == example_of_the_guide()


def test_the_guide_names_every_key_of_every_section() -> None:
    guide = (REPOSITORY / "docs" / "scenario-file.md").read_text(encoding="utf-8")
    keys = {key for section in SECTIONS for key in keys_at(ScenarioFile, (section, 0))}

    assert {key for key in keys if not re.search(rf"[`\"]{key}[`\"]", guide)} == set()


def test_what_a_file_leaves_out_is_as_usual() -> None:
    scenario = scenario_from_data(SMALLEST, "vide.json")

    assert scenario.policy == Policy(ride_limit=RideLimit(50, 0, 900, 2700))
    assert scenario.objective.profile is Profile.BALANCED
    assert scenario.travel == EstimateSource()
    assert scenario.day.time_zone == "Europe/Paris"


def test_a_full_file_is_read_as_it_is_meant() -> None:
    scenario = scenario_from_data(full_day(), "jour.json")
    minibus, ana = scenario.vehicles[0], scenario.drivers[0]
    morning, evening = scenario.shifts
    outward = scenario.bookings[0].outward

    assert scenario.places[1].point == LatLon(lat=47.09, lon=2.4)
    assert minibus.configurations == (Configuration(8, 0), Configuration(5, 1))
    # 17:30 UTC of 25 March 2026.
    assert ana.last_duty_end_at == 1774459800
    # Six o'clock is two hours into the service day.
    assert morning.start == TimeWindow(2 * HOUR_S, 2 * HOUR_S + 1800)
    assert morning.end == TimeWindow(8 * HOUR_S + 1800, 8 * HOUR_S + 1800)
    assert (morning.start_place, morning.end_place) == ("hameau", "gare")
    assert morning.break_rule == BreakRule(1200, 18000, TimeWindow(5 * HOUR_S, 27000))
    assert (evening.start_place, evening.end_place) == ("garage", "garage")
    assert evening.end.latest_s == 20 * HOUR_S + 1800
    assert scenario.objective.weights == Weights(per_metre=25)
    assert scenario.policy.ride_limit == RideLimit(60, 0, 900, 2400)
    # A personal limit starts from the usual values, not from the policy's.
    assert scenario.participants[0].ride_limit == RideLimit(30, 0, 900, 2700)
    assert outward is not None
    assert outward.pin is not None
    assert (outward.arrive_by_s, outward.pin.pickup_s) == (16200, 14400)
    assert scenario.bookings[1].price_eur_cents == 1500


def test_both_passes_of_a_doubled_hour_are_an_hour_apart() -> None:
    evening = scenario_from_data(clock_day(), "jour.json").shifts[1]

    assert evening.end.latest_s - evening.end.earliest_s == HOUR_S


@pytest.mark.parametrize("day", [full_day, matrix_day, clock_day])
def test_a_scenario_survives_being_written(day: type[Data]) -> None:
    scenario = scenario_from_data(day(), "jour.json")
    text = dump_scenario(scenario)

    assert parse_scenario(text, "jour.json") == scenario
    assert dump_scenario(parse_scenario(text.encode(), "jour.json")) == text


def test_what_is_as_usual_is_not_written() -> None:
    assert scenario_data(scenario_from_data(SMALLEST, "vide.json")) == SMALLEST | {
        "objective": {"profile": "balanced"},
        "travel": {"source": "estimate"},
    }


def test_an_empty_break_is_written_because_none_means_no_break() -> None:
    data = full_day()
    data["shifts"][0]["break"] = {}

    written = scenario_data(scenario_from_data(data, "jour.json"))

    assert written["shifts"][0]["break"] == {}
    assert "break" not in written["shifts"][1]


def test_a_change_of_one_thing_changes_one_line() -> None:
    data = full_day()
    before = dump_scenario(scenario_from_data(data, "jour.json")).splitlines()
    data["bookings"][0]["outward"]["arrive_by"] = "08:25"
    after = dump_scenario(scenario_from_data(data, "jour.json")).splitlines()

    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]

    assert [(old.strip(), new.strip()) for old, new in changed] == [
        ('"arrive_by": "08:30",', '"arrive_by": "08:25",')
    ]


def test_the_hash_is_that_of_the_written_file_and_of_nothing_else() -> None:
    scenario = scenario_from_data(full_day(), "jour.json")
    shuffled = dict(reversed(full_day().items()))

    assert scenario_sha256(scenario) == scenario_sha256(scenario_from_data(shuffled, "autre.json"))
    assert scenario_sha256(scenario) != scenario_sha256(scenario_from_data(clock_day(), "x"))
    assert scenario_sha256(scenario) == hashlib.sha256(dump_scenario(scenario).encode()).hexdigest()


def test_exchanged_coordinates_within_range_are_hinted_at() -> None:
    data = full_day()
    data["places"][0] |= {"lat": 2.39, "lon": 47.08}

    (hint,) = scenario_hints(scenario_from_data(data, "jour.json"))

    assert "Garage" in hint
    assert scenario_hints(scenario_from_data(full_day(), "jour.json")) == ()


def test_the_committed_schema_is_the_one_the_code_generates() -> None:
    path = REPOSITORY / "docs" / "schemas" / "tus-scenario-1.json"

    assert path.read_text(encoding="utf-8") == lay_out(scenario_json_schema())


def test_the_schema_knows_every_key_that_a_full_file_uses() -> None:
    schema = scenario_json_schema()
    booking = schema["$defs"]["BookingShape"]

    assert set(full_day()) <= set(schema["properties"])
    assert {"outward", "return", "price_eur_cents"} <= set(booking["properties"])
    assert booking["additionalProperties"] is False
    assert json.loads(json.dumps(schema)) == schema
