"""Every mistake in a folder of CSV files is told by file, line and column, all in one run."""

import re
from pathlib import Path

import pytest

from tests.unit.formats.test_csv_folder import DAYS, example_files, put
from tus_dispatch.errors import InputError, Problem
from tus_dispatch.formats.csv.files import LARGEST_FILE, MOST_ROWS
from tus_dispatch.formats.csv.read import read_csv_folder
from tus_dispatch.formats.csv.write import csv_files

BOOKINGS = "réservations.csv"


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read_csv_folder(folder)
    return caught.value.problems


def told(files: dict[str, bytes], folder: Path) -> list[tuple[str, str]]:
    return [(each.code, each.where) for each in problems_of(put(folder, files))]


def edited(name: str, old: str, new: str) -> dict[str, bytes]:
    files = example_files()
    text = files[name].decode()
    assert old in text
    files[name] = text.replace(old, new, 1).encode()
    return files


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "where"),
    [
        (BOOKINGS, "8h30", "25h30", "TUS-1023", f"{BOOKINGS}:2:5 (aller arrivée au plus tard)"),
        (BOOKINGS, "P2;moulin", "P2;moulni", "TUS-1032", f"{BOOKINGS}:3:3 (aller départ)"),
        (BOOKINGS, "R2;P2", "R2;P3", "TUS-1032", f"{BOOKINGS}:3:2 (participant)"),
        (BOOKINGS, "R2;P2", "R1;P2", "TUS-1031", f"{BOOKINGS}:3:1 (réservation)"),
        (BOOKINGS, ";2;formation", ";deux;formation", "TUS-1013", f"{BOOKINGS}:2:9 (personnes)"),
        (BOOKINGS, "formation", "loisirs", "TUS-1019", f"{BOOKINGS}:2:10 (motif)"),
        (BOOKINGS, "aller départ", "aller depat", "TUS-1708", f"{BOOKINGS}:1:3"),
        (BOOKINGS, "personnes", "participant", "TUS-1709", f"{BOOKINGS}:1:9"),
        (BOOKINGS, "1;travail", "1;travail;et plus", "TUS-1711", f"{BOOKINGS}:3:11"),
        (BOOKINGS, "R2", '"R2', "TUS-1714", f"{BOOKINGS}:3"),
        ("participants.csv", "non", "peut-être", "TUS-1713", "participants.csv:2:5 (fauteuil)"),
        ("vehicules.csv", "8+0|5+1", "huit", "TUS-1713", "vehicules.csv:2:4 (places)"),
        ("vehicules.csv", "8+0|5+1", "9", "TUS-1051", "vehicules.csv:2:4 (places)"),
        ("vehicules.csv", "nom;", "", "TUS-1711", "vehicules.csv:2:5"),
        ("lieux.csv", "46,72", "467,2", "TUS-1024", "lieux.csv:2"),
        ("jour.csv", "nom", "non", "TUS-1708", "jour.csv:2:1"),
        ("jour.csv", "10/03/2026", "31/02/2026", "TUS-1021", "jour.csv:3:2 (date)"),
        ("jour.csv", "date;10/03/2026\n", "", "TUS-1710", "jour.csv"),
    ],
)
def test_a_mistake_is_told_by_its_cell(
    name: str, old: str, new: str, code: str, where: str, tmp_path: Path
) -> None:
    assert (code, where) in told(edited(name, old, new), tmp_path)


def test_the_nearest_name_is_suggested(tmp_path: Path) -> None:
    problems = problems_of(put(tmp_path, edited(BOOKINGS, "aller départ", "aller dépat")))

    assert [each.expected for each in problems][:1] == ["« aller_depart » peut-être"]


def test_mistakes_of_all_files_are_told_in_one_run_in_their_order(tmp_path: Path) -> None:
    files = edited(BOOKINGS, "8h30", "25h30")
    files |= {"lieux.csv": edited("lieux.csv", "2,40", "2,4,0")["lieux.csv"]}
    files |= {"vehicules.csv": edited("vehicules.csv", "8+0|5+1", "x")["vehicules.csv"]}

    assert [where for _, where in told(files, tmp_path)] == [
        "lieux.csv:3:4 (longitude)",
        "vehicules.csv:2:4 (places)",
        f"{BOOKINGS}:2:5 (aller arrivée au plus tard)",
    ]


