"""Whatever people typed is shown as it is: it never becomes markup, code or another line."""

from xml.etree import ElementTree as ET

import gpxpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.makers import five_legs_plan
from tests.unit.formats import pdf_text
from tests.unit.formats.page_text import read
from tests.unit.formats.sheet_material import long_sheet, renamed
from tus_dispatch.formats.gpx import run_sheet_gpx
from tus_dispatch.formats.ical import run_sheet_ics
from tus_dispatch.formats.run_sheet_html import run_sheet_html
from tus_dispatch.formats.run_sheet_pdf import run_sheet_pdf
from tus_dispatch.formats.wording import printable

HOSTILE = [
    '#eval("1 + 1")',
    "<script>alert(1)</script>",
    "]) #pagebreak() [",
    "\\ $x$ *gras* _bas_ `code`",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "]]>&amp;<!--",
    "BEGIN:VEVENT;X=1,2\\n",
]
ANY_TEXT = st.text(max_size=80).filter(lambda text: text.strip() != "")


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_printed_not_obeyed(text: str) -> None:
    sheet = renamed(long_sheet(4), text)

    pdf = run_sheet_pdf(sheet)

    assert pdf_text.n_pages(pdf) == 1
    # Long lines are broken, so compare without spaces.
    printed = "".join(pdf_text.text(pdf).split())
    assert printed.count("".join(text.split())) >= 6


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_shown_not_obeyed(text: str) -> None:
    plain = read(run_sheet_html(long_sheet(4)))

    page = read(run_sheet_html(renamed(long_sheet(4), text)))

    # A phrase longer than a telephone number is cut where a number is expected.
    assert " ".join(text.split()) in page.text
    assert {tag for tag, _ in page.elements} == {tag for tag, _ in plain.elements}


@pytest.mark.parametrize("text", [*HOSTILE, "بيت أمين", "👩‍🦽 Zoé", "e\u0301" * 30, "A" * 3000])
def test_no_text_breaks_a_calendar_or_a_route(text: str) -> None:
    sheet = renamed(long_sheet(4), text)

    calendar = Calendar.from_ical(run_sheet_ics(sheet))
    route = gpxpy.parse(run_sheet_gpx(sheet)).routes[0]

    assert len(calendar.events) == 4
    assert calendar.events[0]["LOCATION"] == f"{text}, {text} bis"
    assert [point.comment for point in route.points] == [text] * 4


@settings(max_examples=25)
@given(text=ANY_TEXT)
def test_any_text_gives_readable_files(text: str) -> None:
    sheet = renamed(long_sheet(4), text)

    html = run_sheet_html(sheet)

    ET.fromstring(run_sheet_gpx(sheet))  # noqa: S314 - our own file
    assert len(Calendar.from_ical(run_sheet_ics(sheet)).events) == 4
    html.encode()
    assert "<script" not in html.lower()


@settings(max_examples=15)
@given(text=ANY_TEXT)
def test_any_text_gives_a_pdf(text: str) -> None:
    assert run_sheet_pdf(renamed(long_sheet(3), text)).startswith(b"%PDF-")


def test_a_name_cannot_reorder_or_split_its_line() -> None:
    disguised = "Awa\u202e .D\nBEGIN:VEVENT\x00\u2028\ud800!"

    assert printable(disguised) == "Awa .D BEGIN:VEVENT !"


def test_the_five_leg_day_is_printable_as_it_stands() -> None:
    for place in five_legs_plan().scenario.places:
        assert printable(place.name) == place.name
