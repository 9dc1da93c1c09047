"""`tus roads`: build a road network from an extract, and look at one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tus_dispatch.network.graph import RoadGraph

_ATTRIBUTION = "© OpenStreetMap contributors (ODbL 1.0)"
_CLASS_NAMES = {
    "MOTORWAY": "autoroute",
    "TRUNK": "voie rapide",
    "PRIMARY": "route principale",
    "SECONDARY": "route secondaire",
    "TERTIARY": "route tertiaire",
    "UNCLASSIFIED": "petite route",
    "RESIDENTIAL": "rue",
    "LIVING_STREET": "zone de rencontre",
    "SERVICE": "voie de desserte",
    "TRACK": "chemin",
}


def build(
    extract: Annotated[
        Path, typer.Argument(help="OpenStreetMap extract: .pbf, .osm(.gz|.bz2) or .graphml.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Road network to write (.npz).")],
) -> None:
    """Build a road network from an OpenStreetMap extract."""
    from tus_dispatch.network.cache import save_graph
    from tus_dispatch.network.codes import refusal
    from tus_dispatch.network.extracts import read_extract

    if output.suffix.lower() != ".npz":
        raise refusal(str(output), "roads-format", output.suffix or output.name, "un nom en .npz")
    graph = read_extract(extract)
    try:
        save_graph(graph, output)
    except OSError as error:
        raise refusal(str(output), "roads-unwritable", error, "un fichier à écrire") from error
    typer.echo(description(graph))
    typer.echo(f"Écrit : {output} ({_size(output)}), extrait : {_size(extract)}")
    typer.echo(_ATTRIBUTION)


def info(
    file: Annotated[Path, typer.Argument(help="Road network made by `tus roads build`.")],
) -> None:
    """Show what a road network holds and where it comes from."""
    from tus_dispatch.network.cache import load_graph

    graph = load_graph(file)
    typer.echo(description(graph))
    typer.echo(f"Fichier : {file} ({_size(file)})")
    typer.echo(_ATTRIBUTION)


def description(graph: "RoadGraph") -> str:
    """Tell in French what was read, kept and lost.

    Parameters
    ----------
    graph
        A road network.

    Returns
    -------
    text : str
        A few lines, without the last line break.
    """
    origin = graph.provenance
    read = (origin.points_read, origin.segments_read, origin.metres_read)
    lost = (origin.points_lost, origin.segments_lost, origin.metres_lost)
    junctions = _number(graph.n_nodes)
    kept_m = float(graph.length_m.sum())
    share = 100 * origin.metres_lost / max(origin.metres_read, 1.0)
    lines = [
        f"Source : {origin.source} (sha256 {origin.sha256[:12]}, lecteur {origin.builder})",
        f"Emprise : {_extent(graph)}",
        f"Lu : {_pieces(*read)}",
        f"Écarté, sans liaison avec le reste : {_pieces(*lost)} ({_number(share, 1)} %)",
        f"Gardé : {_km(kept_m)} en {_number(graph.n_edges)} tronçons et {junctions} carrefours",
    ]
    for road_class, km in graph.km_by_class().items():
        name = road_class.name
        ramp = ", bretelles" if name.endswith("_LINK") else ""
        words = _CLASS_NAMES[name.removesuffix("_LINK")] + ramp
        lines.append(f"  {words:<30}{_km(1000 * km):>14}")
    return "\n".join(lines)


def _extent(graph: "RoadGraph") -> str:
    west, south = graph.geometry.min(axis=0, initial=180.0).tolist()
    east, north = graph.geometry.max(axis=0, initial=-180.0).tolist()
    lat, lon = [f"{_number(a, 4)} à {_number(b, 4)}" for a, b in ((south, north), (west, east))]
    return f"latitude {lat}, longitude {lon}"


def _pieces(points: int, segments: int, metres: float) -> str:
    return f"{_number(points)} points, {_number(segments)} segments, {_km(metres)}"


def _number(value: float, digits: int = 0) -> str:
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")


def _km(metres: float) -> str:
    return f"{_number(metres / 1000, 1)} km"


def _size(path: Path) -> str:
    return f"{_number(path.stat().st_size / 1000)} ko"
