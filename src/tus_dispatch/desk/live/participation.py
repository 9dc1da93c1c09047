"""What is asked for a leg that took place: direct kilometres, never the detour, below the cap."""

from datetime import date

from tus_dispatch.domain.demand import Booking
from tus_dispatch.domain.law import Law
from tus_dispatch.domain.organisation import Organisation
from tus_dispatch.domain.units import EurCents, Metres
from tus_dispatch.rules.cost_share import participation_eur_cents
from tus_dispatch.rules.settings import settings_on

_METRES_PER_KM = 1000
_MILLI_CENTS_PER_CENT = 1000


def participation(
    booking: Booking, billable_m: Metres, settings: Organisation, day: date
) -> EurCents:
    """Return the contribution to the costs of one leg.

    Parameters
    ----------
    booking
        What was agreed for it goes first.
    billable_m
        Direct road metres of the person's own leg.
    settings
        Of the association: the tariff of its law, or else what it asks per
        kilometre.
    day
        Service date, for the cap.

    Returns
    -------
    int
        Cents, rounded down.
    """
    if booking.participation_eur_cents is not None:
        return booking.participation_eur_cents
    rules = settings_on(settings.law or Law(), day)
    if settings.law is not None and settings.law.tariff_eur_cents_per_km is not None:
        return participation_eur_cents(billable_m, rules)
    cap = rules.cap_eur_cents_per_km * _MILLI_CENTS_PER_CENT
    per_km = min(settings.participation_per_km, cap)
    return per_km * billable_m // (_METRES_PER_KM * _MILLI_CENTS_PER_CENT)
