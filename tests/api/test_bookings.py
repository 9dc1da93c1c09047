"""Bookings: asked for, offered, taken, changed, cancelled."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.samples import participant
from tests.api.story import Body, Day
from tests.api.town import DAY, Town, make_town
from tus_dispatch.desk.access import FIELDS
from tus_dispatch.domain.organisation import Role


def told(answer: Any) -> tuple[int, str, str | None]:
    """Return status, code and field of a problem."""
    document = answer.json()
    return answer.status_code, document["code"], document["field"]


@pytest.fixture
def day(town: Town) -> Day:
    """A day with one round and nobody booked."""
    return Day(town.caller(Role.DISPATCHER))


def test_a_booking_is_read_back_with_its_times_and_states(day: Day) -> None:
    made = day.office.make("/v1/bookings", day.booking())

    read = day.office.get(f"/v1/bookings/{made['id']}").json()

    assert read == made
    assert read["outward"]["arrive_by"] == f"{DAY}T09:00:00+01:00"
    assert [each["direction"] for each in read["legs"]] == ["out", "ret"]
    assert {each["result"] for each in read["legs"]} == {None}


@pytest.mark.parametrize(
    ("field", "value", "code", "where"),
    [
        ("outward", {"arrive_by": "2026-03-27T09:00:00"}, "TUS-1021", "/outward/arrive_by"),
        ("outward", {"arrive_by": "2026-03-28T09:00:00+01:00"}, "TUS-1023", "/outward/arrive_by"),
        ("outward", {"arrive_by": None}, "TUS-1042", "/outward"),
        ("outward", {"not_before": "2026-03-27T09:30:00+01:00"}, "TUS-1044", "/outward"),
        ("outward", {"colour": "red"}, "TUS-1011", "/outward/colour"),
        ("party_size", 0, "TUS-1014", "/party_size"),
        ("purpose", "holiday", "TUS-1019", "/purpose"),
        ("service_date", "2026-02-30", "TUS-1021", "/service_date"),
        ("outward_pin", {}, "TUS-1049", "/outward_pin"),
    ],
)
def test_a_booking_that_makes_no_sense_is_refused_by_field(
    day: Day, field: str, value: Any, code: str, where: str
) -> None:
    body = day.booking()
    body[field] = body[field] | value if isinstance(body.get(field), dict) else value

    answer = day.office.send("POST", "/v1/bookings", body)

    assert told(answer) == (422, code, where)


def test_a_quote_offers_a_place_that_can_be_taken(day: Day) -> None:
    offer = day.offer()

    made = day.office.make("/v1/bookings", {"offer": offer["id"]})

    assert [each["direction"] for each in offer["legs"]] == ["out", "ret"]
    assert {each["shift"] for each in offer["legs"]} == {day.shift}
    assert {each["status"] for each in made["legs"]} == {"booked"}


def test_a_taken_offer_is_promised_in_the_current_plan(day: Day) -> None:
    made = day.office.make("/v1/bookings", {"offer": day.offer()["id"]})

    plan = day.office.get(f"/v1/days/{DAY}").json()["plan"]

    assert {each["leg"] for each in plan["promises"]} == {f"{made['id']}:out", f"{made['id']}:ret"}
    assert plan["origin"] == "booking"


def test_an_offer_taken_twice_with_one_key_is_one_booking(day: Day) -> None:
    offer, key = {"offer": day.offer()["id"]}, str(uuid4())

    first, second = (
        day.office.send("POST", "/v1/bookings", offer, Idempotency_Key=key) for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert len(day.office.get(f"/v1/bookings?service_date={DAY}").json()["items"]) == 1


def test_an_offer_is_taken_once(day: Day) -> None:
    offer = {"offer": day.offer()["id"]}
    day.office.make("/v1/bookings", offer)

    answer = day.office.send("POST", "/v1/bookings", offer)

    assert told(answer)[:2] == (409, "TUS-5012")


def test_an_offer_made_on_an_older_version_is_taken_where_its_promise_still_holds(
    day: Day,
) -> None:
    older = day.offer()
    day.office.make("/v1/bookings", {"offer": day.offer(who=day.bob)["id"]})

    made = day.office.make("/v1/bookings", {"offer": older["id"]})

    assert {each["status"] for each in made["legs"]} == {"booked"}
    assert day.office.get(f"/v1/days/{DAY}").json()["current"] == 2


def test_an_offer_expires(town: Town, day: Day) -> None:
    offer = day.offer()
    town.clock.at += 16 * 60

    answer = day.office.send("POST", "/v1/bookings", {"offer": offer["id"]})

    assert told(answer)[:2] == (409, "TUS-5011")


def test_what_fits_nowhere_is_refused_with_a_reason_and_what_would_work(day: Day) -> None:
    answer = day.office.send("POST", "/v1/quotes", day.booking(arrive_by="05:30"))

    refused = answer.json()["refused"]
    assert answer.status_code == 200
    assert refused["sentence"]
    assert refused["alternatives"]
    assert {each["kind"] for each in refused["alternatives"]} <= {
        "time",
        "place",
        "day",
        "hours",
        "limit",
    }


def test_a_change_of_the_time_moves_the_promise(day: Day) -> None:
    made = day.office.make("/v1/bookings", {"offer": day.offer()["id"]})
    outward = {**made["outward"], "arrive_by": f"{DAY}T09:30:00+01:00"}

    changed = day.office.send(
        "PATCH", f"/v1/bookings/{made['id']}", {"outward": outward}, If_Match='"1"'
    )

    assert changed.status_code == 200, changed.text
    assert changed.json()["outward"]["arrive_by"] == f"{DAY}T09:30:00+01:00"
    assert changed.json()["return"] == made["return"]
    assert day.office.get(f"/v1/days/{DAY}").json()["plan"]["origin"] == "change"


def test_a_change_that_fits_nowhere_changes_nothing_unless_it_may_wait(day: Day) -> None:
    made = day.office.make("/v1/bookings", {"offer": day.offer()["id"]})
    body = {"outward": {**made["outward"], "arrive_by": f"{DAY}T05:30:00+01:00"}}
    path = f"/v1/bookings/{made['id']}"

    refused = day.office.send("PATCH", path, body, If_Match='"1"')
    unchanged = day.office.get(path).json()
    waiting = day.office.send("PATCH", f"{path}?later=true", body, If_Match='"1"')

    assert told(refused)[:2] == (409, "TUS-5105")
    assert unchanged == made
    assert waiting.status_code == 200, waiting.text


def test_cancelling_takes_the_person_out_of_the_plan(day: Day) -> None:
    made = day.office.make("/v1/bookings", {"offer": day.offer()["id"]})

    cancelled = day.office.send("POST", f"/v1/bookings/{made['id']}/cancel", {}, If_Match='"1"')

    assert {each["status"] for each in cancelled.json()["legs"]} == {"cancelled_by_user"}
    assert day.office.get(f"/v1/days/{DAY}").json()["plan"]["rounds"] == []


def test_cancelling_the_outward_leg_alone_asks_about_the_return(day: Day) -> None:
    made = day.office.make("/v1/bookings", {"offer": day.offer()["id"]})

    answer = day.office.send(
        "POST", f"/v1/bookings/{made['id']}/cancel", {"directions": ["out"]}, If_Match='"1"'
    )

    assert told(answer)[:2] == (409, "TUS-5103")


def test_cancelling_needs_the_version_that_was_read(day: Day) -> None:
    made = day.office.make("/v1/bookings", day.booking())
    path = f"/v1/bookings/{made['id']}/cancel"
    day.office.send("POST", path, {}, If_Match='"1"')

    without = day.office.send("POST", path, {})
    stale = day.office.send("POST", path, {}, If_Match='"1"')

    assert told(without)[:2] == (428, "TUS-1508")
    assert told(stale)[0] in {409, 412}


def test_a_prescriber_asks_for_the_own_people_and_sees_no_more_than_status(
    town: Town, day: Day
) -> None:
    prescriber = town.caller(Role.PRESCRIBER)
    own = prescriber.make(
        "/v1/participants", {"first_name": "Chloé", "referral": {"starts_on": "2026-01-05"}}
    )["id"]
    day.office.make("/v1/bookings", day.booking())

    made = prescriber.make("/v1/bookings", day.booking(who=own))
    seen = prescriber.get("/v1/bookings").json()["items"]

    assert [each["id"] for each in seen] == [made["id"]]
    assert set(made) == set(FIELDS["booking"][Role.PRESCRIBER])
    assert told(prescriber.send("POST", "/v1/bookings", day.booking()))[:3] == (
        404,
        "TUS-5003",
        "/participant",
    )
    assert told(
        prescriber.send("POST", "/v1/bookings", day.booking(who=own) | {"priority": 9})
    ) == (422, "TUS-1510", "/priority")


def test_a_prescriber_cancels_own_bookings_only(town: Town, day: Day) -> None:
    prescriber = town.caller(Role.PRESCRIBER)
    own = prescriber.make(
        "/v1/participants", {"first_name": "Chloé", "referral": {"starts_on": "2026-01-05"}}
    )["id"]
    theirs = day.office.make("/v1/bookings", day.booking())["id"]
    made = prescriber.make("/v1/bookings", day.booking(who=own))["id"]

    foreign = prescriber.send("POST", f"/v1/bookings/{theirs}/cancel", {}, If_Match='"1"')
    other = prescriber.send(
        "POST", f"/v1/bookings/{made}/cancel", {"by_service": True}, If_Match='"1"'
    )
    done = prescriber.send("POST", f"/v1/bookings/{made}/cancel", {}, If_Match='"1"')

    assert told(foreign)[:2] == (404, "TUS-5003")
    assert told(other) == (422, "TUS-1510", "/by_service")
    assert done.status_code == 200, done.text


def test_every_id_of_a_stranger_in_a_booking_answers_as_one_that_is_not_there(
    town: Town, day: Day
) -> None:
    stranger = Day(make_town(town.app, town.office, town.clock, "Sologne").caller(Role.DISPATCHER))
    theirs, own = stranger.booking(), day.booking()
    booked = stranger.office.make("/v1/bookings", theirs)["id"]
    offer = stranger.offer()["id"]

    for path in ("/v1/bookings", "/v1/quotes"):
        for body, where in (
            (own | {"participant": theirs["participant"]}, "/participant"),
            (own | {"outward": own["outward"] | {"origin": stranger.home}}, "/outward/origin"),
            (
                own | {"return": own["return"] | {"destination": stranger.home}},
                "/return/destination",
            ),
            (own | {"outward_pin": {"shift": stranger.shift}}, "/outward_pin/shift"),
        ):
            assert told(day.office.send("POST", path, body)) == (404, "TUS-5003", where)
    assert told(day.office.send("POST", "/v1/bookings", {"offer": offer}))[:2] == (404, "TUS-5003")
    for method, path in (
        ("GET", f"/v1/bookings/{booked}"),
        ("PATCH", f"/v1/bookings/{booked}"),
        ("POST", f"/v1/bookings/{booked}/cancel"),
    ):
        sent: Body | None = None if method == "GET" else {}
        answer = day.office.send(method, path, sent, If_Match='"1"')
        assert told(answer)[:2] == (404, "TUS-5003")
    assert day.office.get(f"/v1/bookings?participant={participant(stranger.office)}").json() == {
        "items": [],
        "next_cursor": None,
    }
