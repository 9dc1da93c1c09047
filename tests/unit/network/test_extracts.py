"""One road network, whatever file it comes from; bad files end in a message."""

import bz2
import gzip
from pathlib import Path

import networkx as nx
import numpy as np
import osmnx
import pytest
import requests

from tests.unit.network.rural import REAL, Land, doors, real_extract, rural_land
from tus_dispatch.errors import InputError
from tus_dispatch.network.extracts import from_place, from_xml, read_extract
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.roads import Roads


def graphs_are_alike(one: RoadGraph, other: RoadGraph) -> bool:
    """Same roads and same drives; the order of edges may differ."""
    drives = [Roads(graph).door_to_door(doors(one, 15)) for graph in (one, other)]
    return (
        (one.n_nodes, one.n_edges) == (other.n_nodes, other.n_edges)
        and one.km_by_class().keys() == other.km_by_class().keys()
        and np.abs(drives[0].milliseconds - drives[1].milliseconds).max() <= 20
        and np.abs(drives[0].centimetres - drives[1].centimetres).max() <= 20
    )


@pytest.mark.parametrize("ending", [".osm.pbf", ".osm", ".osm.gz", ".osm.bz2"])
def test_all_kinds_of_extract_give_the_same_network(ending: str, tmp_path: Path) -> None:
    land = rural_land()

    graph = read_extract(land.write(tmp_path / f"land{ending}"))

    assert graphs_are_alike(graph, land.graph())
    assert graph.provenance.source == f"land{ending}"
    assert len(graph.provenance.sha256) == 64


@pytest.mark.parametrize("name", REAL)
def test_osmnx_and_pyosmium_read_the_same_real_network(name: str, tmp_path: Path) -> None:
    pbf, xml = real_extract(name), real_extract(name, ".osm.gz")
    if pbf is None or xml is None:
        land = rural_land(seed=len(name))
        pbf, xml = land.write(tmp_path / "land.osm.pbf"), land.write(tmp_path / "land.osm.gz")

    one, other = read_extract(pbf), from_xml(xml)

    assert graphs_are_alike(one, other)
    assert one.provenance.metres_lost == pytest.approx(other.provenance.metres_lost)


@pytest.mark.parametrize("simplified", [False, True])
def test_a_graph_saved_by_osmnx_gives_the_same_drives(simplified: bool, tmp_path: Path) -> None:
    land = Land()
    a, b, c, d = (land.point(*xy) for xy in ((0, 0), (2_000, 0), (2_000, 1_500), (0, 1_500)))
    land.way("secondary", a, land.point(900, 200), b)
    land.way("residential", b, c, maxspeed="30")
    land.way("residential", c, land.point(700, 1_300), d, maxspeed="50")
    land.way("tertiary", d, a, oneway="yes")
    xml = land.write(tmp_path / "land.osm")
    saved = osmnx.graph_from_xml(xml, simplify=simplified, retain_all=True)
    osmnx.save_graphml(saved, tmp_path / "land.graphml")

    graph = read_extract(tmp_path / "land.graphml")

    points = np.array([land.point(*xy)[1:] for xy in ((0, 0), (900, 200), (2_000, 700))])
    expected, found = (Roads(g).door_to_door(points) for g in (land.graph(), graph))
    assert np.abs(expected.centimetres - found.centimetres).max() <= 20
    # Simplified, b-c-d is one edge with two limits; the lower one counts.
    slower = found.milliseconds - expected.milliseconds
    assert (slower >= -20).all()
    assert simplified or (slower <= 20).all()


def test_settings_of_osmnx_are_left_as_they_were(tmp_path: Path) -> None:
    before = (list(osmnx.settings.useful_tags_way), osmnx.settings.all_oneway)

    read_extract(rural_land().write(tmp_path / "land.osm"))

    assert (list(osmnx.settings.useful_tags_way), osmnx.settings.all_oneway) == before


def test_a_place_is_fetched_by_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    land = rural_land()
    xml = land.write(tmp_path / "land.osm")
    asked = []

    def graph_from_place(name: str, **options: object) -> "nx.MultiDiGraph[int]":
        asked.append((name, options["custom_filter"], osmnx.settings.cache_folder))
        return osmnx.graph_from_xml(xml, simplify=False, retain_all=True)

    monkeypatch.setattr(osmnx, "graph_from_place", graph_from_place)

    graph = from_place("Bourges, Cher, France", tmp_path / "answers")

    assert graphs_are_alike(graph, land.graph())
    assert graph.provenance.source == "Bourges, Cher, France"
    assert [(asked[0][0], asked[0][2])] == [("Bourges, Cher, France", tmp_path / "answers")]


