"""Unlawful trips are refused wherever they could come in, with the reason and what is lawful."""

from typing import Any

import pytest

from tests.api.story import Body, Day
from tests.api.town import DAY, Caller, Town
from tus_dispatch.domain.organisation import Role


def told(answer: Any) -> tuple[int, str]:
    """Return status and code of a problem."""
    return answer.status_code, answer.json()["code"]


def enforce(town: Town, **law: object) -> Body:
    """Set the law of the association."""
    lead = town.caller(Role.COORDINATOR)
    tag = lead.get("/v1/organisation/law").headers["etag"]
    wanted = {"trips": "enforced", "referral_required": False} | law
    answer = lead.send("PATCH", "/v1/organisation/law", wanted, If_Match=tag)
    assert answer.status_code == 200, answer.text
    data: Body = answer.json()
    return data


def person(town: Town, ground: str | None = "both") -> str:
    """Make somebody whose right was checked."""
    check = {"ground": ground, "checked_on": "2026-01-05", "checked_by": "Léa"}
    body: Body = {"first_name": "Chloé"} | ({"eligibility": check} if ground else {})
    return str(town.caller(Role.COORDINATOR).make("/v1/participants", body)["id"])


def place(caller: Caller, name: str, lat: float, insee: str) -> str:
    """Make a place in a commune."""
    body = {"name": name, "lat": lat, "lon": 2.5, "insee": insee}
    return str(caller.make("/v1/places", body)["id"])


@pytest.fixture
def day(town: Town) -> Day:
    """A day with one round and nobody booked."""
    return Day(town.caller(Role.DISPATCHER))


def test_without_a_law_nothing_is_refused(day: Day) -> None:
    assert day.office.send("POST", "/v1/bookings", day.booking()).status_code == 201


def test_the_law_is_read_back_as_it_was_set(town: Town, day: Day) -> None:
    zone = {"edition": "2026-01-01", "communes": ["18197", "18015"]}

    enforce(town, zone=zone, hubs=[day.town], working_time="enforced", rules={"min_rest_s": None})

    read = day.office.get("/v1/organisation/law").json()
    assert read["trips"] == read["working_time"] == "enforced"
    assert read["zone"]["communes"] == ["18015", "18197"]
    assert read["hubs"] == [day.town]
    assert read["rules"] == {"min_rest_s": None}


def test_a_hub_of_a_stranger_is_not_there(town: Town) -> None:
    lead = town.caller(Role.COORDINATOR)

    answer = lead.send(
        "PATCH", "/v1/organisation/law", {"hubs": ["plc_" + "a" * 26]}, If_Match='"1"'
    )

    assert (*told(answer), answer.json()["field"]) == (404, "TUS-5003", "/hubs/0")


def test_a_list_of_communes_is_sent_and_not_named(town: Town) -> None:
    lead = town.caller(Role.COORDINATOR)
    body = {"trips": "enforced", "zone": {"file": "communes.csv"}}

    answer = lead.send("PATCH", "/v1/organisation/law", body, If_Match='"1"')

    assert told(answer) == (422, "TUS-1514")


def test_a_booking_of_somebody_nobody_checked_is_refused_and_not_kept(town: Town, day: Day) -> None:
    enforce(town)

    answer = day.office.send("POST", "/v1/bookings", day.booking())

    assert told(answer) == (422, "TUS-2001")
    assert "R3133-1" in answer.json()["detail"]
    assert day.office.get(f"/v1/bookings?service_date={DAY}").json()["items"] == []


def test_a_quote_is_refused_with_the_same_reason(town: Town, day: Day) -> None:
    enforce(town)

    answer = day.office.send("POST", "/v1/quotes", day.booking())

    assert answer.status_code == 200
    assert answer.json()["refused"]["code"] == "TUS-2001"


def test_a_trip_to_the_big_town_names_the_hub_trip_that_is_lawful(town: Town, day: Day) -> None:
    home = place(day.office, "Chez elle", 47.10, "18197")
    hub = place(day.office, "Gare", 47.14, "18033")
    hospital = place(day.office, "Hôpital", 47.16, "18033")
    enforce(town, zone={"edition": "2026-01-01", "communes": ["18197"]}, hubs=[hub])
    who = person(town, "location")

    def trip(to: str) -> Body:
        leg = {"origin": home, "destination": to, "arrive_by": f"{DAY}T09:00:00+01:00"}
        return {"service_date": DAY, "participant": who, "outward": leg}

    refused = day.office.send("POST", "/v1/bookings", trip(hospital))
    lawful = day.office.send("POST", "/v1/bookings", trip(hub))

    assert told(refused)[0] == 422
    assert told(refused)[1] in {"TUS-2004", "TUS-2006", "TUS-2007"}
    assert "«\u00a0Gare\u00a0» (pôle d’échange)" in refused.json()["detail"]
    assert refused.json()["alternatives"] == [
        {"direction": "out", "origin": home, "destination": hub}
    ]
    assert lawful.status_code == 201, lawful.text


def test_a_rule_of_the_house_is_lifted_with_a_motive_and_the_log_knows(
    town: Town, day: Day
) -> None:
    enforce(town, referral_required=True)
    asked = day.booking(who=person(town))
    lifted = {"reason": "no-referral", "motive": "Renouvellement promis pour lundi."}

    refused = day.office.send("POST", "/v1/bookings", asked)
    made = day.office.make("/v1/bookings", asked | {"overrides": [lifted]})

    assert told(refused) == (422, "TUS-2021")
    by = town.accounts[Role.DISPATCHER]
    assert made["overrides"] == [lifted | {"by": by, "at": "2026-03-25T09:00:00Z"}]
    events = town.caller(Role.AUDITOR).get(f"/v1/events?subject={made['id']}").json()["items"]
    logged = [each for each in events if each["kind"] == "booking.rule_lifted"]
    assert [(each["actor"], each["data"]["reason"]) for each in logged] == [(by, "no-referral")]


