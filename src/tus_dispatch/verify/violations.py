"""Every rule a plan can break has a code, a French sentence, and English words for the docs."""

from dataclasses import dataclass

from tus_dispatch.domain.reason import ReasonKind


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule.

    Attributes
    ----------
    code
        ``TUS-32nn``.
    rule
        Slug of the rule in the register.
    where
        ``SHIFT/3`` (stop 3 of a round, counting from 0), ``SHIFT``, a leg, or
        ``plan``.
    by
        By how much, in the rule's own unit (seconds, metres, people,
        thousandths of a cent); 1 where there is no measure. Always positive.
    sentence
        The French sentence, ready to be read aloud.
    """

    code: str
    rule: str
    where: str
    by: int
    sentence: str

    def __str__(self) -> str:
        """Show the violation on one line."""
        return f"{self.code} {self.rule} {self.where}: {self.sentence}"


def broken(slug: str, where: str, by: int = 1, **details: object) -> Violation:
    """Return a violation with its sentence filled in.

    Parameters
    ----------
    slug
        Key of the register.
    where, by
        As in :class:`Violation`.
    **details
        What the sentence's braces ask for; ``where`` and ``by`` are known.

    Returns
    -------
    Violation
        Ready to be shown.

    Raises
    ------
    KeyError
        When the register has no such slug or a detail is missing.
    """
    kind = VIOLATIONS[slug]
    sentence = kind.sentence.format(where=where, by=by, **details)
    return Violation(kind.code, slug, where, by, sentence)


def _register(*rows: tuple[str, str, str, str, str]) -> dict[str, ReasonKind]:
    return {row[1]: ReasonKind(*row) for row in rows}


VIOLATIONS: dict[str, ReasonKind] = _register(
    (
        "TUS-3201",
        "unknown-reference",
        "{where} : {what} « {name} » n'existe pas dans la journée.",
        "The plan names a leg, shift, place, configuration or reason nobody knows.",
        "Plan the scenario again; the plan belongs to another one.",
    ),
    (
        "TUS-3202",
        "leg-missing",
        "Trajet {where} : il n'est ni servi ni écarté avec un motif.",
        "A leg is in no round and not among the unserved.",
        "Add the leg to a round or to the unserved, with its reason.",
    ),
    (
        "TUS-3203",
        "leg-twice",
        "Trajet {where} : il figure {times} fois dans le plan au lieu d'une.",
        "A leg is served twice, or served and unserved at once.",
        "Keep one of its places in the plan.",
    ),
    (
        "TUS-3204",
        "pickup-dropoff",
        "Trajet {where} : prise en charge et dépose ne vont pas ensemble ({what}).",
        "A pickup has no later dropoff in the same round, or the other way round.",
        "Put the dropoff after the pickup, on the same shift.",
    ),
    (
        "TUS-3205",
        "wrong-place",
        "{where} : l'arrêt est à « {place} » au lieu de « {expected} ».",
        "A stop is not at the place its leg, shift, break or slot asks for.",
        "Move the stop to the expected place.",
    ),
    (
        "TUS-3206",
        "round-shape",
        "Tournée {where} : {what}.",
        "A round does not begin with one start, end with one end, with something between.",
        "Give the round one start, one end and at least one stop between them.",
    ),
    (
        "TUS-3207",
        "wrong-crew",
        "Tournée {where} : le véhicule ou l'agent de conduite n'est pas celui de la vacation.",
        "The vehicle or driver of a round is not that of its shift.",
        "Take vehicle and driver from the shift.",
    ),
    (
        "TUS-3208",
        "day-bounds",
        "{where} : {clock} est en dehors de la journée de service.",
        "A time lies before the service day's 04:00 or after the next.",
        "Move the stop into the service day.",
    ),
    (
        "TUS-3210",
        "unreachable",
        "{where} : aucune route ne mène de « {origin} » à « {place} ».",
        "A drive joins two places between which there is no way.",
        "Check the points of both places, or serve the leg differently.",
    ),
    (
        "TUS-3211",
        "too-fast",
        "{where} : arrivée {by} s plus tôt que la route ne le permet.",
        "A stop is reached sooner than the travel times allow.",
        "Leave earlier or arrive later.",
    ),
    (
        "TUS-3212",
        "too-slow",
        "{where} : arrivée {by} s plus tard que la durée du trajet.",
        "A stop is reached later than the drive takes; standing still belongs at a stop.",
        "Arrive after exactly the drive and wait at the stop.",
    ),
    (
        "TUS-3213",
        "false-drive",
        "{where} : le trajet annoncé ({declared}) n'est pas celui de la carte ({actual}).",
        "The declared seconds or metres of a drive are not those of the travel times.",
        "Take seconds and metres from the travel times.",
    ),
    (
        "TUS-3214",
        "service-time",
        "{where} : il manque {by} s pour monter, descendre ou se reposer.",
        "A stop ends before its boarding, alighting, break or slot is over.",
        "Drive on only after the full time at the stop.",
    ),
    (
        "TUS-3215",
        "late-departure",
        "{where} : le véhicule repart {by} s après la fin de l'arrêt.",
        "A vehicle stands still after service ended, which hides waiting aboard.",
        "Drive on at once and wait before the next stop.",
    ),
    (
        "TUS-3216",
        "before-arrival",
        "{where} : l'arrêt commence {by} s avant l'arrivée du véhicule.",
        "Service starts before the vehicle is there.",
        "Start service at or after arrival.",
    ),
    (
        "TUS-3220",
        "time-window",
        "Trajet {leg} : {action} à {clock}, en dehors du créneau {earliest}–{latest}.",
        "A pickup or dropoff starts outside its window.",
        "Move the stop into the window, or ask the person for another time.",
    ),
    (
        "TUS-3221",
        "ride-limit",
        "Trajet {leg} : {by} s de trop à bord ({ride} pour {limit} autorisées).",
        "A person stays aboard longer than allowed.",
        "Drop the person earlier or pick up later.",
    ),
    (
        "TUS-3222",
        "wait-aboard",
        "{where} : {by} s d'attente de trop avec des personnes à bord.",
        "A vehicle stands still before a stop for too long while people are aboard.",
        "Delay the pickups before it.",
    ),
    (
        "TUS-3223",
        "capacity",
        "{where} : il manque {by} {what} à bord.",
        "More seats, wheelchair spaces or child seats are taken than the round offers.",
        "Use another configuration or vehicle, or split the round.",
    ),
    (
        "TUS-3224",
        "false-load",
        "{where} : les places annoncées ne sont pas celles des personnes à bord.",
        "The declared load is not what the people aboard take up.",
        "Add up the loads of the legs aboard.",
    ),
    (
        "TUS-3225",
        "qualification",
        "Trajet {where} : « {missing} » manque sur la vacation {shift}.",
        "Neither driver nor vehicle offers what the leg requires.",
        "Give the leg to a qualified driver or an equipped vehicle.",
    ),
    (
        "TUS-3226",
        "incompatibility",
        "{where} : {leg} et {other} ne doivent jamais être à bord en même temps.",
        "Two people who must never be aboard together are.",
        "Serve one of them at another hour or on another shift.",
    ),
    (
        "TUS-3227",
        "linked-leg",
        "Trajet {where} : servi sans son {other}, la personne resterait sur place.",
        "Of an outward and its return only one is served.",
        "Serve both or neither.",
    ),
    (
        "TUS-3228",
        "return-first",
        "Trajet {where} : le retour commence {by} s avant la fin de l'aller.",
        "A return is picked up before the outward leg is over.",
        "Move the return after the outward leg.",
    ),
    (
        "TUS-3229",
        "pin",
        "Trajet {where} : verrouillé sur {expected}, prévu {actual}.",
        "A leg is not where or when the dispatcher pinned it.",
        "Move the leg back, or remove the pin.",
    ),
    (
        "TUS-3230",
        "promise",
        "Trajet {where} : {clock} s'écarte de l'horaire promis {earliest}–{latest}.",
        "A pickup lies outside the window the person was told.",
        "Keep the promised time, or call the person and promise another.",
    ),
    (
        "TUS-3240",
        "shift-hours",
        "Vacation {shift} : {what} à {clock}, en dehors de {earliest}–{latest}.",
        "Sign-on or sign-off lies outside the shift's band.",
        "Move the round into the shift's hours.",
    ),
    (
        "TUS-3241",
        "max-duty",
        "Vacation {where} : {by} s de plus que la durée la plus longue permise.",
        "A duty is longer than the shift's longest.",
        "Shorten the round.",
    ),
    (
        "TUS-3242",
        "break-missing",
        "Vacation {where} : il manque la pause.",
        "The duty needs a break and has none of sufficient length.",
        "Insert a break with nobody aboard.",
    ),
    (
        "TUS-3243",
        "break-time",
        "Vacation {where} : la pause n'est pas à l'heure voulue (écart de {by} s).",
        "The break starts too late after sign-on or outside its window.",
        "Move the break.",
    ),
    (
        "TUS-3244",
        "pause-aboard",
        "{where} : {people} à bord pendant une pause ou en fin de tournée.",
        "Somebody is aboard during a break, a protected slot, an absence or at the end.",
        "Drop everybody first.",
    ),
    (
        "TUS-3245",
        "protected-slot",
        "Vacation {where} : le créneau protégé {earliest}–{latest} n'est pas respecté.",
        "The round works through a protected slot of its driver.",
        "Keep the slot free, at its place.",
    ),
    (
        "TUS-3246",
        "absence",
        "Vacation {where} : le véhicule est indisponible de {earliest} à {latest}.",
        "The round uses a vehicle while it is in the workshop or rented out.",
        "Leave the vehicle at its depot meanwhile.",
    ),
    (
        "TUS-3247",
        "false-pause",
        "{where} : aucun créneau protégé ni indisponibilité à ce moment.",
        "A stop claims a protected slot or an absence that does not exist.",
        "Remove the stop.",
    ),
    (
        "TUS-3248",
        "range",
        "Vacation {where} : {by} m de plus que l'autonomie du véhicule.",
        "A round is longer than the vehicle's range.",
        "Shorten the round or use another vehicle.",
    ),
    (
        "TUS-3249",
        "shift-twice",
        "Vacation {where} : elle fait {times} tournées au lieu d'une.",
        "A shift has more than one round.",
        "Join the rounds or use another shift.",
    ),
    (
        "TUS-3250",
        "vehicle-twice",
        "Véhicule {name} : les vacations {where} et {other} se chevauchent de {by} s.",
        "Two rounds use one vehicle at the same time.",
        "Use another vehicle for one of them.",
    ),
    (
        "TUS-3251",
        "driver-twice",
        "Agent de conduite {name} : les vacations {where} et {other} se chevauchent de {by} s.",
        "Two rounds need one driver at the same time.",
        "Give one of them to another driver.",
    ),
    (
        "TUS-3260",
        "false-cost",
        "Plan : le coût annoncé ({part}) vaut {declared}, le calcul donne {actual}.",
        "A declared part of the cost is not what the objective's weights give.",
        "Price the plan again.",
    ),
)
