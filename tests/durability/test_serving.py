"""When the server starts, when it does not, and what it does when it cannot write."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random  # noqa: TID251 - seeded
from time import monotonic, sleep
from typing import Any

import pytest

from tests.durability.conftest import Installed
from tests.office import Desk
from tests.serving import Caller, Server
from tus_dispatch.formats.scenario import scenario_data
from tus_dispatch.generate.day import generate
from tus_dispatch.generate.setting import Setting

DAY = date(2030, 3, 12)
# Where the header of a SQLite file counts its free pages.
_FREE_PAGES_AT = 36
_SOLVED_WITHIN_S = 120


@contextmanager
def serving(server: Server) -> Iterator[None]:
    server.start()
    try:
        yield
    finally:
        server.kill()


def book(desk: Desk, caller: Caller, key: str) -> Any:
    return caller.ask("POST", "/v1/bookings", desk.booking(Random(1)), key=key)  # noqa: S311


def test_the_server_listens_on_this_machine_only(installed: Callable[[], Installed]) -> None:
    server, _ = installed()

    with serving(server):
        lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        listening = {line.split()[1] for line in lines if line.split()[3] == "0A"}
        others = Path("/proc/net/tcp6").read_text(encoding="ascii")

    port = f"{server.port:04X}"
    assert {each for each in listening if each.endswith(f":{port}")} == {f"0100007F:{port}"}
    assert f":{port} " not in others


def test_weak_secrets_refuse_the_start(installed: Callable[[], Installed]) -> None:
    server, _ = installed()
    (server.folder / "secrets.toml").write_text('event_key = "changeme"\n', encoding="utf-8")

    ended = server.run("serve", "--port", str(server.port))

    assert (ended.returncode, "TUS-1604" in ended.stderr) == (2, True)
    assert "changeme" not in ended.stderr


def test_a_database_that_others_can_read_refuses_the_start(
    installed: Callable[[], Installed],
) -> None:
    server, _ = installed()
    (server.folder / "tus.db").chmod(0o644)

    ended = server.run("serve", "--port", str(server.port))

    assert (ended.returncode, "TUS-1603" in ended.stderr) == (2, True)


def test_a_second_server_is_refused_and_the_first_goes_on(
    installed: Callable[[], Installed], tmp_path: Path
) -> None:
    server, desk = installed()

    with serving(server), Caller(server.url, desk.token) as caller:
        same_port = server.run("serve", "--port", str(server.port))
        same_file = server.run("serve", "--port", str(Server(tmp_path).port))

        assert (same_port.returncode, "TUS-1609" in same_port.stderr) == (2, True)
        assert (same_file.returncode, "TUS-5010" in same_file.stderr) == (1, True)
        assert book(desk, caller, "after-the-second").status_code == 201


def test_a_worker_is_refused_beside_a_sqlite_file(installed: Callable[[], Installed]) -> None:
    server, _ = installed()

    ended = server.run("worker")

    assert (ended.returncode, "TUS-1606" in ended.stderr) == (2, True)


def test_a_nearly_full_disk_is_read_only_from_the_start(
    installed: Callable[[], Installed],
) -> None:
    server, desk = installed()
    server.environment = {**server.environment, "TUS_MIN_FREE_MB": "99999999"}

    with serving(server), Caller(server.url, desk.token) as caller:
        health = caller.ask("GET", "/health").json()["status"]
        answer = book(desk, caller, "on-a-full-disk")
        day = caller.ask("GET", f"/v1/days/{DAY}")

    assert health == "read-only"
    assert (answer.status_code, answer.json()["code"]) == (503, "TUS-5009")
    assert "disque presque plein" in answer.text
    assert day.status_code == 200


def test_a_database_that_fails_its_check_is_read_and_not_written(
    installed: Callable[[], Installed],
) -> None:
    server, desk = installed()
    with (server.folder / "tus.db").open("r+b") as file:
        file.seek(_FREE_PAGES_AT)
        file.write((5).to_bytes(4))

    with serving(server), Caller(server.url, desk.token) as caller:
        answer = book(desk, caller, "on-a-damaged-file")
        participants = caller.ask("GET", "/v1/participants")

    assert (answer.status_code, answer.json()["code"]) == (503, "TUS-5009")
    assert len(participants.json()["items"]) == 10


def test_a_solve_that_was_cut_off_is_begun_again(installed: Callable[[], Installed]) -> None:
    server, desk = installed()
    scenario = generate("cher_multidepot", seed=2, n_legs=12, n_shifts=2, setting=Setting(DAY))
    with serving(server), Caller(server.url, desk.token) as caller:
        path = f"/v1/days/{DAY}/scenario"
        caller.ask("POST", path, scenario_data(scenario), key="the-day-itself")
        body = {"time_limit_s": 3}
        job = caller.ask("POST", f"/v1/days/{DAY}/plans", body, key="the-first-solve").json()
        status = f"/v1/days/{DAY}/plans/{job['id']}/status"
        wait_for(caller, status, {"solving"})

    with serving(server), Caller(server.url, desk.token) as caller:
        done = wait_for(caller, status, {"completed", "failed"})

    assert (done["state"], done["attempts"]) == ("completed", 2)
    assert done["served"] > 0


def wait_for(caller: Caller, status: str, states: set[str]) -> dict[str, Any]:
    until_s = monotonic() + _SOLVED_WITHIN_S
    while monotonic() < until_s:
        job: dict[str, Any] = caller.ask("GET", status).json()
        if job["state"] in states:
            return job
        sleep(0.05)
    pytest.fail(f"still {job['state']} after {_SOLVED_WITHIN_S} s")


def test_the_log_names_nobody(installed: Callable[[], Installed]) -> None:
    server, desk = installed()

    with serving(server), Caller(server.url, desk.token) as caller:
        body = {"first_name": "Zquicanary", "phone": "06 39 98 00 00"}
        person = caller.ask("POST", "/v1/participants", body, key="zquikey-12345678").json()
        caller.ask("GET", f"/v1/participants/{person['id']}")
        caller.ask("GET", "/v1/participants?limit=zquicanary")
        caller.ask("POST", "/v1/participants", {"zquicanary": "Zquicanary"}, key="zquikey-2345678")

    log = server.log.read_text(encoding="utf-8")
    assert "POST /v1/participants 201" in log
    for secret in ("zquicanary", "Zquicanary", "06 39 98", person["id"], desk.token, "zquikey"):
        assert secret not in log


def test_the_server_backs_up_by_itself(installed: Callable[[], Installed]) -> None:
    server, _ = installed()
    server.environment = {"TUS_BACKUP_EVERY_H": "1"}

    with serving(server):
        until_s = monotonic() + 30
        while not list((server.folder / "backups").glob("tus-*.db")) and monotonic() < until_s:
            sleep(0.1)

    assert server.run("restore", "--check").returncode == 0
