"""Dial-a-ride files become instances that neither gain nor lose a feasible schedule."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.foreign_days import instance_files
from tus_dispatch.errors import InputError
from tus_dispatch.formats.benchmark_file import read_literature
from tus_dispatch.formats.cordeau import read_cordeau
from tus_dispatch.formats.literature import SCALE, LiteratureInstance
from tus_dispatch.solver.solution import Route

# A depot and two requests on a 3-4-5 triangle; the same rows with and without an
# end depot, under headers that count requests or nodes.
ROWS = """
0   0   0   0  0   0  480
1   3   4   3  1   0 1440
2   3   0   3  2  10   20
3   0   4   3 -1  30   60
4   6   0   3 -2   0 1440
"""
END = "5 0 0 0 0 0 480\n"
FILES = instance_files("cordeau_laporte", "*.txt") + instance_files("cordeau_ropke_a", "*.txt")


@pytest.mark.parametrize(
    ("text", "end_location"),
    [
        ("2 2 480 3 30\n" + ROWS + END, 5),
        ("2 4 480 3 30\n" + ROWS, 0),
        ("2 9 480 3 30\n" + ROWS, 0),
    ],
)
def test_the_number_of_rows_counts_not_the_header(text: str, end_location: int) -> None:
    read = read_cordeau(text, "folder/a9-99.txt")

    assert (read.name, read.n_requests, read.instance.n_vehicles) == ("a9-99", 2, 2)
    assert read.instance.end_location.tolist() == [end_location] * 2
    assert read.instance.load.tolist() == [[1, 0, 0], [2, 0, 0]]
    assert read.instance.configuration.tolist() == [[3, 0, 0]] * 2
    assert read.instance.max_duty_s.tolist() == [480 * SCALE] * 2


def test_windows_are_tightened_by_what_the_rides_imply() -> None:
    instance = read_cordeau("2 2 480 3 30\n" + ROWS + END, "x").instance

    # Request 0 rides 3 from (3, 4) to (0, 4) and its dropoff is open from 30 to 60:
    # boarding takes 3, so it starts at 60 - 3 - 3 = 54 at the latest; it may ride 30,
    # so at 30 - 30 - 3 < 0 at the earliest, where the way from the depot, 5, binds.
    assert instance.earliest_s[0] == 5 * SCALE
    assert instance.latest_s[0] == 54 * SCALE
    # Request 1 starts at 10 to 20, rides 3, boards 3: it ends from 16 to 20 + 3 + 30.
    assert instance.earliest_s[3] == 16 * SCALE
    assert instance.latest_s[3] == 53 * SCALE


def test_distances_are_rounded_up_and_priced_without_rounding() -> None:
    read = read_cordeau("1 1 480 3 30\n0 0 0 0 0 0 480\n1 1 1 0 1 0 480\n2 2 2 0 -1 0 480\n", "x")

    # The square root of 2 is 1.41421356…; there and back twice that, twice.
    assert read.instance.duration_s[0, 1] == 141_422
    assert read.reprice([Route(0, (0, 1), (0, 0), 0, 0)]) == pytest.approx(4 * 2**0.5, abs=1e-12)


def test_without_a_ride_limit_people_may_stay_aboard_all_day() -> None:
    limited = read_cordeau("2 2 480 3 30\n" + ROWS, "x").instance
    free = read_cordeau("2 2 480 3 30\n" + ROWS, "x", ride_limit=False).instance

    assert set(limited.max_ride_s.tolist()) == {30 * SCALE}
    assert set(free.max_ride_s.tolist()) == {1440 * SCALE}


@dataclass(frozen=True)
class Planted:
    """A file made around a schedule, and that schedule: the order of rows and their times."""

    text: str
    order: tuple[int, ...]
    start: dict[int, float]
    max_ride: int


@st.composite
def planted(draw: st.DrawFn) -> Planted:
    """Draw points and an order, drive it, and open limits around what came out."""
    n = draw(st.integers(1, 5))
    coordinate = st.integers(-9999, 9999).map(lambda x: x / 1000)
    points = [(draw(coordinate), draw(coordinate)) for _ in range(2 * n + 1)]
    order: list[int] = []
    for r in draw(st.permutations(range(1, n + 1))):
        at = draw(st.integers(0, len(order)))
        order.insert(at, r)
        order.insert(draw(st.integers(at + 1, len(order))), n + r)
    clock, here, start = 1.0, 0, {}
    for row in order:
        clock += float(np.hypot(*np.subtract(points[row], points[here]))) + 0.001
        start[row] = clock
        clock, here = clock + 2.0, row
    longest = max(start[n + r] - start[r] - 2 for r in range(1, n + 1))
    max_ride = int(longest) + 1
    rows = [f"0 {points[0][0]} {points[0][1]} 0 0 0 1440"]
    for row in range(1, 2 * n + 1):
        early = max(0, int(start[row] - draw(st.integers(0, 3))))
        late = int(start[row] + 1 + draw(st.integers(0, 3)))
        load = 1 if row <= n else -1
        rows.append(f"{row} {points[row][0]} {points[row][1]} 2 {load} {early} {late}")
    header = f"1 {n} 1440 6 {max_ride}"
    return Planted("\n".join([header, *rows]), tuple(order), start, max_ride)


@given(planted())
def test_a_schedule_of_the_plane_stays_inside_the_tightened_windows(case: Planted) -> None:
    read = read_cordeau(case.text, "x")
    instance, n = read.instance, read.n_requests

    for row in case.order:
        # One unit of the scale for rounding the made-up time itself.
        assert instance.earliest_s[row - 1] <= case.start[row] * SCALE + 1
        assert instance.latest_s[row - 1] >= case.start[row] * SCALE - 1
    for a, b in zip((0, *case.order), case.order, strict=False):
        gone = 1.0 if a == 0 else case.start[a] + 2
        assert instance.duration_s[a, b] <= (case.start[b] - gone) * SCALE
    assert n == len(case.order) // 2


@given(planted())
def test_a_drive_of_the_instance_is_never_shorter_than_in_the_plane(case: Planted) -> None:
    read = read_cordeau(case.text, "x")

    excess = read.instance.duration_s - read.distance * SCALE
    assert excess.min() > -1e-5
    assert excess.max() < 1


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("2 2 480", "2 480", "x:1"),
        ("480 3 30", "480 0 30", "x:1"),
        ("480 3 30", "480 3.5 30", "x:1"),
        ("1   3   4   3", "1   3   4", "x:4"),
        ("1   3   4   3  1", "1   3   4   3  0", "x:4"),
        ("1   3   4   3  1", "1   3   4   3  1.5", "x:4"),
        ("3   0   4   3 -1", "3   0   4   3 -2", "x:6"),
        ("2   3   0", "9   3   0", "x:5"),
        ("10   20", "20   10", "x:5"),
        ("3   4   3", "3   4  -3", "x:4"),
        ("3   4   3", "3   vier   3", "x:4:3"),
        ("3   4   3", "nan   4   3", "x:4:2"),
        ("3   4   3", "99999   4   3", "x:1"),
        ("3   4   3", "1e999   4   3", "x:4:2"),
    ],
)
def test_a_wrong_row_is_told_by_its_line(old: str, new: str, where: str) -> None:
    text = "2 2 480 3 30\n\n" + ROWS.lstrip()
    assert old in text

    with pytest.raises(InputError) as caught:
        read_cordeau(text.replace(old, new, 1), "x")

    assert where in [each.where for each in caught.value.problems]
    assert {each.code for each in caught.value.problems} == {"TUS-1811"}


@pytest.mark.parametrize("text", ["", "1 1 1 1 1\n", "1 1 9 1 9\n0 0 0 0 0 0 9\n"])
def test_a_file_without_requests_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_cordeau(text, "x")


def published(folder: Path) -> dict[str, LiteratureInstance]:
    """The public files, or the small one where they are absent."""
    files = FILES
    if not files:
        path = folder / "a2-2.txt"
        path.write_text("2 2 480 3 30\n" + ROWS + END, encoding="ascii")
        files = [path]
    return {path.stem: read_literature(path) for path in files}


def test_every_published_file_is_read_in_its_family(tmp_path: Path) -> None:
    for name, read in published(tmp_path).items():
        instance = read.instance
        if name.startswith("a"):
            # The names of this family tell vehicles and requests.
            vehicles, requests = map(int, name[1:].split("-"))
            assert (instance.n_vehicles, read.n_requests) == (vehicles, requests)
            assert instance.end_location[0] == 2 * requests + 1
        else:
            assert instance.end_location[0] == 0
            assert instance.max_duty_s[0] == 480 * SCALE
            assert instance.end_latest_s[0] == 1440 * SCALE
        # A request alone is possible in time on every published file.
        assert (instance.earliest_s <= instance.latest_s).all()
        assert (instance.direct_s <= instance.max_ride_s).all()
