"""Where people are driven to: generic names in real communes."""

from dataclasses import dataclass

from tus_dispatch.domain.place import Place
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.generate.clock import SiteKind
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.family import Family
from tus_dispatch.generate.settlements import Settlement, point_in

# Below these many inhabitants a settlement has no such place.
SMALLEST: dict[SiteKind, int] = {
    SiteKind.WORKSHOP: 900,
    SiteKind.ZONE: 1500,
    SiteKind.TRAINING: 2000,
    SiteKind.MEETING: 400,
    SiteKind.HEALTH: 1500,
    SiteKind.SHOP: 900,
}
# Of all sites but the hubs; most are meeting places (S2: about forty).
SHARES: dict[SiteKind, float] = {
    SiteKind.WORKSHOP: 0.17,
    SiteKind.ZONE: 0.20,
    SiteKind.TRAINING: 0.15,
    SiteKind.MEETING: 0.26,
    SiteKind.HEALTH: 0.14,
    SiteKind.SHOP: 0.08,
}
_NAMES: dict[SiteKind, str] = {
    SiteKind.WORKSHOP: "Atelier d’insertion {of}",
    SiteKind.ZONE: "Zone d’activités {of}",
    SiteKind.TRAINING: "Organisme de formation {of}",
    SiteKind.MEETING: "Lieu d’accueil {of}",
    SiteKind.HEALTH: "Pôle santé {of}",
    SiteKind.SHOP: "Épicerie sociale {of}",
    SiteKind.HUB: "Gare {of}",
}
_POPULATION_POWER = 0.5


@dataclass(frozen=True, slots=True)
class Site:
    """A destination.

    Attributes
    ----------
    place
        Where.
    settlement
        In which commune.
    kind
        What people find there.
    """

    place: Place
    settlement: Settlement
    kind: SiteKind


def of(name: str) -> str:
    """Join a place name to what stands there, with the right article.

    Parameters
    ----------
    name
        Name of a commune.

    Returns
    -------
    str
        ``de …``, ``d’…``, ``du …``, ``des …`` or ``du lieu-dit …``.

    Examples
    --------
    >>> of("Ambert"), of("Thiers"), of("Le Crotoy"), of("Les Molières"), of("La Ferté-Alais")
    ('d’Ambert', 'de Thiers', 'du Crotoy', 'des Molières', 'de La Ferté-Alais')
    """
    for article, joined in (("Le ", "du "), ("Les ", "des "), ("Lieu-dit ", "du lieu-dit ")):
        if name.startswith(article):
            return joined + name.removeprefix(article)
    return f"d’{name}" if name[0] in "AEÉÈIOUYH" else f"de {name}"


def sites_of(
    family: Family, n_sites: int, reach: list[tuple[Settlement, float]], draws: Draws
) -> tuple[Site, ...]:
    """Draw the destinations of a day.

    Parameters
    ----------
    family
        Whose day.
    n_sites
        About how many, the family's at most.
    reach
        All communes with the weight of their distance to a depot; larger
        communes have more sites.
    draws
        Where chance comes from.

    Returns
    -------
    tuple of Site
        The hubs first, no two sites of one kind in one settlement.
    """
    hubs = [s for s, _ in reach if s.insee in family.hubs] or [reach[0][0]]
    sites = [
        _site(SiteKind.HUB, settlement, number, draws) for number, settlement in enumerate(hubs)
    ]
    for kind, share in SHARES.items():
        wanted = max(1, round(share * min(n_sites, family.n_sites)))
        for settlement in _towns(kind, reach, wanted, draws):
            sites.append(_site(kind, settlement, len(sites), draws))
    return tuple(sites)


def _towns(
    kind: SiteKind, reach: list[tuple[Settlement, float]], wanted: int, draws: Draws
) -> list[Settlement]:
    pool = [pair for pair in reach if pair[0].population >= SMALLEST[kind]]
    pool = pool or sorted(reach, key=lambda pair: -pair[0].population)[:wanted]
    chosen: list[Settlement] = []
    while pool and len(chosen) < wanted:
        weights = [s.population**_POPULATION_POWER * near for s, near in pool]
        one = draws.weighted(pool, weights)
        pool.remove(one)
        chosen.append(one[0])
    return chosen


def _site(kind: SiteKind, settlement: Settlement, number: int, draws: Draws) -> Site:
    place = Place(
        id=PlaceId(f"L{number + 1:02d}"),
        name=_NAMES[kind].format(of=of(settlement.name)),
        point=point_in(settlement, draws),
        insee=settlement.insee,
    )
    return Site(place, settlement, kind)
