"""``tus quote``: where one more booking fits, or what would work instead."""

import json
from pathlib import Path
from typing import Annotated

import typer


def quote(
    scenario: Annotated[Path, typer.Argument(help="Scenario file of the day.")],
    plan: Annotated[Path, typer.Argument(help="Plan of that day.")],
    booking: Annotated[
        str, typer.Argument(help="A booking the plan left out, or a JSON file with a new one.")
    ],
    *,
    other_day: Annotated[
        list[Path] | None,
        typer.Option("--other-day", help="Scenario of a day to offer instead; repeatable."),
    ] = None,
    other_plan: Annotated[
        list[Path] | None,
        typer.Option("--other-plan", help="Plan of that day; one for every --other-day."),
    ] = None,
    offers: Annotated[int, typer.Option(help="Most offers to show.", min=1, max=20)] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Say where a booking fits into a plan, everybody else kept where promised.

    Outward and return are offered together. A refusal names the limit that
    blocks and what does work: another time, a meeting place within a walk,
    another day, one limit that gives way. The judge has accepted each of
    them. Nothing is written.
    """
    from rich.console import Console

    from tus_dispatch.cli.layout import say
    from tus_dispatch.cli.quote_view import show_answer
    from tus_dispatch.cli.wording import spaced
    from tus_dispatch.desk.quoting import quote_a_file
    from tus_dispatch.formats.flag_words import flag_sentence
    from tus_dispatch.formats.offer_data import answer_data
    from tus_dispatch.planning.legality import booking_flags

    days, plans = other_day or [], other_plan or []
    if len(days) != len(plans):
        raise typer.BadParameter("one --other-plan for every --other-day", param_hint="--other-day")
    asked, answer = quote_a_file(
        scenario, plan, booking, other_days=list(zip(days, plans, strict=True)), n_offers=offers
    )
    flags = booking_flags(asked.day.plan.scenario, asked.booking, asked.day.matrix)
    plans_asked = [day.plan for day in asked.other_days]
    if as_json:
        others = {each.scenario.day.date.isoformat(): each.scenario.day for each in plans_asked}
        data = answer_data(answer, asked.booking, asked.day.plan.scenario, days=others, flags=flags)
        typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        console = Console()
        show_answer(asked.day.plan, asked.booking, answer, console, other_plans=plans_asked)
        for flag in flags:
            say(console, spaced(f"Attention : {flag_sentence(flag)}"), style="bold yellow")
