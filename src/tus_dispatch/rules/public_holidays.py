"""The eleven public holidays of the Code du travail (L3133-1 of that code, not of transport)."""

from datetime import date, timedelta
from functools import cache

_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Easter Monday, Ascension, Whit Monday.
_AFTER_EASTER = (1, 39, 50)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of a year.

    Parameters
    ----------
    year
        Of the Gregorian calendar.

    Returns
    -------
    frozenset of date
        Eleven, fewer where two fall together; without the two of Alsace and
        Moselle.

    Examples
    --------
    >>> sorted(public_holidays(2026))[1].isoformat()
    '2026-04-06'
    """
    easter = easter_sunday(year)
    moving = {easter + timedelta(days=days) for days in _AFTER_EASTER}
    return frozenset(moving | {date(year, month, day) for month, day in _FIXED})


def easter_sunday(year: int) -> date:
    """Return Easter Sunday by the Gregorian computus.

    Parameters
    ----------
    year
        Of the Gregorian calendar.

    Returns
    -------
    date
        Between 22 March and 25 April.

    References
    ----------
    .. [1] Meeus, J. (1991). Astronomical Algorithms. Willmann-Bell, chapter 8.
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    correction = (century + 8) // 25
    moon = (century - correction + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leaps, years = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * leaps - epact - years) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
