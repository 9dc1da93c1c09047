"""How quickly the server answers a hundred people: ``python -m benchmarks.load [seconds]``.

The real server in a process of its own, on SQLite as shipped, on this machine. Ten made-up
days are imported by HTTP and the first of them is planned. Then a hundred people work side by
side, each thinking 5 to 15 seconds between two requests: 30 % ask for a booking, 70 % look
at a day. Three phases of the same length: people alone; with two quotes a second beside
them; with a solve of that day running as well.

Quotes come by the clock, whether the server keeps up or not, and are timed from the moment
they were due. People wait for their answer before they think again.
"""

import asyncio
import json
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random  # noqa: TID251 - seeded
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx

from benchmarks.load_page import PAGE, Row, Run, page_text
from tests.office import made_installation
from tests.serving import Caller, Server
from tus_dispatch.formats.scenario import scenario_data
from tus_dispatch.generate.day import generate
from tus_dispatch.generate.setting import Setting

N_USERS, SEED = 100, 20260310
THINK_S = (5.0, 15.0)
WRITING = 0.3
QUOTES_PER_S = 2.0
N_LEGS, N_SHIFTS, N_DAYS = 60, 8, 10
PHASE_S = 90.0
FIRST_DAY = date(2030, 3, 11)
PLANNING_S = 10.0


@dataclass(slots=True)
class Clock:
    """Milliseconds by kind of request, and what was no answer."""

    ms: dict[str, list[float]] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)

    def note(self, kind: str, since_s: float, answer: httpx.Response | Exception) -> None:
        """Note one request, timed from the moment it was due."""
        self.ms.setdefault(kind, []).append(1000 * (perf_counter() - since_s))
        if isinstance(answer, Exception):
            self.errors.setdefault(kind, []).append(type(answer).__name__)
        elif answer.status_code >= 400:
            self.errors.setdefault(kind, []).append(f"{answer.status_code} {answer.text[:200]}")


@dataclass(frozen=True, slots=True)
class Bench:
    """What everybody works with.

    Attributes
    ----------
    client
        Connections to the server.
    headers
        Of somebody signed in.
    days
        Days that are looked at and booked on; the first is planned.
    bookings
        Bodies of bookings to be drawn from, by day.
    """

    client: httpx.AsyncClient
    headers: dict[str, str]
    days: Sequence[date]
    bookings: dict[date, list[dict[str, Any]]]

    async def ask(
        self, clock: Clock, kind: str, since_s: float, path: str, body: object = None
    ) -> None:
        """Send one request and note how long it took."""
        headers = {**self.headers, "Content-Type": "application/json"}
        if body is not None:
            headers["Idempotency-Key"] = str(uuid4())
        answer: httpx.Response | Exception
        try:
            answer = await self.client.request(
                "GET" if body is None else "POST",
                path,
                content=None if body is None else json.dumps(body),
                headers=headers,
            )
        except httpx.HTTPError as error:
            answer = error
        clock.note(kind, since_s, answer)


async def user(bench: Bench, clock: Clock, dice: Random, until_s: float) -> None:
    """Think, ask, wait for the answer, and think again."""
    await asyncio.sleep(dice.uniform(0, THINK_S[1]))
    while perf_counter() < until_s:
        day = dice.choice(bench.days)
        if dice.random() < WRITING:
            body = dice.choice(bench.bookings[day])
            await bench.ask(clock, "write", perf_counter(), "/v1/bookings", body)
        else:
            await bench.ask(clock, "read", perf_counter(), f"/v1/days/{day}")
        await asyncio.sleep(min(dice.uniform(*THINK_S), max(0.0, until_s - perf_counter())))


async def quotes(bench: Bench, clock: Clock, dice: Random, until_s: float) -> None:
    """Ask where a booking fits, so often a second, whether answers come or not."""
    asked = []
    due_s = perf_counter()
    while due_s < until_s:
        await asyncio.sleep(max(0.0, due_s - perf_counter()))
        body = dice.choice(bench.bookings[bench.days[0]])
        asked.append(asyncio.create_task(bench.ask(clock, "quote", due_s, "/v1/quotes", body)))
        due_s += 1 / QUOTES_PER_S
    await asyncio.gather(*asked)


