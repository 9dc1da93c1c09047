"""A VROOM problem written by somebody else becomes a sensible day, or says what cannot be said."""

import copy
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tus_dispatch.domain.fleet import BreakRule, Configuration
from tus_dispatch.domain.legs import legs_of
from tus_dispatch.domain.ride_limit import RideLimit
from tus_dispatch.domain.travel_source import EstimateSource, MatrixSource
from tus_dispatch.domain.window import TimeWindow
from tus_dispatch.errors import InputError, Problem
from tus_dispatch.formats.vroom.read import is_vroom, read_vroom

HOUR = 3600
DEPOT, HOME, WORK = [2.30, 46.72], [2.40, 46.74], [2.50, 46.72]


def plain(**more: Any) -> dict[str, Any]:
    """Two people from home to work and one of them back, in seconds from midnight."""
    shipments = [
        {
            "pickup": {"id": 1, "location": HOME, "service": 120, "description": "Anne"},
            "delivery": {"id": 2, "location": WORK, "time_windows": [[8 * HOUR, 9 * HOUR]]},
            "amount": [2],
            "skills": [4],
            "priority": 30,
            "max_ride_time": 2400,
        },
        {
            "pickup": {"id": 7, "location": WORK, "time_windows": [[16 * HOUR, 17 * HOUR]]},
            "delivery": {"id": 8, "location": HOME},
            "amount": [2],
            "skills": [4],
            "priority": 30,
            "max_transit_time": 2400,
            "linked_to": 1,
        },
        {
            "pickup": {"id": 9, "location": HOME, "time_windows": [[7 * HOUR, 8 * HOUR]]},
            "delivery": {"id": 9, "location": WORK},
            "amount": [0, 1],
            "exclude": [1],
            "max_detour": 600,
        },
    ]
    vehicle = {
        "id": 3,
        "start": DEPOT,
        "end": DEPOT,
        "capacity": [6, 1],
        "skills": [4],
        "time_window": [6 * HOUR, 20 * HOUR],
        "max_distance": 200_000,
        "breaks": [{"id": 1, "service": 1800, "time_windows": [[12 * HOUR, 14 * HOUR]]}],
    }
    return {"vehicles": [vehicle], "shipments": shipments} | more


def problems_of(data: object, **options: Any) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_vroom(data, "probleme.json", **options)
    return list(caught.value.problems)


def test_shipments_become_bookings_with_linked_legs() -> None:
    day = read_vroom(plain(), "probleme.json").scenario

    there_and_back, wheelchair = day.bookings
    assert (there_and_back.external_ref, there_and_back.party_size) == ("1", 2)
    assert (there_and_back.priority, there_and_back.requires) == (30, ("skill-4",))
    outward, back = there_and_back.outward, there_and_back.return_leg
    assert outward is not None
    assert back is not None
    # Midnight plus eight hours is four hours after 04:00.
    assert outward.dropoff_window == TimeWindow(4 * HOUR, 5 * HOUR)
    assert back.pickup_window == TimeWindow(12 * HOUR, 13 * HOUR)
    assert (outward.max_ride_s, back.max_ride_s) == (2400, 2400)
    assert (outward.origin, outward.destination) == (back.destination, back.origin)
    # One usual boarding is 120 s and a minute more for the second person; the file says 120.
    assert outward.boarding_s == 120
    assert day.participant(there_and_back.participant).first_name == "Anne"

    in_wheelchair = day.participant(wheelchair.participant)
    assert in_wheelchair.wheelchair
    assert in_wheelchair.never_with == (there_and_back.participant,)
    assert in_wheelchair.ride_limit == RideLimit(0, 600, 0, 600)


def test_a_vehicle_becomes_a_shift_of_its_own() -> None:
    day = read_vroom(plain(), "probleme.json").scenario

    (shift,), (vehicle,) = day.shifts, day.vehicles
    assert shift.start == shift.end == TimeWindow(2 * HOUR, 16 * HOUR)
    assert shift.break_rule == BreakRule(1800, 0, TimeWindow(8 * HOUR, 10 * HOUR))
    assert shift.driver is None
    assert vehicle.configurations == (Configuration(6, 1),)
    assert (vehicle.range_m, vehicle.features) == (200_000, ("skill-4",))
    assert day.place(shift.start_place).point == day.place(vehicle.depot).point
    assert len(day.places) == 3
    assert day.travel == EstimateSource()


