"""Databases of both kinds for the tests of the store."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.kept import World, make_world, opened, sqlite_url
from tests.postgres_server import KINDS, Server, running_server
from tus_dispatch.store.session import Database


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, started once."""
    with running_server() as running:
        yield running


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database, of either kind."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path)
    server: Server = request.getfixturevalue("server")
    return server.new_database()


@pytest.fixture(scope="session")
def migrated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, Path], str]:
    """Make databases that have their tables already, which is quicker than making them."""

    @cache
    def template(kind: str) -> str:
        if kind == "sqlite":
            url = sqlite_url(tmp_path_factory.mktemp("template"))
        else:
            url = request.getfixturevalue("server").new_database()
        with opened(url):
            return url

    def copy(kind: str, folder: Path) -> str:
        if kind == "sqlite":
            shutil.copy(template(kind).removeprefix("sqlite:///"), folder / "tus.db")
            return sqlite_url(folder)
        server: Server = request.getfixturevalue("server")
        return server.new_database(template(kind))

    return copy


@pytest.fixture(params=KINDS)
def database(
    request: pytest.FixtureRequest, tmp_path: Path, migrated: Callable[[str, Path], str]
) -> Iterator[Database]:
    """A database with its tables, of either kind."""
    with opened(migrated(request.param, tmp_path)) as found:
        yield found


@pytest.fixture
def world(database: Database) -> World:
    """An association in it."""
    with database.write() as session:
        return make_world(session)