@pytest.mark.parametrize(
    "failure",
    [
        ValueError("Nominatim could not geocode query"),
        requests.ConnectionError("no route to host"),
        nx.NetworkXPointlessConcept("empty"),
    ],
)
def test_an_unknown_place_or_a_silent_server_ends_in_a_message(
    failure: Exception, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def graph_from_place(_: str, **__: object) -> None:
        raise failure

    monkeypatch.setattr(osmnx, "graph_from_place", graph_from_place)

    with pytest.raises(InputError) as caught:
        from_place("Nulle Part", tmp_path)

    assert caught.value.problems[0].code == "TUS-1205"


def half_an_extract(tmp_path: Path) -> bytes:
    whole = rural_land().write(tmp_path / "whole.osm.pbf").read_bytes()
    return whole[: len(whole) // 2]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.osm.pbf", b"", "TUS-1201"),
        ("text.osm.pbf", b"hello", "TUS-1201"),
        ("half.osm.pbf", None, "TUS-1201"),
        ("empty.osm", b"", "TUS-1201"),
        ("page.osm", b"<html><body>404</body></html>", "TUS-1201"),
        ("torn.osm", b"<osm><node id='1' lat='46'", "TUS-1201"),
        ("words.osm", b"<osm><node id='1' lat='x' lon='2'/></osm>", "TUS-1201"),
        ("plain.osm.gz", b"<osm></osm>", "TUS-1201"),
        ("torn.osm.gz", gzip.compress(b"<osm></osm>" * 99, mtime=0)[:-12], "TUS-1201"),
        ("wrong.osm.gz", gzip.compress(b"a" * 999, mtime=0)[:-30] + b"\xff" * 22, "TUS-1201"),
        ("torn.osm.bz2", bz2.compress(b"<osm></osm>" * 99)[:-12], "TUS-1201"),
        ("other.graphml", b"<graphml/>", "TUS-1201"),
        ("text.graphml", b"nodes and edges", "TUS-1201"),
        ("roads.shp", b"", "TUS-1202"),
        ("noending", b"", "TUS-1202"),
    ],
)
def test_bad_files_end_in_a_message_that_names_them(
    name: str, content: bytes | None, code: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(half_an_extract(tmp_path) if content is None else content)

    with pytest.raises(InputError) as caught:
        read_extract(path)

    assert caught.value.source == str(path)
    assert caught.value.problems[0].code == code
    assert caught.value.problems[0].remedy


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    for name in ("gone.osm.pbf", "gone.osm", "gone.graphml"):
        with pytest.raises(InputError) as caught:
            read_extract(tmp_path / name)
        assert caught.value.problems[0].code == "TUS-1201"


def small_graph(crs: str, x: float, y: float) -> "nx.MultiDiGraph[int]":
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(crs=crs)
    graph.add_node(1, x=x, y=y)
    graph.add_node(2, x=x + 0.01, y=y)
    for a, b in ((1, 2), (2, 1)):
        graph.add_edge(a, b, highway="primary", osmid=1, length=900.0)
    return graph


@pytest.mark.parametrize(
    ("crs", "x", "y", "code"),
    [
        ("epsg:4326", 2.3, 46.6, None),
        ("epsg:2154", 650_000.0, 6_600_000.0, "TUS-1206"),
        ("epsg:4326", 650_000.0, 6_600_000.0, "TUS-1206"),
        ("epsg:2154", 2.3, 46.6, "TUS-1206"),
    ],
)
def test_a_graph_in_metres_is_refused(
    crs: str, x: float, y: float, code: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "graph.graphml"
    osmnx.save_graphml(small_graph(crs, x, y), path)

    if code is None:
        assert read_extract(path).n_edges == 2
        return
    with pytest.raises(InputError) as caught:
        read_extract(path)
    assert caught.value.problems[0].code == code


def test_a_graph_that_networkx_saved_is_refused(tmp_path: Path) -> None:
    # OSMnx trips over attributes that are numbers already.
    nx.write_graphml(small_graph("epsg:4326", 2.3, 46.6), tmp_path / "plain.graphml")

    with pytest.raises(InputError) as caught:
        read_extract(tmp_path / "plain.graphml")

    assert caught.value.problems[0].code == "TUS-1201"


def test_an_extract_without_roads_is_refused(tmp_path: Path) -> None:
    land = Land()
    land.way("footway", land.point(0, 0), land.point(100, 0))

    for ending in (".osm.pbf", ".osm"):
        with pytest.raises(InputError) as caught:
            read_extract(land.write(tmp_path / f"paths{ending}"))
        assert caught.value.problems[0].code == "TUS-1203"
