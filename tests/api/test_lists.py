"""Every list of kept things: made, read, changed and removed in the same way."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from tests.api.samples import SAMPLES, Sample, a_place, a_standing_booking
from tests.api.town import Caller, Town
from tus_dispatch.api.v1.kept import with_unseen
from tus_dispatch.api.v1.schemas.people import ParticipantBody
from tus_dispatch.domain.demand import Participant, Referral
from tus_dispatch.domain.organisation import Role
from tus_dispatch.domain.units import ParticipantId
from tus_dispatch.store.session import Session

every_kind = pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.path)


@pytest.fixture
def coordinator(shared_town: Town) -> Caller:
    """Somebody who may do nearly everything."""
    return shared_town.caller(Role.COORDINATOR)


def code_of(answer: Any) -> tuple[int, str]:
    """Return status and code of a problem."""
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


@every_kind
def test_what_was_made_is_read_back_with_its_etag(coordinator: Caller, sample: Sample) -> None:
    made = coordinator.make(sample.path, sample.body(coordinator))

    read = coordinator.get(f"{sample.path}/{made['id']}")

    assert read.json() == made
    assert read.headers["etag"] == '"1"'


@every_kind
def test_a_change_leaves_the_other_fields_as_they_are(coordinator: Caller, sample: Sample) -> None:
    made = coordinator.make(sample.path, sample.body(coordinator))

    changed = coordinator.send(
        "PATCH", f"{sample.path}/{made['id']}", sample.change, If_Match='"1"'
    )

    assert changed.status_code == 200, changed.text
    assert changed.headers["etag"] == '"2"'
    different = {key for key, value in changed.json().items() if made[key] != value}
    assert different - {"changed_at"} == {"version", *sample.change}


@every_kind
def test_a_change_without_a_version_is_refused(coordinator: Caller, sample: Sample) -> None:
    made = coordinator.make(sample.path, sample.body(coordinator))

    answer = coordinator.send("PATCH", f"{sample.path}/{made['id']}", sample.change)

    assert code_of(answer) == (428, "TUS-1508")


@every_kind
def test_a_change_of_an_older_version_shows_the_current_one(
    coordinator: Caller, sample: Sample
) -> None:
    made = coordinator.make(sample.path, sample.body(coordinator))
    path = f"{sample.path}/{made['id']}"
    current = coordinator.send("PATCH", path, sample.change, If_Match='"1"').json()

    answer = coordinator.send("PATCH", path, sample.change, If_Match='"1"')

    assert code_of(answer) == (412, "TUS-5002")
    assert answer.json()["current"] == current
    assert answer.headers["etag"] == '"2"'


@every_kind
def test_an_unknown_key_is_refused_by_name(coordinator: Caller, sample: Sample) -> None:
    body = sample.body(coordinator) | {"colour": "red"}

    answer = coordinator.send("POST", sample.path, body)

    assert code_of(answer) == (422, "TUS-1011")
    assert answer.json()["field"] == "/colour"


@every_kind
def test_what_is_not_there_is_not_found(coordinator: Caller, sample: Sample) -> None:
    path = f"{sample.path}/{'a' * 30}"

    answers = [
        coordinator.get(path),
        coordinator.send("PATCH", path, sample.change, If_Match='"1"'),
        coordinator.send("DELETE", path, If_Match='"1"'),
    ]

    assert [code_of(each) for each in answers] == [(404, "TUS-5003")] * 3


@every_kind
def test_what_nothing_needs_can_be_removed_once(coordinator: Caller, sample: Sample) -> None:
    made = coordinator.make(sample.path, sample.body(coordinator))
    path = f"{sample.path}/{made['id']}"

    first, second = (coordinator.send("DELETE", path, If_Match='"1"') for _ in range(2))

    assert first.status_code == 204
    assert code_of(second) == (404, "TUS-5003")


@every_kind
def test_a_repeat_with_the_same_key_answers_the_same_and_makes_nothing(
    coordinator: Caller, sample: Sample
) -> None:
    body, key = sample.body(coordinator), str(uuid4())

    first, second = (
        coordinator.send("POST", sample.path, body, Idempotency_Key=key) for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first.headers["location"] == second.headers["location"]
    assert first.headers["etag"] == second.headers["etag"]


@every_kind
def test_a_key_that_comes_with_another_body_is_refused(coordinator: Caller, sample: Sample) -> None:
    body, key = sample.body(coordinator), str(uuid4())
    coordinator.send("POST", sample.path, body, Idempotency_Key=key)

    answer = coordinator.send("POST", sample.path, body | sample.change, Idempotency_Key=key)

    assert code_of(answer) == (422, "TUS-5008")


@every_kind
def test_a_new_thing_without_a_key_is_refused(coordinator: Caller, sample: Sample) -> None:
    answer = coordinator.send("POST", sample.path, sample.body(coordinator), Idempotency_Key="")

    assert code_of(answer) == (400, "TUS-1507")


def test_pages_go_on_where_the_one_before_ended(town: Town) -> None:
    caller = town.caller(Role.DISPATCHER)
    made = [caller.make("/v1/places", a_place(f"Lieu {n}"))["id"] for n in range(5)]

    seen, cursor = [], ""
    for _ in range(3):
        page = caller.get(f"/v1/places?limit=2{cursor}").json()
        seen += [each["id"] for each in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"

    assert sorted(seen) == sorted(made)
    assert page["next_cursor"] is None


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=0", "TUS-1014"),
        ("limit=201", "TUS-1014"),
        ("limit=ten", "TUS-1013"),
        ("limit=1&limit=2", "TUS-1505"),
        ("sort=name", "TUS-1505"),
        ("cursor=%00", "TUS-1013"),
        ("cursor=abc", "TUS-1425"),
        ("is_partner=yes", "TUS-1013"),
    ],
)
def test_parameters_that_mean_nothing_are_refused(
    coordinator: Caller, query: str, code: str
) -> None:
    assert code_of(coordinator.get(f"/v1/places?{query}")) == (422, code)


def test_two_uses_of_one_vehicle_at_one_time_are_a_conflict(coordinator: Caller) -> None:
    body = SAMPLES[2].body(coordinator)
    coordinator.make("/v1/vehicle-calendar", body)

    answer = coordinator.send("POST", "/v1/vehicle-calendar", body)

    assert code_of(answer) == (409, "TUS-5301")


def test_what_something_needs_cannot_be_removed(coordinator: Caller) -> None:
    depot = coordinator.make("/v1/vehicles", SAMPLES[1].body(coordinator))["depot"]

    answer = coordinator.send("DELETE", f"/v1/places/{depot}", If_Match='"1"')

    assert code_of(answer) == (409, "TUS-5004")


def test_of_parallel_requests_with_one_key_one_makes_something(town: Town) -> None:
    caller, key = town.caller(Role.DISPATCHER), str(uuid4())

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda _: caller.send("POST", "/v1/places", a_place(), Idempotency_Key=key),
                range(16),
            )
        )

    made = {each.json()["id"] for each in answers if each.status_code == 201}
    refused = {code_of(each) for each in answers if each.status_code != 201}
    assert len(made) == 1
    assert refused <= {(409, "TUS-5501")}
    assert len(caller.get("/v1/places").json()["items"]) == 1


def test_of_parallel_changes_of_one_version_one_is_kept(town: Town) -> None:
    caller = town.caller(Role.DISPATCHER)
    path = f"/v1/places/{caller.make('/v1/places', a_place())['id']}"

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda n: caller.send("PATCH", path, {"name": f"Lieu {n}"}, If_Match='"1"'),
                range(16),
            )
        )

    assert sorted(each.status_code for each in answers) == [200] + [412] * 15
    assert caller.get(path).json()["version"] == 2


def test_what_cannot_be_committed_is_not_answered_as_made(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_session: Session) -> None:
        raise OSError("the disk went away")

    http = TestClient(town.app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    caller = Caller(http, town.tokens[Role.DISPATCHER])
    with monkeypatch.context() as patched:
        patched.setattr(Session, "commit", broken)
        answer = caller.send("POST", "/v1/places", a_place())

    assert code_of(answer) == (500, "TUS-5599")
    assert caller.get("/v1/places").json()["items"] == []


def test_a_change_keeps_what_its_body_does_not_show() -> None:
    kept = Participant(ParticipantId("prt_1"), "Awa", referrals=(Referral(date(2026, 1, 5)),))
    wished = ParticipantBody(first_name="Awa", companions=1).to_domain()

    changed = with_unseen(kept, wished, ParticipantBody)

    assert changed == replace(kept, companions=1)


@pytest.mark.parametrize("rule", ["FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=XX", "every Monday"])
def test_a_rule_of_repetition_that_means_nothing_is_refused(coordinator: Caller, rule: str) -> None:
    body = a_standing_booking(coordinator)
    body["recurrence"] |= {"rule": rule}

    answer = coordinator.send("POST", "/v1/standing-bookings", body)

    assert code_of(answer) == (422, "TUS-1026")
    assert answer.json()["field"].startswith("/recurrence")
