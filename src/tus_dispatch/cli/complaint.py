"""Mistakes in an input are told in French, each with its place, in at most 80 columns."""

import shutil
import textwrap

import typer

from tus_dispatch.errors import InputError, Problem

_LABEL_COLUMNS = 12


def complain(error: InputError) -> None:
    """Print every mistake of an input to standard error.

    Parameters
    ----------
    error
        What the reader of the input raised.
    """
    width = min(80, shutil.get_terminal_size().columns)
    typer.echo(complaint(error, width), err=True)


def complaint(error: InputError, width: int) -> str:
    """Lay out the mistakes of an input.

    Parameters
    ----------
    error
        What the reader of the input raised.
    width
        Columns of the page; only a single long word goes past it.

    Returns
    -------
    text : str
        A heading, then a short block per mistake, in the order of the file.

    Examples
    --------
    >>> problem = Problem(
    ...     "TUS-1101", "/bookings/0/party", "0", "au moins 1", "Corrigez ce nombre."
    ... )
    >>> print(complaint(InputError("jour.json", (problem,)), 80))
    jour.json : 1 erreur
    <BLANKLINE>
    TUS-1101  /bookings/0/party
      reçu      0
      attendu   au moins 1
      à faire   Corrigez ce nombre.
    """
    count = len(error.problems)
    heading = f"{error.source} : {count} erreur{'s' if count > 1 else ''}"
    return "\n\n".join([heading, *(_block(problem, width) for problem in error.problems)])


def _block(problem: Problem, width: int) -> str:
    rows = (
        ("  reçu", problem.value),
        ("  attendu", problem.expected),
        ("  à faire", problem.remedy),
    )
    lines = [f"{problem.code}  {problem.where}"]
    for label, text in rows:
        lines += textwrap.wrap(
            text,
            width,
            initial_indent=label.ljust(_LABEL_COLUMNS),
            subsequent_indent=" " * _LABEL_COLUMNS,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)
