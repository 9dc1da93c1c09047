"""A day under its law, from the file to the terminal, the map and the plan."""

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.makers import BOURG, CENTRE, HAMEAU, MOULIN, five_legs, five_legs_plan
from tus_dispatch.cli.app import app
from tus_dispatch.domain.demand import Eligibility, EligibilityGround, Override, Referral
from tus_dispatch.domain.law import Area, Law, TripMode, Zone
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.plan import CostBreakdown, Unserved
from tus_dispatch.domain.reason import reason_for
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.formats.plan import dump_plan
from tus_dispatch.formats.scenario import dump_scenario

TODAY = date(2026, 3, 10)
VILLAGES = frozenset({"18015", "18197"})
COMMUNES = {CENTRE: "18033", MOULIN: "18015", HAMEAU: "18015", BOURG: "18279"}


def lawful_day(trips: TripMode = TripMode.ENFORCED) -> Scenario:
    """The five-leg day: Anne by residence to the centre in town, bourg being a hub on the way."""
    scenario = five_legs()
    anne, basile, chloe = scenario.participants
    residence = Eligibility(EligibilityGround.LOCATION, TODAY, checked_by="coordination")
    income = replace(residence, ground=EligibilityGround.INCOME)
    referral = (Referral(date(2026, 1, 1), date(2026, 12, 31)),)
    return replace(
        scenario,
        places=tuple(replace(p, insee=COMMUNES.get(p.id, "18197")) for p in scenario.places),
        participants=(
            replace(anne, eligibility=residence, referrals=referral),
            replace(basile, eligibility=income, referrals=referral),
            replace(chloe, eligibility=income, referrals=()),
        ),
        law=Law(
            trips,
            Zone(date(2026, 1, 1), VILLAGES),
            hubs=(BOURG,),
            authorities=(Area("Agglo d’essai", frozenset({"18279", "18033"})),),
            tariff_eur_cents_per_km=15,
        ),
    )


def lifted() -> Scenario:
    """Chloé's missing referral is lifted, and so she rides."""
    day = lawful_day()
    *others, chloe = day.bookings
    override = Override("no-referral", "Reçue par téléphone.", "Awa", 1_773_100_000)
    return replace(day, bookings=(*others, replace(chloe, overrides=(override,))))


def tus(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "200"})


def text_of(result: Result) -> str:
    return " ".join(result.stdout.replace("\u00a0", " ").split())


@dataclass(frozen=True)
class Planned:
    """A day, planned once, with what the terminal said and what the plan holds."""

    folder: Path
    said: str
    plan: Any

    @property
    def files(self) -> tuple[Path, Path]:
        return self.folder / "jour.json", self.folder / "out" / "plan.json"

    @property
    def page(self) -> str:
        return (self.folder / "out" / "map.html").read_text(encoding="utf-8")


def planned(folder: Path, day: Scenario) -> Planned:
    (folder / "jour.json").write_text(dump_scenario(day), encoding="utf-8")
    result = tus("plan", folder / "jour.json", "--out", folder / "out", "--iterations", "50")
    assert result.exit_code == 0, result.output
    plan = json.loads((folder / "out" / "plan.json").read_text(encoding="utf-8"))
    return Planned(folder, text_of(result), plan)


