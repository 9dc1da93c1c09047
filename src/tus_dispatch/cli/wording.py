"""Numbers, durations, money and times as a French dispatcher reads them."""

import re

from tus_dispatch.domain.units import Metres, MilliCents, Seconds

NBSP = "\u00a0"
MINUS = "\u2212"
# Shorter durations would be written as 0 min.
NOTHING_S = 30
_BEFORE = re.compile(r"\s+([:;!?»])")
_AFTER = re.compile(r"«\s+")


def decimal(value: float, digits: int = 1) -> str:
    """Write a number with a decimal comma and spaces between thousands.

    Parameters
    ----------
    value
        Any finite number.
    digits
        Digits after the comma.

    Returns
    -------
    str
        Spaces inside do not break.

    Examples
    --------
    >>> decimal(-1234.56, 1).replace(NBSP, "_")
    '−1_234,6'
    """
    text = f"{abs(value):,.{digits}f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{text}" if value < 0 and text.strip("0,") else text


def km(metres: Metres) -> str:
    """Write a distance in kilometres with one decimal."""
    return f"{decimal(metres / 1000)}{NBSP}km"


def euros(cost: MilliCents) -> str:
    """Write a price in euros from thousandths of a cent."""
    return f"{decimal(cost / 100_000, 2)}{NBSP}€"


def percent(share: float) -> str:
    """Write a share as a whole percentage.

    A share that is not whole never becomes 0 % or 100 %, which would say that
    nothing or nobody is left.
    """
    whole = int(100 * share + 0.5)
    if 0 < share < 1:
        whole = min(99, max(1, whole))
    return f"{whole}{NBSP}%"


def minutes(seconds: float) -> str:
    """Write a duration, rounded to the nearest minute.

    Parameters
    ----------
    seconds
        May be negative.

    Returns
    -------
    str
        Minutes, from one hour on hours and minutes.

    Examples
    --------
    >>> minutes(2050).replace(NBSP, " "), minutes(3900).replace(NBSP, " ")
    ('34 min', '1 h 05')
    """
    whole = int(abs(seconds) + 30) // 60
    hours, rest = divmod(whole, 60)
    text = f"{hours}{NBSP}h{NBSP}{rest:02d}" if hours else f"{rest}{NBSP}min"
    return f"{MINUS}{text}" if seconds < 0 and whole else text


def signed(text: str) -> str:
    """Put a plus sign before a quantity that has no minus sign."""
    return text if text.startswith(MINUS) else f"+{text}"


def spaced(sentence: str) -> str:
    """Keep French punctuation on the line of the word before it.

    Parameters
    ----------
    sentence
        French, with ordinary spaces before ``: ; ! ?``.

    Returns
    -------
    str
        The same with spaces that do not break.
    """
    return _AFTER.sub(f"«{NBSP}", _BEFORE.sub(rf"{NBSP}\1", sentence))


def joined(parts: list[str]) -> str:
    """Join phrases as in a sentence: ``a, b et c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} et {parts[-1]}"


def duration_of(seconds: Seconds, whole: Seconds) -> str:
    """Write a duration and which share of a whole it is."""
    share = f" ({percent(seconds / whole)})" if whole else ""
    return f"{minutes(seconds)}{share}"
