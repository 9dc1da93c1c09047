"""The committed scenarios are what the commands in their README make, byte by byte."""

import re
from pathlib import Path

import pytest

from tests.data_folder import REPOSITORY
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.travel_source import EstimateSource
from tus_dispatch.formats.scenario import dump_scenario, load_scenario
from tus_dispatch.generate.day import generate
from tus_dispatch.generate.families import FAMILIES

FOLDER = REPOSITORY / "scenarios"
ROW = re.compile(
    r"^\| `(?P<file>\w+\.json)` \|.*"
    r"`tus generate (?P<family>\w+) --seed (?P<seed>\d+) --legs (?P<legs>\d+) "
    r"--shifts (?P<shifts>\d+)` \|$",
    re.MULTILINE,
)
ROWS = [row.groupdict() for row in ROW.finditer((FOLDER / "README.md").read_text("utf-8"))]


def test_every_family_has_one_scenario_and_every_file_a_row() -> None:
    assert sorted(row["family"] for row in ROWS) == sorted(FAMILIES)
    assert {row["file"] for row in ROWS} == {path.name for path in FOLDER.glob("*.json")}


@pytest.mark.parametrize("row", ROWS, ids=[row["family"] for row in ROWS])
def test_the_command_in_the_readme_makes_the_file(row: dict[str, str]) -> None:
    scenario = generate(
        row["family"],
        seed=int(row["seed"]),
        n_legs=int(row["legs"]),
        n_shifts=int(row["shifts"]),
    )

    made = dump_scenario(scenario).encode("utf-8")

    assert made == Path(FOLDER / row["file"]).read_bytes()


def test_the_demo_has_four_depots_and_estimated_times() -> None:
    demo = load_scenario(FOLDER / "cher_multidepot.json")

    assert (len(legs_of(demo)), len(demo.shifts)) == (60, 8)
    assert len({vehicle.depot for vehicle in demo.vehicles}) == 4
    assert isinstance(demo.travel, EstimateSource)


@pytest.mark.parametrize("key", FAMILIES)
def test_territories_have_their_school_zone_and_terrain(key: str) -> None:
    day = load_scenario(FOLDER / f"{key}.json")
    zone = {
        "cher_multidepot": "B",
        "somme_vallees": "B",
        "alencon_19h": "B",
        "landes_epci": "A",
        "essonne_132communes": "C",
        "ambert_montagne": "A",
    }[key]

    assert day.territory.school_zone == zone
    assert (day.territory.terrain == "mountain") == (key == "ambert_montagne")


def test_the_small_fleet_has_four_vehicles_at_most_and_electric_ones() -> None:
    day = load_scenario(FOLDER / "somme_vallees.json")
    driven = {shift.vehicle for shift in day.shifts}

    assert len(driven) <= 4
    assert any(vehicle.range_m for vehicle in day.vehicles if vehicle.id in driven)
