"""Who may call what, who sees what, and that nobody reaches what is somebody else's."""

import re
from typing import Any

import pytest
from fastapi import APIRouter

from tests.api.samples import SAMPLES, a_shift, driver, participant, place
from tests.api.town import DAY, PRESCRIBER, Caller, Town, add_account, make_town
from tus_dispatch.api.app import bare_app
from tus_dispatch.api.v1 import routers
from tus_dispatch.desk.access import ACCESS, FIELDS, SCOPES, RouteWithoutAccessError
from tus_dispatch.domain.organisation import Role

_ROUTES = [(method, path) for method, path in ACCESS if path != "/openapi.json"]
_NOBODYS_ID = "a" * 30


def _address(path: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda m: "2026-03-27" if m[1] == "date" else _NOBODYS_ID, path)


@pytest.mark.parametrize(("method", "path"), _ROUTES, ids=lambda each: each)
def test_every_route_opens_to_the_roles_of_the_table_and_to_nobody_else(
    shared_town: Town, method: str, path: str
) -> None:
    access = ACCESS[method, path]

    # Signing out would end the session that the next routes are called with.
    roles = [] if (method, path) == ("DELETE", "/v1/sessions/current") else list(Role)
    answers = {role: _status(shared_town.caller(role), method, path) for role in roles}
    anonymous = _status(shared_town.caller(None), method, path)

    opened = {role for role, status in answers.items() if status not in {401, 403}}
    assert opened == (set(roles) if access.is_public else {*access.roles} & set(roles))
    assert (anonymous == 401) == (not access.is_public)


def _status(caller: Caller, method: str, path: str) -> int:
    answer = caller.send(method, _address(path), {} if method in {"POST", "PATCH"} else None)
    assert answer.status_code < 500, answer.text
    return int(answer.status_code)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_opens_the_routes_of_its_scopes_only(town: Town, scope: str) -> None:
    coordinator = town.caller(Role.COORDINATOR)
    made = coordinator.make("/v1/tokens", {"name": "Tableur", "scopes": [scope]})
    program = Caller(coordinator.http, made["token"])

    opened = {
        ACCESS[method, path].scope
        for method, path in _ROUTES
        if not ACCESS[method, path].is_public and _status(program, method, path) not in {401, 403}
    }

    assert opened == {scope}


def test_a_route_missing_from_the_table_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    extra = APIRouter()
    extra.add_api_route("/v1/forgotten", lambda: None)
    monkeypatch.setattr("tus_dispatch.api.app.ROUTERS", (*routers.ROUTERS, extra))

    with pytest.raises(RouteWithoutAccessError, match="forgotten"):
        bare_app()


def test_a_route_the_table_alone_knows_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACCESS, ("GET", "/v1/gone"), ACCESS["GET", "/v1/places"])

    with pytest.raises(RouteWithoutAccessError, match="gone"):
        bare_app()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.path)
def test_the_things_of_a_stranger_answer_as_things_that_are_not_there(
    town: Town, sample: Any
) -> None:
    stranger = make_town(town.app, town.office, town.clock, "Sologne").caller(Role.COORDINATOR)
    theirs = stranger.make(sample.path, sample.body(stranger))["id"]
    caller = town.caller(Role.COORDINATOR)

    for method, body in (("GET", None), ("PATCH", sample.change), ("DELETE", None)):
        foreign, unknown = (
            caller.send(method, f"{sample.path}/{name}", body, If_Match='"1"')
            for name in (theirs, theirs[:4] + _NOBODYS_ID)
        )
        assert foreign.status_code == unknown.status_code == 404
        assert _without_names(foreign) == _without_names(unknown)
    assert theirs not in caller.get(sample.path).text
    assert stranger.get(f"{sample.path}/{theirs}").json()["version"] == 1


def _without_names(answer: Any) -> dict[str, Any]:
    """Drop the id that was asked for, and the number of the request."""
    document: dict[str, Any] = answer.json()
    for each in (document, *document["problems"]):
        each["detail"] = re.sub(r"Reçu \S+,", "Reçu …,", each["detail"])
    return {k: v for k, v in document.items() if k not in {"instance", "request_id"}}


