"""Why not: one register of codes with a French sentence for people and English words for docs."""

from dataclasses import dataclass

from tus_dispatch.domain.legal_reasons import LEGAL_ROWS, Force


@dataclass(frozen=True, slots=True)
class ReasonKind:
    """One entry of the register.

    Attributes
    ----------
    code
        ``TUS-nnnn``.
    slug
        Short English name, also the name of the limit when it can be relaxed.
    sentence
        French sentence; ``{…}`` are filled from the details.
    cause
        English: when this is given.
    action
        English: what a dispatcher can do.
    force
        Whether it is the law, a rule of the house, or a limit of the day.
    """

    code: str
    slug: str
    sentence: str
    cause: str
    action: str
    force: Force = Force.LIMIT


@dataclass(frozen=True, slots=True)
class Reason:
    """A filled-in reason.

    Attributes
    ----------
    code, slug
        From the register.
    sentence
        The French sentence, ready to be read aloud.
    """

    code: str
    slug: str
    sentence: str


def _register(*rows: tuple[str, str, str, str, str]) -> dict[str, ReasonKind]:
    legal = [ReasonKind(*row) for row in LEGAL_ROWS]
    return {kind.slug: kind for kind in (*legal, *(ReasonKind(*row) for row in rows))}


REASONS: dict[str, ReasonKind] = _register(
    (
        "TUS-3001",
        "unreachable",
        "Aucune route ne relie ce trajet au garage ou à la destination.",
        "No road joins the places of the leg with any start place.",
        "Check the point of the place; move it onto the road network.",
    ),
    (
        "TUS-3002",
        "no-vehicle",
        "Aucune vacation ne convient : places, fauteuil, rehausseur ou qualification manquent.",
        "No shift offers the seats or qualifications, whatever the hour.",
        "Open a shift with a suitable vehicle and driver.",
    ),
    (
        "TUS-3101",
        "time-window",
        (
            "L'horaire demandé ne laisse passer aucun véhicule ; avec un créneau plus large, "
            "ce trajet entre dans le plan."
        ),
        "Only the leg's own time windows keep it out.",
        "Ask whether the person can move the time.",
    ),
    (
        "TUS-3102",
        "ride-limit",
        "Le temps à bord autorisé serait dépassé ; c'est la seule limite qui bloque.",
        "Only the limit aboard keeps the leg out.",
        "Ask the person whether a longer ride is acceptable, or add a shift.",
    ),
    (
        "TUS-3103",
        "capacity",
        "Il manque une place à bord au moment voulu.",
        "Only seats, wheelchair spaces or child seats are missing.",
        "Use a larger vehicle or another hour.",
    ),
    (
        "TUS-3104",
        "shift-hours",
        "Aucun agent de conduite n'est en service à cette heure.",
        "Only the shifts' hours or longest duty keep the leg out.",
        "Move a shift's hours within the law, or open a shift.",
    ),
    (
        "TUS-3105",
        "wait-aboard",
        "Les personnes à bord attendraient trop longtemps à l'arrêt.",
        "Only the longest wait with people aboard keeps the leg out.",
        "Ask those aboard, or shift the time asked for by a few minutes.",
    ),
    (
        "TUS-3106",
        "incompatibility",
        "La seule tournée possible transporte à ce moment une personne incompatible.",
        "Only people who must not be aboard together keep the leg out.",
        "Choose another hour or another shift.",
    ),
    (
        "TUS-3107",
        "qualification",
        "Il manque la qualification ou l'équipement demandé au moment voulu.",
        "Only a required qualification or feature keeps the leg out.",
        "Give the shift to a qualified driver or an equipped vehicle.",
    ),
    (
        "TUS-3108",
        "pin",
        "Le verrouillage choisi (vacation ou heure) empêche ce trajet.",
        "Only the pin keeps the leg out.",
        "Remove or change the pin.",
    ),
    (
        "TUS-3109",
        "break",
        "La pause ou un créneau protégé de l'agent de conduite occupe ce moment.",
        "Only breaks, protected slots or vehicle absences keep the leg out.",
        "Move the break or the slot.",
    ),
    (
        "TUS-3110",
        "range",
        "L'autonomie du véhicule ne suffit pas.",
        "Only the vehicle's range keeps the leg out.",
        "Use another vehicle or plan a charge.",
    ),
    (
        "TUS-3111",
        "linked-leg",
        "Ce trajet entrerait seul, mais l'aller ou le retour associé ne trouve pas de place.",
        "The leg fits alone; its linked leg does not, and nobody is stranded.",
        "Find another way for the linked leg, or book one way only.",
    ),
    (
        "TUS-3112",
        "price",
        "Facultatif : le faire coûterait plus que sa valeur.",
        "An optional leg whose price is below its cost.",
        "Raise its price or leave it out.",
    ),
    (
        "TUS-3113",
        "search-limit",
        "Ce trajet tient encore dans le plan : le calcul s'est arrêté avant de l'y mettre.",
        "The leg fits into the final plan; the search stopped before trying.",
        "Plan again with more time.",
    ),
    (
        "TUS-3114",
        "not-planned-yet",
        "Ce trajet a été demandé après le dernier calcul du plan.",
        "The leg was asked for after the plan was made.",
        "Plan the day again, or quote the booking.",
    ),
    (
        "TUS-3115",
        "working-time",
        "Le droit du travail des agents de conduite ne laisse pas de place à ce trajet.",
        "Only what drivers may lawfully work keeps the leg out.",
        "Ask a driver with hours left, or another hour; the law itself cannot be lifted.",
    ),
    (
        "TUS-3190",
        "several-limits",
        "Aucune limite levée à elle seule ne suffit ; plusieurs bloquent à la fois.",
        "No single limit's relaxation lets the leg in.",
        "Ask for another hour or another day, or add a shift.",
    ),
)


def reason_for(slug: str, **details: object) -> Reason:
    """Return the reason a slug stands for.

    Parameters
    ----------
    slug
        Key of the register.
    **details
        What the sentence's braces ask for.

    Returns
    -------
    Reason
        Ready to be shown.

    Raises
    ------
    KeyError
        When the register has no such slug, or a detail is missing.
    """
    kind = REASONS[slug]
    return Reason(kind.code, kind.slug, kind.sentence.format(**details).strip())


def force_of(reason: Reason) -> Force:
    """Return what a reason does to a trip.

    Parameters
    ----------
    reason
        Of the register.

    Returns
    -------
    Force
        Law, rule of the house, flag, or limit of the day.

    Raises
    ------
    KeyError
        When the register has no such slug.
    """
    return REASONS[reason.slug].force
