"""Dates, distances and money as the sentences of refusals say them."""

from datetime import UTC, date, datetime

from tus_dispatch.domain.units import EurCents, Metres

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
NBSP = "\u00a0"


def said_date(day: date) -> str:
    """Write a date as it is said.

    Parameters
    ----------
    day
        Any date.

    Returns
    -------
    str
        Without the day of the week.

    Examples
    --------
    >>> said_date(date(2026, 4, 1))
    '1er avril 2026'
    """
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"


def said_instant(epoch_s: int) -> str:
    """Write the date of an instant, in UTC."""
    return said_date(datetime.fromtimestamp(epoch_s, tz=UTC).date())


def said_km(metres: Metres) -> str:
    """Write a distance to the metre, so that a metre too much can be seen.

    Parameters
    ----------
    metres
        Not negative.

    Returns
    -------
    str
        Kilometres with a decimal comma, metres below one kilometre.

    Examples
    --------
    >>> said_km(101_000) == "101\u00a0km", said_km(100_001) == "100,001\u00a0km"
    (True, True)
    """
    if metres < 1000:
        return f"{metres}{NBSP}m"
    whole, rest = divmod(metres, 1000)
    decimals = f",{rest:03d}".rstrip("0") if rest else ""
    return f"{whole}{decimals}{NBSP}km"


def said_euros(cents: EurCents) -> str:
    """Write an amount of money.

    Examples
    --------
    >>> said_euros(416) == "4,16\u00a0€"
    True
    """
    return f"{cents // 100},{cents % 100:02d}{NBSP}€"


def quoted(name: str) -> str:
    """Put a name between French quotation marks.

    Examples
    --------
    >>> quoted("Gare") == "«\u00a0Gare\u00a0»"
    True
    """
    return f"«{NBSP}{name}{NBSP}»"
