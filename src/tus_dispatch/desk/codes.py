"""What can be wrong with a question to the desk, beside its files."""

from tus_dispatch.errors import Code, InputError, Problem
from tus_dispatch.formats.wording import shortened

_LONGEST_VALUE = 60


def _register(*codes: Code) -> dict[str, Code]:
    return {each.slug: each for each in codes}


CODES: dict[str, Code] = _register(
    Code(
        "TUS-1401",
        "roads-missing",
        "The road file that the scenario names is not there.",
        "Build it with `tus roads build`, or correct the path, which starts at the scenario.",
        "Construisez-le avec « tus roads build », à côté du scénario, ou corrigez son chemin.",
    ),
    Code(
        "TUS-1402",
        "folder-unwritable",
        "The folder for the results cannot be made or written.",
        "Check the path, the rights and the free space.",
        "Vérifiez le dossier, ses droits et la place libre.",
    ),
    Code(
        "TUS-1403",
        "unknown-leg",
        "The day has no leg or booking of this name.",
        "Name a leg BOOKING:out or BOOKING:ret, or a booking.",
        "Nommez le trajet RESERVATION:out ou RESERVATION:ret, ou la réservation.",
    ),
    Code(
        "TUS-1404",
        "unknown-profile",
        "No objective profile has this name.",
        "Choose cost, balanced or distance.",
        "Corrigez l'option --profile.",
    ),
    Code(
        "TUS-1411",
        "unknown-booking",
        "The day has no booking of this name, and no such file is there.",
        "Name a booking the plan left out, or a JSON file with a new one.",
        "Nommez une réservation laissée de côté, ou un fichier JSON qui en contient une nouvelle.",
    ),
    Code(
        "TUS-1412",
        "booking-served",
        "The plan serves this booking already.",
        "Ask `tus explain` where it is; quote a booking the plan left out.",
        "Demandez à « tus explain » où elle se trouve dans le plan.",
    ),
    Code(
        "TUS-1471",
        "unknown-place",
        "The day has no place of this name.",
        "Name a place by its id in the scenario.",
        "Nommez un lieu par son identifiant dans le scénario.",
    ),
    Code(
        "TUS-1472",
        "not-served",
        "The plan does not serve this booking, so there is nothing to confirm.",
        "Name a booking that `tus fill` has proposed.",
        "Nommez une réservation que « tus fill » a proposée.",
    ),
    Code(
        "TUS-1473",
        "file-unwritable",
        "A file for results cannot be written.",
        "Choose a folder that exists and that you may write to.",
        "Choisissez un autre fichier ou créez le dossier.",
    ),
    Code(
        "TUS-1474",
        "unknown-vehicle",
        "The day has no vehicle of this name.",
        "Name a vehicle by its id in the scenario.",
        "Nommez un véhicule par son identifiant dans le scénario.",
    ),
    Code(
        "TUS-1475",
        "unusable-use",
        "A use of a vehicle has an unknown kind or hours that do not work.",
        "Write vehicle, kind, and two clock times of the service day.",
        "Écrivez le véhicule, l’usage et deux heures de la journée.",
    ),
    Code(
        "TUS-1476",
        "unknown-flexible",
        "The day has no flexible booking of this name, or the plan serves it already.",
        "Name a flexible booking of the scenario that waits for an hour.",
        "Nommez une demande souple du scénario qui attend encore.",
    ),
)


def refusal(slug: str, source: str, where: str, value: object, expected: str) -> InputError:
    """Make the error for a single mistake.

    Parameters
    ----------
    slug
        Key of ``CODES``.
    source
        Name of the file, folder or option.
    where
        Option or JSON pointer.
    value
        What was found; it is shortened.
    expected
        French phrase naming what was expected.

    Returns
    -------
    InputError
        To be raised by the caller.
    """
    code = CODES[slug]
    text = shortened(str(value), _LONGEST_VALUE) or "rien"
    return InputError(source, (Problem(code.code, where, text, expected, code.remedy),))
