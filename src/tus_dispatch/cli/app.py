"""The command `tus` knows its commands by name and loads one only when it is asked for."""

import re
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from tus_dispatch import __version__
from tus_dispatch.cli.complaint import complain
from tus_dispatch.errors import InputError, TusError

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: what people type, where its function is, what the list says of it.

    Attributes
    ----------
    words
        The name typed after ``tus``; two words put it into a group.
    target
        ``module:function`` inside ``tus_dispatch.cli``.
    summary
        What ``tus --help`` says of it; the function's docstring is its own help.
    """

    words: str
    target: str
    summary: str


REGISTRY: tuple[Entry, ...] = (
    Entry("plan", "plan:plan", "Plan a service day: rounds, sheets, map and figures."),
    Entry("verify", "verify:verify", "Judge a plan and list its violations."),
    Entry("explain", "explain:explain", "Say why a booking is where it is or why it is out."),
    Entry("quote", "quote:quote", "Say where a booking fits, or what would work instead."),
    Entry("fill", "fill:fill", "Fill the middle of a planned day, nobody told a time disturbed."),
    Entry("daytime", "fill:daytime", "Measure the middle of a day, with and without filling."),
    Entry("propose", "propose:propose", "Propose a day and an hour for a flexible booking."),
    Entry("vehicles", "vehicles:vehicles", "Say which vehicles are free, and enter their use."),
    Entry("confirm", "confirm:confirm", "Turn proposals into promises."),
    Entry(
        "slot-offers",
        "slot_offers:slot_offers",
        "Say which seats partners may book around noon.",
    ),
    Entry("import", "import_:import_day", "Read a day from CSV, VROOM, Ain or Barcelona files."),
    Entry("export", "export:export_day", "Write a day as VROOM or CSV files."),
    Entry("roster", "roster:roster", "Compare patterns of driver days on the demand of a day."),
    Entry("generate", "generate:generate", "Make up a rural day."),
    Entry("roads build", "roads:build", "Build a road graph from an OSM extract."),
    Entry("roads info", "roads:info", "Show what a road graph holds."),
    Entry("bench", "bench:bench", "Run engines and peers on benchmark files."),
    Entry("init", "init:init", "Make an installation: secrets, database, first account."),
    Entry("serve", "serve:serve", "Serve the API, on loopback unless told otherwise."),
    Entry("worker", "serve:worker", "Solve days for servers on PostgreSQL."),
    Entry("backup", "backup:backup", "Write a backup, also while serving."),
    Entry("restore", "backup:restore", "Restore a backup, or try whether it can be."),
    Entry("doctor", "doctor:doctor", "Say whether an installation is well."),
    Entry("docs", "docs:docs", "Write the generated pages of docs/, or check them."),
)

GROUPS = {"roads": "Build and inspect road networks."}


def load(entry: Entry) -> TyperCommand:
    """Import the module of a command and make the command.

    Parameters
    ----------
    entry
        A row of the registry.

    Returns
    -------
    command : TyperCommand
        Its help is the docstring of the function, up to the first section.
    """
    module, name = entry.target.split(":")
    function = getattr(import_module(f"tus_dispatch.cli.{module}"), name)
    prose = re.split(r"\n\s*\n[ ]*\w+\n[ ]*-{3,}\n", function.__doc__ or "")[0]
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(entry.words.split()[-1], help=prose, short_help=entry.summary)(function)
    command = typer.main.get_command(single)
    if not isinstance(command, TyperCommand):
        raise TypeError(f"{entry.target} does not make one command")
    return command


class _Lazy(MutableMapping[str, Any]):
    """Commands below a prefix, by their next word; reading one loads it."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._made: dict[str, Any] = {}
        self._rows = {
            e.words.removeprefix(prefix): e for e in REGISTRY if e.words.startswith(prefix)
        }

    def summaries(self) -> dict[str, str]:
        """Name every command or group, with one line each, without loading any."""
        words = {rest.split()[0]: entry.summary for rest, entry in self._rows.items()}
        return {word: GROUPS.get(self._prefix + word, line) for word, line in words.items()}

    def __getitem__(self, word: str) -> Any:
        if word not in self._made:
            if word in self._rows:
                self._made[word] = load(self._rows[word])
            elif word in self.summaries():
                inner = f"{self._prefix}{word}"
                self._made[word] = TusGroup(name=word, prefix=f"{inner} ", help=GROUPS[inner])
        return self._made[word]

    def __setitem__(self, word: str, command: Any) -> None:
        self._made[word] = command

    def __delitem__(self, word: str) -> None:
        del self._made[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self.summaries())

    def __len__(self) -> int:
        return len(self.summaries())


class TusGroup(TyperGroup):
    """A group of commands that lists them from the registry and tells mistakes readably.

    Parameters
    ----------
    prefix
        Words every command of the group starts with, and a space; empty at the top.
    **attrs
        What the command-line library gives to any group.
    """

    def __init__(self, *, prefix: str = "", **attrs: Any) -> None:
        super().__init__(**{"no_args_is_help": True, "rich_markup_mode": None, **attrs})
        self._lazy = _Lazy(prefix)
        self.commands: MutableMapping[str, Command] = self._lazy

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._lazy.summaries().items()))

    def invoke(self, ctx: "Context") -> Any:
        """Run the command; what a person can mend ends in a message, not a traceback."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            complain(error)
            raise typer.Exit(2) from error
        except TusError as error:
            typer.echo(f"tus : {error}", err=True)
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=TusGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)


def _version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"tus-dispatch {__version__}")
        raise typer.Exit


@app.callback()
def tus(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Show the version.")
    ] = False,
) -> None:
    """Plan shared rides for social transport in the countryside."""


def main() -> None:
    """Run the command line."""
    app()
