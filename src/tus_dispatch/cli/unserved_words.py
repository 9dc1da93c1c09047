"""The one limit whose relaxation lets a leg in, as a sentence for the phone."""

# Slugs of the register that name a limit one can give way on. The others
# (unreachable, no-vehicle, several-limits, search-limit, not-planned-yet) have none.
RELAXATIONS = {
    "time-window": "Entrerait si l'heure demandée pouvait bouger.",
    "ride-limit": "Entrerait si un temps à bord plus long était accepté.",
    "capacity": "Entrerait avec des places de plus à bord.",
    "shift-hours": "Entrerait si une vacation commençait plus tôt ou finissait plus tard.",
    "wait-aboard": "Entrerait si les personnes à bord acceptaient d'attendre plus longtemps.",
    "incompatibility": "Entrerait si ces deux personnes pouvaient voyager ensemble.",
    "qualification": "Entrerait si la qualification ou l'équipement demandé était là.",
    "pin": "Entrerait si le verrouillage était levé.",
    "break": "Entrerait si la pause ou le créneau protégé pouvait bouger.",
    "range": "Entrerait si le véhicule avait plus d'autonomie.",
    "working-time": "Entrerait avec un agent de conduite à qui il reste des heures.",
    "linked-leg": "Entrerait seul, sans le trajet associé.",
    "price": "Entrerait si sa valeur était relevée.",
}


def relaxation_sentence(relaxation: str | None) -> str:
    """Return the sentence for a relaxation.

    Parameters
    ----------
    relaxation
        Slug of a limit, or None.

    Returns
    -------
    str
        Empty when no single limit lets the leg in.
    """
    return "" if relaxation is None else RELAXATIONS.get(relaxation, "")
