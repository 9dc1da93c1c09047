from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.scenario_files import full_day
from tus_dispatch.errors import InputError
from tus_dispatch.formats.native.layout import lay_out
from tus_dispatch.formats.scenario import (
    dump_scenario,
    load_scenario,
    parse_scenario,
    scenario_sha256,
)
from tus_dispatch.formats.zone_file import load_zone

ROWS = ("Code INSEE;Nom;Liste du", "18197;Saint-Amand;01/01/2026", "1004;Ambérieu;01/01/2026")
SPREADSHEET = "\r\n".join(ROWS)


def listed(folder: Path, text: str | bytes) -> Path:
    path = folder / "communes.csv"
    path.write_bytes(text.encode("utf-8-sig") if isinstance(text, str) else text)
    return path


def told(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as refused:
        load_zone(path)
    return [
        (each.code, each.where.removeprefix(str(path.parent))) for each in refused.value.problems
    ]


def day_naming(file: str) -> dict[str, Any]:
    data = full_day()
    data["law"]["zone"] = {"file": file}
    return data


def test_a_list_saved_by_a_spreadsheet_is_read_with_its_edition(tmp_path: Path) -> None:
    zone = load_zone(listed(tmp_path, SPREADSHEET))

    assert zone.edition == date(2026, 1, 1)
    # The spreadsheet took the first zero away.
    assert zone.communes == {"18197", "01004"}
    assert zone.file is None


def test_a_list_with_commas_and_windows_letters_is_the_same(tmp_path: Path) -> None:
    text = "insee,name,edition\n18197,Saint-Amand,2026-01-01\n01004,Ambérieu,2026-01-01\n"

    assert load_zone(listed(tmp_path, text.encode("cp1252"))) == load_zone(
        listed(tmp_path, SPREADSHEET)
    )


def test_mistakes_are_told_by_line_and_column(tmp_path: Path) -> None:
    path = listed(
        tmp_path, "insee;nom;edition\n1819;A;2026-01-01\nABC;B;2026-01-01\n18015;C;hier\n"
    )

    assert told(path) == [
        ("TUS-1016", "communes.csv:3:1"),
        ("TUS-1021", "communes.csv:4:3"),
    ]


def test_a_file_without_its_columns_says_which(tmp_path: Path) -> None:
    path = listed(tmp_path, "insee;commune\n18015;C\n")

    assert told(path) == [("TUS-1710", "communes.csv:1")]


@pytest.mark.parametrize(
    "text",
    ["insee;nom;edition\n", "insee;nom;edition\n18015;A;2026-01-01\n18197;B;2025-01-01\n"],
    ids=["empty", "two editions"],
)
def test_a_list_has_one_edition(tmp_path: Path, text: str) -> None:
    assert told(listed(tmp_path, text)) == [("TUS-1054", "communes.csv")]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "communes.csv") == [("TUS-1001", "/communes.csv")]


def test_a_scenario_reads_the_list_beside_it_and_is_written_without_it(tmp_path: Path) -> None:
    listed(tmp_path, SPREADSHEET)
    path = tmp_path / "jour.json"
    path.write_text(lay_out(day_naming("communes.csv")), encoding="utf-8")

    scenario = load_scenario(path)

    assert scenario.law is not None
    assert scenario.law.zone == load_zone(tmp_path / "communes.csv")
    assert parse_scenario(dump_scenario(scenario), "jour.json") == scenario


def test_another_list_makes_another_day(tmp_path: Path) -> None:
    path = tmp_path / "jour.json"
    path.write_text(lay_out(day_naming("communes.csv")), encoding="utf-8")
    listed(tmp_path, SPREADSHEET)
    before = scenario_sha256(load_scenario(path))

    listed(tmp_path, SPREADSHEET.replace("18197", "18015"))

    assert scenario_sha256(load_scenario(path)) != before


def test_a_text_without_a_folder_keeps_the_name_of_the_file() -> None:
    scenario = parse_scenario(lay_out(day_naming("communes.csv")), "jour.json")

    assert scenario.law is not None
    assert scenario.law.zone is not None
    assert (scenario.law.zone.file, scenario.law.zone.edition) == ("communes.csv", None)
    assert parse_scenario(dump_scenario(scenario), "jour.json") == scenario