def test_a_lifted_rule_keeps_its_signature_when_something_else_changes(
    town: Town, day: Day
) -> None:
    enforce(town, referral_required=True)
    lifted = {"reason": "no-referral", "motive": "Renouvellement promis pour lundi."}
    made = day.office.make("/v1/bookings", day.booking(who=person(town)) | {"overrides": [lifted]})
    town.clock.at += 60

    changed = day.office.send(
        "PATCH", f"/v1/bookings/{made['id']}", {"purpose": "work"}, If_Match='"1"'
    )

    assert changed.status_code == 200, changed.text
    assert changed.json()["overrides"] == made["overrides"]


def test_the_law_cannot_be_lifted(day: Day) -> None:
    lifted = {"reason": "zone", "motive": "Elle y tient."}

    answer = day.office.send("POST", "/v1/bookings", day.booking() | {"overrides": [lifted]})

    assert told(answer) == (422, "TUS-2031")


def test_a_booking_may_not_be_changed_into_an_unlawful_one(town: Town, day: Day) -> None:
    enforce(town)
    made = day.office.make("/v1/bookings", day.booking(who=person(town)))

    answer = day.office.send(
        "PATCH", f"/v1/bookings/{made['id']}", {"participant": day.awa}, If_Match='"1"'
    )

    assert told(answer) == (422, "TUS-2001")
    assert day.office.get(f"/v1/bookings/{made['id']}").json() == made


def test_an_unlawful_day_of_a_standing_booking_is_turned_down_with_the_reason(
    town: Town, day: Day
) -> None:
    enforce(town, referral_required=True)
    who, lead = person(town), town.caller(Role.COORDINATOR)
    referral = {"participant": who, "starts_on": "2026-01-05", "expires_on": "2026-03-27"}
    lead.make("/v1/referrals", referral | {"prescriber": "PMI"})
    leg = {"origin": day.home, "destination": day.town, "arrive_by": "09:00"}
    standing = day.office.make(
        "/v1/standing-bookings",
        {
            "participant": who,
            "recurrence": {"rule": "FREQ=WEEKLY;BYDAY=MO,FR", "starts_on": "2026-03-27"},
            "outward": leg,
        },
    )["id"]

    for service_date in (DAY, "2026-03-30"):
        answer = day.office.send("POST", f"/v1/days/{service_date}/plans", {"time_limit_s": 1})
        assert answer.status_code == 202, answer.text

    made = day.office.get(f"/v1/bookings?standing={standing}").json()["items"]
    states = {each["service_date"]: each["legs"][0]["status"] for each in made}
    assert states == {DAY: "eligible", "2026-03-30": "refused"}
    assert [each["refused"] and each["refused"]["code"] for each in made] == [None, "TUS-2022"]
    assert "27 mars 2026" in made[1]["refused"]["sentence"]


def test_what_was_turned_down_is_asked_for_anew_once_the_rule_is_lifted(
    town: Town, day: Day
) -> None:
    enforce(town, referral_required=True)
    leg = {"origin": day.home, "destination": day.town, "arrive_by": "09:00"}
    day.office.make(
        "/v1/standing-bookings",
        {
            "participant": person(town),
            "recurrence": {"rule": "FREQ=WEEKLY;BYDAY=FR", "starts_on": DAY},
            "outward": leg,
        },
    )
    day.office.send("POST", f"/v1/days/{DAY}/plans", {"time_limit_s": 1})
    (refused,) = day.office.get(f"/v1/bookings?service_date={DAY}").json()["items"]
    lifted = {"reason": "no-referral", "motive": "Renouvellement promis pour lundi."}

    changed = day.office.send(
        "PATCH", f"/v1/bookings/{refused['id']}", {"overrides": [lifted]}, If_Match='"1"'
    )

    assert changed.status_code == 200, changed.text
    assert changed.json()["refused"] is None
    assert changed.json()["legs"][0]["status"] == "eligible"


def test_a_plan_that_breaks_the_law_is_not_published(town: Town, day: Day) -> None:
    enforce(town)
    lead, who = town.caller(Role.COORDINATOR), person(town)
    day.office.make("/v1/bookings", {"offer": day.offer(who=who)["id"]})
    path = f"/v1/participants/{who}"
    check = {"ground": "none", "checked_on": "2026-03-24"}
    tag = lead.get(path).headers["etag"]
    lead.send("PATCH", path, {"eligibility": check}, If_Match=tag)
    now = day.office.get(f"/v1/days/{DAY}")

    answer = day.office.send(
        "POST",
        f"/v1/days/{DAY}/plans/{now.json()['plan']['id']}/publish",
        {},
        If_Match=now.headers["etag"],
    )

    assert told(answer) == (409, "TUS-5102")
    assert "R3133-1" in answer.json()["detail"]
    assert day.office.get(f"/v1/days/{DAY}").json()["published"] is None


def test_an_offer_is_refused_when_the_law_no_longer_allows_it(town: Town, day: Day) -> None:
    who = person(town, None)
    offer = day.offer(who=who)["id"]
    enforce(town)

    answer = day.office.send("POST", "/v1/bookings", {"offer": offer})

    assert told(answer) == (422, "TUS-2001")