async def phase(bench: Bench, seconds: float, *, quoting: bool, dice: Random) -> Clock:
    """Let everybody work for so long."""
    clock, until_s = Clock(), perf_counter() + seconds
    work = [user(bench, clock, Random(dice.getrandbits(64)), until_s) for _ in range(N_USERS)]  # noqa: S311
    if quoting:
        work.append(quotes(bench, clock, dice, until_s))
    await asyncio.gather(*work)
    return clock


def prepared(server: Server, token: str) -> dict[date, list[dict[str, Any]]]:
    """Import made-up days, plan the first one, and return bookings to ask for again."""
    caller, bookings = Caller(server.url, token), {}
    for number in range(N_DAYS):
        day = FIRST_DAY + timedelta(number)
        scenario = generate(
            "cher_multidepot",
            seed=number,
            n_legs=N_LEGS,
            n_shifts=N_SHIFTS,
            setting=Setting(day),
        )
        path = f"/v1/days/{day}/scenario"
        answer = caller.ask("POST", path, scenario_data(scenario), key=str(uuid4()), timeout=120)
        answer.raise_for_status()
        page = caller.ask("GET", f"/v1/bookings?service_date={day}&limit=100").raise_for_status()
        bookings[day] = [asked_again(each) for each in page.json()["items"]]
    plan(caller, FIRST_DAY, PLANNING_S, wait=True)
    return bookings


def asked_again(booking: dict[str, Any]) -> dict[str, Any]:
    """Return the body that would ask for a booking once more."""
    asked = ("service_date", "participant", "outward", "return", "party_size", "purpose")
    return {name: booking[name] for name in asked if booking[name] is not None}


def plan(caller: Caller, day: date, seconds: float, *, wait: bool) -> None:
    """Start a solve, and wait for it if asked to."""
    body = {"time_limit_s": int(seconds)}
    answer = caller.ask("POST", f"/v1/days/{day}/plans", body, key=str(uuid4()))
    job = answer.raise_for_status().json()["id"]
    while wait:
        status = caller.ask("GET", f"/v1/days/{day}/plans/{job}/status").json()
        if status["state"] in {"completed", "failed", "stopped"}:
            break


async def measured(server: Server, token: str, seconds: float) -> list[Row]:
    """Measure the three phases."""
    caller, bookings = Caller(server.url, token), prepared(server, token)
    limits = httpx.Limits(max_connections=N_USERS + 50, max_keepalive_connections=N_USERS + 50)
    async with httpx.AsyncClient(base_url=server.url, timeout=30, limits=limits) as client:
        headers = {"Authorization": f"Bearer {token}"}
        bench = Bench(client, headers, list(bookings), bookings)
        dice, rows = Random(SEED), []  # noqa: S311 - no secret
        phases: list[tuple[str, bool, Callable[[], None]]] = [
            ("people", False, lambda: None),
            ("people and quotes", True, lambda: None),
            (
                "people, quotes and a solve",
                True,
                lambda: plan(caller, FIRST_DAY, seconds, wait=False),
            ),
        ]
        for name, quoting, begin in phases:
            begin()
            clock = await phase(bench, seconds, quoting=quoting, dice=dice)
            rows += [
                Row.of(name, kind, clock.ms[kind], clock.errors.get(kind, []))
                for kind in ("write", "read", "quote")
                if kind in clock.ms
            ]
            print(name, {kind: len(ms) for kind, ms in clock.ms.items()}, flush=True)
    return rows


def main() -> int:
    """Measure, write the page, and fail where a target is missed."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else PHASE_S
    with tempfile.TemporaryDirectory() as folder:
        server, desk = made_installation(Path(folder), TUS_BACKUP_EVERY_H="0")
        server.start()
        try:
            rows = asyncio.run(measured(server, desk.token, seconds))
        finally:
            server.stop()
    run = Run(
        tuple(rows), seconds, N_USERS, f"Python {platform.python_version()}", sqlite3.sqlite_version
    )
    text = page_text(run)
    print(text)
    for row in rows:
        if row.example:
            print(f"{row.phase}, {row.kind}: {row.example}")
    if "--no-page" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
    return 0 if all(row.is_met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
