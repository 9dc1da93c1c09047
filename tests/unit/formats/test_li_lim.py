"""Pickup-and-delivery files become instances without a ride limit."""

from pathlib import Path

import pytest

from tests.foreign_days import instance_files
from tus_dispatch.errors import InputError
from tus_dispatch.formats.benchmark_file import read_literature
from tus_dispatch.formats.li_lim import read_li_lim
from tus_dispatch.formats.literature import SCALE
from tus_dispatch.solver.solution import Route

# Deliveries stand before and after their pickups, as in the public files.
SMALL = """2\t200\t0
0\t0\t0\t0\t0\t1000\t0\t0\t0
1\t0\t30\t-10\t0\t900\t90\t3\t0
2\t40\t0\t20\t50\t60\t90\t0\t4
3\t0\t10\t10\t0\t900\t90\t0\t1
4\t40\t30\t-20\t0\t900\t90\t2\t0
"""
FILES = instance_files("li_lim", "*.txt")


def test_pairs_follow_the_columns_not_the_order_of_rows() -> None:
    read = read_li_lim(SMALL, "lc1.txt")

    # Pickups are rows 2 and 3, their dropoffs 4 and 1.
    assert read.instance.location.tolist() == [2, 3, 4, 1]
    assert read.instance.load.tolist() == [[20, 0, 0], [10, 0, 0]]
    assert set(read.instance.max_ride_s.tolist()) == {1000 * SCALE}
    assert read.instance.max_wait_aboard_s == 1000 * SCALE


def test_windows_are_tightened_by_drives_and_depot() -> None:
    instance = read_li_lim(SMALL, "x").instance

    # Row 2 opens at 50, takes 90, and its dropoff is 30 away: not before 170.
    assert instance.earliest_s[2] == 170 * SCALE
    # Row 1 is 30 from the depot, which closes at 1000, and takes 90: 880 before 900.
    assert instance.latest_s[3] == 880 * SCALE


def test_a_route_is_priced_with_its_ways_from_and_to_the_depot() -> None:
    read = read_li_lim(SMALL, "x")

    # Depot - row 3 (10), row 3 - row 1 (20), row 1 - depot (30).
    assert read.reprice([Route(1, (1, 3), (0, 0), 0, 0)]) == 60.0


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("2\t200\t0", "2\t200", "x:1"),
        ("\t0\t4\n", "\t0\t9\n", "x:4"),
        ("\t0\t4\n", "\t2\t4\n", "x:4"),
        ("\t0\t4\n", "\t0\t1\n", "x:4"),
        ("\t-20\t", "\t-21\t", "x:4"),
        ("\t20\t", "\t0\t", "x:4"),
        ("\t2\t0\n", "\t3\t0\n", "x:6"),
    ],
)
def test_a_wrong_pair_is_told_by_its_line(old: str, new: str, where: str) -> None:
    assert old in SMALL

    with pytest.raises(InputError) as caught:
        read_li_lim(SMALL.replace(old, new, 1), "x")

    assert where in [each.where for each in caught.value.problems]


def test_every_published_file_is_read(tmp_path: Path) -> None:
    small = tmp_path / "lc1.txt"
    small.write_text(SMALL, encoding="ascii", newline="\r\n")
    for path in FILES or [small]:
        read = read_literature(path)
        rows = [line for line in path.read_text(encoding="ascii").splitlines() if line.strip()]
        # A header, the depot, and two rows per request.
        assert read.n_requests == (len(rows) - 2) / 2
        assert read.instance.n_vehicles == int(rows[0].split()[0])
        assert (read.instance.earliest_s <= read.instance.latest_s).all()


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"1 2\n3 4\n", b"{}", b"1 1 1 1 1\n1 1 1 1 1 1 1 1 1\n"]
)
def test_another_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)

    with pytest.raises(InputError):
        read_literature(path)
