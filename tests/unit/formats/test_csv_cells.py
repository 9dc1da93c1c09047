"""A cell keeps its value, and no spreadsheet takes a text for a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.foreign_days import NASTY_TEXTS
from tus_dispatch.formats.csv.cells import CellError, Kind, read_cell, write_cell
from tus_dispatch.formats.csv.table import write_table

NOTHING: dict[str, str] = {}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(texts | st.sampled_from(NASTY_TEXTS))
def test_a_text_comes_back_from_its_cell(text: str) -> None:
    assert read_cell(write_cell(text, Kind.TEXT), Kind.TEXT, NOTHING) == text


@given(st.lists(texts.filter(lambda text: text.strip() != ""), min_size=1))
def test_a_list_comes_back_from_its_cell(items: list[str]) -> None:
    assert read_cell(write_cell(items, Kind.LIST), Kind.LIST, NOTHING) == items


@given(st.sampled_from(FORMULA_STARTS), texts)
def test_no_text_starts_like_a_formula(start: str, rest: str) -> None:
    cells = (write_cell(start + rest, Kind.TEXT), write_cell([start + rest], Kind.LIST))

    assert not any(cell.startswith(FORMULA_STARTS) for cell in cells)


@given(st.lists(texts, min_size=2, max_size=4))
def test_no_cell_of_a_written_row_starts_like_a_formula(items: list[str]) -> None:
    row = [write_cell(item, Kind.TEXT) for item in items]

    content = write_table(["a"] * len(row), [row]).decode("utf-8-sig")

    (_, read) = csv.reader(io.StringIO(content, newline=""), delimiter=";")
    assert read == row
    assert not any(cell.startswith(FORMULA_STARTS) for cell in read)


def test_a_negative_number_stays_a_number() -> None:
    assert write_cell(-1.5, Kind.DECIMAL) == "-1,5"
    assert read_cell("-1,5", Kind.DECIMAL, NOTHING) == -1.5


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("7h30", Kind.CLOCK, "07:30"),
        ("7H", Kind.CLOCK, "07:00"),
        ("7:05", Kind.CLOCK, "07:05"),
        ("07:30:00", Kind.CLOCK, "07:30"),
        ("07:30:15", Kind.CLOCK, "07:30:15"),
        ("2:30+1b", Kind.CLOCK, "02:30+1B"),
        ("10/03/2026", Kind.DATE, "2026-03-10"),
        ("2026-03-10", Kind.DATE, "2026-03-10"),
        ("1004", Kind.INSEE, "01004"),
        ("2A004", Kind.INSEE, "2A004"),
        ("1\N{NO-BREAK SPACE}200", Kind.WHOLE, 1200),
        ("12,0", Kind.WHOLE, 12),
        ("46.72", Kind.DECIMAL, 46.72),
        ("Oui", Kind.YES_NO, True),
        ("FAUX", Kind.YES_NO, False),
        ("8+0 | 5+1", Kind.CONFIGURATIONS, [(8, 0), (5, 1)]),
        ("4", Kind.CONFIGURATIONS, [(4, 0)]),
    ],
)
def test_a_cell_is_read_as_people_type_it(cell: str, kind: Kind, value: object) -> None:
    read = read_cell(cell, kind, NOTHING)

    if kind is Kind.CONFIGURATIONS:
        assert isinstance(read, list)
        read = [(each["seats"], each["wheelchairs"]) for each in read]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("cell", ["huit", "8+", "8+0|", "8-1"])
def test_seats_that_are_none_are_told(cell: str) -> None:
    with pytest.raises(CellError, match=r"8\+0"):
        read_cell(cell, Kind.CONFIGURATIONS, NOTHING)


@pytest.mark.parametrize("kind", [Kind.WHOLE, Kind.DECIMAL, Kind.CLOCK, Kind.DATE])
def test_what_is_not_of_its_kind_is_kept_for_the_scenario_to_tell(kind: Kind) -> None:
    assert read_cell("1.2.3 x", kind, NOTHING) == "1.2.3 x"
