"""`tus generate` writes a day and says in French what it holds."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.unit.network.rural import rural_graph
from tus_dispatch.cli.app import app
from tus_dispatch.desk.travel import travel_times
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.units import BookingId
from tus_dispatch.formats.scenario import dump_scenario, load_scenario
from tus_dispatch.generate.day import generate, generate_with_reference
from tus_dispatch.generate.families import FAMILIES
from tus_dispatch.generate.setting import Setting
from tus_dispatch.network.cache import save_graph
from tus_dispatch.planning.legality import unlawful_legs
from tus_dispatch.verify.plan import verify_plan


def tus(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["generate", *map(str, words)])


def test_the_file_is_the_day_and_the_terminal_tells_its_size(tmp_path: Path) -> None:
    file = tmp_path / "jour.json"

    answer = tus("somme_vallees", "--seed", "3", "--legs", "20", "--shifts", "4", "-o", file)

    assert answer.exit_code == 0
    day = generate("somme_vallees", seed=3, n_legs=20, n_shifts=4)
    assert file.read_bytes() == dump_scenario(day).encode()
    assert "Vallées de la Somme, mardi 24 novembre 2026 (jour inventé)" in answer.stdout
    # Numbers and nouns are joined by a no-break space.
    assert "20 trajets, 4 vacations" in answer.stdout.replace("\xa0", " ")
    assert "un plan existe qui sert tout" in answer.stdout


def test_a_date_may_be_given(tmp_path: Path) -> None:
    file = tmp_path / "jour.json"

    answer = tus("alencon_19h", "--legs", "8", "--shifts", "2", "--date", "2027-01-14", "-o", file)

    assert answer.exit_code == 0
    assert load_scenario(file).day.date.isoformat() == "2027-01-14"


def test_an_overloaded_day_says_so(tmp_path: Path) -> None:
    file = tmp_path / "jour.json"

    answer = tus("landes_epci", "--legs", "90", "--shifts", "1", "--overload", "-o", file)

    assert answer.exit_code == 0
    assert len(legs_of(load_scenario(file))) == 90
    assert "sans garantie" in answer.stdout


def test_people_whose_papers_are_wrong_are_left_out_by_the_law(tmp_path: Path) -> None:
    file = tmp_path / "jour.json"
    words = ("somme_vallees", "--seed", "3", "--legs", "20", "--shifts", "4", "-o", file)

    answer = tus(*words, "--refused", "5")

    assert answer.exit_code == 0
    assert "5 personnes au dossier incomplet" in answer.stdout.replace("\xa0", " ")
    day, sound = load_scenario(file), generate("somme_vallees", seed=3, n_legs=20, n_shifts=4)
    matrix = travel_times(day, tmp_path).matrix(day.places)
    refused = unlawful_legs(day, legs_of(day), matrix)
    people = {day.booking(BookingId(leg.split(":")[0])).participant for leg in refused}
    assert len(people) == 5
    assert {reasons[0].slug for reasons in refused.values()} == {
        "referral-expired",
        "eligibility-expired",
        "eligibility-unchecked",
        "referral-not-begun",
    }
    assert replace(day, participants=sound.participants) == sound
    assert tus(*words, "--refused", "99").exit_code == 2


@pytest.mark.parametrize("family", FAMILIES)
def test_every_booking_of_a_made_up_day_is_lawful(family: str) -> None:
    day, plan, matrix = generate_with_reference(family, seed=8, n_legs=40, n_shifts=8)

    assert day.law is not None
    assert day.law.is_enforced
    assert unlawful_legs(day, legs_of(day), matrix) == {}
    assert verify_plan(plan, matrix) == ()


def test_a_day_before_there_was_such_a_law_has_none() -> None:
    early = Setting(date(2019, 10, 16))

    assert generate("alencon_19h", seed=1, n_legs=8, n_shifts=2, setting=early).law is None


def test_roads_are_named_from_where_the_day_lies(tmp_path: Path) -> None:
    roads, file = tmp_path / "reseau" / "routes.npz", tmp_path / "jours" / "jour.json"
    roads.parent.mkdir()
    file.parent.mkdir()
    save_graph(rural_graph(), roads)

    answer = tus("cher_multidepot", "--legs", "12", "--shifts", "3", "--roads", roads, "-o", file)

    assert answer.exit_code == 0, answer.output
    assert "calculés sur les routes" in answer.stdout
    day = load_scenario(file)
    assert day.travel.file == "../reseau/routes.npz"  # type: ignore[union-attr]
    matrix = travel_times(day, file.parent).matrix(day.places)
    assert (matrix.source, int(matrix.seconds.min())) == ("roads", 0)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("nulle_part",), "TUS-1301"),
        (("cher_multidepot", "--legs", "1"), "TUS-1302"),
        (("cher_multidepot", "--shifts", "0"), "TUS-1302"),
        (("cher_multidepot", "--legs", "60", "--shifts", "1"), "TUS-1303"),
        (("cher_multidepot", "--date", "24/11/2026"), "TUS-1304"),
        (("cher_multidepot", "--date", "0001-01-01"), "TUS-1304"),
        (("cher_multidepot", "--roads", "absent.osm.pbf"), "TUS-1201"),
    ],
)
def test_mistakes_are_told_with_a_code_and_nothing_is_written(
    words: tuple[str, ...], code: str, tmp_path: Path
) -> None:
    file = tmp_path / "jour.json"

    answer = tus(*words, "-o", file)

    assert answer.exit_code == 2
    assert code in answer.stderr
    assert not file.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    answer = tus(
        "cher_multidepot", "--legs", "4", "--shifts", "2", "-o", tmp_path / "absent" / "x.json"
    )

    assert answer.exit_code == 2
    assert "TUS-1305" in answer.stderr


def test_help_lists_the_six_families() -> None:
    answer = tus("--help")

    assert "essonne_132communes" in answer.stdout
    assert "ambert_montagne" in answer.stdout
