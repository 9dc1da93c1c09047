"""Whom to call, in which order, and what to say."""

import csv
import io
from dataclasses import replace

import pytest

from tests.makers import BASILE_OUT, BASILE_RET, CHLOE_OUT, five_legs_plan
from tests.unit.formats.page_text import read
from tests.unit.formats.sheet_material import SECRETS, SURNAMES, secret_plan
from tests.unit.formats.test_sheet_hostile_text import HOSTILE
from tests.unit.planning.test_told import later, without, without_booking
from tus_dispatch.domain.plan import Plan
from tus_dispatch.formats.phone_list import phone_list_csv, phone_list_html
from tus_dispatch.planning.phone_list import phone_list


def text_of(plan: Plan, previous: Plan | None = None) -> str:
    return read(phone_list_html(phone_list(plan, previous))).text


def rows_of(plan: Plan, previous: Plan | None = None) -> list[dict[str, str]]:
    text = phone_list_csv(phone_list(plan, previous)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_one_call_per_person_the_most_urgent_first() -> None:
    before = five_legs_plan()
    plan = later(without(before, BASILE_OUT, BASILE_RET), CHLOE_OUT, 900)

    calls = phone_list(plan, before)

    assert [each.name for each in calls.to_call] == ["Basile Blanc", "Chloé Caron"]
    assert [each.name for each in calls.informed] == ["Anne Aubert"]
    assert [leg.from_clock for leg in calls.informed[0].legs] == ["08:07", "12:55"]


def test_the_first_list_calls_everybody_by_time() -> None:
    calls = phone_list(five_legs_plan())

    assert [each.name for each in calls.to_call] == ["Chloé Caron", "Anne Aubert", "Basile Blanc"]
    assert calls.informed == ()


def test_the_list_says_what_to_say() -> None:
    before = five_legs_plan()
    plan = later(without(before, BASILE_RET), CHLOE_OUT, 900)

    text = text_of(plan, before)

    assert "Chloé Caron pas de numéro" in text
    assert "Aller : entre 08:15 et 08:25 (et non plus entre 08:00 et 08:10), Le Bourg" in text
    assert "Aller : entre 09:05 et 09:15 (inchangé), Le Hameau, avec Léa L." in text
    assert (
        "Retour : aucun véhicule (prévu entre 10:55 et 11:05). "
        "Chercher une solution avec la personne."
    ) in text
    assert "Anne Aubert" in text
    assert "01 99 00 00 11" in text


def test_who_cancelled_is_not_called() -> None:
    before = five_legs_plan()

    text = text_of(without_booking(before, "R2"), before)

    assert "Basile" not in text
    assert "Personne à appeler" in text


def test_the_table_has_a_line_per_leg_with_the_words_of_the_page() -> None:
    before = five_legs_plan()

    rows = rows_of(later(before, CHLOE_OUT, 900), before)

    assert rows[0] == {
        "nom": "Chloé Caron",
        "téléphone": "",
        "trajet": "aller",
        "nouvelle": "change",
        "lieu": "Le Bourg",
        "de": "08:15",
        "à": "08:25",
        "avant": "entre 08:00 et 08:10",
        "conduite": "",
    }
    assert [row["nom"] for row in rows].count("Anne Aubert") == 2


@pytest.mark.parametrize("text", ["=1+1", "+33 1 99", "-2", "@cmd", "\t=1", *HOSTILE])
def test_no_cell_of_the_table_is_a_formula(text: str) -> None:
    plan = five_legs_plan()
    people = tuple(
        replace(each, first_name=text, last_name="", phone=text)
        for each in plan.scenario.participants
    )

    rows = rows_of(replace(plan, scenario=replace(plan.scenario, participants=people)))

    assert len(rows) == 5
    assert all(not cell.startswith(tuple("=+-@\t\r")) for row in rows for cell in row.values())


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_on_a_list_is_shown_not_obeyed(text: str) -> None:
    plan = five_legs_plan()
    people = tuple(
        replace(each, first_name=text, last_name="") for each in plan.scenario.participants
    )

    page = read(
        phone_list_html(
            phone_list(replace(plan, scenario=replace(plan.scenario, participants=people)))
        )
    )

    plain = read(phone_list_html(phone_list(plan)))
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in plain.elements]
    assert page.text.count(" ".join(text.split())) == 3


# The office calls people by their surname; everything else stays out.
@pytest.mark.parametrize("secret", [each for each in SECRETS if f"Z{each}" not in SURNAMES])
def test_no_phone_list_tells_a_secret(secret: str) -> None:
    calls = phone_list(secret_plan())

    assert secret not in phone_list_html(calls)
    assert secret not in phone_list_csv(calls).decode()
