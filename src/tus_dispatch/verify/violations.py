"""A violation says which rule is broken, where and by how much, in words for a dispatcher."""

from dataclasses import dataclass

from tus_dispatch.domain.reason import ReasonKind
from tus_dispatch.domain.units import Seconds
from tus_dispatch.verify.codes import CODES


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule.

    Attributes
    ----------
    code
        ``TUS-32nn``, or ``TUS-2nnn`` where the law is broken.
    rule
        Slug of the rule in the register.
    where
        ``SHIFT/3`` (stop 3 of a round, counting from 0), ``SHIFT``, a leg, or
        ``plan``.
    by
        By how much, in the rule's own unit (seconds, metres, people,
        thousandths of a cent); 1 where there is no measure. Always positive.
    sentence
        The French sentence, ready to be read aloud.
    """

    code: str
    rule: str
    where: str
    by: int
    sentence: str

    def __str__(self) -> str:
        """Show the violation on one line."""
        return f"{self.code} {self.rule} {self.where}: {self.sentence}"


def broken(slug: str, where: str, by: int = 1, **details: object) -> Violation:
    """Return a violation with its sentence filled in.

    Parameters
    ----------
    slug
        Key of the register.
    where, by
        As in :class:`Violation`.
    **details
        What the sentence's braces ask for beside ``where``, ``by`` and
        ``length``, which is ``by`` as a length of time.

    Returns
    -------
    Violation
        Ready to be shown.

    Raises
    ------
    KeyError
        When the register has no such slug or a detail is missing.
    """
    return violation_of(CODES[slug], where, by, **details)


def violation_of(kind: ReasonKind, where: str, by: int = 1, **details: object) -> Violation:
    """Return a violation of a rule of any register.

    Parameters
    ----------
    kind
        Entry of the register.
    where, by, **details
        As in :func:`broken`.

    Returns
    -------
    Violation
        Ready to be shown.
    """
    sentence = kind.sentence.format(where=_spoken(where), by=by, length=span(by), **details)
    return Violation(kind.code, kind.slug, where, by, sentence)


def span(seconds: Seconds) -> str:
    """Write a length of time.

    Parameters
    ----------
    seconds
        How long, not negative.

    Returns
    -------
    str
        Without parts that are zero.

    Examples
    --------
    >>> span(3910), span(720), span(40)
    ('1 h 05 min 10 s', '12 min', '40 s')
    """
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = []
    if hours:
        parts.append(f"{hours} h")
    if minutes:
        parts.append(f"{minutes:02d} min" if hours else f"{minutes} min")
    if rest or not parts:
        parts.append(f"{rest} s")
    return " ".join(parts)


def _spoken(where: str) -> str:
    name, slash, index = where.rpartition("/")
    return f"{name}, arrêt {index}" if slash and index.isdigit() else where
