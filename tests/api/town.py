"""An association behind the real application: a database in a file, a clock that stands still."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from tus_dispatch.api.app import create_app
from tus_dispatch.desk import passwords
from tus_dispatch.desk.live.office import Office
from tus_dispatch.desk.live.planning import solve_queued
from tus_dispatch.desk.running.keys import Secrets
from tus_dispatch.desk.tokens import digest, new_token
from tus_dispatch.domain.organisation import (
    Account,
    AccountId,
    Organisation,
    OrganisationId,
    PrescriberId,
    Role,
)
from tus_dispatch.domain.scenario import SchoolZone, Territory
from tus_dispatch.domain.units import DriverId
from tus_dispatch.store import accounts, organisations, resources
from tus_dispatch.store.session import Database

# Wednesday 25 March 2026, 10:00 in Paris; the days used in tests lie just ahead.
NOW_AT = 1774429200
DAY = "2026-03-27"
SECRETS = Secrets(event_key=bytes(range(32)), signing_key=bytes(range(32, 64)))
PRESCRIBER = "Mission locale"


@dataclass(slots=True)
class StandingClock:
    """A clock that tests move by hand."""

    at: int = NOW_AT

    def now_at(self) -> int:
        """Return UTC epoch seconds."""
        return self.at

    def monotonic_s(self) -> float:
        """Return seconds that never go back."""
        return float(self.at)


@dataclass(slots=True)
class Town:
    """The application with one association, and somebody of every role signed in.

    Attributes
    ----------
    app, office, clock
        What is tested.
    organisation
        Whose data the callers see.
    tokens
        By role.
    """

    app: FastAPI
    office: Office
    clock: StandingClock
    organisation: OrganisationId
    tokens: dict[Role, str] = field(default_factory=dict)
    accounts: dict[Role, AccountId] = field(default_factory=dict)

    def sign_in_again(self) -> None:
        """Give everybody a new session, after the clock was moved."""
        for role, account in self.accounts.items():
            with self.office.database.write() as session:
                end_at = self.clock.at + 12 * 3600
                sha256 = digest(token := new_token())
                accounts.open_session(session, self.organisation, account, sha256, end_at)
            self.tokens[role] = token

    def caller(self, role: Role | None) -> "Caller":
        """Return somebody of a role, or somebody who has not signed in."""
        token = None if role is None else self.tokens[role]
        return Caller(TestClient(self.app, base_url="http://127.0.0.1"), token)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls the API."""

    http: TestClient
    token: str | None

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a request with the headers that every request of its kind needs."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if method == "POST":
            sent.setdefault("Idempotency-Key", str(uuid4()))
        return self.http.request(method, path, json=body, headers=sent)

    def get(self, path: str, **headers: str) -> Any:
        """Read."""
        return self.send("GET", path, **headers)

    def make(self, path: str, body: Any) -> dict[str, Any]:
        """Make something that must succeed."""
        answer = self.send("POST", path, body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made


@contextmanager
def quick_hashes() -> Iterator[None]:
    """Hash with the least memory and time: what is tested is who gets in, not how slowly."""
    slow, nobody = passwords._HASHER, passwords._NOBODY
    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    passwords._HASHER, passwords._NOBODY = quick, quick.hash("nobody")
    yield
    passwords._HASHER, passwords._NOBODY = slow, nobody


@contextmanager
def open_town(url: str, folder: Path, *, solves: bool = False) -> Iterator[Town]:
    """Open the application on a fresh database; solves run where they are asked for."""
    clock = StandingClock()
    database = Database.open(url, clock=clock, event_key=SECRETS.event_key, backups=folder)
    (folder / "published").mkdir(exist_ok=True)
    with ThreadPoolExecutor(1) as worker:

        def enqueue(organisation: OrganisationId, job: str) -> None:
            if solves:
                worker.submit(solve_queued, office, organisation, job)

        office = Office(database, clock, folder / "published", folder, enqueue=enqueue)
        try:
            yield make_town(create_app(office, SECRETS), office, clock)
        finally:
            worker.shutdown()
            database.close()


def make_town(app: FastAPI, office: Office, clock: StandingClock, name: str = "Berry") -> Town:
    """Add an association with somebody of every role to an application."""
    territory = Territory(name, school_zone=SchoolZone.B)
    with office.database.write() as session:
        organisation = organisations.create(session, Organisation(f"Mobilité {name}", territory))
    town = Town(app, office, clock, organisation)
    for role in Role:
        add_account(town, role)
    return town


def add_account(town: Town, role: Role, prescriber: str = PRESCRIBER) -> str:
    """Add somebody of a role, signed in; returns the token of the session."""
    driver = None
    with town.office.database.write() as session:
        if role is Role.DRIVER:
            from tus_dispatch.domain.fleet import Driver

            record = resources.DRIVERS.add(
                session, town.organisation, Driver(DriverId(""), "Samir"), actor=None
            )
            driver = DriverId(record.id)
        account = Account(
            login=f"{role.value}.{uuid4().hex[:8]}",
            role=role,
            display_name=f"Une personne {role.value}",
            driver=driver,
            prescriber=PrescriberId(prescriber) if role is Role.PRESCRIBER else None,
            needs_second_factor=role is Role.PRESCRIBER,
        )
        kept = resources.ACCOUNTS.add(session, town.organisation, account, actor=None)
        token = new_token()
        name = AccountId(kept.id)
        end_at = town.clock.at + 12 * 3600
        accounts.open_session(session, town.organisation, name, digest(token), end_at)
    town.tokens[role], town.accounts[role] = token, name
    return token
