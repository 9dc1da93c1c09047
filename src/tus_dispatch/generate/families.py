"""The six families, one per territory that told how it works (``domain.md`` §1.1, §3.3)."""

from tus_dispatch.domain.demand import Purpose
from tus_dispatch.domain.scenario import SchoolZone
from tus_dispatch.domain.travel_source import Terrain
from tus_dispatch.generate.codes import refusal
from tus_dispatch.generate.family import DemandRanges, Family, FleetRanges

# S2, GAS 18: four establishments, about forty meeting places, an urban
# transport authority left out.
CHER_MULTIDEPOT = Family(
    key="cher_multidepot",
    title="Cher",
    story=(
        "Quatre garages, une quarantaine de lieux d’accueil ; les trajets internes à "
        "l’agglomération de Bourges sont exclus, son réseau urbain les assure."
    ),
    school_zone=SchoolZone.B,
    terrain=Terrain.PLAIN,
    landline_zone=2,
    depots=("18197", "18279", "18015", "18018"),
    hubs=("18033", "18279", "18197"),
    excluded_epci=("241800507",),
    authority="Agglomération de Bourges",
    n_sites=48,
    prescribers=40,
)

# S2, APFE: one to four vehicles, workshops and social driving schools,
# eco-driving and electric vehicles.
SOMME_VALLEES = Family(
    key="somme_vallees",
    title="Vallées de la Somme",
    story="Petite flotte, ateliers collectifs en journée, véhicules électriques.",
    school_zone=SchoolZone.B,
    terrain=Terrain.PLAIN,
    landline_zone=3,
    depots=("80001", "80062"),
    hubs=("80001",),
    n_sites=26,
    prescribers=15,
    demand=DemandRanges(
        purposes=(
            (Purpose.WORK, 0.30),
            (Purpose.TRAINING, 0.25),
            (Purpose.INSERTION, 0.28),
            (Purpose.MEDICAL, 0.10),
            (Purpose.ERRANDS, 0.05),
            (Purpose.OTHER, 0.02),
        ),
        early_share=0.0,
        evening_share=0.0,
    ),
    fleet=FleetRanges(
        pattern_weights=(("long_day", 3.0), ("two_crews", 3.0), ("medium_day", 3.0)),
        electric_share=0.5,
    ),
)

# S3, Mobijump: buses stop at 19:00; workshops in town; rural minority fetched
# in the villages.
ALENCON_19H = Family(
    key="alencon_19h",
    title="Pays d’Alençon",
    story="Rabattement vers la gare d’Alençon et retours du soir après le dernier bus de 19 h.",
    school_zone=SchoolZone.B,
    terrain=Terrain.HILLS,
    landline_zone=2,
    depots=("61001",),
    hubs=("61001",),
    n_sites=30,
    prescribers=30,
    demand=DemandRanges(hub_share=0.30, evening_hub_share=0.45, evening_share=0.06),
    fleet=FleetRanges(
        pattern_weights=(
            ("long_day", 2.0),
            ("two_crews", 2.0),
            ("early_and_late", 4.0),
            ("medium_day", 2.0),
        )
    ),
)

# S1, Sud Landes: four groups of communes that share the costs.
LANDES_EPCI = Family(
    key="landes_epci",
    title="Sud Landes",
    story=(
        "Quatre intercommunalités se partagent les coûts ; trajets vers Dax, le Maremne "
        "et le Seignanx."
    ),
    school_zone=SchoolZone.A,
    terrain=Terrain.PLAIN,
    landline_zone=5,
    depots=("40088", "40284", "40224", "40273"),
    hubs=("40088", "40284"),
    n_sites=36,
    prescribers=23,
)

# S4, PES Sud Essonne: long trips across zones, about a hundred prescribers.
ESSONNE_132COMMUNES = Family(
    key="essonne_132communes",
    title="Sud Essonne",
    story="Longs trajets entre zones, une centaine de prescripteurs, gares du RER en rabattement.",
    school_zone=SchoolZone.C,
    terrain=Terrain.PLAIN,
    landline_zone=1,
    depots=("91223", "91405"),
    hubs=("91223", "91200", "91021"),
    n_sites=44,
    prescribers=100,
    demand=DemandRanges(median_km=17.0, hub_share=0.12),
)

# S0, Détours: medium mountain, slow roads, snow.
AMBERT_MONTAGNE = Family(
    key="ambert_montagne",
    title="Livradois-Forez",
    story="Moyenne montagne en hiver : routes lentes, temps estimés majorés de 10 %.",
    school_zone=SchoolZone.A,
    terrain=Terrain.MOUNTAIN,
    landline_zone=4,
    depots=("63003", "63125"),
    hubs=("63430",),
    # §3.3: up to 15 % more in winter and early dark.
    winter=1.1,
    n_sites=22,
    prescribers=18,
    # People of a valley go to its town; the hours are those of longer trips in the plain.
    demand=DemandRanges(median_km=10.0, early_share=0.04, evening_share=0.0),
)

FAMILIES: dict[str, Family] = {
    family.key: family
    for family in (
        CHER_MULTIDEPOT,
        SOMME_VALLEES,
        ALENCON_19H,
        LANDES_EPCI,
        ESSONNE_132COMMUNES,
        AMBERT_MONTAGNE,
    )
}


def family_named(key: str) -> Family:
    """Return a family by its name.

    Parameters
    ----------
    key
        As typed.

    Returns
    -------
    Family
        One of the six.

    Raises
    ------
    InputError
        When there is no such family; the message lists the six.
    """
    if key not in FAMILIES:
        raise refusal("generate-family", "FAMILY", key, "l’un de : " + ", ".join(FAMILIES))
    return FAMILIES[key]
