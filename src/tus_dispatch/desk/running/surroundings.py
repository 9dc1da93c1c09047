"""What a diagnosis can see without opening the database."""

import platform
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import tus_dispatch
from tus_dispatch.desk.running.findings import Finding, good, warning, wrong
from tus_dispatch.desk.running.generations import backups_in, made_at
from tus_dispatch.desk.running.keys import load_secrets
from tus_dispatch.desk.running.settings import Settings
from tus_dispatch.desk.running.sqlite_version import FIRST_SOUND, Version, has_log_reset_fault
from tus_dispatch.errors import InputError
from tus_dispatch.formats.wording import counted

_OLDEST_BACKUP_S = 26 * 3600
_OLDEST_DRILL_S = 14 * 86_400
# Nobody ran this program before it was written.
_EARLIEST_AT = 1_764_000_000
_GIGABYTE = 1_000_000_000
DRILL_FILE = "dernier-essai-de-restauration.json"


def versions(library: Version = sqlite3.sqlite_version_info[:3]) -> Iterator[Finding]:
    """Look at the versions of what the server is made of.

    Parameters
    ----------
    library
        Version of the SQLite library.

    Yields
    ------
    Finding
        Program, Python, SQLite.
    """
    python = platform.python_version()
    yield good("Versions", f"tus-dispatch {tus_dispatch.__version__}, Python {python}")
    name = ".".join(map(str, library))
    if not has_log_reset_fault(library):
        yield good("SQLite", name)
        return
    sound = ".".join(map(str, FIRST_SOUND))
    yield warning(
        "SQLite",
        f"{name} : deux programmes qui écrivent à la fois peuvent abîmer le fichier "
        f"(corrigé en {sound}). Ici, un seul programme écrit : le risque est écarté.",
        "Ne lancez qu’un seul serveur par fichier et n’ouvrez pas la base avec un autre outil.",
    )


def secrets(settings: Settings) -> Finding:
    """Look at the file of secrets.

    Parameters
    ----------
    settings
        Of the installation.

    Returns
    -------
    Finding
        Never shows one.
    """
    try:
        load_secrets(settings.secrets_path)
    except InputError as error:
        first = error.problems[0]
        return wrong("Secrets", f"{first.where} : {first.value}", first.remedy)
    return good("Secrets", "présents, assez longs, lisibles par vous seul·e")


def file_modes(settings: Settings) -> Finding:
    """Look at who may read the files of the installation.

    Parameters
    ----------
    settings
        Of the installation.

    Returns
    -------
    Finding
        Names the files others can read.
    """
    open_files = [path for path in _private_files(settings) if _others_can_read(path)]
    if not open_files:
        return good("Droits", "rien n’est lisible par d’autres comptes de la machine")
    names = ", ".join(path.name for path in open_files[:5])
    more = "…" if len(open_files) > 5 else ""
    return wrong(
        "Droits",
        f"lisible par d’autres comptes de la machine : {names}{more}",
        "Retirez ces droits : chmod 600 pour un fichier, chmod 700 pour un dossier.",
    )


def disk(settings: Settings) -> Finding:
    """Look at the free space beside the database.

    Parameters
    ----------
    settings
        Of the installation.

    Returns
    -------
    Finding
        Wrong below the least free space, a warning below five times as much.
    """
    free_bytes = shutil.disk_usage(settings.data_dir).free
    text = f"{free_bytes / _GIGABYTE:.1f} Go libres".replace(".", ",")
    least = counted(settings.min_free_mb, "Mo", "Mo")
    if free_bytes < settings.min_free_bytes:
        return wrong(
            "Disque",
            f"{text}, moins que {least} : lecture seule, plus aucune réservation",
            "Libérez de la place ; l’écriture reprend d’elle-même.",
        )
    if free_bytes < 5 * settings.min_free_bytes:
        return warning("Disque", text, f"Libérez de la place avant d’arriver à {least}.")
    return good("Disque", text)


def backups(settings: Settings, now_at: int) -> Iterator[Finding]:
    """Look at the last good backup and where it lies.

    Parameters
    ----------
    settings
        Of the installation.
    now_at
        UTC epoch seconds.

    Yields
    ------
    Finding
        Age and place of backups, and age of the last drill.
    """
    found = backups_in(settings.backups)
    last_at = made_at(found[-1]) if found else None
    if last_at is None:
        yield wrong("Sauvegarde", "aucune", "Lancez « tus backup », puis gardez-en une ailleurs.")
        return
    text = f"la dernière faite {_ago(now_at - last_at)} ({counted(len(found), 'gardée')})"
    if now_at - last_at > _OLDEST_BACKUP_S:
        yield warning("Sauvegarde", text, "Lancez « tus backup ».")
    else:
        yield good("Sauvegarde", text)
    if settings.backups.stat().st_dev == settings.data_dir.stat().st_dev:
        yield warning(
            "Autre disque",
            "les sauvegardes sont sur le même disque que la base",
            "Indiquez un autre disque (TUS_BACKUP_DIR), ou copiez-les chaque jour ailleurs.",
        )
    yield _drill(settings.backups / DRILL_FILE, now_at)


def clock(now_at: int, last_written_at: int | None) -> Finding:
    """Look whether the clock of the machine can be right.

    Parameters
    ----------
    now_at
        UTC epoch seconds.
    last_written_at
        When the newest row or backup was written, or None.

    Returns
    -------
    Finding
        Wrong when it stands before something that has happened.
    """
    advice = "Réglez l’horloge de la machine (NTP), puis relancez le serveur."
    if now_at < max(_EARLIEST_AT, (last_written_at or 0) - 120):
        return wrong("Horloge", "elle retarde : des écritures sont plus récentes", advice)
    return good("Horloge", "plausible")


def _drill(path: Path, now_at: int) -> Finding:
    advice = "Lancez « tus restore --check » sur la dernière sauvegarde."
    if not path.is_file():
        return warning("Essai", "aucune sauvegarde n’a encore été restaurée pour essai", advice)
    age_s = now_at - int(path.stat().st_mtime)
    text = f"dernier essai de restauration {_ago(age_s)}"
    return warning("Essai", text, advice) if age_s > _OLDEST_DRILL_S else good("Essai", text)


def _private_files(settings: Settings) -> Iterator[Path]:
    yield settings.data_dir
    database = settings.sqlite_path
    if database is not None:
        yield from _existing(
            database.with_name(database.name + end) for end in ("", "-wal", "-shm")
        )
    yield from _existing([settings.secrets_path, settings.backups, settings.files])
    yield from backups_in(settings.backups)


def _existing(paths: Iterable[Path]) -> Iterator[Path]:
    return (path for path in paths if path.exists())


def _others_can_read(path: Path) -> bool:
    return sys.platform != "win32" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _ago(seconds: int) -> str:
    if seconds < 3600:
        return f"il y a {counted(max(0, seconds // 60), 'minute')}"
    if seconds < 48 * 3600:
        return f"il y a {counted(seconds // 3600, 'heure')}"
    return f"il y a {counted(seconds // 86_400, 'jour')}"
