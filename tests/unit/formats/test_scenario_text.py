"""What can be wrong with a file before anybody looks at what it says."""

import json
from pathlib import Path
from time import process_time

import pytest

from tests.scenario_files import full_day
from tus_dispatch.errors import CODES, InputError, Problem
from tus_dispatch.formats.native import decode
from tus_dispatch.formats.scenario import load_scenario, parse_scenario


def problems(text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        parse_scenario(text, "jour.json")
    assert caught.value.source == "jour.json"
    return caught.value.problems


def only_problem(text: str | bytes) -> tuple[str, str]:
    (found,) = problems(text)
    slugs = {code.code: slug for slug, code in CODES.items()}
    return slugs[found.code], found.where


def text_of_day() -> str:
    return json.dumps(full_day(), ensure_ascii=False, indent=1)


def test_a_byte_order_mark_is_no_mistake() -> None:
    marked = parse_scenario(b"\xef\xbb\xbf" + text_of_day().encode(), "jour.json")

    assert marked == parse_scenario(text_of_day(), "jour.json")


def test_text_in_a_windows_encoding_is_told_by_line_and_column() -> None:
    content = '{\n "note": "Vallée"}'.encode("cp1252")

    # The accent is the fifteenth character of its line.
    assert only_problem(content) == ("not-utf8", "jour.json:2:15")
    assert problems(content)[0].value == 'ée"}'


def test_utf16_is_told_as_a_wrong_encoding() -> None:
    assert only_problem(text_of_day().encode("utf-16")) == ("not-utf8", "jour.json:1:1")


@pytest.mark.parametrize(
    ("text", "where", "expected"),
    [
        ('{\n "a": 1,\n "b" 2}', "jour.json:3:6", "deux points"),
        ('{"a": 1 "b": 2}', "jour.json:1:9", "virgule"),
        ('{"a": [1, 2', "jour.json:1:12", "virgule"),
        ('{"a": "b}', "jour.json:1:7", "guillemet fermant"),
        ("{'a': 1}", "jour.json:1:2", "guillemets droits"),
        ('{"a": "b\tc"}', "jour.json:1:9", "caractère de contrôle"),
        ('{"a": }', "jour.json:1:7", "valeur"),
        ("", "jour.json:1:1", "valeur"),
        ("{} {}", "jour.json:1:4", "rien après la fin"),
        ('{"a": "\\x"}', "jour.json:1:8", "barre oblique"),
    ],
)
def test_broken_json_is_told_by_line_and_column(text: str, where: str, expected: str) -> None:
    (found,) = problems(text)

    assert found.code == CODES["not-json"].code
    assert found.where == where
    assert expected in found.expected


def test_a_key_given_twice_is_told_by_its_pointer() -> None:
    text = json.dumps(full_day()).replace('"id": "v1"', '"id": "v0", "id": "v1"')

    assert only_problem(text) == ("doubled-key", "/vehicles/0/id")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" * 5_000])
def test_a_number_nobody_can_use_is_told_where_it_stands(number: str) -> None:
    text = json.dumps(full_day()).replace('"party_size": 2', f'"party_size": {number}')

    (found,) = problems(text)

    assert found.code == CODES["not-a-number"].code
    assert found.where == "/bookings/0/party_size"
    assert found.value[:3] == number[:3]


@pytest.mark.parametrize("depth", [2_000, 200_000])
def test_a_file_nested_without_end_is_refused(depth: int) -> None:
    assert only_problem("[" * depth + "]" * depth)[0] == "too-deep"


def test_a_value_nested_as_deep_as_can_be_read_is_told_short() -> None:
    deep = "[" * 400 + "]" * 400
    text = json.dumps(full_day()).replace('"party_size": 2', f'"party_size": {deep}')

    (found,) = problems(text)

    assert found.value == "[1 élément]"


def test_a_file_that_is_far_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "LARGEST_BYTES", 1_000)

    assert only_problem(text_of_day().encode()) == ("file-too-long", "jour.json")


def test_more_objects_than_any_day_has_are_refused_before_they_are_read() -> None:
    started = process_time()

    assert only_problem('{"places": [' + "{}," * 500_000 + "{}]}")[0] == "file-too-long"
    assert process_time() - started < 2


def test_doubled_keys_deep_inside_a_large_file_take_no_time() -> None:
    deep = "[" * 200 + '{"a": 1, "a": 2}' + "]" * 200
    started = process_time()

    found = problems('{"x": [' + ",".join([deep] * 500) + "]}")

    doubled = [each for each in found if each.code == CODES["doubled-key"].code]
    assert len(doubled) == 500
    assert doubled[-1].where == "/x/499" + "/0" * 200 + "/a"
    assert process_time() - started < 2


def test_a_missing_file_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "absent.json"

    with pytest.raises(InputError) as caught:
        load_scenario(path)

    assert caught.value.problems[0].code == CODES["file-unreadable"].code
    assert caught.value.source == str(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=CODES["file-unreadable"].code):
        load_scenario(tmp_path)


def test_keys_and_values_no_terminal_can_show_are_escaped() -> None:
    text = json.dumps(full_day() | {"\ud800\u202e/~": 1})

    (found,) = problems(text)

    assert found.where == "/\\ud800\\u202e~1~0"
    str(found).encode()
