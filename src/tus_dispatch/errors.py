"""Every mistake that reaches a user has one shape: code, place, value, expectation, remedy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the register of error codes.

    Attributes
    ----------
    code
        ``TUS-nnnn``: 1xxx input, 2xxx legality, 3xxx infeasible, 4xxx soft,
        5xxx conflict.
    slug
        Short English name, words joined by hyphens, never reused.
    cause
        One English sentence for ``docs/errors.md``: what went wrong.
    action
        One English sentence for ``docs/errors.md``: what to do about it.
    remedy
        The same advice in French, shown to the person at the keyboard.
    """

    code: str
    slug: str
    cause: str
    action: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in an input, told so that its author can mend it.

    Attributes
    ----------
    code
        Key of the register, ``TUS-nnnn``.
    where
        JSON pointer (``/bookings/3/outward``), ``file:line:column`` or the
        name of an option.
    value
        The offending value, already shortened for display.
    expected
        French phrase naming what was expected.
    remedy
        French sentence saying what to do.
    """

    code: str
    where: str
    value: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        """Show the problem on one line, as the terminal prints it."""
        return (
            f"{self.code} {self.where} : reçu {self.value}, attendu {self.expected}. {self.remedy}"
        )


class TusError(Exception):
    """Base of all errors this package raises on purpose."""


class InputError(TusError):
    """A file or an option cannot be used; carries every problem found in it.

    Parameters
    ----------
    source
        Name of the file or option that was read.
    problems
        All problems, in the order of the file. Never empty.
    """

    def __init__(self, source: str, problems: tuple[Problem, ...]) -> None:
        self.source = source
        self.problems = problems
        lines = "\n".join(str(problem) for problem in problems)
        super().__init__(f"{source}: {len(problems)} problem(s)\n{lines}")


class PlanRefusedError(TusError):
    """The judge found violations, so the plan was not written or published."""


class EngineError(TusError):
    """The solver's process died, hung or answered nonsense; the last plan stands."""


