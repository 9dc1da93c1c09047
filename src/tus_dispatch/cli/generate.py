"""``tus generate``: a made-up rural day, written as a scenario."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import date

    from tus_dispatch.domain.scenario import Scenario
    from tus_dispatch.generate.land import RoadLand

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def generate(
    family: Annotated[
        str,
        typer.Argument(
            help="cher_multidepot, somme_vallees, alencon_19h, landes_epci, "
            "essonne_132communes or ambert_montagne."
        ),
    ],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Scenario file to write.")],
    seed: Annotated[int, typer.Option(help="Same seed, same day.", min=0)] = 0,
    legs: Annotated[int, typer.Option(help="Number of legs; out and back count two.")] = 60,
    shifts: Annotated[int, typer.Option(help="Number of shifts.")] = 8,
    roads: Annotated[
        Path | None,
        typer.Option(help="Road network or OpenStreetMap extract to put the day on."),
    ] = None,
    overload: Annotated[
        bool, typer.Option("--overload", help="Ask without looking whether the shifts suffice.")
    ] = False,
    flexible: Annotated[
        int, typer.Option(help="Flexible bookings to add, for the middle of the day.", min=0)
    ] = 0,
    events: Annotated[
        int, typer.Option(help="Group events to add, each with five to eight people.", min=0)
    ] = 0,
    training: Annotated[
        int, typer.Option(help="Drivers who are to have an hour of training.", min=0)
    ] = 0,
    refused: Annotated[
        int,
        typer.Option(help="People whose papers are wrong, so that the law refuses them.", min=0),
    ] = 0,
    date_: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="Service date; 2026-11-24 if not given."),
    ] = None,
) -> None:
    """Make up a rural day: real commune names, invented people.

    A plan that serves every leg exists unless --overload or --refused is given. With
    --roads, places stand at junctions of that network instead of in communes.
    What --flexible, --events and --training add is for `tus fill`: the plan of
    the day leaves it alone.
    """
    from tus_dispatch.formats.scenario import dump_scenario
    from tus_dispatch.generate.day import generate as make_day
    from tus_dispatch.generate.daytime import with_daytime
    from tus_dispatch.generate.families import family_named
    from tus_dispatch.generate.refusals import with_refused
    from tus_dispatch.generate.setting import Setting

    family_named(family)
    setting = Setting(_date_named(date_), _land(roads, output.parent))
    day = make_day(
        family, seed=seed, n_legs=legs, n_shifts=shifts, solvable=not overload, setting=setting
    )
    if flexible or events or training:
        day = with_daytime(day, seed=seed, n_flexible=flexible, n_events=events, n_targets=training)
    day = with_refused(day, refused, seed)
    _write(output, dump_scenario(day))
    _tell(day, output, overload=overload, refused=refused)


def _tell(day: "Scenario", output: Path, *, overload: bool, refused: int) -> None:
    from tus_dispatch.domain.legs import legs_of
    from tus_dispatch.domain.travel_source import RoadsSource
    from tus_dispatch.formats.wording import counted, long_date

    parts = (
        counted(len(day.bookings), "réservation"),
        counted(len(legs_of(day)), "trajet"),
        counted(len(day.shifts), "vacation"),
        counted(len(day.vehicles), "véhicule"),
        counted(len(day.drivers), "conducteur"),
        counted(len(day.places), "lieu", "lieux"),
    )
    typer.echo(f"{day.territory.name}, {long_date(day.day.date)} (jour inventé)")
    typer.echo(f"Fait   : {', '.join(parts)}")
    if day.flexible_bookings or day.group_events or day.protected_targets:
        optional = (
            counted(len(day.flexible_bookings), "demande souple", "demandes souples"),
            counted(len(day.group_events), "sortie"),
            counted(len(day.protected_targets), "formation"),
        )
        typer.echo(f"Midi   : {', '.join(optional)}")
    on_roads = isinstance(day.travel, RoadsSource)
    typer.echo(f"Temps  : {'calculés sur les routes' if on_roads else 'estimés à vol d’oiseau'}")
    served = "sans garantie que tout tienne" if overload else "un plan existe qui sert tout"
    served += ", refus à part" if refused else ""
    typer.echo(f"Charge : {served}")
    if refused:
        typer.echo(f"Refus  : {counted(refused, 'personne')} au dossier incomplet ou périmé")
    typer.echo(f"Écrit  : {output}")


def _land(roads: Path | None, folder: Path) -> "RoadLand | None":
    from tus_dispatch.generate.land import RoadLand

    if roads is None:
        return None
    from tus_dispatch.network.cache import open_roads
    from tus_dispatch.network.profile import DEFAULT_CALIBRATION
    from tus_dispatch.network.roads import Roads
    from tus_dispatch.network.times import RoadTimes

    graph = open_roads(roads)
    times = RoadTimes(Roads(graph), DEFAULT_CALIBRATION)
    # A scenario names its roads from where it lies itself.
    name = Path(os.path.relpath(roads.resolve(), folder.resolve())).as_posix()
    return RoadLand(name, graph, times, DEFAULT_CALIBRATION)


def _date_named(text: str | None) -> "date":
    from datetime import date

    from tus_dispatch.generate.codes import refusal
    from tus_dispatch.generate.setting import DEFAULT_DATE

    if text is None:
        return DEFAULT_DATE
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    # Other ISO forms, such as week dates, are read by Python but not promised.
    if found is None or found.isoformat() != text or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise refusal("generate-date", "--date", text, f"une date comme {DEFAULT_DATE}")
    return found


def _write(path: Path, text: str) -> None:
    from tus_dispatch.generate.codes import refusal

    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        expected = "un fichier dans un dossier où l’on peut écrire"
        raise refusal("generate-output", "--output", error.strerror or path, expected) from error
