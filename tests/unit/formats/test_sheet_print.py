"""The printed sheet: pages, sizes of letters, fonts, the same bytes everywhere."""

import re
from dataclasses import replace

import pytest

from tests.unit.formats import pdf_text
from tests.unit.formats.sheet_material import long_sheet, renamed, sheets
from tus_dispatch.domain.fleet import AbsenceReason, SlotKind
from tus_dispatch.domain.plan import StopKind
from tus_dispatch.formats.run_sheet_pdf import run_sheet_pdf

CLOCK = re.compile(r"\d\d:\d\d")
# A4 is 595 points wide; the margin of 13 mm on the right leaves 558.
RIGHT_EDGE = 559


@pytest.mark.parametrize(("n_lines", "pages"), [(12, 1), (16, 1), (30, 2)])
def test_sixteen_actions_fit_on_one_page_and_thirty_on_two(n_lines: int, pages: int) -> None:
    pdf = run_sheet_pdf(long_sheet(n_lines))

    assert pdf_text.n_pages(pdf) == pages
    words = pdf_text.text(pdf)
    assert [words.count(f"Page {i}/{pages}") for i in range(1, pages + 1)] == [1] * pages
    # The heading stands on every page, so that loose pages find each other.
    assert words.count("Léa L.") == pages


@pytest.mark.parametrize("n_lines", [3, 12, 16, 30])
def test_letters_are_large_whatever_the_length(n_lines: int) -> None:
    sheet = long_sheet(n_lines)

    pieces = pdf_text.pieces(run_sheet_pdf(sheet))

    clocks = [piece.size for piece in pieces if CLOCK.fullmatch(piece.text)]
    people = {line.person for line in sheet.lines if line.person}
    names = [piece.size for piece in pieces if piece.text in people]
    assert len(clocks) == n_lines
    assert len(names) == n_lines - 2
    assert min(clocks) >= 18
    assert min(names) >= 14


def test_a_short_sheet_is_printed_larger_than_a_full_one() -> None:
    def size(n_lines: int) -> float:
        pieces = pdf_text.pieces(run_sheet_pdf(long_sheet(n_lines)))
        return max(piece.size for piece in pieces if CLOCK.fullmatch(piece.text))

    assert size(6) > size(16)


def test_every_action_prints_its_time_person_and_place() -> None:
    minibus, _ = sheets()

    words = pdf_text.text(run_sheet_pdf(minibus))

    for line in minibus.lines:
        assert line.clock in words
        assert line.person in words
        assert line.place_name in words
    assert words.count("Sonner deux fois.") == 4
    assert "1\u00a0personne · 80\u00a0km · 3\u00a0h\u00a009" in words


def test_the_same_sheet_gives_the_same_bytes() -> None:
    minibus, _ = sheets()

    assert run_sheet_pdf(minibus) == run_sheet_pdf(minibus)


def test_only_fonts_that_come_with_typst_are_used() -> None:
    pdf = run_sheet_pdf(renamed(long_sheet(4), "Ünïcödé Ωμέγα Жук שלום"))

    assert {piece.font for piece in pdf_text.pieces(pdf)} <= {
        "DejaVuSansMono",
        "DejaVuSansMono-Bold",
        "LibertinusSerif-Regular",
        "LibertinusSerif-Bold",
    }


def test_only_a_sheet_with_estimated_times_warns() -> None:
    estimated = long_sheet(6)

    warned = pdf_text.text(run_sheet_pdf(estimated))
    plain = pdf_text.text(run_sheet_pdf(replace(estimated, estimated=False)))

    assert "Temps estimés" in warned
    assert "Temps estimés" not in plain


@pytest.mark.parametrize("text", ["A" * 400, "Saint-" * 60, "mot " * 90])
def test_endless_words_stay_on_the_paper(text: str) -> None:
    pdf = run_sheet_pdf(renamed(long_sheet(6), text))

    assert max(piece.right for piece in pdf_text.pieces(pdf)) <= RIGHT_EDGE


def test_each_kind_of_action_has_its_own_picture() -> None:
    _, car = sheets()
    occupied: list[tuple[StopKind, SlotKind | AbsenceReason]] = [
        (StopKind.PROTECTED, SlotKind.TRAINING),
        (StopKind.PROTECTED, SlotKind.OTHER),
        (StopKind.ABSENCE, AbsenceReason.WORKSHOP),
        (StopKind.ABSENCE, AbsenceReason.CHARGING),
        (StopKind.ABSENCE, AbsenceReason.RENTED),
    ]
    pause = car.lines[5]
    lines = [replace(pause, kind=kind, occupation=what) for kind, what in occupied]
    sheet = replace(car, lines=(*car.lines[:6], *lines, *car.lines[6:]))

    pdf = run_sheet_pdf(sheet)

    names = ("monte", "descend", "pause", "formation", "rendez-vous", "atelier", "recharge")
    for name in names:
        assert name in pdf_text.descriptions(pdf)