def test_what_the_file_does_not_say_is_told() -> None:
    warnings = read_vroom(plain(), "probleme.json").warnings

    assert any("10/03/2026" in each and "--date" in each for each in warnings)
    assert any("temps à bord" in each for each in warnings)
    assert not any("date" in w for w in read_vroom(unix_file(), "x").warnings)


def unix_file() -> dict[str, Any]:
    """The same file in UTC seconds of 24 October 2026, whose night is 25 hours long."""
    midnight = int(datetime(2026, 10, 24, tzinfo=ZoneInfo("Europe/Paris")).timestamp())

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: [[t + midnight for t in w] for w in inner]
                if key == "time_windows"
                else [t + midnight for t in inner]
                if key == "time_window"
                else moved(inner)
                for key, inner in value.items()
            }
        return [moved(each) for each in value] if isinstance(value, list) else value

    return moved(plain())  # type: ignore[no-any-return]


def test_utc_seconds_name_the_day() -> None:
    by_clock = read_vroom(plain(), "x", service_date=date(2026, 10, 24)).scenario

    assert read_vroom(unix_file(), "x").scenario == by_clock
    assert by_clock.day.length_s == 25 * HOUR


def test_a_time_after_midnight_belongs_to_the_day_before() -> None:
    data = unix_file()
    half_past_one = int(datetime(2026, 10, 24, 1, 30, tzinfo=ZoneInfo("Europe/Paris")).timestamp())
    data["shipments"] = data["shipments"][2:]
    del data["shipments"][0]["exclude"]
    data["shipments"][0]["pickup"]["time_windows"] = [[half_past_one, half_past_one]]
    del data["vehicles"][0]["breaks"]
    data["vehicles"][0]["time_window"] = [half_past_one - 7200, half_past_one + 3600]

    assert read_vroom(data, "x").scenario.day.date == date(2026, 10, 23)


def test_times_of_another_day_are_refused_and_the_option_named() -> None:
    problems = problems_of(unix_file(), service_date=date(2026, 10, 26))

    assert {each.code for each in problems} == {"TUS-1808"}
    assert all("--date" in each.expected for each in problems)


def test_a_window_reaching_beyond_the_day_is_cut_with_a_warning() -> None:
    data = plain()
    data["vehicles"][0]["time_window"] = [0, 86400]

    imported = read_vroom(data, "x")

    assert imported.scenario.shifts[0].start == TimeWindow(0, 20 * HOUR)
    assert any("coupés" in each for each in imported.warnings)


def test_a_window_before_the_service_day_is_refused() -> None:
    data = plain()
    data["shipments"][2]["pickup"]["time_windows"] = [[HOUR, 2 * HOUR]]

    assert [(each.code, each.where) for each in problems_of(data)] == [
        ("TUS-1808", "/shipments/2/pickup/time_windows/0")
    ]


def test_both_ways_of_counting_time_in_one_file_are_refused() -> None:
    data = plain()
    data["vehicles"][0]["time_window"] = [1_773_124_200, 1_773_144_000]

    assert [each.code for each in problems_of(data)] == ["TUS-1810"]


def test_a_matrix_is_cut_to_the_places_of_the_file() -> None:
    data = plain(
        matrices={
            "car": {
                "durations": [[0, 11, 12, 13], [21, 9, 23, 24], [31, 32, 0, 34], [4, 4, 4, 0]],
            }
        }
    )
    for vehicle in data["vehicles"]:
        for key in ("start", "end"):
            vehicle[f"{key}_index"] = 0
    data["matrices"]["car"]["durations"][0][3] = 2**31 - 1
    for shipment in data["shipments"]:
        for step in ("pickup", "delivery"):
            point = shipment[step].pop("location")
            shipment[step]["location_index"] = 1 if point == HOME else 3

    imported = read_vroom(data, "x")

    travel = imported.scenario.travel
    assert isinstance(travel, MatrixSource)
    # Rows 0, 1 and 3 are used; nobody drives from a place to itself.
    assert travel.seconds == ((0, 11, None), (21, 0, 24), (4, 4, 0))
    assert travel.metres[1] == (21 * 14, 0, 24 * 14)
    assert any("distances" in each for each in imported.warnings)


