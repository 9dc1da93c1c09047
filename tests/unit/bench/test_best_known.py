"""A gap is told only where it means something."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.bench.test_records import OURS
from tus_dispatch.bench.best_known import BestKnown, find_table, read_table
from tus_dispatch.errors import InputError

TABLE = """family,instance,best_known,status,n_requests,vehicles
a,tiny,18.0,"optimal, proved",2,2
old,tiny,18.5,"upper bound",2,2
b,pairs,17.5,"vehicles first, then distance",2,1
c,unknown,,no,2,1
"""


def test_the_cheapest_row_of_an_instance_counts_and_empty_ones_do_not(tmp_path: Path) -> None:
    table = tmp_path / "best_known.csv"
    table.write_text(TABLE, encoding="utf-8")

    known = read_table(table)

    assert set(known) == {"tiny", "pairs"}
    assert known["tiny"] == BestKnown(18.0, "optimal, proved", 2)


def test_the_table_is_found_beside_the_folder_of_the_instances(tmp_path: Path) -> None:
    file = tmp_path / "family" / "tiny.txt"
    file.parent.mkdir()

    assert find_table(file) is None
    (tmp_path / "best_known.csv").write_text(TABLE, encoding="utf-8")
    assert find_table(file) == (tmp_path / "best_known.csv").resolve()


def test_a_gap_is_a_percentage_of_the_reference() -> None:
    best = BestKnown(18.0, "optimal, proved", 2)

    # 18.9 - 18 = 0.9, a twentieth of 18.
    assert best.gap_percent(replace(OURS, cost=18.9)) == pytest.approx(5.0)


def test_what_cannot_be_compared_has_no_gap() -> None:
    optimal = BestKnown(18.0, "optimal, proved", 2)
    sparing = BestKnown(17.5, "vehicles first, then distance", 2)

    assert optimal.gap_percent(replace(OURS, cost=None)) is None
    assert optimal.gap_percent(OURS, is_relaxed=True) is None
    assert sparing.gap_percent(replace(OURS, vehicles=1)) is None
    assert sparing.gap_percent(replace(OURS, vehicles=2)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "instance,cost\ntiny,18\n",
        "instance,best_known,status\ntiny,many,x\n",
        "instance,best_known,status\ntiny,-1,x\n",
        "instance,best_known,status\ntiny,nan,x\n",
    ],
)
def test_a_table_that_cannot_be_used_is_told_by_line(text: str, tmp_path: Path) -> None:
    table = tmp_path / "best_known.csv"
    table.write_text(text, encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_table(table)

    assert [(each.code, each.where) for each in caught.value.problems] == [
        ("TUS-1905", f"{table}:2")
    ]
