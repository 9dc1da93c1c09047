"""What a plan leaves in a folder: whole files, safe names, and nothing of yesterday."""

import json
import os
from dataclasses import replace
from pathlib import Path

import gpxpy
import pytest
from icalendar import Calendar

from tests.makers import OPEN, WITH_DRIVER, five_legs_matrix, five_legs_plan
from tus_dispatch.desk import outputs
from tus_dispatch.desk.outputs import expect_writable, sheet_names, write_outputs
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.units import ShiftId
from tus_dispatch.errors import InputError
from tus_dispatch.formats.plan import load_plan

NAMES = ("minibus-matin", "voiture-journee")


def write(plan: Plan, folder: Path) -> tuple[Path, ...]:
    return write_outputs(plan, five_legs_matrix(), folder, lines={}, roads=None)


def renamed(shift: str) -> Plan:
    """The five-leg plan with another id for the shift of the car."""
    plan, new = five_legs_plan(), ShiftId(shift)
    minibus, car = plan.rounds
    shifts = tuple(
        replace(each, id=new) if each.id == OPEN else each for each in plan.scenario.shifts
    )
    scenario = replace(plan.scenario, shifts=shifts)
    return replace(plan, scenario=scenario, rounds=(minibus, replace(car, shift=new)))


def names_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_file_is_there_and_can_be_read(tmp_path: Path) -> None:
    files = write(five_legs_plan(), tmp_path / "a" / "b")

    folder = tmp_path / "a" / "b"
    sheets = {f"sheets/{name}.{end}" for name in NAMES for end in ("html", "pdf", "ics", "gpx")}
    assert names_in(folder) == sheets | {"plan.json", "plan.geojson", "map.html", "kpis.json"}
    assert {path.relative_to(folder).as_posix() for path in files} == names_in(folder)
    assert files[-1] == folder / "plan.json"
    assert load_plan(files[-1], five_legs_plan().scenario) == five_legs_plan()
    geojson = json.loads((folder / "plan.geojson").read_text(encoding="utf-8"))
    assert geojson["type"] == "FeatureCollection"
    assert json.loads((folder / "kpis.json").read_text(encoding="utf-8"))
    assert (folder / "map.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    for name in NAMES:
        sheet = folder / "sheets" / name
        assert sheet.with_suffix(".pdf").read_bytes().startswith(b"%PDF-")
        assert Calendar.from_ical(sheet.with_suffix(".ics").read_bytes()).walk("VEVENT")
        assert gpxpy.parse(sheet.with_suffix(".gpx").read_text(encoding="utf-8")).waypoints
        assert "Feuille de route" in sheet.with_suffix(".html").read_text(encoding="utf-8")


def test_writing_twice_gives_the_same_files_and_old_sheets_are_gone(tmp_path: Path) -> None:
    write(five_legs_plan(), tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in names_in(tmp_path)}
    plan = five_legs_plan()

    write(replace(plan, rounds=plan.rounds[:1]), tmp_path)
    assert {name for name in names_in(tmp_path) if name.startswith("sheets/")} == {
        f"sheets/{WITH_DRIVER}.{end}" for end in ("html", "pdf", "ics", "gpx")
    }

    write(plan, tmp_path)
    after = {name: (tmp_path / name).read_bytes() for name in names_in(tmp_path)}
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} <= {
        f"sheets/{name}.pdf" for name in NAMES
    }


def test_what_people_put_into_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "sheets").mkdir()
    for name in ("notes.txt", "sheets/notes.txt", ".tus-notes"):
        (tmp_path / name).write_text("À garder", encoding="utf-8")

    write(five_legs_plan(), tmp_path)

    assert {"notes.txt", "sheets/notes.txt", ".tus-notes"} <= names_in(tmp_path)


@pytest.mark.parametrize("name", ["map.html", "sheets/minibus-matin.gpx", "plan.json"])
def test_an_interrupted_write_leaves_the_old_files_and_no_halves(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(renamed("ancienne"), tmp_path)
    before = {path: (tmp_path / path).read_bytes() for path in names_in(tmp_path)}
    real, count = os.fsync, [0]
    stop_at = 1 + list(outputs.contents_of(five_legs_plan(), five_legs_matrix(), {}, None)).index(
        name
    )

    def full_disk(handle: int) -> None:
        count[0] += 1
        if count[0] == stop_at:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(InputError) as told:
        write(five_legs_plan(), tmp_path)

    assert told.value.problems[0].code == "TUS-1402"
    assert "No space left" in told.value.problems[0].value
    assert {path: (tmp_path / path).read_bytes() for path in names_in(tmp_path)} == before


def test_leftovers_of_a_killed_run_are_swept_up(tmp_path: Path) -> None:
    leftover = tmp_path / ".tus-abc123" / "sheets"
    leftover.mkdir(parents=True)
    (leftover / "x.html").write_text("à moitié", encoding="utf-8")

    write(five_legs_plan(), tmp_path)

    assert not any(name.startswith(".tus-") for name in names_in(tmp_path))


@pytest.mark.parametrize(
    ("shift", "file"),
    [
        ("lundi matin", "lundi matin"),
        ("Été à Saint-Rémy", "Été à Saint-Rémy"),
        ("..", "__-"),
        ("..\\..\\x", "_._.._x-"),
        (".caché", "_caché-"),
        ("a/b", "a_b-"),
        ("-rf", "_rf-"),
        ("C:", "C_-"),
        ("fin.", "fin_-"),
        ("<b>&\"'", "_b___'-"),
        ("deux\nlignes", "deux_lignes-"),
        ("é" * 200, "é" * 50 + "-"),
        ("🚐" * 64, "🚐" * 25 + "-"),
    ],
)
def test_odd_ids_of_shifts_give_names_that_stay_in_the_folder(
    shift: str, file: str, tmp_path: Path
) -> None:
    folder = tmp_path / "out"

    write(renamed(shift), folder)

    new = {path.name for path in (folder / "sheets").iterdir()} - {
        f"{WITH_DRIVER}.{end}" for end in ("html", "pdf", "ics", "gpx")
    }
    stems = {name.rsplit(".", 1)[0] for name in new}
    assert len(new) == 4
    assert len(stems) == 1
    assert stems.pop().startswith(file)
    assert {path.name for path in tmp_path.iterdir()} == {"out"}


def test_ids_that_a_disk_may_take_for_one_get_names_of_their_own() -> None:
    shifts = [
        ShiftId(name) for name in ("Matin", "matin", "MATIN", "été", "e\u0301te\u0301", "a_b")
    ]

    names = sheet_names([*shifts, ShiftId("a/b"), ShiftId("a?b")])

    assert names[ShiftId("Matin")] == "Matin"
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert sheet_names(shifts) == {shift: names[shift] for shift in shifts}


def test_a_folder_is_looked_at_but_not_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    expect_writable(tmp_path / "new" / "er")
    expect_writable(tmp_path)
    for wrong in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(InputError, match="pas un dossier"):
            expect_writable(wrong)

    assert {path.name for path in tmp_path.iterdir()} == {"file"}


def test_a_file_in_the_way_of_the_sheets_is_told(tmp_path: Path) -> None:
    (tmp_path / "sheets").write_text("x", encoding="utf-8")

    with pytest.raises(InputError) as told:
        write(five_legs_plan(), tmp_path)

    assert told.value.problems[0].code == "TUS-1402"
    assert names_in(tmp_path) == {"sheets"}
