"""One installation for all, copied for each test."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.office import Desk, made_installation
from tests.serving import PROGRAM, Server

Installed = tuple[Server, Desk]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An installation that no test serves."""
    return made_installation(tmp_path_factory.mktemp("template"))


@pytest.fixture
def installed(template: Installed, tmp_path: Path) -> Callable[..., Installed]:
    """Makes an installation of one's own."""

    def copied(program: str = PROGRAM) -> Installed:
        server, desk = template
        folder = tmp_path / "tus"
        shutil.copytree(server.folder, folder)
        environment = {"TUS_BACKUP_EVERY_H": "0"}
        return Server(folder, program=program, environment=environment), desk

    return copied
