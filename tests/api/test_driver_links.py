"""A driver's link: one round, one day, one phone, and a PIN."""

from typing import Any

import pytest

from tests.api.samples import a_shift
from tests.api.town import DAY, Caller, Town
from tus_dispatch.domain.organisation import Role

# The shift of the samples lies from 07:00 to 13:00 in Paris.
SIGN_ON_AT, SIGN_OFF_AT = 1774591200, 1774612800


@pytest.fixture
def shift(town: Town) -> str:
    """A shift of the day."""
    return str(
        town.caller(Role.COORDINATOR).make("/v1/shifts", a_shift(town.caller(Role.COORDINATOR)))[
            "id"
        ]
    )


def link(town: Town, shift: str) -> dict[str, Any]:
    """Make a link to a shift."""
    return town.caller(Role.DISPATCHER).make(
        "/v1/driver-links", {"service_date": DAY, "shift": shift}
    )


def opened(town: Town, made: dict[str, Any], pin: str | None = None) -> Any:
    """Open a link as a phone does that keeps the session itself."""
    token = made["path"].removeprefix("/d#t=")
    body = {"token": token, "pin": pin or made["pin"], "bearer": True}
    return town.caller(None).send("POST", "/v1/driver-links/exchange", body)


def test_the_token_stands_behind_the_hash_so_that_no_server_log_sees_it(
    town: Town, shift: str
) -> None:
    made = link(town, shift)

    assert made["path"].startswith("/d#t=")
    assert len(made["path"].removeprefix("/d#t=")) == 43  # 256 bits in base64
    assert made["pin"].isdigit()


def test_link_and_pin_open_the_one_shift_of_the_one_day_once(town: Town, shift: str) -> None:
    made = link(town, shift)
    town.clock.at = SIGN_ON_AT

    first, second = opened(town, made), opened(town, made)

    assert first.status_code == 201, first.text
    assert (first.json()["shift"], first.json()["service_date"]) == (shift, DAY)
    assert (second.status_code, second.json()["code"]) == (401, "TUS-1527")


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (SIGN_ON_AT - 12 * 3600 - 1, 401),
        (SIGN_ON_AT - 12 * 3600, 201),
        (SIGN_OFF_AT + 2 * 3600 - 1, 201),
        (SIGN_OFF_AT + 2 * 3600, 401),
    ],
)
def test_a_link_opens_from_twelve_hours_before_to_two_hours_after(
    town: Town, shift: str, at: int, status: int
) -> None:
    made = link(town, shift)
    town.clock.at = at

    assert opened(town, made).status_code == status


def test_the_session_of_a_link_ends_two_hours_after_the_shift(town: Town, shift: str) -> None:
    made = link(town, shift)
    town.clock.at = SIGN_ON_AT
    phone = Caller(town.caller(None).http, opened(town, made).json()["token"])
    town.clock.at = SIGN_OFF_AT + 2 * 3600 - 1
    assert phone.get("/v1/sessions/current").status_code == 200

    town.clock.at += 1

    assert phone.get("/v1/sessions/current").status_code == 401


def test_a_fifth_wrong_pin_revokes_the_link(town: Town, shift: str) -> None:
    made = link(town, shift)
    town.clock.at = SIGN_ON_AT
    wrong = "000000" if made["pin"] != "000000" else "111111"

    answers = [opened(town, made, wrong).status_code for _ in range(5)]

    assert answers == [401] * 5
    assert opened(town, made).status_code == 401
    listed = town.caller(Role.DISPATCHER)
    town.clock.at = 1774429200
    kept = listed.get(f"/v1/driver-links?service_date={DAY}").json()["items"]
    assert [(each["is_revoked"], each["wrong_pins"]) for each in kept] == [(True, 5)]


def test_four_wrong_pins_leave_the_link_usable(town: Town, shift: str) -> None:
    made = link(town, shift)
    town.clock.at = SIGN_ON_AT
    wrong = "000000" if made["pin"] != "000000" else "111111"
    for _ in range(4):
        opened(town, made, wrong)

    assert opened(town, made).status_code == 201


def test_a_link_that_is_sent_again_revokes_the_former_and_its_session(
    town: Town, shift: str
) -> None:
    former = link(town, shift)
    office = town.caller(Role.DISPATCHER)
    town.clock.at = SIGN_ON_AT
    phone = Caller(town.caller(None).http, opened(town, former).json()["token"])
    town.clock.at = 1774429200
    again = office.make("/v1/driver-links", {"service_date": DAY, "shift": shift})
    town.clock.at = SIGN_ON_AT

    assert phone.get("/v1/sessions/current").status_code == 401
    assert opened(town, former).status_code == 401
    assert opened(town, again).status_code == 201


def test_a_revoked_link_ends_the_session_at_once(town: Town, shift: str) -> None:
    made = link(town, shift)
    office = town.caller(Role.DISPATCHER)
    town.clock.at = SIGN_ON_AT - 11 * 3600
    phone = Caller(town.caller(None).http, opened(town, made).json()["token"])
    town.clock.at = 1774429200

    office.send("DELETE", f"/v1/driver-links/{made['id']}")

    town.clock.at = SIGN_ON_AT - 11 * 3600
    assert phone.get("/v1/sessions/current").status_code == 401


def test_reading_the_address_of_a_link_uses_nothing_up(town: Town, shift: str) -> None:
    made = link(town, shift)
    town.clock.at = SIGN_ON_AT
    scanner = town.caller(None).http
    for method in ("GET", "HEAD"):
        for path in ("/d", "/v1/driver-links/exchange"):
            assert scanner.request(method, path).status_code in {404, 405}

    assert opened(town, made).status_code == 201


def test_a_shift_that_is_not_there_or_has_no_driver_gets_no_link(town: Town) -> None:
    caller = town.caller(Role.COORDINATOR)
    open_shift = caller.make("/v1/shifts", a_shift(caller) | {"driver": None})["id"]

    answers = [
        caller.send("POST", "/v1/driver-links", {"service_date": DAY, "shift": each})
        for each in (open_shift, "shf_" + "a" * 26)
    ]

    assert [each.status_code for each in answers] == [404, 404]


def test_a_repeated_request_for_a_link_shows_the_same_link(town: Town, shift: str) -> None:
    office, body = town.caller(Role.DISPATCHER), {"service_date": DAY, "shift": shift}

    first, second = (
        office.send("POST", "/v1/driver-links", body, Idempotency_Key="k" * 20) for _ in range(2)
    )

    assert first.json() == second.json()
    town.clock.at = SIGN_ON_AT
    assert opened(town, second.json()).status_code == 201


def test_neither_token_nor_pin_is_kept(town: Town, shift: str) -> None:
    made = link(town, shift)
    path = town.office.database.path
    assert path is not None

    files = b"".join(each.read_bytes() for each in path.parent.glob("tus.db*"))

    assert made["path"].removeprefix("/d#t=").encode() not in files
    assert made["pin"].encode() not in files
