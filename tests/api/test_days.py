"""Days: where they stand, planned, published, driven, exported, judged."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.api.story import Day
from tests.api.town import DAY, Caller, Town, make_town
from tests.makers import five_legs_plan
from tus_dispatch.desk.live import planning
from tus_dispatch.domain.organisation import OrganisationId, Role
from tus_dispatch.formats.plan import dump_plan
from tus_dispatch.formats.scenario import scenario_data

# 08:00 in Paris on the day.
EIGHT_AT = 1774594800
_SCENARIO = Path("scenarios/cher_multidepot.json")


def told(answer: Any) -> tuple[int, str]:
    """Return status and code of a problem."""
    return answer.status_code, answer.json()["code"]


@pytest.fixture
def day(town: Town) -> Day:
    """A day with one round and two people."""
    return Day(town.caller(Role.DISPATCHER))


def published(day: Day) -> dict[str, Any]:
    """Book both people by offers and publish; returns the day."""
    for who in (day.awa, day.bob):
        day.office.make("/v1/bookings", {"offer": day.offer(who=who)["id"]})
    stands: dict[str, Any] = day.office.get(f"/v1/days/{DAY}").json()
    answer = day.office.send(
        "POST",
        f"/v1/days/{DAY}/plans/{stands['plan']['id']}/publish",
        If_Match=f'"{stands["revision"]}"',
    )
    assert answer.status_code == 200, answer.text
    return stands


def test_a_day_nobody_touched_stands_at_nothing(day: Day) -> None:
    answer = day.office.get("/v1/days/2026-05-04")

    assert answer.headers["etag"] == '"0"'
    assert answer.json() | {"start": "", "end": ""} == {
        "service_date": "2026-05-04",
        "start": "",
        "end": "",
        "revision": 0,
        "current": None,
        "published": None,
        "bookings": 0,
        "versions": [],
        "solves": [],
        "plan": None,
    }


def test_the_night_the_clocks_change_a_service_day_is_an_hour_shorter(day: Day) -> None:
    stands = day.office.get("/v1/days/2026-03-28").json()

    assert stands["start"] == "2026-03-28T04:00:00+01:00"
    assert stands["end"] == "2026-03-29T04:00:00+02:00"


def test_what_a_day_consists_of_changes_its_etag(day: Day) -> None:
    before = day.office.get(f"/v1/days/{DAY}").headers["etag"]

    day.office.make("/v1/bookings", day.booking())

    assert day.office.get(f"/v1/days/{DAY}").headers["etag"] != before


def test_a_day_is_solved_once_at_a_time(day: Day) -> None:
    day.office.make("/v1/bookings", day.booking())
    path = f"/v1/days/{DAY}/plans"

    first = day.office.send("POST", path, {"time_limit_s": 1})
    second = day.office.send("POST", path, {"time_limit_s": 1})

    assert (first.status_code, first.json()["state"]) == (202, "queued")
    assert told(second) == (409, "TUS-5013")


def test_a_solve_is_followed_by_looking_or_by_a_stream_of_events(town: Town, day: Day) -> None:
    day.office.make("/v1/bookings", day.booking())
    made = day.office.send("POST", f"/v1/days/{DAY}/plans", {"time_limit_s": 1}).json()
    path = f"/v1/days/{DAY}/plans/{made['id']}"
    planning.solve_queued(town.office, OrganisationId(town.organisation), made["id"])

    looked = day.office.get(f"{path}/status").json()
    stream = day.office.get(f"{path}/status", Accept="text/event-stream").text

    assert (looked["state"], looked["requests"], looked["served"]) == ("completed", 2, 2)
    assert stream == f"event: status\ndata: {json.dumps(looked)}\n\n"
    found = day.office.get(path).json()
    assert found["solve"] == looked
    assert found["plan"]["number"] == looked["number"]
    assert day.office.get(f"/v1/days/{DAY}/plans/{found['plan']['id']}").json() == {
        "solve": None,
        "plan": found["plan"],
    }


def test_a_queued_solve_that_is_stopped_never_begins(town: Town, day: Day) -> None:
    made = day.office.send("POST", f"/v1/days/{DAY}/plans", {}).json()
    path = f"/v1/days/{DAY}/plans/{made['id']}"

    stopped = day.office.send("DELETE", path).json()
    planning.solve_queued(town.office, OrganisationId(town.organisation), made["id"])

    assert stopped["state"] == "stopped"
    assert day.office.get(f"{path}/status").json() == stopped
    assert day.office.get(path).json()["plan"] is None


def test_a_solve_belongs_to_its_day_and_association(town: Town, day: Day) -> None:
    made = day.office.send("POST", f"/v1/days/{DAY}/plans", {}).json()["id"]
    stranger = make_town(town.app, town.office, town.clock, "Sologne").caller(Role.DISPATCHER)

    for caller, date in ((day.office, "2026-03-30"), (stranger, DAY)):
        path = f"/v1/days/{date}/plans/{made}"
        answers = [
            caller.get(path),
            caller.get(f"{path}/status"),
            caller.send("DELETE", path),
            caller.send("POST", f"{path}/publish", If_Match='"0"'),
        ]
        assert [told(each) for each in answers] == [(404, "TUS-5003")] * 4


def test_a_status_in_a_format_that_is_not_offered_is_refused(day: Day) -> None:
    made = day.office.send("POST", f"/v1/days/{DAY}/plans", {}).json()["id"]

    answer = day.office.get(f"/v1/days/{DAY}/plans/{made}/status", Accept="application/xml")

    assert told(answer) == (406, "TUS-1504")


def test_publishing_confirms_those_who_were_told_a_time_and_moves_the_pointer(day: Day) -> None:
    before = published(day)

    stands = day.office.get(f"/v1/days/{DAY}").json()

    assert (before["published"], stands["published"]) == (None, before["current"])
    states = day.office.get(f"/v1/bookings?service_date={DAY}").json()["items"]
    assert {leg["status"] for each in states for leg in each["legs"]} == {"confirmed"}


def test_publishing_a_day_that_moved_on_is_refused_with_where_it_stands(day: Day) -> None:
    before = published(day)
    path = f"/v1/days/{DAY}/plans/{before['plan']['id']}/publish"

    missing = day.office.send("POST", path)
    stale = day.office.send("POST", path, If_Match=f'"{before["revision"]}"')

    assert told(missing) == (428, "TUS-1508")
    assert told(stale) == (412, "TUS-5001")
    assert stale.headers["etag"] == day.office.get(f"/v1/days/{DAY}").headers["etag"]


def test_who_moves_by_more_than_ten_minutes_is_told_when_a_plan_is_published_again(
    day: Day,
) -> None:
    published(day)
    booking = day.office.get(f"/v1/bookings?participant={day.awa}").json()["items"][0]
    later = {**booking["outward"], "arrive_by": f"{DAY}T09:40:00+01:00"}
    changed = day.office.send(
        "PATCH",
        f"/v1/bookings/{booking['id']}",
        {"outward": later},
        If_Match=f'"{booking["version"]}"',
    )
    assert changed.status_code == 200, changed.text
    stands = day.office.get(f"/v1/days/{DAY}").json()

    answer = day.office.send(
        "POST",
        f"/v1/days/{DAY}/plans/{stands['plan']['id']}/publish",
        If_Match=f'"{stands["revision"]}"',
    ).json()

    assert f"{booking['id']}:out" in [each["leg"] for each in answer["moved"]]
    assert all(each["before"] != each["after"] for each in answer["moved"])


def test_before_anything_is_published_there_is_no_itinerary(day: Day) -> None:
    assert told(day.office.get(f"/v1/days/{DAY}/itineraries")) == (409, "TUS-5109")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"),
        ("text/html", "text/html; charset=utf-8"),
        ("application/pdf", "application/pdf"),
        ("text/calendar", "text/calendar; charset=utf-8"),
        ("application/gpx+xml", "application/gpx+xml"),
        ("application/geo+json", "application/geo+json"),
        ("text/html;q=0.2, application/pdf;q=0.9", "application/pdf"),
        ("text/*", "text/html; charset=utf-8"),
        ("*/*", "application/json"),
    ],
)
def test_an_itinerary_comes_in_the_format_that_is_asked_for(
    day: Day, accept: str, kind: str
) -> None:
    published(day)

    answer = day.office.get(f"/v1/days/{DAY}/itineraries/{day.shift}", Accept=accept)

    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == kind


@pytest.mark.parametrize("path", ["itineraries", "itineraries/x"])
def test_a_format_that_is_not_offered_is_refused(day: Day, path: str) -> None:
    published(day)
    path = f"/v1/days/{DAY}/{path}".replace("/x", f"/{day.shift}")

    assert told(day.office.get(path, Accept="image/png")) == (406, "TUS-1504")
    assert told(day.office.get(f"{path}?format=png")) == (422, "TUS-1019")


def test_whose_sheet_somebody_opened_is_told_to_the_auditor(town: Town, day: Day) -> None:
    published(day)

    day.office.get(f"/v1/days/{DAY}/itineraries/{day.shift}")

    for who in (day.awa, day.bob):
        views = town.caller(Role.AUDITOR).get(f"/v1/views?subject={who}").json()["items"]
        assert {each["data"]["what"] for each in views} == {"sheet"}


def test_a_driver_reads_the_own_sheet_on_its_day_and_not_after(town: Town, day: Day) -> None:
    published(day)
    person = {"login": "samir", "role": "driver", "display_name": "Samir", "driver": day.driver}
    password = town.caller(Role.ADMIN).make("/v1/accounts", person)["password"]
    path = f"/v1/days/{DAY}/itineraries"

    def signed_in_at(at: int) -> Caller:
        town.clock.at = at
        body = {"login": "samir", "password": password, "bearer": True}
        answer = town.caller(None).send("POST", "/v1/sessions", body)
        return Caller(day.office.http, answer.json()["token"])

    today = signed_in_at(EIGHT_AT).get(path).json()["items"]
    one = signed_in_at(EIGHT_AT).get(f"{path}/{day.shift}")
    too_early = signed_in_at(EIGHT_AT - 24 * 3600).get(path)
    tomorrow = signed_in_at(EIGHT_AT + 24 * 3600).get(path)

    assert [each["shift"] for each in today] == [day.shift]
    assert one.status_code == 200
    assert {line["person"] for line in today[0]["lines"]} == {"", "Awa", "Bob"}
    assert told(too_early) == told(tomorrow) == (404, "TUS-5003")


def test_a_driver_reads_no_sheet_of_another_driver(town: Town, day: Day) -> None:
    published(day)
    town.clock.at = EIGHT_AT
    town.sign_in_again()
    other = town.caller(Role.DRIVER)
    path = f"/v1/days/{DAY}/itineraries"

    foreign = other.get(f"{path}/{day.shift}")
    unknown = other.get(f"{path}/shf_{'a' * 26}")

    assert other.get(path).json() == {"items": []}
    assert told(foreign) == told(unknown) == (404, "TUS-5003")


def test_taps_for_a_round_of_another_driver_are_not_taken(town: Town, day: Day) -> None:
    published(day)
    town.clock.at = EIGHT_AT
    town.sign_in_again()
    tap = {
        "id": "5f1c3a52-58a6-4c0c-9c1e-6f0b6a8f7d21",
        "shift": day.shift,
        "kind": "left",
        "device_at": f"{DAY}T07:30:00+01:00",
    }

    answer = town.caller(Role.DRIVER).send(
        "POST", f"/v1/days/{DAY}/driver-events", {"events": [tap]}
    )

    assert told(answer) == (404, "TUS-5003")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"id": "not-a-uuid"}, "/events/0/id"),
        ({"kind": "asleep"}, "/events/0/kind"),
        ({"leg": "x"}, "/events/0/leg"),
        ({"device_at": "08:00"}, "/events/0/device_at"),
        ({"colour": "red"}, "/events/0/colour"),
    ],
)
def test_a_tap_that_makes_no_sense_is_refused_by_field(
    day: Day, change: dict[str, Any], where: str
) -> None:
    tap = {
        "id": "5f1c3a52-58a6-4c0c-9c1e-6f0b6a8f7d21",
        "shift": day.shift,
        "kind": "left",
        "device_at": f"{DAY}T07:30:00+01:00",
    }

    answer = day.office.send("POST", f"/v1/days/{DAY}/driver-events", {"events": [tap | change]})

    assert (answer.status_code, answer.json()["field"]) == (422, where)


def test_a_day_comes_out_as_it_went_in_under_new_names(town: Town) -> None:
    lead = town.caller(Role.COORDINATOR)
    scenario = json.loads(_SCENARIO.read_text(encoding="utf-8"))
    path = f"/v1/days/{scenario['service_date']}/scenario"

    made = lead.make(path, scenario)
    out = lead.get(path).json()

    assert {len(out[key]) for key in ("bookings",)} == {len(scenario["bookings"])}
    assert {each["id"] for each in out["bookings"]} == set(made["bookings"].values())
    assert told(lead.send("POST", path, scenario)) == (409, "TUS-5106")


def test_a_file_of_another_day_or_with_mistakes_is_refused(town: Town) -> None:
    lead = town.caller(Role.COORDINATOR)
    scenario = json.loads(_SCENARIO.read_text(encoding="utf-8"))
    path = f"/v1/days/{scenario['service_date']}/scenario"

    other = lead.send("POST", "/v1/days/2026-05-04/scenario", scenario)
    wrong = lead.send("POST", path, scenario | {"colour": "red"})
    foreign = lead.send("POST", path, scenario | {"travel": {"source": "osrm", "url": "http://x"}})

    assert told(other) == (422, "TUS-1512")
    assert told(wrong) == (422, "TUS-1011")
    assert foreign.status_code == 422
    assert lead.get("/v1/places").json()["items"] == []


def test_the_judge_finds_nothing_in_a_good_plan_and_the_fault_in_a_spoilt_one(day: Day) -> None:
    good = five_legs_plan()
    body = {"scenario": scenario_data(good.scenario), "plan": json.loads(dump_plan(good))}
    spoilt = json.loads(json.dumps(body))
    spoilt["plan"]["rounds"][0]["stops"][1]["drive_s"] += 1

    sound = day.office.send("POST", "/v1/check", body)
    faulty = day.office.send("POST", "/v1/check", spoilt)

    assert sound.json() == {"violations": []}
    assert "TUS-32" in faulty.json()["violations"][0]["code"]


def test_the_judge_tells_mistakes_by_document_and_asks_no_foreign_server(day: Day) -> None:
    good = five_legs_plan()
    body = {"scenario": scenario_data(good.scenario), "plan": json.loads(dump_plan(good))}
    travel = {"source": "osrm", "url": "http://169.254.169.254"}

    wrong = day.office.send("POST", "/v1/check", body | {"plan": {}})
    foreign = day.office.send(
        "POST", "/v1/check", body | {"scenario": body["scenario"] | {"travel": travel}}
    )

    assert wrong.json()["field"].startswith("/plan")
    assert (foreign.status_code, foreign.json()["field"]) == (422, "/scenario/travel")
