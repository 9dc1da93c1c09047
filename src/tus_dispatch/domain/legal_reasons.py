"""Reasons the law gives, one row each: what a refusal says, and what a warning says."""

from enum import StrEnum


class Force(StrEnum):
    """What a reason does to a trip, and whether a person may lift it.

    Attributes
    ----------
    LIMIT
        Time, room or vehicles are missing.
    LEGAL
        The law forbids it; nobody may lift it.
    RULE
        A rule of the association forbids it; it may be lifted with a motive.
    FLAG
        Nothing is forbidden; somebody should look at it.
    """

    LIMIT = "limit"
    LEGAL = "legal"
    RULE = "rule"
    FLAG = "flag"


Row = tuple[str, str, str, str, str, Force]

LEGAL_ROWS: tuple[Row, ...] = (
    (
        "TUS-2001",
        "eligibility-unchecked",
        (
            "Le droit au transport d’utilité sociale n’est pas vérifié (Code des transports, "
            "art. R3133-1) : il manque {missing}. Une fois la vérification notée, ce trajet "
            "pourra être proposé."
        ),
        "Nobody checked on which ground the person may use social transport.",
        "Check residence or income, then note the ground, the day and who checked.",
        Force.LEGAL,
    ),
    (
        "TUS-2002",
        "eligibility-expired",
        (
            "Le droit au transport d’utilité sociale n’est vérifié que jusqu’au {until} (Code "
            "des transports, art. R3133-1) : il manque une vérification valable le {day}. Une "
            "fois celle-ci notée, ce trajet pourra être proposé."
        ),
        "The last valid day of the eligibility check is over.",
        "Check again and note the new ground and dates.",
        Force.LEGAL,
    ),
    (
        "TUS-2003",
        "ineligible",
        (
            "La personne ne remplit ni le critère de résidence ni celui des ressources (Code des "
            "transports, art. R3133-1) : il manque l’un des deux. Orientez-la vers les lignes "
            "régulières, le transport à la demande ou un taxi."
        ),
        "The check found neither ground, residence or income.",
        "Point to public lines, on-demand transport or a taxi; check again if things change.",
        Force.LEGAL,
    ),
    (
        "TUS-2004",
        "zone",
        (
            "Éligible par sa résidence seule, la personne ne peut aller que d’une commune de la "
            "liste à une autre, ou rejoindre un pôle d’échange voisin (Code des transports, "
            "art. R3133-4) : {missing} ; {instead}."
        ),
        "An end of the trip is outside the eligible communes and no hub.",
        "Offer the trip to the hub named, or check whether income is a ground too.",
        Force.LEGAL,
    ),
    (
        "TUS-2005",
        "hub-return",
        (
            "Le retour depuis un pôle d’échange n’est pas admis (réglage de l’association ; le "
            "Code des transports, art. R3133-4, ne parle que de le rejoindre) : il manque un "
            "départ dans une commune de la liste. L’aller vers « {hub} » reste permis."
        ),
        "The association allows trips to a hub, not back from it.",
        "Offer the way out only, or change `hub_return` once the point is settled.",
        Force.LEGAL,
    ),
    (
        "TUS-2006",
        "commune-unknown",
        (
            "La zone permise ne peut pas être vérifiée (Code des transports, art. R3133-4) : il "
            "manque la commune de « {place} ». Notez son code INSEE, puis redemandez ce trajet."
        ),
        "A place has no commune code, so its zone is unknown.",
        "Give the place its `insee` code.",
        Force.LEGAL,
    ),
    (
        "TUS-2007",
        "zone-list-missing",
        (
            "La zone permise ne peut pas être vérifiée (Code des transports, art. R3133-1 et "
            "R3133-4) : il manque {missing}. Un trajet dont le critère est les ressources reste "
            "permis."
        ),
        "No list of eligible communes is loaded, or its edition is later than the day.",
        "Import the official list and name it in the section `law`.",
        Force.LEGAL,
    ),
    (
        "TUS-2008",
        "distance",
        (
            "{what} {length}, pour {limit} au plus (Code des transports, art. R3133-4) : "
            "c’est {excess} de trop ; {instead}."
        ),
        "The direct drive is longer than the law allows.",
        "Offer a nearer place or the trip to a hub.",
        Force.LEGAL,
    ),
    (
        "TUS-2009",
        "price-cap",
        (
            "La participation demandée, {asked}, dépasse le plafond (Code des transports, "
            "art. R3133-3, arrêté du 17 octobre 2019) : {most} au plus pour {length} en direct. "
            "Demandez {most} ou moins."
        ),
        "The contribution asked is above the cap per kilometre of the direct drive.",
        "Ask for no more than the amount named.",
        Force.LEGAL,
    ),
    (
        "TUS-2010",
        "self-drive",
        (
            "Une location sans chauffeur n’est pas un trajet conduit : il manque un régime de "
            "transport (Code des transports, art. L3133-1 ou L3131-1). Notez-la au calendrier du "
            "véhicule, ou choisissez un autre régime."
        ),
        "A rental without a driver was booked as a ride.",
        "Put it into the vehicle calendar, or give the booking another regime.",
        Force.LEGAL,
    ),
    (
        "TUS-2011",
        "vehicle-title",
        (
            "Le transport d’utilité sociale se fait avec un véhicule de l’association ou prêté "
            "sans but lucratif (rappel du Cerema, octobre 2023), et non loué : il manque une "
            "place dans un tel véhicule. Ce trajet est permis avec un véhicule en propriété ou "
            "mis à disposition."
        ),
        "Only commercially hired vehicles could serve the trip.",
        "Use an owned or lent vehicle, or settle the point and set `hired_vehicles`.",
        Force.LEGAL,
    ),
    (
        "TUS-2012",
        "vehicle-seats",
        (
            "Le véhicule a plus de neuf places, conducteur compris (Code de la route, art. "
            "R311-1) : il manque un véhicule plus petit. Ce trajet est permis avec un véhicule "
            "de neuf places au plus."
        ),
        "Only vehicles of more than nine seats could serve the trip.",
        "Use a vehicle of at most nine seats, the driver's included.",
        Force.LEGAL,
    ),
    (
        "TUS-2013",
        "medical-attestation",
        (
            "Conduire un transport public de personnes demande une attestation médicale du "
            "préfet (Code de la route, art. R221-10) : il manque un agent de conduite qui en a "
            "une, valable ce jour-là. Avec un tel agent, ce trajet est permis."
        ),
        "No driver on duty has a valid medical attestation, which the regime asks for.",
        "Give a shift to a driver who has one, or note its last day.",
        Force.LEGAL,
    ),
    (
        "TUS-2014",
        "linked-unlawful",
        (
            "{other} associé n’est pas permis ({code}), et l’aller et le retour vont ensemble : "
            "il manque un trajet permis dans l’autre sens. Réservé seul, celui-ci pourrait être "
            "étudié."
        ),
        "The linked leg is unlawful, and nobody is stranded.",
        "Settle the reason of the linked leg, or book one way only.",
        Force.LEGAL,
    ),
    (
        "TUS-2021",
        "no-referral",
        (
            "L’association transporte les personnes qu’un prescripteur lui adresse (règle de "
            "l’association) : il manque une prescription. Demandez-la au prescripteur ; un "
            "responsable peut passer outre en notant pourquoi."
        ),
        "The participant has no referral, which is the association's own rule.",
        "Ask the prescriber, or lift the reason with a motive.",
        Force.RULE,
    ),
    (
        "TUS-2022",
        "referral-expired",
        (
            "La prescription valait jusqu’au {until} (règle de l’association) : il en manque une "
            "pour le {day}. Demandez au prescripteur de la renouveler ; un responsable peut "
            "passer outre en notant pourquoi."
        ),
        "The last valid day of the referral is over.",
        "Ask the prescriber to renew it, or lift the reason with a motive.",
        Force.RULE,
    ),
    (
        "TUS-2023",
        "referral-not-begun",
        (
            "La prescription ne commence que le {start} (règle de l’association) : il en manque "
            "une pour le {day}. Proposez une date à partir du {start} ; un responsable peut "
            "passer outre en notant pourquoi."
        ),
        "The first valid day of the referral is still to come.",
        "Offer a later day, or lift the reason with a motive.",
        Force.RULE,
    ),
    (
        "TUS-2031",
        "override-of-law",
        "Un motif légal ne se lève pas : complétez le dossier ou proposez un trajet permis.",
        "Somebody tried to lift a reason that only the law can change.",
        "Complete the missing piece, or offer a lawful trip; lift rules of the house only.",
        Force.LEGAL,
    ),
    (
        "TUS-2041",
        "trips-unchecked",
        (
            "La légalité des trajets n’est pas vérifiée : la journée n’a pas de rubrique « law » "
            "(critères, communes éligibles, pôles d’échange). Vérifiez chaque trajet avant de "
            "l’annoncer."
        ),
        "The scenario has no section `law`.",
        "Add the section with the list of communes and the hubs.",
        Force.FLAG,
    ),
    (
        "TUS-2042",
        "trips-flagged",
        (
            "La légalité des trajets est seulement signalée (« trips » vaut « flagged ») : un "
            "trajet signalé est planifié quand même. Vérifiez-le avant de l’annoncer."
        ),
        "The section `law` flags trips instead of refusing them.",
        "Set `trips` to `enforced` once people and places are complete.",
        Force.FLAG,
    ),
    (
        "TUS-2043",
        "aom-exclusion",
        (
            "Ce trajet reste dans le ressort de « {area} », autorité organisatrice de la mobilité, "
            "que le transport d’utilité sociale complète sans la remplacer : voyez avec elle s’il "
            "lui revient."
        ),
        "Both ends lie inside one mobility authority.",
        "Ask whether its network serves the trip; nothing is refused.",
        Force.FLAG,
    ),
    (
        "TUS-2044",
        "served-otherwise",
        (
            "« {service} » dessert ce trajet : proposez-le si la personne peut le prendre. Rien "
            "n’est refusé pour cela."
        ),
        "A public line or on-demand service serves both ends.",
        "Offer it where the person can take it; nothing is refused.",
        Force.FLAG,
    ),
    (
        "TUS-2045",
        "mixed-regimes",
        (
            "Cette tournée mêle plusieurs régimes ({regimes}) : chaque trajet garde ses règles, "
            "et les kilomètres sont à répartir."
        ),
        "A round carries bookings of several regimes.",
        "Check insurance and cost split, or part the round.",
        Force.FLAG,
    ),
    (
        "TUS-2046",
        "eligibility-unsigned",
        "Le droit au transport est vérifié, mais le nom de qui l’a vérifié n’est pas noté.",
        "The eligibility check does not say who made it.",
        "Note who checked.",
        Force.FLAG,
    ),
    (
        "TUS-2047",
        "rule-lifted",
        "Motif {code} levé par {by} le {day} : « {motive} ».",
        "A rule of the association was lifted for this booking, with a motive.",
        "Nothing; it is shown so that everybody knows.",
        Force.FLAG,
    ),
)
