"""The register of guards: what filling the middle of a day must never do."""

from tus_dispatch.domain.reason import ReasonKind


def _register(*rows: tuple[str, str, str, str, str]) -> dict[str, ReasonKind]:
    return {row[1]: ReasonKind(*row) for row in rows}


CODES: dict[str, ReasonKind] = _register(
    (
        "TUS-3271",
        "filled-dropped",
        "Trajet {where} : il était prévu, il ne l'est plus après le remplissage.",
        "A leg that the plan served is left out after filling.",
        "Throw the filled plan away; fill the plan again.",
    ),
    (
        "TUS-3272",
        "filled-moved",
        "Trajet {where} : la prise en charge est déplacée de {length} de trop.",
        "Filling moves a pickup further than the policy's move_s.",
        "Throw the filled plan away; fill the plan again.",
    ),
    (
        "TUS-3273",
        "filled-end",
        "Tournée {where} : la fin de service change de {length}.",
        "Filling moves the end of a shift that was planned.",
        "Keep the planned end; moving it is the coordinator's choice.",
    ),
    (
        "TUS-3274",
        "filled-slot",
        "{where} : un créneau protégé de {earliest} à {latest} a disparu.",
        "Filling takes a protected slot away from a driver.",
        "Give the slot back.",
    ),
    (
        "TUS-3275",
        "filled-buffer",
        "Tournée {where} : il manque {length} de marge avant la pointe du soir.",
        "A filled round has less than the wanted time before its evening peak.",
        "Take the last optional trip out of the round.",
    ),
    (
        "TUS-3276",
        "filled-stranded",
        "Réservation {where} : la personne est conduite sur place sans trajet de retour.",
        "Somebody who did not ask for one way only is brought somewhere and not back.",
        "Plan the return as well, or ask whether the person has a way back.",
    ),
    (
        "TUS-3277",
        "filled-hours",
        "Réservation {where} : {what}.",
        "A flexible booking is served outside its windows, or its stay is too short.",
        "Propose another time.",
    ),
    (
        "TUS-3278",
        "filled-departure",
        "Réservation {where} : il manque {length} avant le dernier départ.",
        "Somebody gets out at a hub too late for its last departure.",
        "Bring the person there earlier.",
    ),
    (
        "TUS-3279",
        "event-hours",
        "Réservation {where} : {what}.",
        "Somebody reaches an event after its start, or is fetched before its end.",
        "Bring everybody before the start and fetch them after the end.",
    ),
    (
        "TUS-3280",
        "event-capacity",
        "Sortie {where} : {by} personne(s) de trop pour la capacité annoncée.",
        "More people are brought to an event than it can take.",
        "Take some of them out, or raise the capacity.",
    ),
    (
        "TUS-3281",
        "person-twice",
        "Réservation {where} : la personne est déjà en route ou sur place au même moment.",
        "Two journeys of one person overlap.",
        "Propose another time.",
    ),
    (
        "TUS-3282",
        "filled-open-shift",
        "Tournée {where} : une vacation sans agent de conduite serait ouverte pour du facultatif.",
        "Filling uses a shift that nobody drives and nothing needed before.",
        "Name a driver first.",
    ),
    (
        "TUS-3283",
        "filled-worth",
        "Le remplissage coûte {by} millième(s) de centime de plus que ce qu'il vaut.",
        "The kilometres and paid minutes added are worth more than the legs gained.",
        "Throw the filled plan away; fill the plan again.",
    ),
    (
        "TUS-3284",
        "filled-demand",
        "Réservation {where} : elle n'est pas celle d'avant, ni une demande souple, ni une sortie.",
        "A booking was changed, lost or made up while filling.",
        "Throw the filled plan away; fill the plan again.",
    ),
)
