"""What is asked for a leg that took place: direct kilometres, never the detour, below the cap."""

from datetime import date
from itertools import takewhile

from tus_dispatch.domain.units import EurCents, Metres, MilliCents

# Arrêté of 17 October 2019: at most 0.32 euro per kilometre travelled.
CAPS_PER_KM: tuple[tuple[date, MilliCents], ...] = ((date(2019, 10, 17), 32_000),)

_METRES_PER_KM = 1000
_MILLI_CENTS_PER_CENT = 1000


def cap_on(day: date) -> MilliCents:
    """Return the most that may be asked per kilometre, thousandths of a cent.

    Parameters
    ----------
    day
        Service date.

    Returns
    -------
    int
        The value in force; 0 before there was one.
    """
    in_force = list(takewhile(lambda row: row[0] <= day, CAPS_PER_KM))
    return in_force[-1][1] if in_force else 0


def participation(billable_m: Metres, per_km: MilliCents, day: date) -> EurCents:
    """Return the contribution to the costs of one leg.

    Parameters
    ----------
    billable_m
        Direct road metres of the person's own leg.
    per_km
        What the association asks per kilometre, thousandths of a cent.
    day
        Service date, for the cap.

    Returns
    -------
    int
        Cents, rounded down.

    Examples
    --------
    12.5 km at 25 cents, and at 40 cents where the cap is 32.

    >>> participation(12_500, 25_000, date(2026, 3, 10))
    312
    >>> participation(12_500, 40_000, date(2026, 3, 10))
    400
    """
    asked = min(per_km, cap_on(day)) * billable_m
    return asked // (_METRES_PER_KM * _MILLI_CENTS_PER_CENT)
