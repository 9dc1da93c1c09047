"""Signing in, sessions, tokens: what opens, what closes, and how soon."""

from string import ascii_letters, digits
from typing import Any

import pyotp
import pytest

from tests.api.samples import driver
from tests.api.town import Caller, Town
from tus_dispatch.desk import accounts as desk
from tus_dispatch.desk.tokens import digest
from tus_dispatch.domain.organisation import Role
from tus_dispatch.store import accounts as kept_accounts


def an_account(town: Town, role: str = "dispatcher", **more: Any) -> dict[str, Any]:
    """Make an account; the answer holds its first password."""
    body = {"login": f"{role}.lea", "role": role, "display_name": "Léa", **more}
    return town.caller(Role.ADMIN).make("/v1/accounts", body)


def sign_in(town: Town, login: str, password: str, **more: Any) -> Any:
    """Try to sign in, as a program."""
    body = {"login": login, "password": password, "bearer": True, **more}
    return town.caller(None).send("POST", "/v1/sessions", body)


def told(answer: Any) -> tuple[int, str]:
    """Return status and code of a problem."""
    return answer.status_code, answer.json()["code"]


def test_the_first_password_opens_a_session_that_knows_its_account(town: Town) -> None:
    made = an_account(town)

    token = sign_in(town, "Dispatcher.LEA", made["password"]).json()["token"]
    seen = Caller(town.caller(None).http, token).get("/v1/sessions/current").json()

    assert (seen["account"], seen["role"]) == (made["id"], "dispatcher")


def test_a_wrong_password_and_an_unknown_login_answer_alike(town: Town) -> None:
    made = an_account(town)

    wrong = sign_in(town, made["login"], "x" * 12)
    unknown = sign_in(town, "nobody", "x" * 12)

    assert told(wrong) == told(unknown) == (401, "TUS-1524")
    assert wrong.json()["detail"] == unknown.json()["detail"]


@pytest.mark.parametrize("login", ["dispatcher.lea", "nobody.at.all"])
def test_after_ten_failures_at_most_no_further_attempt_counts(town: Town, login: str) -> None:
    an_account(town)
    desk._UNKNOWN.__init__()  # type: ignore[misc]
    counted = 0

    for _ in range(60):
        answer = sign_in(town, login, "wrong password")
        if answer.status_code == 429:
            town.clock.at += int(answer.headers["retry-after"])
            if int(answer.headers["retry-after"]) >= 3600:
                break
        else:
            counted += 1

    assert counted <= 10
    town.clock.at -= 60
    assert told(sign_in(town, login, "wrong password")) == (429, "TUS-5502")


def test_while_attempts_do_not_count_the_right_password_does_not_either(town: Town) -> None:
    made = an_account(town)
    for _ in range(4):
        sign_in(town, made["login"], "wrong password")

    early = sign_in(town, made["login"], made["password"])
    town.clock.at += 5
    later = sign_in(town, made["login"], made["password"])

    assert told(early) == (429, "TUS-5502")
    assert later.status_code == 201


def test_a_success_forgets_the_failures_before_it(town: Town) -> None:
    made = an_account(town)
    for _ in range(3):
        for _ in range(3):
            sign_in(town, made["login"], "wrong password")

        assert sign_in(town, made["login"], made["password"]).status_code == 201


def test_a_prescriber_needs_a_code_and_each_code_opens_once(town: Town) -> None:
    made = an_account(town, "prescriber", prescriber="PMI")
    secret = pyotp.parse_uri(made["totp_uri"]).secret
    code = pyotp.TOTP(secret).at(town.clock.at)

    without = sign_in(town, made["login"], made["password"])
    first = sign_in(town, made["login"], made["password"], code=code)
    again = sign_in(town, made["login"], made["password"], code=code)

    assert told(without) == (401, "TUS-1525")
    assert first.status_code == 201
    assert told(again) == (401, "TUS-1524")


@pytest.mark.parametrize(("later_s", "status"), [(0, 201), (30, 201), (-30, 201), (90, 401)])
def test_a_code_is_good_for_one_half_minute_around_its_own(
    town: Town, later_s: int, status: int
) -> None:
    made = an_account(town, "prescriber", prescriber="PMI")
    town.clock.at += 3600
    code = pyotp.TOTP(pyotp.parse_uri(made["totp_uri"]).secret).at(town.clock.at)
    town.clock.at += later_s

    answer = sign_in(town, made["login"], made["password"], code=code)

    assert answer.status_code == status


def test_disabling_an_account_ends_its_sessions_and_tokens_at_once(town: Town) -> None:
    made = an_account(town)
    token = sign_in(town, made["login"], made["password"]).json()["token"]
    signed_in = Caller(town.caller(None).http, token)
    program = Caller(
        signed_in.http,
        signed_in.make("/v1/tokens", {"name": "Tableur", "scopes": ["places:read"]})["token"],
    )
    assert signed_in.get("/v1/places").status_code == program.get("/v1/places").status_code == 200

    town.caller(Role.ADMIN).send(
        "PATCH", f"/v1/accounts/{made['id']}", {"is_disabled": True}, If_Match='"1"'
    )

    assert signed_in.get("/v1/places").status_code == 401
    assert program.get("/v1/places").status_code == 401
    assert told(sign_in(town, made["login"], made["password"])) == (401, "TUS-1524")


