"""A person's own data: given out whole, erased without a trace."""

from typing import Any

import pytest

from tests.api.story import Day
from tests.api.town import Town
from tus_dispatch.domain.organisation import Role


def told(answer: Any) -> tuple[int, str]:
    """Return status and code of a problem."""
    return answer.status_code, answer.json()["code"]


@pytest.fixture
def day(town: Town) -> Day:
    """A day with two people."""
    return Day(town.caller(Role.COORDINATOR))


def test_an_export_holds_everything_about_a_person_and_is_noted(town: Town, day: Day) -> None:
    booking = day.office.make("/v1/bookings", day.booking())["id"]

    export = day.office.get(f"/v1/participants/{day.awa}/export").json()

    assert export["person"] == day.awa
    assert [row["id"] for row in export["rows"]["booking"]] == [booking]
    views = town.caller(Role.AUDITOR).get(f"/v1/views?subject={day.awa}").json()["items"]
    assert views[-1]["data"]["what"] == "export"


def test_an_erased_person_is_not_there_any_more(day: Day) -> None:
    made = day.office.make("/v1/participants", {"first_name": "Zoé-Canari", "phone": "0612340000"})
    path = f"/v1/participants/{made['id']}"

    erased = day.office.send("POST", f"{path}/erase", If_Match='"1"')

    assert erased.status_code == 204, erased.text
    assert "Zoé-Canari" not in day.office.get(path).text
    assert made["id"] not in day.office.get("/v1/participants").text


def test_nothing_of_an_erased_person_is_left_in_the_files(town: Town, day: Day) -> None:
    body = {"first_name": "Zoé-Canari", "last_name": "Xyzzy-Canari", "phone": "06-CANARI-00"}
    body["note"] = "Note-Canari"
    made = day.office.make("/v1/participants", body)
    home = {"name": "Chez-Canari", "home_of": made["id"], "address": "12 rue Canari"}
    day.office.make("/v1/places", home)

    day.office.send("POST", f"/v1/participants/{made['id']}/erase", If_Match='"1"')

    path = town.office.database.path
    assert path is not None
    files = b"".join(each.read_bytes() for each in path.parent.rglob("*") if each.is_file())
    assert b"Canari" not in files
    assert b"CANARI" not in files
    assert made["id"].encode() in files


def test_a_repeat_of_what_made_an_erased_person_does_not_bring_them_back(day: Day) -> None:
    body, key = {"first_name": "Zoé"}, "k" * 20
    made = day.office.send("POST", "/v1/participants", body, Idempotency_Key=key).json()
    day.office.send("POST", f"/v1/participants/{made['id']}/erase", If_Match='"1"')

    again = day.office.send("POST", "/v1/participants", body, Idempotency_Key=key)

    assert again.status_code == 422
    assert "Zoé" not in again.text


def test_somebody_who_is_booked_is_not_erased(day: Day) -> None:
    day.office.make("/v1/bookings", day.booking())

    answer = day.office.send("POST", f"/v1/participants/{day.awa}/erase", If_Match='"1"')

    assert told(answer) == (409, "TUS-5016")


def test_erasing_needs_the_version_that_was_read(day: Day) -> None:
    path = f"/v1/participants/{day.bob}/erase"

    assert told(day.office.send("POST", path)) == (428, "TUS-1508")
    stale = day.office.send("POST", path, If_Match='"7"')
    assert told(stale) == (412, "TUS-5002")
    assert stale.json()["current"]["id"] == day.bob


def test_a_driver_is_exported_and_erased_alike(day: Day) -> None:
    made = day.office.make("/v1/drivers", {"first_name": "Paulo-Canari"})
    path = f"/v1/drivers/{made['id']}"

    assert "Paulo-Canari" in day.office.get(f"{path}/export").text
    assert day.office.send("POST", f"{path}/erase", If_Match='"1"').status_code == 204
    assert "Paulo-Canari" not in day.office.get("/v1/drivers").text
