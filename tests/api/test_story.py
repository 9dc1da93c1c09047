"""The whole story by HTTP alone, on both databases: from an empty association to a new plan."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import gpxpy
import pytest
from icalendar import Calendar

from tests.api.town import Caller, Town, open_town
from tests.postgres_server import KINDS, running_server
from tus_dispatch.domain.organisation import Role

_DEMO = Path("scenarios/cher_multidepot.json")
_LONGEST_S = 90.0


@pytest.fixture(scope="module", params=KINDS)
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """An association on SQLite, then on PostgreSQL, that solves as the server does."""
    folder = tmp_path_factory.mktemp("story")
    if request.param == "sqlite":
        with open_town(f"sqlite:///{folder}/tus.db", folder, solves=True) as opened:
            yield opened
        return
    with (
        running_server() as server,
        open_town(server.new_database(), folder, solves=True) as opened,
    ):
        yield opened


class Story:
    """One after the other, as people would do it."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.scenario: dict[str, Any] = json.loads(_DEMO.read_text(encoding="utf-8"))
        self.date = str(self.scenario["service_date"])
        self.day = f"/v1/days/{self.date}"

    @property
    def lead(self) -> Caller:
        """A coordinator."""
        return self.town.caller(Role.COORDINATOR)

    @property
    def office(self) -> Caller:
        """A dispatcher."""
        return self.town.caller(Role.DISPATCHER)

    def import_demo(self) -> None:
        """Take over the demo day."""
        self.names = self.lead.make(f"{self.day}/scenario", self.scenario)
        assert len(self.names["bookings"]) == len(self.scenario["bookings"])

    def plan(self) -> str:
        """Solve the day and follow the progress, once by looking and once as a stream."""
        answer = self.office.send("POST", f"{self.day}/plans", {"time_limit_s": 3, "seed": 1})
        assert answer.status_code == 202, answer.text
        path = answer.headers["location"]
        job = self._until_over(path)
        assert (job["state"], job["failure"]) == ("completed", None)
        assert job["served"] > 0
        assert job["cost"] > 0
        assert self._streamed(path)[-1] == job
        return str(job["id"])

    def _until_over(self, path: str) -> dict[str, Any]:
        deadline_s = monotonic() + _LONGEST_S
        seen = {"queued"}
        while monotonic() < deadline_s:
            job: dict[str, Any] = self.office.get(f"{path}/status").json()
            seen.add(job["state"])
            if job["state"] not in {"queued", "solving"}:
                assert job["elapsed_s"] >= 0
                return job
            sleep(0.2)
        raise AssertionError(f"not over after {_LONGEST_S} s: {seen}")

    def _streamed(self, path: str) -> list[dict[str, Any]]:
        answer = self.office.get(f"{path}/status", Accept="text/event-stream")
        assert answer.headers["content-type"].startswith("text/event-stream")
        return [
            json.loads(line.removeprefix("data: "))
            for line in answer.text.splitlines()
            if line.startswith("data: ")
        ]

    def publish(self, plan: str) -> dict[str, Any]:
        """Publish; the day must be the one that was looked at."""
        path = f"{self.day}/plans/{plan}/publish"
        stale = self.office.send("POST", path, If_Match='"0"')
        assert (stale.status_code, stale.json()["code"]) == (412, "TUS-5001")
        assert stale.json()["current"]["revision"] > 0
        answer = self.office.send("POST", path, If_Match=self.office.get(self.day).headers["etag"])
        assert answer.status_code == 200, answer.text
        published: dict[str, Any] = answer.json()
        return published

    def quote_and_book(self) -> dict[str, Any]:
        """Ask for one more trip like one that is there, and take the first offer."""
        page = self.office.get(f"/v1/bookings?service_date={self.date}&limit=200").json()
        for asked in page["items"]:
            body = {
                key: asked[key]
                for key in ("service_date", "participant", "outward", "return", "purpose")
            }
            answer = self.office.send("POST", "/v1/quotes", body)
            assert answer.status_code == 200, answer.text
            if "offers" in answer.json():
                offer = answer.json()["offers"][0]
                return self.office.make("/v1/bookings", {"offer": offer["id"]})
        raise AssertionError("nobody more fits into the day")

    def itineraries(self) -> dict[str, Any]:
        """Fetch a driver's itinerary in every format."""
        sheets = self.office.get(f"{self.day}/itineraries").json()["items"]
        sheet: dict[str, Any] = next(each for each in sheets if each["driver"])
        path = f"{self.day}/itineraries/{sheet['shift']}"
        assert self.office.get(path).json() == sheet
        assert "<!doctype html>" in self.office.get(path, Accept="text/html").text
        assert self.office.get(f"{path}?format=pdf").content.startswith(b"%PDF")
        events = Calendar.from_ical(self.office.get(f"{path}?format=ics").content).walk("VEVENT")
        assert len(events) == len(sheet["lines"])
        assert len(gpxpy.parse(self.office.get(f"{path}?format=gpx").text).routes) == 1
        assert self.office.get(f"{path}?format=geojson").json()["type"] == "FeatureCollection"
        archive = ZipFile(BytesIO(self.office.get(f"{self.day}/itineraries?format=pdf").content))
        assert len(archive.namelist()) == len(sheets)
        return sheet

    def drive(self, sheet: dict[str, Any]) -> None:
        """Send a driver's taps by the phone behind a link: late, twice, out of order."""
        phone = self._phone(sheet["shift"])
        first = next(each for each in sheet["lines"] if each["kind"] == "pickup")
        leg = first["stop_id"].removesuffix("/pickup")
        taps = [
            {
                "id": str(uuid4()),
                "shift": sheet["shift"],
                "kind": kind,
                "leg": None if kind == "left" else leg,
                "device_at": first["at"],
            }
            for kind in ("dropped", "aboard", "arrived", "left")
        ]
        path = f"{self.day}/driver-events"
        one = phone.send("POST", path, {"events": taps[:2]})
        two = phone.send("POST", path, {"events": taps})
        assert one.status_code == two.status_code == 200, one.text
        assert one.json() == {"accepted": [each["id"] for each in taps[:2]], "repeated": []}
        assert two.json()["repeated"] == [each["id"] for each in taps[:2]]
        assert len(phone.get(path).json()["items"]) == 4
        booking, _, direction = leg.rpartition(":")
        states = self.office.get(f"/v1/bookings/{booking}").json()["legs"]
        done = next(each for each in states if each["direction"] == direction)
        assert (done["status"], done["result"]) == ("done", "COMP")

    def _phone(self, shift: str) -> Caller:
        made = self.office.make("/v1/driver-links", {"service_date": self.date, "shift": shift})
        self.town.clock.at = self._morning(shift)
        self.town.sign_in_again()
        answer = self.office.http.post(
            "/v1/driver-links/exchange",
            json={
                "token": made["path"].removeprefix("/d#t="),
                "pin": made["pin"],
                "bearer": True,
            },
        )
        assert answer.status_code == 201, answer.text
        phone = Caller(self.office.http, answer.json()["token"])
        own = phone.get(f"{self.day}/itineraries").json()["items"]
        assert [each["shift"] for each in own] == [shift]
        return phone

    def _morning(self, shift: str) -> int:
        made = self.office.get("/v1/driver-links?service_date=" + self.date).json()["items"]
        until = next(each["valid_until"] for each in made if each["shift"] == shift)
        return int(datetime.fromisoformat(until).timestamp()) - 3 * 3600

    def cancel(self, booking: dict[str, Any]) -> None:
        """Cancel a whole booking."""
        path = f"/v1/bookings/{booking['id']}"
        version = self.office.get(path).headers["etag"]
        answer = self.office.send("POST", f"{path}/cancel", {}, If_Match=version)
        assert answer.status_code == 200, answer.text
        assert {each["status"] for each in answer.json()["legs"]} == {"cancelled_by_user"}


def test_the_whole_story_by_http_alone(town: Town) -> None:
    story = Story(town)
    story.town.clock.at = story_eve(story)
    town.sign_in_again()

    story.import_demo()
    first = story.plan()
    assert story.publish(first)["moved"] == []
    booking = story.quote_and_book()
    assert {each["status"] for each in booking["legs"]} == {"booked"}
    second = story.office.get(story.day).json()["plan"]["id"]
    story.publish(second)
    sheet = story.itineraries()
    story.drive(sheet)
    story.town.clock.at = story_eve(story)
    town.sign_in_again()
    story.cancel(booking)
    third = story.plan()
    story.publish(third)
    day = story.office.get(story.day).json()
    assert day["current"] == day["published"]
    assert {each["origin"] for each in day["versions"]} == {"solve", "booking", "cancellation"}


def story_eve(story: Story) -> int:
    """Return noon of the day before."""
    day = datetime.fromisoformat(story.date).replace(tzinfo=UTC)
    return int(day.timestamp()) - 12 * 3600
