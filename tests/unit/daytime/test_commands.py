"""The whole way by the command line: fill a day, measure it, offer slots, confirm."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.filled_days import planned_day, priced
from tus_dispatch.cli.app import app
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.formats.plan import dump_plan, load_plan
from tus_dispatch.formats.scenario import dump_scenario, load_scenario
from tus_dispatch.planning.daytime.release import free_vehicles
from tus_dispatch.verify.daytime.filled import verify_filled
from tus_dispatch.verify.plan import verify_plan

# Shorter by far than a person would choose: the rules hold for any search.
SHORT = ("--iterations", "50", "--seed", "3")


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words), env={"COLUMNS": "80"})
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a scenario and its plan."""
    folder = tmp_path_factory.mktemp("day")
    plan, _ = planned_day("somme_vallees", 2)
    (folder / "scenario.json").write_text(dump_scenario(plan.scenario), encoding="utf-8")
    (folder / "plan.json").write_text(dump_plan(plan), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def filled(day: Path) -> tuple[Path, str]:
    out = day / "filled"
    files = (str(day / "scenario.json"), str(day / "plan.json"))
    return out, run("fill", *files, "--out", str(out), *SHORT)


def test_the_filled_plan_is_sound_and_disturbs_nobody(day: Path, filled: tuple[Path, str]) -> None:
    out, _ = filled
    before = load_plan(day / "plan.json", load_scenario(day / "scenario.json"))
    after = load_plan(out / "plan.json", load_scenario(out / "scenario.json"))
    _, matrix = planned_day("somme_vallees", 2)

    assert verify_plan(after, matrix) == ()
    assert verify_filled(before, after) == ()
    assert len(after.scenario.bookings) > len(before.scenario.bookings)


def test_the_report_states_what_was_gained_beside_the_day_without(
    filled: tuple[Path, str],
) -> None:
    out, said = filled
    report = json.loads((out / "daytime.json").read_text(encoding="utf-8"))

    assert report["format"] == "tus-daytime/1"
    assert report["run"]["seed"] == 3
    assert report["run"]["iterations"] == 50
    gain, measures = report["gain"], report["measures"]
    assert gain["legs_gained"] == measures["legs"]["filled"] - measures["legs"]["without"] > 0
    assert gain["paid_idle_min_saved"] == pytest.approx(
        (measures["paid_idle_midday_s"]["without"] - measures["paid_idle_midday_s"]["filled"]) / 60,
        abs=0.1,
    )
    assert gain["net_eur_cents"] > 0
    assert measures["largest_move_min"]["filled"] <= 5
    assert f"{gain['legs_gained']}\u00a0trajets gagnés" in said
    assert "graine 3" in " ".join(said.split())


def test_no_line_on_the_terminal_is_wider_than_eighty_columns(filled: tuple[Path, str]) -> None:
    _, said = filled
    table = said.split("Écrit dans")[0]

    assert max(len(line) for line in table.splitlines()) <= 80


class _Reader(HTMLParser):
    """Collects what a page shows and fetches."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.setdefault(f"{tag}.{name}", []).append(value or "")
            if name in {"href", "src"}:
                self.links.append(value or "")


def test_the_page_of_the_day_has_its_chart_and_is_linked_from_the_map(
    filled: tuple[Path, str],
) -> None:
    out, _ = filled
    page, chart = (out / "daytime.html").read_text(encoding="utf-8"), _Reader()

    chart.feed(page)

    assert chart.links == ["map.html"]
    assert 'href="daytime.html"' in (out / "map.html").read_text(encoding="utf-8")
    # The chart has a name, every bar says what it is, and a table says the same.
    assert "img" in chart.attributes["svg.role"]
    assert chart.attributes["svg.aria-labelledby"] == ["chart-title"]
    assert page.count("<rect") > 20
    assert re.search(r"<title>S\d+ (sans|avec) : (en charge|à vide|attente), \d\d:\d\d–", page)
    assert "script" not in chart.tags
    assert chart.tags.count("table") == 2


def test_measuring_alone_writes_no_plan(day: Path, tmp_path: Path) -> None:
    files = (str(day / "scenario.json"), str(day / "plan.json"))

    run("daytime", *files, "--out", str(tmp_path / "out"), *SHORT)

    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"daytime.html", "daytime.json", "map.html"}


def test_a_filled_plan_measured_again_is_compared_with_the_day_without(
    filled: tuple[Path, str],
) -> None:
    out, _ = filled
    files = (str(out / "scenario.json"), str(out / "plan.json"))

    run("daytime", *files, "--out", str(out / "again"), *SHORT)

    again = json.loads((out / "again" / "daytime.json").read_text(encoding="utf-8"))
    first = json.loads((out / "daytime.json").read_text(encoding="utf-8"))
    assert again["measures"]["legs"]["without"] == first["measures"]["legs"]["without"]
    assert again["gain"]["legs_gained"] >= first["gain"]["legs_gained"]


def test_partners_see_offers_in_a_file(day: Path, tmp_path: Path) -> None:
    files = (str(day / "scenario.json"), str(day / "plan.json"))
    path = tmp_path / "offers.json"

    said = run("slot-offers", *files, "--json", str(path))

    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["format"] == "tus-slot-offers/1"
    assert f"{len(data['offers'])}\u00a0proposition" in said
    assert all(each["seats"] >= 1 for each in data["offers"])
    assert data["offers"]


def test_a_place_nobody_knows_is_a_mistake(day: Path) -> None:
    files = (str(day / "scenario.json"), str(day / "plan.json"))

    said = run("slot-offers", *files, "--place", "X99", code=2)

    assert "TUS-1471" in said


def test_a_proposal_is_confirmed_once_somebody_agreed(
    filled: tuple[Path, str], tmp_path: Path
) -> None:
    out, _ = filled
    first = json.loads((out / "daytime.json").read_text(encoding="utf-8"))["proposals"][0]
    files = (str(out / "scenario.json"), str(out / "plan.json"))
    told = tmp_path / "told.json"

    said = run("confirm", *files, first["booking"], "--out", str(told))

    promises = json.loads(told.read_text(encoding="utf-8"))["promises"]
    assert {each["leg"] for each in promises} == {each["leg"] for each in first["legs"]}
    assert "1\u00a0réservation confirmée" in said
    assert "TUS-1472" in run("confirm", *files, "personne", code=2)


def test_a_day_is_made_up_with_demand_for_its_middle(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    words = ("somme_vallees", "--legs", "24", "--shifts", "5", "--seed", "2", "-o", str(path))

    said = run("generate", *words, "--flexible", "10", "--events", "2", "--training", "1")

    day = load_scenario(path)
    assert len(day.flexible_bookings) == 10
    assert len(day.group_events) == 2
    assert len(day.protected_targets) == 1
    assert all(5 <= len(each.attendances) <= each.capacity for each in day.group_events)
    assert "10\u00a0demandes souples" in said


def test_a_vehicle_is_entered_once_and_refused_the_second_time(day: Path, tmp_path: Path) -> None:
    files = (str(day / "scenario.json"), str(day / "plan.json"))
    calendar = ("--calendar", str(tmp_path / "vehicles.json"))
    plan, _ = planned_day("somme_vallees", 2)
    free = free_vehicles(plan)[0]
    wall = plan.scenario.day.wall
    hours = (wall(free.window.earliest_s), wall(free.window.latest_s))

    first = run("vehicles", *files, *calendar, "--add", free.vehicle, "workshop", *hours)
    again = run("vehicles", *files, *calendar, "--add", free.vehicle, "school", *hours, code=1)

    assert f"{free.vehicle}\u00a0: atelier" in first
    assert "TUS-5301" in again
    uses = json.loads((tmp_path / "vehicles.json").read_text(encoding="utf-8"))["uses"]
    assert [(each["vehicle"], each["kind"]) for each in uses] == [(free.vehicle, "workshop")]


def test_a_use_nobody_can_read_is_a_mistake(day: Path, tmp_path: Path) -> None:
    files = (str(day / "scenario.json"), str(day / "plan.json"))
    path = tmp_path / "vehicles.json"
    calendar = ("--calendar", str(path), "--add")

    assert "TUS-1474" in run(
        "vehicles", *files, *calendar, "V99", "school", "10:00", "11:00", code=2
    )
    assert "TUS-1475" in run("vehicles", *files, *calendar, "V01", "loan", "10:00", "11:00", code=2)
    assert "TUS-1475" in run(
        "vehicles", *files, *calendar, "V01", "school", "11:00", "11:00", code=2
    )
    assert "TUS-1475" in run(
        "vehicles", *files, *calendar, "V01", "school", "1100", "12:00", code=2
    )
    path.write_text('{"format": "tus-vehicle-calendar/1", "uses": [{"vehicle": "V01"}]}', "utf-8")
    assert "TUS-1012" in run("vehicles", *files, *calendar[:2], code=2)


def test_a_flexible_booking_gets_a_proposal_for_each_day(day: Path) -> None:
    files = (str(day / "scenario.json"), str(day / "plan.json"))
    plan, matrix = planned_day("somme_vallees", 2)
    tomorrow = replace(plan.scenario, day=ServiceDay(date(2026, 11, 25), "Europe/Paris"))
    other, other_plan = day / "tomorrow.json", day / "tomorrow-plan.json"
    other.write_text(dump_scenario(tomorrow), encoding="utf-8")
    then = priced(replace(plan, scenario=tomorrow), matrix)
    other_plan.write_text(dump_plan(then), encoding="utf-8")
    more = ("--other-day", str(other), "--other-plan", str(other_plan))

    said = run("propose", *files, "F04", *more)

    assert "mardi 24 novembre 2026" in said
    assert "mercredi 25 novembre 2026" in said
    assert "TUS-1476" in run("propose", *files, "F99", code=2)
