"""`tus plan`, `tus verify` and `tus explain` on a folder, from the first file to the last word."""

import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import pytest
from typer.testing import CliRunner, Result

from tests.makers import at, five_legs, five_legs_plan
from tests.spoil_edits import edit_stop
from tus_dispatch.cli.app import app
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.formats.plan import dump_plan
from tus_dispatch.formats.scenario import dump_scenario

LONGEST_HELP_S = 0.4


def tus(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "80"})


def text_of(result: Result) -> str:
    return result.stdout.replace("\N{NO-BREAK SPACE}", " ")


def late_return() -> Scenario:
    """The five-leg day on which Anne wants to be fetched when nobody drives any more."""
    scenario = five_legs()
    anne, *others = scenario.bookings
    assert anne.return_leg is not None
    back = replace(anne.return_leg, not_before_s=at("20:00"))
    return replace(scenario, bookings=(replace(anne, return_leg=back), *others))


@dataclass(frozen=True)
class Folder:
    """A scenario with a late return, planned once, and what the terminal said."""

    scenario: Path
    out: Path
    result: Result

    @property
    def plan(self) -> Path:
        return self.out / "plan.json"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = tmp_path_factory.mktemp("jour")
    scenario, out = folder / "jour.json", folder / "sorties"
    scenario.write_text(dump_scenario(late_return()), encoding="utf-8")
    return Folder(scenario, out, tus("plan", scenario, "--out", out, "--iterations", 4))


def test_a_plan_with_bookings_left_out_is_a_plan(planned: Folder) -> None:
    result = planned.result

    assert result.exit_code == 0, result.output
    assert "3 trajets servis sur 5" in text_of(result)
    assert "Entrerait si l'heure demandée pouvait bouger." in text_of(result)
    assert f"Écrit dans {planned.out}" in result.stdout
    assert planned.plan.is_file()
    # The progress line goes elsewhere, so that the result can be piped.
    assert "trajets servis sur 5" in result.stderr.replace("\N{NO-BREAK SPACE}", " ")


def test_the_judge_confirms_what_was_written(planned: Folder) -> None:
    result = tus("verify", planned.scenario, planned.plan)

    first, second, *rest = text_of(result).splitlines()
    assert result.exit_code == 0
    assert first == "Plan conforme : 1 tournée, 3 trajets servis, 2 écartés."
    assert second == "Au plus 0,1 % au-dessus du meilleur possible."
    assert " ".join(rest) == f"Attention : {reason_for('trips-unchecked').sentence}"


def test_a_plan_changed_by_hand_ends_with_one(planned: Folder, tmp_path: Path) -> None:
    spoilt = edit_stop(five_legs_plan(), 0, 1, departure_s=at("09:14"))
    (tmp_path / "jour.json").write_text(dump_scenario(five_legs()), encoding="utf-8")
    (tmp_path / "plan.json").write_text(dump_plan(spoilt), encoding="utf-8")

    result = tus("verify", tmp_path / "jour.json", tmp_path / "plan.json")

    assert result.exit_code == 1
    assert "TUS-32" in result.stdout


def test_a_plan_made_from_another_keeps_its_promises(planned: Folder, tmp_path: Path) -> None:
    again = tus(
        "plan", planned.scenario, "--out", tmp_path / "b", "--iterations", 2,
        "--from", planned.plan, "--profile", "cost", "--full",
    )  # fmt: skip

    assert again.exit_code == 0, again.output
    assert "objectif « coût »" in text_of(again)
    assert tus("verify", planned.scenario, tmp_path / "b" / "plan.json").exit_code == 0


def test_a_served_leg_is_explained_with_its_limit_and_company(planned: Folder) -> None:
    result = tus("explain", planned.scenario, planned.plan, "R3:out")

    text = text_of(result)
    assert result.exit_code == 0, result.output
    assert text.startswith("R3:out · Chloé C., aller, Le Bourg → Centre de formation\n")
    assert "direct 15 min, limite 30 min" in text
    # The car has no round yet, and could take her.
    assert "voiture-journee" in text


