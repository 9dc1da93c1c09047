"""What keeps the server from starting, and what a backup or restore refuses."""

from tus_dispatch.errors import Code, InputError, Problem
from tus_dispatch.formats.wording import shortened

_LONGEST_VALUE = 60


def _register(*codes: Code) -> dict[str, Code]:
    return {each.slug: each for each in codes}


CODES: dict[str, Code] = _register(
    Code(
        "TUS-1601",
        "unusable-setting",
        "An environment variable or option of the server has a value it cannot use.",
        "Correct the variable named; docs/running.md lists them all.",
        "Corrigez ce réglage ; docs/running.md les décrit tous.",
    ),
    Code(
        "TUS-1602",
        "secrets-missing",
        "The file of secrets is not there.",
        "Run `tus init` once, or restore the file from where it is kept.",
        "Lancez une fois « tus init », ou remettez le fichier gardé à part.",
    ),
    Code(
        "TUS-1603",
        "others-can-read",
        "Other users of the machine can read a file with secrets or personal data.",
        "Take the rights away: chmod 600 for files, chmod 700 for folders.",
        "Retirez ces droits : chmod 600 pour un fichier, chmod 700 pour un dossier.",
    ),
    Code(
        "TUS-1604",
        "weak-secret",
        "A secret is missing, short, repeated, guessable, or taken from documentation.",
        "Move the file away and run `tus init --secrets-only`; sessions and links end.",
        "Déplacez ce fichier et lancez « tus init --secrets-only ».",
    ),
    Code(
        "TUS-1605",
        "already-initialised",
        "`tus init` found an installation in this folder.",
        "Use the one that is there, or give another folder with TUS_DATA_DIR.",
        "Utilisez cette installation, ou choisissez un autre dossier (TUS_DATA_DIR).",
    ),
    Code(
        "TUS-1606",
        "needs-postgresql",
        "A second process would write to a SQLite file.",
        "Set TUS_DATABASE_URL to a PostgreSQL database, or let `tus serve` do the work.",
        "Indiquez une base PostgreSQL (TUS_DATABASE_URL), ou laissez « tus serve » calculer.",
    ),
    Code(
        "TUS-1607",
        "folder-unusable",
        "The folder of the installation cannot be made or written.",
        "Check TUS_DATA_DIR, the rights and the free space.",
        "Vérifiez le dossier (TUS_DATA_DIR), ses droits et la place libre.",
    ),
    Code(
        "TUS-1608",
        "weak-password",
        "The password of the first account is too easy to guess.",
        "Choose a longer one, or let `tus init` make one.",
        "Choisissez un mot de passe plus long, ou laissez « tus init » en créer un.",
    ),
    Code(
        "TUS-1609",
        "address-taken",
        "The address or the port of the server is taken, or not allowed.",
        "Stop the other program, or choose another port with --port.",
        "Arrêtez l’autre programme ou choisissez un autre port (--port).",
    ),
    Code(
        "TUS-1610",
        "not-initialised",
        "There is no installation in this folder yet.",
        "Run `tus init`, or name the right folder with TUS_DATA_DIR.",
        "Lancez d’abord « tus init », ou indiquez le bon dossier (TUS_DATA_DIR).",
    ),
    Code(
        "TUS-1611",
        "backup-missing",
        "There is no backup to restore.",
        "Run `tus backup`, or name the file.",
        "Lancez « tus backup », ou indiquez le fichier.",
    ),
)


def refusal(slug: str, source: str, where: str, value: object, expected: str) -> InputError:
    """Make the error for a single mistake.

    Parameters
    ----------
    slug
        Key of ``CODES``.
    source
        Name of the file, folder or group of settings.
    where
        Variable, option, key or path.
    value
        What was found; it is shortened, and never a secret.
    expected
        French phrase naming what was expected.

    Returns
    -------
    InputError
        To be raised by the caller.
    """
    return InputError(source, (problem(slug, where, value, expected),))


def problem(slug: str, where: str, value: object, expected: str) -> Problem:
    """Make one mistake of several.

    Parameters
    ----------
    slug, where, value, expected
        As for :func:`refusal`.

    Returns
    -------
    Problem
        All five parts.
    """
    code = CODES[slug]
    text = shortened(str(value), _LONGEST_VALUE) or "rien"
    return Problem(code.code, where, text, expected, code.remedy)
