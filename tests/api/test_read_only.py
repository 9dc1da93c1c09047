"""While nothing can be written, everything can still be read and printed."""

from collections.abc import Iterator

import pytest

from tests.api.story import Day
from tests.api.town import DAY, Caller, Town, open_town
from tus_dispatch.domain.organisation import Role

REASON = "disque presque plein"
_SOLVED = {"completed", "failed", "stopped"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, Day, str]]:
    """A published day, and then no writing any more."""
    folder = tmp_path_factory.mktemp("read-only")
    with open_town(f"sqlite:///{folder}/tus.db", folder, solves=True) as opened:
        office = opened.caller(Role.COORDINATOR)
        day = Day(office)
        booking = office.make("/v1/bookings", day.booking())
        plan = _published(office)
        opened.office.database.read_only(REASON)
        yield opened, day, f"{booking['id']} {plan}"


def _published(office: Caller) -> str:
    answer = office.send("POST", f"/v1/days/{DAY}/plans", {"time_limit_s": 1})
    path = f"/v1/days/{DAY}/plans/{answer.json()['id']}"
    while office.get(f"{path}/status").json()["state"] not in _SOLVED:
        pass
    etag = office.get(f"/v1/days/{DAY}").headers["ETag"]
    published = office.send("POST", f"{path}/publish", If_Match=etag)
    assert published.status_code == 200, published.text
    return str(answer.json()["id"])
