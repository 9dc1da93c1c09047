"""The Barcelona days keep their depots, capacities, seconds and ride limit."""

import copy
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.foreign_days import barcelona_day, instance_files
from tus_dispatch.domain.scenario import Scenario
from tus_dispatch.domain.travel_source import MatrixSource
from tus_dispatch.domain.units import PlaceId, ShiftId, VehicleId
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.errors import InputError
from tus_dispatch.formats.ain import is_ain
from tus_dispatch.formats.barcelona import is_barcelona, read_barcelona
from tus_dispatch.formats.scenario import scenario_data, scenario_from_data
from tus_dispatch.formats.vroom.read import is_vroom

OPENING_S = 4 * 3600


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


REAL = [p for p in instance_files("barcelona", "*.json") if not p.stem.endswith("-solution")]
FILES: dict[str, Any] = {"made up": barcelona_day()} | {path.stem: read(path) for path in REAL}


@pytest.fixture(params=FILES)
def source(request: pytest.FixtureRequest) -> Any:
    return FILES[request.param]


@pytest.fixture
def day(source: Any) -> Scenario:
    return read_barcelona(source, "bcn.json")


def seconds_between(day: Scenario, a: int, b: int) -> int:
    assert isinstance(day.travel, MatrixSource)
    places = day.travel.places
    value = day.travel.seconds[places.index(PlaceId(f"point-{a}"))][
        places.index(PlaceId(f"point-{b}"))
    ]
    assert value is not None
    return value


def test_the_format_is_told_by_its_keys(source: Any) -> None:
    assert is_barcelona(source)
    assert not is_ain(source)
    assert not is_vroom(source)


def test_every_vehicle_keeps_its_ends_seats_and_hours(source: Any, day: Scenario) -> None:
    nodes = {node["id"]: node for node in source["nodes"]}
    for vehicle in source["vehicles"]:
        shift = day.shift(ShiftId(f"vacation-{vehicle['id']}"))
        start, end = nodes[vehicle["start_node"]], nodes[vehicle["end_node"]]
        assert shift.start_place == f"point-{vehicle['start_node']}"
        assert shift.end_place == f"point-{vehicle['end_node']}"
        assert shift.max_duty_s == vehicle["max_time"]
        assert shift.start.earliest_s == OPENING_S + start["tw_start"]
        assert shift.start.latest_s == OPENING_S + start["tw_end"]
        assert shift.end.latest_s == OPENING_S + end["tw_end"]
        seats = day.vehicle(VehicleId(f"vehicule-{vehicle['id']}")).configurations
        assert [each.seats for each in seats] == [vehicle["capacity"]]


def test_every_request_keeps_its_windows_and_limit(source: Any, day: Scenario) -> None:
    nodes = {node["id"]: node for node in source["nodes"]}
    requests = source["requests"]
    assert len(day.bookings) == requests["n_requests"]
    ends = zip(requests["pickup_ids"], requests["delivery_ids"], strict=True)
    for booking, (pickup, delivery) in zip(day.bookings, ends, strict=True):
        leg = booking.outward
        assert leg is not None
        assert (leg.origin, leg.destination) == (f"point-{pickup}", f"point-{delivery}")
        assert leg.max_ride_s == source["global_params"]["L_ride"]
        assert leg.boarding_s == nodes[pickup]["service_time"]
        assert leg.dropoff_window == TimeWindow(
            OPENING_S + nodes[delivery]["tw_start"], OPENING_S + nodes[delivery]["tw_end"]
        )


def test_seconds_are_those_of_the_file_and_metres_ten_times_as_many(
    source: Any, day: Scenario
) -> None:
    assert isinstance(day.travel, MatrixSource)
    for each in source["matrix_t"]:
        assert seconds_between(day, each["from"], each["to"]) == each["value"]
    assert day.travel.metres == tuple(
        tuple(10 * (second or 0) for second in row) for row in day.travel.seconds
    )


def test_points_are_latitude_then_longitude(source: Any, day: Scenario) -> None:
    lat, lon = source["metadata"]["coordinates"]["1"]
    point = day.place(PlaceId("point-1")).point

    assert point is not None
    assert (point.lat, point.lon) == (lat, lon)


def test_the_day_survives_its_own_file(day: Scenario) -> None:
    assert scenario_from_data(scenario_data(day), "x") == day


def test_published_solutions_cost_what_they_say_on_the_imported_seconds() -> None:
    # Without the data folder there is nothing published to compare with; the
    # made-up file is then priced by hand: 5 -> 1 -> 3 -> 7 is 301 + 63 + 187.
    made_up = read_barcelona(barcelona_day(), "bcn.json")
    assert sum(seconds_between(made_up, a, b) for a, b in ((5, 1), (1, 3), (3, 7))) == 551
    for path in REAL:
        day = read_barcelona(read(path), path.name)
        solution = read(path.with_name(f"{path.stem}-solution.json"))
        total = 0
        for route in solution["routes"]:
            stops = [step["node"] for step in route["steps"]]
            total += sum(seconds_between(day, a, b) for a, b in pairwise(stops))
        assert total == solution["summary"]["objective"]


@pytest.mark.parametrize(
    ("path", "value", "code", "where"),
    [
        (("nodes", 0, "tw_end"), 99_999, "TUS-1806", "/nodes/0/tw_end"),
        (("nodes", 1, "id"), 1, "TUS-1807", "/nodes/1/id"),
        (("nodes", 2, "demand"), -2, "TUS-1810", "/nodes/2/demand"),
        (("vehicles", 0, "start_node"), 77, "TUS-1807", "/vehicles/0/start_node"),
        (("vehicles", 0, "capacity"), 9, "TUS-1051", "/vehicles/0"),
        (("requests", "delivery_ids"), [3], "TUS-1810", "/requests/delivery_ids"),
        (("matrix_t", 0, "to"), 77, "TUS-1807", "/matrix_t/0"),
        (("matrix_t", 0, "value"), -1, "TUS-1806", "/matrix_t/0/value"),
        (("matrix_c", 3, "value"), 1, "TUS-1805", "/matrix_c/3/value"),
        (("metadata", "coordinates", "1"), ["x", 2], "TUS-1806", "/metadata/coordinates/1/0"),
    ],
)
def test_a_mistake_is_told_by_its_place(
    path: tuple[str | int, ...], value: object, code: str, where: str
) -> None:
    data: Any = copy.deepcopy(barcelona_day())
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value

    with pytest.raises(InputError) as caught:
        read_barcelona(data, "x.json")

    assert (code, where) in [(each.code, each.where) for each in caught.value.problems]
