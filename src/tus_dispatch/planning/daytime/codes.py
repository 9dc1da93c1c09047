"""Why not, in the middle of the day: codes beside those of ``domain.reason``."""

from tus_dispatch.domain.reason import Reason, ReasonKind


def _register(*rows: tuple[str, str, str, str, str]) -> dict[str, ReasonKind]:
    return {row[1]: ReasonKind(*row) for row in rows}


CODES: dict[str, ReasonKind] = _register(
    (
        "TUS-2901",
        "goods-for-hire",
        (
            "Le transport de marchandises pour le compte d’autrui est une profession réglementée : "
            "cette demande est refusée par défaut. Conduire les personnes chercher elles-mêmes "
            "leur panier reste possible."
        ),
        "Carrying others' goods for payment needs a licence for light goods transport.",
        "Carry the people who fetch their own goods, or own goods free of charge.",
    ),
    (
        "TUS-2902",
        "rental-without-referral",
        (
            "Une location demande l’orientation d’un·e référent·e socio-professionnel·le : "
            "indiquez qui oriente la personne."
        ),
        "A vehicle is to be rented out without a referral.",
        "Name the referral.",
    ),
    (
        "TUS-2903",
        "rental-too-long",
        "Une location dure 60 jours au plus ; celle-ci en dure {days}.",
        "A rental is longer than sixty days.",
        "Shorten the rental.",
    ),
    (
        "TUS-3301",
        "other-day",
        "Cette demande ne convient pas à ce jour ; elle attend un autre jour.",
        "The days of a flexible booking do not include this one.",
        "Fill the plan of another day.",
    ),
    (
        "TUS-3302",
        "no-way-back",
        "Aucun retour n’est possible à temps depuis ce lieu, ou le dernier départ est trop tôt.",
        "The windows of a flexible booking leave no time to stay, return or change.",
        "Widen the windows, shorten the stay, or flag the booking as one way.",
    ),
    (
        "TUS-3303",
        "kept-free",
        (
            "Une place existe, mais elle toucherait la marge avant la pointe du soir ou un autre "
            "trajet de la même personne."
        ),
        "Places exist, and every one breaks the buffer before the evening peak or overlaps.",
        "Ask for another hour.",
    ),
    (
        "TUS-3304",
        "group-too-dear",
        (
            "Seule, cette personne entrerait ; l’aller et le retour du groupe coûteraient plus que "
            "leur valeur."
        ),
        "The group that would come is worth less than it costs.",
        "Raise the value of the event, or gather more people nearby.",
    ),
    (
        "TUS-3311",
        "hold-over",
        "Cette option a expiré à {clock} ; demandez une nouvelle proposition.",
        "A held slot offer is used after its time.",
        "Ask for the slot offers again.",
    ),
    (
        "TUS-3312",
        "hold-place",
        "La proposition vaut pour « {expected} », pas pour « {actual} ».",
        "A booking goes to another place than the slot offer it is made on.",
        "Book the place of the offer, or ask for another offer.",
    ),
    (
        "TUS-3313",
        "hold-slot",
        "L’arrivée demandée sort du créneau proposé, de {earliest} à {latest}.",
        "A booking asks for another time than the slot offer it is made on.",
        "Keep the half hour of the offer.",
    ),
    (
        "TUS-3314",
        "hold-sector",
        "Le domicile n’est pas dans le secteur de la proposition ({expected}).",
        "A booking starts outside the sector of the slot offer it is made on.",
        "Ask for an offer from the person's own sector.",
    ),
    (
        "TUS-3315",
        "hold-seats",
        "Il reste {left} place(s) dans cette proposition ; il en faudrait {wanted}.",
        "A booking needs more seats than the slot offer still has.",
        "Book fewer seats, or ask for another offer.",
    ),
    (
        "TUS-5301",
        "vehicle-taken",
        "Le véhicule est déjà réservé du {first} au {last} ({what}).",
        "Two uses of one vehicle would overlap.",
        "Choose another vehicle or another time.",
    ),
    (
        "TUS-5302",
        "vehicle-needed",
        "Le véhicule est en tournée de {first} à {last}.",
        "A round needs the vehicle at that time.",
        "Choose a vehicle that is free, or change the round first.",
    ),
)


def daytime_reason(slug: str, **details: object) -> Reason:
    """Return the reason a slug of this register stands for.

    Parameters
    ----------
    slug
        Key of ``CODES``.
    **details
        What the sentence's braces ask for.

    Returns
    -------
    Reason
        Ready to be shown.

    Raises
    ------
    KeyError
        When the register has no such slug or a detail is missing.
    """
    kind = CODES[slug]
    return Reason(kind.code, kind.slug, kind.sentence.format(**details))
