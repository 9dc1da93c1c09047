"""The same families on a road network: places at junctions, times along the roads."""

from functools import cache
from pathlib import Path

import pytest

from tests.unit.network.rural import real_extract, rural_graph
from tus_dispatch.domain.travel_source import RoadsSource
from tus_dispatch.formats.scenario import dump_scenario, parse_scenario
from tus_dispatch.generate.day import generate_with_reference
from tus_dispatch.generate.draws import Draws
from tus_dispatch.generate.junctions import settlements_on
from tus_dispatch.generate.land import RoadLand
from tus_dispatch.generate.setting import Setting
from tus_dispatch.generate.settlements import Settlement
from tus_dispatch.network.extracts import read_extract
from tus_dispatch.network.graph import RoadGraph
from tus_dispatch.network.roads import Roads
from tus_dispatch.network.times import RoadTimes
from tus_dispatch.verify.plan import verify_plan


@cache
def graph_of(name: str) -> RoadGraph:
    """Return a real network where there is one, else a generated one."""
    extract = real_extract(name)
    return rural_graph() if extract is None else read_extract(extract)


def land_of(name: str) -> RoadLand:
    graph = graph_of(name)
    return RoadLand(f"{name}.npz", graph, RoadTimes(Roads(graph), 1.15), 1.15)


@pytest.mark.parametrize("family", ["cher_multidepot", "ambert_montagne"])
@pytest.mark.parametrize("network", ["pasquale-paoli", "alta-rocca"])
def test_a_day_on_real_roads_has_a_sound_plan(network: str, family: str) -> None:
    land = land_of(network)

    scenario, plan, matrix = generate_with_reference(
        family, seed=2, n_legs=30, n_shifts=5, setting=Setting(roads=land)
    )

    assert verify_plan(plan, matrix) == ()
    assert matrix.source == "roads"
    assert matrix.warnings == ()
    again = land.times.matrix(scenario.places)
    assert (again.seconds == matrix.seconds).all()
    assert (again.metres == matrix.metres).all()
    assert scenario.travel == RoadsSource(f"{network}.npz", 1.15)
    assert parse_scenario(dump_scenario(scenario), "x") == scenario


def test_places_stand_at_junctions() -> None:
    graph = graph_of("alta-rocca")
    junctions = {(round(lat, 6), round(lon, 6)) for lon, lat in graph.lonlat.tolist()}

    scenario, _, _ = generate_with_reference(
        "landes_epci", seed=1, n_legs=20, n_shifts=4, setting=Setting(roads=land_of("alta-rocca"))
    )

    points = {(p.point.lat, p.point.lon) for p in scenario.places if p.point}
    assert points <= junctions


def test_the_same_seed_gives_the_same_day_on_the_same_roads() -> None:
    first, second = (
        generate_with_reference(
            "somme_vallees",
            seed=6,
            n_legs=20,
            n_shifts=4,
            setting=Setting(roads=land_of("pasquale-paoli")),
        )[0]
        for _ in range(2)
    )

    assert dump_scenario(first) == dump_scenario(second)


def test_a_junction_near_a_known_commune_takes_its_name_once() -> None:
    graph = graph_of("alta-rocca")
    first, *_ = settlements_on(graph, (), Draws(1))
    known = Settlement("Levie", "2A142", None, 700, first.point)

    names = [settlement.name for settlement in settlements_on(graph, (known,), Draws(1))]

    assert names.count("Levie") == 1
    assert all(name == "Levie" or name.startswith("Lieu-dit ") for name in names)
    assert len(set(names)) == len(names)


def test_a_road_network_far_away_is_never_called_by_communes_of_the_family() -> None:
    scenario, _, _ = generate_with_reference(
        "cher_multidepot",
        seed=1,
        n_legs=20,
        n_shifts=4,
        setting=Setting(roads=land_of("alta-rocca")),
    )

    assert all("ieu-dit" in place.name for place in scenario.places)
    assert {place.insee for place in scenario.places} == {None}
    assert Path(scenario.travel.file).suffix == ".npz"  # type: ignore[union-attr]
