"""What the database itself refuses, told in the words of the house."""

from sqlalchemy.exc import DBAPIError, OperationalError

from tus_dispatch.errors import KeptError
from tus_dispatch.store.codes import busy, conflict, read_only

# Words of constraints and triggers, then states of SQL, the first that fits; a
# trigger raises the slug itself.
_SLUGS = (
    ("double-use", "double-use", "un créneau libre"),
    ("double_use", "double-use", "un créneau libre"),
    ("never-changed", "never-changed", "une nouvelle version"),
    ("solve_job", "already-solving", "une journée sans calcul en cours"),
    ("FOREIGN KEY", "unknown-reference", "un élément qui existe"),
    ("23503", "unknown-reference", "un élément qui existe"),
    ("UNIQUE", "already-there", "une valeur encore libre"),
    ("23505", "already-there", "une valeur encore libre"),
)
# A full disk, a failing one, a damaged file.
_SUSPECT = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_NOTADB", "53100", "58", "XX00")
_READ_ONLY = ("SQLITE_READONLY", "25006")
_BUSY = ("SQLITE_BUSY", "55P03")


def told(error: DBAPIError) -> KeptError | None:
    """Turn an error of the database into one people can act on.

    Parameters
    ----------
    error
        What the driver raised.

    Returns
    -------
    KeptError or None
        None for what is our own mistake.
    """
    text, name = str(error.orig), _name(error)
    if suspect(error) is not None or name.startswith(_READ_ONLY):
        return read_only(text)
    if name.startswith(_BUSY) or _is_out_of_reach(error):
        return busy(text)
    for word, slug, expected in _SLUGS:
        if word in text or word == name:
            return conflict(slug, "/", text.splitlines()[0], expected)
    return None


def suspect(error: DBAPIError) -> str | None:
    """Tell whether the disk or the file can no longer be trusted.

    Parameters
    ----------
    error
        What the driver raised.

    Returns
    -------
    str or None
        Why nothing should be written any more, or None.
    """
    return str(error.orig) if _name(error).startswith(_SUSPECT) else None


def _is_out_of_reach(error: DBAPIError) -> bool:
    # A server that cannot be reached gives no state of SQL; one that goes away
    # takes the connection with it.
    is_refused = isinstance(error, OperationalError) and not _name(error)
    return error.connection_invalidated or is_refused


def _name(error: DBAPIError) -> str:
    origin = error.orig
    name = getattr(origin, "sqlite_errorname", None) or getattr(origin, "sqlstate", None)
    return str(name or "")
