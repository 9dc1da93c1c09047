"""French dates, numbers and plurals, and text that is safe to put on any page."""

import unicodedata
from datetime import date
from functools import lru_cache

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
# Marks that reorder the text around them, so that a name could disguise a line.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
_UNPRINTABLE = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})


def long_date(day: date) -> str:
    """Write a date as people say it.

    Parameters
    ----------
    day
        Any date.

    Returns
    -------
    str
        With the day of the week.

    Examples
    --------
    >>> long_date(date(2026, 4, 1))
    'mercredi 1er avril 2026'
    """
    number = "1er" if day.day == 1 else str(day.day)
    return f"{_DAYS[day.weekday()]} {number} {_MONTHS[day.month - 1]} {day.year}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Write a number and its noun; French counts nought and one in the singular.

    Parameters
    ----------
    number
        How many.
    singular, plural
        The noun; without a plural an ``s`` is added.

    Returns
    -------
    str
        Joined by a space that does not break.
    """
    noun = singular if number < 2 else plural or f"{singular}s"
    return f"{number}\u00a0{noun}"


def kilometres(value: float) -> str:
    """Write kilometres with a decimal comma, without a useless ``,0``."""
    text = f"{value:.1f}".removesuffix(".0").replace(".", ",")
    return f"{text}\u00a0km"


def duration(seconds: int) -> str:
    """Write a duration as hours and minutes, rounded down."""
    hours, rest = divmod(seconds // 60, 60)
    if not hours:
        return counted(rest, "minute")
    return f"{hours}\u00a0h\u00a0{rest:02d}"


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    r"""Return text without what cannot be printed or would reorder its line.

    Parameters
    ----------
    text
        As it stands in a file: anything.

    Returns
    -------
    str
        One line, every run of white space or control characters made one
        space; lone surrogates and marks of direction are gone.

    Examples
    --------
    >>> printable(" Awa\x00\nD. ")
    'Awa D.'
    """
    kept = "".join(
        " " if unicodedata.category(character) in _UNPRINTABLE else character
        for character in text
        if character not in _REORDERING
    )
    return " ".join(kept.split())


def shortened(text: str, longest: int) -> str:
    """Return printable text of a bounded length, an ellipsis where it was cut.

    Parameters
    ----------
    text
        Anything.
    longest
        Most characters to return, the ellipsis included.

    Returns
    -------
    str
        At most ``longest`` characters.
    """
    clean = printable(text)
    return clean if len(clean) <= longest else clean[: longest - 1].rstrip() + "…"