def test_an_account_is_over_after_its_last_day(town: Town) -> None:
    made = an_account(town, expires_on="2026-03-25")
    token = sign_in(town, made["login"], made["password"]).json()["token"]
    town.clock.at += 16 * 3600

    assert Caller(town.caller(None).http, token).get("/v1/places").status_code == 401
    assert told(sign_in(town, made["login"], made["password"])) == (401, "TUS-1524")


@pytest.mark.parametrize(
    ("role", "pause_s", "status"),
    [
        (Role.DISPATCHER, 2 * 3600 - 1, 200),
        (Role.DISPATCHER, 2 * 3600 + 1, 401),
        (Role.PRESCRIBER, 1799, 200),
        (Role.PRESCRIBER, 1801, 401),
    ],
)
def test_a_session_ends_after_a_pause(town: Town, role: Role, pause_s: int, status: int) -> None:
    caller = town.caller(role)
    town.clock.at += pause_s

    assert caller.get("/v1/places").status_code == status


def test_a_session_ends_after_twelve_hours_however_busy_it_is(town: Town) -> None:
    caller = town.caller(Role.DISPATCHER)
    for _ in range(11):
        town.clock.at += 3600
        assert caller.get("/v1/places").status_code == 200

    town.clock.at += 3600

    assert caller.get("/v1/places").status_code == 401


def test_signing_out_ends_the_session(town: Town) -> None:
    caller = town.caller(Role.DISPATCHER)

    assert caller.send("DELETE", "/v1/sessions/current").status_code == 204

    assert caller.get("/v1/places").status_code == 401


def test_a_new_password_ends_every_session_and_opens_the_next(town: Town) -> None:
    made = an_account(town)
    token = sign_in(town, made["login"], made["password"]).json()["token"]
    caller = Caller(town.caller(None).http, token)
    chosen = "sept bols sous la pluie"

    answer = caller.send(
        "POST", "/v1/sessions/password", {"current": made["password"], "new": chosen}
    )

    assert answer.status_code == 204, answer.text
    assert caller.get("/v1/places").status_code == 401
    assert told(sign_in(town, made["login"], made["password"])) == (401, "TUS-1524")
    assert sign_in(town, made["login"], chosen).status_code == 201


@pytest.mark.parametrize("weak", ["court", "aaaaaaaaaaaaaaa", "motdepasse2026", "Azerty123456!"])
def test_a_password_that_is_easy_to_guess_is_refused(town: Town, weak: str) -> None:
    made = an_account(town)
    token = sign_in(town, made["login"], made["password"]).json()["token"]
    caller = Caller(town.caller(None).http, token)

    answer = caller.send(
        "POST", "/v1/sessions/password", {"current": made["password"], "new": weak}
    )

    assert told(answer) == (422, "TUS-1526")
    assert answer.json()["field"] == "/new"


def test_a_wrong_current_password_counts_as_a_failed_attempt(town: Town) -> None:
    made = an_account(town)
    token = sign_in(town, made["login"], made["password"]).json()["token"]
    caller = Caller(town.caller(None).http, token)
    body = {"current": "guess guess guess", "new": "sept bols sous la pluie"}

    answers = [told(caller.send("POST", "/v1/sessions/password", body)) for _ in range(5)]

    assert answers == [(401, "TUS-1524")] * 4 + [(429, "TUS-5502")]


def test_a_repeated_request_for_an_account_shows_the_same_password(town: Town) -> None:
    body = {"login": "lea", "role": "dispatcher", "display_name": "Léa"}
    admin = town.caller(Role.ADMIN)

    first, second = (
        admin.send("POST", "/v1/accounts", body, Idempotency_Key="k" * 20).json() for _ in range(2)
    )

    assert first == second
    assert sign_in(town, "lea", first["password"]).status_code == 201


def test_only_an_admin_hands_out_the_roles_admin_and_auditor(town: Town) -> None:
    coordinator = town.caller(Role.COORDINATOR)
    body = {"login": "eve", "role": "auditor", "display_name": "Eve"}
    made = coordinator.make("/v1/accounts", body | {"role": "dispatcher"})

    new = coordinator.send("POST", "/v1/accounts", body | {"login": "eve2"})
    changed = coordinator.send(
        "PATCH", f"/v1/accounts/{made['id']}", {"role": "admin"}, If_Match='"1"'
    )

    assert told(new) == told(changed) == (403, "TUS-1522")


