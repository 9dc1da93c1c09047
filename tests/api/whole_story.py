"""A day from bookings to itineraries by HTTP alone: whole_story.py URL LOGIN PASSWORD DAY.json."""

import json
import sys
from pathlib import Path
from time import sleep
from typing import Any
from uuid import uuid4

import httpx

url, login, password, file = sys.argv[1:]
http = httpx.Client(base_url=url, timeout=60)


def ask(method: str, path: str, body: object = None, version: str | None = None) -> httpx.Response:
    headers = {"Idempotency-Key": str(uuid4())} if method == "POST" else {}
    if version is not None:
        headers = {"If-Match": version}
    answer = http.request(method, path, json=body, headers=headers)
    if answer.is_error:
        sys.exit(f"{method} {path}: {answer.text}")
    return answer


def sign_in(name: str, word: str) -> None:
    body = {"login": name, "password": word, "bearer": True}
    http.headers["Authorization"] = f"Bearer {ask('POST', '/v1/sessions', body).json()['token']}"


def plan() -> str:
    solve = ask("POST", f"/v1/days/{day}/plans", {"time_limit_s": 5}).json()
    status = f"/v1/days/{day}/plans/{solve['id']}/status"
    while solve["state"] in {"queued", "solving"}:
        sleep(0.5)
        solve = ask("GET", status).json()
        print(solve["state"], solve["served"], "of", solve["requests"])
    return str(solve["id"])


def publish(plan: str) -> list[Any]:
    now = ask("GET", f"/v1/days/{day}")
    path = f"/v1/days/{day}/plans/{plan}/publish"
    return list(ask("POST", path, version=now.headers["ETag"]).json()["moved"])


# Initialise: the first account makes a coordinator, who works from here on.
sign_in(login, password)
account = {"login": "lea", "role": "coordinator", "display_name": "Léa"}
sign_in("lea", ask("POST", "/v1/accounts", account).json()["password"])

# Import the demo day, all but one of its bookings.
scenario = json.loads(Path(file).read_text(encoding="utf-8"))
day = scenario["service_date"]
late = scenario["bookings"].pop()
imported = ask("POST", f"/v1/days/{day}/scenario", scenario).json()
print(len(imported["bookings"]), "bookings")

# Plan, follow progress, publish.
print(len(publish(plan())), "people move")

# Somebody calls: quote, and make the promise.
way = {name: imported["places"][late["outward"][name]] for name in ("origin", "destination")}
hours = {"earliest": f"{day}T08:00:00+01:00", "latest": f"{day}T17:00:00+01:00"}
person = imported["participants"][late["participant"]]
call = {"service_date": day, "participant": person, "outward": {**way, "pickup_window": hours}}
offers = ask("POST", "/v1/quotes", call).json()["offers"]
booking = ask("POST", "/v1/bookings", {"offer": offers[0]["id"]})
print("promised", booking.json()["id"])

# A driver's itinerary in every format, and what the driver reports.
sheets = ask("GET", f"/v1/days/{day}/itineraries").json()["items"]
shift = sheets[0]["shift"]
for kind in ("json", "html", "pdf", "ics", "gpx", "geojson"):
    print(kind, len(ask("GET", f"/v1/days/{day}/itineraries/{shift}?format={kind}").content))
events = [
    {"id": str(uuid4()), "shift": shift, "kind": kind, "leg": leg, "device_at": line["at"]}
    for line in sheets[0]["lines"]
    if line["kind"] in {"pickup", "dropoff"}
    for leg, _, _ in [line["stop_id"].partition("/")]
    for kind in (["arrived", "aboard"] if line["kind"] == "pickup" else ["dropped"])
]
taken = ask("POST", f"/v1/days/{day}/driver-events", {"events": events}).json()
print(len(taken["accepted"]), "events")

# The caller cancels; the day is planned again and published.
path = f"/v1/bookings/{booking.json()['id']}"
ask("POST", f"{path}/cancel", {}, version=ask("GET", path).headers["ETag"])
print(len(publish(plan())), "people move")
