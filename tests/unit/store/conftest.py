"""Databases of both kinds for the tests of the store."""

from collections.abc import Iterator
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


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A database with its tables."""
    with opened(url) as found:
        yield found


@pytest.fixture
def world(database: Database) -> World:
    """An association in it."""
    with database.write() as session:
        return make_world(session)
