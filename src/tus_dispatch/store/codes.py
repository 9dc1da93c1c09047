"""What the store refuses: someone was faster, it is not there, or nothing can be written."""

from tus_dispatch.errors import (
    Code,
    ConflictError,
    IdempotencyMismatchError,
    NotFoundError,
    Problem,
    ReadOnlyError,
    StalePlanError,
    StaleVersionError,
)

_LONGEST_VALUE = 60


def _register(*codes: Code) -> dict[str, Code]:
    return {each.slug: each for each in codes}


CODES: dict[str, Code] = _register(
    Code(
        "TUS-5001",
        "stale-plan",
        "The day's plan has moved on since it was read.",
        "Read the day again and repeat the change on its current version.",
        "Rechargez la journée, puis recommencez.",
    ),
    Code(
        "TUS-5002",
        "stale-version",
        "The record was changed by somebody else since it was read.",
        "Compare with the current record, then repeat the change with its version.",
        "Comparez avec la fiche actuelle, puis recommencez.",
    ),
    Code(
        "TUS-5003",
        "not-found",
        "Nothing of this name is kept, or it is not yours to see.",
        "Check the name; it may have been removed.",
        "Vérifiez l’identifiant ; cette fiche a peut-être été supprimée.",
    ),
    Code(
        "TUS-5004",
        "in-use",
        "Something else that is kept still needs this.",
        "Remove or change what needs it first.",
        "Supprimez ou modifiez d’abord ce qui l’utilise.",
    ),
    Code(
        "TUS-5005",
        "unknown-reference",
        "A record names something that is not kept.",
        "Create it first, or correct the name.",
        "Créez d’abord cet élément ou corrigez son identifiant.",
    ),
    Code(
        "TUS-5006",
        "double-use",
        "A vehicle or a driver would be in two places at once.",
        "Choose another vehicle, driver or time.",
        "Choisissez un autre véhicule, un autre agent de conduite ou un autre horaire.",
    ),
    Code(
        "TUS-5007",
        "already-there",
        "A record that exists once is already there.",
        "Use the one that is there.",
        "Utilisez celui qui existe déjà.",
    ),
    Code(
        "TUS-5008",
        "key-reused",
        "A key of one request came with another request.",
        "Use a new Idempotency-Key for every new request.",
        "Envoyez une nouvelle clé pour chaque nouvelle demande.",
    ),
    Code(
        "TUS-5009",
        "read-only",
        "The database cannot be written at the moment; everything can be read and printed.",
        "Ask `tus doctor` for the cause: disk space, an ailing disk, or a switch thrown by hand.",
        "Consultez et imprimez en attendant ; prévenez la personne qui gère le serveur.",
    ),
    Code(
        "TUS-5010",
        "busy",
        "Another write took too long, or another process holds the database.",
        "Try again; run one serving process per SQLite file.",
        "Réessayez dans un instant.",
    ),
    Code(
        "TUS-5011",
        "offer-expired",
        "An offer is no longer held.",
        "Ask for a new one.",
        "Demandez une nouvelle proposition.",
    ),
    Code(
        "TUS-5012",
        "offer-taken",
        "An offer was already taken.",
        "Look at the booking that was made from it, or ask for a new offer.",
        "Consultez la réservation déjà faite ou demandez une nouvelle proposition.",
    ),
    Code(
        "TUS-5013",
        "already-solving",
        "A solve of this day is queued or running.",
        "Wait for it, or stop it.",
        "Attendez la fin du calcul en cours ou arrêtez-le.",
    ),
    Code(
        "TUS-5014",
        "never-changed",
        "A plan, an event or a publication would be changed after the fact.",
        "Write a new one; what happened stays as it was.",
        "Enregistrez une nouvelle version ; l’historique ne se modifie pas.",
    ),
    Code(
        "TUS-5015",
        "erased",
        "The person was erased; what remains is an anonymous count.",
        "Create a new record if the person has come back.",
        "Créez une nouvelle fiche si la personne revient.",
    ),
    Code(
        "TUS-5016",
        "still-booked",
        "A person to be erased is still booked from today on.",
        "Cancel these bookings first, so that no plan waits for the person.",
        "Annulez d’abord ses réservations à venir.",
    ),
    Code(
        "TUS-1421",
        "unusable-database",
        "The database cannot be opened, or is not one of ours.",
        "Give sqlite:///path/to/file.db or postgresql+psycopg://….",
        "Vérifiez l’adresse de la base (TUS_DATABASE_URL) et les droits sur le fichier.",
    ),
    Code(
        "TUS-1422",
        "newer-database",
        "The database was written by a newer version of the program.",
        "Update tus_dispatch, or restore an older backup.",
        "Mettez tus_dispatch à jour.",
    ),
    Code(
        "TUS-1423",
        "unusable-backup",
        "The backup is not one, or is damaged.",
        "Take another backup; `tus restore --check` tells which are sound.",
        "Choisissez une autre sauvegarde.",
    ),
    Code(
        "TUS-1424",
        "target-not-empty",
        "A backup would be restored over a database that holds something.",
        "Restore to a new file or an empty database.",
        "Restaurez vers un nouveau fichier ou une base vide.",
    ),
    Code(
        "TUS-1425",
        "unusable-cursor",
        "A list cannot go on from here.",
        "Start from the first page.",
        "Reprenez la liste depuis la première page.",
    ),
)


def problem(slug: str, where: str, value: object, expected: str) -> Problem:
    """Make the problem that an error of the store carries.

    Parameters
    ----------
    slug
        Key of ``CODES``.
    where
        What was asked for: the word of a record, a column, an address.
    value
        What was found; it is shortened.
    expected
        French phrase naming what was expected.

    Returns
    -------
    Problem
        All five parts.
    """
    code = CODES[slug]
    text = str(value)
    shown = text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
    return Problem(code.code, where, shown or "rien", expected, code.remedy)


def not_found(word: str, identity: object) -> NotFoundError:
    """Make the error for something that is not kept here."""
    return NotFoundError(problem("not-found", word, identity, "un identifiant connu"))


def conflict(slug: str, where: str, value: object, expected: str) -> ConflictError:
    """Make the error for something that excludes what is kept."""
    return ConflictError(problem(slug, where, value, expected))


def stale_plan(day: object, base: int | None, current: int | None) -> StalePlanError:
    """Make the error for a plan made on a version that is no longer current."""
    return StalePlanError(
        problem("stale-plan", f"/days/{day}", f"version {base}", f"la version actuelle, {current}")
    )


def stale_version(word: str, version: int, current: object, now: int) -> StaleVersionError:
    """Make the error for a change of a record that was changed meanwhile."""
    return StaleVersionError(
        problem("stale-version", word, f"version {version}", f"la version actuelle, {now}"), current
    )


def read_only(reason: str) -> ReadOnlyError:
    """Make the error for a write while nothing can be written."""
    return ReadOnlyError(problem("read-only", "/", reason, "une base où l’on peut écrire"))


def busy(found: str) -> ReadOnlyError:
    """Make the error for a write that somebody else holds up."""
    return ReadOnlyError(problem("busy", "/", found, "la fin d’une autre écriture"))


def key_reused(key: str) -> IdempotencyMismatchError:
    """Make the error for a key that comes with another request."""
    return IdempotencyMismatchError(
        problem("key-reused", "Idempotency-Key", key, "la même demande que la première fois")
    )
