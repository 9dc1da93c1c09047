"""Graphs on disk come back bit by bit, and nothing else is ever believed."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.unit.network.rural import networks, rural_graph, rural_land
from tus_dispatch.errors import InputError
from tus_dispatch.network import cache
from tus_dispatch.network.cache import load_graph, open_roads, save_graph
from tus_dispatch.network.graph import ARRAYS, RoadGraph


def is_same(one: RoadGraph, other: RoadGraph) -> bool:
    return (
        all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ARRAYS)
        and one.tag_sets == other.tag_sets
        and one.provenance == other.provenance
    )


@pytest.mark.parametrize("name", networks())
def test_what_is_saved_is_loaded(name: str, tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "roads.npz"

    save_graph(networks()[name], path)

    assert is_same(load_graph(path), networks()[name])
    assert [p.name for p in path.parent.iterdir()] == ["roads.npz"]


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = [tmp_path / "one.npz", tmp_path / "two.npz"]

    for path in paths:
        save_graph(rural_graph(), path)

    assert paths[0].read_bytes() == paths[1].read_bytes()


def rewritten(path: Path, **changes: object) -> None:
    """Write the file again with some arrays changed, or dropped where None."""
    with np.load(path, allow_pickle=True) as archive:
        arrays = {name: archive[name] for name in archive.files} | changes
    np.savez(path, **{name: a for name, a in arrays.items() if a is not None})


def meta(**changes: object) -> np.ndarray:
    record = {
        "format": "tus-roads/1",
        "tag_sets": rural_graph().tag_sets,
        "provenance": {},
    }
    return np.frombuffer(json.dumps(record | changes).encode(), dtype=np.uint8)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda p: p.write_bytes(b""),
    "text": lambda p: p.write_bytes(b"not a zip file at all"),
    "torn": lambda p: p.write_bytes(p.read_bytes()[:-200]),
    "bits": lambda p: p.write_bytes(p.read_bytes()[:2000] + b"\0" * 64 + p.read_bytes()[2064:]),
    "gone": lambda p: p.unlink(),
    "no heads": lambda p: rewritten(p, head=None),
    "few heads": lambda p: rewritten(p, head=np.full(3, 7, dtype=np.int32)),
    "wild heads": lambda p: rewritten(p, head=rural_graph().head + 1_000),
    "pickle": lambda p: rewritten(p, head=np.array([{"a": 1}], dtype=object)),
    "no lengths": lambda p: rewritten(p, length_m=rural_graph().length_m * np.nan),
    "torn record": lambda p: rewritten(p, meta=np.frombuffer(b"[1, 2", dtype=np.uint8)),
    "other record": lambda p: rewritten(p, meta=np.frombuffer(b"[1, 2]", dtype=np.uint8)),
    "other format": lambda p: rewritten(p, meta=meta(format="tus-roads/99")),
    "no origin": lambda p: rewritten(p, meta=meta()),
    "no tags": lambda p: rewritten(p, meta=meta(tag_sets=None)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_and_foreign_files_are_refused_with_a_message(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "roads.npz"
    save_graph(rural_graph(), path)

    DAMAGES[damage](path)

    with pytest.raises(InputError) as caught:
        load_graph(path)
    assert caught.value.problems[0].code == "TUS-1204"


def test_a_file_that_unpacks_to_gigabytes_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "roads.npz"
    save_graph(rural_graph(), path)
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())

    monkeypatch.setattr(cache, "_LARGEST_BYTES", size - 1)

    with pytest.raises(InputError):
        load_graph(path)


def test_an_extract_is_built_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extract = rural_land().write(tmp_path / "land.osm.pbf")
    first = open_roads(extract, tmp_path / "cache")

    monkeypatch.setattr(cache, "read_extract", lambda _: pytest.fail("built twice"))

    assert is_same(open_roads(extract, tmp_path / "cache"), first)


def test_another_extract_under_the_same_name_is_built_anew(tmp_path: Path) -> None:
    extract = rural_land(seed=1).write(tmp_path / "land.osm.pbf")
    first = open_roads(extract, tmp_path / "cache")

    rural_land(seed=2).write(extract)

    assert not is_same(open_roads(extract, tmp_path / "cache"), first)


@pytest.mark.parametrize("kind", ["rubbish", "graph of another extract", "older builder"])
def test_a_cached_file_that_does_not_belong_is_rebuilt(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    extract = rural_land().write(tmp_path / "land.osm.pbf")
    first = open_roads(extract, folder)
    (cached,) = folder.iterdir()
    if kind == "rubbish":
        cached.write_bytes(b"PK\x03\x04 rubbish")
    elif kind == "graph of another extract":
        save_graph(rural_land(seed=2).graph(), cached)
    else:
        save_graph(replace(first, provenance=replace(first.provenance, builder=0)), cached)

    again = open_roads(extract, folder)

    assert is_same(again, first)
    assert is_same(load_graph(cached), first)


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    extract = rural_land().write(tmp_path / "land.osm.pbf")
    blocked = tmp_path / "a file, not a folder"
    blocked.write_bytes(b"")

    assert open_roads(extract, blocked).n_edges > 0


def test_a_built_file_is_opened_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "roads.npz"
    save_graph(rural_graph(), path)

    assert is_same(open_roads(path, tmp_path / "cache"), rural_graph())
    assert not (tmp_path / "cache").exists()


def test_the_default_folder_is_below_the_cache_of_the_user() -> None:
    assert cache.default_cache_folder().parts[-2:] == ("tus-dispatch", "roads")
