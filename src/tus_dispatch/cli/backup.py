"""``tus backup`` and ``tus restore``: a copy that is whole, and the proof that it is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tus_dispatch.desk.running.settings import Settings


def backup(
    to: Annotated[
        Path | None, typer.Option("--to", help="Folder of the backup; TUS_BACKUP_DIR if not given.")
    ] = None,
) -> None:
    """Write a backup, also while the server is running.

    It holds everything that was acknowledged before it began, and personal
    data: encrypt what leaves the building. It is read through before it gets
    its name. Older ones are thinned out.
    """
    from tus_dispatch.desk.clock import now_at
    from tus_dispatch.desk.running.backups import make_backup
    from tus_dispatch.desk.running.setting_up import connect_database
    from tus_dispatch.desk.running.settings import load_settings

    settings = load_settings(backup_dir=to)
    database = connect_database(settings)
    try:
        path = make_backup(database, settings.backups, now_at=now_at())
    finally:
        database.close()
    size = f"{path.stat().st_size / 1_000_000:.1f}".replace(".", ",")
    typer.echo(f"Sauvegarde : {path} ({size} Mo), relue et entière")


def restore(
    source: Annotated[
        Path | None, typer.Argument(metavar="[BACKUP]", help="Backup; the newest if not given.")
    ] = None,
    *,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="URL", help="Empty database to fill: sqlite:///… or postgresql…"
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Restore into a folder of its own, compare, and change nothing."
        ),
    ] = False,
) -> None:
    """Restore a backup into an empty database, or try whether it can be.

    With --check the backup is restored elsewhere and compared row by row; the
    day of the trial is noted, and `tus doctor` asks for another after two
    weeks. Exits with 1 when a row differs.
    """
    from tus_dispatch.desk.running.backups import newest_backup
    from tus_dispatch.desk.running.settings import load_settings

    settings = load_settings()
    path = source or newest_backup(settings.backups)
    if check:
        _check(settings, path)
    elif to is None:
        raise typer.BadParameter("say --check, or where to", param_hint="--to")
    else:
        _restore(settings, path, to)


def _check(settings: "Settings", path: Path) -> None:
    from tus_dispatch.desk.running.backups import drill
    from tus_dispatch.desk.running.keys import load_secrets
    from tus_dispatch.formats.wording import counted

    keys = load_secrets(settings.secrets_path)
    record_in = settings.backups if settings.backups.is_dir() else None
    done = drill(path, event_key=keys.event_key, record_in=record_in)
    typer.echo(f"Sauvegarde : {path}")
    for fault in done.faults:
        typer.echo(f"Anomalie   : {fault}", err=True)
    if done.faults:
        raise typer.Exit(1)
    seconds = f"{done.elapsed_s:.1f}".replace(".", ",")
    equal = counted(done.n_rows, "ligne identique", "lignes identiques")
    typer.echo(f"Essai      : restaurée à part en {seconds} s, {equal}")


def _restore(settings: "Settings", path: Path, url: str) -> None:
    from tus_dispatch.desk.clock import SystemClock
    from tus_dispatch.desk.running.keys import load_secrets
    from tus_dispatch.formats.wording import counted
    from tus_dispatch.store.backup import restore as fill
    from tus_dispatch.store.people import read_ledger

    key = load_secrets(settings.secrets_path).event_key
    erasures = read_ledger(settings.ledger_path)
    again = fill(path, url, clock=SystemClock(), event_key=key, erasures=erasures)
    typer.echo(f"Restaurée  : {path.name} vers {url.rpartition('@')[2]}")
    if again:
        erased = counted(again, "personne effacée", "personnes effacées")
        typer.echo(f"À nouveau  : {erased}, comme depuis la sauvegarde")
    typer.echo("Ensuite    : indiquez cette base (TUS_DATABASE_URL), puis lancez « tus serve »")