class KeptError(TusError):
    """What is kept does not allow this; says so in the five parts of a problem.

    Parameters
    ----------
    problem
        Code, place, value, expectation and remedy.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class NotFoundError(KeptError):
    """Nothing of this name is kept, or it belongs to somebody else."""


class ConflictError(KeptError):
    """Someone was faster, or two things that exclude each other are asked for."""


class StalePlanError(ConflictError):
    """The plan has moved on since it was read."""


class StaleVersionError(KeptError):
    """A record was changed since it was read.

    Parameters
    ----------
    problem
        Code, place, value, expectation and remedy.
    current
        The record as it is now.
    """

    def __init__(self, problem: Problem, current: object) -> None:
        self.current = current
        super().__init__(problem)


class ReadOnlyError(KeptError):
    """Nothing can be written at the moment; everything can still be read."""


class IdempotencyMismatchError(KeptError):
    """A key that was used for one request comes with another."""


def _register(*rows: tuple[str, str, str, str, str]) -> dict[str, Code]:
    return {slug: Code(code, slug, *rest) for code, slug, *rest in rows}


# One row per code, by slug: what is wrong and what to do in English, what to do in French.
# fmt: off
CODES: dict[str, Code] = _register(
    ("TUS-1001", "file-unreadable", "The file is missing or cannot be opened.",
     "Check the path and the rights.",
     "Vérifiez le chemin du fichier et le droit de le lire."),
    ("TUS-1002", "file-too-long", "The file is larger than one day can be.",
     "Keep one service day per file.",
     "Gardez une seule journée par fichier."),
    ("TUS-1003", "not-utf8", "The file is not UTF-8 text.",
     "Save it again as UTF-8.",
     "Enregistrez à nouveau le fichier en UTF-8."),
    ("TUS-1004", "not-json", "The text is not JSON.",
     "Correct it at the line and column named.",
     "Corrigez le fichier à la ligne et à la colonne indiquées."),
    ("TUS-1005", "too-deep", "Lists and objects are nested too deeply.",
     "Compare the file with docs/scenario-file.md.",
     "Comparez le fichier avec docs/scenario-file.md."),
    ("TUS-1006", "doubled-key", "An object names the same key twice.",
     "Keep one of the two.",
     "Gardez une seule des deux valeurs."),
    ("TUS-1007", "other-format", "The key `format` names something else than the format expected.",
     "Give the right file; another format must be imported first.",
     "Donnez le bon fichier, ou passez par « tus import » s’il vient d’un autre logiciel."),
    ("TUS-1008", "newer-format", "The file was written by a newer version of the program.",
     "Update tus_dispatch.",
     "Mettez tus_dispatch à jour."),
    ("TUS-1011", "unknown-key", "An object has a key that means nothing.",
     "Correct the spelling, or remove the key.",
     "Corrigez le nom de cette clé ou supprimez-la."),
    ("TUS-1012", "missing-key", "A key that is needed is missing.",
     "Add the key.",
     "Ajoutez cette clé."),
    ("TUS-1013", "wrong-type", "A value has the wrong type.",
     "Write the value as expected.",
     "Écrivez la valeur sous la forme attendue."),
    ("TUS-1014", "out-of-range", "A number is too small or too large.",
     "Check the number and its unit.",
     "Vérifiez ce nombre et son unité."),
    ("TUS-1015", "not-a-number", "A number is not finite, or has too many digits.",
     "Write an ordinary number.",
     "Écrivez un nombre ordinaire."),
    ("TUS-1016", "unusable-text", "A text is empty, too long, or holds control characters.",
     "Type the text again.",
     "Saisissez ce texte à nouveau."),
    ("TUS-1017", "unusable-id", "An id cannot be used: wrong characters, too long, or reserved.",
     "Choose another id; it is part of leg names and file names.",
     "Choisissez un autre identifiant, partout où il est utilisé."),
    ("TUS-1018", "list-length", "A list has too many entries, or too few.",
     "Check the list.",
     "Vérifiez cette liste."),
    ("TUS-1019", "unknown-choice", "A word is none of those that mean something here.",
     "Choose one of the words named.",
     "Choisissez l’un des mots indiqués."),
    ("TUS-1021", "unusable-date", "A date or an instant is malformed, or does not exist.",
     "Write year, month, day: 2026-03-28.",
     "Écrivez la date dans l’ordre année-mois-jour : 2026-03-28."),
    ("TUS-1022", "unknown-time-zone", "The time zone is not in the IANA database.",
     "Write Europe/Paris, or the zone of the territory.",
     "Écrivez Europe/Paris, ou le fuseau du territoire."),
    ("TUS-1023", "unusable-time",
     "A time is malformed, outside the service day, skipped or doubled by a clock change.",
     "Write HH:MM, with +1 after midnight, A or B in a doubled hour.",
     "Corrigez cette heure : le jour de service va de 04:00 à 04:00+1."),
    ("TUS-1024", "off-the-map",
     "A latitude or longitude is out of range, or one of them is missing.",
     "Give both in decimal degrees.",
     "Donnez latitude et longitude en degrés décimaux."),
    ("TUS-1025", "national-number", "A text holds what looks like a social security number.",
     "Remove the number; this program has no use for it.",
     "Supprimez ce numéro : ce logiciel ne doit pas le connaître."),
    ("TUS-1026", "unusable-rule", "A rule of repetition means nothing, or finer things than days.",
     "Write an RRULE of whole days: FREQ=WEEKLY;BYDAY=MO,TU.",
     "Écrivez une règle comme FREQ=WEEKLY;BYDAY=MO,TU."),
    ("TUS-1031", "doubled-id", "Two entries have the same id.",
     "Give each its own.",
     "Donnez à chacun son propre identifiant."),
    ("TUS-1032", "unknown-id", "An id is used that nothing in the file has.",
     "Correct the id, or add what it names.",
     "Corrigez cet identifiant ou ajoutez ce qu’il désigne."),
    ("TUS-1033", "no-home", "A shift starts or ends at a home that is not known.",
     "Give the driver a home, name a driver, or use another place.",
     "Indiquez le domicile (home) de l’agent de conduite, ou choisissez un autre lieu."),
    ("TUS-1034", "never-with-oneself", "A person must never be aboard with themselves.",
     "Remove this entry.",
     "Supprimez cette entrée."),
    ("TUS-1035", "one-of-two", "Two values exclude or need each other.",
     "Give exactly what is expected.",
     "Donnez exactement ce qui est attendu."),
    ("TUS-1041", "inverted-window", "The end comes before the start.",
     "Exchange or correct the two.",
     "Corrigez l’une des deux bornes."),
    ("TUS-1042", "leg-without-time", "A leg has no time at all.",
     "Give arrive_by, not_before or a window.",
     "Ajoutez une heure d’arrivée (arrive_by), de départ (not_before) ou un créneau."),
    ("TUS-1043", "two-times", "A time and a window bound the same end of a leg.",
     "Keep one of the two.",
     "Gardez l’une des deux."),
    ("TUS-1044", "leg-backwards", "A leg must be over before it can start.",
     "Correct the times of the leg.",
     "Corrigez les heures de ce trajet."),
    ("TUS-1045", "same-place", "A leg ends where it starts.",
     "Correct one of the two places.",
     "Corrigez l’un des deux lieux."),
    ("TUS-1046", "booking-without-leg", "A booking has neither an outward nor a return leg.",
     "Add a leg, or remove the booking.",
     "Ajoutez un aller (outward) ou un retour (return), ou supprimez la réservation."),
    ("TUS-1047", "return-too-early", "The return must start before the outward leg can end.",
     "Correct the times of one of them.",
     "Corrigez l’heure de l’aller ou du retour."),
    ("TUS-1048", "price", "An optional booking has no price, or a required one has.",
     "Give required: false and price_eur_cents together, or neither.",
     "Mettez ensemble required: false et price_eur_cents, ou aucun des deux."),
    ("TUS-1049", "pin", "A pin names nothing, or a time its leg does not allow.",
     "Correct the pin or the window of the leg.",
     "Corrigez le verrouillage ou le créneau du trajet."),
    ("TUS-1051", "too-many-seats", "A configuration offers nothing, or more than eight places.",
     "A vehicle has at most nine seats, the driver’s included.",
     "Un véhicule a neuf places au plus, celle de l’agent de conduite comprise."),
    ("TUS-1052", "shifts-overlap",
     "Two shifts may need one vehicle or one driver at the same time.",
     "Narrow the bands, or use another vehicle or driver.",
     "Resserrez les horaires ou choisissez un autre véhicule ou agent de conduite."),
    ("TUS-1053", "matrix-lacks-place", "The travel tables lack a place that is used.",
     "Add a row and a column for it.",
     "Ajoutez une ligne et une colonne pour ce lieu."),
    ("TUS-1054", "zone-list",
     "A list of eligible communes is empty, has two editions, or is given twice or by halves.",
     "Give `edition` and `communes` together, or `file` alone; one edition per file.",
     "Donnez la date et les communes de la liste, ou le seul nom de son fichier."),
    ("TUS-1056", "work-not-past", "Work said to be past ends after the service day has begun.",
     "Correct the instants of past_work; the day itself is planned, not past.",
     "Corrigez les instants de past_work : ils précèdent la journée à planifier."),
    ("TUS-1061", "plan-of-another-day", "A plan belongs to another service day than the scenario.",
     "Give the scenario the plan was made from.",
     "Donnez la journée pour laquelle ce plan a été fait."),
    ("TUS-1062", "plan-contradiction", "Two values of a plan that repeat each other differ.",
     "Correct the seconds and the readable value together.",
     "Corrigez les deux valeurs ensemble."),
    ("TUS-1063", "plan-configuration", "A round uses seats its vehicle does not offer.",
     "Choose one of the vehicle’s configurations.",
     "Choisissez l’un des aménagements de ce véhicule."),
    ("TUS-2031", "override-of-law",
     "Somebody tried to lift a reason that only the law can change.",
     "Complete the missing piece, or offer a lawful trip; lift rules of the house only.",
     "Un motif légal ne se lève pas : complétez le dossier ou proposez un trajet permis."),
)
# fmt: on
