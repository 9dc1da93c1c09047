"""What can be said of an open database: whether it is sound, and how it is set up."""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tus_dispatch.store.session import Database, Session

_MOST_FAULTS = 3


def fault_of(database: Database) -> str | None:
    """Look for damage in a SQLite file; on PostgreSQL, whether it answers.

    Parameters
    ----------
    database
        Open.

    Returns
    -------
    str or None
        The first thing found, or None when it is sound.
    """
    try:
        with database.read() as session:
            if not session.is_sqlite:
                session.execute(text("SELECT 1"))
                return None
            verdict = session.scalars(text(f"PRAGMA quick_check({_MOST_FAULTS})")).first()
    except DBAPIError as error:
        return str(error.orig)
    return None if verdict == "ok" else str(verdict)


def profile_of(database: Database) -> dict[str, str]:
    """Read the settings on which an acknowledged booking rests.

    Parameters
    ----------
    database
        Open.

    Returns
    -------
    dict
        On SQLite pragmas by name, as the writing connection has them; on
        PostgreSQL settings by name.
    """
    with database.writer.connect() as connection:
        if database.path is None:
            names = ("server_version", "fsync", "synchronous_commit", "full_page_writes")
            return {name: str(connection.execute(text(f"SHOW {name}")).scalar()) for name in names}
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        return {
            name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()) for name in pragmas
        }


def newest_event_at(session: Session) -> int | None:
    """Return when the newest event was written, or None before the first."""
    at = session.scalar(text("SELECT max(at) FROM event"))
    return None if at is None else int(at)
