"""A mistake is told with its place as a JSON pointer and its value on one short line."""

import json
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Any

from tus_dispatch.errors import CODES as INPUT_CODES
from tus_dispatch.errors import Problem
from tus_dispatch.network.codes import CODES as TRAVEL_CODES

Part = str | int
_LONGEST_VALUE = 60
_MOST_COMPARISONS = 20_000


def pointer(parts: Iterable[Part]) -> str:
    """Write a place inside a document as a JSON pointer (RFC 6901).

    Parameters
    ----------
    parts
        Keys and positions from the top.

    Returns
    -------
    str
        Empty for the whole document. Characters no terminal can show are
        escaped, and a very long key is cut.

    Examples
    --------
    >>> pointer(("bookings", 3, "a/b~c"))
    '/bookings/3/a~1b~0c'
    """
    texts = (_printable(str(part)) for part in parts)
    cut = (text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…" for text in texts)
    return "".join("/" + text.replace("~", "~0").replace("/", "~1") for text in cut)


def shorten(value: object) -> str:
    """Show a value on one line of at most 60 characters.

    Parameters
    ----------
    value
        Anything a JSON file can hold.

    Returns
    -------
    str
        Texts in quotes; long or nested lists and objects by their size only,
        so that the depth of the value does not matter.

    Examples
    --------
    >>> print(shorten("Gare"), shorten(None), shorten({"lat": 47}), shorten([[1], [2]]))
    "Gare" null {"lat": 47} [2 éléments]
    """
    if isinstance(value, list | tuple | dict) and _is_small(value):
        text = json.dumps(value, ensure_ascii=False)
    elif isinstance(value, str):
        text = json.dumps(value[: _LONGEST_VALUE + 1], ensure_ascii=False)
    elif value is None or isinstance(value, bool):
        text = json.dumps(value)
    elif isinstance(value, int) and value.bit_length() > 8 * _LONGEST_VALUE:
        text = "un nombre de plus de cent chiffres"
    elif isinstance(value, list | tuple):
        text = f"[{len(value)} élément{'s' if len(value) > 1 else ''}]"
    elif isinstance(value, dict):
        text = f"{{{len(value)} clé{'' if len(value) == 1 else 's'}}}"
    else:
        text = str(getattr(value, "text", value))
    text = _printable(text)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def problem(slug: str, where: str, value: str, expected: str, remedy: str | None = None) -> Problem:
    """Tell one mistake with its registered code.

    Parameters
    ----------
    slug
        Name in the register of input codes, or of travel codes.
    where
        JSON pointer, or file, line and column.
    value
        What was found, fit to be shown.
    expected
        French phrase naming what was expected.
    remedy
        French sentence, where more can be said than the code does.

    Returns
    -------
    Problem
        Ready to be shown.
    """
    code = INPUT_CODES.get(slug) or TRAVEL_CODES[slug]
    shown = _printable(value)
    if len(shown) > _LONGEST_VALUE:
        shown = shown[: _LONGEST_VALUE - 1] + "…"
    return Problem(code.code, where, shown, expected, remedy or code.remedy)


class Suggester:
    """Finds the name somebody may have meant, and stops when a file has too many wrong ones."""

    def __init__(self) -> None:
        self._left = _MOST_COMPARISONS

    def closest(self, wrong: str, names: Collection[str]) -> str | None:
        """Return the known name that looks most like a wrong one.

        Parameters
        ----------
        wrong
            As written.
        names
            What would have been right.

        Returns
        -------
        str or None
            None when nothing is near, or when the file has used up its share
            of comparisons.
        """
        self._left -= len(names)
        if self._left < 0:
            return None
        # Long texts are no ids, and comparing them takes quadratic time.
        near = get_close_matches(wrong[:_LONGEST_VALUE], names, n=1)
        return near[0] if near else None


def _is_small(value: list[Any] | tuple[Any, ...] | dict[Any, Any]) -> bool:
    if len(value) > 4:
        return False
    inner = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    return all(_is_short(each) for each in inner)


def _is_short(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= _LONGEST_VALUE
    if isinstance(value, int):
        return value.bit_length() <= 64
    return value is None or isinstance(value, float)


def _printable(text: str) -> str:
    """Escape what a terminal cannot show or should not obey."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text
    )
