"""What people may be asked to contribute: the cap per kilometre, in whole cents, rounded down."""

from collections.abc import Sequence

from tus_dispatch.domain.units import EurCents, Metres
from tus_dispatch.rules.settings import TripSettings

_KM = 1000


def participation_eur_cents(billable_m: Metres, settings: TripSettings) -> EurCents:
    """Return the contribution of a person to one leg.

    Parameters
    ----------
    billable_m
        Direct road metres of the person's own leg; never a detour, never the
        empty approach.
    settings
        Tariff and cap of the day.

    Returns
    -------
    int
        ``min(tariff, cap)`` per kilometre, rounded down to the cent.
    """
    return billable_m * min(settings.tariff_eur_cents_per_km, settings.cap_eur_cents_per_km) // _KM


def most_eur_cents(billable_m: Metres, settings: TripSettings) -> EurCents:
    """Return the most that may lawfully be asked for a leg.

    Parameters
    ----------
    billable_m
        Direct road metres of the leg.
    settings
        The cap of the day.

    Returns
    -------
    int
        Rounded down to the cent.
    """
    return billable_m * settings.cap_eur_cents_per_km // _KM


def shared_eur_cents(
    asked: Sequence[EurCents], loaded_m: Metres, settings: TripSettings
) -> tuple[EurCents, ...]:
    """Return the contributions of a round in the strict mode.

    Parameters
    ----------
    asked
        Contribution of each leg of the round, each lawful by itself.
    loaded_m
        Metres the vehicle drives with somebody aboard.
    settings
        The cap of the day, and whether the strict mode is on.

    Returns
    -------
    tuple of int
        As asked, or lowered in proportion, each rounded down, so that their
        sum stays within the cap for the loaded kilometres.
    """
    total = sum(asked)
    limit = most_eur_cents(loaded_m, settings)
    if not settings.strict_cost_share or total <= limit:
        return tuple(asked)
    return tuple(each * limit // total for each in asked)
