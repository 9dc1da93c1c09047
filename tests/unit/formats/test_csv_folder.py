"""A day written as CSV files comes back as it was, also after a spreadsheet saved it again."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.data_folder import REPOSITORY
from tests.foreign_days import known_days
from tests.strategies import Day, days
from tus_dispatch.domain.demand import Purpose
from tus_dispatch.domain.fleet import Configuration
from tus_dispatch.errors import InputError
from tus_dispatch.formats.csv.read import read_csv_folder
from tus_dispatch.formats.csv.sheets import SHEETS
from tus_dispatch.formats.csv.write import csv_files

DAYS = known_days()


def put(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def rows_of(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def saved(rows: list[list[str]], *, separator: str, end: str, quoting: int = 0) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("name", DAYS)
def test_a_day_comes_back_from_its_files(name: str, tmp_path: Path) -> None:
    assert read_csv_folder(put(tmp_path, csv_files(DAYS[name]))) == DAYS[name]


@given(days())
@settings(max_examples=30)
def test_any_day_comes_back_from_its_files(
    tmp_path_factory: pytest.TempPathFactory, day: Day
) -> None:
    scenario = day[0]
    folder = put(tmp_path_factory.getbasetemp() / "any", csv_files(scenario))

    assert read_csv_folder(folder) == scenario


RESAVED: dict[str, Callable[[list[list[str]]], bytes]] = {
    "comma, UTF-8, Unix": lambda rows: saved(rows, separator=",", end="\n").encode(),
    "tab, mark": lambda rows: saved(rows, separator="\t", end="\r\n").encode("utf-8-sig"),
    "all quoted": lambda rows: saved(
        rows, separator=";", end="\r\n", quoting=csv.QUOTE_ALL
    ).encode(),
    "old line ends": lambda rows: saved(
        rows, separator=";", end="\r", quoting=csv.QUOTE_ALL
    ).encode(),
    "separator named": lambda rows: b"sep=;\r\n" + saved(rows, separator=";", end="\r\n").encode(),
    "blank rows and columns": lambda rows: saved(
        [*([*row, "", ""] for row in rows), ["", ""], []], separator=";", end="\r\n"
    ).encode(),
    "blanks around": lambda rows: saved(
        [[f" {cell} " if "\n" not in cell and cell else cell for cell in row] for row in rows],
        separator=";",
        end="\n",
    ).encode(),
    "capitals and accents in headers": lambda rows: saved(
        [[cell.upper().replace("E", "É") for cell in rows[0]], *rows[1:]], separator=";", end="\n"
    ).encode(),
    "columns reversed": lambda rows: saved(
        [row[::-1] for row in rows] if rows[0][0] != "key" else rows, separator=";", end="\n"
    ).encode(),
}


@pytest.mark.parametrize("how", RESAVED)
@pytest.mark.parametrize("name", ["full", "five legs"])
def test_a_day_survives_a_spreadsheet(how: str, name: str, tmp_path: Path) -> None:
    files = {
        # The section law is no table, and nobody saves it from a spreadsheet.
        key: RESAVED[how](rows_of(x)) if key.endswith(".csv") else x
        for key, x in csv_files(DAYS[name]).items()
    }

    assert read_csv_folder(put(tmp_path, files)) == DAYS[name]


def test_what_is_wrong_with_the_law_of_a_folder_is_told_by_its_file(tmp_path: Path) -> None:
    files = csv_files(DAYS["full"])
    wrong = files["law.json"].replace(b'"gare"', b'"halte"', 1).replace(b"hub_return", b"hub_back")
    folder = put(tmp_path, files | {"law.json": wrong})

    with pytest.raises(InputError) as refused:
        read_csv_folder(folder)

    told = [(each.code, each.where) for each in refused.value.problems]
    assert told == [("TUS-1032", "law.json#/hubs/0"), ("TUS-1011", "law.json#/hub_back")]
    (tmp_path / "law.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"TUS-1004 law.json:1:2"):
        read_csv_folder(folder)


def test_what_is_wrong_around_noon_is_told_by_its_file(tmp_path: Path) -> None:
    files = csv_files(DAYS["full"])
    content = files["daytime.json"]
    wrong = content.replace(b'"home": "bourg"', b'"home": "bourk"', 1)
    folder = put(tmp_path, files | {"daytime.json": wrong})

    with pytest.raises(InputError) as refused:
        read_csv_folder(folder)

    told = [(each.code, each.where) for each in refused.value.problems]
    assert told == [("TUS-1032", "daytime.json#/flexible_bookings/0/home")]
    (tmp_path / "daytime.json").write_text('{"bookings": []}', encoding="utf-8")
    with pytest.raises(InputError, match=r"TUS-1011 daytime.json#/bookings"):
        read_csv_folder(folder)
    (tmp_path / "daytime.json").write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match=r"daytime.json#"):
        read_csv_folder(folder)


def test_windows_text_is_read(tmp_path: Path) -> None:
    files = {
        name: content.decode("utf-8-sig").encode("cp1252")
        for name, content in csv_files(DAYS["five legs"]).items()
    }
    assert files["places.csv"] != csv_files(DAYS["five legs"])["places.csv"]

    assert read_csv_folder(put(tmp_path, files)) == DAYS["five legs"]


def example_files() -> dict[str, bytes]:
    """The files docs/import.md shows."""
    page = (REPOSITORY / "docs" / "import.md").read_text(encoding="utf-8")
    blocks = re.findall(r"`(\w+\.csv)`\n\n```csv\n(.*?)```", page, re.DOTALL)
    return {name: text.encode() for name, text in blocks}


def test_the_example_of_the_documentation_is_a_day(tmp_path: Path) -> None:
    day = read_csv_folder(put(tmp_path, example_files()))

    assert (day.name, day.day.date) == ("Mardi d'essai", date(2026, 3, 10))
    assert day.vehicles[0].configurations == (Configuration(8), Configuration(5, 1))
    assert [booking.party_size for booking in day.bookings] == [2, 1]
    assert day.bookings[0].purpose is Purpose.TRAINING
    assert day.bookings[1].return_leg is None
    # 08:30 is four and a half hours after 04:00.
    assert day.bookings[0].outward is not None
    assert day.bookings[0].outward.arrive_by_s == 4 * 3600 + 1800
    assert day.participants[1].wheelchair
    assert day.shifts[0].driver is None


def test_date_and_name_of_the_command_win(tmp_path: Path) -> None:
    folder = put(tmp_path, example_files())

    day = read_csv_folder(folder, service_date=date(2026, 3, 12), name="Jeudi")

    assert (day.day.date, day.name) == (date(2026, 3, 12), "Jeudi")


def test_a_folder_without_a_day_file_takes_its_name_from_the_folder(tmp_path: Path) -> None:
    files = example_files()
    del files["jour.csv"]

    day = read_csv_folder(put(tmp_path / "lundi", files), service_date=date(2026, 3, 9))

    assert (day.name, day.territory.name) == ("lundi", "lundi")


def test_a_price_makes_a_booking_optional_and_a_single_time_a_fixed_hour(tmp_path: Path) -> None:
    files = example_files()
    files["réservations.csv"] = (
        b"id;participant;aller_depart;aller_arrivee;aller_arrivee_au_plus_tard;prix_centimes\n"
        b"R1;P1;moulin;centre;8h30;1500\n"
    )
    files["vacations.csv"] = "vacation;véhicule;début de;fin à\nmatin;minibus;7h;13h\n".encode()

    day = read_csv_folder(put(tmp_path, files))

    assert day.bookings[0].price_eur_cents == 1500
    assert day.shifts[0].start.earliest_s == day.shifts[0].start.latest_s == 3 * 3600


def test_no_header_has_two_meanings() -> None:
    for sheet in SHEETS:
        words = [word for c in sheet.columns for word in {c.name, *c.french}]

        assert sorted(words) == sorted(set(words)), sheet.name


def guide_row(name: str, french: tuple[str, ...], *, required: bool) -> str:
    mark = " *" if required else ""
    return f"| `{name}`{mark} | {', '.join(f'`{word}`' for word in french)} |"


def test_the_guide_tells_every_column_and_its_french_names() -> None:
    page = (REPOSITORY / "docs" / "import.md").read_text(encoding="utf-8")

    missing = [
        row
        for sheet in SHEETS
        for c in sheet.columns
        if (row := guide_row(c.name, c.french, required=c.required)) not in page
    ]

    assert missing == []
