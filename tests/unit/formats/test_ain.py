"""The Ain day keeps its requests, limits, parties and horizon."""

import copy
import json
from typing import Any

import pytest

from tests.foreign_days import ain_day, instance_files
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel_source import MatrixSource
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.errors import InputError
from tus_dispatch.formats.ain import is_ain, read_ain
from tus_dispatch.formats.barcelona import is_barcelona
from tus_dispatch.formats.scenario import scenario_data, scenario_from_data
from tus_dispatch.formats.vroom.read import is_vroom

FILES: dict[str, Any] = {"made up": ain_day()} | {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in instance_files("ain", "*.json")
}


@pytest.fixture(params=FILES)
def source(request: pytest.FixtureRequest) -> Any:
    return FILES[request.param]


@pytest.fixture
def day(source: Any) -> Scenario:
    return read_ain(source, "RL_d01.json")


def test_the_format_is_told_by_its_keys(source: Any) -> None:
    assert is_ain(source)
    assert not is_barcelona(source)
    assert not is_vroom(source)


def test_every_request_keeps_its_party_limit_and_windows(source: Any, day: Scenario) -> None:
    assert len(day.bookings) == source["nbClients"] == len(source["clients"])
    for client, booking in zip(source["clients"], day.bookings, strict=True):
        leg = booking.outward
        assert leg is not None
        assert booking.party_size == client["nbClients"]
        assert leg.max_ride_s == 60 * client["pickup"]["maxTravelTime"]
        assert leg.boarding_s == 60 * client["pickup"]["loadingTime"]
        # Minute 0 of the file is 04:00, second 0 of the service day.
        for window, end in ((leg.pickup_window, "pickup"), (leg.dropoff_window, "delivery")):
            assert window == TimeWindow(60 * client[end]["start"], 60 * client[end]["end"])


def test_the_fleet_has_its_seats_and_its_longest_round(source: Any, day: Scenario) -> None:
    assert len(day.shifts) == len(day.vehicles) == source["nbVehicles"]
    assert {v.configurations[0].seats for v in day.vehicles} == {source["capacity"]}
    assert {shift.max_duty_s for shift in day.shifts} == {60 * source["maxTravelTime"]}
    assert {(s.start_place, s.end_place) for s in day.shifts} == {("depot-0", "depot-0")}
    assert {s.start for s in day.shifts} == {TimeWindow(0, 86400)}


def test_seconds_are_the_metres_at_the_speed_of_the_file_rounded_up(
    source: Any, day: Scenario
) -> None:
    assert isinstance(day.travel, MatrixSource)
    assert [list(row) for row in day.travel.metres] == source["distanceMatrix"]
    for row_s, row_m in zip(day.travel.seconds, day.travel.metres, strict=True):
        for second, metre in zip(row_s, row_m, strict=True):
            assert second is not None
            assert metre is not None
            # 1330 metres a minute: s is the least whole number with 1330 s >= 60 m.
            assert 1330 * (second - 1) < 60 * metre <= 1330 * second


def test_waiting_aboard_is_not_limited(day: Scenario) -> None:
    assert day.policy.max_wait_aboard_s == day.day.length_s


def test_the_day_survives_its_own_file(day: Scenario) -> None:
    assert scenario_from_data(scenario_data(day), "x") == day


def test_the_public_day_has_forty_six_requests() -> None:
    for name, data in FILES.items():
        if name == "RL_d01":
            day = read_ain(data, name)
            assert (len(day.bookings), len(day.shifts), len(day.places)) == (46, 7, 93)


@pytest.mark.parametrize(
    ("path", "value", "code", "where"),
    [
        (("speed",), 0, "TUS-1806", "/speed"),
        (("speeed",), 1, "TUS-1805", "/speeed"),
        (("capacity",), 9, "TUS-1051", "/capacity"),
        (("distanceMatrix",), [[0]], "TUS-1806", "/distanceMatrix"),
        (("distanceMatrix", 0, 1), -3, "TUS-1806", "/distanceMatrix/0/1"),
        (("distanceMatrix", 0, 1), None, "TUS-1806", "/distanceMatrix/0/1"),
        (("clients", 1, "pickup", "end"), 0, "TUS-1806", "/clients/1/pickup/end"),
        (("clients", 1, "pickup", "point"), 77, "TUS-1032", "/clients/1"),
        (
            ("clients", 1, "delivery", "maxTravelTime"),
            7,
            "TUS-1810",
            "/clients/1/delivery/maxTravelTime",
        ),
        (("clients", 1, "nbClients"), "x", "TUS-1806", "/clients/1/nbClients"),
        (("clients", 1), 5, "TUS-1806", "/clients/1/pickup/start"),
    ],
)
def test_a_mistake_is_told_by_its_place(
    path: tuple[str | int, ...], value: object, code: str, where: str
) -> None:
    data: Any = copy.deepcopy(ain_day())
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value

    with pytest.raises(InputError) as caught:
        read_ain(data, "x.json")

    assert (code, where) in [(each.code, each.where) for each in caught.value.problems]
