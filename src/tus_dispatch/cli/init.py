"""``tus init``: folder, secrets, database, association and first account, once."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tus_dispatch.desk.running.setting_up import Installed
    from tus_dispatch.desk.running.settings import Settings


def init(
    *,
    name: Annotated[str | None, typer.Option(help="Name of the association.")] = None,
    login: Annotated[str | None, typer.Option(help="Login of the first account.")] = None,
    territory: Annotated[
        str | None,
        typer.Option(help="Name of the territory; that of the association if not given."),
    ] = None,
    time_zone: Annotated[str, typer.Option(help="Time zone of the territory.")] = "Europe/Paris",
    password_stdin: Annotated[
        bool,
        typer.Option("--password-stdin", help="Read the password from standard input."),
    ] = False,
    demo: Annotated[
        bool,
        typer.Option("--demo", help="Make a demo association with a made-up week instead."),
    ] = False,
    secrets_only: Annotated[
        bool,
        typer.Option("--secrets-only", help="Make new secrets for an installation without."),
    ] = False,
) -> None:
    """Make an installation: secrets, database, association and first account.

    The folder is TUS_DATA_DIR, the database TUS_DATABASE_URL; docs/running.md
    lists all settings. The first account has the role admin: it makes the
    accounts of everybody else. Its password is made at random and printed
    once, unless --password-stdin is given.
    """
    from tus_dispatch.desk.running.setting_up import renew_secrets
    from tus_dispatch.desk.running.settings import load_settings

    settings = load_settings()
    if secrets_only:
        renew_secrets(settings)
        typer.echo(f"Secrets : {settings.secrets_path} (gardez-en une copie à part)")
        return
    if demo:
        _make_demo(settings)
        return
    association = name or typer.prompt("Nom de l’association")
    first = login or typer.prompt("Identifiant du premier compte")
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    _make(settings, association, territory or association, time_zone, first, password)


def _make_demo(settings: "Settings") -> None:
    import os

    from tus_dispatch.desk.running.demo import NAME, set_up_demo

    logins = set_up_demo(settings)
    lines = [NAME, f"{'identifiant':<14}{'rôle':<13}mot de passe"]
    lines += [f"{each.login:<14}{each.role.value:<13}{each.password}" for each in logins]
    lines += [
        f"Code du téléphone pour {each.login} : {each.totp_secret}"
        for each in logins
        if each.totp_secret
    ]
    # Made-up people only: these passwords may be read again.
    handle = os.open(settings.data_dir / "demo.txt", os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))
    typer.echo(f"Dossier : {settings.data_dir}")


def _make(
    settings: "Settings",
    association: str,
    territory: str,
    time_zone: str,
    login: str,
    password: str | None,
) -> None:
    from datetime import date

    from tus_dispatch.desk.running.codes import refusal
    from tus_dispatch.desk.running.setting_up import FirstAccount, set_up
    from tus_dispatch.domain.organisation import Organisation
    from tus_dispatch.domain.scenario import Territory
    from tus_dispatch.domain.service_day import ServiceDay, TimeZoneError

    try:
        ServiceDay(date(2026, 1, 1), time_zone)
    except TimeZoneError as error:
        expected = "un fuseau comme Europe/Paris"
        raise refusal("unusable-setting", "tus init", "--time-zone", time_zone, expected) from error
    wish = Organisation(association, Territory(territory, time_zone))
    _tell(settings, login, set_up(settings, wish, FirstAccount(login, password)))


def _tell(settings: "Settings", login: str, installed: "Installed") -> None:
    typer.echo(f"Dossier      : {settings.data_dir}")
    typer.echo(f"Base         : {settings.url.rpartition('@')[2]}")
    typer.echo(f"Secrets      : {settings.secrets_path} (gardez-en une copie à part)")
    typer.echo(f"Identifiant  : {login}")
    for password in installed.passwords.values():
        typer.echo(f"Mot de passe : {password}")
        typer.echo("Il n’est affiché qu’une fois : notez-le maintenant.")
    typer.echo("Ensuite      : tus serve")