def test_doors_and_data_of_a_stranger_are_not_there_either(town: Town) -> None:
    other = make_town(town.app, town.office, town.clock, "Sologne")
    stranger, admin = other.caller(Role.COORDINATOR), other.caller(Role.ADMIN)
    shift = stranger.make("/v1/shifts", a_shift(stranger))["id"]
    theirs = {
        "/v1/accounts/{id}": str(other.accounts[Role.DISPATCHER]),
        "/v1/accounts/{id}/reset": str(other.accounts[Role.DISPATCHER]),
        "/v1/tokens/{id}": admin.make("/v1/tokens", {"name": "x", "scopes": ["places:read"]})["id"],
        "/v1/driver-links/{id}": stranger.make(
            "/v1/driver-links", {"service_date": DAY, "shift": shift}
        )["id"],
        "/v1/participants/{id}/export": participant(stranger),
        "/v1/participants/{id}/erase": participant(stranger),
        "/v1/drivers/{id}/export": driver(stranger),
        "/v1/drivers/{id}/erase": driver(stranger),
    }
    caller = town.caller(Role.COORDINATOR)

    for method, path in ACCESS:
        if path in theirs:
            foreign, unknown = (
                caller.send(
                    method,
                    path.replace("{id}", name),
                    {} if method == "PATCH" else None,
                    If_Match='"1"',
                )
                for name in (theirs[path], _NOBODYS_ID)
            )
            assert foreign.status_code == unknown.status_code == 404, (method, path)
            assert _without_names(foreign) == _without_names(unknown)
    made = caller.send("POST", "/v1/driver-links", {"service_date": DAY, "shift": shift})
    assert made.status_code == 404
    seen = caller.get("/v1/accounts").text + caller.get(f"/v1/driver-links?service_date={DAY}").text
    assert not any(name in seen for name in theirs.values())


def _references(value: Any, at: str = "") -> list[tuple[str, str]]:
    """Find every id in a body, with its JSON pointer."""
    if isinstance(value, dict):
        return [found for key, each in value.items() for found in _references(each, f"{at}/{key}")]
    if isinstance(value, list):
        return [found for n, each in enumerate(value) for found in _references(each, f"{at}/{n}")]
    is_id = isinstance(value, str) and re.fullmatch(r"[a-z]{3}_[a-z2-7]{26}", value)
    return [(at, value)] if is_id else []


def _replaced(body: dict[str, Any], at: str, name: str) -> dict[str, Any]:
    key, _, rest = at.removeprefix("/").partition("/")
    return body | {key: _replaced(body[key], rest, name) if rest else name}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.path)
def test_an_id_of_a_stranger_in_a_body_answers_as_one_that_is_not_there(
    town: Town, sample: Any
) -> None:
    stranger = make_town(town.app, town.office, town.clock, "Sologne").caller(Role.COORDINATOR)
    theirs = dict(_references(sample.body(stranger)))
    caller = town.caller(Role.COORDINATOR)
    body = sample.body(caller)
    made = caller.make(sample.path, body)

    for at, own in _references(body):
        foreign, unknown = (
            caller.send("POST", sample.path, _replaced(body, at, name))
            for name in (theirs[at], own[:4] + "a" * 26)
        )
        changed = caller.send(
            "PATCH",
            f"{sample.path}/{made['id']}",
            _replaced(body, at, theirs[at]),
            If_Match='"1"',
        )
        assert foreign.status_code == unknown.status_code == changed.status_code == 404, at
        assert foreign.json()["field"] == at
        assert _without_names(foreign) == _without_names(unknown)


def test_a_prescriber_sees_only_the_people_referred_on_that_behalf(town: Town) -> None:
    office = town.caller(Role.COORDINATOR)
    prescriber = town.caller(Role.PRESCRIBER)
    own = prescriber.make(
        "/v1/participants", {"first_name": "Awa", "referral": {"starts_on": "2026-01-05"}}
    )["id"]
    other = participant(office)

    page = prescriber.get("/v1/participants").json()["items"]

    assert [each["id"] for each in page] == [own]
    assert prescriber.get(f"/v1/participants/{other}").status_code == 404


def test_a_prescriber_sees_no_homes_of_other_people(town: Town) -> None:
    office, prescriber = town.caller(Role.COORDINATOR), town.caller(Role.PRESCRIBER)
    home_of = participant(office)
    home = office.make("/v1/places", {"name": "Chez Bob", "home_of": home_of})["id"]
    open_to_all = place(office)

    seen = [each["id"] for each in prescriber.get("/v1/places").json()["items"]]

    assert seen == [open_to_all]
    assert prescriber.get(f"/v1/places/{home}").status_code == 404


def test_a_prescriber_adds_homes_of_own_people_and_no_other_places(town: Town) -> None:
    other = participant(town.caller(Role.COORDINATOR))
    prescriber = town.caller(Role.PRESCRIBER)
    own = prescriber.make(
        "/v1/participants", {"first_name": "Awa", "referral": {"starts_on": "2026-01-05"}}
    )["id"]

    nobodys = prescriber.send("POST", "/v1/places", {"name": "Mairie"})
    others = prescriber.send("POST", "/v1/places", {"name": "Chez Bob", "home_of": other})
    home = prescriber.make("/v1/places", {"name": "Chez Awa", "home_of": own})

    assert (nobodys.status_code, nobodys.json()["code"]) == (422, "TUS-1513")
    assert (others.status_code, others.json()["field"]) == (404, "/home_of")
    assert prescriber.get(f"/v1/places/{home['id']}").json() == home


