"""Databases of both kinds for the tests of the store."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kept import World, make_world, opened, sqlite_url
from tests.postgres_server import KINDS, Server, empty, running_server
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
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with its tables, which is quicker to copy than to make."""
    folder = tmp_path_factory.mktemp("template")
    with opened(sqlite_url(folder)):
        return folder / "tus.db"


@pytest.fixture(scope="session")
def shared_postgres(server: Server) -> str:
    """Address of a database with its tables, emptied after each test."""
    url = server.new_database()
    with opened(url):
        return url


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with its tables, of either kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "tus.db")
        with opened(sqlite_url(tmp_path)) as found:
            yield found
    else:
        url = request.getfixturevalue("shared_postgres")
        try:
            with opened(url) as found:
                yield found
        finally:
            empty(url)


@pytest.fixture
def world(database: Database) -> World:
    """An association in it."""
    with database.write() as session:
        return make_world(session)
