"""While nothing can be written, everything can still be read and printed."""

from collections.abc import Iterator
from time import sleep

import pytest

from tests.api.story import Day
from tests.api.town import DAY, Caller, Town, open_town
from tus_dispatch.domain.organisation import Role

REASON = "disque presque plein"


class Published:
    """A published day of a database that then became read-only."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.office = town.caller(Role.COORDINATOR)
        self.day = Day(self.office)
        self.booking = self.office.make("/v1/bookings", self.day.booking())["id"]
        self.plan = self._published()

    def _published(self) -> str:
        answer = self.office.send("POST", f"/v1/days/{DAY}/plans", {"time_limit_s": 1})
        path = f"/v1/days/{DAY}/plans/{answer.json()['id']}"
        while self.office.get(f"{path}/status").json()["state"] in {"queued", "solving"}:
            sleep(0.05)
        etag = self.office.get(f"/v1/days/{DAY}").headers["ETag"]
        published = self.office.send("POST", f"{path}/publish", If_Match=etag)
        assert published.status_code == 200, published.text
        return str(answer.json()["id"])


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """A day on paper, and nothing written any more."""
    folder = tmp_path_factory.mktemp("read-only")
    with open_town(f"sqlite:///{folder}/tus.db", folder, solves=True) as town:
        found = Published(town)
        town.office.database.read_only(REASON)
        yield found
        town.office.database.writable()


def test_health_says_that_nothing_can_be_written(published: Published) -> None:
    answer = published.office.get("/health")

    assert (answer.status_code, answer.json()["status"]) == (200, "read-only")


@pytest.mark.parametrize("kind", ["json", "html", "pdf", "ics", "gpx", "geojson"])
def test_every_sheet_can_still_be_printed(kind: str, published: Published) -> None:
    path = f"/v1/days/{DAY}/itineraries/{published.day.shift}?format={kind}"

    answer = published.office.get(path)

    assert answer.status_code == 200, answer.text
    assert len(answer.content) > 300


@pytest.mark.parametrize(
    "path",
    [
        "/v1/places",
        "/v1/participants",
        "/v1/participants/{person}",
        "/v1/participants/{person}/export",
        "/v1/bookings",
        "/v1/bookings/{booking}",
        "/v1/vehicles",
        "/v1/drivers",
        "/v1/shifts",
        "/v1/standing-bookings",
        "/v1/days/{day}",
        "/v1/days/{day}/scenario",
        "/v1/days/{day}/plans/{plan}",
        "/v1/days/{day}/plans/{plan}/status",
        "/v1/days/{day}/itineraries",
        "/v1/days/{day}/driver-events",
        "/v1/organisation",
        "/v1/sessions/current",
        "/openapi.json",
    ],
)
def test_everything_can_still_be_read(path: str, published: Published) -> None:
    full = path.format(
        person=published.day.awa, booking=published.booking, day=DAY, plan=published.plan
    )

    answer = published.office.get(full)

    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/places", {"name": "Mairie", "lat": 47.1, "lon": 2.4}),
        ("POST", "/v1/participants", {"first_name": "Zoé"}),
        ("PATCH", "/v1/participants/{person}", {"note": "Sonner."}),
        ("DELETE", "/v1/places/{place}", None),
        ("POST", "/v1/bookings/{booking}/cancel", {}),
        ("POST", "/v1/days/{day}/plans", {"time_limit_s": 1}),
        ("POST", "/v1/participants/{person}/erase", {}),
        ("DELETE", "/v1/sessions/current", None),
    ],
)
def test_every_write_answers_503_and_says_why(
    method: str, path: str, body: object, published: Published
) -> None:
    office = published.office
    day = published.day
    names = {"person": day.awa, "booking": published.booking, "place": day.town, "day": DAY}
    full = path.format(**names)

    answer = office.send(method, full, body, If_Match='"1"')

    assert answer.status_code == 503, answer.text
    assert answer.json()["code"] == "TUS-5009"
    assert REASON in answer.text


def test_a_direct_request_answers_503_and_leaves_nothing(published: Published) -> None:
    count = published.office.get(f"/v1/days/{DAY}").json()["bookings"]

    answer = published.office.send("POST", "/v1/bookings", published.day.booking())

    assert (answer.status_code, answer.json()["code"]) == (503, "TUS-5009")
    assert published.office.get(f"/v1/days/{DAY}").json()["bookings"] == count


def test_somebody_signed_in_stays_signed_in(published: Published) -> None:
    caller: Caller = published.town.caller(Role.DISPATCHER)
    published.town.clock.at += 1800

    assert caller.get(f"/v1/days/{DAY}").status_code == 200
