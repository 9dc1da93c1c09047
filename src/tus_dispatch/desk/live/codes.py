"""What an association at work can be refused: the day has moved on, or a word is missing."""

from tus_dispatch.errors import Code, ConflictError, InputError, Problem
from tus_dispatch.formats.wording import shortened

_LONGEST_VALUE = 60
# What the day does not allow may be told by a sentence of the judge.
_LONGEST_SENTENCE = 500


def _register(*rows: tuple[str, str, str, str, str, str]) -> dict[str, tuple[Code, str]]:
    return {
        slug: (Code(code, slug, cause, action, remedy), expected)
        for code, slug, cause, action, expected, remedy in rows
    }


# One row per code: what is wrong and what to do in English, then in French what was
# expected and what to do.
# fmt: off
_ROWS = _register(
    ("TUS-5101", "promise-lost",
     "The day has moved on and the promise of an offer can no longer be kept.",
     "Quote the booking again.",
     "une proposition encore tenable",
     "Demandez une nouvelle proposition."),
    ("TUS-5102", "plan-outdated",
     "The day has changed so that its plan can no longer be driven as promised.",
     "Plan the day again, then repeat.",
     "un plan à jour",
     "Recalculez la journée, puis recommencez."),
    ("TUS-5103", "return-undecided",
     "An outward leg is cancelled, and nobody said what becomes of the return.",
     "Say whether the return is cancelled too, or kept.",
     "une décision pour le retour : annulé aussi, ou maintenu",
     "Demandez à la personne si le retour est maintenu."),
    ("TUS-5104", "leg-over",
     "A leg that is over cannot be changed or cancelled.",
     "Look at the state of the leg.",
     "un trajet qui n’a pas encore eu lieu",
     "Vérifiez l’état de ce trajet."),
    ("TUS-5105", "change-does-not-fit",
     "A served booking does not fit into the plan as it is wished now.",
     "Choose another time, or ask for it to be planned later.",
     "un horaire qui entre dans le plan",
     "Proposez un autre horaire, ou remettez la réservation à planifier."),
    ("TUS-5106", "day-not-empty",
     "A day can be imported only where there is none yet.",
     "Choose another date, or remove its shifts and bookings first.",
     "une journée sans vacation ni réservation",
     "Choisissez une autre date, ou videz d’abord cette journée."),
    ("TUS-5107", "other-time-zone",
     "A day to be imported runs by other clocks than the association.",
     "Import it into an association of that time zone.",
     "le fuseau horaire de l’association",
     "Vérifiez le fuseau horaire du fichier."),
    ("TUS-5108", "not-the-current-plan",
     "A result that was computed on an older version cannot be published.",
     "Make it the current version first, or plan again.",
     "la version actuelle du plan",
     "Choisissez la version actuelle, ou recalculez la journée."),
    ("TUS-5109", "no-plan",
     "The day has no plan of this kind yet.",
     "Plan the day and publish the plan.",
     "une journée dont le plan est publié",
     "Calculez et publiez d’abord le plan de cette journée."),
    ("TUS-5110", "leg-removed",
     "A leg of a booking is left out of its change, which would drop it silently.",
     "Cancel the leg instead.",
     "les mêmes trajets, ou un trajet de plus",
     "Annulez plutôt ce trajet."),
    ("TUS-5111", "served-on-its-day",
     "A booking that is in a plan is moved to another day.",
     "Cancel it there and book it on the other day.",
     "une réservation qui n’est pas encore planifiée",
     "Annulez la réservation, puis réservez l’autre jour."),
    ("TUS-5112", "already-confirmed",
     "A flexible booking has become a booking already.",
     "Look at the booking; cancel it there.",
     "une demande souple qui attend encore",
     "Consultez la réservation qui en est née."),
    ("TUS-1481", "foreign-travel",
     "A document names a road file or a server that is not the association's.",
     "Use the association's travel times, a table, or the estimate.",
     "les temps de trajet de l’association, une table ou l’estimation",
     "Changez l’origine des temps de trajet du fichier."),
    ("TUS-1482", "place-closed",
     "A booking wants somebody at a place while it is closed.",
     "Ask for another time, or correct the opening hours of the place.",
     "une heure à laquelle ce lieu est ouvert",
     "Proposez une autre heure, ou corrigez les horaires du lieu."),
)
# fmt: on

CODES: dict[str, Code] = {slug: code for slug, (code, _) in _ROWS.items()}


def conflicting(slug: str, where: str, value: object) -> ConflictError:
    """Make the error for what the day as it is now does not allow.

    Parameters
    ----------
    slug
        Key of ``CODES``.
    where
        Field, path or identity.
    value
        What was found; it is shortened.

    Returns
    -------
    ConflictError
        To be raised by the caller.
    """
    code, expected = _ROWS[slug]
    text = shortened(str(value), _LONGEST_SENTENCE) or "rien"
    return ConflictError(Problem(code.code, where, text, expected, code.remedy))


def refused(slug: str, where: str, value: object) -> InputError:
    """Make the error for a document from outside that cannot be used.

    Parameters
    ----------
    slug
        Key of ``CODES``.
    where
        JSON pointer.
    value
        What was found; it is shortened.

    Returns
    -------
    InputError
        To be raised by the caller.
    """
    return InputError("document", (conflicting(slug, where, value).problem,))