def test_a_line_counts_the_lines_inside_quotes(tmp_path: Path) -> None:
    files = edited("participants.csv", "Anne", '"An\nne"')
    files["participants.csv"] = files["participants.csv"].replace(b"oui", b"si")

    assert ("TUS-1713", "participants.csv:4:5 (fauteuil)") in told(files, tmp_path)


def test_a_missing_column_is_told_once(tmp_path: Path) -> None:
    files = example_files()
    files[BOOKINGS] = b"id;aller_depart;aller_arrivee;aller_arrivee_au_plus_tard\n" + b"".join(
        f"R{i};moulin;centre;8h30\n".encode() for i in range(5)
    )

    assert told(files, tmp_path) == [("TUS-1710", f"{BOOKINGS}:1")]


def test_a_file_nobody_can_read_does_not_make_its_ids_unknown(tmp_path: Path) -> None:
    files = example_files()
    files["lieux.csv"] = b"PK\x03\x04 a workbook"

    assert told(files, tmp_path) == [("TUS-1704", "lieux.csv")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "TUS-1707"),
        (b"\n;;\n", "TUS-1707"),
        (b"id;name\n\x00;x\n", "TUS-1704"),
        ("id;name\n".encode("utf-16"), "TUS-1704"),
        (b"id;name\na;\x81\xe9\n", "TUS-1703"),
        (b"id;name\n" + b"a;b\n" * (MOST_ROWS + 1), "TUS-1705"),
        (b"id;name\n" + b"x" * LARGEST_FILE, "TUS-1705"),
        (b"id;name\na;" + b"x" * 5000, "TUS-1714"),
        (b";".join([b"id", *(b"c%d" % i for i in range(300))]), "TUS-1707"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    files = example_files() | {"lieux.csv": content}

    assert code in {found for found, _ in told(files, tmp_path)}


def test_files_without_a_meaning_are_refused_by_name(tmp_path: Path) -> None:
    files = example_files() | {"bookins.csv": b"id\n", "reservations.csv": b"id\n"}

    assert [(code, where) for code, where in told(files, tmp_path) if code < "TUS-1703"] == [
        ("TUS-1702", "bookins.csv"),
        ("TUS-1701", BOOKINGS),
    ]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_bytes(b"id;nom\n")
    folder = put(tmp_path / "jour", example_files())
    (folder / "lieux.csv").unlink()
    (folder / "lieux.csv").symlink_to(secret)

    assert [(each.code, each.where) for each in problems_of(folder)][:1] == [
        ("TUS-1706", "lieux.csv")
    ]


def test_a_folder_without_files_says_what_to_put_there(tmp_path: Path) -> None:
    (code, _), *_ = told({}, tmp_path)

    assert code == "TUS-1701"


def test_rows_that_belong_to_nobody_are_told(tmp_path: Path) -> None:
    files = csv_files(DAYS["full"])
    files["absences.csv"] = b"vehicle;from;until\nv9;12:00;13:00\nv1;13:00;12:00\n"

    assert told(files, tmp_path) == [
        ("TUS-1712", "absences.csv:2:1 (vehicle)"),
        ("TUS-1041", "absences.csv:3"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("garage;bourg;300;5000\r\n", "", "TUS-1710", "matrix.csv"),
        ("garage;bourg;300;5000", "bourg;garage;300;5000", "TUS-1709", "matrix.csv:7:2 (to)"),
        ("garage;bourg;300;5000", "garage;bourg;x;5000", "TUS-1212", "matrix.csv:3:3 (seconds)"),
        ("garage;garage;0;0", "garage;garage;9;0", "TUS-1214", "matrix.csv:2:3 (seconds)"),
    ],
)
def test_mistakes_of_a_matrix_are_told_by_their_row(
    old: str, new: str, code: str, where: str, tmp_path: Path
) -> None:
    files = csv_files(DAYS["five legs"])
    text = files["matrix.csv"].decode()
    assert old in text
    files["matrix.csv"] = text.replace(old, new, 1).encode()

    assert (code, where) in told(files, tmp_path)


def test_a_social_security_number_is_refused(tmp_path: Path) -> None:
    files = edited("participants.csv", "01 99 00 00 11", "285057800608436")

    assert told(files, tmp_path) == [("TUS-1025", "participants.csv:2:4 (téléphone)")]


def test_every_place_names_a_file_of_the_folder(tmp_path: Path) -> None:
    files = edited(BOOKINGS, "8h30;centre", ";centre")

    for _, where in told(files, tmp_path):
        assert re.match(r"[\w]+\.csv(:\d+(:\d+ \(.+\))?)?$", where)
