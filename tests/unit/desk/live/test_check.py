"""A plan made elsewhere is judged from two documents, and the server asks nobody else for it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desks import Desk, open_desk
from tests.makers import five_legs, five_legs_plan
from tus_dispatch.desk.live.check import check
from tus_dispatch.domain.travel_source import OsrmSource, RoadsSource, TravelSource
from tus_dispatch.errors import InputError
from tus_dispatch.formats.plan import dump_plan
from tus_dispatch.formats.scenario import scenario_data


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def plan_data() -> dict[str, object]:
    data: dict[str, object] = json.loads(dump_plan(five_legs_plan()))
    return data


def test_a_sound_plan_breaks_no_rule(desk: Desk) -> None:
    assert check(desk.office, scenario_data(five_legs()), plan_data()) == ()


def test_a_plan_for_a_day_with_another_wish_breaks_a_rule(desk: Desk) -> None:
    chloe = five_legs().bookings[2]
    assert chloe.outward is not None
    early = replace(chloe, outward=replace(chloe.outward, arrive_by_s=4 * 3600))
    day = replace(five_legs(), bookings=(*five_legs().bookings[:2], early))

    violations = check(desk.office, scenario_data(day), plan_data())

    assert {each.rule for each in violations} == {"time-window", "false-cost"}


@pytest.mark.parametrize(
    "travel", [OsrmSource("http://127.0.0.1:9"), RoadsSource("../secrets/roads.npz")]
)
def test_no_document_makes_the_server_read_files_or_ask_addresses(
    desk: Desk, travel: TravelSource
) -> None:
    data = scenario_data(replace(five_legs(), travel=travel))

    with pytest.raises(InputError) as caught:
        check(desk.office, data, plan_data())

    assert caught.value.problems[0].code == "TUS-1481"


def test_what_is_no_plan_is_told_with_all_its_mistakes(desk: Desk) -> None:
    with pytest.raises(InputError) as caught:
        check(desk.office, scenario_data(five_legs()), plan_data() | {"rounds": 3, "extra": 1})

    assert {each.where for each in caught.value.problems} == {"/rounds", "/extra"}