def test_steps_of_a_vehicle_become_pins() -> None:
    data = plain()
    data["vehicles"][0]["steps"] = [
        {"type": "start"},
        {"type": "pickup", "id": 9, "service_at": 7 * HOUR + 600},
        {"type": "delivery", "id": 9},
        {"type": "end"},
    ]

    pin = {str(leg.booking): leg.pin for leg in legs_of(read_vroom(data, "x").scenario)}

    assert pin["1"] is None
    assert pin["9"] is not None
    assert (pin["9"].shift, pin["9"].pickup_s) == ("vacation-3", 3 * HOUR + 600)


def test_mutual_links_make_the_first_leg_the_outward_one() -> None:
    data = plain()
    data["shipments"][0]["linked_to"] = 7

    assert read_vroom(data, "x").scenario == read_vroom(plain(), "x").scenario


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("jobs",), [{"id": 1, "location": HOME}], "TUS-1805"),
        (("vehicles", 0, "max_tasks"), 4, "TUS-1805"),
        (("vehicles", 0, "max_travel_time"), 400, "TUS-1805"),
        (("vehicles", 0, "speed_factor"), 1.2, "TUS-1805"),
        (("vehicles", 0, "breaks", 1), {"id": 2, "service": 60}, "TUS-1805"),
        (("vehicles", 0, "capacity"), [4, 0, 0, 3], "TUS-1805"),
        (("vehicles", 0, "capacity"), [9], "TUS-1051"),
        (("vehicles", 0, "time_windows"), [[0, 1]], "TUS-1011"),
        (("shipments", 0, "group"), "a", "TUS-1805"),
        (("shipments", 0, "hard"), False, "TUS-1805"),
        (("shipments", 0, "flexible_slots"), [1], "TUS-1805"),
        (("shipments", 0, "pickup", "setup"), 60, "TUS-1805"),
        (
            ("shipments", 0, "delivery", "time_windows"),
            [[8 * HOUR] * 2, [9 * HOUR] * 2],
            "TUS-1809",
        ),
        (("shipments", 0, "delivery", "time_window"), [1, 2], "TUS-1011"),
        (("shipments", 0, "delivery", "location"), [2.5], "TUS-1806"),
        (("shipments", 0, "delivery", "location"), [46.7, 202.5], "TUS-1024"),
        (("shipments", 0, "max_transit_time"), 100, "TUS-1810"),
        (("shipments", 0, "amount"), [2, 2], "TUS-1810"),
        (("shipments", 1, "amount"), [1], "TUS-1810"),
        (("shipments", 1, "linked_to"), 5, "TUS-1807"),
        (("shipments", 2, "linked_to"), 1, "TUS-1810"),
        (("shipments", 2, "exclude"), [5], "TUS-1807"),
        (("shipments", 2, "pickup", "id"), 1, "TUS-1807"),
        (("shipments", 2, "max_detour_ratio"), 0.5, "TUS-1806"),
        (("shipments", 2, "pickup", "soft_time_windows"), [[7 * HOUR] * 2], "TUS-1805"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_place(
    path: tuple[str | int, ...], value: object, code: str
) -> None:
    data: Any = copy.deepcopy(plain())
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    if isinstance(inner, list) and path[-1] == len(inner):
        inner.append(value)
    else:
        inner[path[-1]] = value

    found = [each for each in problems_of(data) if each.code == code]

    assert found
    assert found[0].where.startswith("/" + "/".join(map(str, path[:1])))


def test_a_ratio_and_a_detour_make_a_personal_limit() -> None:
    data = plain()
    data["shipments"][2] |= {"max_detour_ratio": 1.5, "max_detour": 900}

    person = read_vroom(data, "x").scenario.participants[1]

    assert person.ride_limit == RideLimit(50, 0, 0, 900)


@pytest.mark.parametrize("data", [None, [], {}, {"vehicles": 3}, {"vehicles": [], "routes": []}])
def test_other_documents_are_not_taken_for_vroom(data: object) -> None:
    assert not is_vroom(data)
