"""What can be wrong with a request for benchmarks, beside the files."""

from tus_dispatch.errors import Code, InputError, Problem
from tus_dispatch.formats.wording import shortened

_LONGEST_VALUE = 60


def _register(*codes: Code) -> dict[str, Code]:
    return {each.slug: each for each in codes}


CODES: dict[str, Code] = _register(
    Code(
        "TUS-1901",
        "unknown-engine",
        "No engine and no peer has this name.",
        "Choose one of those named.",
        "Choisissez l’un des noms proposés avec --engine.",
    ),
    Code(
        "TUS-1902",
        "peer-missing",
        "The library of a peer is not installed.",
        "Install the extra: `pip install 'tus-dispatch[peers]'`.",
        "Installez le complément « peers » : pip install 'tus-dispatch[peers]'.",
    ),
    Code(
        "TUS-1903",
        "peer-cannot",
        "A peer was asked to plan a scenario, or given an iteration limit or several workers.",
        "Give it benchmark files and a time limit.",
        "Donnez à ce solveur des fichiers de la littérature et une durée (--time-limit).",
    ),
    Code(
        "TUS-1904",
        "results-unwritable",
        "The file for the results cannot be written.",
        "Check the folder, the rights and the free space.",
        "Vérifiez le dossier, ses droits et la place libre.",
    ),
    Code(
        "TUS-1905",
        "best-known-unreadable",
        "The table of best known costs cannot be read.",
        "It needs the columns instance, best_known and status.",
        "Il faut les colonnes instance, best_known et status, séparées par des virgules.",
    ),
)


def refusal(slug: str, source: str, where: str, value: object, expected: str) -> InputError:
    """Make the error for a single mistake.

    Parameters
    ----------
    slug
        Key of ``CODES``.
    source
        Name of the file or option.
    where
        Option, or line of a file.
    value
        What was found; it is shortened.
    expected
        French phrase naming what was expected.

    Returns
    -------
    InputError
        To be raised by the caller.
    """
    code = CODES[slug]
    text = shortened(str(value), _LONGEST_VALUE) or "rien"
    return InputError(source, (Problem(code.code, where, text, expected, code.remedy),))
