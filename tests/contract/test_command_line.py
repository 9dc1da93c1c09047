"""The command line is quick to answer, and tells mistakes in a way people can mend."""

import subprocess
import sys
from types import ModuleType

import pytest
from typer.testing import CliRunner

from tus_dispatch.cli import app as command_line
from tus_dispatch.cli.app import Entry, TusGroup
from tus_dispatch.errors import EngineError, InputError, Problem

HEAVY = "{'numpy', 'scipy', 'numba', 'ortools', 'osmnx', 'osmium', 'rich', 'typst'}"
PROGRAM = f"""
import sys
from typer.testing import CliRunner
from tus_dispatch.cli.app import app
assert CliRunner().invoke(app, sys.argv[1:]).exit_code == 0
print(sorted({HEAVY} & set(sys.modules)))
"""
PROBLEM = Problem("TUS-1101", "/bookings/0/party", "0", "au moins 1", "Corrigez ce nombre.")


def heavy_modules_after(*words: str) -> str:
    command = [sys.executable, "-c", PROGRAM, *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("words", [e.words for e in command_line.REGISTRY])
def test_the_help_of_a_command_loads_nothing_heavy(words: str) -> None:
    assert heavy_modules_after(*words.split(), "--help") == "[]"


def test_the_list_of_commands_loads_nothing_heavy() -> None:
    assert heavy_modules_after("--help") == "[]"


@pytest.fixture
def two_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry of a command that finds a mistake and a group of one that breaks down."""
    module = ModuleType("tus_dispatch.cli.spoilt")

    def read() -> None:
        """Read a file.

        Parameters
        ----------
        nothing
            This section is not for people.
        """
        raise InputError("jour.json", (PROBLEM,))

    def solve() -> None:
        """Solve it."""
        raise EngineError("le calcul a été arrêté")

    module.read = read  # type: ignore[attr-defined]
    module.solve = solve  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    rows = (Entry("read", "spoilt:read", "Read."), Entry("roads solve", "spoilt:solve", "Solve."))
    monkeypatch.setattr(command_line, "REGISTRY", rows)


@pytest.mark.usefixtures("two_commands")
def test_a_mistake_in_a_file_is_told_with_status_two() -> None:
    result = CliRunner().invoke(command_line.app, ["read"])

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "jour.json : 1 erreur\n\nTUS-1101  /bookings/0/party\n" in result.stderr


@pytest.mark.usefixtures("two_commands")
def test_a_breakdown_inside_a_group_is_one_line_with_status_one() -> None:
    result = CliRunner().invoke(command_line.app, ["roads", "solve"])

    assert (result.exit_code, result.stderr) == (1, "tus : le calcul a été arrêté\n")


@pytest.mark.usefixtures("two_commands")
def test_groups_and_commands_are_listed_and_a_typing_error_gets_a_suggestion() -> None:
    run = CliRunner().invoke

    assert "roads  Build and inspect road networks." in run(command_line.app, ["--help"]).stdout
    assert "solve  Solve." in run(command_line.app, ["roads", "--help"]).stdout
    assert "Parameters" not in run(command_line.app, ["read", "--help"]).stdout
    assert "Did you mean 'read'" in run(command_line.app, ["raed"]).stderr
    assert set(TusGroup(name="roads", prefix="roads ").commands) == {"solve"}
