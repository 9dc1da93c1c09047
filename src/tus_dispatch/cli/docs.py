"""The pages of docs/ that repeat the code are written by the code, and checked against it."""

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

import tus_dispatch
from tus_dispatch.cli.access_page import access_page
from tus_dispatch.cli.app import app
from tus_dispatch.domain.glossary import GLOSSARY
from tus_dispatch.domain.reason import REASONS
from tus_dispatch.formats.native.layout import lay_out
from tus_dispatch.formats.plan import plan_json_schema
from tus_dispatch.formats.scenario import scenario_json_schema

_LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)(?:#[^)]*)?\)")
_ABOUT_CODES = """\
Every mistake, refusal and broken rule has a code that never changes its meaning.
The registers are `domain/reason.py`, `errors.py` and every `codes.py`.
Written by `tus docs`; do not edit.

| first digit | about |
| --- | --- |
| 1 | input: a file or an option |
| 2 | legality |
| 3 | infeasible: no place in the plan |
| 4 | soft: allowed, worth a look |
| 5 | conflict: someone was faster |"""
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def docs(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail where a page is stale.")
    ] = False,
    root: Annotated[Path, typer.Option(help="Top folder of the repository.")] = Path(),
) -> None:
    """Write access.md, cli.md, errors.md, glossary.md, openapi.json and schemas/ in docs/.

    With --check nothing is written: pages that differ from the code and local
    links that lead nowhere are listed, and the exit status is 1 if there are any.

    Parameters
    ----------
    check
        Whether to compare only.
    root
        Folder that holds ``docs`` and ``README.md``.
    """
    if not check:
        write_docs(root)
    complaints = check_docs(root)
    for complaint in complaints:
        typer.echo(complaint, err=True)
    if complaints:
        raise typer.Exit(1)


def check_docs(root: Path) -> list[str]:
    """Compare the generated pages with the code and follow every local link.

    Parameters
    ----------
    root
        Folder that holds ``docs`` and ``README.md``.

    Returns
    -------
    complaints : list of str
        One line per stale page or dead link; empty when all is well.
    """
    complaints = [f"one code, several names: {line}" for line in _ambiguous_codes()]
    for name, text in _pages().items():
        page = root / "docs" / name
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            complaints.append(f"docs/{name}: stale, run `tus docs`")
    for page in _prose(root):
        text = _FENCE.sub("", page.read_text(encoding="utf-8"))
        complaints += [
            f"{page.relative_to(root)}: no file at {target}"
            for target in _LINK.findall(text)
            if not (page.parent / target).exists()
        ]
    return complaints


def write_docs(root: Path) -> None:
    """Write the generated pages.

    Parameters
    ----------
    root
        Folder that holds ``docs``.
    """
    (root / "docs" / "schemas").mkdir(parents=True, exist_ok=True)
    for name, text in _pages().items():
        (root / "docs" / name).write_text(text, encoding="utf-8")


def _pages() -> dict[str, str]:
    """Every generated page by its name."""
    from tus_dispatch.store.data_model import data_model_page

    return {
        "access.md": access_page(),
        "cli.md": _cli_page(),
        "data-model.md": data_model_page(),
        "errors.md": _errors_page(),
        "glossary.md": _glossary_page(),
        "openapi.json": _openapi_page(),
        "schemas/tus-scenario-1.json": lay_out(scenario_json_schema()),
        "schemas/tus-plan-1.json": lay_out(plan_json_schema()),
    }


def _openapi_page() -> str:
    from tus_dispatch.api.app import bare_app
    from tus_dispatch.api.documents import openapi_document

    return lay_out(openapi_document(bare_app()))


def _prose(root: Path) -> Iterator[Path]:
    yield from sorted(root.glob("*.md"))
    yield from sorted((root / "docs").rglob("*.md"))
    yield from sorted((root / "scenarios").rglob("*.md"))


def _cli_page() -> str:
    parts = ["# Commands", "What `--help` says. Written by `tus docs`; do not edit."]
    for words, text in _help_texts(get_command(app), "tus"):
        parts += [f"## {words}", f"```text\n{text}\n```"]
    return "\n\n".join(parts) + "\n"


def _help_texts(command: Any, words: str) -> Iterator[tuple[str, str]]:
    # A fixed width makes the page independent of the terminal it is written from.
    context = typer.Context(command, info_name=words, terminal_width=80, max_content_width=80)
    yield words, command.get_help(context).rstrip()
    for word, inner in getattr(command, "commands", {}).items():
        yield from _help_texts(inner, f"{words} {word}")


def _code_rows() -> list[tuple[str, ...]]:
    """One row per code and name; a row shared by a reason and a rule appears once."""
    package = Path(tus_dispatch.__file__).parent
    files = [package / "errors.py", *package.rglob("codes.py")]
    names = [".".join(file.relative_to(package.parent).with_suffix("").parts) for file in files]
    registers = [getattr(import_module(name), "CODES", {}) for name in names]
    entries = [entry for register in [REASONS, *registers] for entry in register.values()]
    rows = {(e.code, e.slug, e.cause, e.action, _said(e)) for e in entries}
    return sorted(rows)


def _said(entry: Any) -> str:
    return str(entry.remedy if hasattr(entry, "remedy") else entry.sentence)


def _ambiguous_codes() -> list[str]:
    names: dict[str, set[str]] = {}
    for code, slug, *_ in _code_rows():
        names.setdefault(code, set()).add(slug)
    return [
        f"{code}: {', '.join(sorted(slugs))}" for code, slugs in names.items() if len(slugs) > 1
    ]


def _errors_page() -> str:
    header = ("Code", "Name", "Cause", "Action", "Said to people (French)")
    return f"# Codes\n\n{_ABOUT_CODES}\n\n{_table(header, _code_rows())}\n"


def _glossary_page() -> str:
    rows = [(word.french, word.english, word.note) for word in GLOSSARY]
    about = "French on screens and paper, English in code. Written by `tus docs`; do not edit."
    return f"# Glossary\n\n{about}\n\n{_table(('French', 'English', 'Note'), rows)}\n"


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join(
        "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in line) + " |"
        for line in lines
    )
