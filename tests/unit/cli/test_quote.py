"""`tus quote` on files: what a dispatcher reads while the caller waits, and what machines read."""

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.makers import at, five_legs, five_legs_plan
from tests.spoil_edits import edit_stop
from tus_dispatch.cli.app import app
from tus_dispatch.domain.plan import CostBreakdown, Plan
from tus_dispatch.domain.service_day import ServiceDay
from tus_dispatch.formats.plan import dump_plan
from tus_dispatch.formats.scenario import dump_scenario

Data = dict[str, object]


@dataclass(frozen=True)
class Files:
    """The five-leg day and its plan, and the same two days later."""

    folder: Path

    @property
    def day(self) -> tuple[Path, Path]:
        return self.folder / "jour.json", self.folder / "plan.json"

    @property
    def other(self) -> tuple[Path, Path]:
        return self.folder / "jeudi.json", self.folder / "plan-jeudi.json"

    def booking(self, **asked_for: object) -> Path:
        """A file in which Anne asks for a booking more."""
        path = self.folder / "appel.json"
        asked = {"id": "R9", "participant": "P1", **asked_for}
        path.write_text(json.dumps({"bookings": [asked]}), encoding="utf-8")
        return path


def write_day(plan: Plan, scenario: Path, path: Path) -> None:
    scenario.write_text(dump_scenario(plan.scenario), encoding="utf-8")
    path.write_text(dump_plan(plan), encoding="utf-8")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    found = Files(tmp_path_factory.mktemp("appel"))
    plan = five_legs_plan()
    write_day(plan, *found.day)
    thursday = ServiceDay(date(2026, 3, 12), "Europe/Paris")
    # On Thursday Basile stays at home, so that the minibus is free and needs no wheelchair space.
    bookings = (five_legs().bookings[0], five_legs().bookings[2])
    scenario = replace(five_legs(), day=thursday, bookings=bookings)
    # 40 km; 08:00 to 13:23; one open round; 3 minutes of detour; 6 + 5 minutes early.
    cost = CostBreakdown(1_200_000, 9_690_000, 2_500_000, excess_ride=27_000, early=33_000)
    alone = replace(plan, scenario=scenario, rounds=plan.rounds[1:], cost=cost)
    write_day(alone, *found.other)
    return found


def tus(*words: object) -> Result:
    return CliRunner().invoke(app, ["quote", *map(str, words)], env={"COLUMNS": "80"})


def text_of(result: Result) -> str:
    return " ".join(result.stdout.replace("\N{NO-BREAK SPACE}", " ").split())


def ride(origin: str, destination: str, **times: object) -> Data:
    return {"origin": origin, "destination": destination, **times}


def test_an_offer_names_times_shift_company_and_price(files: Files) -> None:
    # From 09:29 to 11:00 the minibus stands at the centre with nobody aboard.
    asked = files.booking(outward=ride("centre", "moulin", not_before="09:30"))

    result = tus(*files.day, asked)

    text = text_of(result)
    assert result.exit_code == 0, result.output
    assert text.startswith("R9:out · Anne A., aller, Centre de formation → Le Moulin")
    assert "Proposition 1 · +20,0 km" in text
    assert "aller : prise en charge 09:" in text
    assert "personne d'autre à bord" in text
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_outward_and_return_are_offered_together(files: Files) -> None:
    asked = files.booking(
        outward=ride("centre", "moulin", not_before="09:30"),
        **{"return": ride("moulin", "centre", not_before="10:00")},
    )

    answer = json.loads(tus(*files.day, asked, "--json").stdout)

    assert answer["format"] == "tus-quote/1"
    assert [leg["leg"] for leg in answer["offers"][0]["legs"]] == ["R9:out", "R9:ret"]
    offer = answer["offers"][0]
    assert offer["marginal_m"] == sum(leg["marginal_m"] for leg in offer["legs"])


def test_a_refusal_is_read_aloud_with_what_works_instead(files: Files) -> None:
    # At 06:30 no shift has begun; the earliest sign-on is 07:00, at the garage.
    asked = files.booking(
        outward=ride("bourg", "centre", dropoff_window={"earliest": "06:30", "latest": "06:45"})
    )
    thursday = ("--other-day", files.other[0], "--other-plan", files.other[1])

    result = tus(*files.day, asked, *thursday)

    text = text_of(result)
    assert result.exit_code == 0, result.output
    assert "Refusé :" in text
    assert "Ce qui marcherait" in text
    assert "plutôt qu'entre 6 h 30 et 6 h 45, oui." in text
    # The same hour is too early on any day.
    assert "jeudi" not in text
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_another_day_is_offered_where_its_plan_has_room(files: Files) -> None:
    # Eight people fill the minibus without its wheelchair space, which Basile needs on Tuesday.
    asked = files.booking(party_size=8, outward=ride("centre", "moulin", not_before="09:30"))
    thursday = ("--other-day", files.other[0], "--other-plan", files.other[1])

    answer = json.loads(tus(*files.day, asked, *thursday, "--json").stdout)

    by_kind = {each["kind"]: each for each in answer["refused"]["alternatives"]}
    assert by_kind["day"]["change"] == {"date": "2026-03-12"}
    assert by_kind["day"]["sentence"].startswith("Le jeudi 12 mars 2026, aux mêmes heures, oui")
    assert by_kind["day"]["offer"]["legs"][0]["shift"] == "minibus-matin"
    spoken = text_of(tus(*files.day, asked, *thursday))
    assert "Le jeudi 12 mars 2026, aux mêmes heures, oui." in spoken


def test_a_served_or_unknown_booking_is_told_with_its_remedy(files: Files) -> None:
    for name, code in (("R1", "TUS-1412"), ("R77", "TUS-1411")):
        result = tus(*files.day, name)

        assert (result.exit_code, result.stdout) == (2, "")
        assert code in result.stderr


def test_a_mistake_in_the_booking_is_told_where_it_stands_in_its_file(files: Files) -> None:
    asked = files.booking(outward=ride("bourg", "nulle-part", not_before="09:30"))

    result = tus(*files.day, asked)

    assert result.exit_code == 2
    assert "TUS-1032  /bookings/0/outward/destination" in result.stderr


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "TUS-1013"),
        ({"bookings": []}, "TUS-1018"),
        ({"bookings": {}}, "TUS-1013"),
        ({"bookings": [{}], "shifts": []}, "TUS-1011"),
    ],
)
def test_a_file_that_holds_no_single_booking_is_refused(
    files: Files, tmp_path: Path, data: object, code: str
) -> None:
    path = tmp_path / "faux.json"
    path.write_text(json.dumps(data), encoding="utf-8")

    result = tus(*files.day, path)

    assert result.exit_code == 2
    assert code in result.stderr


def test_a_plan_the_judge_refuses_is_not_quoted(files: Files, tmp_path: Path) -> None:
    spoilt = edit_stop(five_legs_plan(), 0, 1, departure_s=at("09:14"))
    scenario, plan = tmp_path / "jour.json", tmp_path / "plan.json"
    write_day(spoilt, scenario, plan)

    result = tus(scenario, plan, files.booking(outward=ride("bourg", "centre", not_before="09:30")))

    assert result.exit_code != 0


def test_every_other_day_needs_its_plan(files: Files) -> None:
    asked = files.booking(outward=ride("bourg", "centre", not_before="09:30"))

    result = tus(*files.day, asked, "--other-day", files.other[0])

    assert result.exit_code == 2
    assert "--other-plan" in result.stderr
