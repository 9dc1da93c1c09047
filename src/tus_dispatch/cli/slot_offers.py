"""``tus slot-offers``: what partners may book into, without names."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from tus_dispatch.domain.plan import Plan
    from tus_dispatch.domain.slot_offer import SlotOffer


def slot_offers(
    scenario: Annotated[Path, typer.Argument(help="Scenario file of the day.")],
    plan: Annotated[Path, typer.Argument(help="Plan of that day, draft or published.")],
    *,
    place: Annotated[
        list[str] | None,
        typer.Option("--place", help="A partner place; repeatable. All of them if not given."),
    ] = None,
    json_out: Annotated[
        Path | None, typer.Option("--json", help="File to write the offers to.")
    ] = None,
) -> None:
    """Say how many seats a plan can offer to partners around noon.

    For each partner place and half hour from 09:30 to 15:30: how many seats
    from which commune, at which kilometres and paid minutes more. Each offer
    was put into the plan with so many people, there and back, and judged;
    nobody told a time is disturbed. No person is named.
    """
    from rich.console import Console

    from tus_dispatch.desk.offering_slots import slot_offers_of_a_file
    from tus_dispatch.desk.outputs import write_text
    from tus_dispatch.formats.slot_offers import slot_offers_text

    known, offers = slot_offers_of_a_file(scenario, plan, place or ())
    _show(known, offers, Console())
    if json_out is not None:
        write_text(json_out, slot_offers_text(offers, known.scenario), option="--json")
        typer.echo(f"\nÉcrit : {json_out}")


def _show(plan: "Plan", offers: "tuple[SlotOffer, ...]", console: "Console") -> None:
    from tus_dispatch.cli.layout import say
    from tus_dispatch.cli.wording import spaced
    from tus_dispatch.formats.slot_offers import slot_offer_sentence
    from tus_dispatch.formats.wording import counted, long_date, printable

    scenario = plan.scenario
    title = counted(len(offers), "proposition")
    say(console, f"Créneaux du {long_date(scenario.day.date)} : {title}", style="bold")
    heading = None
    for each in offers:
        if each.place != heading:
            heading = each.place
            console.print()
            say(console, f"{printable(scenario.place(heading).name)} ({heading})", style="bold")
        say(console, spaced(slot_offer_sentence(each, scenario)), indent=2)
