"""A breach says which rule of working time a duty breaks, by how much, and quotes it."""

from dataclasses import dataclass

from tus_dispatch.domain.units import Seconds
from tus_dispatch.rules.working_time.codes import CODES


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken rule.

    Attributes
    ----------
    code, slug
        ``TUS-22nn`` and the rule's name in the register.
    by
        By how much: seconds, days or gaps; always positive.
    sentence
        The French sentence with article and number, ready to be read aloud.
    """

    code: str
    slug: str
    by: int
    sentence: str


def breach(slug: str, by: int, **details: object) -> Breach:
    """Return a breach with its sentence filled in.

    Parameters
    ----------
    slug
        Key of the register.
    by
        As in :class:`Breach`.
    **details
        What the sentence's braces ask for.

    Returns
    -------
    Breach
        Ready to be shown.

    Raises
    ------
    KeyError
        When the register has no such slug or a detail is missing.
    """
    kind = CODES[slug]
    return Breach(kind.code, slug, by, kind.sentence.format(**details))


def hours(seconds: Seconds) -> str:
    """Write a length of work as people say it.

    Parameters
    ----------
    seconds
        Not negative.

    Returns
    -------
    str
        Hours and minutes, and seconds where there are some.

    Examples
    --------
    >>> hours(36000), hours(7260), hours(1200), hours(36001)
    ('10 h', '2 h 01', '20 min', '10 h 00 min 01 s')
    """
    whole, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if left:
        return f"{whole} h {minutes:02d} min {left:02d} s" if whole else f"{minutes} min {left} s"
    if not whole:
        return f"{minutes} min"
    return f"{whole} h {minutes:02d}" if minutes else f"{whole} h"
