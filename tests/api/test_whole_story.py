"""The whole story by HTTP alone passes on both databases, and is the one in the README."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.postgres_server import KINDS, running_server
from tests.serving import Server
from tus_dispatch.formats.scenario import dump_scenario
from tus_dispatch.generate.day import generate
from tus_dispatch.generate.setting import Setting

STORY = Path(__file__).with_name("whole_story.py")
README = Path(__file__).parents[2] / "README.md"
PASSWORD = "quatre chaises vertes"  # noqa: S105 - of a test
DAY = date(2030, 3, 12)


@pytest.fixture(params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A server on an empty database of either kind."""
    if request.param == "sqlite":
        yield from _serving(Server(tmp_path / "tus"))
        return
    with running_server() as postgres:
        environment = {"TUS_DATABASE_URL": postgres.new_database()}
        yield from _serving(Server(tmp_path / "tus", environment=environment))


def _serving(server: Server) -> Iterator[Server]:
    words = ("init", "--name", "TUS d’essai", "--login", "admin", "--password-stdin")
    made = server.run(*words, stdin=f"{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    server.start()
    yield server
    server.kill()


def test_a_day_goes_from_bookings_to_itineraries_and_paper(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "day.json"
    day = generate("cher_multidepot", seed=2, n_legs=24, n_shifts=4, setting=Setting(DAY))
    file.write_text(dump_scenario(day), encoding="utf-8")

    told = subprocess.run(
        [sys.executable, STORY, server.url, "admin", PASSWORD, file],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert told.returncode == 0, told.stdout + told.stderr + server.log.read_text(encoding="utf-8")
    assert f"{len(day.bookings) - 1} bookings" in told.stdout
    for word in ("completed", "promised bkg_", "pdf ", "geojson ", " events", "people move"):
        assert word in told.stdout
    (folder,) = (server.folder / "published").glob(f"*/{DAY}")
    names = {path.name for path in folder.iterdir()}
    assert {"day-board.html", "phone-list.html", "phone-list.csv", "plan.json"} <= names
    sheets = {path.suffix for path in (folder / "sheets").iterdir()}
    assert sheets == {".html", ".pdf", ".ics", ".gpx"}


def test_the_story_in_the_readme_is_the_one_that_runs() -> None:
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)

    assert STORY.read_text(encoding="utf-8") in blocks
