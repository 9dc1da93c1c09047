"""From bytes to plain data: encoding, size and syntax of a JSON file are settled here."""

import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tus_dispatch.errors import InputError, Problem
from tus_dispatch.formats.native.problems import pointer, problem

LARGEST_BYTES = 64 * 1024 * 1024
# Ten times the objects and lists of the longest day we take; more would only take time.
MOST_CONTAINERS = 500_000
_LONGEST_NUMBER = 30
_BOM = "\ufeff"

# What Python's reader says, and what a person should look for.
_SYNTAX = {
    "Expecting value": "une valeur",
    "Expecting ',' delimiter": "une virgule, ou la fin de la liste ou de l’objet",
    "Expecting ':' delimiter": "deux points après le nom de la clé",
    "Expecting property name enclosed in double quotes": "le nom d’une clé entre guillemets droits",
    "Illegal trailing comma before end of object": "pas de virgule avant la fin de l’objet",
    "Illegal trailing comma before end of array": "pas de virgule avant la fin de la liste",
    "Extra data": "rien après la fin du document",
    "Unterminated string starting at": "un guillemet fermant",
    "Invalid control character at": "un texte sans caractère de contrôle (écrivez \\n)",
    "Invalid \\escape": '\\\\, \\", \\n ou \\uXXXX après la barre oblique inverse',
    "Invalid \\uXXXX escape": "quatre chiffres hexadécimaux après \\u",
}


@dataclass(frozen=True, slots=True)
class Unusable:
    """A number of the file that no rule of ours could use, kept as it was written.

    Attributes
    ----------
    text
        ``NaN``, ``-Infinity``, ``1e999`` or more digits than anybody needs.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a JSON text says, and the keys it says twice.

    Attributes
    ----------
    data
        Dictionaries, lists, texts, numbers, booleans, None and ``Unusable``.
    problems
        One per doubled key.
    """

    data: Any
    problems: tuple[Problem, ...] = ()


class _Doubled(dict[str, Any]):
    """An object of the file that names keys twice."""

    doubled: tuple[str, ...] = ()


def read_bytes(path: Path) -> bytes:
    """Read a file that may be missing or far too large.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    bytes
        Its content.

    Raises
    ------
    InputError
        When the file cannot be opened or is larger than 64 MiB.
    """
    source = str(path)
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise InputError(
            source, (problem("file-unreadable", source, cause, "un fichier lisible"),)
        ) from error
    return content


def decode(text: str | bytes, source: str) -> Decoded:
    """Turn a JSON text into plain data.

    Parameters
    ----------
    text
        UTF-8 bytes, with or without byte order mark, or text.
    source
        Name of the file, for messages.

    Returns
    -------
    Decoded
        The data, with doubled keys as problems.

    Raises
    ------
    InputError
        When the text is too long, not UTF-8, not JSON or nested too deeply.
    """
    if len(text) > LARGEST_BYTES:
        found = problem("file-too-long", source, f"{len(text)} octets", "64 Mio au plus")
        raise InputError(source, (found,))
    characters = (_utf8(text, source) if isinstance(text, bytes) else text).removeprefix(_BOM)
    containers = characters.count("{") + characters.count("[")
    if containers > MOST_CONTAINERS:
        expected = f"au plus {MOST_CONTAINERS} objets et listes"
        raise InputError(source, (problem("file-too-long", source, str(containers), expected),))
    doubled: list[_Doubled] = []

    def make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        plain = dict(pairs)
        return plain if len(plain) == len(pairs) else _mark(pairs, doubled)

    try:
        data = json.loads(
            characters,
            object_pairs_hook=make_object,
            parse_constant=Unusable,
            parse_float=_real,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        raise InputError(source, (_syntax(error, source),)) from error
    except RecursionError as error:
        found = problem("too-deep", source, "[[[…", "quelques niveaux d’objets et de listes")
        raise InputError(source, (found,)) from error
    return Decoded(data, tuple(_doubled_keys(data)) if doubled else ())


def _utf8(content: bytes, source: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        start = before.rfind(b"\n") + 1
        column = len(before[start:].decode("utf-8")) + 1
        excerpt = content[error.start : error.start + 12].decode("cp1252", errors="replace")
        found = problem("not-utf8", f"{source}:{line}:{column}", excerpt, "un texte UTF-8")
        raise InputError(source, (found,)) from error


def _syntax(error: json.JSONDecodeError, source: str) -> Problem:
    where = f"{source}:{error.lineno}:{error.colno}"
    excerpt = error.doc[error.pos : error.pos + 30].split("\n")[0]
    # Newer Pythons may say more after the words we know.
    known = (french for english, french in _SYNTAX.items() if error.msg.startswith(english))
    value = excerpt or "la fin du fichier ou de la ligne"
    return problem("not-json", where, value, next(known, "un document JSON"))


def _mark(pairs: list[tuple[str, Any]], doubled: list[_Doubled]) -> _Doubled:
    """Keep an object with the keys it names more than once; a list collects such objects."""
    marked = _Doubled(pairs)
    times = Counter(key for key, _ in pairs)
    marked.doubled = tuple(key for key in marked if times[key] > 1)
    doubled.append(marked)
    return marked


def _integer(digits: str) -> int | Unusable:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else Unusable(digits)


def _real(digits: str) -> float | Unusable:
    value = float(digits)
    return value if math.isfinite(value) else Unusable(digits)


# A place is a chain of keys from the inside out, made into a pointer only when it is told.
_Chain = tuple["_Chain", str | int] | None


def _doubled_keys(data: Any) -> list[Problem]:
    """Find the doubled keys of a document that has some, in the order of the file."""
    found = []
    stack: list[tuple[_Chain, Any]] = [(None, data)]
    while stack:
        chain, value = stack.pop()
        if isinstance(value, _Doubled):
            found += [
                problem("doubled-key", _pointer((chain, key)), key, "cette clé une seule fois")
                for key in value.doubled
            ]
        children: list[tuple[str | int, Any]] = []
        if isinstance(value, dict):
            children = list(value.items())
        elif isinstance(value, list):
            children = list(enumerate(value))
        stack += [
            ((chain, key), child)
            for key, child in reversed(children)
            if isinstance(child, dict | list)
        ]
    return found


def _pointer(chain: _Chain) -> str:
    parts: list[str | int] = []
    while chain is not None:
        chain, key = chain
        parts.append(key)
    return pointer(reversed(parts))
