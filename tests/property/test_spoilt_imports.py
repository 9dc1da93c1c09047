"""However a foreign file is spoilt, it becomes a day or is refused with place, value and remedy."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.foreign_days import ain_day, barcelona_day, known_days
from tests.unit.formats.test_csv_folder import put
from tests.unit.formats.test_vroom_plain import plain
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.errors import InputError
from tus_dispatch.formats.ain import read_ain
from tus_dispatch.formats.barcelona import read_barcelona
from tus_dispatch.formats.csv.read import read_csv_folder
from tus_dispatch.formats.csv.write import csv_files
from tus_dispatch.formats.vroom.read import read_vroom
from tus_dispatch.formats.vroom.write import vroom_data

DAYS = known_days()
PIECES = [
    b";",
    b'"',
    b"\n",
    b"\r",
    b"\xff",
    b"=",
    b"'",
    b"|",
    b"-",
    b"9" * 40,
    b"\0",
    b"PK\x03\x04",
]
PIECES += [
    b",",
    b"\t",
    b" ",
    b"\xef\xbb\xbf",
    b"oui",
    b"25:00",
    b"+1",
    b"1e999",
    b"nan",
    b":",
    b"\\",
]
VALUES: list[Any] = [None, True, -1, 0, 1, 3.5, 2**70, "", "x", "07:00", [], {}, [1], [[1, 2]]]
VALUES += [{"a": 1}, 1e18, "=1", "é" * 300, [None], 10**9, 1_773_124_200]
DOCUMENTS: list[Any] = [
    *((read_vroom, json.loads(json.dumps(vroom_data(DAYS[name])))) for name in ("full", "matrix")),
    (read_vroom, plain()),
    (read_ain, ain_day()),
    (read_barcelona, barcelona_day()),
]


def expect_readable(error: InputError, *places: str) -> None:
    assert error.problems
    for each in error.problems:
        assert each.where
        assert not places or any(place in each.where for place in places)
        assert each.expected
        assert each.remedy
        assert len(each.value) <= 60


@given(st.data())
@settings(max_examples=100)
def test_a_spoilt_folder_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    files = dict(csv_files(DAYS[data.draw(st.sampled_from(["full", "five legs"]))]))
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(files)))
        start = data.draw(st.integers(0, len(files[name])))
        end = start + data.draw(st.integers(0, 20))
        piece = data.draw(st.sampled_from([b"", *PIECES]))
        files[name] = files[name][:start] + piece + files[name][end:]

    try:
        day = read_csv_folder(put(tmp_path_factory.getbasetemp() / "spoilt", files))
    except InputError as error:
        expect_readable(error, ".csv", "law.json", "daytime.json")
    else:
        assert isinstance(day, Scenario)


@given(st.data())
@settings(max_examples=150)
def test_a_spoilt_document_is_read_or_refused(data: st.DataObject) -> None:
    read, good = data.draw(st.sampled_from(DOCUMENTS))
    spoilt = copy.deepcopy(good)
    for _ in range(data.draw(st.integers(1, 3))):
        inner = spoilt
        while True:
            keys = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
            key = data.draw(st.sampled_from(keys))
            if not (
                isinstance(inner[key], dict | list) and inner[key] and data.draw(st.booleans())
            ):
                break
            inner = inner[key]
        if data.draw(st.booleans()):
            inner[key] = copy.deepcopy(data.draw(st.sampled_from(VALUES)))
        elif len(inner) > 1:
            del inner[key]

    try:
        read(spoilt, "source.json")
    except InputError as error:
        expect_readable(error)
