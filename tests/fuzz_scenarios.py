"""Scenario files spoilt in every way a hand, an editor or a spreadsheet can spoil them."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from numpy.random import Generator

from tests.scenario_files import Data, clock_day, full_day, matrix_day
from tus_dispatch.errors import InputError
from tus_dispatch.formats.scenario import dump_scenario, parse_scenario


def read_or_refuse(content: bytes) -> str:
    """Read a file as a user would, and check what the user would be told.

    Parameters
    ----------
    content
        What stands on disk.

    Returns
    -------
    str
        ``read``, when the file survived and is written back as read, or
        ``refused``, when file, place and reason were told.

    Raises
    ------
    AssertionError
        When something else happened.
    """
    error = _refusal_of(content)
    if error is None:
        scenario = parse_scenario(content, "jour.json")
        assert parse_scenario(dump_scenario(scenario), "jour.json") == scenario
        return "read"
    assert error.source == "jour.json"
    for each in error.problems:
        # Everything can be shown on any terminal, on one line.
        assert each.where.startswith(("/", "jour.json")), each
        assert each.code.startswith("TUS-1"), each
        assert all((each.value, each.expected, each.remedy)), each
        assert f"{each.where}{each.value}{each.expected}".isprintable(), each
        assert len(each.value) <= 60, each
    return "refused"


def _refusal_of(content: bytes) -> InputError | None:
    try:
        parse_scenario(content, "jour.json")
    except InputError as error:
        return error
    return None


def spoilt_files(rng: Generator, count: int) -> Iterator[bytes]:
    """Spoil good files, each in one to three ways.

    Parameters
    ----------
    rng
        Source of chance.
    count
        How many.

    Yields
    ------
    bytes
        What stands on disk.
    """
    days = [full_day(), matrix_day(), clock_day()]
    for _ in range(count):
        data = copy.deepcopy(days[rng.integers(len(days))])
        for _ in range(rng.integers(1, 4)):
            _VALUE_SPOILERS[rng.integers(len(_VALUE_SPOILERS))](rng, data)
        content = json.dumps(data, ensure_ascii=bool(rng.integers(2))).encode(
            "utf-8", "surrogatepass"
        )
        if rng.random() < 0.3:
            content = _BYTE_SPOILERS[rng.integers(len(_BYTE_SPOILERS))](rng, content)
        yield content


NASTY_VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    9,
    10**9,
    2**63,
    10**40,
    -(10**40),
    0.5,
    1e300,
    float("nan"),
    float("inf"),
    "",
    " ",
    "1e3",
    "0",
    "depot",
    "home",
    "07:30",
    "7h30",
    "03:59",
    "25:00",
    "04:00+1",
    "04:01+1",
    "02:30+1",
    "02:30+1A",
    "2026-02-30",
    "2026-03-28",
    "9999-12-31",
    "0001-01-01",
    "garage",
    "p1",
    "b1:out",
    "../../etc/passwd",
    "a\x00b",
    "\ud800",
    "\u202eabc",
    "é" * 70,
    "x" * 5000,
    "1 85 05 78 006 084 36",
    "🚐",
    "Europe/Nowhere",
    "/etc/localtime",
    [],
    [[]],
    [1, "a", None],
    {},
    {"a": {"b": {"c": []}}},
    {"earliest": "10:00", "latest": "09:00"},
    [{}] * 60,
)


def _slots(data: Any) -> list[tuple[Any, Any]]:
    """List every place of a document as its container and its key."""
    found: list[tuple[Any, Any]] = []
    stack = [data]
    while stack:
        value = stack.pop()
        items: list[tuple[Any, Any]] = []
        if isinstance(value, dict):
            items = list(value.items())
        elif isinstance(value, list):
            items = list(enumerate(value))
        found += [(value, key) for key, _ in items]
        stack += [child for _, child in items]
    return found


def _pick(rng: Generator, data: Data) -> tuple[Any, Any] | None:
    slots = _slots(data)
    return slots[rng.integers(len(slots))] if slots else None


def _delete(rng: Generator, data: Data) -> None:
    if slot := _pick(rng, data):
        del slot[0][slot[1]]


def _replace(rng: Generator, data: Data) -> None:
    if slot := _pick(rng, data):
        slot[0][slot[1]] = copy.deepcopy(NASTY_VALUES[rng.integers(len(NASTY_VALUES))])


def _rename(rng: Generator, data: Data) -> None:
    slot = _pick(rng, data)
    if slot and isinstance(slot[0], dict):
        value = slot[0].pop(slot[1])
        letters = list(slot[1])
        rng.shuffle(letters)
        odd = ["".join(letters), slot[1] + "s", slot[1].upper(), "a/b~c", "\ud801", "", "k" * 300]
        slot[0][odd[rng.integers(len(odd))]] = value


def _double(rng: Generator, data: Data) -> None:
    slot = _pick(rng, data)
    if slot and isinstance(slot[0], list):
        slot[0].append(copy.deepcopy(slot[0][slot[1]]))


def _swap(rng: Generator, data: Data) -> None:
    """Exchange the values of two places, often ids and times of different kinds."""
    one, other = _pick(rng, data), _pick(rng, data)
    if one and other:
        first, second = copy.deepcopy(one[0][one[1]]), copy.deepcopy(other[0][other[1]])
        one[0][one[1]] = second
        try:
            other[0][other[1]] = first
        except (IndexError, KeyError):
            return


def _bury(rng: Generator, data: Data) -> None:
    """Put a value below many lists or objects."""
    if slot := _pick(rng, data):
        value = slot[0][slot[1]]
        for _ in range(int(rng.choice([3, 50, 200]))):
            value = [value] if rng.integers(2) else {"v": value}
        slot[0][slot[1]] = value


def _crowd(rng: Generator, data: Data) -> None:
    """Repeat the entries of a list until there are far too many."""
    slot = _pick(rng, data)
    if slot and isinstance(slot[0][slot[1]], list) and slot[0][slot[1]]:
        value = slot[0][slot[1]]
        times = 500 // len(value) + 1
        # Crowds of crowds would only test the patience of the reader of this test.
        if len(_slots(value)) * times < 50_000:
            slot[0][slot[1]] = (value * times)[:500]


_VALUE_SPOILERS: tuple[Callable[[Generator, Data], None], ...] = (
    _delete,
    _replace,
    _replace,
    _replace,
    _rename,
    _double,
    _swap,
    _bury,
    _crowd,
)


def _cut(rng: Generator, content: bytes) -> bytes:
    return content[: rng.integers(len(content))]


def _flip(rng: Generator, content: bytes) -> bytes:
    position = rng.integers(len(content))
    return content[:position] + bytes([rng.integers(256)]) + content[position + 1 :]


def _as_cp1252(rng: Generator, content: bytes) -> bytes:
    text = content.decode("utf-8", "replace").replace("\ufffd", "?")
    return b'{"name": "\xe9\xe8",' + text.encode("cp1252", "replace")[1:]


def _as_utf16(rng: Generator, content: bytes) -> bytes:
    return content.decode("utf-8", "replace").encode("utf-16")


def _with_mark(rng: Generator, content: bytes) -> bytes:
    return b"\xef\xbb\xbf" + content


def _doubled_key(rng: Generator, content: bytes) -> bytes:
    return content.replace(b'"id":', b'"id": "double", "id":', 1 + int(rng.integers(5)))


def _deep(rng: Generator, content: bytes) -> bytes:
    return content[:-1] + b', "deep": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def _long_number(rng: Generator, content: bytes) -> bytes:
    return content.replace(b": 1", b": " + b"1" * 6_000, 1 + int(rng.integers(4)))


def _constants(rng: Generator, content: bytes) -> bytes:
    return content.replace(b": 4", b": NaN", 1).replace(b": 2", b": -Infinity", 1)


def _tail(rng: Generator, content: bytes) -> bytes:
    return content + [b"}", b"\x00", b" x", b"\n[1]", b"\n\n"][rng.integers(5)]


_BYTE_SPOILERS: tuple[Callable[[Generator, bytes], bytes], ...] = (
    _cut,
    _flip,
    _as_cp1252,
    _as_utf16,
    _with_mark,
    _doubled_key,
    _deep,
    _long_number,
    _constants,
    _tail,
)
