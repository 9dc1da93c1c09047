"""The sheet on the screen: plain words, pictograms with names, nothing from outside."""

import re
from dataclasses import replace

import pytest

from tests.unit.formats.page_text import read
from tests.unit.formats.sheet_material import long_sheet, sheets
from tus_dispatch.domain.fleet import AbsenceReason, SlotKind
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.formats.pictograms import Pictogram, inline_svg, name_of, svg
from tus_dispatch.formats.run_sheet_html import run_sheet_html
from tus_dispatch.formats.run_sheet_words import sheet_page


def test_every_action_shows_time_person_place_and_people_aboard() -> None:
    _, car = sheets()

    rows = sheet_page(car).rows

    assert [(row.clock, row.title, row.detail, row.place, row.aboard) for row in rows[:4]] == [
        ("08:00", "Début", "", "Garage de l'association", ""),
        ("08:05", "Chloé C.", "monte", "Le Bourg", "1"),
        ("08:12", "Anne A.", "monte", "Le Moulin", "2"),
        ("08:24", "Chloé C.", "descend", "Centre de formation", "1"),
    ]
    assert (rows[5].title, rows[5].detail) == ("Pause", "jusqu'à 11:50")


def test_a_driver_who_signs_on_early_reads_when_to_leave() -> None:
    minibus, _ = sheets()
    start = replace(minibus.lines[0], until_at=minibus.lines[0].at + 900)

    rows = sheet_page(replace(minibus, lines=(start, *minibus.lines[1:]))).rows

    # Sign-on at 08:40 and fifteen minutes to prepare the vehicle.
    assert (rows[0].clock, rows[0].detail) == ("08:40", "partir à 08:55")


@pytest.mark.parametrize(
    ("kind", "occupation", "title", "pictogram"),
    [
        (StopKind.PROTECTED, SlotKind.TRAINING, "Formation", Pictogram.TRAINING),
        (StopKind.PROTECTED, SlotKind.ACCOMPANIMENT, "Rendez-vous", Pictogram.APPOINTMENT),
        (StopKind.PROTECTED, None, "Rendez-vous", Pictogram.APPOINTMENT),
        (StopKind.ABSENCE, AbsenceReason.WORKSHOP, "Véhicule à l'atelier", Pictogram.WORKSHOP),
        (StopKind.ABSENCE, AbsenceReason.CHARGING, "Recharge du véhicule", Pictogram.CHARGING),
        (StopKind.ABSENCE, AbsenceReason.RENTED, "Véhicule arrêté", Pictogram.PARKED),
    ],
)
def test_time_off_the_road_says_what_it_is_for(
    kind: StopKind, occupation: SlotKind | AbsenceReason | None, title: str, pictogram: Pictogram
) -> None:
    _, car = sheets()
    pause = replace(car.lines[5], kind=kind, occupation=occupation)

    row = sheet_page(replace(car, lines=(*car.lines[:5], pause, *car.lines[6:]))).rows[5]

    assert (row.title, row.pictogram) == (title, pictogram)


def test_no_phrase_of_ours_is_longer_than_six_words() -> None:
    _, car = sheets()
    page = sheet_page(long_sheet(16))
    phrases = [f"{row.title} {row.detail}" for row in (*page.rows, *sheet_page(car).rows)]

    for phrase in (*phrases, page.warning, *(name_of(each) for each in Pictogram)):
        words = [word for word in re.split(r"\s+", phrase) if word not in {"", ":"}]
        assert len(words) <= 6, phrase


def test_all_pictograms_differ_and_need_neither_colour_nor_the_network() -> None:
    drawings = [svg(each) for each in Pictogram]

    assert len(set(drawings)) == len(Pictogram)
    colours = set(re.findall(r"#\w+", "".join(drawings)))
    assert colours == {"#000", "#fff"}
    assert "href" not in "".join(drawings)


def test_the_page_reads_its_pictograms_aloud() -> None:
    minibus, _ = sheets()

    page = read(run_sheet_html(minibus))

    named = [each["aria-label"] for each in page.all_of("svg")]
    assert named.count("monte") == 2
    assert named.count("descend") == 2
    assert named.count("fauteuil roulant") == 4
    assert all(each["role"] == "img" for each in page.all_of("svg"))
    assert inline_svg(Pictogram.BOARD) in run_sheet_html(minibus)


def test_the_page_is_french_and_asks_nothing_of_anybody() -> None:
    html = run_sheet_html(long_sheet(16))
    page = read(html)

    assert page.all_of("html") == [{"lang": "fr"}]
    assert not {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe", "object"}
    assert not [each for _, each in page.elements if {"src", "srcset", "onload"} & set(each)]
    assert {str(each["href"]).partition(":")[0] for each in page.all_of("a")} == {"tel"}
    assert "url(" not in html
    assert "@import" not in html


def test_the_page_prints_on_a4_and_repeats_its_heading() -> None:
    html = run_sheet_html(long_sheet(30))

    assert "size: A4 portrait" in html
    assert html.index("<thead>") < html.index("Léa L.") < html.index("</thead>")


@pytest.mark.parametrize("estimated", [True, False])
def test_the_page_says_when_times_are_estimated(estimated: bool) -> None:
    html = run_sheet_html(replace(long_sheet(6), estimated=estimated))

    assert ("Temps estimés" in html) is estimated


def test_an_open_shift_leaves_room_for_a_name() -> None:
    _, car = sheets()

    assert "Nom :" in read(run_sheet_html(car)).text
