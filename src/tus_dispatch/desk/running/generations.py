"""Names of backups, and which of them are kept: many of today, fewer of last week."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

_NAME = re.compile(r"tus-(\d{8}T\d{6}Z)\.db")
_FORMAT = "%Y%m%dT%H%M%SZ"
_HOURLY_S, _DAILY, _WEEKLY = 24 * 3600, 7, 4


def backup_name(now_at: int) -> str:
    """Return the name of a backup made now.

    Parameters
    ----------
    now_at
        UTC epoch seconds.

    Returns
    -------
    str
        Names sort by age.

    Examples
    --------
    >>> backup_name(1_773_072_120)
    'tus-20260309T160200Z.db'
    """
    return f"tus-{datetime.fromtimestamp(now_at, tz=UTC):{_FORMAT}}.db"


def made_at(path: Path) -> int | None:
    """Return when a backup was made, by its name.

    Parameters
    ----------
    path
        Any file.

    Returns
    -------
    int or None
        UTC epoch seconds; None when it is no backup of ours.
    """
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    return int(datetime.strptime(match[1], _FORMAT).replace(tzinfo=UTC).timestamp())


def backups_in(folder: Path) -> tuple[Path, ...]:
    """Return the backups of a folder.

    Parameters
    ----------
    folder
        It may be missing.

    Returns
    -------
    tuple of Path
        Oldest first; half-written ones have another name and are not among
        them.
    """
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if made_at(path) is not None))


def superfluous(backups: Iterable[Path], now_at: int) -> tuple[Path, ...]:
    """Return the backups that need not be kept.

    Parameters
    ----------
    backups
        Named by :func:`backup_name`.
    now_at
        UTC epoch seconds.

    Returns
    -------
    tuple of Path
        All but those of the last 24 hours, the last of each of seven days and
        of each of four weeks, and the newest of all.
    """
    dated = sorted((at, path) for path in backups for at in [made_at(path)] if at is not None)
    kept = {path for at, path in dated if now_at - at <= _HOURLY_S}
    kept.update(path for _, path in dated[-1:])
    today = datetime.fromtimestamp(now_at, tz=UTC).date()
    last_of_day = {datetime.fromtimestamp(at, tz=UTC).date(): path for at, path in dated}
    last_of_week = {day.isocalendar()[:2]: path for day, path in last_of_day.items()}
    kept.update(p for day, p in last_of_day.items() if today - day <= timedelta(days=_DAILY))
    kept.update(last_of_week[week] for week in sorted(last_of_week)[-_WEEKLY:])
    return tuple(path for _, path in dated if path not in kept)
