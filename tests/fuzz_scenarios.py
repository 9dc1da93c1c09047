"""Scenario files spoilt in every way a hand, an editor or a spreadsheet can spoil them."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from numpy.random import Generator

Data = dict[str, Any]


def full_day() -> Data:
    """Make a file in which every key of the format stands at least once."""
    return {
        "format": "tus-scenario/1",
        "name": "Jeudi ordinaire",
        "note": "Journée inventée.\nDeux lignes.",
        "territory": {
            "name": "Vallée d’essai",
            "time_zone": "Europe/Paris",
            "school_zone": "B",
            "terrain": "hills",
        },
        "service_date": "2026-03-26",
        "objective": {"profile": "cost", "weights": {"per_metre": 25}},
        "policy": {
            "ride_limit": {"ratio_percent": 60, "cap_s": 2400},
            "max_wait_aboard_s": 240,
            "arrive_early_s": 1200,
            "depart_late_s": 1800,
            "promise_tolerance_s": 240,
            "extra_person_s": 30,
        },
        "places": [
            {"id": "garage", "name": "Garage", "lat": 47.08, "lon": 2.39, "insee": "18033"},
            {"id": "gare", "name": "Gare", "lat": 47.09, "lon": 2.4, "address": "1 place d’Essai"},
            {"id": "bourg", "name": "Le Bourg", "lat": 47.2, "lon": 2.5, "insee": "2A004"},
            {"id": "hameau", "name": "Le Hameau", "lat": 47.15, "lon": 2.3},
        ],
        "vehicles": [
            {
                "id": "v1",
                "name": "Minibus",
                "depot": "garage",
                "configurations": [{"seats": 8}, {"seats": 5, "wheelchairs": 1}],
                "child_seats": 2,
                "energy": "electric",
                "range_m": 220000,
                "title": "made_available_non_profit",
                "absences": [{"from": "12:00", "until": "13:00", "reason": "charging"}],
                "features": ["ramp"],
            },
            {"id": "v2", "name": "Voiture", "depot": "garage", "configurations": [{"seats": 4}]},
        ],
        "drivers": [
            {
                "id": "d1",
                "first_name": "Ana",
                "last_name": "Essai",
                "phone": "06 39 98 00 01",
                "contract_week_s": 93600,
                "worked_week_s": 36000,
                "night_year_s": 7200,
                "last_duty_end": "2026-03-25T18:30:00+01:00",
                "qualifications": ["wheelchair"],
                "protected_slots": [
                    {"from": "10:00", "until": "11:00", "kind": "training", "place": "bourg"}
                ],
                "home": "hameau",
            },
            {"id": "d2", "first_name": "Bo", "volunteer": True},
        ],
        "shifts": [
            {
                "id": "matin",
                "vehicle": "v1",
                "driver": "d1",
                "start": {"earliest": "06:00", "latest": "06:30"},
                "end": "12:30",
                "start_place": "home",
                "end_place": "gare",
                "break": {
                    "duration_s": 1200,
                    "after_s": 18000,
                    "window": {"earliest": "09:00", "latest": "11:30"},
                },
                "max_duty_s": 25200,
            },
            {"id": "soir", "vehicle": "v2", "driver": None, "start": "15:00", "end": "00:30+1"},
        ],
        "participants": [
            {
                "id": "p1",
                "first_name": "Chloé",
                "last_name": "Modèle",
                "phone": "06 39 98 00 02",
                "boarding_s": 420,
                "alighting_s": 300,
                "wheelchair": True,
                "companions": 1,
                "child_seats": 1,
                "ride_limit": {"ratio_percent": 30},
                "eligibility": {
                    "ground": "location",
                    "checked_on": "2026-01-05",
                    "expires_on": "2027-01-04",
                },
                "referrals": [
                    {
                        "starts_on": "2026-01-05",
                        "expires_on": "2026-07-04",
                        "prescriber": "prescripteur-3",
                    }
                ],
                "never_with": ["p2"],
                "requires": ["ramp"],
                "note": "Sonner deux fois.",
            },
            {"id": "p2", "first_name": "Dédé"},
        ],
        "bookings": [
            {
                "id": "b1",
                "participant": "p1",
                "outward": {
                    "origin": "hameau",
                    "destination": "gare",
                    "arrive_by": "08:30",
                    "max_ride_s": 3000,
                    "boarding_s": 480,
                    "alighting_s": 240,
                    "pin": {"shift": "matin", "pickup": "08:00", "tolerance_s": 600},
                },
                "return": {
                    "origin": "gare",
                    "destination": "hameau",
                    "not_before": "16:00",
                },
                "party_size": 2,
                "purpose": "training",
                "regime": "tus",
                "priority": 10,
                "requires": ["wheelchair"],
                "external_ref": "DOS-0042",
            },
            {
                "id": "b2",
                "participant": "p2",
                "outward": {
                    "origin": "bourg",
                    "destination": "gare",
                    "pickup_window": {"earliest": "09:00", "latest": "09:30"},
                    "dropoff_window": {"earliest": "09:10", "latest": "10:30"},
                },
                "required": False,
                "price_eur_cents": 1500,
            },
        ],
        "travel": {"source": "estimate", "calibration": 1.1},
    }


def matrix_day() -> Data:
    """Make the same day with explicit travel tables and no points."""
    data = full_day()
    names = [place["id"] for place in data["places"]]
    for place in data["places"]:
        place.pop("lat", None)
        place.pop("lon", None)
    # Ten minutes and ten kilometres per step between places, none to the last but one way.
    steps = [[abs(i - j) for j in range(len(names))] for i in range(len(names))]
    data["travel"] = {
        "source": "matrix",
        "places": names,
        "seconds": [[600 * step for step in row] for row in steps],
        "metres": [[10000 * step for step in row] for row in steps],
    }
    data["travel"]["seconds"][0][3] = data["travel"]["metres"][0][3] = None
    return data


def clock_day() -> Data:
    """Make a day on whose night the clocks go back, with both passes of the doubled hour."""
    data = full_day()
    data["service_date"] = "2026-10-24"
    data["shifts"][1]["end"] = {"earliest": "02:30+1A", "latest": "02:30+1B"}
    return data


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
        slot[0][slot[1]] = (value * (500 // len(value) + 1))[:500]


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