@pytest.fixture(scope="module")
def enforced(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    return planned(tmp_path_factory.mktemp("loi"), lawful_day())


def test_an_unlawful_booking_is_left_out_with_its_linked_leg(enforced: Planned) -> None:
    told = {each["leg"]: each for each in enforced.plan["unserved"]}

    assert {leg: each["code"] for leg, each in told.items()} == {
        "R1:out": "TUS-2004",
        "R1:ret": "TUS-2004",
        "R3:out": "TUS-2021",
    }
    hub_trip = "le trajet de «\u00a0Le Moulin\u00a0» à «\u00a0Le Bourg\u00a0» (pôle"
    assert hub_trip in told["R1:out"]["sentence"]
    assert "Non servis sans prescription 1, hors zone 2" in enforced.said
    assert enforced.plan["flags"] == []
    assert tus("verify", *enforced.files).exit_code == 0


def test_a_flagged_day_is_planned_and_says_what_is_wrong(tmp_path: Path) -> None:
    flagged = planned(tmp_path, lawful_day(TripMode.FLAGGED))

    assert flagged.plan["unserved"] == []
    assert [(each["where"], each["code"]) for each in flagged.plan["flags"]] == [
        ("plan", "TUS-2042"),
        ("R1:out", "TUS-2004"),
        ("R1:ret", "TUS-2004"),
        ("R3:out", "TUS-2021"),
        ("R3:out", "TUS-2043"),
    ]
    assert "Attention : R1:out : Éligible par sa résidence seule" in flagged.said
    assert "seulement signalée" in flagged.page
    assert "À vérifier (4)" in flagged.page
    verdict = tus("verify", *flagged.files)
    assert verdict.exit_code == 0
    assert "Attention : R3:out : Ce trajet reste dans le ressort" in text_of(verdict)


def test_a_day_without_the_section_says_that_nothing_was_checked(tmp_path: Path) -> None:
    unchecked = planned(tmp_path, five_legs())

    assert [each["code"] for each in unchecked.plan["flags"]] == ["TUS-2041"]
    assert "La légalité des trajets n’est pas vérifiée" in unchecked.said
    assert "La légalité des trajets n’est pas vérifiée" in unchecked.page


def test_a_lifted_rule_lets_the_booking_in_and_stays_visible(tmp_path: Path) -> None:
    found = planned(tmp_path, lifted())

    assert "R3:out" not in {each["leg"] for each in found.plan["unserved"]}
    told = [each["sentence"] for each in found.plan["flags"] if each["code"] == "TUS-2047"]
    assert told == ["Motif TUS-2021 levé par Awa le 9 mars 2026 : « Reçue par téléphone. »."]
    assert "« Reçue par téléphone. »" in found.said


def test_the_explanation_names_the_article_and_the_contribution(enforced: Planned) -> None:
    out = text_of(tus("explain", *enforced.files, "R1:out"))
    served = text_of(tus("explain", *enforced.files, "R2:out"))

    assert "art. R3133-4" in out
    assert "Autres tournées possibles" not in out
    # From the hamlet to the centre it is 10 km, at 15 cents.
    assert "À demander 1,50 € de participation aux coûts" in served


def test_a_quote_offers_the_trip_to_the_hub(enforced: Planned) -> None:
    answer = text_of(tus("quote", *enforced.files, "R1"))
    data = json.loads(tus("quote", *enforced.files, "R1", "--json").stdout)

    assert "Refusé : Éligible par sa résidence seule" in answer
    assert "Par le pôle d'échange « Le Bourg » au lieu de « Centre de formation », oui." in answer
    assert data["refused"]["code"] == "TUS-2004"
    assert data["refused"]["alternatives"][0]["kind"] == "hub"
    assert data["refused"]["alternatives"][0]["change"] == {"asked": "centre", "hub": "bourg"}


def test_a_quote_on_a_day_that_is_only_flagged_says_what_is_wrong(tmp_path: Path) -> None:
    day = lawful_day(TripMode.FLAGGED)
    empty = replace(five_legs_plan(), scenario=day, rounds=())
    left_out = tuple(Unserved(leg.id, reason_for("no-vehicle")) for leg in legs_of(day))
    # Five legs left out at the balanced profile's price of one.
    cost = CostBreakdown(unserved=5 * day.objective.weights.per_unserved_leg)
    nobody = replace(empty, unserved=left_out, cost=cost)
    (tmp_path / "jour.json").write_text(dump_scenario(day), encoding="utf-8")
    (tmp_path / "plan.json").write_text(dump_plan(nobody), encoding="utf-8")
    words = ("quote", tmp_path / "jour.json", tmp_path / "plan.json", "R3")

    answer, data = text_of(tus(*words)), json.loads(tus(*words, "--json").stdout)

    assert "Proposition 1" in answer
    assert "Attention : R3:out : L’association transporte les personnes" in answer
    told = [(each["where"], each["code"]) for each in data["flags"]]
    assert told == [("plan", "TUS-2042"), ("R3:out", "TUS-2021"), ("R3:out", "TUS-2043")]


def test_a_quote_that_lacks_a_paper_says_that_no_hour_helps(enforced: Planned) -> None:
    answer = text_of(tus("quote", *enforced.files, "R3"))

    assert "il manque une prescription" in answer
    assert "Aucune autre heure n’y change rien" in answer


def test_a_day_before_the_law_is_refused_with_a_code(tmp_path: Path) -> None:
    day = lawful_day()
    old = replace(day, day=replace(day.day, date=date(2019, 5, 6)))
    (tmp_path / "jour.json").write_text(dump_scenario(old), encoding="utf-8")

    result = tus("plan", tmp_path / "jour.json", "--out", tmp_path / "out", "--iterations", "5")

    assert result.exit_code == 2
    assert "TUS-1071" in result.output