def test_a_booking_left_out_is_explained_leg_by_leg(planned: Folder) -> None:
    result = tus("explain", planned.scenario, planned.plan, "R1")

    text = text_of(result)
    assert result.exit_code == 0, result.output
    assert "R1:out · Anne A., aller" in text
    assert "R1:ret · Anne A., retour" in text
    assert text.count("non servi\n") == 2
    assert "TUS-3111" in text
    assert "Entrerait si l'heure demandée pouvait bouger." in text


@pytest.mark.parametrize(
    ("name", "said"), [("R3", "Chloé"), ("R1:out", "aller"), ("R2:ret", "retour")]
)
def test_one_leg_or_one_booking_may_be_named(planned: Folder, name: str, said: str) -> None:
    result = tus("explain", planned.scenario, planned.plan, name)

    assert result.exit_code == 0, result.output
    assert said in text_of(result).splitlines()[0]


def test_an_unknown_leg_gets_suggestions(planned: Folder) -> None:
    result = tus("explain", planned.scenario, planned.plan, "R3:ou")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "TUS-1403" in result.stderr
    assert "R3:out" in result.stderr


def test_a_name_like_nothing_gets_no_suggestion(planned: Folder) -> None:
    result = tus("explain", planned.scenario, planned.plan, "zzzzzz" * 40)

    assert result.exit_code == 2
    assert "un trajet de ce jour\n" in result.stderr
    assert max(len(line) for line in result.stderr.splitlines()) <= 80


def test_bad_input_ends_with_two_and_names_file_place_and_reason(
    planned: Folder, tmp_path: Path
) -> None:
    broken = tmp_path / "faux.json"
    broken.write_text(
        dump_scenario(five_legs()).replace('"seats": 4', '"seats": 40'), encoding="utf-8"
    )
    out = tmp_path / "out"
    wrong: dict[str, tuple[object, ...]] = {
        "TUS-1051": ("plan", broken, "--out", out),
        "TUS-1001": ("plan", tmp_path / "perdu.json", "--out", out),
        "TUS-1404": ("plan", planned.scenario, "--out", out, "--profile", "gratuit"),
        "TUS-1402": ("plan", planned.scenario, "--out", planned.scenario),
        "TUS-1007": ("plan", planned.plan, "--out", out),
    }
    for code, words in wrong.items():
        result = tus(*words)

        assert (result.exit_code, result.stdout) == (2, ""), words
        assert code in result.stderr, words
    assert not out.exists()


@pytest.mark.parametrize("command", ["plan", "verify", "explain"])
def test_a_folder_where_a_file_is_wanted_is_told(
    command: str, planned: Folder, tmp_path: Path
) -> None:
    words = {
        "plan": (tmp_path, "--out", tmp_path / "out"),
        "verify": (planned.scenario, tmp_path),
        "explain": (tmp_path, planned.plan, "R1"),
    }[command]

    result = tus(command, *words)

    assert result.exit_code == 2
    assert "TUS-1001" in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "option", [("--time-limit", "0"), ("--iterations", "0"), ("--workers", "0"), ("--seed", "-1")]
)
def test_a_number_out_of_range_ends_with_two(
    option: tuple[str, str], planned: Folder, tmp_path: Path
) -> None:
    result = tus("plan", planned.scenario, "--out", tmp_path / "out", *option)

    assert result.exit_code == 2
    assert option[0] in result.stderr


def test_the_list_of_commands_answers_at_once() -> None:
    # The least of several runs: what others do on the machine is not measured.
    program = "from tus_dispatch.cli.app import main; main()"
    seconds = []
    for _ in range(8):
        began = perf_counter()
        subprocess.run([sys.executable, "-c", program, "--help"], capture_output=True, check=True)
        seconds.append(perf_counter() - began)

    assert min(seconds) < LONGEST_HELP_S
