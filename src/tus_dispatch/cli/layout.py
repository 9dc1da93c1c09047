"""Blocks of text for a terminal: columns that wrap between words and cut none."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

INDENT = 2
GAP = 2
_NARROWEST = 12
_WIDEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    title
        Heading, may be empty.
    width
        Characters, or 0 for all that is left.
    right
        Whether numbers stand right.
    style
        How rich shows it.
    """

    title: str
    width: int
    right: bool = False
    style: str = ""


def page_width(console: Console) -> int:
    """Return how many columns a page may take; long lines are hard to follow."""
    return min(console.width, _WIDEST_PAGE)


def wrapped(text: str, width: int) -> list[str]:
    """Wrap text after hyphens and at ordinary spaces only.

    Parameters
    ----------
    text
        Line feeds begin a new line.
    width
        Characters of a line; only a longer word is parted.

    Returns
    -------
    list of str
        At least one line.
    """
    lines = [
        line for paragraph in text.split("\n") for line in textwrap.wrap(paragraph, width) or [""]
    ]
    return lines or [""]


def say(console: Console, text: str, *, style: str = "", indent: int = 0) -> None:
    """Print a paragraph.

    Parameters
    ----------
    console
        Where to.
    text
        Plain text; nothing in it is read as markup.
    style
        How rich shows it.
    indent
        Columns left free on the left.
    """
    for line in wrapped(text, max(_NARROWEST, page_width(console) - indent)):
        _print(console, Text(" " * indent + line, style=style))


def show_table(console: Console, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Print a table that is as wide as the page.

    Parameters
    ----------
    console
        Where to.
    columns
        One of them with width 0.
    rows
        One cell per column.
    """
    taken = sum(column.width for column in columns) + GAP * (len(columns) - 1) + INDENT
    left = max(_NARROWEST, page_width(console) - taken)
    widths = [column.width or left for column in columns]
    if any(column.title for column in columns):
        _show_row(console, columns, widths, [column.title for column in columns], style="dim")
    for row in rows:
        _show_row(console, columns, widths, row)


def _show_row(
    console: Console,
    columns: Sequence[Column],
    widths: Sequence[int],
    row: Sequence[str],
    style: str | None = None,
) -> None:
    cells = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    for number in range(max(len(cell) for cell in cells)):
        line = Text(" " * INDENT)
        for column, width, cell in zip(columns, widths, cells, strict=True):
            part = cell[number] if number < len(cell) else ""
            padding = " " * (width - cell_len(part))
            text = padding + part if column.right else part + padding
            line.append(text, style=column.style if style is None else style)
            line.append(" " * GAP)
        line.rstrip()
        _print(console, line)


def show_pairs(console: Console, pairs: Iterable[tuple[str, str]], label_width: int = 12) -> None:
    """Print labels with their text beside them.

    Parameters
    ----------
    console
        Where to.
    pairs
        Label and text; an empty label continues the one above.
    label_width
        Characters of the label column.
    """
    columns = (Column("", label_width, style="bold"), Column("", 0))
    show_table(console, columns, list(pairs))


def _print(console: Console, text: Text) -> None:
    console.print(text, no_wrap=True, overflow="ignore", crop=False, highlight=False)
