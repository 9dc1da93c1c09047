"""An installation is made once: folder, secrets, database, association and first account."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from tus_dispatch.desk.accounts import WeakPasswordError, reset, set_password
from tus_dispatch.desk.clock import SystemClock
from tus_dispatch.desk.running.codes import refusal
from tus_dispatch.desk.running.keys import load_secrets, make_secrets, save_secrets
from tus_dispatch.desk.running.settings import Settings
from tus_dispatch.domain.organisation import Account, Organisation, OrganisationId, Role
from tus_dispatch.store import organisations
from tus_dispatch.store.resources import ACCOUNTS
from tus_dispatch.store.session import Database, Session

_PASSWORD_BYTES = 15


@dataclass(frozen=True, slots=True)
class FirstAccount:
    """Somebody who can sign in afterwards.

    Attributes
    ----------
    login
        What they type.
    password
        What they chose, or None to have one made.
    role
        What they may do.
    display_name
        What colleagues read.
    """

    login: str
    password: str | None = None
    role: Role = Role.ADMIN
    display_name: str = ""


@dataclass(frozen=True, slots=True)
class Installed:
    """What was made.

    Attributes
    ----------
    organisation
        The association.
    passwords
        Those that were made, by login; shown once and kept nowhere.
    """

    organisation: OrganisationId
    passwords: dict[str, str]


def new_password() -> str:
    """Return a password that nobody guesses: 20 characters, 120 random bits."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)


def set_up(settings: Settings, association: Organisation, *first: FirstAccount) -> Installed:
    """Make an installation.

    Parameters
    ----------
    settings
        Where.
    association
        Name, territory and how it plans.
    *first
        Accounts to make.

    Returns
    -------
    Installed
        With passwords to be handed over.

    Raises
    ------
    InputError
        When there is one already, the folder cannot be used, or a password
        is too easy to guess; nothing is made then.
    """
    make_folder(settings)
    if settings.secrets_path.exists():
        where = str(settings.secrets_path)
        raise refusal("already-initialised", where, where, "un fichier", "un dossier neuf")
    made = make_secrets()
    database = Database.open(settings.url, clock=SystemClock(), event_key=made.event_key)
    try:
        with database.write() as session:
            installed = _fill(session, settings, association, first)
            # The last step, so that a failure before leaves no half installation.
            save_secrets(made, settings.secrets_path)
    finally:
        database.close()
    return installed


def renew_secrets(settings: Settings) -> None:
    """Make new secrets for an installation that lost its own.

    Parameters
    ----------
    settings
        Where.

    Raises
    ------
    InputError
        When there are some; move the file away first.
    """
    make_folder(settings)
    save_secrets(make_secrets(), settings.secrets_path)


def open_database(settings: Settings) -> Database:
    """Open the database of an installation, migrating it where needed.

    Parameters
    ----------
    settings
        Where.

    Returns
    -------
    Database
        Sealed with the secrets of the installation.

    Raises
    ------
    InputError
        When there is no installation, others can read it, or its secrets
        protect nothing.
    """
    key = _key_of(settings)
    return Database.open(settings.url, clock=SystemClock(), event_key=key, backups=settings.backups)


def connect_database(settings: Settings) -> Database:
    """Open the database of an installation as it is, beside a server that may be running.

    Parameters
    ----------
    settings
        Where.

    Returns
    -------
    Database
        Not migrated; to be read only.

    Raises
    ------
    InputError
        As :func:`open_database`, and when there is no database yet.
    """
    key = _key_of(settings)
    path = settings.sqlite_path
    if path is not None and not path.exists():
        raise refusal("not-initialised", str(path), str(path), "aucune base", "une base")
    return Database.connect(settings.url, clock=SystemClock(), event_key=key)


def _key_of(settings: Settings) -> bytes:
    if not settings.data_dir.is_dir():
        where = str(settings.data_dir)
        raise refusal("not-initialised", where, where, "pas de dossier", "une installation")
    keys = load_secrets(settings.secrets_path)
    expect_private(settings.sqlite_path)
    return keys.event_key


def expect_private(database: Path | None) -> None:
    """Refuse a database file that other users of the machine can read.

    Parameters
    ----------
    database
        The file, or None on PostgreSQL.

    Raises
    ------
    InputError
        Naming the file.
    """
    if database is not None and database.exists() and database.stat().st_mode & 0o077:
        where, mode = str(database), database.stat().st_mode & 0o777
        raise refusal("others-can-read", where, where, f"droits {mode:03o}", "droits 600")


def make_folder(settings: Settings) -> None:
    """Make the folder of an installation, for its owner alone.

    Parameters
    ----------
    settings
        Where.

    Raises
    ------
    InputError
        When it cannot be made.
    """
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        where, expected = str(settings.data_dir), "un dossier où l’on peut écrire"
        raise refusal("folder-unusable", where, where, error.strerror, expected) from error


def _fill(
    session: Session,
    settings: Settings,
    association: Organisation,
    first: tuple[FirstAccount, ...],
) -> Installed:
    if organisations.all_of(session):
        where = settings.url.rpartition("@")[2]
        raise refusal("already-initialised", where, where, "une association", "une base vide")
    organisation = organisations.create(session, association)
    made = [(each.login, _add(session, organisation, each)) for each in first]
    return Installed(
        organisation, {login: password for login, password in made if password is not None}
    )


def _add(session: Session, organisation: OrganisationId, first: FirstAccount) -> str | None:
    account = Account(first.login, first.role, first.display_name or first.login)
    record = ACCOUNTS.add(session, organisation, account, actor=None)
    if first.password is None:
        password = new_password()
        reset(session, organisation, record, password, None)
        return password
    try:
        set_password(session, organisation, record, first.password)
    except WeakPasswordError as error:
        raise refusal("weak-password", "mot de passe", first.login, "…", error.expected) from None
    return None
