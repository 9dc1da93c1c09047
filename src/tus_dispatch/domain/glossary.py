"""The words of the association: French as people say it, English as the code spells it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One concept under its two names.

    Attributes
    ----------
    english
        Name in code and documentation.
    french
        Name on screens and paper.
    note
        What it covers, or how it differs from its neighbour; may be empty.
    """

    english: str
    french: str
    note: str = ""


GLOSSARY: tuple[Word, ...] = (
    Word("actual time", "réalisé", "What happened, as against promised and planned."),
    Word("alternative", "autre solution", "What works instead of a booking that is refused."),
    Word("amplitude", "amplitude", "From the first to the last minute of a driver's day."),
    Word("booking", "réservation", "What someone asks for; may hold an outward and a return leg."),
    Word("break", "pause", "Inside a working period; nobody is aboard."),
    Word("companion", "accompagnateur·rice", "Rides along and takes a seat."),
    Word("deadhead km", "km à vide (haut-le-pied)", "Driven with nobody aboard."),
    Word("depot", "garage, établissement", "Where vehicles stand."),
    Word("dispatcher", "régulateur·rice, coordinateur·rice transport"),
    Word("driver", "agent de conduite (chauffeur-accompagnateur)"),
    Word("dropoff", "dépose", "Where and when a person gets out."),
    Word("eligibility ground", "critère (localisation, ressources)"),
    Word("excess ride", "détour", "Time aboard beyond the direct drive."),
    Word("feeder trip", "rabattement", "Ends or starts at a hub."),
    Word("flexible booking", "réservation souple", "Date or hour to be agreed."),
    Word("funder", "financeur"),
    Word("gap", "coupure", "Unpaid time between two parts of a day; not a break."),
    Word("group event", "sortie, atelier, permanence"),
    Word("hold", "option", "Seats of a slot offer kept for a while."),
    Word("hub", "pôle d'échange multimodal"),
    Word("insertion employee", "salarié·e en parcours (CDDI)"),
    Word("late cancellation", "annulation tardive"),
    Word("leg", "trajet", "One person, one direction."),
    Word("loaded km", "km en charge", "Driven with somebody aboard."),
    Word("lifted rule", "motif levé", "A rule of the association, for one booking, with a motive."),
    Word("mobility adviser", "conseiller·e en mobilité inclusive (CEMI)"),
    Word("mobility authority", "autorité organisatrice de la mobilité (AOM)"),
    Word("no-show", "absence non excusée"),
    Word("occupancy", "taux de remplissage"),
    Word("offer", "proposition", "A place in a plan, bound to the plan's version."),
    Word("outward, return", "aller, retour"),
    Word("participant", "participant·e", "The person carried."),
    Word("participation", "participation aux coûts", "Never a fare."),
    Word("passenger-km", "voyageurs-km"),
    Word("pickup", "prise en charge", "Where and when a person gets in."),
    Word("pinned", "verrouillé", "Must not move."),
    Word("place", "lieu", "A point of the map where people get in or out."),
    Word("plan, published plan", "plan, plan publié", "All rounds of a service day."),
    Word("planned time", "horaire prévu", "What is intended now; may move."),
    Word("partner place", "lieu partenaire", "Where people are brought to."),
    Word("prescriber, referral", "prescripteur·rice, prescription"),
    Word("promised time", "horaire annoncé", "What the person was told."),
    Word("protected slot", "créneau protégé", "Training or support of an employee."),
    Word("reduced mobility", "personne à mobilité réduite (PMR)"),
    Word("referent", "référent·e socio-professionnel·le"),
    Word("refusal", "refus", "No, with its reason."),
    Word("ride limit", "temps à bord autorisé"),
    Word("ride time", "temps à bord"),
    Word("round", "tournée", "One vehicle, one driver, one part of the day."),
    Word("route line", "itinéraire", "Geometry of a drive, nothing more."),
    Word("run sheet", "feuille de route", "What the driver reads."),
    Word("seats", "places"),
    Word("self-drive rental, chauffeured", "location sans chauffeur, avec chauffeur"),
    Word("service day", "jour de service", "From 04:00 to 04:00 local time."),
    Word("service regime", "régime du service"),
    Word("shift", "vacation", "Vehicle, driver and hours that are available."),
    Word("standing booking", "réservation récurrente"),
    Word("slot offer", "créneau proposé", "Seats from a sector to a place in a half hour."),
    Word("stop", "arrêt", "One action of a round."),
    Word("sector", "secteur", "A commune people come from; never a home."),
    Word("technical supervisor", "encadrant·e technique d'insertion (ETI)"),
    Word("time window", "créneau"),
    Word("to arrive by, not before", "arrivée au plus tard, départ au plus tôt"),
    Word("unserved leg", "trajet non servi"),
    Word("vehicle title", "mode de détention (propriété, mise à disposition)"),
    Word("violation", "anomalie", "A broken rule, found by the judge."),
    Word("waiting", "attente", "Idle time of a round; paid."),
    Word("wheelchair user", "usager·ère en fauteuil roulant (UFR)"),
    Word("zone", "zone éligible"),
)
