"""What may come in: nothing unknown, nothing unbounded, nothing that is no JSON."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from tests.api.samples import a_place
from tests.api.town import Caller, Town
from tus_dispatch.api import documents
from tus_dispatch.api.app import bare_app
from tus_dispatch.api.headers import SECURITY
from tus_dispatch.domain.organisation import Role


@pytest.fixture
def caller(shared_town: Town) -> Caller:
    """A dispatcher."""
    return shared_town.caller(Role.DISPATCHER)


def post(caller: Caller, content: bytes, kind: str = "application/json") -> Any:
    """Send raw bytes."""
    headers = {
        "Authorization": f"Bearer {caller.token}",
        "Content-Type": kind,
        "Idempotency-Key": "a-key-of-this-test",
    }
    return caller.http.post("/v1/places", content=content, headers=headers)


def _models(model: type[BaseModel], seen: set[type[BaseModel]]) -> None:
    if model in seen:
        return
    seen.add(model)
    for field in model.model_fields.values():
        for inner in _inner(field.annotation):
            _models(inner, seen)


def _inner(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _inner(argument)


def test_every_model_of_every_body_and_answer_refuses_unknown_keys() -> None:
    bare_app()
    seen: set[type[BaseModel]] = set()
    for model in documents._SHAPES.values():
        _models(model, seen)

    assert len(seen) > 60
    assert [each for each in seen if each.model_config.get("extra") != "forbid"] == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "TUS-1004"),
        (b"{", "TUS-1004"),
        (b"[]", "TUS-1013"),
        (b'"text"', "TUS-1013"),
        (b"null", "TUS-1013"),
        (b'{"name": "a", "name": "b"}', "TUS-1006"),
        (b'{"name": "\xff"}', "TUS-1003"),
        (b'{"name": "\\ud800"}', "TUS-1016"),
        (b'{"name": "\\u0000"}', "TUS-1016"),
        (b'{"name": ""}', "TUS-1016"),
        (b'{"name": "1 84 05 78 006 084 36"}', "TUS-1025"),
        (b'{"name": "a", "lat": NaN, "lon": 2.0}', "TUS-1015"),
        (b'{"name": "a", "lat": Infinity, "lon": 2.0}', "TUS-1015"),
        (b'{"name": "a", "lat": 1e999, "lon": 2.0}', "TUS-1015"),
        (b'{"name": "a", "lat": 1e308, "lon": 2.0}', "TUS-1014"),
        (b'{"name": "a", "lat": "47", "lon": 2.0}', "TUS-1013"),
        (b'{"name": "a", "lat": true, "lon": 2.0}', "TUS-1013"),
        (b'{"name": "a", "lat": 47.0}', "TUS-1024"),
        (b'{"name": "a", "is_partner": 1}', "TUS-1013"),
        (b"[" * 100_000, "TUS-1005"),
    ],
)
def test_what_is_no_good_body_is_refused_with_its_code(
    caller: Caller, content: bytes, code: str
) -> None:
    answer = post(caller, content)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_every_mistake_of_a_body_is_told_at_once(caller: Caller) -> None:
    body = {"name": "", "lat": 91.0, "lon": 2.0, "insee": "x", "nme": "a"}

    answer = caller.send("POST", "/v1/places", body).json()

    told = {each["field"]: each["code"] for each in answer["problems"]}
    assert told == {
        "/name": "TUS-1016",
        "/lat": "TUS-1014",
        "/insee": "TUS-1016",
        "/nme": "TUS-1011",
    }
    assert all(each["advice"] and each["expected"] for each in answer["problems"])


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "a/b;;"])
def test_a_body_that_is_not_declared_as_json_is_refused(caller: Caller, kind: str) -> None:
    answer = post(caller, b"{}", kind)

    assert (answer.status_code, answer.json()["code"]) == (415, "TUS-1503")


def test_a_body_too_large_by_its_own_word_is_not_read(caller: Caller) -> None:
    answer = post(caller, b" " * (256 * 1024 + 1))

    assert (answer.status_code, answer.json()["code"]) == (413, "TUS-1502")


def test_a_body_that_does_not_say_how_large_it_is_is_read_no_further_than_allowed(
    caller: Caller,
) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b" " * (64 * 1024)

    answer = post(caller, endless())  # type: ignore[arg-type]

    assert (answer.status_code, answer.json()["code"]) == (413, "TUS-1502")


@pytest.mark.parametrize(
    "text", ["L’Haÿ-les-Roses", "O'Ÿ", "مستشفى", "🚐 minibus", "é" * 200, "a\u200bb"]
)
def test_odd_but_honest_texts_come_back_as_they_were(caller: Caller, text: str) -> None:
    made = caller.make("/v1/places", a_place(text))

    assert caller.get(f"/v1/places/{made['id']}").json()["name"] == text


@pytest.mark.parametrize("key", ["", "short", "é" * 20, "a b c d e f g h", "k" * 129])
def test_a_key_that_cannot_be_one_is_refused(caller: Caller, key: str) -> None:
    headers = {
        b"Authorization": f"Bearer {caller.token}".encode(),
        b"Content-Type": b"application/json",
        b"Idempotency-Key": key.encode(),
    }

    answer = caller.http.post(
        "/v1/places", content=json.dumps(a_place()).encode(), headers=list(headers.items())
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "TUS-1507")


@pytest.mark.parametrize(
    "tag", ["3", 'W/"3"', "*", '"a"', '"-1"', '"1", "2"', '"' + "9" * 16 + '"']
)
def test_an_if_match_that_is_no_etag_of_ours_is_refused(caller: Caller, tag: str) -> None:
    made = caller.make("/v1/places", a_place())

    answer = caller.send("PATCH", f"/v1/places/{made['id']}", {"name": "a"}, If_Match=tag)

    assert (answer.status_code, answer.json()["code"]) == (422, "TUS-1509")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/v1/places/", 404),
        ("PUT", "/v1/places", 405),
        ("GET", "/docs", 404),
    ],
)
def test_an_address_that_leads_nowhere_is_a_problem_too(
    caller: Caller, method: str, path: str, status: int
) -> None:
    answer = caller.send(method, path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert ("allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize("date", ["2026-02-30", "2026-3-1", "20260301", "today", "1999-01-01"])
def test_a_date_that_does_not_exist_is_refused(caller: Caller, date: str) -> None:
    answer = caller.get(f"/v1/days/{date}")

    assert (answer.status_code, answer.json()["code"]) == (422, "TUS-1021")


@pytest.mark.parametrize("path", ["/health", "/v1/places", "/v1/nothing", "/openapi.json"])
def test_every_answer_has_the_headers_that_keep_browsers_from_harm(
    caller: Caller, path: str
) -> None:
    answer = caller.get(path)

    assert {name: answer.headers[name] for name, _ in SECURITY} == dict(SECURITY)
    assert answer.headers["x-request-id"]


def test_the_number_of_a_request_is_the_callers_where_it_is_harmless(caller: Caller) -> None:
    good = caller.get("/health", X_Request_Id="abcdefgh-1")
    bad = caller.get("/health", X_Request_Id="a\tb")

    assert good.headers["x-request-id"] == "abcdefgh-1"
    assert bad.headers["x-request-id"] != "a\tb"


def test_an_unforeseen_error_says_nothing_of_what_it_was_about(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("Awa Example, 12 rue des Lilas")

    monkeypatch.setattr("tus_dispatch.store.organisations.all_of", broken)
    http = TestClient(town.app, base_url="http://127.0.0.1", raise_server_exceptions=False)

    answer = http.get("/health")

    assert (answer.status_code, answer.json()["code"]) == (500, "TUS-5599")
    assert "Awa" not in answer.text + caplog.text
    assert answer.json()["request_id"] in caplog.text
    assert answer.headers["x-content-type-options"] == "nosniff"
