"""What is wrong with optional demand is told with its place, like everything else of a file."""

import pytest

from tests.scenario_files import Data, full_day
from tus_dispatch.errors import InputError
from tus_dispatch.formats.scenario import scenario_data, scenario_from_data


def told(data: Data) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as refused:
        scenario_from_data(data, "jour.json")
    return [(each.code, each.where) for each in refused.value.problems]


def places(found: list[tuple[str, str]]) -> set[str]:
    return {where for _, where in found}


def test_a_day_without_optional_demand_is_written_without_its_sections() -> None:
    data = full_day()
    for section in ("flexible_bookings", "group_events", "protected_targets"):
        del data[section]
    del data["policy"]["daytime"]

    written = scenario_data(scenario_from_data(data, "jour.json"))

    assert not {"flexible_bookings", "group_events", "protected_targets"} & set(written)
    assert "daytime" not in written["policy"]


def test_a_stay_must_fit_into_a_window() -> None:
    data = full_day()
    # Of two hours and a half, and of two hours.
    data["flexible_bookings"][0] |= {"stay_s": 9001, "one_way": False}

    assert places(told(data)) == {"/flexible_bookings/0"}


def test_nobody_is_driven_to_where_they_are() -> None:
    data = full_day()
    data["flexible_bookings"][0]["home"] = "gare"
    data["group_events"][0]["attendances"][0]["home"] = "gare"

    assert places(told(data)) == {"/flexible_bookings/0", "/group_events/0"}


def test_nobody_comes_twice_to_one_event() -> None:
    data = full_day()
    data["group_events"][0]["attendances"][1]["participant"] = "p1"

    assert places(told(data)) == {"/group_events/0"}


def test_people_places_and_drivers_must_exist() -> None:
    data = full_day()
    data["flexible_bookings"][0]["participant"] = "p9"
    data["group_events"][0]["place"] = "nulle-part"
    data["protected_targets"][0]["driver"] = "d9"

    assert places(told(data)) == {
        "/flexible_bookings/0/participant",
        "/group_events/0/place",
        "/protected_targets/0/driver",
    }
    assert {code for code, _ in told(data)} == {"TUS-1032"}
