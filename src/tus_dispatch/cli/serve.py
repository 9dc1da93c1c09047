"""``tus serve`` and ``tus worker``: the long-running programs."""

from typing import Annotated

import typer


def serve(
    *,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; TUS_HOST, else 127.0.0.1.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port; TUS_PORT, else 8000.")] = None,
) -> None:
    """Serve the API until stopped.

    Listens on loopback unless told otherwise: put a proxy that speaks TLS in
    front before anybody else may reach it. On SQLite this process alone
    writes; it also solves, and backs up every hour.
    """
    from tus_dispatch.desk.running.settings import load_settings
    from tus_dispatch.main import serve as run

    settings = load_settings(host=host, port=port)
    typer.echo(
        f"tus serve : http://{settings.host}:{settings.port} (Ctrl+C pour arrêter)", err=True
    )
    if settings.host not in {"127.0.0.1", "::1", "localhost"}:
        typer.echo("Attention : joignable hors de cette machine, sans chiffrement.", err=True)
    run(settings)


def worker() -> None:
    """Solve days for servers on the same PostgreSQL database, until stopped.

    Not for SQLite: there the serving process alone writes, and solves.
    """
    from tus_dispatch.desk.running.settings import load_settings
    from tus_dispatch.main import work

    work(load_settings())
