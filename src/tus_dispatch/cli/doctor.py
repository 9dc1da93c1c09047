"""``tus doctor``: whether an installation can be relied on, and what to do where it cannot."""

import typer


def doctor() -> None:
    """Say whether the installation is well, and what to do where it is not.

    Looks at versions, secrets, rights of files, disk, database, clock, the
    last good backup and the last trial of one. Nothing is changed. Exits with
    1 when something must be seen to now.
    """
    from rich.console import Console

    from tus_dispatch.cli.doctor_view import show_findings
    from tus_dispatch.desk.running.doctor import diagnose
    from tus_dispatch.desk.running.findings import State
    from tus_dispatch.desk.running.settings import load_settings

    findings = list(diagnose(load_settings()))
    show_findings(findings, Console())
    if any(each.state is State.WRONG for each in findings):
        raise typer.Exit(1)
