"""``tus import`` and ``tus export`` end to end: what they print, write and refuse."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.foreign_days import ain_day, barcelona_day, known_days
from tus_dispatch.cli.app import app
from tus_dispatch.formats.scenario import dump_scenario, load_scenario

DAYS = known_days()


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def text_of(result: Result) -> str:
    return result.output.replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def scenario_file(tmp_path: Path) -> Path:
    path = tmp_path / "jour.json"
    path.write_text(dump_scenario(DAYS["full"]), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["csv", "vroom"])
def test_what_is_exported_is_imported_byte_by_byte(
    name: str, scenario_file: Path, tmp_path: Path
) -> None:
    out, again = tmp_path / "export", tmp_path / "encore.json"

    assert run("export", scenario_file, "--format", name, "-o", out).exit_code == 0
    assert run("import", out, "-o", again).exit_code == 0

    assert again.read_bytes() == scenario_file.read_bytes()


@pytest.mark.parametrize(("name", "data"), [("ain", ain_day()), ("barcelona", barcelona_day())])
def test_a_summary_says_what_was_read(name: str, data: object, tmp_path: Path) -> None:
    source, out = tmp_path / "source.json", tmp_path / "jour.json"
    source.write_text(json.dumps(data), encoding="utf-8")

    result = run("import", source, "-o", out, "--date", "2026-04-01", "--name", "Poisson")

    assert result.exit_code == 0
    assert f"Poisson, mercredi 1er avril 2026 (format {name})" in text_of(result)
    assert "2 réservations, 2 trajets, 2 vacations" in text_of(result)
    assert load_scenario(out).name == "Poisson"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "TUS-1004"),
        ("", "TUS-1801"),
        ("[]", "TUS-1801"),
        ('{"routes": []}', "TUS-1801"),
        ('{"vehicles": [], "vehicles": [], "shipments": []}', "TUS-1006"),
        (dump_scenario(DAYS["full"]), "TUS-1801"),
        ("id;nom\n", "TUS-1801"),
    ],
)
def test_another_file_is_refused_and_nothing_written(
    content: str, code: str, tmp_path: Path
) -> None:
    source, out = tmp_path / "source.json", tmp_path / "jour.json"
    source.write_text(content, encoding="utf-8")

    result = run("import", source, "-o", out)

    assert result.exit_code == 2
    assert code in result.output
    assert not out.exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--date", "demain"),
        ("--date", "20260310"),
        ("--date", "1926-03-10"),
        ("--format", "xml"),
        ("--format", "csv"),
        ("-o", "absent/jour.json"),
    ],
)
def test_an_option_that_cannot_be_used_is_told(options: tuple[str, str], tmp_path: Path) -> None:
    source = tmp_path / "source.json"
    source.write_text(json.dumps(ain_day()), encoding="utf-8")

    result = run("import", source, "-o", tmp_path / "jour.json", *options)

    assert result.exit_code == 2
    assert "TUS-18" in result.output


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    result = run("import", tmp_path / "absent.json", "-o", tmp_path / "jour.json")

    assert (result.exit_code, "TUS-1001" in result.output) == (2, True)


def test_an_export_never_mixes_with_tables_of_another_day(
    scenario_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "export"
    out.mkdir()
    (out / "matrix.csv").write_text("from;to;seconds;metres\n", encoding="utf-8")

    result = run("export", scenario_file, "--format", "csv", "-o", out)

    assert (result.exit_code, "matrix.csv" in result.output) == (2, True)
    assert [path.name for path in out.iterdir()] == ["matrix.csv"]


def test_an_unknown_export_format_is_refused(scenario_file: Path, tmp_path: Path) -> None:
    assert run("export", scenario_file, "--format", "xls", "-o", tmp_path / "x").exit_code == 2
