"""The tables follow the program: migrated when the database is opened, after a backup."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect

from tus_dispatch.errors import InputError
from tus_dispatch.store.codes import problem
from tus_dispatch.store.session import Database
from tus_dispatch.store.tables.all_tables import metadata

_FOLDER = Path(__file__).parent / "migrations"


def migrate(database: Database, backups: Path | None = None) -> tuple[str, ...]:
    """Bring the tables of a database to those of this program.

    Parameters
    ----------
    database
        Empty, or written by this program or an older one.
    backups
        Folder for the backup that is made first, when there is anything to
        lose.

    Returns
    -------
    tuple of str
        Steps taken; empty when the tables were as they should be.

    Raises
    ------
    InputError
        When a newer program wrote it.
    """
    with database.readers.connect() as connection:
        present = revision(connection)
    if present == head():
        return ()
    _expect_known(present)
    if present is not None:
        from tus_dispatch.store.backup import backup_before  # noqa: PLC0415 - it migrates too

        backup_before(database, backups, present)
    with database.write() as session:
        return upgrade(session.connection(), head())


def upgrade(connection: Connection, to: str) -> tuple[str, ...]:
    """Take every step up to one, in the transaction that is open.

    Parameters
    ----------
    connection
        Inside a transaction.
    to
        Revision of the last step.

    Returns
    -------
    tuple of str
        Steps taken.
    """
    script = _script()
    taken: list[str] = []

    def steps(present: Any, _context: Any) -> Any:
        found = list(script._upgrade_revs(to, present))  # noqa: SLF001 - as alembic.command does
        taken.extend(step.revision.revision for step in found)
        return found

    with EnvironmentContext(Config(), script, fn=steps, destination_rev=to) as context:
        context.configure(connection=connection, target_metadata=metadata(), transactional_ddl=True)
        context.run_migrations()
    return tuple(taken)


def revision(connection: Connection) -> str | None:
    """Return the revision of a database, or None for an empty one.

    Parameters
    ----------
    connection
        To any database.

    Returns
    -------
    str or None
        As written by the last step.

    Raises
    ------
    InputError
        When there are tables, but not ours.
    """
    names = inspect(connection).get_table_names()
    if not names:
        return None
    if "alembic_version" not in names:
        raise InputError(
            "TUS_DATABASE_URL",
            (problem("unusable-database", "/", names[0], "une base vide ou de ce logiciel"),),
        )
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """Return the revision this program works with."""
    found = _script().get_current_head()
    if found is None:
        raise RuntimeError("the package holds no migration")
    return found


def differences(connection: Connection) -> Sequence[Any]:
    """Compare the tables of a database with those of the program.

    Parameters
    ----------
    connection
        To a migrated database.

    Returns
    -------
    sequence
        What another step would have to change; empty when nothing.
    """
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found: Sequence[Any] = compare_metadata(context, metadata())
    return found


def _expect_known(present: str | None) -> None:
    if present is None:
        return
    try:
        _script().get_revision(present)
    except CommandError as error:
        raise InputError(
            "TUS_DATABASE_URL",
            (problem("newer-database", "/", present, f"au plus la version {head()}"),),
        ) from error


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(_FOLDER))
