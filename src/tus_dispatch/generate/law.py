"""The law of a made-up day: its communes, hubs and authorities, with all trips lawful."""

from datetime import date

from tus_dispatch.domain.law import Area, Law, TripMode, Zone
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.domain.working_time import Enforcement, WorkingTime
from tus_dispatch.generate.clock import SiteKind
from tus_dispatch.generate.family import Family
from tus_dispatch.generate.land import Land
from tus_dispatch.generate.settlements import settlements_of
from tus_dispatch.rules.tables import dated_table

# domain.md §2.1: who lives in a larger urban unit is not eligible by residence.
# The official list of communes is not shipped, so the commune's own size
# stands for it here.
LARGEST_RURAL = 12_000
TARIFF_EUR_CENTS_PER_KM = 15
_SUNDAY = 6


def listed_communes(family: Family) -> frozenset[str]:
    """Return the communes of a family that count as eligible.

    Parameters
    ----------
    family
        Whose territory.

    Returns
    -------
    frozenset of str
        Codes of communes below 12 000 inhabitants.
    """
    return frozenset(
        each.insee
        for each in settlements_of(family.key)
        if each.insee is not None and each.population < LARGEST_RURAL
    )


def hubs_of(land: Land) -> tuple[PlaceId, ...]:
    """Return the stations of a map."""
    return tuple(site.place.id for site in land.sites if site.kind is SiteKind.HUB)


def law_of(family: Family, hubs: tuple[PlaceId, ...], day: date) -> Law | None:
    """Tell the law of a day.

    Parameters
    ----------
    family
        Whose day.
    hubs
        Its stations, which the scenario lists.
    day
        The service date.

    Returns
    -------
    Law or None
        Enforced; None on a date before there was such a law.
    """
    if day < max(entries[0].since for entries in dated_table("transport").values()):
        return None
    return Law(
        trips=TripMode.ENFORCED,
        zone=Zone(date(day.year, 1, 1), listed_communes(family)),
        hubs=hubs,
        authorities=_authorities(family),
        tariff_eur_cents_per_km=TARIFF_EUR_CENTS_PER_KM,
    )


def _authorities(family: Family) -> tuple[Area, ...]:
    communes = frozenset(
        each.insee
        for each in settlements_of(family.key)
        if each.insee is not None and each.epci in family.excluded_epci
    )
    return (Area(family.authority, communes),) if communes else ()


def working_time_on(day: date) -> WorkingTime:
    """Tell how the hours of drivers are looked at.

    Parameters
    ----------
    day
        The service date.

    Returns
    -------
    WorkingTime
        Enforced; a day on a Sunday is made up for an association that may work
        then.
    """
    own = (("sunday_rest", None),) if day.weekday() == _SUNDAY else ()
    return WorkingTime(Enforcement.ENFORCED, own)