def test_a_login_can_be_taken_once(town: Town) -> None:
    an_account(town)
    body = {"login": "DISPATCHER.LEA", "role": "dispatcher", "display_name": "Autre"}

    answer = town.caller(Role.ADMIN).send("POST", "/v1/accounts", body)

    assert told(answer) == (409, "TUS-5007")


def test_a_reset_opens_a_locked_account_with_another_password(town: Town) -> None:
    made = an_account(town)
    for _ in range(5):
        sign_in(town, made["login"], "wrong password")

    renewed = town.caller(Role.ADMIN).send("POST", f"/v1/accounts/{made['id']}/reset").json()

    assert renewed["password"] != made["password"]
    assert sign_in(town, made["login"], renewed["password"]).status_code == 201


def test_a_role_needs_what_belongs_to_it(town: Town) -> None:
    admin = town.caller(Role.ADMIN)
    person = driver(town.caller(Role.COORDINATOR))
    base = {"login": "sam", "display_name": "Samir"}

    without = admin.send("POST", "/v1/accounts", base | {"role": "driver"})
    with_driver = admin.send("POST", "/v1/accounts", base | {"role": "driver", "driver": person})

    assert told(without) == (422, "TUS-1035")
    assert with_driver.status_code == 201


def test_a_browser_gets_a_cookie_that_no_script_reads_and_no_other_site_sends(town: Town) -> None:
    made = an_account(town)
    browser = town.caller(None).http
    body = {"login": made["login"], "password": made["password"]}

    answer = browser.post("/v1/sessions", json=body)

    cookie = answer.headers["set-cookie"]
    assert answer.json()["token"] is None
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert browser.get("/v1/places").status_code == 200


def test_over_https_the_cookie_belongs_to_this_host_alone(town: Town) -> None:
    made = an_account(town)
    browser = town.caller(None).http
    body = {"login": made["login"], "password": made["password"]}

    answer = browser.post("https://tus.example/v1/sessions", json=body)

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-tus=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "strict-transport-security" in answer.headers


def test_a_browser_on_another_machine_is_not_signed_in_over_plain_http(town: Town) -> None:
    made = an_account(town)
    body = {"login": made["login"], "password": made["password"]}

    answer = town.caller(None).http.post("http://192.0.2.7/v1/sessions", json=body)

    assert told(answer) == (403, "TUS-1528")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 204),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://127.0.0.1"}, 204),
        ({"Origin": "http://evil.example"}, 403),
        ({}, 403),
    ],
)
def test_a_change_by_cookie_must_come_from_our_own_pages(
    town: Town, headers: dict[str, str], status: int
) -> None:
    made = an_account(town)
    browser = town.caller(None).http
    browser.post("/v1/sessions", json={"login": made["login"], "password": made["password"]})

    answer = browser.delete("/v1/sessions/current", headers=headers)

    assert answer.status_code == status


def test_a_token_of_a_program_is_over_when_it_is_removed(town: Town) -> None:
    owner = town.caller(Role.DISPATCHER)
    made = owner.make("/v1/tokens", {"name": "Tableur", "scopes": ["places:read"]})
    program = Caller(owner.http, made["token"])
    assert program.get("/v1/places").status_code == 200

    owner.send("DELETE", f"/v1/tokens/{made['id']}")

    assert program.get("/v1/places").status_code == 401
    assert owner.get("/v1/tokens").json()["items"] == []


def test_a_token_of_somebody_else_is_not_there(town: Town) -> None:
    made = town.caller(Role.DISPATCHER).make(
        "/v1/tokens", {"name": "Tableur", "scopes": ["places:read"]}
    )

    answer = town.caller(Role.COORDINATOR).send("DELETE", f"/v1/tokens/{made['id']}")

    assert told(answer) == (404, "TUS-5003")


def test_a_token_cannot_make_another(town: Town) -> None:
    owner = town.caller(Role.DISPATCHER)
    body = {"name": "Tableur", "scopes": ["places:read", "places:write"]}
    program = Caller(owner.http, owner.make("/v1/tokens", body)["token"])

    assert told(program.send("POST", "/v1/tokens", body)) == (403, "TUS-1522")


def test_no_token_is_kept_as_it_was_given_out(town: Town) -> None:
    body = {"name": "Tableur", "scopes": ["places:read"]}
    made = town.caller(Role.DISPATCHER).make("/v1/tokens", body)
    path = town.office.database.path
    assert path is not None

    files = b"".join(each.read_bytes() for each in path.parent.glob("tus.db*"))

    assert made["token"].encode() not in files
    assert digest(made["token"]).encode() in files


def test_ten_thousand_altered_tokens_open_nothing(town: Town) -> None:
    token = town.tokens[Role.COORDINATOR]
    letters = f"{ascii_letters}{digits}-_"
    altered = {
        token[:at] + letter + token[at + 1 :] for at in range(len(token)) for letter in letters
    } - {token}

    with town.office.database.read() as session:
        opened = [each for each in altered if kept_accounts.find_session(session, digest(each))]

    assert len(altered) > 2_500
    assert opened == []
