from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.makers import five_legs, five_legs_plan
from tests.spoil_edits import edit_stop
from tus_dispatch.cli.app import app
from tus_dispatch.domain.plan import Plan
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.formats.plan import dump_plan
from tus_dispatch.formats.scenario import dump_scenario


@pytest.fixture
def scenario_file(tmp_path: Path) -> Path:
    path = tmp_path / "jour.json"
    path.write_text(dump_scenario(five_legs()), encoding="utf-8")
    return path


def verdict(scenario_file: Path, plan: Plan) -> Result:
    path = scenario_file.with_name("plan.json")
    path.write_text(dump_plan(plan), encoding="utf-8")
    return CliRunner().invoke(app, ["verify", str(scenario_file), str(path)])


def text_of(result: Result) -> str:
    """The output with ordinary spaces between numbers and nouns."""
    return result.stdout.replace("\N{NO-BREAK SPACE}", " ")


def test_a_sound_plan_is_confirmed_and_the_unchecked_law_named(scenario_file: Path) -> None:
    result = verdict(scenario_file, five_legs_plan())

    assert result.exit_code == 0, result.output
    first, second, *rest = text_of(result).splitlines()
    assert first == "Plan conforme : 2 tournées, 5 trajets servis, 0 écarté."
    assert second == "Écart au meilleur possible : inconnu."
    assert " ".join(rest) == f"Attention : {reason_for('trips-unchecked').sentence}"


def test_every_violation_is_told_with_its_code(scenario_file: Path) -> None:
    plan = five_legs_plan()
    # The minibus claims 81 km instead of 80, and one seat too many at the door.
    drop = plan.rounds[0].stops[2]
    plan = edit_stop(plan, 0, 2, drive_m=drop.drive_m + 1000)
    plan = edit_stop(plan, 0, 3, load=replace(plan.rounds[0].stops[3].load, seats=1))

    result = verdict(scenario_file, plan)

    assert result.exit_code == 1, result.output
    assert text_of(result) == (
        "2 anomalies\n"
        "\n"
        "TUS-3213  false-drive\n"
        "  minibus-matin, arrêt 2 : le trajet annoncé (10 min, 11000 m) n'est pas celui\n"
        "  de la carte (10 min, 10000 m).\n"
        "\n"
        "TUS-3224  false-load\n"
        "  minibus-matin, arrêt 3 : les places annoncées ne sont pas celles des personnes\n"
        "  à bord.\n"
    )


def test_a_file_that_is_no_plan_ends_with_two(scenario_file: Path) -> None:
    result = CliRunner().invoke(app, ["verify", str(scenario_file), str(scenario_file)])

    assert result.exit_code == 2
    assert "TUS-1" in result.stderr


def test_a_missing_file_ends_with_two(scenario_file: Path) -> None:
    result = CliRunner().invoke(app, ["verify", str(scenario_file), "plan-perdu.json"])

    assert result.exit_code == 2
    assert "plan-perdu.json" in result.stderr
