"""One association on a database in a file, for every test of the API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.town import Town, open_town, quick_hashes


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """Hash with the least memory and time: what is tested is who gets in, not how slowly."""
    with quick_hashes():
        yield


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """The application with one association."""
    with open_town(f"sqlite:///{tmp_path}/tus.db", tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The same, kept for all tests of a file, which must not depend on what it holds."""
    folder = tmp_path_factory.mktemp("town")
    with open_town(f"sqlite:///{folder}/tus.db", folder) as opened:
        yield opened


# A program for people to run; test_whole_story.py runs it as they would.
collect_ignore = ["whole_story.py"]
