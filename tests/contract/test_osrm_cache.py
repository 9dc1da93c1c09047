"""Drives once asked for are not asked for again, and a bad cache is no harm."""

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from tests.unit.network.fake_osrm import as_json, in_turn, like_osrm, recorded, serving
from tus_dispatch.domain.place import LatLon, Place
from tus_dispatch.domain.units import PlaceId
from tus_dispatch.network.osrm import Osrm, rounded
from tus_dispatch.network.pair_cache import PairCache
from tus_dispatch.network.times import OsrmTimes


def cached(path: Path, url: str, engine: str = "osrm", profile: str = "driving") -> OsrmTimes:
    return OsrmTimes(Osrm(url, profile=profile, cache=PairCache(path, engine, profile)))


def line(n: int) -> list[Place]:
    return [
        Place(PlaceId(f"p{k}"), f"Lieu {k}", LatLon(lat=46.0 + k / 50, lon=2.0)) for k in range(n)
    ]


def test_what_is_known_is_not_asked_for_again(tmp_path: Path) -> None:
    with serving(like_osrm) as server:
        first = cached(tmp_path / "pairs.db", server.url).matrix(line(8))
        second = cached(tmp_path / "pairs.db", server.url).matrix(line(8))
        part = cached(tmp_path / "pairs.db", server.url).matrix(line(5))

    assert len(server.paths) == 1
    assert np.array_equal(first.seconds, second.seconds)
    assert np.array_equal(first.metres, second.metres)
    assert np.array_equal(part.seconds, first.seconds[:5, :5])


def test_only_blocks_with_something_new_are_asked_for(tmp_path: Path) -> None:
    with serving(like_osrm) as server:
        times = OsrmTimes(
            Osrm(server.url, largest_table=10, cache=PairCache(tmp_path / "p.db", "e", "driving"))
        )
        times.matrix(line(10))
        before = len(server.paths)
        times.matrix(line(14))

    # Blocks of five: the four known ones of 5 × 5 are left out of nine.
    assert (before, len(server.paths)) == (1, 1 + 5)


def test_unreachable_and_far_places_are_remembered_as_such(tmp_path: Path) -> None:
    reply = {
        "code": "Ok",
        "durations": [[0, None], [300.0, 0]],
        "distances": [[0, None], [3000.0, 0]],
        "sources": [{"distance": 0}, {"distance": 700}],
        "destinations": [{"distance": 0}, {"distance": 700}],
    }

    with serving(in_turn(as_json(reply))) as server:
        first = cached(tmp_path / "pairs.db", server.url).matrix(line(2))
        second = cached(tmp_path / "pairs.db", server.url).matrix(line(2))

    assert len(server.paths) == 1
    assert first.seconds[0, 1] == second.seconds[0, 1] == -1
    assert first.seconds[1, 0] == second.seconds[1, 0] > 300
    assert first.warnings == second.warnings != ()


@pytest.mark.parametrize(("engine", "profile"), [("other", "driving"), ("osrm", "minibus")])
def test_another_engine_or_profile_is_asked_anew(engine: str, profile: str, tmp_path: Path) -> None:
    with serving(like_osrm) as server:
        cached(tmp_path / "pairs.db", server.url).matrix(line(3))
        cached(tmp_path / "pairs.db", server.url, engine, profile).matrix(line(3))

    assert len(server.paths) == 2


def test_points_are_the_same_within_a_metre(tmp_path: Path) -> None:
    moved = Place(PlaceId("p1"), "Lieu 1", LatLon(lat=46.020000004, lon=2.000000004))

    with serving(like_osrm) as server:
        cached(tmp_path / "pairs.db", server.url).matrix(line(2))
        cached(tmp_path / "pairs.db", server.url).matrix([line(1)[0], moved])

    assert len(server.paths) == 1
    assert rounded(2.000004, 46.000006) == (200_000, 4_600_001)


@pytest.mark.parametrize("damage", ["text", "torn", "other table", "lies", "folder"])
def test_a_bad_cache_is_asked_around(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "pairs.db"
    with serving(like_osrm) as server:
        expected = cached(path, server.url).matrix(line(6))
        spoil(path, damage)

        again = cached(path, server.url).matrix(line(6))
        third = cached(path, server.url).matrix(line(6))

    assert np.array_equal(again.seconds, expected.seconds)
    assert np.array_equal(third.seconds, expected.seconds)
    # Mended by the second question, unless nothing can be written there.
    assert len(server.paths) == (3 if damage == "folder" else 2)


def spoil(path: Path, damage: str) -> None:
    if damage == "text":
        path.write_bytes(b"this is not a database" * 200)
    elif damage == "torn":
        path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 4096)
    elif damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        with sqlite3.connect(path) as database:
            if damage == "lies":
                database.execute("UPDATE drive SET seconds = -5 WHERE seconds > 0")
            else:
                database.execute("DROP TABLE drive")
                database.execute("CREATE TABLE drive (a, b)")
        database.close()


def test_a_locked_cache_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pairs.db"
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file: connect(file, timeout=0.05))
    with serving(like_osrm) as server:
        cached(path, server.url).matrix(line(3))
        other = connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")

        matrix = cached(path, server.url).matrix(line(3))

        other.execute("ROLLBACK")
        other.close()
        cached(path, server.url).matrix(line(3))

    assert matrix.seconds[0, 1] > 0
    # Asked anew while it was locked, known again afterwards.
    assert len(server.paths) == 2


def test_recorded_drives_survive_on_disk(tmp_path: Path) -> None:
    cache = PairCache(tmp_path / "deep" / "er" / "pairs.db", "e", "driving")

    cache.keep([((1, 2), (3, 4), (9.5, 100.0)), ((1, 2), (5, 6), None)])

    again = PairCache(tmp_path / "deep" / "er" / "pairs.db", "e", "driving")
    assert again.drives_from((1, 2)) == {(3, 4): (9.5, 100.0), (5, 6): None}
    assert again.drives_from((3, 4)) == {}
    assert recorded("table").status == 200
