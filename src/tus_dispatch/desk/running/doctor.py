"""A diagnosis of the whole installation, in the order in which somebody would look."""

from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

from tus_dispatch.desk.clock import now_at
from tus_dispatch.desk.running import surroundings
from tus_dispatch.desk.running.findings import Finding, good, wrong
from tus_dispatch.desk.running.setting_up import connect_database
from tus_dispatch.desk.running.settings import Settings
from tus_dispatch.errors import InputError
from tus_dispatch.store.checks import fault_of, newest_event_at, profile_of
from tus_dispatch.store.migrate import head, revision
from tus_dispatch.store.session import Database

# FULL: what was acknowledged is on the disk; NORMAL would lose it in a power cut.
_SQLITE_PROFILE = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "secure_delete": "1",
}
_POSTGRES_PROFILE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def diagnose(settings: Settings) -> Iterator[Finding]:
    """Look at everything a server rests on; nothing is changed.

    Parameters
    ----------
    settings
        Of the installation, whether it is serving or not.

    Yields
    ------
    Finding
        What was found.
    """
    yield from surroundings.versions()
    if not settings.data_dir.is_dir():
        advice = "Lancez d’abord « tus init », ou indiquez le bon dossier (TUS_DATA_DIR)."
        yield wrong("Dossier", f"{settings.data_dir} n’existe pas", advice)
        return
    yield good("Dossier", str(settings.data_dir))
    yield surroundings.secrets(settings)
    yield surroundings.file_modes(settings)
    yield surroundings.disk(settings)
    try:
        database = connect_database(settings)
    except InputError as error:
        first = error.problems[0]
        yield wrong("Base", f"{first.where} : {first.value}", first.remedy)
    else:
        yield from _database(database)
        database.close()
    yield from surroundings.backups(settings, now_at())


def _database(database: Database) -> Iterator[Finding]:
    try:
        yield _tables(database)
        yield _profile(database)
        yield _soundness(database)
        with database.read() as session:
            yield surroundings.clock(now_at(), newest_event_at(session))
    except DBAPIError as error:
        advice = "Arrêtez le serveur et restaurez la dernière bonne sauvegarde."
        yield wrong("Base", f"elle ne répond pas : {str(error.orig).splitlines()[0]}", advice)


def _tables(database: Database) -> Finding:
    with database.readers.connect() as connection:
        present = revision(connection)
    if present == head():
        return good("Base", f"tables à jour ({present})")
    text = f"tables {present or 'absentes'}, attendues {head()}"
    return wrong("Base", text, "Lancez « tus serve » : les tables seront mises à jour.")


def _profile(database: Database) -> Finding:
    wanted = _POSTGRES_PROFILE if database.path is None else _SQLITE_PROFILE
    found = profile_of(database)
    off = [f"{name} = {found.get(name)}" for name in wanted if found.get(name) != wanted[name]]
    if not off:
        return good("Profil", "ce qui est confirmé est sur le disque")
    advice = "Rétablissez ces réglages : une coupure de courant perdrait des réservations."
    return wrong("Profil", ", ".join(off), advice)


def _soundness(database: Database) -> Finding:
    fault = fault_of(database)
    if fault is None:
        return good("Contrôle", "la base est saine")
    advice = "Arrêtez le serveur et restaurez la dernière bonne sauvegarde."
    return wrong("Contrôle", fault.splitlines()[0], advice)