def test_a_prescriber_refers_on_the_own_behalf_whatever_the_body_says(town: Town) -> None:
    office, prescriber = town.caller(Role.COORDINATOR), town.caller(Role.PRESCRIBER)
    own = prescriber.make(
        "/v1/participants", {"first_name": "Awa", "referral": {"starts_on": "2026-01-05"}}
    )["id"]

    made = prescriber.make(
        "/v1/referrals", {"participant": own, "starts_on": "2026-07-01", "prescriber": "PMI"}
    )

    assert made["prescriber"] == PRESCRIBER
    assert office.get(f"/v1/referrals/{made['id']}").json()["prescriber"] == PRESCRIBER


def test_a_prescriber_cannot_refer_somebody_out_of_reach_to_reach_them(town: Town) -> None:
    other = participant(town.caller(Role.COORDINATOR))
    prescriber = town.caller(Role.PRESCRIBER)

    answer = prescriber.send(
        "POST", "/v1/referrals", {"participant": other, "starts_on": "2026-01-05"}
    )

    assert answer.status_code == 404
    assert prescriber.get(f"/v1/participants/{other}").status_code == 404


def test_two_prescribers_see_nothing_of_each_other(town: Town) -> None:
    first = town.caller(Role.PRESCRIBER)
    made = first.make(
        "/v1/participants", {"first_name": "Awa", "referral": {"starts_on": "2026-01-05"}}
    )["id"]
    second = Caller(first.http, add_account(town, Role.PRESCRIBER, "PMI de Bourges"))

    assert second.get("/v1/participants").json()["items"] == []
    assert second.get(f"/v1/participants/{made}").status_code == 404
    assert second.get("/v1/referrals").json()["items"] == []


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DISPATCHER, Role.PRESCRIBER])
def test_answers_hold_the_fields_of_the_role_and_no_other(town: Town, role: Role) -> None:
    body = {"first_name": "Awa", "referral": {"starts_on": "2026-01-05"}}
    made = town.caller(Role.PRESCRIBER).make("/v1/participants", body)["id"]
    town.caller(Role.COORDINATOR).send(
        "PATCH", f"/v1/participants/{made}", {"eligibility": {"ground": "income"}}, If_Match='"1"'
    )

    seen = town.caller(role).get(f"/v1/participants/{made}").json()

    assert set(seen) == set(FIELDS["participant"][role])
    assert ("eligibility" in seen) == (role is Role.COORDINATOR)


def test_a_field_outside_the_role_is_refused_and_nothing_changes(town: Town) -> None:
    office = town.caller(Role.COORDINATOR)
    made = office.make(
        "/v1/participants", {"first_name": "Awa", "eligibility": {"ground": "income"}}
    )
    path = f"/v1/participants/{made['id']}"

    answer = town.caller(Role.DISPATCHER).send("PATCH", path, {"eligibility": None}, If_Match='"1"')

    assert (answer.status_code, answer.json()["code"]) == (422, "TUS-1510")
    assert office.get(path).json()["eligibility"]["ground"] == "income"


def test_a_change_by_a_role_that_sees_less_keeps_what_it_does_not_see(town: Town) -> None:
    office = town.caller(Role.COORDINATOR)
    made = office.make(
        "/v1/participants", {"first_name": "Awa", "eligibility": {"ground": "income"}}
    )
    path = f"/v1/participants/{made['id']}"

    town.caller(Role.DISPATCHER).send("PATCH", path, {"companions": 1}, If_Match='"1"')

    assert office.get(path).json()["eligibility"]["ground"] == "income"


def test_who_looked_at_whom_is_told_to_the_auditor(town: Town) -> None:
    made = participant(town.caller(Role.COORDINATOR))
    town.caller(Role.DISPATCHER).get(f"/v1/participants/{made}")

    views = town.caller(Role.AUDITOR).get(f"/v1/views?subject={made}").json()["items"]

    assert [each["actor"] for each in views] == [town.accounts[Role.DISPATCHER]]
    assert views[0]["data"] == {"role": "dispatcher", "what": "record"}


def test_people_can_be_read_while_nothing_can_be_written(town: Town) -> None:
    made = participant(town.caller(Role.COORDINATOR))
    town.office.database.read_only("disque plein")

    read = town.caller(Role.DISPATCHER).get(f"/v1/participants/{made}")
    written = town.caller(Role.DISPATCHER).send("POST", "/v1/places", {"name": "Mairie"})

    assert read.status_code == 200
    assert (written.status_code, written.json()["code"]) == (503, "TUS-5009")
    assert written.headers["retry-after"] == "30"
    assert town.caller(None).get("/health").json()["status"] == "read-only"
