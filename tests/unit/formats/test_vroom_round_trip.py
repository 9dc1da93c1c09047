"""A day written for VROOM comes back as it was, and what is changed in VROOM's fields counts."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.foreign_days import known_days
from tests.makers import at, five_legs
from tests.strategies import Day, days
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel_source import MatrixSource
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.errors import InputError
from tus_dispatch.formats.vroom.read import read_vroom
from tus_dispatch.formats.vroom.write import vroom_data, vroom_text

DAYS = known_days()
VROOM_KEYS = {"vehicles", "shipments", "matrices", "jobs"}


def back(data: dict[str, Any]) -> Scenario:
    return read_vroom(data, "jour.json").scenario


@pytest.mark.parametrize("name", DAYS)
def test_a_day_comes_back_from_vroom(name: str) -> None:
    imported = read_vroom(json.loads(vroom_text(DAYS[name])), "jour.json")

    assert imported.scenario == DAYS[name]
    assert imported.warnings == ()


@given(days())
@settings(max_examples=30)
def test_any_day_comes_back_from_vroom(day: Day) -> None:
    assert back(json.loads(vroom_text(day[0]))) == day[0]


def test_vroom_finds_the_day_in_its_own_fields() -> None:
    data = vroom_data(five_legs())
    start_at = five_legs().day.start_at

    # A minibus, shift 07:30 to 13:00, eight seats; both skills stand in the register.
    minibus = data["vehicles"][0]
    assert minibus["time_window"] == [start_at + at("07:30"), start_at + at("13:00")]
    assert (minibus["start"], minibus["start_index"]) == ([2.3, 46.72], 0)
    assert minibus["capacity"] == [8, 0, 0]
    assert [data["tus"]["skills"][i - 1] for i in minibus["skills"]] == ["ramp", "wheelchair"]
    # Basile rides out from the hamlet to arrive by 09:30, at most half an hour early.
    basile = data["shipments"][2]
    assert basile["delivery"]["time_windows"] == [[start_at + at("09:00"), start_at + at("09:30")]]
    assert (basile["amount"], basile["linked_to"]) == ([0, 1, 0], 4)
    assert [data["tus"]["skills"][i - 1] for i in basile["skills"]] == ["wheelchair"]
    # Chloé, leg 5, is never aboard with Basile's legs 3 and 4.
    assert data["shipments"][4]["exclude"] == [3, 4]
    assert basile["exclude"] == [5]
    # From the garage to the village: 5 minutes, 5 km.
    assert data["matrices"]["car"]["durations"][0][1] == 300
    assert data["matrices"]["car"]["distances"][0][1] == 5000


def test_everything_of_ours_stands_under_one_key() -> None:
    data = vroom_data(DAYS["full"])

    assert set(data) - VROOM_KEYS == {"tus"}


def test_a_window_changed_in_vroom_counts() -> None:
    data = vroom_data(DAYS["full"])
    window = data["shipments"][2]["pickup"]["time_windows"][0]
    window[1] += 600

    changed = back(data).booking(DAYS["full"].bookings[1].id).outward

    # 09:00 to 09:30, and ten minutes more.
    assert changed is not None
    assert changed.pickup_window == TimeWindow(at("09:00"), at("09:40"))


def test_a_service_party_priority_and_matrix_changed_in_vroom_count() -> None:
    data = vroom_data(five_legs())
    for each in data["shipments"][:2]:
        each["amount"] = [3, 0, 0]
        each["priority"] = 7
        each["pickup"]["service"] = 500
    data["matrices"]["car"]["durations"][0][1] = 301

    day = back(data)

    booking = day.bookings[0]
    assert (booking.party_size, booking.priority) == (3, 7)
    assert booking.outward is not None
    assert booking.outward.boarding_s == 500
    assert isinstance(day.travel, MatrixSource)
    assert day.travel.seconds[0][1] == 301


def test_no_road_is_a_number_no_drive_has() -> None:
    data = vroom_data(DAYS["matrix"])

    assert data["matrices"]["car"]["durations"][0][3] == data["tus"]["travel"]["no_road"]
    assert data["matrices"]["car"]["distances"][0][3] == 10_000_000


@pytest.mark.parametrize(
    ("path", "value", "code", "where"),
    [
        (("tus", "format"), "tus-vroom/9", "TUS-1806", "/tus"),
        (("tus", "palces"), [], "TUS-1011", "/tus/palces"),
        (("tus", "participants", 0, "phone"), 6, "TUS-1013", "/tus/participants/0/phone"),
        (("tus", "policy", "max_wait"), 6, "TUS-1011", "/tus/policy/max_wait"),
        (("tus", "drivers", 0), 5, "TUS-1806", "/tus/drivers/0"),
        (("shipments", 0, "pickup", "tus", "place"), "x", "TUS-1807", "/shipments/0/pickup"),
        (("shipments", 0, "pickup", "location"), [2, 3], "TUS-1810", "/shipments/0/pickup"),
        (("shipments", 0, "amount"), [1, 0, 0], "TUS-1810", "/shipments/0/amount"),
        (("shipments", 1, "priority"), 1, "TUS-1810", "/shipments/1/priority"),
        (("shipments", 0, "tus", "direction"), "ret", "TUS-1810", "/shipments/1"),
        (("vehicles", 0, "tus", "vehicle"), "v9", "TUS-1032", "/vehicles/0"),
    ],
)
def test_a_mistake_in_an_export_is_told_where_it_stands(
    path: tuple[str | int, ...], value: object, code: str, where: str
) -> None:
    data: Any = json.loads(vroom_text(DAYS["full"]))
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value

    with pytest.raises(InputError) as caught:
        read_vroom(data, "jour.json")

    assert (code, where) in [(each.code, each.where) for each in caught.value.problems]
